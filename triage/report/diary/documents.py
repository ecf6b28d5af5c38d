"""The diary to look at, and what it says beside the last questionnaire."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from triage.diary.counts import Range, count_nights
from triage.diary.nights import NIGHTS, FourWeeks
from triage.diary.reading import Earlier, Reading, answer_of
from triage.report.diary.days import long_day, weekday_and_day
from triage.report.diary.figure import each_night, in_all, nights_figure, not_told, told_rows
from triage.report.document import Block, Bullets, Document, DocumentPart, Paragraph, Rows
from triage.rulebook.rulebook import Rulebook

_URGENT = ("emergency", "same_day", "soon")


def show_document(rulebook: Rulebook, weeks: FourWeeks) -> Document:
    """Four weeks: the figure, what was told, what was not. When to get help stands below it."""
    rules = rulebook.diary
    assert rules is not None
    figure = nights_figure(rules, weeks, "Your diary", f"The last {NIGHTS} nights: {in_all(weeks)}.")
    blocks: list[Block] = [figure]
    if rows := told_rows(rules, weeks):
        blocks.append(Rows(tuple(rows)))
    if open_ := not_told(weeks):
        blocks.append(Rows((("Not told", open_),)))
    return Document("Your diary", (DocumentPart("", tuple(blocks)),), rulebook.frame.safety_net_for_all[:1])


def told_document(rulebook: Rulebook, weeks: FourWeeks) -> Document:
    """The same in words alone, with each night that was told."""
    rules = rulebook.diary
    assert rules is not None
    made = show_document(rulebook, weeks)
    (part,) = made.sections
    words = (Paragraph(f"The last {NIGHTS} nights: {in_all(weeks)}."), *part.blocks[1:])
    nights = tuple((f"{weekday_and_day(day)}: {said}", ()) for day, said in each_night(rules, weeks))
    parts = [DocumentPart("", words)]
    if nights:
        parts.append(DocumentPart("Nights, by the day on which they ended", (Bullets(nights),)))
    return replace(made, sections=tuple(parts))


def check_document(
    rulebook: Rulebook, weeks: FourWeeks, earlier: Earlier | None, reading: Reading, again: str
) -> Document:
    """What the diary says, what is new in it, and when to go through the questions again.

    ``again``: what to type for that.
    """
    parts = (
        DocumentPart("", tuple(_opening(rulebook, weeks, earlier))),
        DocumentPart("What to look at", tuple(_seen(reading))),
        DocumentPart("When to answer the questions again", (Paragraph(_when(earlier, reading, again)),)),
    )
    frame = rulebook.frame
    return Document("What your diary says", parts, (*frame.safety_net_for_all, *frame.always))


def _opening(rulebook: Rulebook, weeks: FourWeeks, earlier: Earlier | None) -> Iterator[Block]:
    yield Paragraph(f"The last {NIGHTS} nights: {in_all(weeks)}.")
    if earlier is None:
        return
    if earlier.finished:
        said = earlier.assessment.disposition
        still = " It still holds." if said.code in _URGENT else ""
        yield Paragraph(f"Your result of {long_day(earlier.day)}: {said.label}. {said.within}.{still}")
    if rows := tuple(_changed(rulebook, weeks, earlier)):
        yield Rows(rows)


def _changed(rulebook: Rulebook, weeks: FourWeeks, earlier: Earlier) -> Iterator[tuple[str, str]]:
    """What the diary says otherwise than the questionnaire did."""
    rules = rulebook.diary
    assert rules is not None
    counts: dict[str, Range] = count_nights(rules, weeks)
    for entry in rules.answers:
        item, now = rulebook.items[entry.item], answer_of(entry, counts)
        before = earlier.assessment.effective_answers.get(entry.item)
        was = item.option(before) if isinstance(before, str) else None
        if now is not None and was is not None and was.code != now:
            option = item.option(now)
            assert option is not None
            yield item.text.rstrip("?"), f"{option.text} (it was: {was.text})"


def _seen(reading: Reading) -> Iterator[Block]:
    """Each sign with what to do. Without one nothing is said to be well."""
    if not reading.seen:
        yield Paragraph(
            "No sign that we look for is in the nights that were told. That is a count of nights, and no "
            "examination. Other signs may be there all the same."
        )
        return
    yield Bullets(
        tuple(
            (
                f"{seen.sign.title}.",
                (
                    seen.sign.because,
                    seen.do_now,
                    *(["You told the questions so too."] if seen.known else []),
                ),
            )
            for seen in reading.seen
        )
    )


def _when(earlier: Earlier | None, reading: Reading, again: str) -> str:
    if earlier is None:
        return f"You have not answered the questions yet. Do it now: {again}"
    if not earlier.finished:
        return f"The questions of {long_day(earlier.day)} are not finished. Finish them now: {again}"
    if reading.ask_on is None:
        new = any(not seen.known for seen in reading.seen)
        why = "Something is new since then." if new else "Four weeks are over, and things can change."
        return f"Now. {why} Type: {again}"
    return (
        f"On {long_day(reading.ask_on)}. At once, if something changes, or if you feel ill or worry. "
        f"Type: {again}"
    )
