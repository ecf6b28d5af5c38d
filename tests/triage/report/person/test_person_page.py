"""What the person's page must never do: two scripts, doubts as facts, lost advice, a reason for none."""

from __future__ import annotations

import random
import re

import pytest
from pages.formats import html_words, words
from pages.results import page
from people.generators import random_response

from triage.conditions.leaf import Ticks
from triage.engine.advising import advising
from triage.engine.assess import assess_with
from triage.engine.assessment import Assessment
from triage.engine.disposition import most_urgent
from triage.engine.inference import Reasoner
from triage.engine.outcome import MOST_SAID
from triage.engine.proxy import in_their_words
from triage.engine.response import Response
from triage.readers.evaluate import evaluate
from triage.report.formats.html import render_html
from triage.report.formats.json import as_data
from triage.report.formats.markdown import render_markdown
from triage.report.formats.text import render_text
from triage.report.person import person_document
from triage.rulebook.rulebook import Rulebook
from triage.truth import Truth
from triage.workbench.examples import usual_answers

SENTENCE = re.compile(r"(?<=[.?!])\s+")
MANY = 80


@pytest.fixture(scope="module")
def people(rulebook: Rulebook, reasoner: Reasoner) -> list[Assessment]:
    """Random people, half of them answering sparsely, so that cards fire alone as well as together."""
    rng = random.Random(7)
    shares = [0.1, 0.4, 0.9, 1.0]
    return [
        assess_with(reasoner, random_response(rulebook, rng, share=shares[n % len(shares)]))
        for n in range(MANY)
    ]


# One script


def test_every_emergency_has_a_few_words_for_the_phone(rulebook: Rulebook) -> None:
    for card in rulebook.red_flags:
        if card.disposition == "emergency":
            assert card.say, card.id
            assert not re.search(r"\b(you|your)\b", card.say), card.id


def test_no_emergency_dictates_a_sentence_of_its_own(rulebook: Rulebook) -> None:
    """Details are told in answer; what to say is one sentence, made of the words of all cards."""
    for card in rulebook.red_flags:
        if card.disposition == "emergency":
            lines = " ".join((card.do_now, *(line.text for line in card.also_do)))
            assert not re.search(r"\b[Ss]ay\b|“", lines), card.id


def test_one_sentence_for_the_phone_on_every_emergency_page(rulebook, people) -> None:
    emergencies = [a for a in people if a.disposition.code == "emergency"]
    assert len(emergencies) > 20
    for assessment in emergencies:
        text = page(assessment, rulebook)
        assert text.count(" Say: “") == 1
        assert len(re.findall(r"\bsay:? “", text, re.I)) == 1
        assert assessment.disposition.say in text
        assert as_data(assessment)["disposition"]["say"] == assessment.disposition.say


def test_what_raises_and_what_lowers_potassium_say_the_same(rulebook, reasoner, responses) -> None:
    response = responses(
        rulebook, age=79, sex="male", kidneys="weak", bought=["potassium"], salt_signs=["truly_weaker", "odd_heartbeat"],
        medicines=[{"name": "furosemide", "started": "long_ago"}, {"name": "spironolactone", "started": "long_ago"}],
    )  # fmt: skip
    result = assess_with(reasoner, response)
    found = set(result.disposition.because)
    assert {"high_potassium_signs", "low_potassium_heart"} <= found
    assert len(re.findall("potassium", result.disposition.say)) == 1
    text = page(result, rulebook)
    assert "it may be high potassium" not in text
    assert "it may be low potassium" not in text
    assert "pregnan" not in text.casefold()
    assert "birth" not in text


def test_no_more_is_to_be_said_than_can_be_read_out(people) -> None:
    for assessment in people:
        assert assessment.disposition.say.count(";") <= MOST_SAID


# Lines for those whom they concern


def test_a_line_is_left_out_only_if_it_surely_does_not_concern(rulebook, people) -> None:
    for assessment in people:
        if assessment.disposition.alone or assessment.disposition.code == "unfinished":
            continue
        level = rulebook.dispositions[assessment.disposition.code]
        wanted = sum(
            line.relevant_when is None
            or evaluate(line.relevant_when, assessment.effective_answers, {}).truth is not Truth.ABSENT
            for line in level.do
        )
        assert len(assessment.disposition.do) == wanted


# Doubts are no facts


def test_no_reason_of_a_doubt_is_printed_as_a_fact(rulebook, people) -> None:
    doubts = 0
    for assessment in people:
        book = in_their_words(rulebook, assessment.effective_answers)
        text = page(assessment, rulebook)
        certain = [
            f.because for f in (*assessment.red_flags, *assessment.patterns) if getattr(f, "certain", True)
        ]
        for flag in assessment.red_flags:
            if flag.certain or flag.because in certain:
                continue
            doubts += 1
            assert book.cards[flag.id].because not in text, flag.id
        for entry, flag in zip(as_data(assessment)["red_flags"], assessment.red_flags, strict=True):
            assert flag.certain or entry["because"].startswith("Not known. If it is so: ")
    assert doubts > 50


# What to do is never lost


def test_what_a_shown_card_says_to_do_stands_in_every_format(rulebook, reasoner, responses, people) -> None:
    usual = {item.id: item.usual for item in rulebook.items.values() if item.usual is not None}
    pictures = [
        assess_with(reasoner, responses(rulebook, **{**usual, **card.examples.fires[0]}))
        for card in rulebook.patterns
    ]
    patterns = 0
    for assessment in (*people, *pictures):
        document = person_document(assessment, in_their_words(rulebook, assessment.effective_answers))
        said = [
            render_text(document),
            re.sub(r"\\(.)", r"\1", render_markdown(document)),
            html_words(render_html(document))[0],
        ]
        data = as_data(assessment)
        calm = assessment.disposition.code in ("soon", "routine", "self_care")
        setting = assessment.disposition.because
        shown = [f for f in assessment.red_flags if f.certain and (calm or f.id in setting)]
        shown += assessment.patterns if calm else ()
        patterns += len(assessment.patterns) if calm else 0
        for finding in shown:
            for sentence in SENTENCE.split(finding.do_now or ""):
                for text in said:
                    assert words(sentence) in words(text), (finding.id, sentence)
        told = {f["id"]: f["do_now"] for f in (*data["red_flags"], *data["patterns"])}
        assert all(told[f.id] == f.do_now for f in (*assessment.red_flags, *assessment.patterns))
    assert patterns > 8


def test_the_sooner_of_two_visits_is_meant(rulebook, reasoner, responses) -> None:
    usual = {item.id: item.usual for item in rulebook.items.values() if item.usual is not None}
    response = responses(
        rulebook, **{**usual, "age": 62, "began": "two_weeks", "where": ["calf", "hands_arms"]}
    )
    result = assess_with(reasoner, response)
    assert result.disposition.code == "soon"
    assert "One visit is enough: the one named above." in page(result, rulebook)


# Advice held back


def without_doubt(response: Response, assessment: Assessment) -> Response:
    """The same answers with "no" for every line that was marked as not sure."""
    for item, answer in response.answers.items():
        if isinstance(answer, Ticks) and answer.unsure:
            response = response.with_answer(item, Ticks(answer.ticked, frozenset()))
    return response


def test_advice_that_a_doubt_takes_away_is_held_back_with_the_reason(rulebook, reasoner) -> None:
    """Ticks marked as not sure, against the same person without them."""
    rng = random.Random(15)
    seen = 0
    usual = usual_answers(rulebook).answers
    for number in range(120):
        base = random_response(rulebook, rng, share=1.0)
        if number % 2:  # an ordinary person with some other answers: more of them are calm
            some = rng.sample(sorted(base.answers), 6)
            base = Response({**usual, **{item: base.answers[item] for item in some}})
        for item in ("emergency_head", "today_leg"):
            base = base.with_answer(item, Ticks())
        code = rng.choice(rulebook.items["today_leg"].codes)
        doubtful = base.with_answer("today_leg", Ticks(frozenset(), frozenset({code})))
        step = reasoner.step(doubtful)
        if step.level not in ("soon", "routine", "self_care") or step.due:
            continue
        calm = reasoner.step(without_doubt(doubtful, None))  # type: ignore[arg-type]
        if calm.due:
            continue
        given, withheld = advising(rulebook, step, step.level)
        named = {entry.id: entry for entry in (*given, *withheld)}
        shown, _ = advising(rulebook, calm, calm.level)
        for advice in shown:
            if advice.kind == "avoid":
                continue
            seen += 1
            assert advice.id in named, advice.id
            if advice.id not in {entry.id for entry in given}:
                assert all(named[advice.id].why), advice.id
    assert seen > 10


def test_what_is_said_more_strictly_elsewhere_is_not_listed_as_held_back(rulebook, people) -> None:
    for assessment in people:
        for held in assessment.withheld:
            if held.instead:
                assert held.instead in {advice.id for advice in assessment.advice}
                assert f"{held.title};" not in page(assessment, rulebook).partition("NOT FOR NOW")[2]


def test_the_level_without_doubts_is_never_higher(people, reasoner) -> None:
    for assessment in people[:20]:
        step = reasoner.step(assessment.response)
        certainly = most_urgent(entry for entry in step.raising if entry.certain)
        assert certainly in (step.level, *("emergency", "same_day", "soon", "routine", "self_care"))


def test_only_what_was_prescribed_is_to_be_kept_on_with(rulebook: Rulebook) -> None:
    keep = re.compile(r"\bkeep taking\b", re.I)
    told = re.compile(r"prescri|doctor gave|as told|were told|blood thinner|diabetes medicines", re.I)
    for card in rulebook.cards.values():
        for key in ("because", "do_now", "text", "stop_rule"):
            sentences = SENTENCE.split(getattr(card, key, None) or "")
            for before, sentence in zip(["", *sentences], sentences, strict=False):
                if keep.search(sentence):
                    assert told.search(f"{before} {sentence}"), (card.id, sentence)
