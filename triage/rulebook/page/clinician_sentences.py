"""The names of what the clinician's page says in words of its own, and what is put into each.

How an answer stands ("not sure", "not answered", "not asked", "denied") is no sentence: the page compares
these words, and they are the same in every format.
"""

from __future__ import annotations

from collections.abc import Mapping

TITLES = (
    "title_situation", "title_medicines", "title_pattern", "title_signs", "title_background",
    "title_contributors", "title_request", "title_answers",
)  # fmt: skip
_PLAIN = (
    "page_title", "all_answers", "row_who", "row_date", "row_side", "row_because", "row_alone",
    "row_less_urgent", "row_picture", "row_coexists", "row_takes", "row_not_known", "row_urgency",
    "row_diary", "row_nights", "row_times", "row_positive", "row_red_flags", "row_not_sure",
    "row_walking", "row_wells", "row_not_asked", "row_restless", "row_denied", "row_no_history",
    "system_vascular", "system_neurological", "system_infection", "system_metabolic", "system_trauma",
    "system_other", "row_examine", "row_tests", "row_ask_medicines", "step_emergency", "step_same_day",
    "step_soon", "step_routine", "step_self_care", "no_red_flag", "ask_alone", "ask_alone_first",
    "never_asked", "only_felt", "net_open", "net_person", "net_carer", "net_person_until_seen",
    "net_carer_until_seen", "in_words_above", "no_times", "none_reported", "none_for_sure",
    "told_to_keep", "denied_by_person", "denied_by_carer", "not_excluded", "no_score", "urge_to_move",
    "not_only_a_knot", "started_recent", "started_long_ago", "started_unsure", "no_start_known",
    "cramps_before", "none_taken", "none_taken_carer", "none_listed", "kind_typed", "new_medicine",
    "older_cramps", "statement_asked", "statement_recent", "statement_long_ago", "statement_unsure",
    "statement_start_not_asked", "understood_not",
)  # fmt: skip
_FILLED = {
    "name_by_hand": "who", "on_the_date": "date told_by", "step_reached": "step number steps",
    "not_sure_of": "what", "no_line_answered": "title question number", "what_it_is_called": "name",
    "unsure_besides": "what", "questions_stopped": "what", "what_one_is_for": "name",
    "what_several_are_for": "names", "explains_not": "picture", "rules_out_not": "picture",
    "since_when": "when", "could_contribute": "names", "criteria_met": "number criteria",
    "started_on_date": "date", "prescribed": "what", "told_elsewhere": "what",
    "over_the_counter": "what", "allergies_not_told": "how", "together": "what", "typed_unknown": "",
    "typed_for": "use", "medicine_links": "what", "statement_date": "date", "understood_name": "name",
    "understood_kind": "kind", "understood_use": "use", "typed_within": "entry",
}  # fmt: skip
CLINICIAN_SENTENCES: Mapping[str, frozenset[str]] = {
    **{name: frozenset(names.split()) for name, names in _FILLED.items()},
    **dict.fromkeys(TITLES + _PLAIN, frozenset()),
}
