"""What is wrong in page.yaml is told at its place, and no sentence may be missing, or said by nothing."""

import ast
from dataclasses import replace
from pathlib import Path

import pytest

from triage.problems import Invalid, Problem
from triage.rulebook.checks.page import check_page
from triage.rulebook.load import load
from triage.rulebook.page.clinician_sentences import CLINICIAN_SENTENCES
from triage.rulebook.page.model import BackgroundRow, Call, ClinicianPage, ClotRow, RestlessTable
from triage.rulebook.page.references import Reference, references
from triage.rulebook.page.sentences import SENTENCES, put_in
from triage.rulebook.rulebook import Rulebook

ROOT = Path(__file__).parents[4]
# Names that are put together from a value: its first part, and the values that it may have.
MADE = {
    "evidence_": ("supported", "plausible", "contested", "unproven", "refuted"),
    "kind_": ("try", "ask", "avoid", "know"),
    "yours_may_": ("add", "add_to_cramps", "be_why", "play_a_part"),
    "theirs_may_": ("add", "add_to_cramps", "be_why", "play_a_part"),
    "net_": ("person_until_seen", "carer_until_seen"),
    "system_": ("vascular", "neurological", "infection", "metabolic", "trauma", "other"),
    "step_": ("emergency", "same_day", "soon", "routine", "self_care"),
    "topic_": ("until_help", "until_seen", "why", "part", "try", "rest"),
    "for_a_": ("child", "person", "child_of", "person_of"),
}


def problems_with(folder: Path, old: str, new: str) -> list[Problem]:
    path = folder / "page.yaml"
    text = path.read_text()
    assert text.count(old) == 1
    path.write_text(text.replace(old, new))
    with pytest.raises(Invalid) as invalid:
        load(folder)
    return invalid.value.problems


@pytest.mark.parametrize(
    ("name", "indented"),
    [
        *((name, "  ") for name in sorted(SENTENCES)),
        *((name, "    ") for name in sorted(CLINICIAN_SENTENCES)),
    ],
)
def test_a_sentence_that_is_renamed_is_missing_and_one_that_nothing_says(
    small_folder: Path, name: str, indented: str
) -> None:
    problems = problems_with(small_folder, f"\n{indented}{name}: ", f"\n{indented}x{name}: ")
    assert {problem.code for problem in problems} == {"page"}
    told = [problem.render() for problem in problems]
    assert len(told) == 2
    assert f"“{name}” is missing" in told[0]
    assert f"no sentence “x{name}”" in told[1]
    assert all(problem.place.file == "page.yaml" and problem.place.line for problem in problems)


@pytest.mark.parametrize("braces", ["{this}", "{what", "{what:>9}", "{what!r}", "{}", "{what.real}", "it"])
def test_other_words_in_braces_than_what_is_put_in(small_folder: Path, braces: str) -> None:
    (problem,) = problems_with(small_folder, '"What to do: {what}"', f'"What to do: {braces}"')
    assert (problem.code, problem.fix) == ("page", "Put in: {what}.")


def test_other_words_in_braces_of_the_clinicians_page(small_folder: Path) -> None:
    (problem,) = problems_with(small_folder, "since {date}", "since {day}")
    assert (problem.code, problem.fix) == ("page", "Put in: {date}.")


def test_two_sections_with_the_same_heading(small_folder: Path) -> None:
    (problem,) = problems_with(small_folder, "title_background: Background", "title_background: Pattern")
    assert problem.code == "page"
    assert problem.message == "“title_background” has the same words as “title_pattern”"
    assert problem.place.line


def test_a_headline_that_no_card_says(small_folder: Path) -> None:
    path = small_folder / "page.yaml"
    path.write_text(f"{path.read_text()}\nheadlines: [{{sentence: Sing., short: Hum.}}]\n")
    with pytest.raises(Invalid) as invalid:
        load(small_folder)
    assert [problem.code for problem in invalid.value.problems] == ["unused-phrase"]


def test_what_is_put_in_stands_in_the_sentence(rulebook: Rulebook) -> None:
    for page in (rulebook.page, rulebook.page.clinician):
        for name, sentence in page.words.items():
            given = {one: f"«{one}»" for one in put_in(sentence)}
            said = page.sentence(name, **given)
            assert all(one in said for one in given.values())
            assert "{" not in said


def test_every_sentence_is_said_somewhere_and_none_that_is_not_there() -> None:
    said: set[str] = set()
    for path in (ROOT / "triage").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and path.name not in ("sentences.py", "clinician_sentences.py")
            ):
                said.add(node.value)
    made = {f"{first}{value}" for first, values in MADE.items() for value in values}
    assert [name for name in (*SENTENCES, *CLINICIAN_SENTENCES) if name not in said | made] == []


def without(rulebook: Rulebook, named: Reference) -> Rulebook:
    """The rules in which what is named has another name."""
    items = dict(rulebook.items)
    match named.kind:
        case "item":
            items[f"x{named.id}"] = items.pop(named.id).model_copy(update={"id": f"x{named.id}"})
            return replace(rulebook, items=items)
        case "option":
            item = items[named.item]
            options = tuple(
                one.model_copy(update={"code": f"x{one.code}"}) if one.code == named.id else one
                for one in item.options
            )
            items[named.item] = item.model_copy(update={"options": options})
            return replace(rulebook, items=items)
        case "section":
            sections = tuple(
                one.model_copy(update={"id": f"x{one.id}"}) if one.id == named.id else one
                for one in rulebook.frame.sections
            )
            return replace(rulebook, frame=rulebook.frame.model_copy(update={"sections": sections}))
        case "class":
            classes = {
                name: one.model_copy(update={"in_groups": tuple({*one.in_groups} - {named.id})})
                for name, one in rulebook.classes.items()
                if name != named.id
            }
            return replace(rulebook, classes=classes)
        case "advice":
            cards = {name: card for name, card in rulebook.cards.items() if name != named.id}
            return replace(rulebook, cards=cards)


def test_each_id_that_is_renamed_is_missed_at_its_place(rulebook: Rulebook) -> None:
    assert check_page(rulebook) == []
    seen = set()
    for named in references(rulebook.page):
        found = check_page(without(rulebook, named))
        place = rulebook.place("page", *named.path, name=named.path[-1] == named.id)
        assert [p for p in found if p.place == place and f"“{named.id}”" in p.message], named
        seen.add(named.kind)
    assert seen == {"item", "option", "section", "class", "advice"}


def test_no_id_of_the_page_is_left_out_of_the_check(rulebook: Rulebook) -> None:
    """Whatever the file names besides words and labels is a reference."""
    labels = {"label", "about", "joins", "words"}
    named = set()

    def walk(value: object, key: str = "") -> None:
        if isinstance(value, dict):
            for inner, part in value.items():
                if key in (
                    "signs",
                    "items",
                    "not_for",
                    "urge",
                    "unless_denied",
                    "taken_besides",
                    "named_by",
                    "criteria",
                    "lines",
                    "denied",
                ):
                    named.add(inner)
                if key != "criteria" and inner not in labels:
                    walk(part, inner)
        elif isinstance(value, list):
            for part in value:
                walk(part, key)
        elif isinstance(value, str) and key not in labels:
            named.add(value)

    data = rulebook.documents["page.yaml"].data
    for part in ("clinician", "call", "watch", "nights"):
        walk(data[part])
    named |= data["drawings"].keys()
    assert len(named) > 70
    assert named == {one.id for one in references(rulebook.page)}


@pytest.mark.parametrize("model", [ClinicianPage, BackgroundRow, ClotRow, RestlessTable, Call])
def test_the_built_in_page_writes_every_key(rulebook: Rulebook, model: type) -> None:
    """A key that is left out would leave out a line without a word."""
    page = rulebook.page
    parts = {
        ClinicianPage: [page.clinician],
        BackgroundRow: page.clinician.background,
        ClotRow: [page.clinician.clot],
        RestlessTable: [page.clinician.restless],
        Call: [page.call],
    }[model]
    for key in model.__dataclass_fields__:
        assert any(getattr(part, key) for part in parts), key
