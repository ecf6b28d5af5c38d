"""Reasons that are equally urgent, in the order in which they were told: the same on every page."""

from __future__ import annotations

from collections.abc import Iterable

from triage.engine.assessment import Finding, Remark
from triage.rulebook.rulebook import Rulebook


def in_order_told(findings: Iterable[Finding], rulebook: Rulebook) -> list[Finding]:
    """By the first answer behind each, in the order of the questions and their lines.

    The danger signs are asked first: one that can be seen stands before what was told of the cramps. Cards
    that are general come last: “not like a cramp” says less than “numb feet”. What is to be asked before
    the next dose comes first, as others say to keep taking. Of those that begin with the same answer, the
    one with more answers behind it comes first: “a sore leg and a numb foot” before “a sore leg”. Not of
    emergencies: there each sign is enough, and the plainest says best what it is.
    """
    places = {name: place for place, name in enumerate(rulebook.items)}

    def place(remark: Remark) -> tuple[int, int]:
        codes = rulebook.items[remark.item].codes
        return places[remark.item], codes.index(remark.option) if remark.option in codes else 0

    def first(finding: Finding) -> tuple[bool, bool, tuple[int, int], int]:
        card = rulebook.cards[finding.id]
        places_told = (place(remark) for remark in (*finding.for_, *finding.unknown))
        most = 0 if getattr(card, "disposition", "") == "emergency" else -len(finding.for_)
        asked = getattr(card, "ask_first", False)
        return getattr(card, "general", False), not asked, min(places_told, default=(0, 0)), most

    return sorted(findings, key=first)
