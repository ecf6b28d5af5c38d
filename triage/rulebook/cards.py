"""The cards of the rulebook: red flags, patterns, factors, theories and advice."""

from __future__ import annotations

from dataclasses import field
from typing import Annotated, Any, Literal, TypeAlias

from triage.rulebook.frozen import Frozen, Narrow
from triage.rulebook.model import ClaimId, Condition, Day, Id, Level, Lines, OwnPage, Status, Verdict, Words


class Examples(Frozen):
    """Answers (only those that matter) for which the card fires, stays silent, or cannot tell.

    For an advice card the other questions get their ``usual`` answers, and ``withheld``
    names answers with which a guard holds it back.
    """

    fires: Annotated[tuple[dict[str, Any], ...], Narrow(min_length=1)]
    silent: Annotated[tuple[dict[str, Any], ...], Narrow(min_length=1)]
    unsure: tuple[dict[str, Any], ...] = ()
    withheld: tuple[dict[str, Any], ...] = ()


NO_EXAMPLES = Examples(fires=(), silent=())


class Event(Frozen):
    """One change of a card's status: when, to what, by whom, and why."""

    on: Day
    status: Status
    by: Words
    why: Words


class Card(Frozen):
    """What every card has. ``history`` ends with the present status."""

    id: Id
    title: Words
    status: Status
    evidence: Verdict
    because: Words
    clinician: Words
    sources: Annotated[tuple[Id, ...], Narrow(min_length=1)]
    claims: tuple[ClaimId, ...] = ()
    examine: tuple[Words, ...] = ()  # what the clinician may look at
    consider: Lines = ()  # tests the clinician may consider, some of them for some people only
    reviewed_on: Day
    history: tuple[Event, ...] = ()
    examples: Examples


class RedFlag(Card):
    """Raises the disposition by itself. ``if_unsure`` says what "not sure" leads to.

    ``say`` is what to tell on the phone: whatever else is found, one sentence is made of it all. A card
    that fires for one of several signs lists their questions in ``say_signs``: then the signs that were
    told stand in place of ``say``, followed by ``say_with``.
    ``also_do`` are further lines of ``do_now``, each for those whom it concerns. ``brief`` says in few
    words what it may be.
    """

    brief: Words | None = None

    when: Condition
    disposition: Level
    if_unsure: Level
    do_now: Words
    also_do: Lines = ()
    say: Words | None = None
    say_signs: tuple[Id, ...] = ()
    say_with: Words | None = None
    general: bool = False  # stands after those that say more exactly what it is
    ask_first: bool = False  # it is about the next dose: nobody is told beside it to keep taking
    own_page: OwnPage | None = None


class Pattern(Card):
    """A recognisable picture, such as restless legs. ``brief`` names it after “This looks like”.

    ``brief_when_soon`` does so where a red flag asks for a visit within a week: nothing is “ordinary” then.

    ``cramp``: it is one of cramps, so what is linked with cramps may add to it.

    ``in_place_of`` lists pictures that are not named there beside it: it says more exactly the same.
    """

    brief: Words
    brief_when_soon: Words | None = None
    cramp: bool = False
    in_place_of: tuple[Id, ...] = ()
    when: Condition
    disposition: Level
    do_now: Words | None = None
    against_when: Condition | None = None  # what speaks against it, shown if it is so


class Factor(Card):
    """A possible contributing factor; never changes the disposition.

    What studies speak against, or have never shown, is a ``Theory``. ``brief`` is what an illness is
    called after “your”, on the first page; a medicine is called as it was typed. ``beside`` lists the
    pictures and red flags beside which it is named there; without it, those of cramps.
    """

    brief: Words | None = None
    beside: tuple[Id, ...] = ()
    evidence: Literal["supported", "plausible", "contested"]
    when: Condition
    against_when: Condition | None = None  # what speaks against it, shown if it is so


class Theory(Card):
    """What a source document says of a picture like this one, without good grounds.

    Shown apart from the contributing factors, as ``claimed`` (by the documents of its claims),
    ``because`` (what is known) and ``think_of`` (what real illness to think of instead). No other
    card may build on it: it leads to no advice and to no disposition.
    """

    evidence: Literal["contested", "unproven", "refuted"]
    when: Condition
    claims: Annotated[tuple[ClaimId, ...], Narrow(min_length=1)] = field()  # needed here
    claimed: Words
    think_of: Words


class Guard(Frozen):
    """Who must not follow an advice (``block_when``) or should take care (``caution_when``).

    ``instead`` is the advice that says the same more strictly: where it is shown, nobody needs to
    read that this one is held back.
    """

    why: Words
    block_when: Condition | None = None
    caution_when: Condition | None = None
    instead: Id | None = None


class Advice(Card):
    """Something to try, to ask, to know or to avoid, with its guards.

    ``shown_at`` lists the dispositions at which it may be shown at all. ``now`` (the one thing to do
    now) and ``when_it_comes`` are its short words for the first page. ``meanwhile`` says what may be
    done where it is held back: something that harms nobody.
    """

    kind: Literal["try", "ask", "know", "avoid"]
    offer_when: Condition
    text: Words
    now: Words | None = None
    when_it_comes: Words | None = None
    meanwhile: Words | None = None
    stop_rule: Words
    guards: tuple[Guard, ...] = ()
    shown_at: tuple[Level, ...] = ("routine", "self_care")
    rank: int = 50


AnyCard: TypeAlias = RedFlag | Pattern | Factor | Theory | Advice
CARD_FOLDERS: dict[str, type[AnyCard]] = {
    "red_flags": RedFlag,
    "patterns": Pattern,
    "factors": Factor,
    "theories": Theory,
    "advice": Advice,
}
