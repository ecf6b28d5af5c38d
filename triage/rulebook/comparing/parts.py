"""All parts of a rulebook, by what ``Rulebook.place`` calls them: to set two rulebooks side by side."""

from __future__ import annotations

from collections.abc import Mapping

from triage.rulebook.frozen import Frozen
from triage.rulebook.rulebook import Rulebook


def parts(rulebook: Rulebook) -> dict[str, Frozen]:
    """``item:age``, ``card:deep_clot``, ``medicine:warfarin`` … and ``rulebook``, ``other_person``: what
    is written there. How medicines are read is not among them: no clinic's folder has a say in it."""
    kinds: dict[str, Mapping[str, Frozen]] = {
        "item": rulebook.items,
        "card": rulebook.cards,
        "medicine": rulebook.medicines,
        "class": rulebook.classes,
        "claim": rulebook.claims,
        "contradiction": rulebook.contradictions,
        "source": rulebook.sources,
        "hazard": rulebook.hazards,
        "invariant": rulebook.invariants,
    }
    found = {f"{kind}:{name}": part for kind, named in kinds.items() for name, part in named.items()}
    found["rulebook"] = rulebook.frame
    if rulebook.other_person is not None:
        found["other_person"] = rulebook.other_person
    return found
