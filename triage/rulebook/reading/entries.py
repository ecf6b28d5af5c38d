"""The entries of a folder of rules: which file holds which, and each read once."""

from __future__ import annotations

from typing import TypeVar

from triage.names import did_you_mean
from triage.problems import Place, Problem
from triage.rulebook.cards import CARD_FOLDERS, AnyCard
from triage.rulebook.frame import Frame
from triage.rulebook.frozen import Frozen, keys_of
from triage.rulebook.reading.folder import FRAME, LISTS, TOP_FILES, Folder
from triage.rulebook.reading.source import Path, YamlDocument
from triage.rulebook.reading.validate import shaped

M = TypeVar("M", bound=Frozen)


class EntryReader:
    """Reads the entries of a folder one kind after the other.

    ``problems`` are those of all that was read so far; ``origins`` say where each entry stands.
    """

    def __init__(self, files: Folder) -> None:
        self.problems: list[Problem] = list(files.problems)
        self.documents = files.documents
        self.origins: dict[str, tuple[str, Path]] = {}

    def frame(self) -> Frame | None:
        """What holds the cards together; None if it is missing or cannot be read."""
        name = FRAME
        if name not in self.documents:
            if not any(problem.place.file == name for problem in self.problems):
                fix = "Every rulebook folder has one; copy it from the built-in rules."
                self.problems.append(Problem("no-rulebook", "this file is missing", Place(name), fix))
            return None
        self.origins["rulebook"] = (name, ())
        return self._shaped(Frame, name, ())

    def alone(self, model: type[M], name: str) -> M | None:
        """A file that is one part by itself, and that a rulebook may do without."""
        if name not in self.documents:
            return None
        self.origins[name.removesuffix(".yaml")] = (name, ())
        return self._shaped(model, name, ())

    def listed(
        self, top: str, kind: str, model: type[M], *, file: str = "", folder: bool = False, key: str = "id"
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
        self, found: dict[str, M], kind: str, model: type[M], file: str, path: Path, key: str
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

    def cards(self) -> dict[str, AnyCard]:
        """The cards by id, each from a file of its own that has its name."""
        cards: dict[str, AnyCard] = {}
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
            cards[card.id] = card
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
