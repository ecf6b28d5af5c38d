"""One card, or one question, in plain English: for those who maintain the rules."""

from __future__ import annotations

from typing import Any

from triage.conditions.nodes import Node, Takes
from triage.conditions.walk import cards_read, items_read, leaves
from triage.engine.response import Response, plain
from triage.engine.solving.search import Finder
from triage.engine.solving.unknowns import Unknowns
from triage.readers.english import english
from triage.report.document import Block, Bullets, Document, DocumentPart, Paragraph, Rows
from triage.rulebook.cards import Advice, AnyCard, Card, RedFlag
from triage.rulebook.goals import conditions_of
from triage.rulebook.model import Item
from triage.rulebook.rulebook import Rulebook
from triage.truth import Truth

_KINDS = {
    "RedFlag": "red flag",
    "Pattern": "pattern",
    "Factor": "contributing factor",
    "Theory": "theory without good grounds",
    "Advice": "advice",
}
_SAID = ("because", "do_now", "say", "text", "stop_rule", "claimed", "think_of", "clinician")
_RANKED = ("disposition", "if_unsure", "evidence", "shown_at")


def explained(rulebook: Rulebook, name: str) -> Document:
    """The card or question ``name``. Raises ``KeyError`` if there is none."""
    if name in rulebook.cards:
        return _card(rulebook, rulebook.cards[name])
    return _item(rulebook, rulebook.items[name])


def _card(rulebook: Rulebook, card: AnyCard) -> Document:
    place = rulebook.place(f"card:{card.id}")
    kind = _KINDS[type(card).__name__]
    if isinstance(card, Advice):
        kind += f" ({card.kind})"
    rows = [("id", card.id), ("kind", kind), ("status", card.status), ("file", place.file)]
    for key in _RANKED:
        value = getattr(card, key, None)
        if value:
            rows.append((key.replace("_", " "), value if isinstance(value, str) else ", ".join(value)))
    said = [(key.replace("_", " "), getattr(card, key)) for key in _SAID if getattr(card, key, None)]
    said += _said_besides(card)
    sections = [DocumentPart("", (Rows(tuple(rows)),)), DocumentPart("What it says", (Rows(tuple(said)),))]
    for goal, (node, path) in conditions_of(card).items():
        blocks: list[Block] = [condition_in_lines(rulebook, node)]
        if path[0] == "guards":
            assert isinstance(card, Advice)
            blocks.append(Paragraph(f"Because: {card.guards[int(path[1])].why}"))
        else:
            blocks += _answers(rulebook, goal, node, card)
        sections.append(DocumentPart(_HEADINGS[str(path[-1])], tuple(blocks)))
    sections += [
        DocumentPart("What it reads", (_reads(rulebook, card),)),
        DocumentPart("What builds on it", (_read_by(rulebook, card),)),
        DocumentPart("Sources", (_sources(rulebook, card),)),
    ]
    if card.claims:
        told = [rulebook.claims[claim] for claim in card.claims]
        claims = Bullets.of(*(f"{claim.id} ({claim.verdict}): {claim.text}" for claim in told))
        sections.append(DocumentPart("Claims of the source documents", (claims,)))
    sections.append(DocumentPart("History", (_history(card),)))
    return Document(card.title, tuple(sections), ())


_HEADINGS = {
    "when": "It fires when",
    "offer_when": "It is offered when",
    "against_when": "What speaks against it",
    "block_when": "It is held back when this is so, or not known",
    "caution_when": "It comes with a caution when this is so, or not known",
}


def condition_in_lines(rulebook: Rulebook, node: Node) -> Bullets:
    """The condition as nested lines; deeper steps are marked by dots, so that every format shows them."""
    lines = english(node, rulebook.items)
    return Bullets.of(*("· " * ((len(line) - len(line.lstrip())) // 2) + line.strip() for line in lines))


def _answers(rulebook: Rulebook, goal: str, node: Node, card: Card) -> list[Block]:
    """Answers made from the condition: with which it fires, does not, and cannot tell."""
    finder = Finder(Unknowns([rulebook], [node]), node)
    rows = []
    for truth, label in (
        (Truth.PRESENT, "fires for"),
        (Truth.ABSENT, "silent for"),
        (Truth.UNKNOWN, "not known"),
    ):
        made = finder.find(truth)
        rows.append((label, answers_in_words(rulebook, made) if made else "nobody"))
    if isinstance(card, Advice):
        rows[0] = ("offered to", rows[0][1])
    return [Rows(tuple(rows))] if goal == card.id else []


def answers_in_words(rulebook: Rulebook, response: Response) -> str:
    """Answers as one writes them in examples: what matters, in the order of the questions."""
    told = plain(response)
    order = [item for item in rulebook.items if item in told]
    return "; ".join(f"{item}: {_value(told[item])}" for item in order) or "anyone"


def answers_said(rulebook: Rulebook, response: Response) -> str:
    """The same answers in the words of the questionnaire."""
    parts = []
    for item in rulebook.items.values():
        value = plain(response).get(item.id)
        if value is None or item.id not in response.answers:
            continue
        if item.options:
            codes = value if isinstance(value, list) else [value]
            parts += [_option(item, str(code)) for code in codes] or [f"none of “{item.text}”"]
        elif isinstance(value, list):
            parts.append(_value(value))
        else:
            parts.append(f"{value} {item.unit or ''} ({item.id})".replace("  ", " "))
    return "; ".join(parts)


def _option(item: Item, code: str) -> str:
    option = item.option(code.removesuffix("?"))
    doubt = " (not sure)" if code.endswith("?") else ""
    return f"“{option.text}”{doubt}" if option else f"{item.id}: {code}"


def _value(value: Any) -> str:
    if isinstance(value, list):
        parts = (_taken(part) if isinstance(part, dict) else str(part) for part in value)
        return ", ".join(parts) or "none of these"
    return str(value)


def _taken(part: dict[str, str]) -> str:
    started = part.get("started")
    return part["name"] + (f" (started {started.replace('_', ' ')})" if started else "")


def _reads(rulebook: Rulebook, card: Card) -> Block:
    nodes = [node for node, _ in conditions_of(card).values()]
    items = set().union(*map(items_read, nodes))
    cards = set().union(*map(cards_read, nodes))
    classes = {leaf.medicine_class for node in nodes for leaf in leaves(node) if isinstance(leaf, Takes)}
    gates = set().union(*(rulebook.gates.get(item, frozenset()) for item in items)) - items
    rows = [
        ("questions", ", ".join(item for item in rulebook.items if item in items)),
        ("asked because", ", ".join(item for item in rulebook.items if item in gates)),
        ("medicines", ", ".join(sorted(classes))),
        ("findings", ", ".join(sorted(cards))),
    ]
    return (
        Rows(tuple(row for row in rows if row[1]))
        if any(value for _, value in rows)
        else Paragraph("Nothing.")
    )


def _read_by(rulebook: Rulebook, card: Card) -> Block:
    readers = [
        other.id
        for other in rulebook.cards.values()
        if any(card.id in cards_read(node) for node, _ in conditions_of(other).values())
    ]
    hazards = [
        f"{hazard.id} ({hazard.hazard})"
        for hazard in rulebook.hazards.values()
        if any(control.card == card.id for control in hazard.controls)
    ]
    rows = [("cards", ", ".join(readers)), ("controls", "; ".join(hazards))]
    return Rows(tuple(row for row in rows if row[1])) if readers or hazards else Paragraph("No other card.")


def _sources(rulebook: Rulebook, card: Card) -> Bullets:
    entries = [rulebook.sources[source] for source in card.sources]
    return Bullets(tuple((f"[{e.id}] {e.citation}", (f"{e.kind}; {e.checked}",)) for e in entries))


def _history(card: Card) -> Block:
    if not card.history:
        return Paragraph(
            f"{card.status}; last reviewed {card.reviewed_on}. No changes of status are written down."
        )
    told = (f"{event.on}: {event.status}, by {event.by}. {event.why}" for event in card.history)
    return Bullets.of(*told, f"{card.reviewed_on}: last reviewed")


def _said_besides(card: AnyCard) -> list[tuple[str, str]]:
    """The lines for some people only, and the page of its own."""
    if not isinstance(card, RedFlag):
        return []
    said = [
        ("also do", f"{line.text} (only for whom it concerns)" if line.relevant_when else line.text)
        for line in card.also_do
    ]
    if page := card.own_page:
        said.append(("own page", f"{page.label}. {page.within}. {page.place}"))
    return said


def _item(rulebook: Rulebook, item: Item) -> Document:
    rows = [
        ("id", item.id),
        ("type", item.type),
        ("section", item.section),
        ("file", rulebook.place(f"item:{item.id}").file),
        ("why", item.why),
    ]
    if item.help:
        rows.append(("help", item.help))
    if item.range is not None:
        rows.append(("range", f"{item.range.min:g} to {item.range.max:g} {item.unit}"))
    options = Bullets(tuple((f"{option.code}: {option.text}", ()) for option in item.options))
    sections = [DocumentPart("", (Rows(tuple(rows)),))]
    if item.options:
        sections.append(DocumentPart("Answers", (options,)))
    asked: list[Block] = [Paragraph("Everyone is asked.")]
    if item.ask_when is not None:
        asked = [condition_in_lines(rulebook, item.ask_when), *_opened(rulebook, item.ask_when)]
    readers = [
        card.id
        for card in rulebook.cards.values()
        if any(item.id in items_read(node) for node, _ in conditions_of(card).values())
    ]
    opens = [other for other, gate in rulebook.gates.items() if item.id in gate]
    rows = [("cards", ", ".join(readers) or "the clinician's page only"), ("opens", ", ".join(opens))]
    sections += [
        DocumentPart("It is asked when", tuple(asked)),
        DocumentPart("What reads it", (Rows(tuple(row for row in rows if row[1])),)),
    ]
    return Document(item.text, tuple(sections), ())


def _opened(rulebook: Rulebook, gate: Node) -> list[Block]:
    made = Finder(Unknowns([rulebook]), gate).find(Truth.PRESENT)
    return [Rows((("asked of", answers_in_words(rulebook, made)),))] if made else []
