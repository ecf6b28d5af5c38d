"""Reasons that are equally urgent, in the order in which they were told: the same on every page."""

from __future__ import annotations

from collections.abc import Iterable

from triage.engine.assessment import Finding, Remark
from triage.rulebook.rulebook import Rulebook


def in_order_told(findings: Iterable[Finding], rulebook: Rulebook) -> list[Finding]:
    """By the first answer behind each, in the order of the questions and their lines.

    The danger signs are asked first: one that can be seen stands before what was told of the cramps. Cards
    that are general come last: “not like a cramp” says less than “numb feet”. What is to be asked before
    the next dose comes first, as others say to keep taking. Of those that begin with the same answer, one
    that knows of an illness comes first, as that may be why. Then the one with more answers behind it: “a
    sore leg and a numb foot” before “a sore leg”. Not of emergencies: there each sign is enough, and the
    plainest says best what it is.
    """
    places = {name: place for place, name in enumerate(rulebook.items)}

    def place(remark: Remark) -> tuple[int, int]:
        codes = rulebook.items[remark.item].codes
        return places[remark.item], codes.index(remark.option) if remark.option in codes else 0

    def first(finding: Finding) -> tuple[bool, bool, tuple[int, int], bool, int]:
        card = rulebook.cards[finding.id]
        behind = (*finding.for_, *finding.unknown)
        told = [remark for remark in behind if remark.answer != "no"] or behind  # no denial is a sign
        each_enough = getattr(card, "disposition", "") == "emergency"
        ill = not each_enough and any(
            remark.item == rulebook.page.illnesses and remark.answer == "yes" for remark in finding.for_
        )
        most = 0 if each_enough else -len(finding.for_)
        asked = getattr(card, "ask_first", False)
        return (
            getattr(card, "general", False),
            not asked,
            min(map(place, told), default=(0, 0)),
            not ill,
            most,
        )

    return sorted(findings, key=first)
