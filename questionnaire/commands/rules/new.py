"""``legcramp rules new``: blank cards, questions, medicines, sources and invariants, to be filled in."""

from __future__ import annotations

import datetime
import hashlib
import json
import re
import shlex
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from questionnaire.commands.rules.which_rules import folder_option, rules_to_write, say_which
from questionnaire.files import data_folder, hold, write_atomically
from questionnaire.program import Refusal
from questionnaire.rulebooks import built_in_rules
from triage.names import ID_FORM, ID_HINT, fold

if TYPE_CHECKING:
    from triage.rulebook.rulebook import Rulebook

CARD_KINDS = ("red_flag", "pattern", "factor", "theory", "advice")
ENTRY_FILES = {
    "question": ("items/{section}.yaml", "items"),
    "medicine": ("medicines.yaml", "medicines"),
    "source": ("sources.yaml", "sources"),
    "invariant": ("invariants.yaml", "invariants"),
}
WAIT_S = 30  # for somebody else who writes to the same folder


@click.command()
@click.argument("kind", type=click.Choice((*CARD_KINDS, *ENTRY_FILES)))
@click.argument("name", metavar="ID")
@click.option("--section", metavar="SECTION", help="Where a question is asked, such as feelings.")
@folder_option
def new(kind: str, name: str, section: str | None, folder: Path | None) -> None:
    """Begin a card, question, medicine, source or invariant, with every key and what it means."""
    place = rules_to_write(folder)
    if kind != "medicine" and not re.fullmatch(ID_FORM, name):
        raise Refusal(f"“{name}” cannot be an id. {ID_HINT}")
    if kind == "medicine" and not re.fullmatch(r"\w[\w .,'()+/-]{0,79}", name):
        raise Refusal(f"“{name}” cannot be the name of a medicine. Use its generic name.")
    with _alone(place):
        where = (_entry if kind in ENTRY_FILES else _card)(kind, name, section, place)
    say_which(place)
    given = f" {shlex.quote(str(folder))}" if folder else ""
    click.echo(f"{where} is there. Fill it in, then: legcramp rules check{given}")


@contextmanager
def _alone(place: Path) -> Iterator[None]:
    """Two who add to one file at once would lose an entry."""
    name = hashlib.sha256(str(place.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    try:
        let_go = hold(data_folder() / "locks" / f"{name}.lock", WAIT_S)
    except OSError:  # no home folder: nothing can be held
        yield
        return
    if let_go is None:
        raise Refusal(f"Somebody else is writing to {place}. Try again.")
    try:
        yield
    finally:
        let_go()


def _card(kind: str, name: str, _: str | None, place: Path) -> str:
    from triage.workbench.authoring.scaffold import FOLDER, KINDS, SCHEMAS, blank_card

    path = place / FOLDER[KINDS[kind]] / f"{name}.yaml"  # type: ignore[index]
    if taken := list(place.glob(f"*/{name}.yaml")):
        raise Refusal(f"{taken[0]} exists already. Choose another id, or edit that card.")
    if _extends(place) and (taken := list(built_in_rules().glob(f"*/{name}.yaml"))):
        mine = path.parent.parent / taken[0].relative_to(built_in_rules())
        raise Refusal(
            f"The built-in rules have a card “{name}”. To change it, write {mine} with “id: {name}” and "
            "only the keys that differ. For a card of your own choose another id."
        )
    _write(path, blank_card(kind, name, datetime.date.today()))
    if not (place / SCHEMAS).exists():
        try:
            write_schemas(None, place / SCHEMAS)
        except Refusal as problem:  # they only help editors: the card is there
            click.echo(f"Without help for editors: {problem}", err=True)
    return str(path)


def _extends(place: Path) -> bool:
    from triage.rulebook.reading.folder import read_folder

    return read_folder(place).extends


def _entry(kind: str, name: str, section: str | None, place: Path) -> str:
    """Adds a blank entry at the end of its file; the rest of the file stays as it is."""
    from triage.workbench.authoring.scaffold import blank_entry

    if kind == "question":
        _section(section, place)
    file, top = ENTRY_FILES[kind]
    path = place / file.format(section=section)
    try:
        if path.exists() and not path.is_file():
            raise Refusal(f"{path} is no plain file.")
        before = path.read_bytes().decode() if path.exists() else f"{top}:\n"
    except (UnicodeDecodeError, OSError):
        raise Refusal(f"{path} cannot be read as plain text in UTF-8. See: legcramp rules check") from None
    end = "\r\n" if "\r\n" in before else "\n"
    entry = blank_entry(kind, name, section or "", datetime.date.today())
    kept = before.rstrip("\r\n") + end
    after = kept + entry.replace("\n", end)
    mine = _known(before, path, top)
    if fold(name) in mine:
        raise Refusal(f"{_already(name, mine)} in {path} already. Choose another, or edit that entry.")
    if [_called(one) for one in _entries(after, path, top)][-1:] != [name]:
        raise Refusal(f"{path} does not end with its list of {top}. Add the entry by hand:\n{entry}")
    below = built_in_rules() / file.format(section=section)
    built_in = _known(below.read_text("utf-8"), below, top) if _extends(place) and below.is_file() else {}
    if fold(name) in built_in:
        raise Refusal(
            f"{_already(name, built_in)} in the built-in rules. To change that {kind}, add to {path} an "
            f"entry with “{built_in[fold(name)]}” and only the keys that differ."
        )
    _write(path, after)
    line = kept.count("\n") + 1
    return f"{path}, line {line}: “{name}”"


def _section(section: str | None, place: Path) -> None:
    from triage.names import did_you_mean

    sections = sorted({p.stem for where in (place, built_in_rules()) for p in where.glob("items/*.yaml")})
    if section not in sections:
        hint = did_you_mean(section or "", sections) or f"There are: {', '.join(sections)}."
        raise Refusal(f"A question needs --section SECTION. {hint}")


def _already(name: str, known: Mapping[str, str]) -> str:
    entry = known[fold(name)]
    return f"“{name}” is" if fold(entry) == fold(name) else f"“{name}” is a name of “{entry}”"


def _known(text: str, path: Path, top: str) -> dict[str, str]:
    """Every name in a list, folded, with what its entry goes by."""
    return {
        fold(str(name)): _called(entry)
        for entry in _entries(text, path, top)
        for name in (_called(entry), *(entry.get("brands") or ()))
    }


def _called(entry: Mapping[str, Any]) -> str:
    return str(entry.get("id", entry.get("generic")))


def _entries(text: str, path: Path, top: str) -> list[Mapping[str, Any]]:
    """The entries of a list, in the order in which they stand in the file."""
    from triage.problems import Invalid
    from triage.rulebook.reading.source import read

    try:
        entries = read(text.encode(), path.name).data[top] or []
        if all(isinstance(entry, Mapping) for entry in entries):
            return list(entries)
    except (Invalid, KeyError, TypeError):
        pass
    raise Refusal(f"{path} cannot be added to as it is. See: legcramp rules check")


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, text)
        path.chmod(0o644)  # rules are for others to read, unlike answers
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise Refusal(f"{path} cannot be written: {reason}.") from None


def write_schemas(rulebook: Rulebook | None, place: Path) -> None:
    """The JSON Schema of every kind of file, for editors. Raises ``Refusal``."""
    from triage.workbench.authoring.schema import FILES, schema

    for kind in FILES:
        _write(
            place / f"{kind}.json", json.dumps(schema(kind, rulebook), ensure_ascii=False, indent=2) + "\n"
        )
