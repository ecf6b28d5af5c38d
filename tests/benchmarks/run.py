"""Benchmarks, as ratios of one run on one machine. Reported, never asserted.

``--smallest`` runs each once, at its smallest size: to see that they still run, not how fast.

1. ``assess`` on one file, against a bare program with a command line: processor time (aim: at most 3).
2. The same by the clock on the wall.
3. Time to the first prompt, against a bare questionary prompt program (aim: at most 1.3).
4. From Enter to the next prompt in a real terminal, against that program, which has nothing to think about.
5. Time from an answer to the next question on the full rulebook (aim: 99th percentile at most 20 ms).
6. An edit of one card, checked and tried as ``rules watch`` does (aim: within a second).
7. ``rules diff`` over 20,000 people, against one load of the rules.
8. Damaged rule files: the slowest of 500 (aim: each within a second).
9. Responses by ``legcramp batch``, from Parquet of text to Parquet, in the time of one by the plain evaluator
   (aim: 1,000); and against polars copying the same file (aim: at most 10 times as long).
10. The same for dispositions alone.
11. Cards, where the columns are enumerations.
12. Dispositions alone, where the columns are enumerations.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime
import gc
import io
import random
import re
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
TESTS = HERE.parent
sys.path[:0] = [str(place) for place in (ROOT, TESTS, TESTS / "triage" / "rulebook" / "reading")]
gc.set_threshold(100_000, 20, 100)  # as the program has it


def to_the_next_question(interviews: int) -> list[float]:
    """Seconds from each answer to the next question, in interviews with random answers."""
    from people.generators import random_answer

    from triage.engine.inference import Reasoner
    from triage.engine.interview.events import Confirmation, Question, Recorded
    from triage.engine.interview.stages import interview
    from triage.rulebook.load import load

    rulebook = load(ROOT / "rules")
    reasoner = Reasoner(rulebook, datetime.date(2026, 11, 22))
    taken: list[float] = []
    for seed in range(interviews):
        rng = random.Random(seed)
        running = interview(reasoner)
        step = running.send(None)
        try:
            while True:
                reply = None
                if isinstance(step, Question):
                    reply = random_answer(step.item, rulebook, rng)
                    if step.item.read_back:  # the screens stop most random interviews at once
                        reply = type(reply)() if not isinstance(reply, str) else reply
                elif not isinstance(step, Recorded):
                    reply = Confirmation.YES
                answered = isinstance(step, Question)
                start = time.perf_counter()
                step = running.send(reply)
                while isinstance(step, Recorded):
                    step = running.send(None)
                if answered:
                    taken.append(time.perf_counter() - start)
        except (StopIteration, TypeError):
            continue
    return taken


def maintaining(people: int) -> None:
    """What a maintainer waits for."""
    from triage.rulebook.load import load
    from triage.workbench.examples import TODAY
    from triage.workbench.impact import cases, compare
    from triage.workbench.lint import inspect

    with tempfile.TemporaryDirectory() as place:
        folder = Path(shutil.copytree(ROOT / "rules", Path(place) / "rules"))
        before, loading = timed(lambda: load(folder))
        edit(folder / "red_flags" / "headache_jaw_50.yaml")
        (after, problems), looking = timed(lambda: inspect(folder, before))
        if after is None or problems:
            told = "\n".join(problem.render() for problem in problems)
            raise SystemExit(f"The edit that is timed has become a problem; choose another one:\n{told}")
        print(f"an edit of one card: {looking * 1000:.0f} ms, ratio to a second {looking:.2f}")
        result, comparing = timed(lambda: compare(before, after, cases(before, after, (), people), TODAY))
        print(
            f"diff over {result.people} people: {comparing:.1f} s, ratio to one load of the rules "
            f"{comparing / loading:.0f}"
        )


def edit(card: Path) -> None:
    """From 55 on in place of 50, as a maintainer would do it: the condition, the words and the examples."""
    name, text = card.read_text().split("\n", 1)
    for old, new in (("50", "55"), ("49", "54")):
        text = re.sub(rf"\b{old}\b", new, text)
    card.write_text(f"{name}\n{text}")


def damaged(count: int) -> None:
    """How long a rule file can hold up ``rules check``, whatever has happened to it."""
    from test_mutations import mutated

    from triage.workbench.lint import inspect

    rng = random.Random(1)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(shutil.copytree(HERE.parent / "small_rules", Path(place) / "rules"))
        files = sorted(folder.rglob("*.yaml"))
        slowest = 0.0
        for _ in range(count):
            path = rng.choice(files)
            sound = path.read_bytes()
            path.write_bytes(mutated(sound, rng))
            slowest = max(slowest, timed(lambda: inspect(folder))[1])
            path.write_bytes(sound)
    print(
        f"damaged rule files: slowest of {count} {slowest * 1000:.0f} ms, ratio to a second {slowest:.2f}"
    )


def timed(work: Callable[[], T]) -> tuple[T, float]:
    start = time.perf_counter()
    made = work()
    return made, time.perf_counter() - start


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--smallest", action="store_true", help="each once, at its smallest size")
    smallest = options.parse_args().smallest
    times, interviews, people, files = (1, 1, 20, 5) if smallest else (15, 40, 20_000, 500)
    from interviews.plain_cases import CASES
    from starting import pressing, starting

    rows, evaluated = (100, 1) if smallest else (1_000_000, 200)
    with tempfile.TemporaryDirectory() as home:
        starting(Path(home), times)
        pressing(Path(home), CASES["ordinary"].split("\n")[:22], 1 if smallest else 5)
    taken = sorted(to_the_next_question(interviews))
    p99 = taken[int(len(taken) * 0.99)] * 1000
    median = statistics.median(taken) * 1000
    print(
        f"answer to next question ({len(taken)} answers): median {median:.1f} ms, "
        f"99th percentile {p99:.1f} ms, ratio to 20 ms {p99 / 20:.2f}"
    )
    maintaining(people)
    damaged(files)
    from batch import many

    with contextlib.redirect_stderr(io.StringIO()):  # what it tells of its files
        many(people, rows, evaluated)


if __name__ == "__main__":
    main()
