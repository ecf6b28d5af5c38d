""" "You" becomes "they" when someone answers for another person."""

import re
from pathlib import Path

import pytest

from triage.problems import Invalid
from triage.rulebook.load import load
from triage.rulebook.model import OtherPerson, Phrase
from triage.rulebook.pronouns import speaks, they
from triage.rulebook.rulebook import Rulebook

NONE = OtherPerson(when=None, instead=())


@pytest.mark.parametrize(
    ("you", "other"),
    [
        ("How old are you, in years?", "How old are they, in years?"),
        ("A doctor told you that you have it.", "A doctor told them that they have it."),
        ("It wakes you, or makes you dizzy.", "It wakes them, or makes them dizzy."),
        ("Restless legs that bother you can be treated.", "Restless legs that bother them can be treated."),
        ("Keep to the limit you were given.", "They should keep to the limit they were given."),
        ("Drink when you are thirsty.", "They should drink when they are thirsty."),
        ("Do not stop what you take.", "They should not stop what they take."),
        ("Never leave out insulin by yourself.", "They should never leave out insulin by themselves."),
        ("Then keep taking it as you were told.", "Then they should keep taking it as they were told."),
        ("Ask if it suits you.", "Ask if it suits them."),
        ("Use some that you bought?", "Use some that they bought?"),
        ("Yours should be checked. Your clinic can.", "Theirs should be checked. Their clinic can."),
        ("Pull it towards you. Do not bounce.", "Pull it towards them. Do not bounce."),
        ("Put something warm on the calf.", "Put something warm on the calf."),
        ("A young person", "A young person"),
    ],
)
def test_by_rule(you: str, other: str) -> None:
    assert they(you, NONE) == other


def test_the_longest_phrase_wins_and_is_not_turned_again() -> None:
    phrases = OtherPerson(
        when=None,
        instead=(
            Phrase(you="your number", they="your number"),
            Phrase(
                you="Call your number, and do not drive yourself.", they="Call, and do not let them drive."
            ),
        ),
    )
    assert (
        they("Call your number, and do not drive yourself.", phrases) == "Call, and do not let them drive."
    )
    assert they("Call your number if you faint.", phrases) == "Call your number if they faint."


# What still speaks to the one who answers: their phone, their answers, what they saw and can do.
STILL_YOU = re.compile(
    r"\byour (?:local )?emergency (?:number|or crisis line)|\byou can save\b|\byour answers?\b|\byou (?:told|said|saw|named|describe)\b"
    r"|\byou have named\b|\bending your life\b|\byou are not sure about a line\b|\bcan you see in\b|\bYou may skip\b|\byou worry about a child\b"
    r"|\bYou can tell the doctor\b|\bif you can\b|\byou were taught\b|\byou are worried\b|\bIf you cannot ring\b|\bcare plan with you\b"
    r"|\byou or they worry\b|\bYou said that\b|\bthat you said so\b|\bwhat you see\b|\bphone with you\b",
    re.I,
)


def test_nothing_else_says_you_of_another_person(rulebook: Rulebook) -> None:
    book = rulebook.of_another
    saying_who = {"about"}
    parts = [book.frame, *book.cards.values(), *book.classes.values()]
    parts += [item for item in book.items.values() if item.id not in saying_who]
    said = [(part, text) for part in parts for text in speaks(part)]
    own = [text for part, text in said if getattr(part, "type", "") == "text"]  # examples of own words
    said_or_quoted = [re.sub("“[^”]*”", "", text) if text in own else text for _, text in said]
    me_or_you = re.compile(r"\b(you|your|yours|yourself|I|me|my|mine|myself)\b")
    assert [t for t in said_or_quoted if me_or_you.search(STILL_YOU.sub("", t))] == []


def test_only_words_change(rulebook: Rulebook) -> None:
    other = rulebook.of_another
    assert other.goals == rulebook.goals
    assert other.sha256 == rulebook.sha256
    assert [i.ask_when for i in other.items.values()] == [i.ask_when for i in rulebook.items.values()]
    for item, same in zip(rulebook.items.values(), other.items.values(), strict=True):
        assert item.codes == same.codes
        assert [o.clinical_yes for o in item.options] == [o.clinical_yes for o in same.options]
    assert rulebook.items["about"] == other.items["about"]


def test_a_rulebook_may_do_without(small: Rulebook) -> None:
    assert small.of_another is small


def test_a_phrase_that_no_text_has_is_a_problem(small_folder: Path) -> None:
    (small_folder / "other_person.yaml").write_text(
        "when: {item: sex, is: male}\ninstead:\n  - {you: the moon is blue, they: it is}\n"
    )
    with pytest.raises(Invalid) as caught:
        load(small_folder)
    (problem,) = caught.value.problems
    assert (problem.code, problem.place.line) == ("unused-phrase", 3)
    assert "the moon is blue" in problem.message
