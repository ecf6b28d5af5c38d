"""The door to experta: facts, rules and the engine, with a matcher for rules that only add conclusions.

experta's own matcher joins facts pair by pair and can withdraw what it joined. The rules here need
neither: a pattern fits one fact at most (how one item stands, or one conclusion), nothing is bound,
nothing is retracted. So a rule counts the patterns that have no fact yet, and is put on the agenda
when none is left. The working memory, the agenda, its order and the firing are experta's.
"""

from __future__ import annotations

import collections
import collections.abc
import importlib
import logging
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, TypeAlias

Fits: TypeAlias = Callable[[Any, Any], bool]  # a condition on one item, and how it stands


def _import_experta() -> None:
    """Import experta 1.9.4 on a Python that its pinned frozendict does not know.

    frozendict 1.2 wants ``collections.Mapping``; importing experta also installs a log handler.
    Both are put back as they were.
    """
    handlers = list(logging.root.handlers)
    missing = not hasattr(collections, "Mapping")
    if missing:
        collections.Mapping = collections.abc.Mapping  # type: ignore[attr-defined]
    try:
        importlib.import_module("experta")
    finally:
        if missing:
            del collections.Mapping  # type: ignore[attr-defined]
        for handler in [h for h in logging.root.handlers if h not in handlers]:
            logging.root.removeHandler(handler)


_import_experta()

import experta  # noqa: E402 -- it cannot be imported plainly
from experta.abstract import Matcher  # noqa: E402
from experta.activation import Activation  # noqa: E402
from experta.strategies import DepthStrategy  # noqa: E402


class Fact(experta.Fact):  # type: ignore[misc]
    """How an item stands (``about`` its id), or a mark: a conclusion that other rules require."""


class Rule(experta.Rule):  # type: ignore[misc]
    """When there is a fact for each pattern, a goal is concluded, a mark is declared, or both."""

    mark: int | None
    goal: Any
    __name__ = "rule"  # for experta's own log

    def __new__(cls, number: int, patterns: Iterable[Any], mark: int | None, goal: Any) -> Rule:
        # Every rule has a salience of its own: firing order must not depend on the hash seed.
        made: Rule = super().__new__(cls, *patterns, salience=-number)
        made.mark, made.goal = mark, goal
        return made

    def __call__(self, engine: Engine) -> None:
        if self.goal is not None:
            engine.concluded.add(self.goal)
        if self.mark is not None:
            engine.declare(Fact(about=self.mark))


class CountingMatcher(Matcher):  # type: ignore[misc]
    """Counts for every rule the patterns for which there is no fact yet.

    Of several rules with one conclusion the first that can fire is enough.
    """

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self.entrances: dict[Hashable, list[tuple[Any, tuple[int, ...]]]] = {}
        for about, condition, wanted_by in engine.patterns:
            self.entrances.setdefault(about, []).append((condition, wanted_by))
        self.needed = [len(required) for required, *_ in engine.planned]
        self.conclusions = [conclusion for *_, conclusion in engine.planned]
        self.reset()

    def reset(self) -> None:
        self.missing = list(self.needed)
        self.promised = [False] * len(self.needed)  # conclusions of which a rule is on the agenda

    def changes(
        self, adding: Iterable[Any] = (), deleting: Sequence[Any] = ()
    ) -> tuple[list[Any], list[Any]]:
        """The rules that can fire now. No fact is ever retracted: after an edit all begins anew."""
        assert not deleting
        ready: list[Any] = []
        for fact in adding:
            for condition, wanted_by in self.entrances.get(fact.get("about"), ()):
                waiting = [rule for rule in wanted_by if not self.promised[self.conclusions[rule]]]
                if waiting and (condition is None or self.engine.fits(condition, fact["effective_answer"])):
                    fired = (self.engine.rule(rule) for rule in waiting if self._last(rule))
                    ready += [Activation(rule, (fact,)) for rule in fired]
        return ready, []

    def _last(self, rule: int) -> bool:
        """Count one pattern less; whether it was the last one, and nothing promises its conclusion yet."""
        self.missing[rule] -= 1
        conclusion = self.conclusions[rule]
        if self.missing[rule] or self.promised[conclusion]:
            return False
        self.promised[conclusion] = True
        return True


class BySalience(DepthStrategy):  # type: ignore[misc]
    """The agenda in the order of salience alone: no two rules have the same."""

    def get_key(self, activation: Any) -> int:
        return int(activation.rule.salience)


class Engine(experta.KnowledgeEngine):  # type: ignore[misc]
    """experta's engine with the rules of a plan; ``concluded`` is what follows from the facts so far."""

    __matcher__ = CountingMatcher
    __strategy__ = BySalience

    def __init__(
        self,
        patterns: Sequence[tuple[Hashable, Any, tuple[int, ...]]],
        rules: Sequence[tuple[tuple[int, ...], int | None, Any, int]],
        fits: Fits,
    ) -> None:
        self.fits = fits
        self.concluded: set[Any] = set()
        self.patterns = patterns
        self.planned = rules
        self.made: dict[int, Rule] = {}
        super().__init__()

    def rule(self, number: int) -> Rule:
        """One of the rules, made when it is first wanted: most never fire."""
        if number not in self.made:
            required, mark, goal, _ = self.planned[number]
            self.made[number] = Rule(number, (self.patterns[n] for n in required), mark, goal)
        return self.made[number]

    def get_rules(self) -> list[Rule]:
        return [self.rule(number) for number in range(len(self.planned))]
