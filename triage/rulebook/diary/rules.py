"""``diary.yaml``: what is asked of a night, what is counted, and what follows from the counts."""

from __future__ import annotations

from dataclasses import field
from typing import Annotated, Any

from triage.rulebook.frozen import Frozen, Narrow
from triage.rulebook.model import Condition, Day, Id, Item, Words


class Count(Frozen):
    """On how many of the last nights something was so: from what was told to what may have been besides.

    ``within`` takes the most in so many nights in a row. ``a_week`` is a rate: nights a week since the
    first night that was told. ``as_told`` leaves out what may have been.
    """

    id: Id
    when: Condition  # of one night
    within: int | None = None
    a_week: bool = False
    as_told: bool = False


class DiaryExamples(Frozen):
    """Counts with which a sign must show, or must not. A count that is not named is 0."""

    fires: Annotated[tuple[dict[str, Any], ...], Narrow(min_length=1)]
    silent: Annotated[tuple[dict[str, Any], ...], Narrow(min_length=1)]


class DiarySign(Frozen):
    """What in a diary is a reason to go through the questions again.

    ``stands_for`` is the answer that it amounts to in the questionnaire; ``card`` the red flag that
    fires there for it, whose ``do_now`` is shown. Without a card it says by itself what to do.
    """

    id: Id
    title: Words
    when: Condition  # of the counts
    because: Words
    stands_for: dict[Id, Id]
    card: Id | None = None
    do_now: Words | None = None
    sources: Annotated[tuple[Id, ...], Narrow(min_length=1)]
    reviewed_on: Day
    examples: DiaryExamples


class CountedOption(Frozen):
    """An option of a question, and the counts with which the diary answers so."""

    code: Id
    when: Condition


class DiaryAnswer(Frozen):
    """How the diary answers a question of the questionnaire: with the first option that surely holds.

    ``relevant_when`` reads the answers so far: for whom alone it may answer.
    """

    item: Id
    relevant_when: Condition
    options: Annotated[tuple[CountedOption, ...], Narrow(min_length=1)]


class DiaryFigure(Frozen):
    """Which questions the drawing shows: a letter, the height of a bar, and what is told below."""

    letter: Id
    height: Id
    below: tuple[Id, ...] = ()


class DiaryRules(Frozen):
    """``diary.yaml``. The first question says whether there was a cramp: yes or no."""

    paper: Words
    again_after_days: int
    questions: Annotated[tuple[Item, ...], Narrow(min_length=1)]
    figure: DiaryFigure
    counts: Annotated[tuple[Count, ...], Narrow(min_length=1)]
    signs: tuple[DiarySign, ...] = field(default=())
    answers: tuple[DiaryAnswer, ...] = field(default=())

    @property
    def by_id(self) -> dict[str, Item]:
        """The questions by id, in asking order."""
        return {question.id: question for question in self.questions}
