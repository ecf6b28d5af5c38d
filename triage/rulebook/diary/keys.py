"""What each key of ``diary.yaml`` means; see ``triage.rulebook.keys``."""

from __future__ import annotations

DIARY_MEANING: dict[str, str] = {
    "paper": "What stands above the empty diary of the sheet to take home.",
    "again_after_days": "After so many days the questions are to be gone through again in any case.",
    "questions": "What is asked of a night. The first one says if there was a cramp: yes or no.",
    "figure": "Which questions the drawing of four weeks shows.",
    "letter": "The question that gives the letter of a night.",
    "height": "The question that gives the height of its bar: the later the option, the higher.",
    "below": "Questions that are counted below the drawing.",
    "counts": "What is counted over the last 28 nights.",
    "a_week": "true: nights a week, since the first night that was told.",
    "as_told": "true: only what was told; otherwise up to what may have been on the other nights.",
    "signs": "What is a reason to go through the questions again.",
    "stands_for": "The answer to the questionnaire that it amounts to: question and option.",
    "answers": "Which questions of the questionnaire the diary can answer.",
    "item": "The question.",
    # where a key means something else
    "Count.when": "A condition on the answers about one night.",
    "Count.within": "The most of them in so many nights in a row.",
    "DiarySign.when": "A condition on the counts.",
    "DiarySign.card": "The red flag that fires for the same answer. Its do_now is shown.",
    "DiarySign.do_now": "What to do, where there is no card, or besides.",
    "DiaryExamples.fires": "Counts with which it must show. One that is not named is 0.",
    "DiaryExamples.silent": "Counts with which it must not show.",
    "DiaryAnswer.relevant_when": "A condition on the answers so far: for whom the diary may answer.",
    "DiaryAnswer.options": "The options it can give. The first that surely holds is offered.",
    "CountedOption.when": "A condition on the counts.",
}
