"""The parts of rules/README.md that are made from the models, the codes and the museum.

Run it to write them anew: ``python tests/rules_readme.py``. A test holds the file to it.
"""

from __future__ import annotations

import difflib
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from triage.rulebook.cards import Advice, Event, Examples, Factor, Guard, Pattern, RedFlag, Theory  # noqa: E402
from triage.rulebook.evidence import Claim, Source  # noqa: E402
from triage.rulebook.frozen import Frozen, keys_of  # noqa: E402
from triage.rulebook.hazards import Control, Hazard  # noqa: E402
from triage.rulebook.invariants import Invariant  # noqa: E402
from triage.rulebook.keys import meaning  # noqa: E402
from triage.rulebook.medicines.words import MedicineKind, MedicineWords, Salt, Unplaced  # noqa: E402
from triage.rulebook.model import (  # noqa: E402
    Denial,
    Frame,
    Item,
    Line,
    Medicine,
    MedicineClass,
    Option,
    OtherPerson,
    OwnPage,
    Phrase,
    Window,
)
from triage.workbench.authoring.problem_codes import CODES  # noqa: E402

README = ROOT / "rules" / "README.md"
MUSEUM = ROOT / "tests" / "museum"
SMALL = ROOT / "tests" / "small_rules"

TABLES: dict[str, type[Frozen]] = {
    "A red flag": RedFlag,
    "A page of its own": OwnPage,
    "A line of what to do": Line,
    "A pattern": Pattern,
    "A factor": Factor,
    "A theory": Theory,
    "An advice": Advice,
    "A guard of an advice": Guard,
    "Examples of a card": Examples,
    "A line of a card's history": Event,
    "A question": Item,
    "An option of a question": Option,
    "A medicine": Medicine,
    "A class of medicines": MedicineClass,
    "medicine_words.yaml": MedicineWords,
    "A kind of medicine": MedicineKind,
    "A salt": Salt,
    "A medicine of which nothing is known": Unplaced,
    "A source": Source,
    "A claim": Claim,
    "A hazard": Hazard,
    "A control of a hazard": Control,
    "An invariant": Invariant,
    "rulebook.yaml": Frame,
    "A denial in few words": Denial,
    "A time that is asked about": Window,
    "other_person.yaml": OtherPerson,
    "A pair of words there": Phrase,
}
# Which exhibit of the museum shows a code best, where the first by name does not.
SHOWN = {
    "bad-value": "bad_level",
    "condition-shape": "condition_with_two_tests",
    "duplicate-id": "option_twice",
    "empty": "title_left_blank",
    "example": "example_fails",
    "file-name": "file_name_is_not_id",
    "guard": "guard_without_condition",
    "hazard-control": "hazard_without_its_card",
    "invariant": "invariant_without_consequence",
    "missing-key": "red_flag_without_if_unsure",
    "never-holds": "never_holds_by_its_gate",
    "syntax": "colon_in_text",
    "unknown-item": "unknown_item",
    "not-text": "word_processor_file",
    "unread-red-flag": "unread_red_flag",
    "unknown-key": "unknown_key",
    "wrong-test": "wrong_test",
    "wrong-type": "text_for_list",
}
# Exhibits that are files of their own: the lines that matter, and those that mend it.
MENDED = {
    "hazard-control": (["      - {card: swolen}"], ["      - {card: swollen}"]),
    "same-condition": (["id: sitting_long", "when: {item: days, includes: sit}  # as in factors/sitting.yaml"], ["id: sitting_long", "when: {all: [{item: days, includes: sit}, {item: age, at_least: 60}]}"]),
    "not-text": (["{\\\\rtf1\\\\ansi id: swollen}  # a file of a word processor"], ["id: swollen"]),
    "unused-phrase": (["instead:", "  - {you: You fly to the moon, they: They fly to the moon}"], ["instead: []"]),
}  # fmt: skip
# Codes that no snippet of a file can show: what to do instead.
IN_WORDS = {
    "duplicate-column": "Broken: `age,age` as the first line of a CSV file. Mended: `age`, once.",
    "long-line": "Broken: a line of over 1,000,000 bytes. Mended: one person on a line.",
    "missing-column": "Broken: a table without the column `age`. Mended: the same with it (empty, where it was not asked).",
    "not-parquet": "Broken: a CSV file with the name `in.parquet`. Mended: the name `in.csv`.",
    "separator": "Broken: `age;sex`. Mended: `age,sex`.",
    "unknown-column": "Broken: a column `agee`. Mended: `age`.",
    "built-in-invariant": "Broken: an `invariants.yaml` of a clinic's folder with `- {id: new_leg_swelling_is_seen_today, at_least: soon}`. "
    "Mended: the same under an id of its own, or not at all.",
    "condition-size": "Broken: one condition of 501 parts. Mended: several cards, or a list of lines in one `includes_any`.",
    "format": "Broken: `{\"answers\": {}}`. Mended: `{\"format\": \"legcramp-answers/1\", \"answers\": {}}`.",
    "invariant-line": "Broken: `legcramp rules prove \"IF today contains leg_swollen THEN at_least same_day\"`. Mended: the same with `includes`.",
    "not-allowed-here": "Broken: `red_flags/leg_swollen.yaml` of a clinic's folder with `disposition: soon`. Mended: take it out, or "
    "`disposition: emergency`. See “A clinic's own rules”.",
    "no-file": "Broken: a folder without `sources.yaml`. Mended: copy the file from the built-in rules.",
    "no-folder": "Broken: `legcramp rules check ruels`. Mended: `legcramp rules check rules`.",
    "no-rulebook": "Broken: a folder without `rulebook.yaml`. Mended: copy it from the built-in rules, or write three lines (see “A clinic's own rules”).",
    "not-answers": "Broken: `[67, \"male\"]`. Mended: `{\"format\": \"legcramp-answers/1\", \"answers\": {\"age\": 67, \"sex\": \"male\"}}`.",
    "todo": "Broken: a case with `todo: …` that goes as expected. Mended: the same without `todo`.",
    "too-large": "Broken: a file of 2 MB. Mended: only rules in it.",
    "unreadable": "Broken: a file that only someone else may read. Mended: give yourself the right to read it.",
    "vignette": "Broken: `- {name: A case, answers: {age: 58}}`. Mended: `- {name: A case, answers: {age: 58}, expect: {disposition: self_care}}`.",
}  # fmt: skip


def key_tables() -> str:
    """One table for each model: key, whether it is needed, what it means."""
    parts = []
    for title, model in TABLES.items():
        lines = [f"### {title}", "", "| key | needed | what it means |", "|---|---|---|"]
        for key, field in keys_of(model).items():
            needed = "yes" if field.is_required() else ""
            said = meaning(model.__name__, key).replace("|", "\\|")
            lines.append(f"| `{key}` | {needed} | {said}{_choices(field.annotation, said)} |")
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def _choices(annotation: object, said: str) -> str:
    words = [word for word in getattr(annotation, "__args__", ()) if isinstance(word, str)]
    return f" One of: {', '.join(words)}." if any(word not in said for word in words) else ""


def exhibits() -> dict[str, list[Path]]:
    """The exhibits of the museum by the code that they show."""
    found: dict[str, list[Path]] = {}
    for path in sorted(MUSEUM.glob("*.yaml")):
        code = re.search(r"^# expected: \[([a-z-]+)\]", path.read_text(), re.M)[1]
        found.setdefault(code, []).append(path)
    return found


def problems() -> str:
    """Every code: what it means, a broken snippet, a mended one."""
    shown = exhibits()
    parts = []
    for code, said in CODES.items():
        lines = [f"### `{code}`", "", said, ""]
        if code in shown:
            path = MUSEUM / f"{SHOWN[code]}.yaml" if code in SHOWN else shown[code][0]
            lines += snippets(path, MENDED.get(code))
        else:
            lines.append(IN_WORDS[code])
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def snippets(exhibit: Path, instead: tuple[list[str], list[str]] | None) -> list[str]:
    """The lines of an exhibit that differ from the sound file, and those of the sound file."""
    first, _, body = exhibit.read_text().split("\n", 2)
    file = first.removeprefix("# in place of: ")
    wrong, right = instead or _difference(file, body.splitlines())
    lines = [f"Broken (`{file}`):", "", "```yaml", *(_shown(wrong) or ["# (not there)"]), "```", ""]
    if not right:
        return [*lines, "Mended: take these lines out."]
    return [*lines, "Mended:", "", "```yaml", *_shown(right), "```"]


def _difference(file: str, broken: list[str]) -> tuple[list[str], list[str]]:
    sound = (SMALL / file).read_text().splitlines()
    wrong: list[str] = []
    right: list[str] = []
    for tag, a1, a2, b1, b2 in difflib.SequenceMatcher(None, sound, broken, autojunk=False).get_opcodes():
        if tag != "equal":
            right += sound[a1:a2]
            wrong += broken[b1:b2]
    return wrong, right


def _shown(lines: list[str]) -> list[str]:
    """At most twelve lines, none endless, and nothing that cannot be seen."""
    shown = [line.replace("\t", "→") if len(line) <= 170 else f"{line[:100]} …" for line in lines[:12]]
    return [*shown, *(["# …"] if len(lines) > 12 else [])]


def generated(text: str) -> str:
    """The README with its made parts written anew."""
    for name, made in (("keys", key_tables()), ("problems", problems())):
        marks = f"<!-- {name} -->", f"<!-- end of {name} -->"
        pattern = re.compile(rf"{re.escape(marks[0])}.*{re.escape(marks[1])}", re.S)
        filled = f"{marks[0]}\n\n{made}\n\n{marks[1]}"
        text = pattern.sub(lambda _, filled=filled: filled, text)
    return text


if __name__ == "__main__":
    README.write_text(generated(README.read_text()))
