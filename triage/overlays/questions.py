"""Questions that are asked with less care than before, and sections in another order.

Whether a question is asked of fewer people shows in the conditions that read it, so it is not
looked for here.
"""

from __future__ import annotations

from collections.abc import Iterator

from triage.overlays.looser import Looser, whole
from triage.rulebook.model import Item
from triage.rulebook.rulebook import Rulebook


def questions(rulebook: Rulebook, base: Rulebook) -> Iterator[Looser]:
    """Every question that people can answer less well than in ``base``."""
    for name, before in base.items.items():
        after = rulebook.items[name]
        for key, how in _less(before, after):
            place = rulebook.place(f"item:{name}", key)
            yield Looser(name, "asked", how, place, f"{whole(before)}>{whole(after)}")
    order = [section.id for section in base.frame.sections]
    now = [section.id for section in rulebook.frame.sections]
    if now[:1] != order[:1] or [section for section in now if section in order] != order:
        place = rulebook.place("rulebook", "sections")
        how = "are not asked in the order of the built-in rules, the emergencies first"
        yield Looser("sections", "asked", how, place, f"{order}>{now}")
    danger = {section.id for section in base.frame.sections if not section.background}
    calm = [
        section.id for section in rulebook.frame.sections if section.background and section.id in danger
    ]
    if calm:
        place = rulebook.place("rulebook", "sections")
        how = f"has answers that are no danger signs by themselves any more ({', '.join(calm)})"
        yield Looser("sections", "asked", how, place, f"{calm}")


def _less(before: Item, after: Item) -> Iterator[tuple[str, str]]:
    """Keys in which a question lost something, and what."""
    for key in ("type", "unit", "section"):
        if getattr(before, key) != getattr(after, key):
            yield key, f"has another {key}"
    more = [code for code in after.codes if code not in before.codes]
    if more and before.type == "choice" and after.type == "choice":
        yield "options", f"has a new answer ({', '.join(more)}) that may be given instead of the others"
    for option in before.options:
        now = after.option(option.code)
        if now is not None and now.private != option.private:
            how = "hidden from" if now.private else "shown to"
            yield "options", f"has an answer ({option.code}) that is {how} the clinician now"
    old, new = before.range, after.range
    if old and new and (new.min > old.min or new.max < old.max):
        yield "range", "takes fewer numbers"
    if old and new and (new.min < old.min or new.max > old.max):
        yield "range", "takes numbers that were refused as slips"
    for key, now_so, how in (
        ("optional", True, "may be skipped"),
        ("read_back", False, "is not read back any more"),
        ("red_flag", False, "is no question about danger signs any more"),
        ("stage", "page", "is asked only for the clinician's page"),
        ("summary", False, "may be left out of the clinician's page"),
    ):
        if getattr(after, key) != getattr(before, key) and getattr(after, key) == now_so:
            yield key, how
