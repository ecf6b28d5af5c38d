"""Loading a folder of YAML into a rulebook: every problem at once, each at its place."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path as FilePath
from typing import Any as Anything
from typing import TypeVar

from triage.conditions.nodes import Node
from triage.names import did_you_mean
from triage.problems import Invalid, Place, Problem
from triage.rulebook.cards import CARD_FOLDERS
from triage.rulebook.diary.rules import DiaryRules
from triage.rulebook.evidence import Claim, Contradiction, Source
from triage.rulebook.frozen import Frozen, keys_of
from triage.rulebook.hazards import Hazard
from triage.rulebook.invariants import Invariant, written_out
from triage.rulebook.medicine_classes import Expansion, as_gate, expanded
from triage.rulebook.medicines.words import MedicineWords
from triage.rulebook.model import Frame, Item, Medicine, MedicineClass, OtherPerson
from triage.rulebook.option_gates import OptionGates
from triage.rulebook.reading.folder import (
    BUILT_IN,
    BUILT_IN_FILES,
    DIARY,
    FRAME,
    HAZARDS,
    INVARIANTS,
    LISTS,
    MEDICINE_WORDS,
    OTHER_PERSON,
    TOP_FILES,
    Folder,
    laid_over,
    read_folder,
)
from triage.rulebook.reading.source import Path, YamlDocument
from triage.rulebook.reading.validate import shaped
from triage.rulebook.rulebook import Rulebook

M = TypeVar("M", bound=Frozen)


def load(folder: FilePath) -> Rulebook:
    """Read the rulebook in ``folder``, laid over the built-in one if it ``extends`` that.

    Raises ``Invalid`` with every problem found: unreadable files, wrong shapes, and (from
    ``check``) parts that do not fit together. Never another exception.
    """
    files = read_folder(folder)
    if not files.extends:
        return _checked(files, None)
    below = read_folder(BUILT_IN, BUILT_IN_FILES)
    return _checked(laid_over(files, below), _built_in(below.digest))


@lru_cache(maxsize=1)
def _built_in(digest: str) -> Rulebook:  # noqa: ARG001 -- what the cache goes by
    """The built-in rulebook with this digest: who watches a clinic's folder asks for it on every save."""
    return _checked(read_folder(BUILT_IN, BUILT_IN_FILES), None)


def _checked(files: Folder, base: Rulebook | None) -> Rulebook:
    from triage.rulebook.checks.references import check  # check reads rulebooks, load makes them

    loader = _Loader(files)
    rulebook = loader.rulebook(base)
    broken = {problem.place.file for problem in loader.problems}
    problems = [*loader.problems, *(check(rulebook, broken) if rulebook else ())]
    if problems or rulebook is None:
        raise Invalid(problems)
    return rulebook


class _Loader:
    def __init__(self, files: Folder) -> None:
        self.problems: list[Problem] = list(files.problems)
        self.documents = files.documents
        self.digest = files.digest
        self.origins: dict[str, tuple[str, Path]] = {}

    def rulebook(self, base: Rulebook | None) -> Rulebook | None:
        """The rulebook, or None if it could not be put together at all."""
        if not self.documents and any(p.code in ("no-folder", "too-large") for p in self.problems):
            return None
        frame = self._frame()
        items = self._listed("items", "item", Item, folder=True)
        classes = self._listed("classes", "class", MedicineClass, file="medicines.yaml")
        medicines = self._listed("medicines", "medicine", Medicine, file="medicines.yaml", key="generic")
        sources = self._listed("sources", "source", Source, file="sources.yaml")
        claims = self._listed("claims", "claim", Claim, file="claims.yaml")
        contradictions = self._listed("contradictions", "contradiction", Contradiction, file="claims.yaml")
        hazards = self._listed("hazards", "hazard", Hazard, file=HAZARDS)
        invariants = self._listed("invariants", "invariant", Invariant, file=INVARIANTS)
        cards = self._cards(classes)
        if frame is None:
            return None
        order = {section.id: index for index, section in enumerate(frame.sections)}
        asked = sorted(items.values(), key=lambda item: order.get(item.section, len(order)))
        words = self._alone(MedicineWords, MEDICINE_WORDS)
        expand = Expansion(classes).condition

        def gate(node: Node) -> Node:
            return expand(node) if words is None else as_gate(expand(node), words.unplaced.asks)

        asked = [expanded(item, gate) for item in asked]
        lines = OptionGates(asked)
        asked = [
            item.model_copy(update={"ask_when": lines.condition(item.ask_when)}) if item.ask_when else item
            for item in asked
        ]
        return Rulebook(
            frame=frame,
            items={item.id: item for item in asked},
            cards=dict(sorted(cards.items())),
            classes=classes,
            medicines=medicines,
            medicine_words=words or MedicineWords(),
            sources=sources,
            claims=claims,
            contradictions=contradictions,
            other_person=self._alone(OtherPerson, OTHER_PERSON),
            diary=self._alone(DiaryRules, DIARY),
            hazards=hazards,
            invariants=written_out(
                {name: expanded(entry, expand) for name, entry in invariants.items()}, asked, lines
            ),
            base=base,
            sha256=self.digest,
            documents=self.documents,
            origins=self.origins,
        )

    def _frame(self) -> Frame | None:
        name = FRAME
        if name not in self.documents:
            if not any(problem.place.file == name for problem in self.problems):
                fix = "Every rulebook folder has one; copy it from the built-in rules."
                self.problems.append(Problem("no-rulebook", "this file is missing", Place(name), fix))
            return None
        self.origins["rulebook"] = (name, ())
        return self._shaped(Frame, name, ())

    def _alone(self, model: type[M], name: str) -> M | None:
        """A file that is one part by itself, and that a rulebook may do without."""
        if name not in self.documents:
            return None
        self.origins[name.removesuffix(".yaml")] = (name, ())
        return self._shaped(model, name, ())

    def _listed(
        self,
        top: str,
        kind: str,
        model: type[M],
        *,
        file: str = "",
        folder: bool = False,
        key: str = "id",
    ) -> dict[str, M]:
        """The entries of the list ``top`` in one file, or in every file of a folder."""
        names = [n for n in self.documents if n.startswith(f"{top}/")] if folder else [file]
        found: dict[str, M] = {}
        for name in names:
            document = self.documents.get(name)
            if document is None:
                continue
            data = document.data
            known = set(LISTS.get(file, (top,)))
            if not isinstance(data, dict) or not isinstance(data.get(top, []), list):
                fix = f"Start the file with “{top}:” and list the entries below it with “- ”."
                self._say("file-shape", f"a list named “{top}” is expected", document.place(()), fix)
                continue
            for extra in sorted(set(data) - known):
                place = document.place((extra,), key=True)
                fix = did_you_mean(extra, known) or (
                    f"Start the file with “{top}:” and list the entries below it with “- ”."
                )
                self._say("unknown-key", f"unknown key “{extra}”", place, fix)
            for index in range(len(data.get(top, []))):
                self._entry(found, kind, model, name, (top, index), key)
        return found

    def _entry(
        self,
        found: dict[str, M],
        kind: str,
        model: type[M],
        file: str,
        path: Path,
        key: str,
    ) -> None:
        document = self.documents[file]
        entry = self._shaped(model, file, path)
        if entry is None:
            return
        name = getattr(entry, key)
        origin = f"{kind}:{name}"
        if name in found:
            first = self.origins[origin]
            where = self.documents[first[0]].place(first[1])
            message = f"the {kind} “{name}” exists already ({where})"
            place = document.place((*path, key))
            self._say("duplicate-id", message, place, "Give it another id, or delete one.")
            return
        self.origins[origin] = (file, path)
        found[name] = entry

    def _cards(self, classes: Mapping[str, MedicineClass]) -> dict[str, Anything]:
        cards: dict[str, Anything] = {}
        expand = Expansion(classes).condition
        for name, document in self.documents.items():
            folder, _, rest = name.partition("/")
            if folder == "items" or (not rest and name in TOP_FILES):
                continue
            if folder not in CARD_FOLDERS or "/" in rest or not rest:
                hint = did_you_mean(folder, CARD_FOLDERS if rest else TOP_FILES)
                fix = hint or f"Cards live in {', '.join(f'{f}/' for f in CARD_FOLDERS)}."
                self._say("file-name", "this file belongs to nothing", Place(name), fix)
                continue
            if self._elsewhere(folder, document):
                continue
            card = self._shaped(CARD_FOLDERS[folder], name, ())
            if card is None:
                continue
            if card.id != rest.removesuffix(".yaml") and f"{folder}/{card.id}.yaml" in self.documents:
                fix = "Delete this copy, or give it an id and a name of its own."
                self._say("file-name", f"{card.id}.yaml has this id already", document.place(("id",)), fix)
                continue
            if card.id != rest.removesuffix(".yaml"):
                place = document.place(("id",))
                fix = f"Rename the file to {card.id}.yaml, or change the id."
                self._say("file-name", f"the id “{card.id}” is not the file's name", place, fix)
            if card.id in cards:
                message = f"the card “{card.id}” exists already in another folder"
                self._say("duplicate-id", message, document.place(("id",)), "Use another id.")
                continue
            self.origins[f"card:{card.id}"] = (name, ())
            cards[card.id] = expanded(card, expand)
        return cards

    def _elsewhere(self, folder: str, document: YamlDocument) -> bool:
        """Whether this is a card of another kind in the wrong folder: said once, not key by key."""
        keys = set(document.data) if isinstance(document.data, dict) else set()
        if not keys - set(keys_of(CARD_FOLDERS[folder])):
            return False
        for other, model in CARD_FOLDERS.items():
            needed = {key for key, field in keys_of(model).items() if field.is_required()}
            if other != folder and needed <= keys <= set(keys_of(model)):
                fix = f"Move it to {other}/."
                message = f"this card has the keys of those in {other}/"
                self._say("file-name", message, document.place(()), fix)
                return True
        return False

    def _shaped(self, model: type[M], name: str, path: Path) -> M | None:
        return shaped(model, self.documents[name], path, self.problems)

    def _say(self, code: str, message: str, place: Place, fix: str) -> None:
        self.problems.append(Problem(code, message, place, fix))
