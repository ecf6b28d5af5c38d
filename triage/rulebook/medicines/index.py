"""The words by which medicines, kinds of medicines and remarks beside them are found in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache

from triage.names import fold, nearest
from triage.rulebook.medicines.tokens import fold_word, name_key, sound
from triage.rulebook.medicines.words import MedicineKind, MedicineWords
from triage.rulebook.model import Medicine
from triage.value import Same

_FORMS = ("tablet", "pill", "medicine", "medication", "med", "drug", "capsule", "injection", "jab", "shot")
_ALIKE = 85.0  # a name so like another is a slip of it (per cent of letters)
_LONG_JOINED = 6  # "rice" is no R-ICE
_LONG_NAME = 7  # from so many letters on two names of one sound are one name


class MedicineIndex:
    """The names and words of one rulebook, each as the words that ``tokens`` cuts."""

    def __init__(self, medicines: Mapping[str, Medicine], words: MedicineWords) -> None:
        self.medicines = medicines
        self.words = words

    def prepare(self) -> None:
        """Work out every index now: else each is when it is first needed."""
        for name, value in vars(MedicineIndex).items():
            if isinstance(value, cached_property):
                getattr(self, name)

    @cached_property
    def names(self) -> dict[tuple[str, ...], Medicine]:
        """Every generic and brand name, as words; names of several words also written as one."""
        return _names(Same(*self.medicines.values()))

    @cached_property
    def sounds(self) -> dict[str, Medicine | None]:
        """Names by their sound; None where two medicines sound the same."""
        index: dict[str, Medicine | None] = {}
        for key, medicine in self.names.items():
            heard = sound(key[0]) if len(key) == 1 else ""
            if len(heard) >= _LONG_NAME - 1:
                same = index.setdefault(heard, medicine)
                if same is not None and same.generic != medicine.generic:
                    index[heard] = None
        return index

    @cached_property
    def kinds(self) -> dict[tuple[str, ...], MedicineKind]:
        """The words for kinds of medicines, without plurals; "… tablet" for each purpose."""
        index: dict[tuple[str, ...], MedicineKind] = {}
        narrow_first = sorted(self.words.kinds, key=lambda kind: kind.text is not None)
        for kind in narrow_first:
            for said in kind.said:
                index.setdefault(singular(name_key(said)), kind)
        for kind in narrow_first:
            for purpose in kind.purposes:
                for form in _FORMS:
                    index.setdefault(singular((*name_key(purpose), form)), kind)
        return index

    @cached_property
    def purposes(self) -> dict[tuple[str, ...], MedicineKind]:
        """What stands after "for"."""
        return {
            singular(name_key(said)): kind
            for kind in sorted(self.words.kinds, key=lambda kind: kind.text is None)  # the narrow one wins
            for said in (*kind.said, *kind.purposes)
        }

    @cached_property
    def by_id(self) -> dict[str, MedicineKind]:
        return {kind.id: kind for kind in self.words.kinds}

    @cached_property
    def remarks(self) -> dict[tuple[str, ...], bool]:
        """Words beside a name that are no name: forms, times, makers, fillers."""
        words = (*self.words.forms, *self.words.times, *self.words.makers, *self.words.fillers)
        return dict.fromkeys((name_key(word) for word in words), True)

    @cached_property
    def salts(self) -> dict[str, frozenset[str]]:
        """For every word of a salt the generic names that have it; empty: any."""
        found: dict[str, frozenset[str]] = {}
        for salt in self.words.salts:
            bearers = (self.names.get(name_key(name)) for name in salt.of)
            generics = frozenset(medicine.generic for medicine in bearers if medicine is not None)
            found.update((fold_word(word), generics) for word in salt.words)
        return found

    @cached_property
    def none(self) -> frozenset[tuple[str, ...]]:
        return frozenset(name_key(text) for text in self.words.none)

    @cached_property
    def no_name(self) -> dict[tuple[str, ...], bool]:
        return dict.fromkeys((name_key(text) for text in self.words.no_name), True)

    @cached_property
    def longest(self) -> int:
        """Words in the longest name, kind or remark."""
        return max(
            (len(key) for key in (*self.names, *self.kinds, *self.remarks, *self.no_name)), default=1
        )

    def may_mean(self, name: str) -> list[Medicine]:
        """The medicines of which this holds the name, or is the beginning; else the one most like it."""
        typed, named = (
            fold(name),
            {fold(n): m for m in self.medicines.values() for n in (m.generic, *m.brands)},
        )
        within = [named[word] for word in re.findall(r"[^\W_]{5,}", typed) if word in named]
        begun = [
            medicine for known, medicine in named.items() if known.startswith(typed) and len(typed) > 2
        ]
        near = () if within or begun else nearest(typed, named, cutoff=_ALIKE)
        return [*dict.fromkeys((*within, *begun, *(named[known] for known in near)))]

    def heard(self, word: str) -> Medicine | None:
        """The medicine whose name is spelt otherwise in another country."""
        return self.sounds.get(sound(word)) if len(word) >= _LONG_NAME else None

    def bears(self, word: str, medicines: Iterable[Medicine]) -> bool:
        """Whether the word can be the salt of one of these."""
        of = self.salts.get(word)
        return of is not None and (not of or any(m.generic in of for m in medicines))


@lru_cache(maxsize=2)  # rules that are read again have the same medicines, most of the time
def _names(same: Same[Medicine]) -> dict[tuple[str, ...], Medicine]:
    index: dict[tuple[str, ...], Medicine] = {}
    for medicine in same.things:
        for name in (medicine.generic, *medicine.brands):
            index.setdefault(name_key(name), medicine)
    for key, medicine in list(index.items()):
        joined = "".join(key)
        if len(key) > 1 and len(key[-1]) > 1 and len(joined) >= _LONG_JOINED:  # "vitamine" is no vitamin E
            index.setdefault((joined,), medicine)
    return index


def singular(key: tuple[str, ...]) -> tuple[str, ...]:
    """The words without a plural -s, so that "water tablets" is "water tablet"."""
    return tuple(word[:-1] if len(word) > 3 and word.endswith("s") else word for word in key)
