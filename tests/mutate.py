"""How much would the tests notice? Breaks the built-in rules in one place at a time and counts.

    python tests/mutate.py [--count 60] [--seed 1] [--responses 4000] [--kind K] [--quick]

Each mutant differs from the rules in one condition (a part left out, "and" for "or", a line left out, a
threshold or a count moved, a leaf turned round), one level (one step lower), one guard (taken away or
weakened) or one gate (weakened). Nothing is written: mutants are made in memory. For each it says which of
the quick tests notice: ``rules check``, the proofs of the safety invariants, the examples beside the cards, the
levels kept in levels.yaml, the people of slips.yaml, the invariants as they are written in Python (on fewer
people than the tests try), and, as they take half a minute, only if nobody else does, the vignettes (interviewed
with the plain evaluator). Not all mutants are mistakes: some say the same in other words, or differ for nobody
who can be.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from triage.conditions.nodes import AllOf, AnyOf, AtLeast, Compare, Includes, Is, Node, Not, Takes  # noqa: E402
from triage.conditions.walk import cards_read  # noqa: E402
from triage.rulebook.cards import Advice, Card, RedFlag  # noqa: E402
from triage.rulebook.checks.references import check  # noqa: E402
from triage.rulebook.goals import conditions_of  # noqa: E402
from triage.rulebook.load import load  # noqa: E402
from triage.rulebook.model import LEVELS, Item  # noqa: E402
from triage.rulebook.rulebook import Rulebook  # noqa: E402
from triage.workbench.decided import senseless  # noqa: E402
from triage.workbench.examples import TODAY, try_examples  # noqa: E402
from triage.workbench.proving.prove import prove_all  # noqa: E402
from triage.workbench.thresholds import edges  # noqa: E402

NEVER, ALWAYS = AnyOf(()), AllOf(())


@dataclass(frozen=True, slots=True)
class Mutant:
    kind: str
    name: str
    book: Rulebook


# --- one change ---------------------------------------------------------------------------------


ABOUT_MEDICINES = ("medicine_reader", "classification", "names")


def differing(book: Rulebook, **parts: object) -> Rulebook:
    """The rulebook with other cards or items. What it worked out of its medicines it need not work out anew."""
    made = replace(book, **parts)
    made.__dict__.update({name: getattr(book, name) for name in ABOUT_MEDICINES})
    if "items" not in parts:
        made.__dict__.update({name: getattr(book, name) for name in ("option_gates", "gates")})
    return made


def with_card(book: Rulebook, card: Card, **changed: object) -> Rulebook:
    other = card.model_copy(update=changed)
    made = differing(book, cards={**book.cards, card.id: other})
    if other.status == card.status == "active":
        was, now = book.goals_of([card]), made.goals_of([other])
        if not cards_required(now) - cards_required(was) and (
            isinstance(other, Advice) or was.keys() == now.keys()
        ):
            # No other condition is another one, and all can be evaluated in the same order.
            others = {
                goal: now.get(goal, node)
                for goal, node in book.goals.items()
                if goal in now or goal not in was
            }
            goals = made.__dict__["goals"] = {**others, **now}
            made.__dict__["shared_goals"] = {  # of those that stay equal parts are one already
                goal: book.shared_goals[goal] if node is book.goals.get(goal) else node
                for goal, node in goals.items()
            }
    return made


def cards_required(goals: Mapping[str, Node]) -> set[str]:
    return {card for node in goals.values() for card in cards_read(node)}


def with_gate(book: Rulebook, item: Item, gate: Node) -> Rulebook:
    return differing(book, items={**book.items, item.id: item.model_copy(update={"ask_when": gate})})


def with_condition(book: Rulebook, card: Card, key: tuple[str | int, ...], node: Node) -> Rulebook:
    """The card with another condition where ``key`` says: ``("when",)``, ``("guards", 1, "block_when")``."""
    if len(key) == 1:
        return with_card(book, card, **{str(key[0]): node})
    assert isinstance(card, Advice)
    _, number, which = key
    guards = list(card.guards)
    guards[int(number)] = guards[int(number)].model_copy(update={str(which): node})
    return with_card(book, card, guards=tuple(guards))


def without_guard(book: Rulebook, card: Card, number: int) -> Rulebook:
    assert isinstance(card, Advice)
    return with_card(book, card, guards=(*card.guards[:number], *card.guards[number + 1 :]))


def broken_nodes(node: Node) -> Iterator[tuple[str, Node]]:
    """The condition with one thing wrong, in every way that is tried."""
    match node:
        case AllOf() | AnyOf():
            for number, part in enumerate(node.of):
                if len(node.of) > 1:
                    yield "a part left out", replace(node, of=node.of[:number] + node.of[number + 1 :])
                for what, other in broken_nodes(part):
                    yield what, replace(node, of=(*node.of[:number], other, *node.of[number + 1 :]))
            if len(node.of) > 1:
                yield "and for or", (AnyOf if isinstance(node, AllOf) else AllOf)(node.of, place=node.place)
        case AtLeast():
            for needed in (node.needed - 1, node.needed + 1):
                if 0 < needed <= len(node.of):
                    yield "another count", replace(node, needed=needed)
            for number, part in enumerate(node.of):
                for what, other in broken_nodes(part):
                    yield what, replace(node, of=(*node.of[:number], other, *node.of[number + 1 :]))
        case Not():
            yield "turned round", node.part
            for what, other in broken_nodes(node.part):
                yield what, replace(node, part=other)
        case Is() | Includes() if len(node.codes) > 1:
            for code in node.codes:
                yield "a line left out", replace(node, codes=tuple(c for c in node.codes if c != code))
        case Compare():
            for step in (-1, 1):
                yield "a threshold moved", replace(node, threshold=node.threshold + step)
            yield "turned round", Not(node, place=node.place)
        case Takes() if node.within_weeks is not None:
            yield "weeks left out", replace(node, within_weeks=None)
        case _:
            yield "turned round", Not(node, place=node.place)


# --- all changes of one kind ----------------------------------------------------------------------


def conditions(book: Rulebook) -> Iterator[tuple[str, Callable[[], Rulebook]]]:
    for card in book.cards.values():
        for goal, (node, key) in conditions_of(card).items():
            if card.status == "active" and "#" not in goal:
                for what, other in broken_nodes(node):
                    yield f"{goal}: {what}", lambda c=card, k=key, o=other: with_condition(book, c, k, o)


def levels(book: Rulebook) -> Iterator[tuple[str, Callable[[], Rulebook]]]:
    for card in (*book.red_flags, *book.patterns):
        for key in ("disposition", "if_unsure") if isinstance(card, RedFlag) else ("disposition",):
            lower = LEVELS.index(getattr(card, key)) + 1
            if lower < len(LEVELS):
                yield (
                    f"{card.id}: {key} lower",
                    lambda c=card, k=key, n=lower: with_card(book, c, **{k: LEVELS[n]}),
                )


def guards(book: Rulebook) -> Iterator[tuple[str, Callable[[], Rulebook]]]:
    for card in book.advice:
        for number, guard in enumerate(card.guards):
            if guard.block_when is not None:
                yield f"{card.id}: guard {number} gone", lambda c=card, n=number: without_guard(book, c, n)
                for what, other in broken_nodes(guard.block_when):
                    key = ("guards", number, "block_when")
                    yield (
                        f"{card.id}: guard {number}, {what}",
                        lambda c=card, k=key, o=other: with_condition(book, c, k, o),
                    )


def gates(book: Rulebook) -> Iterator[tuple[str, Callable[[], Rulebook]]]:
    for item in book.items.values():
        if item.ask_when is not None:
            for what, other in [("never", NEVER), ("always", ALWAYS), *broken_nodes(item.ask_when)]:
                yield f"{item.id}: gate, {what}", lambda i=item, o=other: with_gate(book, i, o)


KINDS = {"condition": conditions, "level": levels, "guard": guards, "gate": gates}


def mutants(book: Rulebook, seed: int, count: int) -> Iterator[Mutant]:
    """So many of each kind, by chance: ``count`` together."""
    rng = random.Random(seed)
    for kind, every in KINDS.items():
        for name, make in rng.sample(list(every(book)), count // len(KINDS)):
            yield Mutant(kind, name, make())


# --- what notices ---------------------------------------------------------------------------------


def by_check(book: Rulebook) -> bool:
    return bool(check(book) or senseless(book) or list(edges(book)))


def by_examples(book: Rulebook) -> bool:
    return any(outcome.problems for outcome in try_examples(book))


def by_proofs(book: Rulebook) -> bool:
    return not all(proof.holds for proof in prove_all(book))


def by_levels(book: Rulebook) -> bool:
    from test_levels import kept, now

    return now(book) != kept()


def by_slips(book: Rulebook) -> bool:
    from slips import Sight, kept

    return bool(Sight(book, kept()[0], examples=False).wrong())


def by_vignettes(book: Rulebook) -> bool:
    from plainly import PlainReasoner

    from triage.workbench.vignettes import read_vignettes, try_vignette

    reasoner = PlainReasoner(book, TODAY)
    files = sorted((ROOT / "tests" / "vignettes").glob("*.yaml"))
    cases = (v for path in files for v in read_vignettes(path.read_bytes(), path.name, book))
    return any(try_vignette(case, reasoner).problems for case in cases)


def by_invariants(responses: int) -> Callable[[Rulebook], bool]:
    from invariants import TURNS, Trial, judge

    tried: list[tuple[Trial, object]] = []

    def notice(book: Rulebook) -> bool:
        if not tried:
            trial = Trial(load(ROOT / "rules"), 20261124)
            trial.compared = trial.compared[::TURNS]
            tried.append((trial, trial.crowd(responses)))
        trial, crowd = tried[0]
        return bool(judge(trial, crowd.under(book))[1])

    return notice


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--responses", type=int, default=4000)
    parser.add_argument("--kind", choices=KINDS, action="append")
    parser.add_argument("--quick", action="store_true", help="without the vignettes")
    given = parser.parse_args()
    notices = {
        "check": by_check, "proofs": by_proofs, "examples": by_examples, "levels": by_levels,
        "slips": by_slips,
        "invariants": by_invariants(given.responses),
    }  # fmt: skip
    seen: Counter[tuple[str, str]] = Counter()
    book = load(ROOT / "rules")
    for name, notice in notices.items():
        assert not notice(book), f"{name} finds something in the rules as they are"
    for mutant in mutants(book, given.seed, given.count):
        if given.kind and mutant.kind not in given.kind:
            continue
        by = [name for name, notice in notices.items() if notice(mutant.book)]
        if not by and not given.quick and by_vignettes(mutant.book):
            by = ["vignettes"]
        print(f"{mutant.kind:<9} {mutant.name:<60} {', '.join(by) or 'nobody'}", flush=True)
        for name in (*by, "all", *(["somebody"] if by else [])):
            seen[mutant.kind, name] += 1
    print()
    for kind in given.kind or KINDS:
        print(
            kind,
            ", ".join(f"{name} {seen[kind, name]}" for name in ("all", "somebody", *notices, "vignettes")),
        )


if __name__ == "__main__":
    main()
