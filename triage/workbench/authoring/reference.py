"""The reference for those who write rules: every key of every part, and every problem, as plain text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from triage.rulebook import cards, evidence, frame, hazards, invariants, model
from triage.rulebook.diary import rules as diary
from triage.rulebook.frozen import Frozen, keys_of
from triage.rulebook.keys import meaning
from triage.rulebook.medicines import words
from triage.rulebook.page import model as page
from triage.workbench.authoring.problem_codes import explained_problems

WIDTH = 100
# The name by which a part is asked for, its title, and what has its keys.
PARTS: dict[str, tuple[str, type[Frozen]]] = {
    "red_flag": ("A red flag", cards.RedFlag),
    "own_page": ("A page of its own, of a red flag", model.OwnPage),
    "line": ("A line of what to do", model.Line),
    "sooner": ("A line on when not to wait", model.Sooner),
    "pattern": ("A pattern", cards.Pattern),
    "factor": ("A factor", cards.Factor),
    "theory": ("A theory", cards.Theory),
    "advice": ("An advice", cards.Advice),
    "guard": ("A guard of an advice", cards.Guard),
    "examples": ("Examples of a card", cards.Examples),
    "history": ("A line of a card's history", cards.Event),
    "question": ("A question", model.Item),
    "option": ("An option of a question", model.Option),
    "range": ("A range of numbers", model.Range),
    "medicine": ("A medicine", model.Medicine),
    "medicine_class": ("A class of medicines", model.MedicineClass),
    "medicine_words": ("medicine_words.yaml", words.MedicineWords),
    "medicine_kind": ("A kind of medicine", words.MedicineKind),
    "salt": ("A salt", words.Salt),
    "unplaced": ("A medicine of which nothing is known", words.Unplaced),
    "source": ("A source", evidence.Source),
    "claim": ("A claim", evidence.Claim),
    "contradiction": ("A contradiction between claims", evidence.Contradiction),
    "side": ("A side of a contradiction", evidence.Side),
    "hazard": ("A hazard", hazards.Hazard),
    "control": ("A control of a hazard", hazards.Control),
    "invariant": ("An invariant", invariants.Invariant),
    "rulebook": ("rulebook.yaml", frame.Frame),
    "disposition": ("A level", model.Disposition),
    "unfinished": ("What stands in place of a level while questions are due", model.Unfinished),
    "section": ("A section", frame.Section),
    "denial": ("A denial in few words", frame.Denial),
    "together": ("What medicines do together", frame.Together),
    "indication": ("What medicines are taken for", frame.Indication),
    "only_felt": ("What only the person can feel", frame.OnlyFelt),
    "window": ("A time that is asked about", frame.Window),
    "other_person": ("other_person.yaml", model.OtherPerson),
    "phrase": ("A pair of words for another person", model.Phrase),
    "page": ("page.yaml", page.Page),
    "headline": ("A sentence that the headline says already", page.Headline),
    "clinician_page": ("What the clinician's page shows", page.ClinicianPage),
    "pattern_row": ("A row on the pattern of the cramps", page.PatternRow),
    "background_row": ("A row of the background", page.BackgroundRow),
    "clot_row": ("The items of the Wells score", page.ClotRow),
    "denied_with": ("Items of it that are denied with other lines", page.DeniedWith),
    "told_elsewhere": ("A denial that is left out beside a sign", page.ToldElsewhere),
    "restless_table": ("The criteria of restless legs", page.RestlessTable),
    "phone_call": ("What is read out on the phone", page.Call),
    "some_lines": ("Some lines of one question", page.SomeLines),
    "call_risk": ("What may make a sign more dangerous", page.CallRisk),
    "diary": ("diary.yaml", diary.DiaryRules),
    "diary_figure": ("What the drawing of a diary shows", diary.DiaryFigure),
    "count": ("What is counted in a diary", diary.Count),
    "diary_sign": ("What in a diary asks for the questionnaire", diary.DiarySign),
    "diary_examples": ("Examples of a sign in a diary", diary.DiaryExamples),
    "diary_answer": ("How a diary answers a question", diary.DiaryAnswer),
    "counted_option": ("The answer, and the counts for which it is given", diary.CountedOption),
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
    choices = [word for word in allowed if isinstance(word, str)]
    return f"{said} One of: {', '.join(choices)}." if any(word not in said for word in choices) else said


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
