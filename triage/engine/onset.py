"""What came first, the cramps or a medicine: a cause comes before what it brings about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from triage.conditions.leaf import EffectiveAnswer, Medicines, TakenMedicine
from triage.conditions.nodes import Includes, Leaf, Takes
from triage.engine.assessment import Remark
from triage.readers.evaluate import Reason
from triage.truth import Truth

ONSET, TREND = "began", "trend"  # the questions
AT_LEAST_WEEKS = {"three_months": 2, "one_year": 13, "longer": 52}  # since the onset, by answer
STEADY = ("same", "better")  # a medicine that came later has done nothing that one could notice
FEELING, CRAMPS = "feel", frozenset({"hard_knot", "twitching", "weak_heavy"})  # what one may add to


def cramps_are_older(taken: TakenMedicine, effective_answers: Mapping[str, EffectiveAnswer]) -> bool:
    """Whether the cramps surely began before the medicine (or its last change)."""
    onset = effective_answers.get(ONSET)
    if not isinstance(onset, str) or taken.weeks is None:
        return False
    return taken.weeks[1] < AT_LEAST_WEEKS.get(onset, 0)


def cannot_contribute(taken: TakenMedicine, effective_answers: Mapping[str, EffectiveAnswer]) -> bool:
    """Whether the cramps are older than the medicine and surely no worse since: not known is no “no”."""
    return cramps_are_older(taken, effective_answers) and effective_answers.get(TREND) in STEADY


def rests_on_later_medicines(
    reasons: Iterable[Reason], effective_answers: Mapping[str, EffectiveAnswer]
) -> bool:
    """Whether nothing speaks for a finding but the cramps, and medicines that cannot contribute to them."""
    leaves = [reason.leaf for reason in reasons if reason.truth is Truth.PRESENT]
    known = effective_answers.get("medicines")
    if not leaves or not isinstance(known, Medicines):
        return False
    classes = {leaf.medicine_class for leaf in leaves if isinstance(leaf, Takes)}
    behind = [t for t in known.taken if t.classes is not None and t.classes & classes]
    only = all(isinstance(leaf, Takes) or tells_of_cramps(leaf) for leaf in leaves)
    return only and bool(behind) and all(cannot_contribute(taken, effective_answers) for taken in behind)


def tells_of_cramps(leaf: Leaf) -> bool:
    """Whether it asks for cramps, twitches or weak legs alone: what a medicine may add to is no second
    reason."""
    return isinstance(leaf, Includes) and leaf.item == FEELING and CRAMPS.issuperset(leaf.codes)


def without_later_medicines(
    remarks: Iterable[Remark], effective_answers: Mapping[str, EffectiveAnswer]
) -> tuple[Remark, ...]:
    """The remarks behind a finding, without medicines that cannot contribute: of two, the other stays."""
    known = effective_answers.get("medicines")
    kept: list[Remark] = []
    for remark in remarks:
        behind = [
            taken
            for taken in (known.taken if isinstance(known, Medicines) else ())
            if remark.item == "medicines" and taken.classes and remark.option in taken.classes
        ]
        able = [taken.name for taken in behind if not cannot_contribute(taken, effective_answers)]
        if len(able) == len(behind):
            kept.append(remark)
        elif able:
            said = f"Takes {', '.join(dict.fromkeys(able))}"
            kept.append(replace(remark, text=said, clinical=said))
    return tuple(kept)
