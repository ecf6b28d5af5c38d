"""Blank cards, questions and entries, with every key and what it means: to be filled in."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from triage.rulebook.cards import CARD_FOLDERS, Advice, Factor, Pattern, RedFlag, Theory
from triage.rulebook.evidence import Source
from triage.rulebook.frozen import Frozen, keys_of
from triage.rulebook.invariants import Invariant
from triage.rulebook.keys import meaning
from triage.rulebook.model import Item, Medicine
from triage.workbench.authoring.reference import meaning_and_choices

SCHEMAS = ".schemas"  # a folder beside the rules, for editors
_FIRST = (
    "id", "section", "generic", "title", "sentence", "panel", "status", "kind", "type", "text", "help",
    "why", "disposition", "if_unsure", "evidence", "when", "offer_when", "ask_when", "usual", "options",
    "red_flag", "claimed", "brief", "brief_when_soon", "because", "think_of", "clinician", "do_now",
    "stop_rule", "guards",
    "sources", "claims", "reviewed_on", "examples",
)  # fmt: skip
_ABOUT: dict[type[Frozen], str] = {
    RedFlag: "A red flag: raises the disposition by itself.",
    Pattern: "A pattern: a recognisable picture.",
    Factor: "A factor: what may play a part. It never changes the disposition.",
    Theory: "A theory: what people read without good grounds. Nothing follows from it.",
    Advice: "An advice: something to try, ask, know or leave alone, with its guards.",
}
KINDS: dict[str, type[Frozen]] = {
    "red_flag": RedFlag,
    "pattern": Pattern,
    "factor": Factor,
    "theory": Theory,
    "advice": Advice,
    "question": Item,
    "medicine": Medicine,
    "source": Source,
    "invariant": Invariant,
}
FOLDER = {model: folder for folder, model in CARD_FOLDERS.items()}


def blank_card(kind: str, name: str, today: datetime.date) -> str:
    """The text of a new card of one of ``KINDS``: needed keys blank, the others behind a #."""
    model = KINDS[kind]
    folder = FOLDER[model]  # type: ignore[index]
    lines = [
        f"# yaml-language-server: $schema=../{SCHEMAS}/{folder}.json",
        f"# {_ABOUT[model]}",
        "# Fill in what is blank. Take the # off what you need besides. Then: legcramp rules check",
    ]
    given = {"id": name, "status": "draft", "reviewed_on": today.isoformat()}
    lines += _keys(model, given)
    return "\n".join(lines) + "\n"


def blank_entry(kind: str, name: str, section: str, today: datetime.date) -> str:
    """The text of a new question, medicine, source or invariant, as an entry of its file's list."""
    model = KINDS[kind]
    given = {"id": name, "generic": name, "section": section, "checked": today.isoformat()}
    first, *rest = _keys(model, given)
    return "\n".join([f"  - {first}", *(f"    {line}" for line in rest)]) + "\n"


def _keys(model: type[Frozen], given: dict[str, str]) -> Iterator[str]:
    """The id first; then each key below a line that says what it means."""
    fields = sorted(keys_of(model), key=lambda key: _FIRST.index(key) if key in _FIRST else len(_FIRST))
    name, *others = fields
    yield f"{name}: {given[name]}"
    for key in (key for key in others if _needed(model, key)):
        yield from _lines(model, key, given.get(key, ""))
    for key in (key for key in others if not _needed(model, key)):
        said, *rest = _lines(model, key, "")
        yield said
        yield from (f"# {line}" for line in rest)


def _needed(model: type[Frozen], key: str) -> bool:
    """What a new card or entry should not be without, though it may load without it."""
    wanted = {"options", "brands", "guards", "unsure"}
    return keys_of(model)[key].is_required() or key in wanted or (model is Item and key == "red_flag")


def _lines(model: type[Frozen], key: str, value: str) -> Iterator[str]:
    yield f"# {meaning_and_choices(model, key)}"
    if key == "examples":
        yield "examples:"
        for part in ("fires", "silent", "withheld" if model is Advice else "unsure"):
            yield f"  # {meaning('Examples', part)}"
            yield f"  {part}: []"
        return
    yield f"{key}: {value or _BLANK.get(key, '')}".rstrip()


_BLANK = {
    "sources": "[]", "claims": "[]", "brands": "[]", "classes": "[]", "red_flag": "false",
    "consider": "[]", "guards": "[]", "examine": "[]", "history": "[]", "shown_at": "[routine, self_care]",
    "usual": "no", "rank": "50",
    "options": "[{code: yes, text: Yes, clinical_yes: TODO, clinical_no: TODO}, {code: no, text: No}]",
    "range": "{min: 0, max: 10}",
}  # fmt: skip
