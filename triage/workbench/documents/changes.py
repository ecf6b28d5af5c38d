"""What changes for whom from one rulebook to another, as a document."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence

from triage.conditions.nodes import Compare
from triage.conditions.walk import leaves
from triage.engine.response import Response
from triage.readers.english import english
from triage.report.document import Block, Bullets, Document, DocumentPart, Paragraph, Rows
from triage.rulebook.cards import Advice, AnyCard
from triage.rulebook.frozen import keys_of
from triage.rulebook.goals import conditions_of
from triage.rulebook.model import LEVELS, Level, urgency
from triage.rulebook.rulebook import Rulebook
from triage.workbench.documents.explained import answers_in_words, answers_said
from triage.workbench.impact import Comparison, Moved


def changes_document(
    old: Rulebook, new: Rulebook, result: Comparison, vignettes: Sequence[str] = ()
) -> Document:
    """What was edited, who moves down, who moves up, and which findings and advice come and go.

    ``vignettes`` are the names of the first people compared.
    """
    title = f"From {old.frame.id} {old.frame.version} to {new.frame.id} {new.frame.version}"
    sections = [DocumentPart("Whose result changes", tuple(_summary(old, new, result, vignettes)))]
    for name, people, number in (
        ("Less urgent: look at these first", result.down, result.fallen),
        ("More urgent", result.up, result.risen),
    ):
        if number:
            shown = Paragraph(
                f"{_people(number)}. The shortest examples; all other answers are the usual ones:"
            )
            sections.append(DocumentPart(name, (shown, _examples(new, old, people))))
    sections.append(DocumentPart("What was edited", tuple(edits(old, new))))
    sections += _come_and_go(old, new, result)
    return Document(title, tuple(sections), _footer(result, vignettes))


def _footer(result: Comparison, vignettes: Sequence[str]) -> tuple[str, ...]:
    return (
        f"Compared on {result.people} people: {len(vignettes)} vignettes, the examples of all cards, and "
        "people made from the conditions of both. They are spread so that every card fires in some: "
        "the numbers say whom a change reaches, not how many there are of them in life.",
    )


def _people(number: int) -> str:
    return "1 person" if number == 1 else f"{number} people"


def _summary(old: Rulebook, new: Rulebook, result: Comparison, vignettes: Sequence[str]) -> list[Block]:
    if not result.moves:
        return [Paragraph("Nobody's disposition changes.")]
    ranked = sorted(result.moves.items(), key=lambda move: _order(*move[0]))
    rows = [(_step(*move), f"{_people(number)} {_way(*move)}") for move, number in ranked]
    for name, (low, high) in result.numbers.items():
        item = new.items.get(name) if name in _compared(old, new) else None
        if (
            item is not None
            and item.range is not None
            and high - low < (item.range.max - item.range.min) / 2
        ):
            rows.append((name, f"{low:g} to {high:g} in all of them"))
    blocks: list[Block] = [Rows(tuple(rows))]
    named = [vignettes[number] for number in result.moved if number < len(vignettes)]
    if named:
        blocks += [Paragraph("Vignettes among them:"), Bullets.of(*named)]
    return blocks


def _compared(old: Rulebook, new: Rulebook) -> set[str]:
    """The questions on numbers that edited cards ask for."""
    edited = [
        card
        for one, other in ((old, new), (new, old))
        for card in one.cards.values()
        if other.cards.get(card.id) != card
    ]
    nodes = [node for card in edited for node, _ in conditions_of(card).values()]
    return {leaf.item for node in nodes for leaf in leaves(node) if isinstance(leaf, Compare)}


def _order(before: Level, after: Level) -> tuple[bool, int, int]:
    """Those who fall first."""
    return urgency(after) > urgency(before), LEVELS.index(before), LEVELS.index(after)


def _step(before: Level, after: Level) -> str:
    return f"{before} to {after}".replace("_", " ")


def _way(before: Level, after: Level) -> str:
    return "(up)" if urgency(after) > urgency(before) else "(DOWN)"


def _examples(new: Rulebook, old: Rulebook, people: Sequence[Moved]) -> Bullets:
    """Each person by the answers that are not the usual ones, and the card that makes the difference."""
    entries = []
    for moved in people:
        book = new if urgency(moved.after) > urgency(moved.before) else old
        words = answers_in_words(_with_items(new, old), Response(moved.answers))
        titles = [f"{card} ({book.cards[card].title})" for card in moved.because]
        said = answers_said(_with_items(new, old), Response(moved.answers))
        entries.append(
            (
                words,
                (said, f"{_step(moved.before, moved.after)}, because of: {', '.join(titles) or 'nothing'}"),
            )
        )
    return Bullets(tuple(entries))


def _with_items(new: Rulebook, old: Rulebook) -> Rulebook:
    """The rulebook that has more questions: for the order in which answers are told."""
    return new if len(new.items) >= len(old.items) else old


def _come_and_go(old: Rulebook, new: Rulebook, result: Comparison) -> list[DocumentPart]:
    found = [
        (card, *counts)
        for card, counts in result.cards.items()
        if not isinstance(old.cards.get(card) or new.cards[card], Advice)
    ]
    shown = [(card, *counts) for card, counts in result.advice.items()]
    sections = []
    for title, entries in (
        ("Findings that appear or vanish", found),
        ("Advice that appears or vanishes, without another disposition", shown),
    ):
        if entries:
            told = [f"{card}: {_both(gained, lost)}" for card, gained, lost in entries]
            sections.append(DocumentPart(title, (Bullets.of(*told),)))
    return sections


def _both(gained: int, lost: int) -> str:
    said = [f"appears for {_people(gained)}"] if gained else []
    return ", ".join([*said, *([f"vanishes for {_people(lost)}"] if lost else [])])


def edits(old: Rulebook, new: Rulebook) -> list[Block]:
    """The cards and entries that differ; for a card also which keys, and its conditions line by line."""
    rows: list[tuple[str, str]] = []
    blocks: list[Block] = []
    parts: list[tuple[str, Mapping[str, object], Mapping[str, object]]] = [
        ("cards", old.cards, new.cards),
        ("questions", old.items, new.items),
        ("medicines", old.medicines, new.medicines),
        ("classes", old.classes, new.classes),
        ("sources", old.sources, new.sources),
        ("claims", old.claims, new.claims),
        ("hazards", old.hazards, new.hazards),
        ("invariants", old.invariants, new.invariants),
    ]
    for name, before, after in parts:
        for label, ids in (
            ("new", [key for key in after if key not in before]),
            ("gone", [key for key in before if key not in after]),
        ):
            if ids:
                rows.append((f"{name} {label}", ", ".join(ids)))
        changed = [key for key in after if key in before and after[key] != before[key]]
        if changed and name != "cards":
            rows.append((f"{name} changed", ", ".join(changed)))
        elif changed:
            blocks.append(Bullets(tuple(_card(old.cards[key], new.cards[key], new) for key in changed)))
    if old.frame != new.frame:
        rows.append(("rulebook.yaml", "changed"))
    if (rows or blocks) and old.frame.version == new.frame.version:
        blocks.append(Paragraph("Both have the same version: raise it in rulebook.yaml."))
    if rows:
        blocks.insert(0, Rows(tuple(rows)))
    return blocks or [Paragraph("Nothing.")]


def _card(before: AnyCard, after: AnyCard, book: Rulebook) -> tuple[str, tuple[str, ...]]:
    keys = [key for key in keys_of(type(after)) if getattr(before, key, None) != getattr(after, key)]
    lines: list[str] = []
    was, now = conditions_of(before), conditions_of(after)
    for goal in dict.fromkeys((*was, *now)):
        one, other = (english(side[goal][0], book.items) if goal in side else [] for side in (was, now))
        if one != other:
            changes = difflib.ndiff(one, other)
            lines += [f"{sign}: {line[2:].strip()}" for line in changes if (sign := _SIGNS.get(line[:2]))]
    for key in keys:
        old, new = getattr(before, key, None), getattr(after, key)
        if isinstance(old, str) and isinstance(new, str) and len(old) + len(new) < 60:
            lines.append(f"{key}: {old} → {new}")
    return f"{after.id}: {', '.join(keys)}", tuple(lines)


_SIGNS = {"- ": "before", "+ ": "now"}
