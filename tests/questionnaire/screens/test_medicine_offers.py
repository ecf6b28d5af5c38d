"""Names as patients type them in eight countries: read as what they are, or the right one is offered."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from questionnaire.screens.medicine_offers import MOST, near_names
from triage.rulebook.medicines.tokens import name_key
from triage.rulebook.rulebook import Rulebook

NAMES = Path(__file__).parents[2] / "names"
ROWS = [line.split("\t") for line in (NAMES / "typed.tsv").read_text().splitlines() if line[0] != "#"]
GROUPS = sorted({group for group, *_ in ROWS})


def classes_read(rulebook: Rulebook, typed: str) -> set[str]:
    """The classes of what was read; of a kind also those that it may be."""
    found: set[str] = set()
    for mention in rulebook.medicine_reader.read(typed):
        found |= {name for medicine in mention.medicines for name in medicine.classes}
        if not mention.medicines and mention.kind is not None:
            found |= {*rulebook.classification.kinds_may_be[mention.kind.id], "other"}
    return found


@pytest.mark.parametrize("group", GROUPS)
def test_a_name_is_read_or_offered_and_never_taken_for_another(rulebook: Rulebook, group: str) -> None:
    """A slip of the finger is never taken without asking; among the names offered is the right one."""
    index = rulebook.medicine_reader.names
    wrong: dict[str, list[str]] = defaultdict(list)
    rows = [(typed, set(classes.split(","))) for of, typed, classes in ROWS if of == group]
    for typed, wanted in rows:
        strange = [m for m in rulebook.medicine_reader.read(typed) if m.words]
        read = classes_read(rulebook, typed)
        if read and not read & wanted:
            wrong["taken for another"].append(typed)
        if strange:
            offered = [name for mention in strange for name in near_names(rulebook, mention)]
            right = any(wanted & set(index[name_key(name)].classes) for name in offered)
            wrong["not read"].append(typed) if group != "misspellings" else None
            wrong["not offered"] += [] if right else [typed]
            wrong["offered alone"] += [typed] if len(offered) == 1 else []
            assert len(offered) <= MOST
    assert len(rows) >= 15
    assert {kind: names for kind, names in wrong.items() if names} == {}


def test_names_on_boxes_with_their_salts_are_read(rulebook: Rulebook) -> None:
    names = (NAMES / "box.txt").read_text().splitlines()
    assert len(names) > 60
    strange = [n for n in names if not all(m.medicines for m in rulebook.medicine_reader.read(n))]
    assert strange == []


@pytest.mark.parametrize(
    ("typed", "both"),
    [
        ("hydraxyzine", {"hydroxyzine", "hydralazine"}),
        ("losecc", {"Losec", "Lasix"}),
        ("celebrax", {"Celebrex", "Celexa"}),
    ],
)
def test_names_that_are_mixed_up_are_offered_together(
    rulebook: Rulebook, typed: str, both: set[str]
) -> None:
    (mention,) = rulebook.medicine_reader.read(typed)
    index = rulebook.medicine_reader.names
    offered = {index[name_key(name)].generic for name in near_names(rulebook, mention)}
    assert {index[name_key(name)].generic for name in both} <= offered


@pytest.mark.parametrize(
    ("typed", "generic"),
    [("simvastin 40", "simvastatin"), ("amlodipne", "amlodipine"), ("metformn", "metformin")],
)
def test_a_slip_in_a_generic_name_is_offered_that_name_and_no_brand_of_it(
    rulebook: Rulebook, typed: str, generic: str
) -> None:
    """“simvastin” was offered as “Sivastin”, a brand that stands on nobody's box here, and never by its own name."""
    (mention,) = rulebook.medicine_reader.read(typed)
    offered = near_names(rulebook, mention)
    index = rulebook.medicine_reader.names
    assert [name for name in offered if index[name_key(name)].generic == generic] == [generic]
