"""``legcramp rules``: for those who maintain the rules."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from questionnaire.shared import Refusal, built_in_rules, loaded, rules_option

if TYPE_CHECKING:
    from triage.problems import Problem
    from triage.rulebook.rulebook import Rulebook
    from triage.trial import Outcome

KINDS = (
    "items", "red_flags", "patterns", "factors", "theories", "advice", "medicines", "sources", "claims",
)  # fmt: skip


@click.group()
def rules() -> None:
    """Check, test, list and explain the rules."""


@rules.command()
@click.argument("folder", type=click.Path(path_type=Path), required=False)
def check(folder: Path | None) -> None:
    """Check a folder of rules (default: the built-in ones): every problem at once."""
    from triage.trial import try_examples, usual_answers

    rulebook = loaded(folder)
    usual_answers(rulebook)
    problems = [p for outcome in try_examples(rulebook) for p in outcome.problems]
    _fail(problems)
    click.echo(
        f"No problems: {len(rulebook.cards)} cards, {len(rulebook.items)} questions, "
        f"{len(rulebook.medicines)} medicines, {len(rulebook.sources)} sources."
    )


@rules.command()
@click.argument("pattern", required=False, default="")
@click.option(
    "--vignettes",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Where the vignettes are (default: tests/vignettes beside the rules).",
)
@rules_option
def test(pattern: str, vignettes: Path | None, folder: Path | None) -> None:
    """Try the examples of the cards and the vignettes whose name contains PATTERN."""
    from triage.trial import try_examples

    rulebook = loaded(folder)
    wanted = pattern.casefold()
    examples = list(try_examples(rulebook, wanted))
    place = vignettes or (folder or built_in_rules()).parent / "tests" / "vignettes"
    cases = _vignettes(rulebook, place, wanted)
    if not examples and not cases:
        raise Refusal(f"Nothing was tried: no example and no vignette is named “{pattern}”.")
    problems = [p for outcome in (*examples, *cases) for p in outcome.problems]
    if cases:
        _matrix(cases)
    _fail(problems)
    click.echo(f"{len(examples)} examples and {len(cases)} vignettes went as expected.")


def _vignettes(rulebook: Rulebook, place: Path, wanted: str) -> list[Outcome]:
    from triage.reasoner import Reasoner
    from triage.trial import TODAY
    from triage.vignettes import read_vignettes, try_vignette

    reasoner = Reasoner(rulebook, TODAY)
    outcomes = []
    for path in sorted(place.glob("*.yaml")) if place.is_dir() else []:
        for vignette in read_vignettes(path.read_bytes(), str(path), rulebook):
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


def _fail(problems: list[Problem]) -> None:
    if problems:
        from triage.problems import Invalid

        raise Invalid(problems)


@rules.command()
@click.argument("document", type=click.Choice(("S0", "S1", "S2", "S3", "S4")), required=False)
@rules_option
def claims(document: str | None, folder: Path | None) -> None:
    """Every claim of the source documents: its verdict, and which card uses it or why none does."""
    from triage.report.as_text import as_text
    from triage.report.ledger import DOCUMENTS, ledger_document

    click.echo(as_text(ledger_document(loaded(folder), (document,) if document else DOCUMENTS)), nl=False)


@rules.command("list")
@click.argument("kind", type=click.Choice(KINDS), required=False)
@rules_option
def list_rules(kind: str | None, folder: Path | None) -> None:
    """List the cards, or the questions, medicines, sources or claims."""
    rulebook = loaded(folder)
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
        "sources": [(s.id, s.citation) for s in rulebook.sources.values()],
        "claims": [(c.id, f"[{c.verdict}] {c.text}") for c in rulebook.claims.values()],
    }
    return listed[kind]


@rules.command()
@click.argument("name", metavar="ID")
@rules_option
def explain(name: str, folder: Path | None) -> None:
    """Explain a card or a question in plain English, with its sources."""
    rulebook = loaded(folder)
    if name in rulebook.cards:
        click.echo("\n".join(_card(rulebook, rulebook.cards[name])))
    elif name in rulebook.items:
        click.echo("\n".join(_item(rulebook, name)))
    else:
        from triage.names import did_you_mean

        hint = did_you_mean(name, [*rulebook.cards, *rulebook.items])
        raise Refusal(f"There is no card or question “{name}”. {hint}".rstrip())


_SHOWN = (
    "disposition", "if_unsure", "evidence", "claimed", "think_of", "do_now", "text", "stop_rule",
    "clinician",
)  # fmt: skip


def _card(rulebook: Rulebook, card: Any) -> list[str]:
    from triage.readers.english import english
    from triage.rulebook.rulebook import conditions_of

    file = rulebook.origins[f"card:{card.id}"][0]
    lines = [f"{card.title}  ({card.id}, {card.status}, {file})", "", card.because, ""]
    for key in (
        "disposition",
        "if_unsure",
        "evidence",
        "claimed",
        "think_of",
        "do_now",
        "text",
        "stop_rule",
        "clinician",
    ):
        if getattr(card, key, None):
            lines.append(f"{key.replace('_', ' ')}: {getattr(card, key)}")
    for node, path in conditions_of(card).values():
        name = " ".join(str(step) for step in path).replace("_", " ")
        lines += ["", f"{name}:", *english(node, rulebook.items, 1)]
        if path[0] == "guards":
            lines.append(f"  because: {card.guards[path[1]].why}")
    lines += ["", "sources:"]
    for source in card.sources:
        entry = rulebook.sources[source]
        lines.append(f"  [{source}] {entry.citation} ({entry.kind}; {entry.checked})")
    for claim in card.claims:
        entry_claim = rulebook.claims[claim]
        lines.append(f"  {claim} ({entry_claim.verdict}): {entry_claim.text}")
    return [*lines, "", f"reviewed on: {card.reviewed_on}"]


def _item(rulebook: Rulebook, name: str) -> list[str]:
    from triage.conditions.walk import items_read
    from triage.readers.english import english
    from triage.rulebook.rulebook import conditions_of

    item = rulebook.items[name]
    lines = [f"{item.text}  ({item.id}, {item.type}, section {item.section})", "", item.why]
    lines += [f"  {option.code:<24} {option.text}" for option in item.options]
    if item.ask_when is not None:
        lines += ["", "asked when:", *english(item.ask_when, rulebook.items, 1)]
    readers = [
        card.id
        for card in rulebook.cards.values()
        if any(name in items_read(node) for node, _ in conditions_of(card).values())
    ]
    return [*lines, "", f"read by: {', '.join(readers) or 'the page for the clinician only'}"]
