"""What an interview says to whoever drives it, and what it is answered: values only."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from triage.engine.inference import Inference
from triage.engine.response import Answer, Response
from triage.rulebook.model import Item, Level
from triage.rulebook.rulebook import Rulebook


class Command(Enum):
    """What a person can do instead of answering."""

    BACK = "back"
    REVIEW = "review"


class Confirmation(Enum):
    """The reply to a read-back, the emergency page (YES: it is so; NO: a mistake), the review."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"
    RECORD = "record"  # at the emergency page: it is so, and the rest is answered for the record


class Doubt(Enum):
    """Why a question is asked of whom it may not concern."""

    ANSWER = "answer"  # an answer before was "not sure", or was not given
    MEDICINES = "medicines"  # of a medicine it is not known what it is


@dataclass(frozen=True, slots=True)
class ChangeAnswer:
    """The reply to a review: this item is to be answered again."""

    item: str


@dataclass(frozen=True, slots=True)
class Question:
    """An item to answer. ``prior`` is the answer given before going back.

    ``number`` counts from 1; ``to_go`` is how many more will come unless answers open others;
    ``opened`` is how many of them the last answer has opened. ``step`` is the state of reasoning.
    ``changing``: it was picked in the review, and going back leaves it as it was. ``in_doubt``: why it
    is asked although it may not concern them; None if it does. ``again``: it was answered in its turn
    before, so the count says nothing of it.
    """

    item: Item
    prior: Answer | None
    number: int
    to_go: int
    opened: int
    step: Inference
    changing: bool = False
    in_doubt: Doubt | None = None
    again: bool = False


@dataclass(frozen=True, slots=True)
class ReadBack:
    """One ticked line, read back before it counts. ``sure`` is False for a line typed with "?".

    Or a ``number`` that fits badly to what was said before (``code`` is empty): "no" asks for it again.
    """

    item: Item
    code: str
    sure: bool
    number: float | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """An answer counts now; whoever drives the interview saves it. Reply: None.

    ``drafts`` are answers taken back by going back: shown again, but not counted.
    """

    response: Response
    order: tuple[str, ...]
    drafts: Response


@dataclass(frozen=True, slots=True)
class Reached:
    """The result is at least "same day" now; said at once. Reply: YES (go on), NO (a mistake) or RECORD
    (go on, and answer everything for the clinician's page).

    ``to_go`` is how many questions are left that may make it more urgent, ``in_all`` how many there are
    for the page, and ``step`` says why it is so urgent. ``own`` are cards
    with a page of their own that were found now; ``besides``: what is as urgent was said before.
    """

    level: Level
    to_go: int
    in_all: int
    step: Inference
    own: tuple[str, ...] = ()
    besides: bool = False


@dataclass(frozen=True, slots=True)
class Emergency:
    """Stop and show what to do now. Reply: YES (end), NO (it was a mistake) or RECORD (go on)."""

    response: Response


@dataclass(frozen=True, slots=True)
class Review:
    """All that was answered, to look over. Reply: YES (go on), a ``ChangeAnswer``, or BACK.

    ``rulebook`` has the words for it; ``dropped`` are items that were answered but do not count
    any more after the last change; ``finished`` says that nothing is left to ask. ``at`` is the item
    that was picked last, and ``changed`` says whether its answer is another one now.
    """

    rulebook: Rulebook
    step: Inference
    dropped: tuple[Item, ...]
    finished: bool
    at: str = ""
    changed: bool = False


InterviewStep: TypeAlias = Question | ReadBack | Recorded | Reached | Emergency | Review
Reply: TypeAlias = Answer | Command | Confirmation | ChangeAnswer | None
Interview: TypeAlias = Generator[InterviewStep, Reply, Response]
