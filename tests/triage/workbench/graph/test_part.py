"""Parts of the graph of the rules: what stands around a card, a question or a class."""

import re

from pages.graphs import FORMATS, ways_in

from triage.conditions.walk import cards_read, items_read
from triage.rulebook.goals import conditions_of
from triage.workbench.graph.part import around
from triage.workbench.graph.reading import graph


def test_around_a_card(small) -> None:
    part = around(graph(small), "busy")
    assert {node.id for node in part.nodes} == {
        "item:days", "item:nights", "card:sitting", "card:busy", "disposition:self_care",
    }  # fmt: skip
    assert part.centre == ("card:busy",)
    assert next(n for n in part.nodes if n.id == "item:days").answers == (
        "Sitting a lot", "Hard training", "Heat",
    )  # fmt: skip


def test_around_a_question_says_how_much_is_not_shown(small) -> None:
    part = around(graph(small), "kidneys")
    hidden = {node.id: node.hidden for node in part.nodes}
    assert hidden == {
        "item:kidneys": 0, "card:weak_kidneys": 1, "card:magnesium": 2,
        "disposition:emergency": 0, "disposition:soon": 0,
    }  # fmt: skip
    for draw in FORMATS:
        assert re.search(r"\b2 more ways in", draw(part)), draw


def test_what_its_followers_need_besides_is_not_drawn(small) -> None:
    part = around(graph(small), "age")
    assert {"item:pregnant", "card:magnesium"} <= {node.id for node in part.nodes}
    assert {edge.source for edge in part.edges} == {"item:age"}


def test_an_id_that_two_parts_share_means_both(rulebook) -> None:
    whole = graph(rulebook)
    assert around(whole, "thiazide").centre == ("class:thiazide", "card:thiazide")
    assert around(whole, "card:thiazide").centre == ("card:thiazide",)


def test_the_members_of_a_group_are_shown_around_the_group(rulebook) -> None:
    members = {entry.id for entry in rulebook.classes.values() if "diuretic" in entry.in_groups}
    part = around(graph(rulebook), "diuretic")
    assert {node.id for node in part.nodes} >= {f"class:{name}" for name in members}


def test_around_is_a_part_of_the_whole_and_has_all_that_the_card_needs(rulebook) -> None:
    whole = graph(rulebook)
    names = [
        *list(rulebook.cards)[::8],
        "restless_legs",
        "leg_swollen",
        "magnesium_note",
        "ill_adrenal_vomiting",
    ]
    for name in names:
        part = around(whole, f"card:{name}")
        assert set(part.edges) <= set(whole.edges)
        waiting, needed = [name], set()
        while waiting:
            card = waiting.pop()
            needed.add(f"card:{card}")
            for condition, _ in conditions_of(rulebook.cards[card]).values():
                waiting += cards_read(condition)
                items = items_read(condition)
                needed |= {f"item:{i}" for item in items for i in (item, *rulebook.gates.get(item, ()))}
        kept = {node.id for node in part.nodes}
        assert needed <= kept
        assert kept >= {e.target for e in whole.edges if e.source == f"card:{name}"}
        assert ways_in(part, f"card:{name}") == ways_in(whole, f"card:{name}")
