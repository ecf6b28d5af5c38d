"""Loading a folder of YAML into a rulebook: every problem at once, each at its place."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path as FilePath

from triage.conditions.nodes import Node
from triage.problems import Invalid
from triage.rulebook.diary.rules import DiaryRules
from triage.rulebook.evidence import Claim, Contradiction, Source
from triage.rulebook.hazards import Hazard
from triage.rulebook.invariants import Invariant, written_out
from triage.rulebook.medicines.takes import Expansion, as_gate, expanded
from triage.rulebook.medicines.words import MedicineWords
from triage.rulebook.model import Item, Medicine, MedicineClass, OtherPerson
from triage.rulebook.option_gates import OptionGates
from triage.rulebook.page.model import Page
from triage.rulebook.reading.entries import EntryReader
from triage.rulebook.reading.folder import (
    BUILT_IN,
    BUILT_IN_FILES,
    DIARY,
    HAZARDS,
    INVARIANTS,
    MEDICINE_WORDS,
    OTHER_PERSON,
    PAGE,
    Folder,
    read_folder,
)
from triage.rulebook.reading.laying_over import laid_over
from triage.rulebook.rulebook import Rulebook


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
    from triage.rulebook.checks.all_checks import check  # check reads rulebooks, load makes them

    entries = EntryReader(files)
    rulebook = _put_together(entries, files.digest, base)
    broken = {problem.place.file for problem in entries.problems}
    problems = [*entries.problems, *(check(rulebook, broken) if rulebook else ())]
    if problems or rulebook is None:
        raise Invalid(problems)
    return rulebook


def _put_together(entries: EntryReader, digest: str, base: Rulebook | None) -> Rulebook | None:
    """The rulebook, or None if it could not be put together at all."""
    if not entries.documents and any(p.code in ("no-folder", "too-large") for p in entries.problems):
        return None
    frame = entries.frame()
    items = entries.listed("items", "item", Item, folder=True)
    classes = entries.listed("classes", "class", MedicineClass, file="medicines.yaml")
    medicines = entries.listed("medicines", "medicine", Medicine, file="medicines.yaml", key="generic")
    sources = entries.listed("sources", "source", Source, file="sources.yaml")
    claims = entries.listed("claims", "claim", Claim, file="claims.yaml")
    contradictions = entries.listed("contradictions", "contradiction", Contradiction, file="claims.yaml")
    hazards = entries.listed("hazards", "hazard", Hazard, file=HAZARDS)
    invariants = entries.listed("invariants", "invariant", Invariant, file=INVARIANTS)
    cards = entries.cards()
    if frame is None:
        return None
    order = {section.id: index for index, section in enumerate(frame.sections)}
    asked = sorted(items.values(), key=lambda item: order.get(item.section, len(order)))
    words = entries.alone(MedicineWords, MEDICINE_WORDS)
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
        cards={name: expanded(card, expand) for name, card in sorted(cards.items())},
        classes=classes,
        medicines=medicines,
        medicine_words=words or MedicineWords(),
        sources=sources,
        claims=claims,
        contradictions=contradictions,
        other_person=entries.alone(OtherPerson, OTHER_PERSON),
        diary=entries.alone(DiaryRules, DIARY),
        page=entries.alone(Page, PAGE) or Page(words={}),  # a broken one is told of already
        hazards=hazards,
        invariants=written_out(
            {name: expanded(entry, expand) for name, entry in invariants.items()}, asked, lines
        ),
        base=base,
        sha256=digest,
        documents=entries.documents,
        origins=entries.origins,
    )
