"""The door to experta: facts, rules and the engine, with a matcher for rules that only add conclusions.

experta's own matcher joins facts pair by pair and can withdraw what it joined. The rules here need
neither: a pattern fits one fact at most (how one item stands, or one conclusion), nothing is bound,
nothing is retracted. So a rule counts the patterns that have no fact yet, and is put on the agenda
when none is left. The working memory, the agenda, its order and the firing are experta's.
"""

from __future__ import annotations

import collections
import collections.abc
import logging
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeAlias

About: TypeAlias = str | int | None  # what a fact is about: an item, the number of a mark, or nothing
Goal: TypeAlias = tuple[str, bool]  # a goal, and whether it holds or does not hold


def _import_experta() -> Any:
    """Import experta 1.9.4 on a Python that its pinned frozendict does not know.

    frozendict 1.2 wants ``collections.Mapping``; importing experta also installs a log handler.
    Both are put back as they were.
    """
    handlers = list(logging.root.handlers)
    missing = not hasattr(collections, "Mapping")
    if missing:
        collections.Mapping = collections.abc.Mapping  # type: ignore[attr-defined]
    try:
        import experta
    finally:
        if missing:
            del collections.Mapping  # type: ignore[attr-defined]
        for handler in [h for h in logging.root.handlers if h not in handlers]:
            logging.root.removeHandler(handler)
    return experta


experta = _import_experta()

from experta.abstract import Matcher  # noqa: E402 -- experta cannot be imported plainly
from experta.activation import Activation  # noqa: E402
from experta.strategies import DepthStrategy  # noqa: E402


class Fact(experta.Fact):  # type: ignore[misc]
    """How an item stands (``about`` its id), or a mark: a conclusion that other rules require."""


class Pattern:
    """One fact that a rule requires: about what, and the test that it must pass (None: it is there)."""

    __slots__ = ("about", "test", "wanted_by")

    def __init__(self, about: About, test: Callable[[Any], bool] | None = None) -> None:
        self.about = about
        self.test = test
        self.wanted_by: list[Rule] = []

    def fits(self, fact: Any) -> bool:
        return self.test is None or self.test(fact["standing"])


class Rule(experta.Rule):  # type: ignore[misc]
    """When a fact fits each of its patterns, a goal is concluded and a mark is declared (either may be None)."""

    goal: Goal | None
    mark: Pattern | None
    number: int
    __name__ = "rule"  # for experta's own log

    def __new__(cls, number: int, patterns: Iterable[Pattern], mark: Pattern | None, goal: Goal | None) -> Rule:
        # Every rule has a salience of its own: firing order must not depend on the hash seed.
        made: Rule = super().__new__(cls, *patterns, salience=-number)
        made.number, made.mark, made.goal = number, mark, goal
        return made

    def __call__(self, engine: Engine) -> None:
        if self.goal is not None:
            engine.concluded.add(self.goal)
        if self.mark is not None:
            engine.declare(Fact(about=self.mark.about))


class CountingMatcher(Matcher):  # type: ignore[misc]
    """Counts for every rule the patterns that no fact fits yet."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self.entrances: dict[About, dict[Pattern, None]] = {}
        self.rules = engine.rules
        for rule in self.rules:
            for pattern in rule:
                pattern.wanted_by.append(rule)
                self.entrances.setdefault(pattern.about, {})[pattern] = None
        self.reset()

    def reset(self) -> None:
        self.missing = [len(rule) for rule in self.rules]

    def changes(self, adding: Iterable[Any] = (), deleting: Sequence[Any] = ()) -> tuple[list[Any], list[Any]]:
        """The rules that can fire now. No fact is ever retracted: see ``Network``."""
        assert not deleting
        ready: list[Any] = []
        missing = self.missing
        for fact in adding:
            for pattern in self.entrances.get(fact.get("about"), ()):
                if pattern.fits(fact):
                    for rule in pattern.wanted_by:
                        missing[rule.number] -= 1
                        if not missing[rule.number]:
                            ready.append(Activation(rule, (fact,)))
        return ready, []


class BySalience(DepthStrategy):  # type: ignore[misc]
    """The agenda in the order of salience alone: no two rules have the same."""

    def get_key(self, activation: Any) -> int:
        return int(activation.rule.salience)


class Engine(experta.KnowledgeEngine):  # type: ignore[misc]
    """experta's engine with these rules; ``concluded`` is what follows from the facts declared so far."""

    __matcher__ = CountingMatcher
    __strategy__ = BySalience

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = rules
        self.concluded: set[Goal] = set()
        super().__init__()

    def get_rules(self) -> list[Rule]:
        return list(self.rules)
