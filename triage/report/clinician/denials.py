"""Pertinent negatives in few words: by system, grouped as the rulebook says, but never claiming more.

A denial means no more than was asked: what was asked of one time stands in brackets, with that time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from triage.engine.assessment import Negative
from triage.rulebook.frame import Denial, System, Window
from triage.rulebook.windows import time_of

Denied = Mapping[System, list[str]]


def denied(
    negatives: Iterable[Negative], groups: Iterable[Denial], windows: Iterable[Window] = ()
) -> Denied:
    """The words of each group that was denied as a whole, and of every other denied line, by system.

    The same words stand once. What has no time comes as it is; the rest is “[time: words; words]”.
    """
    times = list(windows)
    left = {(negative.item, negative.option): negative.clinical for negative in negatives}
    found: dict[System, dict[str, list[str]]] = {}
    said: set[str] = set()

    def tell(system: System, time: str, words: str) -> None:
        if words not in said:
            said.add(words)
            found.setdefault(system, {}).setdefault(time, []).append(words)

    for group in groups:
        lines = [line for line in lines_of(group) if line in left]
        if group.text and lines == lines_of(group):
            tell(group.system, time_of(times, *lines[0]), group.text)
        else:
            for line in lines:
                tell(group.system, time_of(times, *line), left[line])
        left = {line: words for line, words in left.items() if line not in lines}
    for line, words in left.items():
        tell("other", time_of(times, *line), words)
    return {system: _in_brackets(by_time) for system, by_time in found.items()}


def lines_of(group: Denial) -> list[tuple[str, str]]:
    """The lines of a group, each as question and option."""
    return [(item, code) for item, codes in group.lines.items() for code in codes]


def _in_brackets(by_time: Mapping[str, list[str]]) -> list[str]:
    told = [f"[{time}: {'; '.join(words)}]" for time, words in by_time.items() if time]
    return [*told, *by_time.get("", ())]
