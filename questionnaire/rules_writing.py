"""``legcramp rules new | schema | explain | graph``: for writing rules and looking at them."""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from questionnaire.shared import (
    Refusal,
    built_in_rules,
    force_option,
    loaded_to_look_at,
    out_option,
    rules_here,
    rules_option,
    rules_to_write,
    write_out,
)

if TYPE_CHECKING:
    from triage.rulebook.rulebook import Rulebook

CARD_KINDS = ("red_flag", "pattern", "factor", "theory", "advice")
ENTRY_KINDS = ("question", "medicine", "source")
GRAPHS = ("mermaid", "dot", "svg", "html")


@click.command()
@click.argument("kind", type=click.Choice((*CARD_KINDS, *ENTRY_KINDS)))
@click.argument("name", metavar="ID")
@click.option("--section", metavar="SECTION", help="Where a question is asked, such as feelings.")
@rules_option
def new(kind: str, name: str, section: str | None, folder: Path | None) -> None:
    """Begin a card, question, medicine or source, with every key and what it means."""
    from triage.rulebook.blank import FOLDER, KINDS, SCHEMAS, blank_card

    place = rules_to_write(folder)
    if kind in ENTRY_KINDS:
        _new_entry(kind, name, section, place)
        return
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,59}", name):
        raise Refusal(f"“{name}” cannot be an id. Use small letters, digits and _, starting with a letter.")
    path = place / FOLDER[KINDS[kind]] / f"{name}.yaml"  # type: ignore[index]
    taken = list(place.glob(f"*/{name}.yaml"))
    if taken:
        raise Refusal(f"{taken[0]} exists already. Choose another id, or edit that card.")
    _write(path, blank_card(kind, name, datetime.date.today()))
    if not (place / SCHEMAS).exists():
        _write_schemas(None, place / SCHEMAS)
    click.echo(f"{path} is there. Fill it in, then: legcramp rules check{_given(folder)}")


def _given(folder: Path | None) -> str:
    return f" {folder}" if folder else ""


def _new_entry(kind: str, name: str, section: str | None, place: Path) -> None:
    """Adds a blank entry at the end of its file; the rest of the file stays as it is."""
    from triage.names import did_you_mean
    from triage.problems import Invalid
    from triage.rulebook.blank import blank_entry
    from triage.rulebook.source import read

    file, top = {"medicine": ("medicines.yaml", "medicines"), "source": ("sources.yaml", "sources")}.get(
        kind, (f"items/{section}.yaml", "items")
    )
    sections = sorted({p.stem for where in (place, built_in_rules()) for p in where.glob("items/*.yaml")})
    if kind == "question" and section not in sections:
        hint = did_you_mean(section or "", sections) or f"There are: {', '.join(sections)}."
        raise Refusal(f"A question needs --section SECTION. {hint}")
    path = place / file
    try:
        before = path.read_text("utf-8") if path.exists() else f"{top}:\n"
    except (UnicodeDecodeError, OSError):
        raise Refusal(f"{path} cannot be read as plain text in UTF-8. See: legcramp rules check") from None
    after = before.rstrip("\n") + "\n" + blank_entry(kind, name, section or "", datetime.date.today())
    try:
        data = read(after.encode(), file).data
        names = [entry.get("id", entry.get("generic")) for entry in data[top]]
    except (Invalid, KeyError, TypeError, AttributeError):
        raise Refusal(f"{path} cannot be added to as it is. See: legcramp rules check") from None
    if names.count(name) > 1:
        raise Refusal(f"“{name}” is in {path} already. Choose another id, or edit that entry.")
    if names[-1:] != [name]:
        raise Refusal(
            f"{path} does not end with its list of {top}. Add the entry by hand:\n{after[len(before) :]}"
        )
    _write(path, after)
    line = before.rstrip("\n").count("\n") + 2
    click.echo(f"{path}, line {line}: “{name}” is there. Fill it in, then: legcramp rules check")


def _write(path: Path, text: str) -> None:
    from questionnaire.transcript import write_atomically

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, text)
        path.chmod(0o644)  # rules are for others to read, unlike answers
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise Refusal(f"{path} cannot be written: {reason}.") from None


@click.command()
@click.argument("kind", required=False)
@click.option(
    "--write", is_flag=True, help="Write all of them to .schemas in the folder of the rules, for editors."
)
@rules_option
def schema(kind: str | None, write: bool, folder: Path | None) -> None:
    """The JSON Schema (draft-07) of a kind of rules file, such as red_flags, for editors."""
    from triage.names import did_you_mean
    from triage.rulebook.blank import SCHEMAS
    from triage.rulebook.schema import FILES
    from triage.rulebook.schema import schema as made

    if write:
        folder = rules_to_write(folder)
    rulebook = loaded_to_look_at(folder or rules_here())
    if write and folder is not None:
        place = folder / SCHEMAS
        _write_schemas(rulebook, place)
        click.echo(f"{len(FILES)} schemas are in {place}.")
        return
    if kind not in FILES:
        hint = did_you_mean(kind or "", FILES) or f"There are: {', '.join(FILES)}."
        raise Refusal(f"Name a kind of file, or use --write for all. {hint}")
    click.echo(json.dumps(made(kind, rulebook), ensure_ascii=False, indent=2))


def _write_schemas(rulebook: Rulebook | None, place: Path) -> None:
    from triage.rulebook.schema import FILES
    from triage.rulebook.schema import schema as made

    for kind in FILES:
        _write(
            place / f"{kind}.json", json.dumps(made(kind, rulebook), ensure_ascii=False, indent=2) + "\n"
        )


@click.command()
@click.argument("name", metavar="ID")
@rules_option
def explain(name: str, folder: Path | None) -> None:
    """Explain a card, a question, or the code of a problem, in plain English."""
    from triage.report.as_text import as_text
    from triage.report.explained import explained
    from triage.rulebook.codes import CODES

    if name in CODES:
        click.echo(_code(name))
        return
    rulebook = loaded_to_look_at(folder or rules_here())
    if name not in rulebook.cards and name not in rulebook.items:
        from triage.names import did_you_mean

        hint = did_you_mean(name, [*rulebook.cards, *rulebook.items, *CODES])
        raise Refusal(f"There is no card, question or problem “{name}”. {hint}".rstrip())
    click.echo(as_text(explained(rulebook, name)), nl=False)


def _code(code: str) -> str:
    """What README.md says of a problem: one text for both."""
    text = (built_in_rules() / "README.md").read_text("utf-8")
    found = re.search(rf"^### `{code}`\n(.*?)(?=^##|\Z|^<!--)", text, re.M | re.S)
    said = found[1].strip() if found else ""
    return f"[{code}]\n\n{re.sub(r'^```.*$', '', said, flags=re.M).replace('**', '')}"


@click.command()
@click.argument("name", metavar="[ID]", required=False)
@click.option("--format", "style", type=click.Choice(GRAPHS), default="mermaid", show_default=True)
@out_option
@force_option
@rules_option
def graph(name: str | None, style: str, out: Path | None, force: bool, folder: Path | None) -> None:
    """Draw questions, findings and dispositions: all, or around one card, question or medicine class."""
    from triage.readers.graph import graph as whole
    from triage.report.graph_html import as_html_graph
    from triage.report.graph_part import around, in_use
    from triage.report.graph_svg import as_svg
    from triage.report.graph_text import as_dot, as_mermaid

    rulebook = loaded_to_look_at(folder or rules_here())
    drawn = whole(rulebook)
    if name is None:
        drawn = in_use(drawn)
    else:
        try:
            drawn = around(drawn, name)
        except KeyError:
            from triage.names import did_you_mean

            hint = did_you_mean(name, [*rulebook.cards, *rulebook.items, *rulebook.class_ids])
            raise Refusal(f"Nothing active is called “{name}”. {hint}".rstrip()) from None
    render = {"mermaid": as_mermaid, "dot": as_dot, "svg": as_svg, "html": as_html_graph}[style]
    write_out(render(drawn), out, force)


COMMANDS = (new, schema, explain, graph)
