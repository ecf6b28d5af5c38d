"""How much would the tests notice? Breaks the built-in rules in one place at a time and counts.

    python tests/mutants/mutate.py [--count 60] [--seed 1] [--responses 4000] [--kind K] [--quick]

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
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from mutants.one_change import (  # noqa: E402
    ALWAYS,
    NEVER,
    broken_nodes,
    with_card,
    with_condition,
    with_gate,
    without_guard,
)
from triage.rulebook.cards import RedFlag  # noqa: E402
from triage.rulebook.checks.all_checks import check  # noqa: E402
from triage.rulebook.goals import conditions_of  # noqa: E402
from triage.rulebook.load import load  # noqa: E402
from triage.rulebook.model import LEVELS  # noqa: E402
from triage.rulebook.rulebook import Rulebook  # noqa: E402
from triage.workbench.decided import senseless  # noqa: E402
from triage.workbench.examples import TODAY, try_examples  # noqa: E402
from triage.workbench.proving.prove import prove_all  # noqa: E402
from triage.workbench.thresholds import edges  # noqa: E402


@dataclass(frozen=True, slots=True)
class Mutant:
    kind: str
    name: str
    book: Rulebook


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
    from mutants.slips import Sight, kept

    return bool(Sight(book, kept()[0], examples=False).wrong())


def by_vignettes(book: Rulebook) -> bool:
    from interviews.plainly import PlainReasoner

    from triage.workbench.vignettes import read_vignettes, try_vignette

    reasoner = PlainReasoner(book, TODAY)
    files = sorted((ROOT / "tests" / "vignettes").glob("*.yaml"))
    cases = (v for path in files for v in read_vignettes(path.read_bytes(), path.name, book))
    return any(try_vignette(case, reasoner).problems for case in cases)


def by_invariants(responses: int) -> Callable[[Rulebook], bool]:
    from invariants.trial import TURNS, Trial, judge

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
