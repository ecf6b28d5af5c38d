"""The names of the sentences of ``page.yaml``, and what is put into each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from string import Formatter

_PLAIN = (
    "evidence_supported", "evidence_plausible", "evidence_contested", "evidence_unproven",
    "evidence_refuted", "your_result", "until_help", "until_then", "why_this", "as_important",
    "also_tell", "pictures", "other_than_a_cramp", "beside_the_cramps", "may_play_a_part", "kind_try",
    "kind_ask", "kind_avoid", "kind_know", "not_for_now", "what_is_open", "what_it_hangs_on",
    "get_help_sooner", "theories", "where_from", "label_when", "label_where", "label_say", "looks_like",
    "what_it_is", "may_be", "how_soon", "label_now", "because_of", "why_a_visit", "when_it_comes",
    "call_sooner", "much_worse", "worse_or_worried", "once_known", "once_answered", "one_visit",
    "linked", "held_back", "what_people_read", "no_danger_sign", "enough_alone", "one_different",
    "all_different", "no_picture", "needs_a_look", "keep_taking", "keep_taking_at_home",
    "other_medicines", "topic_all", "topic_until_help", "topic_phone", "topic_until_seen", "topic_why",
    "topic_part", "topic_try", "topic_rest", "can_wait", "your_medicines", "their_medicines",
    "only_they_feel", "ring_in_doubt", "a_link", "known_by_kind", "not_listed", "no_link",
    "because_of_this", "as_it_may_be_so", "in_private", "please_ask", "on_one_sheet", "above_all",
    "on_the_phone", "read_this_out", "cannot_wait", "four_weeks", "four_weeks_by_day", "day_diary",
    "no_diary", "form_title", "not_sure_of_lines", "which_lines", "no_number", "medicines_below",
    "no_medicines", "one_medicine", "medicine_name", "medicine_started", "started_lately",
    "started_long_ago", "started_on", "medicine_use",
)  # fmt: skip
SENTENCES: Mapping[str, frozenset[str]] = {
    "what_to_do": frozenset({"what"}),
    "your_answer": frozenset({"answer"}),
    "for_it": frozenset({"answer"}),
    "against_it": frozenset({"answer"}),
    "not_known": frozenset({"answer"}),
    "take_care": frozenset({"what"}),
    "why": frozenset({"why", "evidence"}),
    "when_to_stop": frozenset({"when"}),
    "meanwhile": frozenset({"what"}),
    "sources": frozenset({"numbers"}),
    "claimed": frozenset({"what"}),
    "known": frozenset({"what"}),
    "think_of": frozenset({"what"}),
    "not_sure_about": frozenset({"title"}),
    "could_not_tell": frozenset({"what"}),
    "could_not_tell_these": frozenset({"titles"}),
    "if_it_is_so": frozenset({"level"}),
    "names_not_listed": frozenset({"names"}),
    "kinds_only": frozenset({"names"}),
    "yours_may_add": frozenset({"what"}),
    "yours_may_add_to_cramps": frozenset({"what"}),
    "theirs_may_add_to_cramps": frozenset({"what"}),
    "yours_may_be_why": frozenset({"what", "it"}),
    "theirs_may_be_why": frozenset({"what", "it"}),
    "theirs_may_add": frozenset({"what"}),
    "yours_may_play_a_part": frozenset({"what"}),
    "theirs_may_play_a_part": frozenset({"what"}),
    "one_more_reason": frozenset({"number"}),
    "more_reasons": frozenset({"number"}),
    "linked_with": frozenset({"what"}),
    "i_call": frozenset({"why"}),
    "i_am": frozenset({"age", "why"}),
    "for_a_child": frozenset({"why"}),
    "for_a_child_of": frozenset({"age", "why"}),
    "for_a_person": frozenset({"why"}),
    "for_a_person_of": frozenset({"age", "why"}),
    "may_matter": frozenset({"what"}),
    "first_started": frozenset({"when"}),
    "takes": frozenset({"names"}),
    **dict.fromkeys(_PLAIN, frozenset()),
}


def put_in(sentence: str) -> frozenset[str]:
    """The names in {braces}. Raises ``ValueError`` for a brace that is not closed, or has no name in it."""
    found: set[str] = set()
    for _, name, form, how in Formatter().parse(sentence):
        if name is not None:
            if form or how or not name.isidentifier():
                raise ValueError(sentence)
            found.add(name)
    return frozenset(found)


def put_aside(sentence: str) -> str:
    """The sentence with a dash for whatever is put in."""
    return re.sub(r"{[a-z_]*}", "–", sentence)
