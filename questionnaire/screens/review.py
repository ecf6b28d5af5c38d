"""The review: every answer, grouped as it was asked; each can be changed."""

from __future__ import annotations

from textwrap import shorten

from questionnaire.answer_text import asked_briefly, in_words
from questionnaire.terminal.interface import Interface
from questionnaire.terminal.lines import wrap
from triage.conditions.leaf import NoAnswer
from triage.engine.interview.events import ChangeAnswer, Command, Confirmation, Reply, Review
from triage.rulebook.model import Item

_ABOUT = (":help", ":why", ":review")
_SHORT = 24  # letters of what was typed that are said again


def look_over(interface: Interface, review: Review) -> Reply:
    """YES to go on, a ``ChangeAnswer``, or BACK to the last question."""
    items = _answered(review)
    if review.dropped:
        interface.page("Your answers", "")
        interface.say("After that change, these do not count any more, and are not asked:")
        interface.listing([item.text for item in review.dropped])
        interface.line("Press Enter to see your answers.")
    pages = _pages(_blocks(items, review, interface), interface.rows)
    onward = "see your result" if review.finished else "go on with the questions"
    number, wrong, which, changed = _page_of(review.at, items, pages), "", False, review.changed
    while True:
        at = f"page {number + 1} of {len(pages)}" if len(pages) > 1 else ""
        interface.page("Your answers so far. Are they right?", at, dense=True)
        interface.verbatim(pages[number])
        last = number == len(pages) - 1
        ask = "Type a number to change that answer"
        if wrong:
            interface.say(f"“{wrong}” is none of these. Your answers are 1 to {len(items)}.")
        if which:
            interface.say("Which one is not right? Each has its number.")
        if changed:
            interface.say(f"Changed: {asked_briefly(review.rulebook.items[review.at])}")
        interface.say(
            f"{ask}. Press Enter (or 0) to {onward}."
            if last
            else f"{ask}, 0 to {onward}, Enter to read on."
        )
        typed = interface.line("Your choice:")
        wrong, which, changed = "", typed in _ABOUT, False
        if which:
            continue
        if typed == ":back" and number == 0:
            return Command.BACK
        if typed == ":back":
            number -= 1
        elif typed == "" and not last:
            number += 1
        elif typed.rstrip(".") in ("", "0"):
            return Confirmation.YES
        elif typed.rstrip(".").lower() in ("ok", "yes", "y"):  # of what was read; the rest comes first
            if last:
                return Confirmation.YES
            number += 1
        elif typed.rstrip(".").lower() in ("n", "no"):
            which = True
        elif typed.rstrip(".").isdecimal() and len(typed) < 4 and 0 < int(typed.rstrip(".")) <= len(items):
            return ChangeAnswer(items[int(typed.rstrip(".")) - 1].id)
        else:
            wrong = shorten(typed, _SHORT, placeholder="…")


def _page_of(item: str, items: list[Item], pages: list[list[str]]) -> int:
    """The page on which an answer stands; the first one, if it is not among them."""
    numbers = [f"{number:>2}. " for number, one in enumerate(items, 1) if one.id == item]
    found = (n for n, page in enumerate(pages) for line in page if numbers and line.startswith(numbers[0]))
    return next(found, 0)


def _answered(review: Review) -> list[Item]:
    """The items whose answers count."""
    response, effective_answers = review.step.response, review.step.effective_answers
    return [
        item
        for item in review.rulebook.items.values()
        if item.stage == "interview"
        and response.get(item.id) is not None
        and effective_answers[item.id] is not NoAnswer.UNREACHABLE
    ]


def _blocks(items: list[Item], review: Review, interface: Interface) -> list[list[str]]:
    """For each answer its lines, with the heading of its section before the first of it."""
    titles = {section.id: section.title for section in review.rulebook.frame.sections}
    blocks: list[list[str]] = []
    shown = ""
    for number, item in enumerate(items, 1):
        answer = review.step.response.get(item.id)
        assert answer is not None
        text = f"{number:>2}. {asked_briefly(item)} {interface.answer_mark} {in_words(item, answer)}"
        lines = wrap(text, interface.width, rest="    ")
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
