"""The loaded rulebook: a value. Everything the readers need, and where each part stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from triage.conditions.nodes import Compare, Node, Takes
from triage.conditions.walk import cards_read, items_read, leaves, share
from triage.names import fold
from triage.problems import Place
from triage.rulebook.cards import Advice, AnyCard, Card, Factor, Pattern, RedFlag, Theory
from triage.rulebook.diary.rules import DiaryRules
from triage.rulebook.evidence import Claim, Contradiction, Source
from triage.rulebook.frame import Frame
from triage.rulebook.goals import conditions_of, goals_of
from triage.rulebook.hazards import Hazard
from triage.rulebook.invariants import Invariant
from triage.rulebook.medicines.classes import Classification
from triage.rulebook.medicines.takes import in_proportion
from triage.rulebook.medicines.words import MedicineWords
from triage.rulebook.model import Disposition, Item, Level, Medicine, MedicineClass, OtherPerson
from triage.rulebook.option_gates import OptionGates
from triage.rulebook.page.model import Page

if TYPE_CHECKING:
    from triage.rulebook.medicines.names import MedicineReader
    from triage.rulebook.reading.source import Path, YamlDocument

C = TypeVar("C", bound=Card)

# What is worked out once and stays the same whatever words are used.
_WORDLESS = (
    "goals", "shared_goals", "deciding", "gates", "dependents", "medicine_reader", "classification",
    "reads", "thresholds",
)  # fmt: skip


@dataclass(frozen=True)
class Rulebook:
    """Items in asking order, cards by id, and what they refer to."""

    frame: Frame
    items: Mapping[str, Item]
    cards: Mapping[str, AnyCard]
    classes: Mapping[str, MedicineClass]
    medicines: Mapping[str, Medicine]
    medicine_words: MedicineWords
    sources: Mapping[str, Source]
    claims: Mapping[str, Claim]
    contradictions: Mapping[str, Contradiction]
    hazards: Mapping[str, Hazard]
    invariants: Mapping[str, Invariant]
    other_person: OtherPerson | None
    page: Page
    base: Rulebook | None  # what this rulebook extends
    sha256: str
    documents: Mapping[str, YamlDocument] = field(repr=False)
    origins: Mapping[str, tuple[str, Path]] = field(repr=False)
    diary: DiaryRules | None = None
    read_medicines: Callable[[], MedicineReader] | None = field(default=None, repr=False, compare=False)

    def place(self, key: str, *path: str | int, name: bool = False) -> Place:
        """Where a part stands; ``key`` is ``item:age``, ``card:deep_clot``, ``class:statin``…"""
        file, prefix = self.origins[key]
        return self.documents[file].place((*prefix, *path), key=name)

    def cards_of(self, kind: type[C]) -> list[C]:
        """The active cards of one kind, by id."""
        found = [c for c in self.cards.values() if isinstance(c, kind) and c.status == "active"]
        return sorted(found, key=lambda card: card.id)

    @cached_property
    def red_flags(self) -> list[RedFlag]:
        return self.cards_of(RedFlag)

    @cached_property
    def patterns(self) -> list[Pattern]:
        return self.cards_of(Pattern)

    @cached_property
    def factors(self) -> list[Factor]:
        return self.cards_of(Factor)

    @cached_property
    def theories(self) -> list[Theory]:
        return self.cards_of(Theory)

    @cached_property
    def advice(self) -> list[Advice]:
        return sorted(self.cards_of(Advice), key=lambda card: (card.rank, card.id))

    @cached_property
    def goals(self) -> dict[str, Node]:
        """The conditions of the active cards, in an order in which they can be evaluated."""
        return self.goals_of([*self.red_flags, *self.patterns, *self.factors, *self.theories, *self.advice])

    @cached_property
    def shared_goals(self) -> dict[str, Node]:
        """The same conditions, where equal parts are one: for readers that keep what they know of a part,
        and ask for no place."""
        known: dict[Node, Node] = {}
        return {goal: share(node, known) for goal, node in self.goals.items()}

    @cached_property
    def deciding(self) -> dict[str, Node]:
        """Those of the goals on which the disposition rests, in the same order."""
        wanted = {card.id for card in (*self.red_flags, *self.patterns)}
        for goal, node in reversed(self.shared_goals.items()):  # findings come before what requires them
            if goal in wanted:
                wanted |= cards_read(node)
        return {goal: node for goal, node in self.shared_goals.items() if goal in wanted}

    def goals_of(self, cards: Iterable[AnyCard]) -> dict[str, Node]:
        """The conditions of some cards, as readers follow them: a line counts for whom it is shown to."""
        return {goal: self.option_gates.condition(node) for goal, node in self.goals_whoever(cards).items()}

    def goals_whoever(self, cards: Iterable[AnyCard]) -> dict[str, Node]:
        """The same where every line is shown to everybody; conditions of red flags are in proportion to
        what is known (design, 3.9)."""
        flags = {card.id for card in cards if isinstance(card, RedFlag)}
        background = {section.id for section in self.frame.sections if section.background}
        signs = {item.id for item in self.items.values() if item.section not in background}
        return {
            goal: in_proportion(node, signs) if goal in flags else node
            for goal, node in goals_of(cards).items()
        }

    @cached_property
    def written(self) -> dict[str, Node]:
        """The conditions of the active cards as they are written, for reasons: a gate of a line is none."""
        return self.goals_whoever(
            [*self.red_flags, *self.patterns, *self.factors, *self.theories, *self.advice]
        )

    @cached_property
    def option_gates(self) -> OptionGates:
        """Which lines of which questions are for whom."""
        return OptionGates(self.items.values())

    @cached_property
    def dependents(self) -> dict[str, frozenset[str]]:
        """For every item the goals that its answer can change: directly, by a gate, by a finding."""
        found: dict[str, frozenset[str]] = {}
        for item in self.items:
            behind = {item, *(opened for opened, gate in self.gates.items() if item in gate)}
            found[item] = frozenset(goal for goal, items in self.reads.items() if items & behind)
        return found

    @cached_property
    def reads(self) -> dict[str, frozenset[str]]:
        """For every goal the items that its condition reads, and the findings that it requires."""
        reads: dict[str, frozenset[str]] = {}
        for goal, node in self.goals.items():  # findings come before what requires them
            behind = (reads[card] for card in cards_read(node) if card in self.goals)
            reads[goal] = frozenset(items_read(node)).union(*behind)
        return reads

    @cached_property
    def thresholds(self) -> dict[str, tuple[float, ...]]:
        """For every number the thresholds that any condition of a card has for it, in order."""
        found: dict[str, set[float]] = {}
        for node in self.goals.values():
            for leaf in leaves(node):
                if isinstance(leaf, Compare):
                    found.setdefault(leaf.item, set()).add(leaf.threshold)
        return {item: tuple(sorted(limits)) for item, limits in found.items()}

    def in_other_words(self, **changed: Any) -> Rulebook:
        """With other words and the same conditions: what was worked out of these holds for it too."""
        made = replace(self, **changed)
        made.__dict__.update({name: self.__dict__[name] for name in _WORDLESS if name in self.__dict__})
        return made

    def prepare(self) -> None:
        """Work out now what only some answers need: the words about another person, the medicines."""
        self.of_another.dispositions  # noqa: B018 -- kept from now on
        self.medicine_reader.prepare()

    @cached_property
    def gates(self) -> dict[str, frozenset[str]]:
        """For every item that is not always asked the items it depends on, at any distance."""
        gates: dict[str, frozenset[str]] = {}
        for item in self.items.values():  # a gate comes before what it opens
            if item.ask_when is not None:
                read = items_read(item.ask_when)
                further = (gates.get(gate, frozenset()) for gate in read)
                gates[item.id] = frozenset(read).union(*further)
        return gates

    @cached_property
    def of_another(self) -> Rulebook:
        """The same rulebook in the words of someone who answers for another person."""
        from triage.rulebook.pronouns import spoken_of

        phrases = self.other_person
        if phrases is None:
            return self
        saying_who = items_read(phrases.when)
        return self.in_other_words(
            frame=spoken_of(self.frame, phrases),
            items={i: v if i in saying_who else spoken_of(v, phrases) for i, v in self.items.items()},
            cards={i: spoken_of(card, phrases) for i, card in self.cards.items()},
            classes={i: spoken_of(entry, phrases) for i, entry in self.classes.items()},
        )

    @cached_property
    def dispositions(self) -> dict[Level, Disposition]:
        return {disposition.code: disposition for disposition in self.frame.dispositions}

    @cached_property
    def names(self) -> dict[str, Medicine]:
        """Every folded generic and brand name."""
        index: dict[str, Medicine] = {}
        for medicine in self.medicines.values():
            for name in (medicine.generic, *medicine.brands):
                index.setdefault(fold(name), medicine)
        return index

    def medicine(self, typed: str) -> Medicine | None:
        """The medicine that a typed name means, with or without dose and form; None if unknown."""
        return self.medicine_reader.medicine(typed)

    @cached_property
    def medicine_reader(self) -> MedicineReader:
        """Reads what people write of their medicines."""
        if self.read_medicines is not None:
            return self.read_medicines()
        from triage.rulebook.medicines.names import MedicineReader  # only for who takes medicines

        return MedicineReader(self.medicines, self.medicine_words)

    @cached_property
    def classification(self) -> Classification:
        """To which classes the medicines belong."""
        return Classification(self.classes, self.medicines, self.medicine_words)

    @cached_property
    def uses(self) -> dict[str, list[str]]:
        """For every claim the ids of the active cards that name it."""
        found: dict[str, list[str]] = {claim: [] for claim in self.claims}
        for card in self.cards.values():
            for claim in card.claims if card.status == "active" else ():
                found.setdefault(claim, []).append(card.id)
        return found

    @cached_property
    def askers(self) -> dict[str, list[str]]:
        """For every class of medicines the ids of the questions and cards that ask for it."""
        found: dict[str, dict[str, None]] = {name: {} for name in self.classification.class_ids}
        for part in (*self.items.values(), *self.cards.values()):
            nodes = (
                [part.ask_when] if isinstance(part, Item) else [n for n, _ in conditions_of(part).values()]
            )
            for leaf in (leaf for node in nodes if node is not None for leaf in leaves(node)):
                if isinstance(leaf, Takes):
                    found.setdefault(leaf.medicine_class, {})[part.id] = None
        return {name: list(ids) for name, ids in found.items()}
