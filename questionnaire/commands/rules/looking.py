"""``legcramp rules schema | explain | graph``: help for editors, and for looking at rules."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from questionnaire.commands.options import force_option, out_option
from questionnaire.commands.rules.new import write_schemas
from questionnaire.commands.rules.which_rules import (
    folder_option,
    loaded_to_look_at,
    rules_to_read,
    rules_to_write,
    say_which,
)
from questionnaire.input_output import write_out
from questionnaire.program import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from triage.rulebook.rulebook import Rulebook

GRAPHS = ("mermaid", "dot", "svg", "html")


@click.command()
@click.argument("kind", required=False)
@click.option(
    "--write", is_flag=True, help="Write all of them to .schemas in the folder of the rules, for editors."
)
@folder_option
def schema(kind: str | None, write: bool, folder: Path | None) -> None:
    """The JSON Schema (draft-07) of a kind of rules file, such as red_flags, for editors."""
    from triage.names import did_you_mean
    from triage.workbench.authoring.scaffold import SCHEMAS
    from triage.workbench.authoring.schema import FILES
    from triage.workbench.authoring.schema import schema as made

    if write:
        folder = rules_to_write(folder)
        place = folder / SCHEMAS
        with rules_to_read(folder):
            write_schemas(loaded_to_look_at(folder), place)
        say_which(folder)
        click.echo(f"{len(FILES)} schemas are in {place}.")
        return
    if kind not in FILES:
        hint = did_you_mean(kind or "", FILES) or f"There are: {', '.join(FILES)}."
        raise Refusal(f"Name a kind of file, or use --write for all. {hint}")
    with rules_to_read(folder) as there:
        rulebook = loaded_to_look_at(there)
    say_which(there, rulebook, aside=True)
    click.echo(json.dumps(made(kind, rulebook), ensure_ascii=False, indent=2))


@click.command()
@click.argument("name", metavar="ID", required=False)
@click.option(
    "--all", "whole", is_flag=True, help="Print every key and every problem: the whole reference."
)
@folder_option
def explain(name: str | None, whole: bool, folder: Path | None) -> None:
    """Explain a card, a question, an invariant, a key, or the code of a problem, in plain English.

    ID may also be a kind of card, or another part of the rules that has keys, such as red_flag, question
    or source.
    """
    from triage.problems import Invalid
    from triage.workbench.authoring import reference

    if whole == (name is not None):
        raise Refusal("Name one thing to explain, or use --all for every key and every problem.")
    if name is None:
        click.echo(reference.whole_reference(), nl=False)
        return
    referred = reference.explain(name)
    if reference.is_problem(name):  # rules that have it may not load: they are not read
        click.echo(referred, nl=False)
        return
    with rules_to_read(folder) as place:
        try:
            rulebook = loaded_to_look_at(place)
        except Invalid:
            if not referred:
                raise
            click.echo(referred, nl=False)
            return
        told = _of_these_rules(rulebook, name)
        if not told and not referred:
            raise Refusal(_no_such(rulebook, name, reference.names()))
    if told:
        say_which(place, rulebook)
    click.echo("\n".join(text for text in (told, referred) if text), nl=False)


def _of_these_rules(rulebook: Rulebook, name: str) -> str:
    """A card, a question, an invariant or a medicine, explained; empty if there is none of that name."""
    from triage.report.formats.text import render_text
    from triage.workbench.documents.explained import explained
    from triage.workbench.documents.explained_invariant import explain_invariant

    if name in rulebook.cards or name in rulebook.items:
        return render_text(explained(rulebook, name))
    if name in rulebook.invariants:
        return render_text(explain_invariant(rulebook, name))
    if name in rulebook.classification.class_ids or rulebook.medicine(name) is not None:
        return f"{_medicines(rulebook, name)}\n"
    return ""


def _no_such(rulebook: Rulebook, name: str, others: Iterable[str]) -> str:
    from triage.names import did_you_mean

    parts = (
        rulebook.cards,
        rulebook.items,
        rulebook.invariants,
        rulebook.classification.class_ids,
        rulebook.medicines,
    )
    hint = did_you_mean(name, [*(id_ for part in parts for id_ in part), *others])
    message = f"There is no card, question, invariant, medicine, key or problem “{name}”."
    return f"{message} {hint}".rstrip()


def _medicines(rulebook: Rulebook, name: str) -> str:
    """A medicine, or a class of medicines, and what asks for it."""
    medicine = None if name in rulebook.classification.class_ids else rulebook.medicine(name)
    if medicine is None:
        classes = {name}
        members = [
            generic for generic, known in rulebook.classification.classes_of.items() if name in known
        ]
        title = rulebook.classes[name].title if name in rulebook.classes else "a group of classes"
        lines = [f"{name}: {title}.", f"Medicines: {', '.join(members) or 'none'}."]
    else:
        classes = set(rulebook.classification.classes_of[medicine.generic])
        other = ", ".join(medicine.brands) or "none"
        lines = [f"{medicine.generic}: a medicine. Other names: {other}."]
        lines.append(f"Classes: {', '.join(sorted(classes))}.")
    readers = dict.fromkeys(reader for name in sorted(classes) for reader in rulebook.askers[name])
    return "\n".join([*lines, f"Asked for by: {', '.join(readers) or 'nothing'}."])


@click.command()
@click.argument("name", metavar="[ID]", required=False)
@click.option("--format", "style", type=click.Choice(GRAPHS), default="mermaid", show_default=True)
@out_option
@force_option
@folder_option
def graph(name: str | None, style: str, out: Path | None, force: bool, folder: Path | None) -> None:
    """Draw questions, findings and dispositions: all, or around one card, question or medicine class."""
    from triage.workbench.graph.html import as_html_graph
    from triage.workbench.graph.part import around, in_use
    from triage.workbench.graph.reading import graph as whole
    from triage.workbench.graph.svg import as_svg
    from triage.workbench.graph.text import as_dot, as_mermaid

    with rules_to_read(folder) as place:
        rulebook = loaded_to_look_at(place)
        drawn = whole(rulebook)
        try:
            drawn = in_use(drawn) if name is None else around(drawn, name)
        except KeyError:
            from triage.names import did_you_mean

            hint = did_you_mean(
                str(name), [*rulebook.cards, *rulebook.items, *rulebook.classification.class_ids]
            )
            raise Refusal(f"Nothing active is called “{name}”. {hint}".rstrip()) from None
    say_which(place, rulebook, aside=True)  # every style is for a program
    render = {"mermaid": as_mermaid, "dot": as_dot, "svg": as_svg, "html": as_html_graph}[style]
    write_out(render(drawn), out, force)


COMMANDS = (schema, explain, graph)
