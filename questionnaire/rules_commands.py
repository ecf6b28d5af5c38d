"""``legcramp rules``: check, test, list. The rest of the workbench: ``rules_new``, ``rules_looking``,
``rules_changes``."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from questionnaire import problem_list, rules_changes, rules_looking, rules_new
from questionnaire.shared import (
    Refusal,
    built_in_rules,
    loaded_to_look_at,
    read_input,
    rules_here,
    rules_option,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from triage.problems import Problem
    from triage.rulebook.rulebook import Rulebook
    from triage.trial import Outcome

BUILT_IN_ID = "legcramp"
KINDS = (
    "items", "red_flags", "patterns", "factors", "theories", "advice", "medicines", "classes", "sources",
    "claims", "hazards",
)  # fmt: skip


@click.group(invoke_without_command=True)
@click.pass_context
def rules(context: click.Context) -> None:
    """Write, check, test, explain, compare and draw the rules."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


for command in (rules_new.new, *rules_looking.COMMANDS, *rules_changes.COMMANDS):
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
def check(folder: Path | None, style: str) -> None:
    """Check a folder of rules (default: where you are, else the built-in ones): every problem at once."""
    from triage.inspection import inspect
    from triage.overlay.words import reworded

    place = folder or rules_here()
    rulebook, problems = inspect(place, today=datetime.date.today())
    again = reworded(rulebook) if rulebook else []
    if style == "json":
        click.echo(problem_list.as_json(problems, place, again))
    elif style == "github" and (problems or again):
        click.echo(problem_list.as_github(problems, place, again))
    _fail(problems, place, say=style == "text")
    if style == "text" and rulebook is not None:
        click.echo(f"No problems: {_size(rulebook)} ({_called(place)}).")
        if again:
            click.echo(problem_list.to_read_again(again))


def _called(place: Path) -> str:
    return "the built-in rules" if place == built_in_rules() else str(place.resolve())


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
            click.echo(problem_list.as_text(problems, folder, colour=problem_list.in_colour()), err=True)
        raise SystemExit(2)


@rules.command()
@click.argument("pattern", required=False, default="")
@click.option("--coverage", is_flag=True, help="Show which cards and which parts of conditions were tried.")
@click.option(
    "--vignettes",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Where the vignettes are (default: tests/vignettes beside the rules).",
)
@rules_option
def test(pattern: str, coverage: bool, vignettes: Path | None, folder: Path | None) -> None:
    """Try the examples of the cards and the vignettes whose name contains PATTERN."""
    from triage.trial import try_examples

    if vignettes is not None and not vignettes.is_dir():
        raise Refusal(f"There is no folder {vignettes}. Name the folder that holds the vignettes.")
    folder = folder or rules_here()
    rulebook = loaded_to_look_at(folder)
    wanted = pattern.casefold()
    examples = list(try_examples(rulebook, wanted))
    cases = _vignettes(rulebook, vignettes or _beside(folder, rulebook), wanted)
    if not examples and not cases:
        raise Refusal(f"Nothing was tried: no example and no vignette is named “{pattern}”.")
    if cases:
        _matrix(cases)
    elif not pattern:
        ours = built_in_rules().parent / "tests" / "vignettes"
        there = f" Those of the built-in rules are in {ours}." if ours.is_dir() else ""
        click.echo(
            "NO VIGNETTES WERE TRIED: there are none beside the rules. Name their folder: --vignettes DIR."
            f"{there}\n"
        )
    if coverage:
        from questionnaire.coverage_table import coverage_table

        click.echo(coverage_table(rulebook, cases, wanted))
    _fail([p for outcome in (*examples, *cases) for p in outcome.problems], folder)
    todo = [case for case in cases if case.todo]
    for case in todo:
        click.echo(f"todo: {case.name}: {case.todo}")
    known = f" {problem_list.counted(len(todo), 'known miss')} (todo)." if todo else ""
    click.echo(f"{len(examples)} examples and {len(cases) - len(todo)} vignettes went as expected.{known}")


def _beside(folder: Path, rulebook: Rulebook) -> Path:
    """The vignettes beside the rules; those of the program for a copy of its own rules."""
    beside = folder.resolve().parent / "tests" / "vignettes"
    copied = rulebook.frame.id == BUILT_IN_ID and not beside.is_dir()
    return built_in_rules().parent / "tests" / "vignettes" if copied else beside


def _vignettes(rulebook: Rulebook, place: Path, wanted: str) -> list[Outcome]:
    from triage.reasoner import Reasoner
    from triage.trial import TODAY
    from triage.vignettes import read_vignettes, try_vignette

    reasoner = Reasoner(rulebook, TODAY)
    outcomes = []
    for path in sorted(place.glob("*.yaml")) if place.is_dir() else []:
        for vignette in read_vignettes(*read_input(path), rulebook):
            if wanted in vignette.name.casefold():
                outcomes.append(try_vignette(vignette, reasoner))
    return outcomes


def _matrix(outcomes: Iterable[Outcome]) -> None:
    """Expected against given dispositions, then how often it was too low or too high."""
    from triage.measure import measure
    from triage.rulebook.model import LEVELS

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
@rules_option
def claims(document: str | None, folder: Path | None) -> None:
    """Every claim of the source documents: its verdict, and which card uses it or why none does."""
    from triage.report.as_text import as_text
    from triage.report.ledger import DOCUMENTS, ledger_document

    click.echo(
        as_text(
            ledger_document(
                loaded_to_look_at(folder or rules_here()), (document,) if document else DOCUMENTS
            )
        ),
        nl=False,
    )


@rules.command("list")
@click.argument("kind", type=click.Choice(KINDS), required=False)
@rules_option
def list_rules(kind: str | None, folder: Path | None) -> None:
    """List the cards, or the questions, medicines, sources, claims or hazards."""
    rulebook = loaded_to_look_at(folder or rules_here())
    for name in [kind] if kind else KINDS[:6]:
        entries = _entries(rulebook, name)
        click.echo(f"{name} ({len(entries)})")
        for key, text in entries:
            click.echo(f"  {key:<32} {text}")


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
        "hazards": [(h.id, f"[{h.severity}] {h.hazard}") for h in rulebook.hazards.values()],
    }
    return listed[kind]
