"""The museum: broken rulebooks, one mistake each, with the words a maintainer must read.

Each exhibit replaces one file of the small rulebook. Its first lines say which, and what must be
said; "…" stands for anything in between.
"""

import datetime
import re
import subprocess
from pathlib import Path

import pytest

from triage.workbench.lint import inspect

MUSEUM = Path(__file__).parents[3] / "museum"
EXHIBITS = sorted(MUSEUM.glob("*.yaml"))


def problems_in(folder: Path):
    """What ``legcramp rules check`` finds."""
    return inspect(folder, today=datetime.date(2026, 11, 24))[1]


@pytest.mark.parametrize("exhibit", EXHIBITS, ids=lambda path: path.stem)
def test_exhibit(exhibit: Path, small_folder: Path) -> None:
    first, second, body = exhibit.read_text().split("\n", 2)
    file = first.removeprefix("# in place of: ")
    code, words = re.fullmatch(r"# expected: \[([a-z-]+)\] (.*)", second).groups()
    target = small_folder / file
    target.parent.mkdir(exist_ok=True)
    target.write_text(body)

    found = problems_in(small_folder)

    assert code in [problem.code for problem in found]
    problem = next(problem for problem in found if problem.code == code)
    pattern = ".*".join(re.escape(part.strip()) for part in words.split("…"))
    assert re.search(pattern, problem.render(), re.DOTALL), problem.render()
    assert problem.place.file.endswith(".yaml")
    assert problem.place.line or problem.code in ("file-name",)


def test_the_small_rulebook_itself_has_no_problems(small_folder: Path) -> None:
    assert problems_in(small_folder) == []


def test_all_problems_at_once_in_order_of_their_places(small_folder: Path) -> None:
    for name in ("chest", "swollen"):
        path = small_folder / "red_flags" / f"{name}.yaml"
        path.write_text(path.read_text().replace("someone2020", "nobody").replace("title:", "titel:"))
    found = problems_in(small_folder)
    assert len({problem.place.file for problem in found}) == 2
    assert [problem.place for problem in found] == sorted(problem.place for problem in found)


def test_a_missing_folder_and_a_missing_rulebook(tmp_path: Path) -> None:
    assert problems_in(tmp_path / "nowhere")[0].code == "no-folder"
    assert problems_in(tmp_path)[0].code == "no-rulebook"


def test_a_missing_file_is_said_once(small_folder: Path) -> None:
    (small_folder / "sources.yaml").unlink()
    assert [problem.code for problem in problems_in(small_folder)] == ["no-file"]


@pytest.mark.parametrize("name", ["chest.YAML", "chest.yaml.txt", "chest.yaml~", "chest"])
def test_a_card_never_vanishes_silently(small_folder: Path, name: str) -> None:
    folder = small_folder / "red_flags"
    (folder / "chest.yaml").rename(folder / name)
    assert "file-name" in [p.code for p in problems_in(small_folder) if p.place.file == f"red_flags/{name}"]


def test_odd_file_names_are_reported_not_raised(small_folder: Path) -> None:
    (small_folder / "red_flags" / "caf\udce9.yaml").write_text("id: x\n")
    assert problems_in(small_folder)


def test_unreadable_and_misnamed_files(small_folder: Path) -> None:
    (small_folder / "red_flags" / "more.yml").write_text("id: more\n")
    (small_folder / "factors" / "binary.yaml").write_bytes(b"\x00\xff")
    codes = {problem.place.file: problem.code for problem in problems_in(small_folder)}
    assert codes["red_flags/more.yml"] == "file-name"
    assert codes["factors/binary.yaml"] == "not-text"


def test_folders_that_are_links_are_told_and_editors_own_files_are_not(small_folder: Path) -> None:
    aside = small_folder.parent / "aside"
    (small_folder / "theories").rename(aside) if (small_folder / "theories").exists() else aside.mkdir()
    (aside / "more.yaml").write_text("id: more\n")
    (small_folder / "theories").symlink_to(aside)
    for name in ("~$lone.yaml", ".chest.yaml.swp", "chest.yaml~", "#chest.yaml#"):
        (small_folder / "red_flags" / name).write_text("not rules")
    (problem,) = [p for p in problems_in(small_folder) if p.code == "file-name"]
    assert (problem.place.file, problem.message.split(":")[0]) == ("theories", "this folder is not read")
    assert not [p for p in problems_in(small_folder) if p.place.file.startswith("red_flags")]


def test_folders_in_folders_without_end(small_folder: Path) -> None:
    deep = small_folder
    for _ in range(1200):
        deep = deep / "a"
        if len(str(deep)) < 4000:
            deep.mkdir()
    try:
        assert problems_in(small_folder) == []
    finally:  # pytest itself cannot delete so deep a folder
        subprocess.run(["rm", "-rf", str(small_folder / "a")], check=True)


def test_a_folder_that_is_not_rules_is_not_looked_through_to_its_end(small_folder: Path) -> None:
    for number in range(2100):
        (small_folder / f"note{number}.txt").touch()
    (problem,) = problems_in(small_folder)
    assert problem.code == "too-large"


def test_a_file_that_may_not_be_read(small_folder: Path, monkeypatch) -> None:
    """Whoever runs the tests as root may read all, so the refusal is made here."""

    def refuse(path: Path) -> bytes:
        if path.name == "chest.yaml":
            raise PermissionError(13, "Permission denied", str(path))
        return open(path, "rb").read()  # noqa: PTH123 -- the method itself is replaced

    monkeypatch.setattr(Path, "read_bytes", refuse)
    found = problems_in(small_folder)
    assert ("unreadable", "red_flags/chest.yaml") in [(p.code, p.place.file) for p in found]


def test_no_mistake_is_without_a_place_or_what_to_do(small_folder: Path) -> None:
    """Whatever the museum holds: every problem names a file, and most say what to do."""
    bare = []
    for exhibit in EXHIBITS:
        first, _, body = exhibit.read_text().split("\n", 2)
        target = small_folder / first.removeprefix("# in place of: ")
        kept = target.read_bytes() if target.exists() else None
        target.parent.mkdir(exist_ok=True)
        target.write_text(body)
        for problem in problems_in(small_folder):
            assert problem.place.file.endswith(".yaml"), exhibit.name
            if not problem.fix:
                bare.append((exhibit.name, problem.code, problem.message))
        target.unlink() if kept is None else target.write_bytes(kept)
    assert len(EXHIBITS) > 110
    assert bare == []
