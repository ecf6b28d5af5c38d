"""PyYAML has two parsers, one in C. Where libyaml is missing the program must start all the same."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from triage.problems import Invalid
from triage.rulebook.reading import yaml_reader
from triage.rulebook.reading.source import YamlDocument, read, unread_elsewhere
from triage.workbench.lint import inspect

ROOT = Path(__file__).parents[4]
FOLDERS = ("rules", "tests/small_rules", "tests/vignettes")

pytestmark = pytest.mark.skipif(not hasattr(yaml, "CSafeLoader"), reason="there is only one parser here")


def both(raw: bytes, monkeypatch) -> tuple[YamlDocument | list, YamlDocument | list]:
    """What each parser makes of a text: a document, or the codes of its problems."""
    made: list[YamlDocument | list] = []
    for loader in (yaml.CSafeLoader, yaml.SafeLoader):
        monkeypatch.setattr(yaml_reader, "LOADER", loader)
        try:
            made.append(read(raw, "f.yaml"))
        except Invalid as invalid:
            made.append([problem.code for problem in invalid.problems])
    monkeypatch.undo()
    return made[0], made[1]


@pytest.mark.parametrize("folder", FOLDERS)
def test_both_parsers_read_the_same_at_the_same_places(folder: str, monkeypatch) -> None:
    paths = sorted((ROOT / folder).rglob("*.yaml"))
    assert paths
    for path in paths:
        one, other = both(path.read_bytes(), monkeypatch)
        assert isinstance(one, YamlDocument), (path, one)
        assert isinstance(other, YamlDocument), (path, other)
        assert one == other, path  # the data, and the place of every key and value


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: 1\nk: {a: Sweats (?low sugar), b: c}\n", 2, "a “?” in brackets needs quotes"),
        ("k:\n  - {text: Sure?}\n", 2, "a “?” in brackets needs quotes"),
        ("k: [Sure?, no]\n", 1, "a “?” in brackets needs quotes"),
        ("a: 1\nk:\t1\n", 2, "there is a tab here"),
        ("a: 1\nk: b\tc\n", 2, "there is a tab here"),
        ("a: 1\t# why\n", 1, "there is a tab here"),
    ],
)
def test_what_only_one_of_them_reads_is_told(text: str, line: int, words: str, monkeypatch) -> None:
    assert isinstance(both(text.encode(), monkeypatch)[0], YamlDocument), "libyaml reads it"
    (told,) = unread_elsewhere(read(text.encode(), "f.yaml"))
    assert (told.place.line, told.message.removeprefix("this is not valid YAML: ")) == (line, words)
    monkeypatch.setattr(yaml_reader, "LOADER", yaml.SafeLoader)
    with pytest.raises(Invalid) as caught:
        read(text.encode(), "f.yaml")
    assert list(caught.value.problems) == [told], "the same words on a machine without libyaml"


@pytest.mark.parametrize(
    "text",
    [
        "k: Sure?\n",
        'k: ["Sure?"]\n',
        "k: {a: 'Sure?'}\n",
        "k: |\n  a\tb [x?]\n",
        'k: "a\tb"\n',
        "a: 1 #\tb\n",
    ],
)
def test_what_both_of_them_read_is_no_problem(text: str, monkeypatch) -> None:
    one, other = both(text.encode(), monkeypatch)
    assert one == other
    assert isinstance(one, YamlDocument)
    assert unread_elsewhere(one) == []


def test_rules_check_names_it(small_folder: Path) -> None:
    card = small_folder / "red_flags" / "chest.yaml"
    lines = card.read_text().splitlines()
    number = lines.index('  unsure: [{alarm: ["chest?"]}]')
    lines[number] = "  unsure: [{alarm: [chest?]}]"
    card.write_text("\n".join(lines) + "\n")
    _, problems = inspect(small_folder)
    assert [(p.code, p.place.file, p.place.line) for p in problems] == [
        ("syntax", "red_flags/chest.yaml", number + 1)
    ]


@pytest.mark.parametrize("end", ["\u2028", "\u2029", "\x85", "\r"])
def test_other_ends_of_lines_are_counted_as_the_parsers_do(end: str, monkeypatch) -> None:
    """They are pasted with text from web pages; a place that is not there was a traceback."""
    for raw in (f"a: b{end}  c{end}d: e # f\n", f"{end}{end}a: b c #d\n", f"a: [{end}b c #d"):
        for made in both(raw.encode(), monkeypatch):
            assert made
    with pytest.raises(Invalid) as caught:
        read(f"{end}a: b c #d".encode(), "f.yaml")
    (problem,) = caught.value.problems
    assert (problem.place.line, problem.place.text) == (2, "a: b c #d")


def test_a_clinic_on_top_of_the_built_in_rules_loads_without_libyaml(tmp_path: Path, monkeypatch) -> None:
    from triage.rulebook import load
    from triage.rulebook.reading import folder

    monkeypatch.setattr(yaml_reader, "LOADER", yaml.SafeLoader)
    monkeypatch.setattr(folder, "_read", read)  # nothing kept from the other parser
    load._built_in.cache_clear()
    clinic = tmp_path / "clinic"
    clinic.mkdir()
    (clinic / "rulebook.yaml").write_text("id: my_clinic\nversion: 2026.11.1\nextends: built-in\n")
    try:
        assert load.load(clinic).cards
    finally:
        load._built_in.cache_clear()
        shutil.rmtree(clinic)
