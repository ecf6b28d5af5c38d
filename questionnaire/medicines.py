"""Picking medicines: a few letters, a confirmed match, when it was started, and the next one."""

from __future__ import annotations

from collections.abc import Callable

from questionnaire.face import Face, Offer
from questionnaire.wording import NOT_SURE
from triage.answers import MAX_MEDICINES, MAX_NAME
from triage.conditions.standing import Silence
from triage.names import fold, nearest, without_dose
from triage.response import MedicineAnswer
from triage.rulebook.model import Item
from triage.rulebook.rulebook import Rulebook

_KEEP = ":keep-as-typed"
_AGAIN = ":again"
_STARTED = (
    Offer("recent", "In the last 6 weeks (also if the dose changed)"),
    Offer("long_ago", "Longer ago"),
    Offer("unsure", NOT_SURE),
)


def ask_medicines(
    face: Face,
    item: Item,
    rulebook: Rulebook,
    known: tuple[MedicineAnswer, ...],
    keep: Callable[[tuple[MedicineAnswer, ...]], None],
) -> tuple[MedicineAnswer, ...] | Silence | str:
    """The list of medicines, or a command (":back", ":help", ":why", ":review").

    ``keep`` is called after every change, so that a list that is not finished is not lost.
    """
    taken = list(known)
    face.say(item.text)
    face.keys()
    while True:
        face.say("", *_listed(taken))
        done = "Done? Type 0. x takes the last one off." if taken else "None? Type 0. Not sure? Type u."
        typed = face.line(f"Name of a medicine (a few letters will do). {done}")
        if typed.casefold() == "x" and taken:
            face.say(f"Taken off the list: {taken.pop().name}.")
            keep(tuple(taken))
            continue
        if typed.startswith(":"):
            return typed
        if typed.casefold() in ("0", "none", "done", "no"):
            return tuple(taken)
        if typed.casefold() in ("u", "unsure", "not sure") and not taken:
            return Silence.UNSURE
        if not typed:
            continue
        if len(taken) >= MAX_MEDICINES:
            face.say("The list is full. Type 0 to go on.")
            continue
        name = _understood(face, rulebook, typed[:MAX_NAME].strip())
        if name in (":help", ":why", ":review"):
            return name
        if name in (_AGAIN, ":back"):
            continue
        if fold(name) in {fold(entry.name) for entry in taken}:
            face.say(f"{name} is on your list already.")
            continue
        started = face.pick(_when(rulebook, name), _STARTED)
        if started in (":help", ":why", ":review"):
            return started
        if started == ":back":
            continue
        taken.append(MedicineAnswer(name, started))
        keep(tuple(taken))


def _when(rulebook: Rulebook, name: str) -> str:
    """Says what was understood, and asks since when."""
    known = rulebook.medicine(name)
    other = f" (that is {known.generic})" if known and fold(known.generic) not in fold(name) else ""
    return f"{name}{other}: when was it started, or last changed?"


def _listed(taken: list[MedicineAnswer]) -> list[str]:
    if not taken:
        return []
    return [f"On your list: {', '.join(entry.name for entry in taken)}."]


def _understood(face: Face, rulebook: Rulebook, typed: str) -> str:
    """The name to keep, confirmed by the person; or a command, among them to type it again."""
    known = rulebook.medicine(typed)
    if known is not None and fold(known.generic) in without_dose(typed):
        return typed
    matches = matching(rulebook, typed)
    if known is not None:
        question = f"“{typed}” is a name for {known.generic}. Is this it?"
    else:
        question = "Which one do you mean?" if matches else f"“{typed}” is not in our list."
    offers = [Offer(name, _described(rulebook, name)) for name in matches]
    offers.append(Offer(_KEEP, f"Something else: keep “{typed}” for the clinician to see"))
    offers.append(Offer(_AGAIN, "Type the name again"))
    picked = face.pick(question, offers)
    return typed if picked == _KEEP else picked


def _described(rulebook: Rulebook, name: str) -> str:
    generic = rulebook.names[fold(name)].generic
    return name if generic == name else f"{name} (that is {generic})"


def matching(rulebook: Rulebook, typed: str, limit: int = 6) -> list[str]:
    """Known names for what was typed: the exact one, those that begin so, then the nearest."""
    known = rulebook.medicine(typed)
    names = {name for m in rulebook.medicines.values() for name in (m.generic, *m.brands)}
    if known is not None:
        forms = without_dose(typed)
        return [n for n in (known.generic, *known.brands) if fold(n) in forms][:1]
    wanted = without_dose(typed)[-1]
    beginning = sorted(name for name in names if fold(name).startswith(wanted)) if wanted else []
    close = nearest(wanted, names, limit=limit) if len(wanted) > 2 and not beginning else []
    one_each: dict[str, str] = {}  # one name for each medicine
    for name in [*beginning, *close]:
        one_each.setdefault(rulebook.names[fold(name)].generic, name)
    return list(one_each.values())[:limit]
