"""The condition language: what is accepted, and what is refused with a place and a hint."""

from pathlib import Path

import pytest

from triage.conditions.nodes import (
    AllOf,
    Answered,
    AnyOf,
    AtLeast,
    Comparator,
    Compare,
    Found,
    Includes,
    Is,
    Not,
    Takes,
)
from triage.conditions.parse import parse
from triage.conditions.walk import cards_read, items_read, push_negation
from triage.rulebook.reading.source import read


def parsed(text: str):
    document = read(f"when: {text}\n".encode(), "card.yaml")
    problems = []
    node = parse(document.data["when"], ("when",), document.place, problems)
    return node, problems


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("{item: x, is: yes}", Is("x", ("yes",))),
        ("{item: x, is: no}", Is("x", ("no",))),
        ("{item: x, is_any: [a, b]}", Is("x", ("a", "b"))),
        ("{item: x, includes: a}", Includes("x", ("a",))),
        ("{item: x, includes_any: [a, b]}", Includes("x", ("a", "b"))),
        ("{item: x, at_least: 60}", Compare("x", Comparator.AT_LEAST, 60)),
        ("{item: x, at_most: 1.5}", Compare("x", Comparator.AT_MOST, 1.5)),
        ("{item: x, above: 1}", Compare("x", Comparator.ABOVE, 1)),
        ("{item: x, below: 1}", Compare("x", Comparator.BELOW, 1)),
        ("{answered: x}", Answered("x")),
        ("{answered: x, line: a}", Answered("x", "a")),
        ("{found: c}", Found("c")),
        ("{certain: {item: x, is: yes}}", AllOf((Is("x", ("yes",)), Answered("x")))),
        ("{possible: {item: x, includes: a}}", AnyOf((Includes("x", ("a",)), Not(Answered("x", "a"))))),
        ("{takes: statin}", Takes("statin")),
        ("{takes: statin, within_weeks: 6}", Takes("statin", 6)),
        ("{not: {found: c}}", Not(Found("c"))),
        ("{all: [{found: a}, {found: b}]}", AllOf((Found("a"), Found("b")))),
        ("{any: [{found: a}]}", AnyOf((Found("a"),))),
        ("{at_least: 1, of: [{found: a}, {found: b}]}", AtLeast(1, (Found("a"), Found("b")))),
    ],
)
def test_accepted(text, node) -> None:
    found, problems = parsed(text)
    assert not problems
    assert found == node


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("yes", "condition-shape", "a condition is expected"),
        ("[]", "condition-shape", "a condition is expected"),
        ("{}", "condition-shape", "not complete"),
        ("{al: [{found: a}]}", "condition-key", "“al”"),
        ("{item: x}", "condition-shape", "exactly one test"),
        ("{item: x, is: yes, includes: a}", "condition-shape", "exactly one test"),
        ("{item: x, is: true}", "condition-word", "single word"),
        ("{item: x, is: unsure}", "condition-unsure", "cannot test for “unsure”"),
        ("{item: x, is_any: a}", "condition-shape", "list of option codes"),
        ("{item: x, is_any: []}", "condition-shape", "list of option codes"),
        ("{item: x, at_least: many}", "condition-number", "a number"),
        ("{item: x, at_least: true}", "condition-number", "a number"),
        ("{all: []}", "condition-shape", "list of conditions"),
        ("{all: {found: a}}", "condition-shape", "list of conditions"),
        ("{all: [{found: a}], any: [{found: b}]}", "condition-shape", "mixes all and any"),
        ("{at_least: 2}", "condition-shape", "at_least of what"),
        ("{at_least: 3, of: [{found: a}]}", "condition-count", "never hold"),
        ("{at_least: 0, of: [{found: a}]}", "condition-count", "whole number"),
        ("{takes: x, within_weeks: soon}", "condition-number", "weeks"),
        ("{found: [a]}", "condition-word", "single word"),
        ("{certain: {takes: a}}", "condition-shape", "not for a medicine or another card"),
        ("{possible: {all: [{item: x, is: a}, {found: b}]}}", "condition-shape", "not for a medicine"),
        ("{certain: {item: x, is: a}, possible: {item: x, is: a}}", "condition-shape", "mixes certain"),
        ("{found: a, why: b}", "condition-key", "“why”"),
        ("{answered: a, found: b}", "condition-shape", "mixes answered and found"),
        ("{answered: a, line: [b]}", "condition-word", "single word"),
        ("{found: a, line: b}", "condition-shape", "“line” does not go with “found”"),
    ],
)
def test_refused(text, code, words) -> None:
    node, problems = parsed(text)
    assert node is None
    assert problems[0].code == code
    assert words in problems[0].message
    assert problems[0].place.line == 1


def test_every_mistake_is_reported_at_once_and_with_a_hint() -> None:
    node, problems = parsed("{all: [{itm: x}, {item: x, inclds: a}, {takes: 5}]}")
    assert node is None
    assert len(problems) == 3
    assert "Did you mean “item”?" in problems[0].fix
    assert "Did you mean “includes”?" in problems[1].fix


def test_too_many_parts_are_refused() -> None:
    node, problems = parsed("{all: [" + ", ".join(["{found: a}"] * 600) + "]}")
    assert node is None
    assert [problem.code for problem in problems] == ["condition-size"]


def test_what_it_reads() -> None:
    node, _ = parsed("{all: [{item: x, is: a}, {not: {takes: t}}, {any: [{found: c}, {answered: y}]}]}")
    assert items_read(node) == {"x", "y", "medicines"}
    assert cards_read(node) == {"c"}


def test_negation_is_pushed_to_the_leaves() -> None:
    a, b, c = Found("a"), Found("b"), Found("c")
    assert push_negation(Not(AllOf((a, Not(b))))) == AnyOf((Not(a), b))
    assert push_negation(Not(AtLeast(2, (a, b, c)))) == AtLeast(2, (Not(a), Not(b), Not(c)))


def test_every_node_kind_of_the_language_is_in_this_file() -> None:
    """A new kind of node must get its examples here."""
    from triage.conditions import nodes

    text = Path(__file__).read_text()
    for leaf in nodes.LEAVES:
        assert f"{leaf.__name__}(" in text
