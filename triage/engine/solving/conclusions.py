"""What follows from answers, as literals for proofs: the disposition, and the advice that is given."""

from __future__ import annotations

from triage.engine.solving.unknowns import Unknowns
from triage.readers.circuit import Literal
from triage.readers.proofs import LEAST_PRESENT, LEAST_UNKNOWN, Proofs
from triage.rulebook.cards import Advice
from triage.rulebook.model import LEVELS, Level, urgency


class Conclusions:
    """The conclusions of the first rulebook of ``unknowns``: ``disposition`` and ``advising`` for proofs.

    Where questions may be open they are what is said already: a level that is reached, a guard that is
    denied.
    """

    def __init__(self, unknowns: Unknowns, proofs: Proofs | None = None) -> None:
        """``proofs``: the conditions as they would be otherwise, in the circuit of ``unknowns``."""
        self.unknowns = unknowns
        self.proofs = unknowns.proofs if proofs is None else proofs
        self.circuit = self.proofs.circuit
        self.book = unknowns.books[0]
        self._raised: dict[Level, list[Literal]] = {level: [] for level in LEVELS}
        for flag in self.book.red_flags:
            sure = self.proofs.found_end(flag.id, 0, LEAST_PRESENT)
            maybe = self.proofs.found_end(flag.id, 0, LEAST_UNKNOWN)
            self._raised[flag.disposition].append(sure)
            if urgency(flag.if_unsure) > urgency(flag.disposition):  # never so in rules that were checked
                maybe = self.circuit.both((maybe, -sure))
            self._raised[flag.if_unsure].append(maybe)
        for pattern in self.book.patterns:
            sure = self.proofs.found_end(pattern.id, 0, LEAST_PRESENT)
            self._raised[pattern.disposition].append(sure)

    def at_least(self, level: Level) -> Literal:
        """The disposition is this one, or more urgent."""
        if level == "self_care":
            return self.circuit.both(())
        urgent = [code for code in LEVELS if urgency(code) >= urgency(level)]
        return self.circuit.either(literal for code in urgent for literal in self._raised[code])

    def at_most(self, level: Level) -> Literal:
        """The disposition is this one, or less urgent."""
        more = [code for code in LEVELS if urgency(code) > urgency(level)]
        return -self.at_least(more[-1]) if more else self.circuit.both(())

    def is_at(self, level: Level) -> Literal:
        """The disposition is this one."""
        return self.circuit.both((self.at_least(level), self.at_most(level)))

    def given(self, card: Advice) -> Literal:
        """The advice reaches the person: offered, shown at the disposition, and no guard yes or unknown.

        While questions are open nothing is said below "within a week".
        """
        calm: tuple[Level, ...] = ("routine", "self_care") if self.unknowns.early else ()
        shown = self.circuit.either(self.is_at(level) for level in card.shown_at if level not in calm)
        blocks = [n for n, guard in enumerate(card.guards) if guard.block_when is not None]
        open_ = [-self.proofs.found(f"{card.id}#{n}").most_unknown for n in blocks]
        return self.circuit.both((self.proofs.found(card.id).least_present, shown, *open_))
