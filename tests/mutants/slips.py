"""Is every slip in a condition seen? The examples beside the cards, and single people for what they leave unseen.

A slip is one thing wrong in one condition, as ``one_change.broken_nodes`` makes them: a part left out, "and" for
"or", a line left out, a number moved, a test turned round. An example sees it if the broken condition says
something else of these answers. ``slips.yaml`` has further people for the slips that no example sees: of the
condition of a card (``id``), of what speaks against it (``id!``), of a guard (``id#0``) and of a gate (``id?``).

``python tests/mutants/slips.py`` writes that file anew: people who are still needed stay, with what is said of
them now, and new ones are looked for. Read what git shows of it: each line is a person about whom the rules
changed.
"""

from __future__ import annotations

import itertools
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from mutants.one_change import ALWAYS, NEVER, broken_nodes  # noqa: E402
from triage.conditions.nodes import Node  # noqa: E402
from triage.engine.answers import parse_answers  # noqa: E402
from triage.engine.counterfactuals.cohort import in_columns  # noqa: E402
from triage.engine.response import Response  # noqa: E402
from triage.problems import Problem  # noqa: E402
from triage.readers.answer_bits import Bits, either, indices  # noqa: E402
from triage.readers.columns import Column  # noqa: E402
from triage.rulebook.cards import Advice, Card  # noqa: E402
from triage.rulebook.goals import conditions_of  # noqa: E402
from triage.rulebook.load import load  # noqa: E402
from triage.rulebook.reading.source import YamlDocument, read  # noqa: E402
from triage.rulebook.rulebook import Rulebook  # noqa: E402
from triage.truth import Truth  # noqa: E402
from triage.workbench.examples import TODAY, read_examples, usual_answers  # noqa: E402

FILE = Path(__file__).parent / "slips.yaml"
TRUTHS = {"fires": Truth.PRESENT, "silent": Truth.ABSENT, "unsure": Truth.UNKNOWN}


@dataclass(frozen=True, slots=True)
class Part:
    """One condition of the rulebook; ``card`` is None for the gate of a question."""

    name: str
    node: Node
    card: Card | None

    @property
    def amid_usual(self) -> bool:
        """Whether the other questions get their usual answers, as for the examples of advice."""
        return self.card is None or isinstance(self.card, Advice)


@dataclass(frozen=True, slots=True)
class Person:
    """Answers, and what the condition ``part`` says of them."""

    part: str
    answers: Mapping[str, Any]
    says: str  # fires, silent or unsure


def parts(book: Rulebook) -> Iterator[Part]:
    """Every condition of an active card, and every gate."""
    for card in book.cards.values():
        if card.status == "active":
            for goal, (node, _) in conditions_of(card).items():
                yield Part(goal, node, card)
    for item in book.items.values():
        if item.ask_when is not None:
            yield Part(f"{item.id}?", item.ask_when, None)


def kept() -> tuple[list[Person], dict[str, list[str]]]:
    """The people of ``slips.yaml``, and the slips that nobody was found to show."""
    data = read(FILE.read_bytes(), FILE.name).data if FILE.exists() else {"people": {}, "unseen": {}}
    people = [
        Person(part, answers, says)
        for part, entry in data["people"].items()
        for says, cases in entry.items()
        for answers in cases
    ]
    return people, data["unseen"]


class Sight:
    """What the examples and the given people see, under one rulebook."""

    def __init__(self, book: Rulebook, people: Sequence[Person], *, examples: bool = True) -> None:
        self.book = book
        self.people = people
        self.usual = usual_answers(book)
        self.parts = {part.name: part for part in parts(book)}
        self.examples = [e for e in read_examples(book) if e.card.status == "active"] if examples else []
        self.places: dict[tuple[str, str], Bits] = {}  # by card or part, and kind
        for number, (name, kind) in enumerate(
            [*((e.card.id, e.kind) for e in self.examples), *((p.part, f"kept {p.says}") for p in people)]
        ):
            self.places[name, kind] = self.places.get((name, kind), 0) | 1 << number
        made = [*(example.response for example in self.examples), *map(self.response, people)]
        self.columns = in_columns(book, made, TODAY)

    def response(self, person: Person) -> Response:
        response, problems = answered(self.book, person.answers)
        assert not problems, (
            person,
            [problem.render() for problem in problems],
            "python tests/mutants/slips.py",
        )
        part = self.parts.get(person.part)
        return (
            Response({**self.usual.answers, **response.answers}) if part and part.amid_usual else response
        )

    @cached_property
    def found(self) -> dict[str, Column]:
        return self.columns.evaluate_all(self.book.goals)

    def says(self, node: Node) -> Column:
        return self.columns.evaluate(node, self.found)

    def bits(self, name: str, *kinds: str) -> Bits:
        return either(self.places.get((name, kind), 0) for kind in kinds)

    def wrong(self) -> list[Person]:
        """The people of whom their condition says something else now, or whose condition is gone."""
        first = len(self.examples)
        return [
            person
            for number, person in enumerate(self.people, first)
            if person.part not in self.parts
            or self.says(self.parts[person.part].node).of(number).truth is not TRUTHS[person.says]
        ]

    def unseen(self, part: Part) -> dict[str, Node]:
        """The slips in a condition that neither an example nor a person shows."""
        right = self.says(part.node)
        return {
            name: other for name, other in slips(part.node) if not self._seen(part, right, self.says(other))
        }

    def _seen(self, part: Part, right: Column, wrong: Column) -> Bits:
        """Who shows that a condition says the wrong thing. Examples of advice tell only whether it is shown."""
        seen = self.bits(part.name, *(f"kept {kind}" for kind in TRUTHS)) & differ(right, wrong)
        if part.card is None:
            return seen
        fires, held = self.bits(part.card.id, "fires"), self.bits(part.card.id, "withheld")
        if not isinstance(part.card, Advice):
            own = part.name == part.card.id
            return seen | (self.bits(part.name, *TRUTHS) & differ(right, wrong) if own else 0)
        if part.name == part.card.id:
            return seen | (fires | held) & ~wrong.present
        alone = held & right.not_absent & ~either(self._other_guards(part))
        return seen | fires & wrong.not_absent | alone & ~wrong.not_absent

    def _other_guards(self, part: Part) -> Iterator[Bits]:
        assert isinstance(part.card, Advice)
        for number, guard in enumerate(part.card.guards):
            if guard.block_when is not None and part.name != f"{part.card.id}#{number}":
                yield self.says(guard.block_when).not_absent


def slips(node: Node) -> Iterator[tuple[str, Node]]:
    yield "never", NEVER  # as if it were gone
    yield "always", ALWAYS
    for number, (what, other) in enumerate(broken_nodes(node)):
        yield f"{number} {what}", other


def differ(one: Column, other: Column) -> Bits:
    return (one.present ^ other.present) | (one.not_absent ^ other.not_absent)


# --- writing the file anew ------------------------------------------------------------------------


def answered(book: Rulebook, answers: Mapping[str, Any]) -> tuple[Response, list[Problem]]:
    """These answers, and what is wrong with them: a line may have got another code, or have gone."""
    problems: list[Problem] = []
    return parse_answers(answers, book, YamlDocument("(slips)", None), (), problems), problems


def renewed(book: Rulebook) -> tuple[list[Person], dict[str, list[str]]]:
    """The people who are needed, and what nobody was found to show."""
    from people.strangers import strangers

    names = {part.name: part for part in parts(book)}
    people: list[Person] = []
    unseen: dict[str, list[str]] = {}
    before = [p for p in kept()[0] if p.part in names and not answered(book, p.answers)[1]]
    sight = Sight(book, [])
    for part in names.values():
        left = sight.unseen(part)
        if not left:
            continue
        known = [person.answers for person in before if person.part == part.name]
        for pool in itertools.chain([known], strangers(book, part.node, part.card)):
            people += _needed(book, part, pool, left) if left else []
        if left:
            unseen[part.name] = list(left)
    return people, unseen


def _needed(
    book: Rulebook, part: Part, pool: Sequence[Mapping[str, Any]], left: dict[str, Node]
) -> Iterator[Person]:
    """People of the pool who show slips; what is shown is taken out of ``left``."""
    tried = Sight(book, [Person(part.name, answers, "unsure") for answers in pool], examples=False)
    right = tried.says(part.node)
    shown = {name: differ(right, tried.says(other)) for name, other in left.items()}
    shown = {name: bits for name, bits in shown.items() if bits}
    for name in shown:
        del left[name]
    while shown:
        rarest = indices(min(shown.values(), key=int.bit_count))
        best = max(rarest, key=lambda n: (sum(bits >> n & 1 for bits in shown.values()), -n))
        truth = right.of(best).truth
        yield Person(part.name, pool[best], next(kind for kind, t in TRUTHS.items() if t is truth))
        shown = {name: bits for name, bits in shown.items() if not bits >> best & 1}


def written(value: Any) -> str:
    """A value as it stands in one line of YAML."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {written(entry)}" for key, entry in value.items()) + "}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(written, value))}]"
    plain = not isinstance(value, str) or re.fullmatch(r"[a-z][a-z0-9_ -]*(?<! )", value)
    return str(value) if plain else f'"{value}"'


def main() -> None:
    people, unseen = renewed(load(ROOT / "rules"))
    lines = [
        "# Single people who show slips in conditions that no example shows: see slips.py, which writes this.",
        "people:",
    ]
    by_part: dict[str, dict[str, list[Mapping[str, Any]]]] = {}
    for person in people:
        by_part.setdefault(person.part, {}).setdefault(person.says, []).append(person.answers)
    for name, entry in by_part.items():
        lines.append(f"  {written(name)}:")
        for says in TRUTHS:
            if says in entry:
                lines += [f"    {says}:", *(f"      - {written(answers)}" for answers in entry[says])]
    lines += ["# Slips that nobody was found to show: most of them say the same in other words.", "unseen:"]
    lines += [f"  {written(name)}: {written(left)}" for name, left in unseen.items()] or ["  {}"]
    FILE.write_text("\n".join(lines) + "\n")
    print(f"{len(people)} people, {sum(map(len, unseen.values()))} slips that nobody shows")


if __name__ == "__main__":
    main()
