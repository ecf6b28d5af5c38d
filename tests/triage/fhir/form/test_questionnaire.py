"""The form: what R4 demands of it, what it must hold for people, and that a stranger's library parses it."""

import json
import os
import random
import re
import subprocess
import sys

import pytest
from in_fhir.documents import needs_schema, needs_validator, resource_errors, validator_errors
from in_fhir.forms import extensions, items_of
from people.generators import random_response

from triage.conditions.link_ids import ABSENT_SYSTEM, NONE, UNSURE, doubt, system
from triage.fhir.form.questionnaire import WHOM, questionnaire
from triage.fhir.responses.writing import questionnaire_response


@pytest.fixture(scope="module")
def form(rulebook):
    return questionnaire(rulebook)


@pytest.fixture(scope="module")
def by_id(form):
    return {item["linkId"]: item for item in items_of(form)}


def codings(item):
    return [option["valueCoding"] for option in item.get("answerOption", ())]


def test_every_link_id_is_there_once(form) -> None:
    ids = [item["linkId"] for item in items_of(form)]
    assert len(ids) == len(set(ids))


def test_every_question_stands_in_its_section_in_asking_order(rulebook, form) -> None:
    found = [
        (group["linkId"].removeprefix("section-"), item["linkId"])
        for group in form["item"]
        for item in group["item"]
    ]
    assert [(i.section, i.id) for i in rulebook.items.values()] == [
        f for f in found if f[1] in rulebook.items
    ]


def test_everything_that_is_said_of_a_question_is_in_the_form(rulebook, by_id) -> None:
    for item in rulebook.items.values():
        made = by_id[item.id]
        assert made["text"] == item.text
        if item.help:
            assert item.help in by_id[f"{item.id}.help"]["text"]
            assert extensions(by_id[f"{item.id}.help"], "questionnaire-itemControl")
        if item.type in ("choice", "choices"):
            ours = [c for c in codings(made) if c["system"] == system(item.id) and c["code"] != NONE]
            assert [(c["code"], c["display"]) for c in ours] == [(o.code, o.text) for o in item.options]
        if item.range:
            limits = {e["url"].rsplit("/")[-1]: e["valueInteger"] for e in extensions(made, "Value")}
            assert limits == {"minValue": item.range.min, "maxValue": item.range.max}
            assert extensions(made, "questionnaire-unit")[0]["valueCoding"]["display"] == item.unit


def test_not_sure_is_an_answer_to_every_question_but_free_text(rulebook, by_id) -> None:
    for item in rulebook.items.values():
        asked = by_id[doubt(item.id)] if item.type == "integer" else by_id[item.id]
        offered = [(c["system"], c["code"]) for c in codings(asked)]
        assert ((ABSENT_SYSTEM, UNSURE) in offered) == (item.type != "text"), item.id


def test_none_of_these_goes_with_no_other_line(rulebook, by_id) -> None:
    for item in rulebook.items.values():
        if item.type == "choices":
            (none,) = [o for o in by_id[item.id]["answerOption"] if o["valueCoding"]["code"] == NONE]
            assert extensions(none, "optionExclusive")[0]["valueBoolean"] is True


def test_nothing_is_required_and_nothing_is_compared_with_unequal(form) -> None:
    for item in items_of(form):
        assert "required" not in item
        assert all(one["operator"] != "!=" for one in item.get("enableWhen", ()))


def test_a_gate_names_an_earlier_question_and_one_of_its_options(form, by_id) -> None:
    order = {name: number for number, name in enumerate(by_id)}
    for item in items_of(form):
        comparisons = item.get("enableWhen", ())
        assert ("enableBehavior" in item) == (len(comparisons) > 1), item["linkId"]
        assert not (comparisons and extensions(item, "enableWhenExpression"))
        for one in comparisons:
            assert order[one["question"]] < order[item["linkId"]]
            if "answerCoding" in one:
                options = [(c["system"], c["code"]) for c in codings(by_id[one["question"]])]
                assert (one["answerCoding"]["system"], one["answerCoding"]["code"]) in options


def test_every_question_with_a_gate_has_one_in_the_form(rulebook, by_id) -> None:
    plain = set()
    for item in rulebook.items.values():
        gated = "enableWhen" in by_id[item.id] or extensions(by_id[item.id], "enableWhenExpression")
        assert bool(gated) == (item.ask_when is not None), item.id
        plain |= {item.id} if "enableWhen" in by_id[item.id] else set()
    assert {"child_signs", "pregnancy_signs", "sex"} <= plain  # what enableWhen can say, it says


def test_every_variable_is_named_before_it_is_read_and_read_at_all(form) -> None:
    known: set[str] = set()
    for one in extensions(form, "variable"):
        said = one["valueExpression"]
        assert re.fullmatch(r"[A-Za-z][A-Za-z0-9]{0,63}", said["name"])
        assert set(re.findall(r"%(\w+)", said["expression"])) - {"resource"} <= known
        known.add(said["name"])
    read = set(re.findall(r"%(\w+)", json.dumps(form)))
    assert read - {"resource"} == known


def test_every_emergency_says_what_to_do(rulebook, by_id) -> None:
    cards = [card for card in rulebook.red_flags if card.disposition == "emergency"]
    assert cards
    for card in cards:
        text = by_id[f"now-{card.id}"]
        assert card.do_now in text["text"]
        assert "enableWhen" in text or extensions(text, "enableWhenExpression")


def test_no_text_is_about_a_keyboard_or_a_number_that_lines_have_elsewhere(rulebook) -> None:
    """In the terminal lines have numbers, 0 is none of them, and "2?" is a doubt. In a form they have not."""
    of_the_terminal = re.compile(
        r"\b(type|typed|typing|keyboard|press enter|question mark|lines? (\d|two|three|four|five|six|seven|eight)|last line)\b"
        r"|\b(pick|or|then) 0\b",
        re.IGNORECASE,
    )
    for whom in (None, *WHOM):
        texts = [*items_of(questionnaire(rulebook, whom))]
        texts += [option["valueCoding"] for item in texts for option in item.get("answerOption", ())]
        said = [text.get("text") or text.get("display") or "" for text in texts]
        assert len(said) > 1000
        assert [one for one in said if of_the_terminal.search(one)] == []


def test_each_wording_is_a_form_of_its_own(rulebook) -> None:
    forms = [questionnaire(rulebook, whom) for whom in (None, *WHOM)]
    assert len({form["url"] for form in forms}) == len({form["id"] for form in forms}) == len(forms)
    texts = [next(i["text"] for i in items_of(form) if i["linkId"] == "age") for form in forms]
    assert texts == ["How old are you, in years?"] * 2 + ["How old are they, in years?"] * 2
    asked = [[c["code"] for c in codings(next(items))] for items in map(_about, forms)]
    assert asked[1:] == [
        ["self", UNSURE],
        ["child", UNSURE],
        ["adult_can_tell", "cannot_tell", UNSURE],
    ]


def _about(form):
    return iter([item for item in items_of(form) if item["linkId"] == "about"])


def test_the_small_rulebook_has_a_form_too(small) -> None:
    for whom in (None, *WHOM):
        assert [
            item["linkId"] for item in items_of(questionnaire(small, whom)) if item["linkId"] in small.items
        ] == list(small.items)


def test_the_same_bytes_for_every_hash_seed_and_from_kept_rules(root, tmp_path) -> None:
    made = {
        subprocess.run(
            [sys.executable, "-m", "questionnaire", "fhir", "questionnaire"],
            env={
                **os.environ,
                "PYTHONPATH": str(root),
                "PYTHONHASHSEED": seed,
                "XDG_CACHE_HOME": str(tmp_path),
            },
            capture_output=True,
            check=True,
        ).stdout
        for seed in "012"
    }
    assert len(made) == 1


def test_a_stranger_parses_the_forms_and_the_answers(rulebook) -> None:
    strangers = pytest.importorskip("fhir.resources.R4B", reason="fhir.resources is not installed")
    for whom in (None, *WHOM):
        made = questionnaire(rulebook, whom)
        parsed = strangers.get_fhir_model_class("Questionnaire").model_validate(made)
        assert json.loads(parsed.model_dump_json(exclude_none=True)) == made
    for seed in range(50):
        written = questionnaire_response(rulebook, random_response(rulebook, random.Random(seed)))
        parsed = strangers.get_fhir_model_class("QuestionnaireResponse").model_validate(written)
        assert json.loads(parsed.model_dump_json(exclude_none=True)) == written


@needs_schema
def test_form_and_answers_fit_the_schema_of_r4(rulebook) -> None:
    """HL7's own, for each of those who may answer; and the answers of some random people."""
    rng = random.Random(18)
    for whom in WHOM:
        assert resource_errors(questionnaire(rulebook, whom)) == []
    for _ in range(20):
        answers = questionnaire_response(rulebook, random_response(rulebook, rng, share=0.7))
        assert resource_errors(answers) == []


@needs_validator
def test_a_strangers_validator_finds_nothing(rulebook) -> None:
    made = [questionnaire(rulebook, whom) for whom in WHOM]
    assert validator_errors(made) == [[] for _ in made]
