"""Benchmarks, as ratios of one run on one machine. Reported, never asserted.

1. Time to the first prompt, against a bare questionary prompt program (aim: at most 2).
2. Time from an answer to the next question on the full rulebook (aim: 99th percentile < 50 ms).
"""

from __future__ import annotations

import datetime
import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

import pexpect

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT), str(HERE.parent)]


def first_prompt(arguments: list[str], home: str, times: int = 15) -> float:
    """Median seconds from the start of a program until its first prompt stands on the screen."""
    taken = []
    environment = {**os.environ, "TERM": "xterm", "XDG_DATA_HOME": home, "PYTHONPATH": str(ROOT)}
    for _ in range(times):
        start = time.perf_counter()
        child = pexpect.spawn(sys.executable, arguments, env=environment, dimensions=(24, 80))
        child.expect("Press Enter to start", timeout=30)
        taken.append(time.perf_counter() - start)
        child.close(force=True)
    return statistics.median(taken)


def to_the_next_question(interviews: int = 40) -> list[float]:
    """Seconds from each answer to the next question, in interviews with random answers."""
    from generators import random_answer

    from questionnaire.interview import interview
    from questionnaire.steps import Question, Recorded, Verdict
    from triage.reasoner import Reasoner
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
                    reply = Verdict.YES
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


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        bare = first_prompt([str(HERE / "bare.py")], home)
        ours = first_prompt(["-m", "questionnaire", "ask", "--new"], home)
    print(
        f"first prompt: bare {bare * 1000:.0f} ms, legcramp {ours * 1000:.0f} ms, ratio {ours / bare:.2f}"
    )
    taken = sorted(to_the_next_question())
    p99 = taken[int(len(taken) * 0.99)] * 1000
    median = statistics.median(taken) * 1000
    print(
        f"answer to next question ({len(taken)} answers): median {median:.1f} ms, "
        f"99th percentile {p99:.1f} ms, ratio to 50 ms {p99 / 50:.2f}"
    )


if __name__ == "__main__":
    main()
