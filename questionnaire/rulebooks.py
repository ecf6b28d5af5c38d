"""Where the rules are, and the rulebook made of them, with the numbers to call that are set."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from questionnaire.pickled import Ready
    from triage.rulebook.rulebook import Rulebook


class Numbers(NamedTuple):
    """The numbers to call where the person lives, as far as they are set."""

    emergency: str | None = None
    crisis: str | None = None


NOT_SET = Numbers()


@functools.cache
def built_in_rules() -> Path:
    """The rules that come with the program."""
    import triage

    return Path(str(triage.__file__)).resolve().parents[1] / "rules"


def load_rulebook(folder: Path | None, numbers: Numbers = NOT_SET) -> Rulebook:
    """The rulebook, with the numbers to call that are set.

    Raises ``Invalid`` with every problem found; also if a clinic's folder does what it may not do.
    """
    return ready(folder, numbers).rulebook


def ready(folder: Path | None, numbers: Numbers = NOT_SET, *, keep: bool = True) -> Ready:
    """The same, ready to reason. ``keep``: they may be kept for a quicker start."""
    from questionnaire.kept_rules import kept_or_read

    made = kept_or_read(folder or built_in_rules(), keep=keep)
    if not any(numbers):
        return made
    from triage.rulebook.phone_numbers import with_numbers  # it compiles patterns

    return made._replace(rulebook=with_numbers(made.rulebook, *numbers))
