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
_FILLED = {
    "what_to_do": "what", "your_answer": "answer", "for_it": "answer", "against_it": "answer",
    "not_known": "answer", "take_care": "what", "why": "why evidence", "when_to_stop": "when",
    "meanwhile": "what", "sources": "numbers", "claimed": "what", "known": "what", "think_of": "what",
    "not_sure_about": "title", "could_not_tell": "what", "could_not_tell_these": "titles",
    "if_it_is_so": "level", "names_not_listed": "names", "kinds_only": "names",
    "yours_may_add": "what", "yours_may_add_to_cramps": "what", "theirs_may_add_to_cramps": "what",
    "yours_may_be_why": "what it", "theirs_may_be_why": "what it", "theirs_may_add": "what",
    "yours_may_play_a_part": "what", "theirs_may_play_a_part": "what", "one_more_reason": "number",
    "more_reasons": "number", "linked_with": "what", "i_call": "why", "i_am": "age why",
    "for_a_child": "why", "for_a_child_of": "age why", "for_a_person": "why",
    "for_a_person_of": "age why", "may_matter": "what", "first_started": "when", "takes": "names",
}  # fmt: skip
SENTENCES: Mapping[str, frozenset[str]] = {
    **{name: frozenset(names.split()) for name, names in _FILLED.items()},
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
