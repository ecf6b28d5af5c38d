"""What people type of their medicines is read whole: every name, every word, and no wish for a drug."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triage.rulebook.medicines.mentions import Mention
from triage.rulebook.medicines.tokens import Mark, cut, sound
from triage.rulebook.rulebook import Rulebook


def generics(rulebook: Rulebook, text: str) -> list[str]:
    """What each mention is: its generic name, its kind in brackets, or the text between bars."""
    return [_what(mention) for mention in rulebook.medicine_reader.read(text)]


def _what(mention: Mention) -> str:
    if mention.medicines:
        return mention.generic
    if mention.words:
        return f"|{mention.text}|"
    return f"({mention.kind.id})" if mention.kind else "(?)"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("bisoprolol 5mg allopurinol ramipril 2.5mg", ["bisoprolol", "allopurinol", "ramipril"]),
        ("Ramipril 5mg, Furosemide 40mg", ["ramipril", "furosemide"]),
        ("amlodipine and ramipril", ["amlodipine", "ramipril"]),
        ("amlodipine + ramipril & Slow-K", ["amlodipine", "ramipril", "potassium chloride"]),
        ("20mg atorvastatin", ["atorvastatin"]),
        ("Lipitor/atorvastatin", ["atorvastatin"]),
        ("Lipitor (atorvastatin) 40 mg", ["atorvastatin"]),
        ("atorvastatin (Lipitor)", ["atorvastatin"]),
        ("lisinopril-hctz", ["lisinopril with hydrochlorothiazide"]),
        ("losartan potassium", ["losartan"]),
        ("sertraline hydrochloride 50 mg tablets", ["sertraline"]),
        ("morphine sulfate", ["morphine"]),
        ("atorvastatin calcium", ["atorvastatin"]),
        ("furosemide potassium", ["furosemide", "potassium chloride"]),
        ("losartan, potassium", ["losartan", "potassium chloride"]),
        ("Ramipril Hexal 5 mg", ["ramipril"]),
        ("ramipril 5 mg od for blood pressure", ["ramipril"]),
        ("ramipril, once daily, Furosemide 40mg, in the morning", ["ramipril", "furosemide"]),
        ("ramipril Zanibal", ["ramipril", "|Zanibal|"]),
        ("Hidroclorotiazida", ["hydrochlorothiazide"]),
        ("frusemide 40", ["furosemide"]),
        ("cocodamol 30/500", ["co-codamol"]),
        (
            "1. Ramipril 5mg capsules - take ONE daily - 28\n2. Bisoprolol 2.5 mg",
            ["ramipril", "bisoprolol"],
        ),
        ("not warfarin", ["|not warfarin|"]),
        ("no statins", ["|no statins|"]),
        ("allergic to penicillin", ["|allergic to penicillin|"]),
        ("my wife takes lithium, I take ramipril", ["|my wife takes lithium|", "ramipril"]),
        ("rice", ["|rice|"]),
        ("RCHOP", ["chemotherapy regimen by its letters"]),
        ("injection for diabetes", ["(sugar_tablet)"]),
        ("diabetes injection", ["(diabetes_injection)"]),
        # not a wish for a drug
        ("nothing", []),
        ("None", []),
        ("no medicines", []),
        ("heart tablets", ["(heart_tablet)"]),
        ("antibiotics", ["(antibiotic)"]),
        ("blood pressure tablet", ["(blood_pressure_tablet)"]),
        ("something for my blood pressure", ["(blood_pressure_tablet)"]),
        ("salt tablets", ["(salts)"]),
        ("my blue puffer", ["(reliever_inhaler)"]),
        ("water tablets", ["(water_tablet)"]),
        ("a blood thinner", ["(blood_thinner)"]),
        ("the pill", ["(the_pill)"]),
        ("steroids", ["(steroid)"]),
        ("sleeping pill", ["(sleeping_tablet)"]),
        ("painkillers", ["(painkiller)"]),
        ("inhaler", ["(inhaler)"]),
        ("I don't know the name", ["(?)"]),
        ("2 tablets", ["(?)"]),
        ("never heard of it", ["|never heard of it|"]),
    ],
)
def test_what_is_typed_is_read(rulebook: Rulebook, typed: str, read: list[str]) -> None:
    assert generics(rulebook, typed) == read


def test_an_unknown_name_keeps_what_it_is_for(rulebook: Rulebook) -> None:
    (mention,) = rulebook.medicine_reader.read("Zanibal 5mg for blood pressure, once daily")
    assert (mention.words, mention.kind and mention.kind.id) == (("zanibal",), "blood_pressure_tablet")
    assert mention.text == "Zanibal 5mg for blood pressure, once daily"


LAYOUTS = (
    lambda names: ", ".join(names),
    lambda names: "; ".join(names),
    lambda names: "\n".join(names),
    lambda names: " and ".join(names),
    lambda names: " + ".join(names),
    lambda names: " & ".join(names),
    lambda names: "\n".join(f"{n}. {name}" for n, name in enumerate(names, 1)),
    lambda names: "\n".join(f"- {name} tablets" for name in names),
    lambda names: ", ".join(f"{name} 20mg once daily" for name in names),
    lambda names: ", ".join(f"5 mg {name.upper()}" for name in names),
    lambda names: "\n".join(f"{name} 2.5mg capsules - take ONE daily - 28 capsules" for name in names),
    lambda names: " 10 mg ".join([*names, ""]),
)


@pytest.fixture(scope="module")
def lists(rulebook: Rulebook) -> st.SearchStrategy[list[str]]:
    """Names as people could list them: looked for once, for there are thirty thousand."""
    plain = [m.generic for m in rulebook.medicines.values() if re.fullmatch(r"[a-z]{4,}", m.generic)]
    brands = [
        b for m in rulebook.medicines.values() for b in m.brands if re.fullmatch(r"[A-Z][a-z]{4,}", b)
    ]
    return st.lists(st.sampled_from([*plain, *brands]), min_size=1, max_size=8, unique=True)


@pytest.mark.parametrize("layout", range(len(LAYOUTS)))
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_list_in_any_layout_is_read_completely(
    rulebook: Rulebook, lists: st.SearchStrategy[list[str]], layout: int, data: st.DataObject
) -> None:
    """By classes: two parts of a combination that stand side by side may be read as that product, and
    “cortisone tablets” is a kind of medicine."""
    names = data.draw(lists)
    mentions = rulebook.medicine_reader.read(LAYOUTS[layout](names))
    assert all(mention.medicines or mention.kind for mention in mentions)
    wanted = {c for name in names for c in rulebook.medicine(name).classes}
    read = {c for mention in mentions for m in mention.medicines for c in m.classes}
    kinds = [mention.kind.id for mention in mentions if mention.kind]
    assert wanted <= read.union(*(rulebook.classification.kinds_may_be[kind] for kind in kinds))


@settings(max_examples=300, deadline=None)
@given(text=st.text(alphabet=st.sampled_from("abz 15,.;+-/()\nßéµ"), max_size=60) | st.text(max_size=40))
def test_no_word_of_any_text_is_lost(rulebook: Rulebook, text: str) -> None:
    reader = rulebook.medicine_reader
    words = tuple(t.text for t in cut(text) if t.mark is Mark.WORD)
    kept = " ".join(mention.text for mention in reader.read(text))
    if words and words not in reader.none:
        found = [t.text for t in cut(kept) if t.mark in (Mark.WORD, Mark.DOSE)]
        joined = "".join(found)
        passed = {"and", "plus", "also", "y", "et", "und"}
        assert all(word in joined or word in passed or word.isdigit() for word in words)  # "1." of a list


@settings(max_examples=200, deadline=None)
@given(text=st.lists(st.text("bcdfgkpvwxz", min_size=5, max_size=9), min_size=1, max_size=4).map(" ".join))
def test_a_text_without_a_known_name_is_no_medicine_of_the_list(rulebook: Rulebook, text: str) -> None:
    """Letters that no name has in such a row."""
    assert all(not mention.medicines for mention in rulebook.medicine_reader.read(text))


def test_every_name_of_the_list_is_read_as_itself(rulebook: Rulebook) -> None:
    wrong = []
    for medicine in rulebook.medicines.values():
        for name in (medicine.generic, *medicine.brands):
            read = {
                c for m in rulebook.medicine_reader.read(name) for one in m.medicines for c in one.classes
            }
            if not read >= set(medicine.classes):
                wrong.append(name)
    assert wrong == []


def test_what_is_kept_of_a_list_is_read_again_as_the_same(rulebook: Rulebook) -> None:
    """Each part is an answer of its own afterwards."""
    text = "1. Ramipril 5 mg od; Zanibal for blood pressure and water tablets, 20mg atorvastatin (Lipitor)"
    reader = rulebook.medicine_reader
    parts = reader.read(text)
    assert len(parts) == 4
    for part in parts:
        (again,) = reader.read(part.text)
        assert (again.medicines, again.kind, again.words) == (part.medicines, part.kind, part.words)


def test_names_that_sound_alike_in_two_countries_are_one_name() -> None:
    assert sound("sulphasalazine") == sound("sulfasalazina")
    assert sound("hydrochlorothiazide") == sound("Hidroclorotiazida")
    assert sound("hydralazine") != sound("hydroxyzine")


def test_every_class_is_open_under_something_that_a_medicine_can_be_for(rulebook: Rulebook) -> None:
    offered = [kind for kind in rulebook.medicine_words.kinds if kind.text]
    assert 12 <= len(offered) <= 18
    open_ = frozenset().union(*(rulebook.classification.kinds_may_be[kind.id] for kind in offered))
    assert set(rulebook.classes) - open_ - {"other", *rulebook.medicine_words.unplaced.never} == set()


def test_no_kind_opens_one_question_after_another(rulebook: Rulebook) -> None:
    assert all(len(kind.asks) <= 1 for kind in rulebook.medicine_words.kinds)
    assert len(rulebook.medicine_words.unplaced.asks) == 1


def test_no_medicine_is_taken_for_what_a_medicine_is_for(rulebook: Rulebook) -> None:
    """ "Caffeine tablets" are caffeine, and not any tablet for what caffeine is for."""
    purposes = {word for kind in rulebook.medicine_words.kinds for word in kind.purposes}
    named = [word for word in purposes if word in rulebook.medicines]
    for word in named:
        (mention,) = rulebook.medicine_reader.read(f"{word} tablets")
        may_be = rulebook.classification.kinds_may_be[mention.kind.id] if mention.kind else frozenset()
        assert mention.medicines or {*rulebook.medicines[word].classes} <= may_be, word
    (mention,) = rulebook.medicine_reader.read("caffeine tablets")
    assert mention.generic == "caffeine"
