"""An assessment: everything that follows from a response, as values. No formatting."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

from triage.conditions.leaf import EffectiveAnswer
from triage.engine.response import Response
from triage.rulebook.model import LEVELS, Level, Verdict
from triage.value import Value

FORMAT = "legcramp-assessment/1"
Code: TypeAlias = Level | Literal["unfinished"]
Understood: TypeAlias = Literal["name", "kind", "use", "not at all"]


class Remark(Value):
    """One answer as a reason: the item, the line of a tick list if any, and how it was answered.

    ``answer`` is an option code, a number, ``yes``/``no`` for a line, ``unsure``, ``declined``
    or ``not_asked``. ``text`` says it in lay words, ``clinical`` for the clinician.
    """

    item: str
    option: str | None
    answer: str
    text: str
    clinical: str
    private: bool = False


class Finding(Value):
    """What a red flag, pattern or factor concludes, with the answers behind it.

    ``certain`` is False for a red flag that only "not sure" answers raise.
    ``level`` is what it leads to (None for a factor).
    """

    id: str
    title: str
    evidence: Verdict
    because: str
    clinician: str
    level: Level | None
    certain: bool
    do_now: str | None
    for_: tuple[Remark, ...]
    against: tuple[Remark, ...]
    unknown: tuple[Remark, ...]
    sources: tuple[str, ...]
    claims: tuple[str, ...]
    examine: tuple[str, ...]
    consider: tuple[str, ...]
    private: bool  # rests on an answer that stays off the clinician's page


class TheoryNote(Value):
    """What a person may read about a picture like theirs, and what is known of it.

    ``documents`` are the source documents that claim it. Never a contributing factor.
    """

    id: str
    title: str
    evidence: Verdict
    claimed: str
    documents: tuple[str, ...]
    because: str
    think_of: str
    for_: tuple[Remark, ...]
    sources: tuple[str, ...]
    claims: tuple[str, ...]


class Given(Value):
    """An advice that is safe to show to this person, with its cautions.

    ``now`` and ``when_it_comes`` are its short words for the first page; empty if it has none.
    """

    id: str
    title: str
    kind: Literal["try", "ask", "know", "avoid"]
    text: str
    because: str
    stop_rule: str
    evidence: Verdict
    clinician: str
    cautions: tuple[str, ...]
    sources: tuple[str, ...]
    now: str = ""
    when_it_comes: str = ""


class Withheld(Value):
    """An advice held back: ``why`` says so in words, ``unknown`` that an answer was missing.

    ``instead`` names a given advice that says the same more strictly; empty if there is none.
    ``meanwhile`` is what may be done until then; empty if the card says nothing of it.
    """

    id: str
    title: str
    why: tuple[str, ...]
    unknown: bool
    instead: str = ""
    meanwhile: str = ""


class Disposition(Value):
    """How soon and where. ``because`` lists the ids of the cards that set it.

    ``say`` is one sentence for the phone; empty where none is needed. ``alone``: these are not the
    words of the level, but those of cards with a page of their own, and nothing else stands beside.
    ``whom``, ``now`` and ``sooner`` are the short words of the first page; of ``sooner`` each entry is whom
    to call how soon, and for which signs, the calmer call first.
    """

    code: Code
    label: str
    within: str
    place: str
    say: str
    do: tuple[str, ...]
    move_up: tuple[str, ...]
    clinician: str
    because: tuple[str, ...]
    alone: bool = False
    whom: tuple[str, ...] = ()
    now: tuple[str, ...] = ()
    sooner: tuple[tuple[str, str], ...] = ()


class Unresolved(Value):
    """An unknown answer that could still change the disposition, and to what."""

    remark: Remark
    could_become: Level
    cards: tuple[str, ...]


class Counterfactual(Value):
    """A single answer that, given differently, would change the disposition, alone or with others."""

    remark: Remark
    instead: str
    instead_text: str
    disposition: Level

    @property
    def ticks_a_line(self) -> bool:
        """Whether a line of a list that was passed over would be ticked."""
        return self.instead == "yes" and self.remark.answer == "no" != self.remark.option


class ChangeTogether(Value):
    """Some answers that, all given differently, would lead to this disposition; fewer would not."""

    changes: tuple[Counterfactual, ...]
    disposition: Level


class Negative(Value):
    """A sign, an illness or an event explicitly denied."""

    item: str
    option: str
    text: str
    clinical: str


class ClaimNote(Value):
    """A claim of the source documents that concerns this person, with its verdict."""

    id: str
    verdict: Verdict
    text: str
    why: str
    documents: tuple[str, ...]


class MedicineNote(Value):
    """A medicine as given; ``generic`` is empty if the name is not in the list.

    ``typed`` is the whole entry, ``name`` what of it names this medicine. ``understood`` says how:
    by its name, as a kind of medicine, by what it is for, or not at all. ``use`` is that kind or
    what it is for, in words. ``class_ids`` are the classes to which it surely belongs, ``may_be``
    those that stay open.
    """

    name: str
    typed: str
    generic: str
    understood: Understood
    use: str
    class_ids: tuple[str, ...]
    may_be: tuple[str, ...]
    started: str | None
    classes: tuple[str, ...]
    notes: tuple[str, ...]
    linked_with: tuple[str, ...]


class Assessment(Value):
    """The result of ``assess``."""

    rulebook_id: str
    rulebook_version: str
    rulebook_sha256: str
    date: datetime.date
    complete: bool
    missing: tuple[str, ...]
    disposition: Disposition
    red_flags: tuple[Finding, ...]
    patterns: tuple[Finding, ...]
    factors: tuple[Finding, ...]
    theories: tuple[TheoryNote, ...]
    advice: tuple[Given, ...]
    withheld: tuple[Withheld, ...]
    claims: tuple[ClaimNote, ...]
    pertinent_negatives: tuple[Negative, ...]
    unresolved: tuple[Unresolved, ...]
    would_change: tuple[Counterfactual, ...]
    would_change_together: tuple[ChangeTogether, ...]
    smallest_reason: tuple[Remark, ...]  # answers that alone are enough for the disposition
    medicines: tuple[MedicineNote, ...]
    response: Response
    effective_answers: Mapping[str, EffectiveAnswer]
    always: tuple[str, ...]
    safety_net: tuple[str, ...]
    crisis: str
    clinician_note: str
    about_another: bool  # answered for another person: the words say "they"

    def lowering(self) -> list[Remark]:
        """The answers of which each, given differently, would make it less urgent. No line that would be
        ticked: “an operation” makes nobody safer, though what is sore after one may heal."""
        changes = [change for change in self.would_change if change.disposition in self._less_urgent()]
        return [change.remark for change in changes if not change.ticks_a_line]

    def lowering_together(self) -> ChangeTogether | None:
        """Where no single answer does that, the fewest that do together: those that lead furthest."""
        less = self._less_urgent()
        sets = [entry for entry in self.would_change_together if entry.disposition in less]
        sets = [entry for entry in sets if not any(change.ticks_a_line for change in entry.changes)]
        if not sets or self.lowering():
            return None
        return max(sets, key=lambda entry: (-len(entry.changes), less.index(entry.disposition)))

    def _less_urgent(self) -> tuple[Level, ...]:
        code = self.disposition.code
        return () if code == "unfinished" else LEVELS[LEVELS.index(code) + 1 :]

    def answer_data(self) -> dict[str, Any]:
        """The answers as plain data."""
        from triage.engine.response import plain

        return plain(self.response)
