"""The smallest reason of a result as pages tell it."""

from __future__ import annotations

from triage.conditions.walk import items_read
from triage.engine.assessment import Assessment, Remark
from triage.rulebook.rulebook import Rulebook


def told_reason(assessment: Assessment, book: Rulebook) -> tuple[Remark, ...]:
    """The answers that alone are enough for the result, for somebody who is who they are.

    Age and the like are often needed only because a question is asked at some ages; nobody is helped by
    reading that. They are told where a card that sets the level reads them, and where nothing else is left.
    """
    read: set[str] = set()
    for card in assessment.disposition.because:
        if card in book.written:
            read |= items_read(book.written[card])
    reason = assessment.smallest_reason
    told = tuple(one for one in reason if one.item in read or not book.items[one.item].unchanging)
    return told or reason
