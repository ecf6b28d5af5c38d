"""What changes for whom from one rulebook to another, as a document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from triage.compare import Comparison, Moved
from triage.report.document import Block, Bullets, Document, Rows, Section, Text
from triage.report.explained import answers_in_words
from triage.response import Response
from triage.rulebook.cards import Advice
from triage.rulebook.model import LEVELS, Level, urgency
from triage.rulebook.rulebook import Rulebook


def changes_document(
    old: Rulebook, new: Rulebook, result: Comparison, vignettes: Sequence[str] = ()
) -> Document:
    """Who moves up, who moves down, and which advice and cards come and go.

    ``vignettes`` are the names of the first people compared.
    """
    title = f"From {old.frame.id} {old.frame.version} to {new.frame.id} {new.frame.version}"
    sections = [Section("Whose result changes", tuple(_summary(result, vignettes)))]
    for name, people, number in (
        ("More urgent", result.up, result.risen),
        ("Less urgent", result.down, result.fallen),
    ):
        if number:
            shown = Text(f"{_people(number)}. The shortest examples; all other answers are the usual ones:")
            sections.append(Section(name, (shown, _examples(new, old, people))))
    sections += _come_and_go(old, new, result)
    sections.append(Section("What was edited", tuple(_edited(old, new))))
    return Document(title, tuple(sections), _footer(result, vignettes))


def _footer(result: Comparison, vignettes: Sequence[str]) -> tuple[str, ...]:
    return (
        f"Compared on {result.people} people: {len(vignettes)} vignettes, the examples of all cards, and "
        "people made from the conditions of both. They are spread so that every card fires in some: "
        "the numbers say whom a change reaches, not how many there are of them in life.",
    )


def _people(number: int) -> str:
    return "1 person" if number == 1 else f"{number} people"


def _summary(result: Comparison, vignettes: Sequence[str]) -> list[Block]:
    if not result.moves:
        return [Text("Nobody's disposition changes.")]
    ranked = sorted(
        result.moves.items(), key=lambda move: (LEVELS.index(move[0][0]), LEVELS.index(move[0][1]))
    )
    rows = tuple(
        (f"{before} to {after}", f"{_people(n)} {_way(before, after)}") for (before, after), n in ranked
    )
    blocks: list[Block] = [Rows(rows)]
    named = [vignettes[number] for number in result.moved if number < len(vignettes)]
    if named:
        blocks += [Text("Vignettes among them:"), Bullets.of(*named)]
    return blocks


def _way(before: Level, after: Level) -> str:
    return "(up)" if urgency(after) > urgency(before) else "(DOWN)"


def _examples(new: Rulebook, old: Rulebook, people: Sequence[Moved]) -> Bullets:
    """Each person by the answers that are not the usual ones, and the card that makes the difference."""
    entries = []
    for moved in people:
        book = new if urgency(moved.after) > urgency(moved.before) else old
        words = answers_in_words(_with_items(new, old), Response(moved.answers))
        titles = [f"{card} ({book.cards[card].title})" for card in moved.because]
        entries.append(
            (words, (f"{moved.before} to {moved.after}, because of: {', '.join(titles) or 'nothing'}",))
        )
    return Bullets(tuple(entries))


def _with_items(new: Rulebook, old: Rulebook) -> Rulebook:
    """The rulebook that has more questions: for the order in which answers are told."""
    return new if len(new.items) >= len(old.items) else old


def _come_and_go(old: Rulebook, new: Rulebook, result: Comparison) -> list[Section]:
    found = [
        (card, *counts)
        for card, counts in result.cards.items()
        if not isinstance(old.cards.get(card) or new.cards[card], Advice)
    ]
    shown = [(card, *counts) for card, counts in result.advice.items()]
    sections = []
    for title, entries in (
        ("Findings that appear or vanish", found),
        ("Advice that appears or vanishes", shown),
    ):
        if entries:
            told = [f"{card}: {_both(gained, lost)}" for card, gained, lost in entries]
            sections.append(Section(title, (Bullets.of(*told),)))
    return sections


def _both(gained: int, lost: int) -> str:
    said = [f"appears for {_people(gained)}"] if gained else []
    return ", ".join([*said, *([f"vanishes for {_people(lost)}"] if lost else [])])


def _edited(old: Rulebook, new: Rulebook) -> list[Block]:
    rows = []
    parts: list[tuple[str, Mapping[str, object], Mapping[str, object]]] = [
        ("cards", old.cards, new.cards),
        ("questions", old.items, new.items),
        ("medicines", old.medicines, new.medicines),
        ("classes", old.classes, new.classes),
        ("sources", old.sources, new.sources),
        ("claims", old.claims, new.claims),
    ]
    for name, before, after in parts:
        for label, ids in (
            ("new", [key for key in after if key not in before]),
            ("gone", [key for key in before if key not in after]),
            ("changed", [key for key in after if key in before and after[key] != before[key]]),
        ):
            if ids:
                rows.append((f"{name} {label}", ", ".join(ids)))
    if old.frame != new.frame:
        rows.append(("rulebook.yaml", "changed"))
    return [Rows(tuple(rows))] if rows else [Text("Nothing.")]
