"""What to offer for a text that is no name in the list: names that are near, and kinds."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from questionnaire.terminal.interface import Offer
from triage.names import fold, nearest
from triage.rulebook.medicines.mentions import Mention
from triage.rulebook.medicines.tokens import name_key
from triage.rulebook.rulebook import Rulebook
from triage.text import NOT_SURE

MOST = 6  # names offered at once
_SHORTEST = 3  # so many letters can be the beginning of a name
_NEAR = 60.0  # per cent of letters: low, so that a wrong name never stands alone


def near_names(rulebook: Rulebook, mention: Mention) -> list[str]:
    """Names that somebody who typed this may mean: those that begin so, then the nearest.

    One for each medicine. Where a name is known to be mixed up with another, both are offered.
    """
    wanted = " ".join(mention.words)
    names = [name for m in rulebook.medicines.values() for name in (m.generic, *m.brands)]
    if sum(char.isalpha() for char in wanted) < _SHORTEST:
        return []
    begun = sorted(filter(partial(begins, wanted), names), key=partial(_order, rulebook))
    first = _one_each(rulebook, begun)
    close = [] if len(first) > 1 else nearest(wanted, names, limit=MOST * 4, cutoff=_NEAR)
    close = _generic_if_near(rulebook, close)
    found = _one_each(rulebook, [*first, *close])[:MOST]
    return _one_each(rulebook, _with_look_alikes(rulebook, found, [*begun, *close]))[:MOST]


def begins(wanted: str, name: str) -> bool:
    """Whether the name begins with what was typed of it."""
    return fold(name).startswith(wanted)


def _order(rulebook: Rulebook, name: str) -> tuple[bool, int, str]:
    """Generic names first, then short ones."""
    return name not in rulebook.medicines, len(name), name


def _generic_if_near(rulebook: Rulebook, names: list[str]) -> list[str]:
    """The names, a brand replaced by its generic name if that is near too: it stands on most boxes."""
    index = rulebook.medicine_reader.names
    generic = (index[name_key(name)].generic for name in names)
    return [own if own in names else name for name, own in zip(names, generic, strict=True)]


def _with_look_alikes(rulebook: Rulebook, names: Iterable[str], near: Iterable[str]) -> list[str]:
    """The names, each followed by those with which it, or a near name of the same medicine, is mixed up."""
    index = rulebook.medicine_reader.names
    alike: dict[str, list[str]] = {}
    close = {name_key(name) for name in near}
    for group in rulebook.medicine_words.look_alikes:
        for name in group:
            if name_key(name) in close:
                alike.setdefault(index[name_key(name)].generic, []).extend(group)
    return [other for name in names for other in (name, *alike.get(index[name_key(name)].generic, ()))]


def _one_each(rulebook: Rulebook, names: Iterable[str]) -> list[str]:
    one: dict[str, str] = {}
    for name in names:
        medicine = rulebook.medicine_reader.names.get(name_key(name))
        if medicine is not None:
            one.setdefault(medicine.generic, name)
    return list(one.values())


def name_offers(rulebook: Rulebook, names: Iterable[str]) -> list[Offer]:
    """The names, a brand with what it is."""
    offers = []
    for name in names:
        medicine = rulebook.medicine_reader.names.get(name_key(name))
        same = medicine is None or name_key(medicine.generic) == name_key(name)
        offers.append(
            Offer(name, name if same or medicine is None else f"{name} (that is {medicine.generic})")
        )
    return offers


def purpose_offers(rulebook: Rulebook) -> list[Offer]:
    """What a medicine can be for."""
    kinds = [Offer(kind.id, kind.text) for kind in rulebook.medicine_words.kinds if kind.text]
    return [*kinds, Offer("unsure", NOT_SURE)]
