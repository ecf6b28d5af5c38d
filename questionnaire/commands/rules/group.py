"""``legcramp rules``: check, test, list. The rest of the workbench: ``new``, ``looking``, ``changes``."""

from __future__ import annotations

import datetime
import itertools
from pathlib import Path
from typing import TYPE_CHECKING

import click

from questionnaire.commands.options import force_option
from questionnaire.commands.rules import changes, looking, new
from questionnaire.commands.rules import problems as problem_list
from questionnaire.commands.rules.prove import (
    answers_dir_option,
    prove,
    what_was_proved,
    write_who_breaks_any,
)
from questionnaire.commands.rules.which_rules import (
    folder_option,
    loaded_to_look_at,
    named,
    rules_to_read,
    say_which,
    vignettes_of,
    vignettes_option,
    vignettes_to_try,
)
from questionnaire.input_output import read_input
from questionnaire.program import Refusal
from questionnaire.rulebooks import built_in_rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from triage.problems import Problem
    from triage.rulebook.invariants import Invariant
    from triage.rulebook.rulebook import Rulebook
    from triage.workbench.examples import Outcome
    from triage.workbench.vignettes import Vignette

KINDS = (
    "items", "red_flags", "patterns", "factors", "theories", "advice", "medicines", "classes", "sources",
    "claims", "hazards", "invariants",
)  # fmt: skip


@click.group(invoke_without_command=True)
@click.pass_context
def rules(context: click.Context) -> None:
    """Write, check, test, explain, compare and draw the rules.

    Where no folder is named: the rules of the folder where you are, or of the folder rules in it
    (whichever has a rulebook.yaml), else the built-in ones. The first line says which; it goes to
    standard error where the output is for another program.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


for command in (new.new, prove, *looking.COMMANDS, *changes.COMMANDS):
    rules.add_command(command)


@rules.command()
@click.argument("folder", type=click.Path(path_type=Path), required=False)
@click.option(
    "--format",
    "style",
    type=click.Choice(("text", "json", "github")),
    default="text",
    show_default=True,
    help="text for people, json for editors, github for builds.",
)
@answers_dir_option
@force_option
def check(folder: Path | None, style: str, answers_dir: Path | None, force: bool) -> None:
    """Every problem of a folder of rules at once.

    Default: the folder where you are, or rules there, else the built-in ones.
    """
    from triage.overlays.reworded import reworded
    from triage.workbench.lint import inspect

    with rules_to_read(folder) as place:
        rulebook, problems = inspect(place, today=datetime.date.today())
        again = reworded(rulebook) if rulebook else []
    say_which(place, aside=style != "text" or bool(problems))
    if style == "json":
        click.echo(problem_list.render_json(problems, place, again))
    elif style == "github" and (problems or again):
        click.echo(problem_list.as_github(problems, place, again))
    if answers_dir is not None and rulebook is not None:
        write_who_breaks_any(rulebook, answers_dir, force)
    _fail(problems, place, say=style == "text")
    if style == "text" and rulebook is not None:
        click.echo(f"No problems: {_size(rulebook)}.")
        if again:
            click.echo(problem_list.to_read_again(again))
        click.echo(what_was_proved(rulebook))


def _size(rulebook: Rulebook) -> str:
    waiting = [card.id for card in rulebook.cards.values() if card.status == "draft"]
    drafts = f" ({len(waiting)} of them draft, shown to nobody: {', '.join(waiting)})" if waiting else ""
    return (
        f"{len(rulebook.cards)} cards{drafts}, {len(rulebook.items)} questions, "
        f"{len(rulebook.medicines)} medicines, {len(rulebook.sources)} sources"
    )


def _fail(problems: Sequence[Problem], folder: Path, *, say: bool = True) -> None:
    if problems:
        if say:
            click.echo(
                problem_list.render_text(problems, folder, colour=problem_list.in_colour()), err=True
            )
        raise SystemExit(2)


@rules.command()
@click.argument("pattern", required=False, default="")
@click.option("--coverage", is_flag=True, help="Show which cards and which parts of conditions were tried.")
@vignettes_option
@folder_option
def test(pattern: str, coverage: bool, vignettes: Path | None, folder: Path | None) -> None:
    """Try the examples of the cards and the vignettes whose name contains PATTERN."""
    from triage.engine.inference import Reasoner
    from triage.workbench.examples import TODAY, try_examples
    from triage.workbench.vignettes import try_vignette

    if vignettes is not None and not vignettes.is_dir():
        raise Refusal(f"There is no folder {vignettes}. Name the folder that holds the vignettes.")
    with rules_to_read(folder) as place:
        rulebook = loaded_to_look_at(place)
        wanted = pattern.casefold()
        trying = try_examples(rulebook, wanted)
        examples = list(itertools.islice(trying, 1))
        written = vignettes or vignettes_to_try(place, rulebook)
        found = _vignettes(rulebook, written, wanted)
        if not examples and not found:
            raise Refusal(f"Nothing was tried: no example and no vignette is named “{pattern}”.")
    say_which(place, rulebook)  # before the trying: that takes a while
    if written is not None:
        click.echo(f"Vignettes: {named(written)}\n")
    examples += trying
    reasoner = Reasoner(rulebook, TODAY)
    cases = [try_vignette(vignette, reasoner) for vignette in found]
    if cases:
        _matrix(cases)
    elif not pattern:
        ours = vignettes_of(built_in_rules())
        there = f" Those of the built-in rules are in {ours}." if ours else ""
        click.echo(
            "NO VIGNETTES WERE TRIED: there are none beside the rules. Name their folder: --vignettes DIR."
            f"{there}\n"
        )
    if coverage:
        from questionnaire.commands.rules.coverage_table import coverage_table

        click.echo(coverage_table(rulebook, cases, wanted))
    _fail([p for outcome in (*examples, *cases) for p in outcome.problems], place)
    todo = [case for case in cases if case.todo]
    for case in todo:
        click.echo(f"todo: {case.name}: {case.todo}")
    misses = "1 known miss" if len(todo) == 1 else f"{len(todo)} known misses"
    known = f" {misses} (todo)." if todo else ""
    click.echo(f"{len(examples)} examples and {len(cases) - len(todo)} vignettes went as expected.{known}")


def _vignettes(rulebook: Rulebook, place: Path | None, wanted: str) -> list[Vignette]:
    from triage.workbench.vignettes import read_vignettes

    paths = sorted(place.glob("*.yaml")) if place is not None else []
    read = [vignette for path in paths for vignette in read_vignettes(*read_input(path), rulebook)]
    return [vignette for vignette in read if wanted in vignette.name.casefold()]


def _matrix(outcomes: Iterable[Outcome]) -> None:
    """Expected against given dispositions, then how often it was too low or too high."""
    from triage.rulebook.model import LEVELS
    from triage.workbench.accuracy import measure

    measures = measure(outcomes)
    codes = [*LEVELS, "unfinished"]
    click.echo(f"{'expected / got':>15} " + " ".join(f"{code:>10}" for code in codes))
    for expected in codes:
        row = [measures.matrix.get((expected, got), 0) for got in codes]
        if any(row):
            click.echo(f"{expected:>15} " + " ".join(f"{count:>10}" for count in row))
    click.echo(f"\nexactly as expected:            {measures.exact}")
    click.echo(f"emergency or today, not missed: {measures.urgent}")
    click.echo(f"under-triage (too late):        {measures.under}")
    click.echo(f"over-triage (too soon):         {measures.over}\n")


@rules.command()
@click.argument("document", type=click.Choice(("S0", "S1", "S2", "S3", "S4")), required=False)
@folder_option
def claims(document: str | None, folder: Path | None) -> None:
    """Every claim of the source documents: its verdict, and which card uses it or why none does."""
    from triage.report.formats.text import render_text
    from triage.workbench.documents.ledger import DOCUMENTS, ledger_document

    with rules_to_read(folder) as place:
        rulebook = loaded_to_look_at(place)
    say_which(place, rulebook)
    click.echo(render_text(ledger_document(rulebook, (document,) if document else DOCUMENTS)), nl=False)


@rules.command("list")
@click.argument("kind", type=click.Choice(KINDS), required=False)
@folder_option
def list_rules(kind: str | None, folder: Path | None) -> None:
    """List the cards, or the questions, medicines, sources, claims, hazards or invariants."""
    with rules_to_read(folder) as place:
        rulebook = loaded_to_look_at(place)
    say_which(place, rulebook)
    for name in [kind] if kind else KINDS[:6]:
        entries = _entries(rulebook, name)
        click.echo(f"{name} ({len(entries)})")
        for key, text in entries:
            click.echo(f"  {key:<32} {text}")


def _what_follows(invariant: Invariant) -> str:
    number = f"[{invariant.panel}] " if invariant.panel else ""
    return f"{number}{invariant.sentence}"


def _entries(rulebook: Rulebook, kind: str) -> list[tuple[str, str]]:
    listed: dict[str, list[tuple[str, str]]] = {
        "items": [(item.id, f"[{item.type}] {item.text}") for item in rulebook.items.values()],
        "red_flags": [(c.id, f"[{c.disposition}] {c.title}") for c in rulebook.red_flags],
        "patterns": [(c.id, f"[{c.disposition}] {c.title}") for c in rulebook.patterns],
        "factors": [(c.id, f"[{c.evidence}] {c.title}") for c in rulebook.factors],
        "theories": [(c.id, f"[{c.evidence}] {c.title}") for c in rulebook.theories],
        "advice": [(c.id, f"[{c.kind}] {c.title}") for c in rulebook.advice],
        "medicines": [(m.generic, ", ".join(m.classes)) for m in rulebook.medicines.values()],
        "classes": [(c.id, c.title) for c in rulebook.classes.values()],
        "sources": [(s.id, s.citation) for s in rulebook.sources.values()],
        "claims": [(c.id, f"[{c.verdict}] {c.text}") for c in rulebook.claims.values()],
        "invariants": [(i.id, _what_follows(i)) for i in rulebook.invariants.values()],
        "hazards": [(h.id, f"[{h.severity}] {h.hazard}") for h in rulebook.hazards.values()],
    }
    return listed[kind]
