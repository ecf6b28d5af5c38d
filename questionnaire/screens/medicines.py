"""The list of medicines: names or a whole list typed, what was read said back, doubts asked once."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from questionnaire.screens.medicine_offers import begins, name_offers, near_names, purpose_offers
from questionnaire.terminal.interface import Interface, Offer
from questionnaire.terminal.marks import Marks
from triage.conditions.leaf import NoAnswer, Ticks
from triage.engine.answers import MAX_MEDICINES, MAX_NAME
from triage.engine.response import MedicineAnswer
from triage.rulebook.medicines.mentions import Mention
from triage.rulebook.model import Item
from triage.rulebook.rulebook import Rulebook
from triage.text import NOT_SURE

_KEEP = ":keep-as-typed"
_LEAVE_OUT = ":leave-out"
_DONE = {"0", "none", "done", "no", "no more", "nothing else", "that is all", "thats all", "that's all"}
_NEW = "new, or changed in dose, in the last 6 weeks"
_STARTED = (
    Offer("recent", "Yes"),
    Offer("long_ago", "No, it has been the same for longer"),
    Offer("unsure", NOT_SURE),
)


def ask_medicines(
    interface: Interface,
    item: Item,
    rulebook: Rulebook,
    known: tuple[MedicineAnswer, ...],
    keep: Callable[[tuple[MedicineAnswer, ...]], None],
    draw: Callable[[], None],
) -> tuple[MedicineAnswer, ...] | NoAnswer | str:
    """The list of medicines, or a command (":back", ":help", ":why", ":review").

    ``keep`` is called after every change, so that a list that is not finished is not lost. ``draw``
    begins the page anew, without the prompts of medicines that are dealt with.
    """
    return _Asking(interface, item, rulebook, list(known), keep, draw).answer()


class _Asking:
    def __init__(
        self,
        interface: Interface,
        item: Item,
        rulebook: Rulebook,
        taken: list[MedicineAnswer],
        keep: Callable[[tuple[MedicineAnswer, ...]], None],
        draw: Callable[[], None],
    ) -> None:
        self.interface = interface
        self.item = item
        self.rulebook = rulebook
        self.taken = taken
        self.keep = keep
        self.draw = draw

    def answer(self) -> tuple[MedicineAnswer, ...] | NoAnswer | str:
        self.interface.question(self.item.text)
        while True:
            typed = self._line()
            off = re.fullmatch(r"x\s*(\d{1,2})?", typed.casefold())
            if typed.startswith(":"):
                return typed
            if off and self.taken:
                self._take_off(int(off[1]) if off[1] else len(self.taken))
            elif typed.casefold().rstrip(".!") in _DONE:
                ended = self._ended()
                if ended != ":back":
                    return ended
            elif typed.casefold() in ("u", "unsure", "not sure") and not self.taken:
                return NoAnswer.UNSURE
            elif typed:
                self._read(typed)
            else:
                done = "That was all? Then type 0." if self.taken else "None at all? Then type 0."
                self.interface.notice(f"{done} Or type the next name.", wrong=True)
            self.draw()
            if self.interface.rows is not None:  # a new page; lines that follow each other go on
                self.interface.question(self.item.text)

    def _line(self) -> str:
        """What is typed next, below the list so far."""
        self.interface.hint("Type one name, or paste your whole list. A few letters of a name will do.")
        self.interface.keys()
        self.interface.say("", *_listed(self.rulebook, self.taken))
        if self.taken:
            last = len(self.taken)
            ask = f"Next name? That was all: type 0. To take number {last} off, type x {last}."
        else:
            ask = "Which medicines? None: type 0. Not sure: type u."
        return self.interface.line(ask, pasted_lines=True)

    def _take_off(self, number: int) -> None:
        if not 1 <= number <= len(self.taken):
            self.interface.notice(f"There is no number {number} on your list.", wrong=True)
            return
        self.interface.notice(f"Taken off the list: {self.taken.pop(number - 1).name}.")
        self.keep(tuple(self.taken))

    def _read(self, typed: str) -> None:
        """Put on the list what was understood; ask about what was not, one thing after another."""
        mentions = self.rulebook.medicine_reader.read(typed)
        if typed.isdigit():
            self.interface.notice(
                "Please type the names of medicines, not numbers. When that was all, type 0.", wrong=True
            )
            return
        self._say_what_was_read(mentions)
        added = [(mention, self._add(MedicineAnswer(mention.text))) for mention in mentions]
        for mention, entry in added:  # all are on the list first: who stops here loses none
            if entry is not None and not mention.medicines:
                known = mention.kind is not None and not mention.words
                self._put(entry, self._of_kind(mention) if known else self._unknown(mention))

    def _put(self, entry: MedicineAnswer, answer: MedicineAnswer | None) -> None:
        """What an entry turned out to be; None takes it off the list."""
        place = self.taken.index(entry)
        self.taken.remove(entry)
        if answer is not None and self._add(answer) is not None:
            self.taken.insert(place, self.taken.pop())
        self.keep(tuple(self.taken))

    def _say_what_was_read(self, mentions: tuple[Mention, ...]) -> None:
        known = [described(m) for m in mentions if m.medicines]
        if known:
            count = "1 medicine" if len(known) == 1 else f"{len(known)} medicines"
            self.interface.notice(f"I read {count}: {'; '.join(known)}.")
        strange = [f"“{m.text}”" for m in mentions if m.words]
        if known and strange:
            self.interface.notice(f"I do not know: {'; '.join(strange)}.", wrong=True)

    def _add(self, answer: MedicineAnswer) -> MedicineAnswer | None:
        """The new entry of the list; None if it is there already, or the list is full."""
        if len(self.taken) >= MAX_MEDICINES:
            full = f"The list is full: {answer.name} is not on it. Type 0 to go on."
            self.interface.notice(full, wrong=True)
            return None
        read = self.rulebook.medicine_reader.read
        same = [entry.name for entry in self.taken if _means(read(entry.name)) == _means(read(answer.name))]
        if same:
            self.interface.notice(f"{answer.name} is on your list already.")
            return None
        self.taken.append(replace(answer, name=answer.name[:MAX_NAME]))
        self.keep(tuple(self.taken))
        return self.taken[-1]

    def _of_kind(self, mention: Mention) -> MedicineAnswer | None:
        """A kind of medicine was typed, such as “water tablet”: which one is it?"""
        assert mention.kind is not None
        if not mention.kind.such_as:
            return MedicineAnswer(mention.text)
        self.draw()
        offers = name_offers(self.rulebook, mention.kind.such_as)
        offers.append(Offer(_KEEP, f"Another one, or I do not know: keep “{mention.text}”"))
        offers.append(Offer(_LEAVE_OUT, "Leave it out"))
        picked = self.interface.pick(f"“{mention.text}”: is it one of these?", offers, commands=False)
        if picked == _LEAVE_OUT:
            return None
        return MedicineAnswer(mention.text if picked == _KEEP else picked)

    def _unknown(self, mention: Mention) -> MedicineAnswer | None:
        """A name that is not in the list: a slip, or another medicine. Then one thing is asked of it."""
        names = near_names(self.rulebook, mention)
        if names:
            self.draw()
            offers = name_offers(self.rulebook, names)
            offers.append(Offer(_KEEP, f"None of these: keep “{mention.text}” as it is"))
            offers.append(Offer(_LEAVE_OUT, "It is no medicine: leave it out"))
            begun = begins(" ".join(mention.words), names[0])
            unknown = "" if begun else " is not in our list"
            question = f"“{mention.text}”{unknown}: do you mean one of these?"
            picked = self.interface.pick(question, offers, commands=False)
            if picked == _LEAVE_OUT:
                return None
            if picked != _KEEP:
                return MedicineAnswer(picked)
        if mention.kind is not None:  # it was said with the name
            return MedicineAnswer(mention.text)
        self.draw()
        offers = [*purpose_offers(self.rulebook), Offer(_LEAVE_OUT, "It is no medicine: leave it out")]
        use = self.interface.pick(f"“{mention.text}”: what is it for?", offers, commands=False)
        return None if use == _LEAVE_OUT else MedicineAnswer(mention.text, use=use)

    def _ended(self) -> tuple[MedicineAnswer, ...] | str:
        """The finished list, once it is known which medicines are new; or ":back" to the list."""
        if not self.taken:
            return ()
        started = self._one_new() if len(self.taken) == 1 else self._which_new()
        if isinstance(started, str):
            return started
        return tuple(replace(m, started=since) for m, since in zip(self.taken, started, strict=True))

    def _one_new(self) -> list[str] | str:
        self.draw()
        (one,) = self.taken
        picked = self.interface.pick(f"{one.name}: {_NEW}?", _STARTED, prior=one.started or "")
        return picked if picked.startswith(":") else [picked]

    def _which_new(self) -> list[str] | str:
        """One question for the whole list."""
        codes = [str(number) for number in range(len(self.taken))]
        offers = [Offer(code, entry.name) for code, entry in zip(codes, self.taken, strict=True)]
        self.draw()
        answer = self.interface.tick(f"Which of these are {_NEW}?", Marks(offers, _prior(self.taken)))
        return answer if isinstance(answer, str) else [_since(answer, code) for code in codes]


def _since(answer: Ticks | NoAnswer, code: str) -> str:
    if isinstance(answer, NoAnswer) or code in answer.unsure:
        return "unsure"
    return "recent" if code in answer.ticked else "long_ago"


def _prior(taken: list[MedicineAnswer]) -> Ticks | None:
    """The answer given before; None if there is none for each medicine."""
    if any(entry.started not in ("recent", "long_ago", "unsure") for entry in taken):
        return None
    told = {str(number): entry.started for number, entry in enumerate(taken)}
    recent, unsure = (frozenset(c for c, s in told.items() if s == since) for since in ("recent", "unsure"))
    return Ticks(recent, unsure)


def _means(mentions: tuple[Mention, ...]) -> object:
    """What two entries have in common if they are the same medicine."""
    return [mention.generic or mention.text.casefold() for mention in mentions]


def described(mention: Mention) -> str:
    """The name as typed, and what it is if that is another name."""
    known = mention.generic.casefold()
    return (
        mention.text if known in mention.text.casefold() else f"{mention.text} (that is {mention.generic})"
    )


def _listed(rulebook: Rulebook, taken: list[MedicineAnswer]) -> list[str]:
    if not taken:
        return []
    names = []
    for number, entry in enumerate(taken, 1):
        mentions = rulebook.medicine_reader.read(entry.name)
        shown = described(mentions[0]) if len(mentions) == 1 and mentions[0].medicines else entry.name
        names.append(f"{number} {shown}")
    return [f"On your list: {' · '.join(names)}."]
