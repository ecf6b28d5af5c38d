"""Reading medicines as people write them: one name, or a whole list with doses, forms and remarks.

Nothing that was typed is lost: every word belongs to a known medicine, to a kind of medicine, or to
a piece of text that is not understood and stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from typing import TypeVar

from triage.rulebook.medicines.index import MedicineIndex, singular
from triage.rulebook.medicines.mentions import Mention, OpenMention, trimmed
from triage.rulebook.medicines.tokens import Mark, cut
from triage.rulebook.medicines.words import MedicineKind, MedicineWords
from triage.rulebook.model import Medicine

_CONNECTORS = frozenset({"and", "plus", "und", "et", "y", "also"})
_BEFORE_PURPOSE = frozenset({"my", "the", "his", "her", "a", "high"})
T = TypeVar("T")
_DENIALS = frozenset(
    {"not", "no", "never", "without", "allergic", "allergy", "wife", "husband", "neighbour"}
)
_REMARK = 3  # so many words after "for" belong to the medicine before it


class MedicineReader(MedicineIndex):
    """Reads texts with the names of one rulebook."""

    def __init__(self, medicines: Mapping[str, Medicine], words: MedicineWords) -> None:
        super().__init__(medicines, words)
        self._read: dict[str, tuple[Mention, ...]] = {}

    def read(self, text: str) -> tuple[Mention, ...]:
        """Every medicine in the text, in its order. Empty: the text says that there is none."""
        if text not in self._read:
            self._read[text] = tuple(_Reading(self, text).mentions())
        return self._read[text]

    def unread(self) -> MedicineReader:
        """The same reader with every index worked out, which has read nothing yet."""
        self.prepare()
        made = copy(self)
        made._read = {}
        return made

    def medicine(self, text: str) -> Medicine | None:
        """The one medicine that the text means; None if there is none, or more than one."""
        mentions = self.read(text)
        known = mentions[0].medicines if len(mentions) == 1 else ()
        return known[0] if len(known) == 1 else None


class _Reading:
    """One text, read from left to right."""

    def __init__(self, reader: MedicineReader, text: str) -> None:
        self.reader = reader
        self.text = text
        self.tokens = cut(text)
        self.found: list[OpenMention] = []
        self.now: OpenMention | None = None  # the mention that what follows may still belong to
        self.waiting: int | None = None  # where remarks begin that no mention has taken yet

    def mentions(self) -> list[Mention]:
        words = tuple(t.text for t in self.tokens if t.mark in (Mark.WORD, Mark.DOSE))
        if not words or words in self.reader.none:
            return []
        whole = self.reader.names.get(words)
        if whole is not None:  # also names with brackets
            return [Mention(trimmed(self.text), (whole,))]
        at = 0
        while at < len(self.tokens):
            at = self._step(at)
        if self.waiting is not None:  # remarks only: they belong to what stands before them
            if not self.found:
                self.found.append(OpenMention(self.waiting, len(self.text)))
            self.found[-1].end = self.tokens[-1].end
        return [part.mention(self.text) for part in self.found]

    def _step(self, at: int) -> int:
        """Take what stands here; returns where to go on."""
        token = self.tokens[at]
        if token.mark is Mark.PART:
            if self.waiting is not None and self.found:  # "ramipril, once daily, …"
                self.found[-1].end, self.waiting = self.tokens[at - 1].end, None
            self.now = None
            return at + 1
        if token.mark is Mark.JOIN:
            if token.text in "+&":
                self.now = None
            return at + 1
        named, name_end = self._longest(at, self.reader.names)
        kind, kind_end = self._longest(at, self.reader.kinds, plural=True)
        if named is None and token.mark is Mark.WORD:
            named, name_end = self.reader.heard(token.text), at + 1
        _, remark_end = self._longest(at, self.reader.remarks)
        if named is not None and self._denied():
            for word in range(at, name_end - 1):
                self._unknown(word)
            return self._unknown(name_end - 1)
        if kind is not None and (named is None or kind_end > name_end):
            if self.now is None or kind_end > remark_end:  # "ibuprofen gel" is one thing
                return self._kind(at, kind_end, kind)
            return self._remark(at, remark_end)
        if named is not None:
            return self._name(at, name_end, named)
        nameless, end = self._longest(at, self.reader.no_name)
        if nameless:
            self._begin(at, end)
            return end
        if token.text in _CONNECTORS and 0 < at < len(self.tokens) - 1:
            self.now = None
            return at + 1
        if token.text == "for" and at + 1 < len(self.tokens):
            return self._purpose(at)
        if token.mark is Mark.DOSE or token.text.isdigit():
            return self._remark(at, at + 1)
        if remark_end > at:
            return self._remark(at, remark_end)
        if (
            self.now is not None
            and self.now.medicines
            and self.reader.bears(token.text, self.now.medicines)
        ):
            return self._remark(at, at + 1)
        return self._unknown(at)

    def _longest(
        self, at: int, index: Mapping[tuple[str, ...], T], *, plural: bool = False
    ) -> tuple[T | None, int]:
        """The longest key of the index that stands here, and where it ends (``at`` if none does)."""
        key: list[str] = []
        best: tuple[T | None, int] = None, at
        for number in range(at, len(self.tokens)):
            token = self.tokens[number]
            if token.mark is Mark.PART or token.text in "()" or self._between(number):
                break
            if token.mark is Mark.JOIN:
                continue
            key.append(token.text)
            if len(key) > self.reader.longest:
                break
            known = index.get(singular(tuple(key)) if plural else tuple(key))
            if known is not None:
                best = known, number + 1
        return best

    def _denied(self) -> bool:
        """Whether what stands before says that it is not taken, or by somebody else."""
        return self.now is not None and not self.now.medicines and not _DENIALS.isdisjoint(self.now.words)

    def _between(self, number: int) -> bool:
        """Whether this is a sign between two medicines: "a + b", but not "600+D"."""
        token = self.tokens[number]
        around = self.text[max(0, token.start - 1) : token.start] + self.text[token.end : token.end + 1]
        return token.text in ("+", "&") and " " in around

    def _name(self, at: int, end: int, medicine: Medicine) -> int:
        now = self.now
        if now is not None and now.medicines:
            between = self.text[now.end : self.tokens[at].start]
            joined = between in ("/", "-")
            if medicine in now.medicines or joined:  # "brand (generic)"; a product of two parts
                now.medicines = tuple(dict.fromkeys((*now.medicines, medicine)))
                now.end = self.tokens[end - 1].end
                return end
        key = self.tokens[at].text
        alone = now is not None and end == at + 1 and self._beside(at)
        if alone and now is not None and now.medicines and self.reader.bears(key, now.medicines):
            return self._remark(at, end)  # "losartan potassium"
        self._begin(at, end, (medicine,))
        return end

    def _beside(self, at: int) -> bool:
        """Whether nothing but a blank or a hyphen stands between this word and the mention before."""
        return self.now is not None and self.text[self.now.end : self.tokens[at].start].strip(" -") == ""

    def _kind(self, at: int, end: int, kind: MedicineKind) -> int:
        now = self.now
        if now is not None and self._describes(now, kind):
            now.kind = now.kind or (None if now.medicines else kind)
            now.end = self.tokens[end - 1].end
            return end
        self._begin(at, end)
        self.found[-1].kind = kind
        return end

    def _describes(self, now: OpenMention, kind: MedicineKind) -> bool:
        """Whether words for a kind say what the medicine before them is, and are no other medicine."""
        if not now.medicines:
            return now.kind is None and bool(now.words)
        classes = {name for medicine in now.medicines for name in medicine.classes}
        return not classes.isdisjoint(kind.may_be)

    def _purpose(self, at: int) -> int:
        """Words after "for": what the medicine before them is for."""
        if self.now is None:  # "tablets for …"
            self._begin(at, at + 1)
        assert self.now is not None
        first = at + 1
        while first < len(self.tokens) and self.tokens[first].text in _BEFORE_PURPOSE:
            first += 1
        kind, end = self._longest(first, self.reader.purposes, plural=True)
        if kind is None:
            while end < len(self.tokens) and end - first < _REMARK and self._is_plain(end):
                end += 1
        elif not self.now.medicines and self.now.kind is None:
            self.now.kind = kind
        self.now.end = self.tokens[end - 1].end
        return max(end, at + 1)

    def _is_plain(self, at: int) -> bool:
        """A word that begins no medicine, no kind and no remark."""
        token = self.tokens[at]
        indexes = (self.reader.names, self.reader.kinds, self.reader.remarks)
        return (
            token.mark is Mark.WORD
            and token.text not in _CONNECTORS
            and all(self._longest(at, index)[1] == at for index in indexes)
        )

    def _remark(self, at: int, end: int) -> int:
        if self.now is not None:
            self.now.end = self.tokens[end - 1].end
        elif self.waiting is None:
            self.waiting = self.tokens[at].start
        return end

    def _unknown(self, at: int) -> int:
        now = self.now
        if now is not None and not now.medicines and now.kind is None:
            now.end = self.tokens[at].end
        else:
            self._begin(at, at + 1)
        self.found[-1].words += (self.tokens[at].text,)
        return at + 1

    def _begin(self, at: int, end: int, medicines: tuple[Medicine, ...] = ()) -> None:
        """A new mention, with the remarks that stand before it ("20 mg", "my")."""
        start = self.tokens[at].start if self.waiting is None else self.waiting
        self.waiting = None
        self.now = OpenMention(start, self.tokens[end - 1].end, medicines)
        self.found.append(self.now)
