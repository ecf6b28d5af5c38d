"""What every face of the interview can do. There are two: questionary prompts and plain lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from triage.report.document import Document


class Leave(Exception):
    """The person wants to stop (q, Ctrl-C, Ctrl-D, or the end of a pipe)."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing that can be picked."""

    code: str
    text: str


class Face(Protocol):
    """Shows and asks; decides nothing.

    Every method that asks raises ``Leave`` when the person wants to stop. The commands that were
    typed instead of an answer come back as ``"back"``, ``"help"`` or ``"why"`` with a leading
    colon (``":back"``), so that no option code or free text can be taken for one.
    """

    def page(self, heading: str, progress: str, *, dense: bool = False) -> None:
        """Begin a new question or page; a dense one has no empty lines."""

    def say(self, *paragraphs: str) -> None:
        """Show text, one paragraph each."""

    def listing(self, lines: Sequence[str], *, dense: bool = False) -> None:
        """Show numbered lines, from 1."""

    def keys(self) -> None:
        """Show which commands can be typed instead of an answer."""

    def alarm(self, *paragraphs: str) -> None:
        """Show text that must not be missed."""

    def pick(
        self, question: str, offers: Sequence[Offer], *, prior: str = "", commands: bool = True
    ) -> str:
        """Let the person pick one. A bare Enter picks nothing, or the answer given before."""

    def line(
        self,
        question: str,
        *,
        prior: str = "",
        commands: bool = True,
        when_shown: Callable[[], None] | None = None,
    ) -> str:
        """One line of text, stripped; may be empty. ``when_shown`` runs once it can be read."""

    def yes_no(self, question: str, *, unsure: bool) -> str:
        """``yes``, ``no`` or (if offered) ``unsure``, with a single key where there are keys."""

    def echo(self, answer: str) -> None:
        """Say back what was understood, where the screen does not show it anyway."""

    def document(self, document: Document) -> None:
        """Show a whole document."""
