"""``legcramp rules diff | watch``: what an edit changes, for whom, at once."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from questionnaire.commands.options import force_option, out_option
from questionnaire.commands.rules.problems import counted
from questionnaire.commands.rules.revisions import Found, rules_at
from questionnaire.commands.rules.which_rules import (
    loaded_to_look_at,
    named,
    rules_here,
    rules_to_read,
    say_which,
    vignettes_of,
    vignettes_option,
    warn_if_refused,
)
from questionnaire.input_output import read_input, write_out
from questionnaire.program import Refusal
from questionnaire.rulebooks import built_in_rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from triage.engine.response import Response
    from triage.rulebook.rulebook import Rulebook
    from triage.workbench.impact import Comparison, Moved

MAX_PEOPLE = 1_000_000


@click.command()
@click.argument("old")
@click.argument("new", required=False)
@click.option(
    "--format", "style", type=click.Choice(("text", "md", "json")), default="text", show_default=True
)
@click.option(
    "--people",
    type=click.IntRange(0, MAX_PEOPLE),
    default=20_000,
    show_default=True,
    help="How many pretended people to compare with.",
)
@vignettes_option
@out_option
@force_option
def diff(
    old: str,
    new: str | None,
    style: str,
    people: int,
    vignettes: Path | None,
    out: Path | None,
    force: bool,
) -> None:
    """Whose result changes from OLD to NEW: folders of rules, git revisions, or built-in.

    Without NEW: to the rules where you are, or in rules there, else the built-in ones.
    """
    from triage.workbench.documents.changes import changes_document
    from triage.workbench.examples import TODAY
    from triage.workbench.impact import cases, compare

    if vignettes is not None and not vignettes.is_dir():
        raise Refusal(f"There is no folder {vignettes}. Name the folder that holds the vignettes.")
    aside = style != "text"
    with tempfile.TemporaryDirectory(prefix="legcramp-") as scratch:
        here = rules_here() or built_in_rules()
        to = rules_at(new, Path(scratch) / "new", here) if new else Found(here)
        since = rules_at(old, Path(scratch) / "old", here if to.revision else to.folder)
        before, after = _loaded(since, old), _loaded(to, new or str(here))
    click.echo(f"Rules: from {since.called} to {to.called}", err=aside)
    warn_if_refused(before)
    warn_if_refused(after)
    written = vignettes or _beside(to, since, here)
    click.echo(f"Vignettes: {named(written) if written else 'none'}\n", err=aside)
    told = _vignettes(written, (after, before))
    responses = cases(before, after, [response for _, response in told], people)
    result = compare(before, after, responses, TODAY)
    if style == "json":
        made = _as_json(before, after, result)
    else:
        from triage.report.formats.markdown import render_markdown
        from triage.report.formats.text import render_text

        document = changes_document(before, after, result, [name for name, _ in told])
        made = render_markdown(document) if style == "md" else render_text(document)
    write_out(made, out, force)


def _beside(to: Found, since: Found, here: Path) -> Path | None:
    """Of the newer rules, of the older, of those where one stands (both may be revisions), or built in."""
    places = [found.folder for found in (to, since) if not found.revision]
    return next(filter(None, map(vignettes_of, (*places, here, built_in_rules()))), None)


def _loaded(found: Found, name: str) -> Rulebook:
    from triage.problems import Invalid

    try:
        return loaded_to_look_at(found.folder)
    except Invalid as invalid:
        raise Refusal(f"“{name}” cannot be compared until it is in order:\n{invalid}") from None


def _vignettes(place: Path | None, books: Sequence[Rulebook]) -> list[tuple[str, Response]]:
    """Names and answers of the cases that one of the rulebooks can read."""
    from triage.problems import Invalid
    from triage.workbench.vignettes import read_vignettes

    found: list[tuple[str, Response]] = []
    unread: list[str] = []
    for path in sorted(place.glob("*.yaml")) if place is not None else []:
        raw, name = read_input(path)
        for book in books:
            try:
                read = read_vignettes(raw, name, book)
            except Invalid:
                continue
            found += [(vignette.name, vignette.answers) for vignette in read]
            break
        else:
            unread.append(name)
    if unread and books:
        files = counted(len(unread), "file")
        click.echo(
            f"NOT COMPARED: these rules cannot read {files} of vignettes, such as {unread[0]}.", err=True
        )
    return found


def _as_json(old: Rulebook, new: Rulebook, result: Comparison) -> str:
    from triage.engine.response import Response, plain

    def told(people: Sequence[Moved]) -> list[object]:
        return [
            {
                "answers": plain(Response(moved.answers)),
                "before": moved.before,
                "after": moved.after,
                "because": moved.because,
            }
            for moved in people
        ]

    data = {
        "format": "legcramp-changes/1",
        "old": {"id": old.frame.id, "version": old.frame.version, "sha256": old.sha256},
        "new": {"id": new.frame.id, "version": new.frame.version, "sha256": new.sha256},
        "people": result.people,
        "moves": [{"before": b, "after": a, "people": n} for (b, a), n in result.moves.items()],
        "up": told(result.up),
        "down": told(result.down),
        "advice": {card: {"appears": g, "vanishes": v} for card, (g, v) in result.advice.items()},
        "cards": {card: {"appears": g, "vanishes": v} for card, (g, v) in result.cards.items()},
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), required=False)
def watch(folder: Path | None) -> None:
    """Check and test on every save of a file in FOLDER, and show the card. Ctrl-C ends it.

    Default: the folder where you are, or rules there, else the built-in ones.
    """
    from questionnaire.commands.rules.watching import watching

    if folder is not None and not folder.is_dir():
        raise Refusal(f"There is no folder {folder}.")
    with rules_to_read(folder) as place:
        say_which(place)
        watching(place, _vignettes)


COMMANDS = (diff, watch)
