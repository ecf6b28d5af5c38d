"""The shape of ``medicine_words.yaml``: how people write their medicines, and what a kind leaves open."""

from __future__ import annotations

from typing import Annotated

from triage.rulebook.frozen import Frozen, Narrow
from triage.rulebook.model import Id, Words


class MedicineKind(Frozen):
    """A kind of medicine in everyday words, such as "water tablet".

    Kinds with a ``text`` are offered where it is asked what a medicine is for. ``are`` are classes (or
    groups) to which such a medicine surely belongs, ``may_be`` those to which it may: these are
    unknown, all others absent. ``asks`` are those of them whose closer questions are asked.
    """

    id: Id
    text: Words | None = None
    said: tuple[Words, ...] = ()  # words for such a medicine
    purposes: tuple[Words, ...] = ()  # words that say what it is for: "for …", "… tablet"
    are: tuple[Id, ...] = ()
    may_be: tuple[Id, ...] = ()
    asks: tuple[Id, ...] = ()
    such_as: tuple[Words, ...] = ()  # names to offer: "Is it one of these?"


class Salt(Frozen):
    """Words for the salt of a medicine: they are part of its name, and no medicine of their own.

    ``of`` names the medicines (generic names) that have such a salt; without it, any may.
    """

    words: Annotated[tuple[Words, ...], Narrow(min_length=1)]
    of: tuple[Words, ...] = ()


class Unplaced(Frozen):
    """What a medicine may be of which neither the name nor the use is known: anything but ``never``."""

    asks: tuple[Id, ...] = ()
    never: tuple[Id, ...] = ()  # asked for by questions of their own


class MedicineWords(Frozen):
    """The whole file."""

    kinds: tuple[MedicineKind, ...] = ()
    unplaced: Unplaced = Unplaced()
    none: tuple[Words, ...] = ()  # "nothing": the whole text means that no medicine is taken
    no_name: tuple[Words, ...] = ()  # "I don't know the name": a medicine, but no name to look for
    salts: tuple[Salt, ...] = ()
    forms: tuple[Words, ...] = ()  # tablet, inhaler, slow release …
    times: tuple[Words, ...] = ()  # twice a day, as needed …
    makers: tuple[Words, ...] = ()
    fillers: tuple[Words, ...] = ()  # my, take, also …
    look_alikes: tuple[tuple[Words, ...], ...] = ()  # names that are known to be mixed up
