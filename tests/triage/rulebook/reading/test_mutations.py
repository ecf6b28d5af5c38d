"""Two thousand damaged files of rules: each loads cleanly or has problems, at once; nothing else."""

from __future__ import annotations

import random
import re
import time
from pathlib import Path

import pytest

from triage.problems import Problem
from triage.rulebook.load import load
from triage.workbench.lint import inspect

SMALL = Path(__file__).parents[3] / "small_rules"
MUTATIONS = 2_000
WORD = re.compile(rb"\w+")
LONGEST = 20.0  # seconds: no test of speed, but nothing may hang (see benchmarks for how long they take)
ODD = [b"\x00", b"\xff\xfe", "\u202e".encode(), b"\t", b"&a ", b"*a", b"!!python/object:os.system ", b"%", b"? ", b"- " * 200,
       b"[" * 3000, b"{a: " * 500, b"9" * 5000, b"1e999", b"0x1F", b".inf", b"\r", b"---\n", b"<<: ", b'"', b"'", b"#", b"|\n", b">\n",
       "“".encode(), b"no", b"yes", b"null", b"2026-13-45", b"\xf0\x9f\xa6\xb5", b": " * 50]  # fmt: skip


def mutated(text: bytes, rng: random.Random) -> bytes:
    """One to four kinds of damage: flipped bytes, deletions, swapped lines and words, odd insertions."""
    for _ in range(rng.randrange(1, 5)):
        at = rng.randrange(len(text) + 1)
        kind = rng.randrange(9)
        if kind == 0 and text:
            at = min(at, len(text) - 1)
            text = text[:at] + bytes([text[at] ^ (1 << rng.randrange(8))]) + text[at + 1 :]
        elif kind == 1:
            text = text[:at] + text[at + rng.randrange(40) :]
        elif kind in (2, 3):
            lines = text.split(b"\n")
            one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
            if kind == 2:
                lines[one], lines[other] = lines[other], lines[one]
            else:
                lines.insert(one, lines[other])
            text = b"\n".join(lines)
        elif kind == 4:
            text = text[:at] + rng.choice(ODD) + text[at:]
        elif kind == 5:
            text = text[:at] + rng.randbytes(rng.randrange(1, 30)) + text[at:]
        elif kind in (6, 7):  # the file can still be read, and says something else
            words = list(WORD.finditer(text)) or [None]
            one, other = rng.choice(words), rng.choice(words)
            if one and other:
                text = text[: one.start()] + other.group() + text[one.end() :]
        else:
            text = text.replace(b"  ", b" ", rng.randrange(1, 4))
    return text


@pytest.mark.parametrize("seed", range(8))
def test_damaged_files_have_problems_and_nothing_worse(small_folder: Path, seed: int) -> None:
    rng = random.Random(seed)
    files = sorted(p for p in small_folder.rglob("*.yaml"))
    sound = {path: path.read_bytes() for path in files}
    clean = 0
    for _ in range(MUTATIONS // 8):
        path = rng.choice(files)
        path.write_bytes(mutated(sound[path], rng))
        start = time.monotonic()
        rulebook, problems = inspect(small_folder)
        assert time.monotonic() - start < LONGEST, path.read_bytes()
        assert all(isinstance(problem, Problem) for problem in problems)
        for problem in problems:
            assert problem.place.file, path.read_bytes()
            assert problem.render()
        clean += not problems
        assert rulebook is not None or problems
        path.write_bytes(sound[path])
    assert 0 < clean < MUTATIONS // 16  # some damage is in words only; most is seen


@pytest.mark.parametrize(
    "text", [b"[" * 100_000, b"{a: " * 50_000, b"- " * 100_000, b"a: " + b"1" * 900_000, b"&a [*a]" * 1000]
)
def test_huge_nesting_and_huge_numbers(small_folder: Path, text: bytes) -> None:
    (small_folder / "red_flags" / "chest.yaml").write_bytes(text)
    start = time.monotonic()
    assert inspect(small_folder)[1]
    assert time.monotonic() - start < LONGEST


def test_a_condition_of_too_many_parts(small_folder: Path) -> None:
    path = small_folder / "factors" / "sitting.yaml"
    parts = ", ".join("{item: days, includes: sit}" for _ in range(501))
    path.write_text(path.read_text().replace("{item: days, includes: sit}", f"{{any: [{parts}]}}"))
    assert "condition-size" in [problem.code for problem in inspect(small_folder)[1]]


def test_a_condition_that_would_take_for_ever_is_given_up(small_folder: Path) -> None:
    """Hundreds of parts that hang together: nothing is said of it, and soon."""
    items = small_folder / "items" / "then.yaml"
    options = "".join(f"      - {{code: o{n}, text: Line {n}, clinical_yes: L{n}}}\n" for n in range(60))
    items.write_text(
        items.read_text()
        + "  - id: many\n    section: then\n    type: choices\n    summary: true\n    usual: []\n"
        "    text: Which?\n    why: To know.\n    options:\n" + options
    )
    pairs = ", ".join(f"{{at_least: 2, of: [{{item: many, includes: o{n}}}, {{item: many, includes: o{(7 * n + 3) % 60}}}, "
                      f"{{not: {{item: many, includes: o{(11 * n + 5) % 60}}}}}]}}" for n in range(60))  # fmt: skip
    path = small_folder / "factors" / "sitting.yaml"
    path.write_text(
        path.read_text().replace(
            "{item: days, includes: sit}", f"{{all: [{{item: days, includes: sit}}, {pairs}]}}"
        )
    )
    start = time.monotonic()
    inspect(small_folder)
    assert time.monotonic() - start < LONGEST
    assert load(small_folder)


def test_damaged_overlays_have_problems_and_nothing_worse(tmp_path: Path) -> None:
    """A clinic's folder, laid over the built-in rules: the same holds."""
    files = {
        "rulebook.yaml": b"id: c\nversion: 2026.11.1\nextends: built-in\n",
        "red_flags/headache_jaw_50.yaml": b"id: headache_jaw_50\ndisposition: emergency\n",
        "items/who.yaml": b"items:\n  - {id: age, help: Years.}\n  - {id: sex, optional: false}\n",
        "medicines.yaml": b"medicines:\n  - {generic: furosemide, classes: [loop_diuretic]}\nclasses:\n  - {id: statin, note: x}\n",
        "other_person.yaml": b"instead:\n  - {you: Years., they: Their years.}\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(text)
    rng = random.Random(3)
    for _ in range(10):
        name = rng.choice(list(files))
        (tmp_path / name).write_bytes(mutated(files[name], rng))
        for problem in inspect(tmp_path)[1]:
            assert problem.place.file
            assert problem.render()
        (tmp_path / name).write_bytes(files[name])
