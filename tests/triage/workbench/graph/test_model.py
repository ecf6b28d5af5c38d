"""The graph of the rules: its edges."""

from dataclasses import replace

import pytest
from pages.graphs import reached, ways_in

from triage.workbench.graph.model import Edge
from triage.workbench.graph.part import around, in_use
from triage.workbench.graph.reading import graph

SMALL_CARDS = {
    "card:chest": {("item:alarm", "reads", ("New chest pain",), False)},
    "card:weak_kidneys": {
        ("item:signs", "reads", ("Truly weaker",), False),
        ("item:kidneys", "reads", ("Weak",), False),
    },
    "card:new_diuretic": {("class:diuretic", "reads", ("new in the last 6 weeks",), False)},
    "card:water_tablet": {("class:thiazide", "reads", ("",), False)},
    "card:often": {("item:nights", "reads", ("at least 3 nights a week",), False)},
    "card:busy": {
        ("item:days", "reads", ("Hard training", "Heat"), False),
        ("card:sitting", "found", ("",), False),
        ("item:nights", "against", ("at least 5 nights a week",), False),
    },
    "card:magnesium": {
        ("item:age", "reads", ("a known answer",), False),
        ("item:kidneys", "blocks", ("Weak",), False),
        ("item:pregnant", "blocks", ("Yes",), False),
        ("item:age", "cautions", ("at least 75 years",), False),
    },
    "item:pregnant": {
        ("item:sex", "asks", ("not: Male",), True),
        ("item:age", "asks", ("at most 55 years",), False),
    },
    "class:thiazide": {("item:medicines", "lists", ("",), False)},
    "class:diuretic": {
        ("item:medicines", "lists", ("",), False),
        ("class:thiazide", "lists", ("",), False),
    },
    "item:alarm": set(),
}


@pytest.mark.parametrize("name", SMALL_CARDS)
def test_the_edges_of_the_small_rulebook(small, name) -> None:
    assert ways_in(graph(small), name) == SMALL_CARDS[name]


def test_where_cards_lead(small) -> None:
    leading = {e for e in graph(small).edges if e.target.startswith("disposition:")}
    assert Edge("card:chest", "disposition:emergency", "leads") in leading
    assert Edge("card:chest", "disposition:same_day", "if_unsure") in leading
    assert [e.target for e in leading if e.source == "card:busy"] == ["disposition:self_care"]
    assert {e.source for e in leading} == {
        f"card:{card.id}" for card in (*small.red_flags, *small.patterns)
    }


def test_edges_of_the_rules(rulebook) -> None:
    whole = graph(rulebook)
    swollen = "One leg, thigh, calf or foot newly bigger or puffier than the other"
    assert ways_in(whole, "card:leg_swollen") == {("item:today_leg", "reads", (swollen,), False)}
    legs = ways_in(whole, "card:restless_legs")
    ended = (
        "not: One change of position ends it for good",
        "not: It comes only when the muscle is knotted hard",
    )
    assert ("item:rls_signs", "reads", ended, True) in legs
    assert ("card:claudication", "found", ("",), False) in ways_in(whole, "card:walking_blood_flow")
    assert ("class:quinine", "asks", ("",), False) in ways_in(whole, "item:quinine_signs")
    note = ways_in(whole, "card:magnesium_note")
    assert ("item:kidneys", "blocks", ("not: A test in the past year was normal",), True) in note
    assert ("class:blocks_absorption", "cautions", ("",), False) in note
    assert {
        answers
        for source, kind, answers, no in note
        if (source, kind, no) == ("item:bought", "reads", True)
    }
    possible = ways_in(whole, "card:restless_legs_possible")
    doubts = next(answers for source, _, answers, no in possible if no and source == "item:rls_signs")
    assert "not sure: It starts, or gets worse, while sitting or lying still" in doubts


def test_every_active_card_follows_from_a_question(rulebook) -> None:
    whole = graph(rulebook)
    active = {f"card:{card.id}" for card in rulebook.cards.values() if card.status == "active"}
    assert {node.id for node in whole.nodes if node.id.startswith("card:")} == active
    assert {edge.target for edge in whole.edges} >= active
    assert reached(whole, {node.id for node in whole.nodes if node.kind == "question"}) >= active


def test_every_red_flag_reaches_its_disposition(rulebook) -> None:
    edges = set(graph(rulebook).edges)
    for card in rulebook.red_flags:
        assert Edge(f"card:{card.id}", f"disposition:{card.disposition}", "leads") in edges
        unsure = Edge(f"card:{card.id}", f"disposition:{card.if_unsure}", "if_unsure")
        assert (unsure in edges) == (card.if_unsure != card.disposition)


def test_only_gates_go_backwards(rulebook) -> None:
    whole = graph(rulebook)
    layer = {node.id: node.layer for node in whole.nodes}
    for edge in whole.edges:
        assert layer[edge.source] < layer[edge.target] or edge.kind == "asks", edge


def test_a_card_that_is_not_active_is_left_out(small) -> None:
    retired = small.cards["chest"].model_copy(update={"status": "retired"})
    without = replace(small, cards={**small.cards, "chest": retired})
    whole = graph(without)
    assert "card:chest" not in {node.id for node in whole.nodes}
    with pytest.raises(KeyError):
        around(whole, "chest")


def test_a_class_that_no_rule_reads_is_shown_only_if_asked_for(small) -> None:
    whole = graph(small)
    assert "class:statin" not in {node.id for node in in_use(whole).nodes}
    assert {node.id for node in around(whole, "statin").nodes} == {"class:statin", "item:medicines"}


@pytest.mark.parametrize("name", ["nothing", "", "emergency", "disposition:emergency", "item:chest"])
def test_an_unknown_id_is_a_key_error(small, name) -> None:
    whole = graph(small)
    with pytest.raises(KeyError):
        around(whole, name)
