"""The reference for those who write rules: every key of every part, and every problem, as plain text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from triage.rulebook.cards import Advice, Event, Examples, Factor, Guard, Pattern, RedFlag, Theory
from triage.rulebook.diary.rules import (
    Count,
    CountedOption,
    DiaryAnswer,
    DiaryExamples,
    DiaryFigure,
    DiaryRules,
    DiarySign,
)
from triage.rulebook.evidence import Claim, Contradiction, Side, Source
from triage.rulebook.frame import (
    Denial,
    Frame,
    Indication,
    OnlyFelt,
    Section,
    Together,
    Window,
)
from triage.rulebook.frozen import Frozen, keys_of
from triage.rulebook.hazards import Control, Hazard
from triage.rulebook.invariants import Invariant
from triage.rulebook.keys import meaning
from triage.rulebook.medicines.words import MedicineKind, MedicineWords, Salt, Unplaced
from triage.rulebook.model import (
    Disposition,
    Item,
    Line,
    Medicine,
    MedicineClass,
    Option,
    OtherPerson,
    OwnPage,
    Phrase,
    Range,
    Sooner,
    Unfinished,
)
from triage.rulebook.page.model import (
    BackgroundRow,
    Call,
    CallRisk,
    ClinicianPage,
    ClotRow,
    DeniedWith,
    Headline,
    Page,
    PatternRow,
    RestlessTable,
    SomeLines,
    ToldElsewhere,
)
from triage.workbench.authoring.problem_codes import explained_problems

WIDTH = 100
# The name by which a part is asked for, its title, and what has its keys.
PARTS: dict[str, tuple[str, type[Frozen]]] = {
    "red_flag": ("A red flag", RedFlag),
    "own_page": ("A page of its own, of a red flag", OwnPage),
    "line": ("A line of what to do", Line),
    "sooner": ("A line on when not to wait", Sooner),
    "pattern": ("A pattern", Pattern),
    "factor": ("A factor", Factor),
    "theory": ("A theory", Theory),
    "advice": ("An advice", Advice),
    "guard": ("A guard of an advice", Guard),
    "examples": ("Examples of a card", Examples),
    "history": ("A line of a card's history", Event),
    "question": ("A question", Item),
    "option": ("An option of a question", Option),
    "range": ("A range of numbers", Range),
    "medicine": ("A medicine", Medicine),
    "medicine_class": ("A class of medicines", MedicineClass),
    "medicine_words": ("medicine_words.yaml", MedicineWords),
    "medicine_kind": ("A kind of medicine", MedicineKind),
    "salt": ("A salt", Salt),
    "unplaced": ("A medicine of which nothing is known", Unplaced),
    "source": ("A source", Source),
    "claim": ("A claim", Claim),
    "contradiction": ("A contradiction between claims", Contradiction),
    "side": ("A side of a contradiction", Side),
    "hazard": ("A hazard", Hazard),
    "control": ("A control of a hazard", Control),
    "invariant": ("An invariant", Invariant),
    "rulebook": ("rulebook.yaml", Frame),
    "disposition": ("A level", Disposition),
    "unfinished": ("What stands in place of a level while questions are due", Unfinished),
    "section": ("A section", Section),
    "denial": ("A denial in few words", Denial),
    "together": ("What medicines do together", Together),
    "indication": ("What medicines are taken for", Indication),
    "only_felt": ("What only the person can feel", OnlyFelt),
    "window": ("A time that is asked about", Window),
    "other_person": ("other_person.yaml", OtherPerson),
    "phrase": ("A pair of words for another person", Phrase),
    "page": ("page.yaml", Page),
    "headline": ("A sentence that the headline says already", Headline),
    "clinician_page": ("What the clinician's page shows", ClinicianPage),
    "pattern_row": ("A row on the pattern of the cramps", PatternRow),
    "background_row": ("A row of the background", BackgroundRow),
    "clot_row": ("The items of the Wells score", ClotRow),
    "denied_with": ("Items of it that are denied with other lines", DeniedWith),
    "told_elsewhere": ("A denial that is left out beside a sign", ToldElsewhere),
    "restless_table": ("The criteria of restless legs", RestlessTable),
    "phone_call": ("What is read out on the phone", Call),
    "some_lines": ("Some lines of one question", SomeLines),
    "call_risk": ("What may make a sign more dangerous", CallRisk),
    "diary": ("diary.yaml", DiaryRules),
    "diary_figure": ("What the drawing of a diary shows", DiaryFigure),
    "count": ("What is counted in a diary", Count),
    "diary_sign": ("What in a diary asks for the questionnaire", DiarySign),
    "diary_examples": ("Examples of a sign in a diary", DiaryExamples),
    "diary_answer": ("How a diary answers a question", DiaryAnswer),
    "counted_option": ("The answer, and the counts for which it is given", CountedOption),
}
_KEYS = """\
ALL KEYS

* marks a key without which the file does not load. The name in brackets is for “legcramp rules explain”.
"""
_PROBLEMS = """\
ALL PROBLEMS

Every code that “legcramp rules check” prints, with a broken and a mended piece of a file (“→” stands for
a tab). The pieces are from a small rulebook made for this, so their questions are not ours.
"""


def names() -> list[str]:
    """Everything that ``explain`` knows: codes, parts and keys."""
    keys = [key for _, part in PARTS.values() for key in keys_of(part)]
    return list(dict.fromkeys([*explained_problems(), *PARTS, *keys]))


def explain(name: str) -> str:
    """What the reference says of a code, a part or a key; empty if it has no such name."""
    problem = _lines(_problem(name)) if is_problem(name) else ""
    part = _lines(_part(name)) if name in PARTS else ""
    return "\n".join(told for told in (problem, part, _lines(_key(name))) if told)


def is_problem(name: str) -> bool:
    """Whether it is the code of a problem."""
    return name in explained_problems()


def whole_reference() -> str:
    """All keys and all problems."""
    parts = "\n".join(_lines(_part(name)) for name in PARTS)
    problems = "\n".join(_lines(_problem(code)) for code in explained_problems())
    return f"{_KEYS}\n{parts}\n{_PROBLEMS}\n{problems}"


def meaning_and_choices(part: type[Frozen], key: str) -> str:
    """What a key of a part means, with the words to choose from where it allows only some."""
    said = meaning(part.__name__, key)
    allowed = getattr(keys_of(part)[key].annotation, "__args__", ())
    words = [word for word in allowed if isinstance(word, str)]
    return f"{said} One of: {', '.join(words)}." if any(word not in said for word in words) else said


def _part(name: str) -> Iterator[str]:
    title, part = PARTS[name]
    yield f"{title} [{name}]"
    for key, field in keys_of(part).items():
        yield from _wrapped(f"{key}{'*' if field.is_required() else ''}", meaning_and_choices(part, key))


def _key(name: str) -> Iterator[str]:
    """A key means the same in most parts that have it: then they are named in one line."""
    meanings: dict[str, list[str]] = {}
    for title, part in PARTS.values():
        if name in keys_of(part):
            needed = " (needed)" if keys_of(part)[name].is_required() else ""
            meanings.setdefault(meaning_and_choices(part, name), []).append(f"{title}{needed}")
    if meanings:
        yield f"{name}: a key"
    for said, titles in meanings.items():
        yield from textwrap.wrap(
            f"{said} In: {'; '.join(titles)}.", WIDTH, initial_indent="  ", subsequent_indent="  "
        )


def _wrapped(label: str, said: str) -> list[str]:
    indent = " " * 22
    return textwrap.wrap(f"  {label:<19} {said}", WIDTH, subsequent_indent=indent)


def _problem(code: str) -> Iterator[str]:
    problem = explained_problems()[code]
    yield f"[{code}]"
    yield from textwrap.wrap(problem.means, WIDTH, break_long_words=False)
    if not problem.where:
        yield f"Broken: {problem.broken.strip()}."
        yield f"Mended: {problem.mended.strip()}."
        return
    yield from ("", f"Broken ({problem.where}):", "", *_piece(problem.broken))
    yield from ("", "Mended:", "", *_piece(problem.mended))


def _piece(text: str) -> Iterator[str]:
    return (f"    {line}" for line in text.rstrip("\n").split("\n"))


def _lines(lines: Iterator[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
