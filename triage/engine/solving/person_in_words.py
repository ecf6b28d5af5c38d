"""A person in plain English: “a woman of 50 who takes warfarin and is not sure about …”."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from triage.conditions.leaf import NoAnswer, Ticks
from triage.conditions.nodes import MEDICINES
from triage.engine.response import Answer, MedicineAnswer, Response
from triage.rulebook.model import NUMBER_TYPES, Item
from triage.rulebook.rulebook import Rulebook

AGE, SEX = "age", "sex"
GROWN_UP = 18  # years: younger ones are boys, girls and children
_SAID = {"female": ("a woman", "a girl"), "male": ("a man", "a boy")}
_MOST_EMPTY = 2  # so many empty lists are named one by one; more are counted
_FEW = 3  # so many doings are told with commas
_STARTED = {
    "recent": "started or changed in the last 6 weeks",
    "long_ago": "taken for longer than 6 weeks",
    "unsure": "started nobody knows when",
}


def describe_person(rulebook: Rulebook, response: Response) -> str:
    """The answers of a response as one sentence about a person, in the order in which they are asked.

    Only what is in the response is told, in the words of the questionnaire. Questions of the rulebook
    with the ids ``age`` and ``sex`` say who it is.
    """
    doings = [*_doings(rulebook, response)]
    who = _who(response.get(AGE), response.get(SEX))
    if len(doings) > _FEW:
        return f"{who} who {'; '.join(doings[:-1])}; and {doings[-1]}"
    return f"{who} who {_listed(doings)}" if doings else who


def _who(age: Answer | None, sex: Answer | None) -> str:
    number = age if isinstance(age, int) else None
    young = number is not None and number < GROWN_UP
    person = _SAID.get(str(sex), ("a person", "a child"))[young]
    if number is not None:
        return f"{person} of {number}"
    return f"{person} of unknown age" if age is not None else person


def _doings(rulebook: Rulebook, response: Response) -> Iterator[str]:
    empty: list[Item] = []
    for item in rulebook.items.values():
        answer = response.get(item.id)
        known = item.id == AGE or (item.id == SEX and str(answer) in _SAID)
        if answer is None or answer is NoAnswer.NOT_ASKED or known:
            continue
        if answer == Ticks():
            empty.append(item)
        else:
            yield from _doing(rulebook, item, answer)
    if len(empty) > _MOST_EMPTY:
        yield f"ticked nothing in {len(empty)} other lists"
    else:
        yield from (f"ticked nothing under “{item.text}”" for item in empty)


def _doing(rulebook: Rulebook, item: Item, answer: Answer) -> Iterator[str]:
    """What the person does with one question; two things, if a list has ticks and doubts."""
    if answer is NoAnswer.DECLINED:
        yield f"would rather not answer “{item.text}”"
    elif isinstance(answer, NoAnswer):
        doubt = "does not know which medicines they take" if item.id == MEDICINES else ""
        yield doubt or f"is not sure about “{item.text}”"
    elif isinstance(answer, Ticks):
        if answer.ticked:
            yield f"ticked {_listed(_lines(item, answer.ticked))}"
        if answer.unsure:
            yield f"is not sure about {_listed(_lines(item, answer.unsure))}"
    elif isinstance(answer, tuple):
        yield _takes(rulebook, answer)
    else:
        yield f"answered {_answered(item, answer)} to “{item.text}”"


def _lines(item: Item, codes: frozenset[str]) -> list[str]:
    return [f"“{option.text}”" for option in item.options if option.code in codes]


def _answered(item: Item, answer: str | int | float) -> str:
    if item.type in NUMBER_TYPES:
        return item.measured(answer) if isinstance(answer, int | float) else str(answer)
    option = item.option(str(answer))
    return f"“{option.text if option else answer}”"


def _takes(rulebook: Rulebook, taken: Sequence[MedicineAnswer]) -> str:
    return f"takes {_listed([_medicine(rulebook, one) for one in taken])}" if taken else "takes no medicine"


def _medicine(rulebook: Rulebook, one: MedicineAnswer) -> str:
    kind = rulebook.medicine_reader.by_id.get(one.use or "")
    said = [f"for “{kind.text}”"] if kind is not None and kind.text else []
    if one.use == "unsure":
        said.append("for they do not know what")
    if one.started is not None:
        said.append(_STARTED.get(one.started) or f"started {one.started}")
    return f"{one.name} ({', '.join(said)})" if said else one.name


def _listed(parts: Sequence[str]) -> str:
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last
