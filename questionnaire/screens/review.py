"""The review: every answer, grouped as it was asked; each can be changed."""

from __future__ import annotations

import re

from questionnaire.answer_text import in_words
from questionnaire.terminal.interface import Face
from questionnaire.terminal.lines import wrap
from triage.conditions.standing import Silence
from triage.engine.events import Change, Command, Reply, Review, Verdict
from triage.rulebook.model import Item


def look_over(face: Face, review: Review) -> Reply:
    """YES to go on, a ``Change``, or BACK to the last question."""
    items = _answered(review)
    if review.dropped:
        face.page("Your answers", "")
        face.say("After that change, these do not count any more, and are not asked:")
        face.listing([item.text for item in review.dropped])
        face.line("Press Enter to see your answers.")
    pages = _pages(_blocks(items, review, face), face.rows)
    onward = "see your result" if review.finished else "go on with the questions"
    number = 0
    while True:
        at = f"page {number + 1} of {len(pages)}" if len(pages) > 1 else ""
        face.page("Your answers so far. Are they right?", at, dense=True)
        face.verbatim(pages[number])
        last = number == len(pages) - 1
        ask = "Type a number to change that answer"
        face.say(f"{ask}, 0 to {onward}." if last else f"{ask}, 0 to {onward}, Enter to read on.")
        typed = face.line("Your choice:")
        if typed == ":back":
            return Command.BACK
        if typed == "" and not last:
            number += 1
        elif typed.rstrip(".") in ("0", "ok", "yes", "y"):
            return Verdict.YES
        elif typed.rstrip(".").isdecimal() and len(typed) < 4 and 0 < int(typed.rstrip(".")) <= len(items):
            return Change(items[int(typed.rstrip(".")) - 1].id)


def _answered(review: Review) -> list[Item]:
    """The items whose answers count."""
    response, standings = review.step.response, review.step.standings
    return [
        item
        for item in review.rulebook.items.values()
        if item.stage == "interview"
        and response.get(item.id) is not None
        and standings[item.id] is not Silence.UNREACHABLE
    ]


def _blocks(items: list[Item], review: Review, face: Face) -> list[list[str]]:
    """For each answer its lines, with the heading of its section before the first of it."""
    titles = {section.id: section.title for section in review.rulebook.frame.sections}
    blocks: list[list[str]] = []
    shown = ""
    for number, item in enumerate(items, 1):
        answer = review.step.response.get(item.id)
        assert answer is not None
        asked = re.sub(r"\s*\([^)]*\)", "", item.text)  # the finer points are not needed here
        text = f"{number:>2}. {asked} {face.answer_mark} {in_words(item, answer)}"
        lines = wrap(text, face.width, rest="    ")
        if item.section != shown:
            shown = item.section
            lines.insert(0, f"{titles[shown]}:")
        blocks.append(lines)
    return blocks


def _pages(blocks: list[list[str]], rows: int | None) -> list[list[str]]:
    pages: list[list[str]] = [[]]
    for block in blocks:
        if rows is not None and pages[-1] and len(pages[-1]) + len(block) > rows:
            pages.append([])
        pages[-1] += block
    return pages
