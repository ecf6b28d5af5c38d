"""What somebody waits for who starts the program, or presses a key in it: against bare programs."""

from __future__ import annotations

import datetime
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

import pexpect
from programs.terminal import ENTER, Terminal

from questionnaire.kept_rules import kept_or_read
from triage.engine.inference import Reasoner
from triage.engine.response import Response, plain
from triage.workbench.examples import interviewed

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
ASK = ("-m", "questionnaire", "ask", "--new")


def starting(home: Path, times: int) -> None:
    """``assess`` on one file, and the first prompt of ``ask``: once more than asked for, to begin with."""
    os.environ |= {"XDG_CACHE_HOME": str(home / "cache"), "PYTHONPATH": str(ROOT)}
    answers = home / "answers.json"
    answers.write_text(json.dumps({"format": "legcramp-answers/1", "answers": ordinary()}))
    programs = {
        "bare": [str(HERE / "bare_click.py"), str(answers)],
        "ours": ["-m", "questionnaire", "assess", str(answers)],
    }
    taken = {name: [used(arguments) for _ in range(times + 1)][1:] for name, arguments in programs.items()}
    for number, kind in enumerate(("processor", "wall")):
        bare, ours = (statistics.median(one[number] for one in taken[name]) for name in ("bare", "ours"))
        print(
            f"assess, {kind} time: bare {bare * 1000:.0f} ms, legcramp {ours * 1000:.0f} ms, ratio {ours / bare:.2f}"
        )
    bare, ours = (
        statistics.median([first_prompt(arguments, home) for _ in range(times + 1)][1:])
        for arguments in ([str(HERE / "bare.py")], [*ASK])
    )
    print(
        f"first prompt: bare {bare * 1000:.0f} ms, legcramp {ours * 1000:.0f} ms, ratio {ours / bare:.2f}"
    )


def ordinary() -> dict[str, object]:
    """A whole interview: a man of 67 with ordinary cramps who takes two medicines."""
    ready = kept_or_read(ROOT / "rules")
    reasoner = Reasoner(ready.rulebook, datetime.date(2026, 11, 22), ready.plan)
    given = Response({"age": 67, "sex": "male"})
    return plain(interviewed(reasoner, given)[0])


def used(arguments: list[str]) -> tuple[float, float]:
    """Seconds of processor time, and by the clock on the wall, that a program takes."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, check=True)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall


def first_prompt(arguments: list[str], home: Path) -> float:
    """Seconds from the start of a program until its first prompt stands on the screen."""
    environment = {**os.environ, "TERM": "xterm", "XDG_DATA_HOME": str(home)}
    start = time.perf_counter()
    child = pexpect.spawn(sys.executable, arguments, env=environment, dimensions=(24, 80))
    child.expect("Press Enter to start", timeout=30)
    taken = time.perf_counter() - start
    child.close(force=True)
    return taken


def pressing(home: Path, lines: list[str], times: int) -> None:
    """From Enter to the next prompt, in a real terminal: an ordinary interview, and a bare program."""
    bare, ours = (
        sorted(wait for _ in range(times) for wait in waits(home, program, lines))
        for program in ((str(HERE / "bare.py"),), ASK)
    )
    last, most = (one[int(len(one) * 0.99)] * 1000 for one in (bare, ours))
    print(
        f"Enter to the next prompt ({len(ours)} times): 99th percentile bare {last:.0f} ms, "
        f"legcramp {most:.0f} ms, ratio {most / last:.2f}"
    )


def waits(home: Path, program: tuple[str, ...], lines: list[str]) -> list[float]:
    """Seconds after each line but the first (then the rules may not be there yet)."""
    taken = []
    quiet = {"PROMPT_TOOLKIT_NO_CPR": "1"}  # bare programs ask the terminal where its cursor is
    with Terminal(home=home, columns=100, rows=60, program=(sys.executable, *program), **quiet) as terminal:
        terminal.ready(30)
        for line in lines:
            time.sleep(0.05)  # a person takes longer
            terminal.seen, start = terminal.prompts, time.perf_counter()
            terminal.child.send(line + ENTER)
            terminal.ready(30)
            taken.append(time.perf_counter() - start)
            if terminal.prompts == 0 or not terminal.child.isalive():
                raise SystemExit(f"The interview went another way; mend what is typed:\n{terminal.text}")
    return taken[1:]
