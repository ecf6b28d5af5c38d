"""What every interface of the interview can do. There are two: questionary prompts and plain lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from questionnaire.terminal.marks import Marks
    from triage.conditions.leaf import NoAnswer, Ticks
    from triage.report.document import Document


class Leave(Exception):
    """The person wants to stop (q, Ctrl-C, Ctrl-D, or the end of a pipe)."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing that can be picked."""

    code: str
    text: str
    words: tuple[str, ...] = ()  # what it is called besides, when somebody types


@dataclass(frozen=True, slots=True)
class Below:
    """What is asked under a document. ``brief`` is said above it where the document had to give way."""

    question: str
    offers: Sequence[Offer]
    brief: str = ""


class Interface(Protocol):
    """Shows and asks; decides nothing.

    Every method that asks raises ``Leave`` when the person wants to stop. The commands that were
    typed instead of an answer come back as ``"back"``, ``"help"``, ``"why"`` or ``"review"`` with a
    leading colon (``":back"``), so that no option code or free text can be taken for one.
    """

    answer_mark: str  # stands between a question and its answer

    @property
    def width(self) -> int:
        """Columns that a line may have."""

    @property
    def rows(self) -> int | None:
        """Rows that one page of text may have; None where nothing is shown in pages."""

    def page(self, heading: str, progress: str, *, dense: bool = False, recall: bool = False) -> None:
        """Begin a new question or page; a dense one has no empty lines.

        ``recall``: what was answered last can still be seen.
        """

    def question(self, text: str) -> None:
        """Show what is asked, so that it stands out."""

    def answered(self, question: str, answer: str) -> None:
        """Keep one line of a question and of what was understood, where the screen would lose it."""

    def say(self, *paragraphs: str) -> None:
        """Show text, one paragraph each."""

    def notice(self, text: str, *, wrong: bool = False) -> None:
        """Show a line that must survive the beginning of the next page. ``wrong``: it stands out."""

    def wrong(self, text: str) -> bool:
        """Say what is wrong with what was typed. True: the whole question has to be shown again."""

    def verbatim(self, lines: Sequence[str]) -> None:
        """Show lines that are wrapped already."""

    def hint(self, text: str) -> None:
        """Show how to answer. Said once only where it would have to be heard each time."""

    def again(self) -> None:
        """Show once more what is asked now. Called in a signal handler, when the program was stopped."""

    def remind(self, *, ticking: bool) -> None:
        """Show the hints again that were said once only. ``ticking``: it is about a tick list."""

    def listing(self, lines: Sequence[str]) -> None:
        """Show numbered lines, from 1."""

    def tick(
        self, question: str, marks: Marks, *, below: Sequence[str] = (), skippable: bool = False
    ) -> Ticks | NoAnswer | str:
        """Let the person tick lines of a list, or none of them; returns that, or a command.

        What was ticked before a command stays in ``marks``. ``below``: text under the list.
        ``skippable``: a bare Enter is ``DECLINED``; otherwise it never means "none".
        """

    def keys(self) -> None:
        """Show which commands can be typed instead of an answer."""

    def alarm(self, *paragraphs: str) -> None:
        """Show text that must not be missed."""

    def pick(
        self,
        question: str,
        offers: Sequence[Offer],
        *,
        prior: str = "",
        commands: bool = True,
        skip: str = "",
    ) -> str:
        """Let the person pick one. A bare Enter picks nothing, or the answer given before.

        ``skip``: the code that a bare Enter stands for where there is no answer before.
        """

    def line(
        self,
        question: str,
        *,
        prior: str = "",
        commands: bool = True,
        when_shown: Callable[[], None] | None = None,
        pasted_lines: bool = False,
    ) -> str:
        """One line of text, stripped; may be empty. ``when_shown`` runs once it can be read.

        ``pasted_lines``: line ends in what was pasted are kept; otherwise they are blanks.
        """

    def yes_no(self, question: str, meanings: Sequence[str] = ()) -> str:
        """``yes``, ``no`` or ``unsure``. Only these words count, and only after Enter.

        ``meanings``: what each of the three does, where the words alone could be misread.
        """

    def echo(self, answer: str) -> None:
        """Say back what was understood, where the screen does not show it anyway."""

    def document(self, document: Document, *, below: Below) -> None:
        """Show a whole document, and leave room for what is asked ``below`` it."""
