"""The one verb, on the small rulebook: dispositions, reasons, guards, what is unknown."""

import datetime
import json
import random
from pathlib import Path

import pytest
from interviews.plainly import PlainReasoner
from people.generators import random_edits, random_response
from people.overlays import NO_EMERGENCY

from triage.engine.assess import assess, assess_with
from triage.engine.inference import Reasoner
from triage.engine.response import Response
from triage.report.formats.json import as_data, render_json
from triage.rulebook.load import load
from triage.workbench.examples import interviewed, usual_answers

TODAY = datetime.date(2026, 11, 22)
KEYS = {
    "format", "rulebook", "date", "complete", "missing", "disposition", "red_flags", "patterns",
    "factors", "theories", "advice", "withheld", "claims", "pertinent_negatives", "unresolved", "would_change",
    "would_change_together", "smallest_reason", "medicines", "answers",
}  # fmt: skip


@pytest.fixture(scope="module")
def reasoner(small) -> Reasoner:
    return Reasoner(small, TODAY)


@pytest.fixture
def assessed(small, reasoner, responses):
    """A whole interview: the answers given, usual ones for the rest."""

    def do(**answers):
        response, _ = interviewed(reasoner, responses(small, **answers))
        return assess_with(reasoner, response)

    return do


def test_the_contract(assessed) -> None:
    data = json.loads(render_json(as_data(assessed(signs=["swollen"]))))
    assert set(data) == KEYS
    assert data["format"] == "legcramp-assessment/1"
    assert set(data["rulebook"]) == {"id", "version", "sha256"}
    assert {"code", "label", "within", "because"} <= set(data["disposition"])
    finding = {"id", "title", "evidence", "because", "for", "against", "unknown", "sources"}
    assert finding <= set(data["red_flags"][0])


def test_all_well_is_self_care(assessed) -> None:
    result = assessed()
    assert result.complete
    assert result.disposition.code == "self_care"
    assert not result.red_flags


def test_the_most_urgent_wins_and_says_because_of_what(assessed) -> None:
    result = assessed(signs=["swollen", "weak"], kidneys="weak", nights=5)
    assert result.disposition.code == "emergency"
    assert result.disposition.because == ("weak_kidneys",)
    assert [f.id for f in result.red_flags][:2] == ["weak_kidneys", "swollen"]


def test_unsure_leads_to_if_unsure(assessed) -> None:
    result = assessed(signs=["swollen?"])
    assert result.disposition.code == "soon"
    (flag,) = result.red_flags
    assert (flag.id, flag.certain, flag.level) == ("swollen", False, "soon")
    assert [r.answer for r in flag.unknown] == ["unsure"]


def test_reasons_for_against_and_unknown(assessed) -> None:
    result = assessed(days=["sit", "heat"], nights=6)
    (busy,) = result.patterns
    assert [r.option for r in busy.for_] == ["heat", "sit"]  # sitting through the finding
    assert [(r.option or r.item) for r in busy.against] == ["train", "nights"]
    result = assessed(signs=["weak"], kidneys="unsure")
    flag = next(f for f in result.red_flags if f.id == "weak_kidneys")
    assert [r.option for r in flag.for_] == ["weak"]
    assert [r.item for r in flag.unknown] == ["kidneys"]


def test_a_factor_needs_a_yes(assessed) -> None:
    assert [f.id for f in assessed(days=["sit"]).factors] == ["sitting"]
    assert not assessed(days=["sit?"]).factors
    assert not assessed(days="unsure").factors


@pytest.mark.parametrize("kidneys", ["weak", "unsure", "declined"])
def test_advice_is_withheld_by_a_guard_that_holds_or_is_unknown(assessed, kidneys) -> None:
    result = assessed(kidneys=kidneys)
    assert not result.advice
    (held,) = result.withheld
    assert held.why == ("Weak kidneys cannot get rid of it.",)
    assert held.unknown == (kidneys != "weak")


def test_a_gate_that_was_denied_lifts_the_guard(assessed) -> None:
    assert [g.id for g in assessed(sex="male").advice] == ["magnesium"]
    assert [h.id for h in assessed(sex="female", pregnant="unsure").withheld] == ["magnesium"]


def test_a_caution_is_shown_with_the_advice(assessed) -> None:
    assert assessed(age=80).advice[0].cautions == ("Ask first at your age.",)
    assert assessed(age=40).advice[0].cautions == ()


@pytest.mark.parametrize("answers", [{"signs": ["swollen"]}, {"alarm": ["chest"]}])
def test_no_advice_above_its_levels(assessed, answers) -> None:
    result = assessed(**answers)
    assert not result.advice
    assert not result.withheld


def test_advice_that_only_a_doubt_takes_away_is_held_back_with_the_reason(assessed) -> None:
    result = assessed(signs=["swollen?"])
    assert result.disposition.code == "soon"
    assert not result.advice
    (held,) = result.withheld
    assert (held.id, held.unknown) == ("magnesium", True)
    assert held.why == ("It has to wait until this is known: One leg newly swollen: not sure.",)


def test_unfinished_is_never_calm(small, reasoner, responses) -> None:
    result = assess_with(reasoner, responses(small, age=40))
    assert not result.complete
    assert result.disposition.code == "unfinished"
    assert result.missing[0] == "alarm"


def test_unfinished_keeps_what_is_urgent_already(small, reasoner, responses) -> None:
    assert assess_with(reasoner, responses(small, signs=["swollen"])).disposition.code == "same_day"
    half = assess_with(reasoner, responses(small, signs=["swollen?"]))
    assert (half.disposition.code, half.complete) == ("soon", False)
    routine = assess_with(reasoner, responses(small, nights=5))
    assert routine.disposition.code == "unfinished"


def test_nothing_is_missing_at_an_emergency(small, reasoner, responses) -> None:
    result = assess_with(reasoner, responses(small, alarm=["chest"]))
    assert result.disposition.code == "emergency"
    assert result.missing == ()


def test_same_day_asks_only_what_could_be_worse(small, reasoner, responses) -> None:
    step = reasoner.step(responses(small, alarm=[], signs=["swollen", "weak"]))
    assert step.due == ("kidneys",)
    assert reasoner.step(responses(small, alarm=[], signs=["swollen"])).due == ()


def test_what_opens_a_question_is_asked_though_nothing_else_reads_it(small_folder: Path) -> None:
    path = small_folder / "items" / "first.yaml"
    text = path.read_text()
    before, sex, after = text.partition("  - id: sex\n")
    assert sex
    path.write_text(before + sex + after.replace("    summary: true\n", "", 1))
    book = load(small_folder)
    assert not book.items["sex"].summary
    due = Reasoner(book, TODAY).step(Response()).due
    assert due.index("sex") < due.index("pregnant")


def test_pertinent_negatives_are_only_what_was_denied(assessed) -> None:
    result = assessed(signs=["swollen?"])
    assert {n.option for n in result.pertinent_negatives} == {"chest", "cold_foot", "weak"}
    assert not assessed(alarm="unsure", signs="unsure").pertinent_negatives


def test_negatives_that_do_not_concern_the_person_are_left_out(rulebook, responses) -> None:
    reasoner = PlainReasoner(rulebook, TODAY)

    def denied(**answers):
        result = assess_with(
            reasoner,
            responses(rulebook, **NO_EMERGENCY, **answers),
        )
        return {n.option for n in result.pertinent_negatives if n.item in NO_EMERGENCY}

    assert not {"child_fever_leg", "pregnancy_head"} & denied(age=71, sex="male")
    assert "child_fever_leg" in denied(age=9, sex="male")
    assert "pregnancy_head" in denied(age=30, sex="female", pregnancy="over_20")
    assert "cold_foot" in denied(age=71, sex="male")


def test_unresolved_names_what_could_be_worse(assessed) -> None:
    result = assessed(signs=["weak"], kidneys="unsure")
    assert [(u.remark.item, u.could_become) for u in result.unresolved] == [("kidneys", "emergency")]
    assert not assessed().unresolved


def test_would_change_flips_one_answer(assessed) -> None:
    changes = {(c.remark.item, c.remark.option, c.instead): c.disposition for c in assessed().would_change}
    assert changes["signs", "swollen", "yes"] == "same_day"
    assert changes["alarm", "chest", "yes"] == "emergency"
    assert changes["nights", None, "3"] == "routine"
    assert ("signs", "weak", "yes") not in changes  # by itself it changes nothing
    back = {(c.remark.option, c.instead): c.disposition for c in assessed(signs=["swollen"]).would_change}
    assert back["swollen", "no"] == "self_care"


def test_new_medicine_dates(assessed) -> None:
    def level(started):
        return assessed(medicines=[{"name": "aprinox", "started": started}]).disposition.code

    assert level("2026-11-01") == "soon"
    assert level("2020") == "self_care"
    assert level("unsure") == "routine"  # if_unsure
    assert level("2026-10") == "routine"  # some days of October are within 6 weeks, some are not


def test_an_unlisted_medicine_is_kept_as_typed(assessed) -> None:
    (note,) = assessed(medicines=[{"name": "Moonstone drops", "started": "long_ago"}]).medicines
    assert (note.name, note.generic, note.linked_with) == ("Moonstone drops", "", ())


@pytest.mark.parametrize("seed", range(40))
def test_edits_equal_a_fresh_run(small, seed) -> None:
    """Whatever was answered, changed and taken back: only the final answers count."""
    rng = random.Random(seed)
    kept = Reasoner(small, TODAY)
    response = Response()
    for response in random_edits(small, random_response(small, rng), rng, 10):
        result = assess_with(kept, response)
    assert as_data(result) == as_data(assess(small, response, TODAY))


@pytest.mark.parametrize("seed", range(60))
def test_red_flag_answers_are_monotone(small, seed) -> None:
    """no, unsure, yes: never less urgent."""
    from triage.conditions.leaf import Ticks
    from triage.rulebook.model import urgency

    rng = random.Random(seed)
    reasoner = Reasoner(small, TODAY)
    response = random_response(small, rng, share=1.0)
    item = rng.choice([i for i in small.items.values() if i.red_flag])
    code = rng.choice(item.codes)
    ticks = response.get(item.id)
    base = ticks if isinstance(ticks, Ticks) else Ticks()
    others, unsure = base.ticked - {code}, base.unsure - {code}
    ladder = [Ticks(others, unsure), Ticks(others, unsure | {code}), Ticks(others | {code}, unsure)]
    levels = [urgency(reasoner.step(response.with_answer(item.id, step)).level) for step in ladder]
    assert levels == sorted(levels)


def test_usual_answers_are_answers(small, rulebook) -> None:
    for book in (small, rulebook):
        asked = [i.id for i in book.items.values() if i.stage == "interview"]
        assert list(usual_answers(book).answers) == asked
