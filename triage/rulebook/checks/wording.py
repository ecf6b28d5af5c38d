"""Words shown to people: no jargon, no blame, no false comfort, no sentence without an end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from triage.problems import Problem
from triage.rulebook.diary.rules import DiaryRules
from triage.rulebook.model import Disposition, Item, Unfinished
from triage.rulebook.page.sentences import put_aside
from triage.rulebook.reading.source import Path
from triage.rulebook.rulebook import Rulebook

LONGEST = 30  # words in a sentence; the mean should be far below

_CARD_KEYS = (
    "title", "because", "brief", "brief_when_soon", "do_now", "say", "say_with", "text", "now",
    "when_it_comes", "meanwhile", "stop_rule", "claimed", "think_of",
)  # fmt: skip
_PAGE_KEYS = ("label", "within", "place")
_ITEM_KEYS = ("before", "text", "help", "why", "after")

# The panel's list (review.md, 6), and other words for clinicians only, with what to write instead.
_INSTEAD = {
    r"radiating": "that spreads",
    r"unilateral\w*": "on one side",
    r"bilateral\w*": "on both sides",
    r"back passage": "bottom",
    r"palpitations?": "a racing or odd heartbeat",
    r"jaundice\w*": "yellow skin or eyes",
    r"mottled": "blotchy",
    r"oedema\w*|edema": "swelling",
    r"persistent\w*": "that does not go away",
    r"chronic": "long-lasting",
    r"acute": "sudden",
    r"dyspnoea": "being short of breath",
    r"syncope": "passing out",
    r"myalgia": "muscle pain",
    r"neuropath\w*": "nerve trouble",
    r"claudication": "leg pain on walking",
    r"electrolytes?": "salts in the blood",
    r"contraindicat\w*": "must not be taken",
    r"hypo\w+mia": "too little … in the blood",
    r"hyper\w+mia": "too much … in the blood",
    r"hypertens\w+": "high blood pressure",
    r"renal": "of the kidneys",
    r"hepatic": "of the liver",
    r"cardiac": "of the heart",
    r"vascular": "of the blood vessels",
    r"thrombo\w+": "a clot",
    r"embol\w+": "a clot that moves",
    r"ischaemi\w*": "too little blood supply",
    r"paraesthesi\w*": "pins and needles",
    r"nocturnal": "at night",
    r"idiopathic": "without a known cause",
    r"aetiology": "cause",
    r"spasticity": "stiff muscles",
    r"dorsiflex\w*": "pull the foot up",
    r"proximal": "nearer the hip",
    r"distal": "nearer the toes",
    r"febrile": "with a fever",
    r"melaena": "black, sticky poo",
    r"haemat\w+": "blood in …",
    r"idiosyncratic": "rare and not to be foreseen",
    r"adverse": "unwanted",
    r"titrat\w+": "raise slowly",
    r"dosage": "dose",
    r"analgesi\w+": "a painkiller",
    r"prophyla\w+": "prevention",
    r"comorbid\w*": "other illness",
    r"etiology": "cause",
    r"symptomatic": "with signs of it",
    r"erythema\w*": "red skin",
    r"cellulitis": "an infection of the skin",
    r"haematoma\w*": "a bruise",
    r"pruritus": "itching",
    r"malaise": "feeling ill",
    r"arthralgia": "joint pain",
    r"tachy\w+": "a racing heart",
    r"brady\w+": "a slow heart",
    r"sepsis|septic": "germs in the blood",
    r"presyncope": "nearly passing out",
    r"metastat\w+": "spread",
    r"malignan\w+": "cancer",
}
JARGON = re.compile(r"\b(" + "|".join(_INSTEAD) + r")\b", re.I)
_LETTERS = re.compile(r"\b(DVT|PE|NSTI|CES|PRN|IV|MI|TIA|CKD|AKI|COPD|PAD|RLS|ABPI)\b")
_BLAME = re.compile(
    r"\b(you should have|your (own )?fault|you fail(ed)? to|non-?complian\w*|you (claim|admit|complain)\w*|"
    r"lazy|obese|neglect(ed)? to)\b",
    re.I,
)
_COMFORT = re.compile(
    r"\b(don['’]t worry|do not worry|no need to worry|nothing to worry|rest assured|"
    r"(?<!not )certainly (not|no|fine)|you are fine|it is nothing|completely safe|100% safe|no risk)\b",
    re.I,
)


_DIAGNOSIS = re.compile(
    r"\b(if|do|when|say|because|tools?|what|one if|unless|until|that) you have\b|you have (it|one|them)\b|"
    r"\b(?P<said>you have (?!been|had|to\b|spoken|bought|an? (plan|pump|catheter|emergency steroid)|a list|"
    r"a sick-day|named|none)(a |an |the )?[a-z]+)",
    re.I,
)
_PLACEHOLDER = re.compile(r"\b(TODO|FIXME|XXX|TBD)\b")


class ShownText(NamedTuple):
    """One text a person may read: which part of the rulebook, where in it, and the words."""

    part: str  # as in ``Rulebook.origins``: card:…, item:…, rulebook
    path: Path
    words: str


def texts(rulebook: Rulebook) -> Iterator[ShownText]:
    """Everything a person may read."""
    for card in rulebook.cards.values():
        part = f"card:{card.id}"
        yield from (
            ShownText(part, (key,), getattr(card, key)) for key in _CARD_KEYS if getattr(card, key, None)
        )
        for number, line in enumerate(getattr(card, "also_do", ())):
            yield ShownText(part, ("also_do", number), line.text)
        if page := getattr(card, "own_page", None):
            yield from (ShownText(part, ("own_page", key), getattr(page, key)) for key in _PAGE_KEYS)
        for number, guard in enumerate(getattr(card, "guards", ())):
            yield ShownText(part, ("guards", number, "why"), guard.why)
    for item in rulebook.items.values():
        yield from _asked(f"item:{item.id}", (), item)
    if rulebook.diary is not None:
        yield from _in_the_diary(rulebook.diary)
    for name, words in rulebook.page.words.items():
        yield ShownText("page", ("words", name), put_aside(words))
    for name, words in rulebook.page.drawings.items():
        yield ShownText("page", ("drawings", name), words)
    for number, headline in enumerate(rulebook.page.headlines):
        if headline.short:
            yield ShownText("page", ("headlines", number, "short"), headline.short)
    frame = rulebook.frame
    for number, said in enumerate(frame.dispositions):
        yield from _said(("dispositions", number), said)
    yield from _said(("unfinished",), frame.unfinished)
    yield from (ShownText("rulebook", ("always", n), line) for n, line in enumerate(frame.always))
    for n, line in enumerate(frame.safety_net):
        yield ShownText("rulebook", ("safety_net", n), line.text)
    if frame.crisis:
        yield ShownText("rulebook", ("crisis",), frame.crisis)


def _asked(part: str, path: Path, item: Item) -> Iterator[ShownText]:
    for key in _ITEM_KEYS:
        if words := getattr(item, key):
            yield ShownText(part, (*path, key), words)
    for number, option in enumerate(item.options):
        yield ShownText(part, (*path, "options", number, "text"), option.text)
        if option.help:
            yield ShownText(part, (*path, "options", number, "help"), option.help)


def _in_the_diary(rules: DiaryRules) -> Iterator[ShownText]:
    yield ShownText("diary", ("paper",), rules.paper)
    for number, question in enumerate(rules.questions):
        yield from _asked("diary", ("questions", number), question)
    for number, sign in enumerate(rules.signs):
        for key in ("title", "because", "do_now"):
            if words := getattr(sign, key):
                yield ShownText("diary", ("signs", number, key), words)


def _said(path: Path, said: Disposition | Unfinished) -> Iterator[ShownText]:
    for key in _PAGE_KEYS:
        yield ShownText("rulebook", (*path, key), getattr(said, key))
    for key in ("whom", "do", "now", "sooner"):
        for number, line in enumerate(getattr(said, key, ())):
            yield ShownText("rulebook", (*path, key, number), line.text)
    if call := getattr(said, "call", None):
        yield ShownText("rulebook", (*path, "call"), call)
    for number, text in enumerate(getattr(said, "move_up", ())):
        yield ShownText("rulebook", (*path, "move_up", number), text)


def wording(rulebook: Rulebook) -> list[Problem]:
    """What people should not have to read, at its place."""
    problems = list(_placeholders(rulebook))
    for part, path, words in texts(rulebook):
        place = rulebook.place(part, *path)
        if found := _LETTERS.search(words):
            fix = "Write it out in everyday words."
            problems.append(Problem("jargon", f"people do not know the letters “{found[0]}”", place, fix))
        if found := JARGON.search(words):
            plain = next(said for word, said in _INSTEAD.items() if re.fullmatch(word, found[0], re.I))
            fix = f"Write it in everyday words, such as “{plain}”. “clinician” may use it."
            problems.append(Problem("jargon", f"people do not know the word “{found[0]}”", place, fix))
        told = next((m["said"] for m in _DIAGNOSIS.finditer(words) if m["said"]), None)
        if told is not None and part.startswith("card:"):
            fix = "Say what it can be a sign of: answers on a screen are no diagnosis."
            problems.append(Problem("diagnosis", f"“{told}” tells people what they have", place, fix))
        if found := _BLAME.search(words):
            fix = "Say what to do, not what was done wrong."
            problems.append(Problem("blame", f"“{found[0]}” sounds like blame", place, fix))
        if found := _COMFORT.search(words):
            fix = "Say what speaks for it, and when to get help after all."
            problems.append(Problem("comfort", f"“{found[0]}” promises too much", place, fix))
        for sentence in re.split(r"(?<=[.?!:])\s+", words):
            if (length := len(sentence.split())) > LONGEST:
                fix = f"Make two sentences of it, of at most {LONGEST} words."
                problems.append(Problem("long-sentence", f"this sentence has {length} words", place, fix))
    return problems


def _placeholders(rulebook: Rulebook) -> Iterator[Problem]:
    """Words that somebody meant to write and did not, also among those for the clinician."""
    words = [(part, path, said) for part, path, said in texts(rulebook)]
    words += [(f"card:{card.id}", ("clinician",), card.clinician) for card in rulebook.cards.values()]
    for item in rulebook.items.values():
        for number, option in enumerate(item.options):
            for key in ("clinical_yes", "clinical_no"):
                words.append((f"item:{item.id}", ("options", number, key), getattr(option, key) or ""))
    for part, path, said in words:
        if found := _PLACEHOLDER.search(said):
            place = rulebook.place(part, *path)
            yield Problem(
                "placeholder", f"“{found[0]}” was left here", place, "Write the words, or take it out."
            )
