"""Words shown to people: plain enough to read at night, without jargon.

The Flesch-Kincaid grade (Kincaid 1975, counted by textstat) punishes long words. Words that cannot be
replaced, because they name what the person takes or has been told, count as short ones: TERMS.
"""

import re
import statistics

import pytest
import textstat

from triage.rulebook.checks import wording as plain_words
from triage.rulebook.checks.wording import JARGON, wording
from triage.rulebook.rulebook import Rulebook

TARGET, LIMIT = 6.0, 8.0
SHORT = 10  # below so many words the formula only counts syllables; such texts go by LONG_WORDS

# What people read on their boxes, on the label, or were told by a clinician.
TERMS = {
    "magnesium", "potassium", "calcium", "sodium", "vitamin", "iron", "quinine", "lithium", "digoxin", "baclofen",
    "gliflozin", "bempedoic", "steroid", "steroids", "insulin", "ketones", "diabetes", "dialysis", "cholesterol",
    "addison's", "parkinson's", "antacids", "epsom", "laxatives", "chemotherapy", "transplant", "pregnancy",
    "pregnant", "emergency", "medicine", "medicines", "clinician", "pharmacist", "hospital", "warfarin", "apixaban",
    "eliquis", "rivaroxaban", "xarelto", "edoxaban", "dabigatran", "heparin", "clopidogrel", "ticagrelor",
    "adrenal", "thyroid", "cadmium", "arsenic", "aluminium", "glycinate", "gluconate", "oxide", "antibiotic",
    "antibiotics", "ibuprofen", "naproxen", "breastfeeding", "alcohol", "caffeine", "tetanus", "digestive",
    "supplement", "appointment", "pregabalin", "gabapentin", "raloxifene", "tamoxifen", "quinolone", "inhaler",
    "calories", "infection",
}  # fmt: skip

# Words of five or more syllables that may stand in a short text all the same.
LONG_WORDS = {"examination", "sensitivity", "anaemia", "oxidation", "osteoporosis"}


def texts(rulebook: Rulebook) -> list[tuple[str, str, str]]:
    """Everything a person may read: where it stands, what kind it is, and the words."""
    found = []
    for part, path, words in plain_words.texts(rulebook):
        keys = [step for step in path if isinstance(step, str)]
        alike = {"rulebook": "line", "page": "sentence"}.get(part, keys[-1])
        kind = "option" if keys[0] == "options" else alike
        found.append((part, kind, words))
    return found


def grade(text: str) -> float:
    """The Flesch-Kincaid grade, with named terms as short words."""
    words = re.sub(r"[\w']+", lambda m: "word" if m.group().casefold() in TERMS else m.group(), text)
    return float(textstat.flesch_kincaid_grade(re.sub(r"[“”()]", "", words)))


def test_no_text_is_above_grade_eight(rulebook: Rulebook) -> None:
    long = [t for t in texts(rulebook) if len(t[2].split()) >= SHORT]
    assert len(long) > 800
    hard = [(round(grade(text), 1), *where, text) for *where, text in long if grade(text) > LIMIT]
    assert hard == []


def test_the_mean_of_every_kind_is_below_the_target(rulebook: Rulebook) -> None:
    kinds: dict[str, list[float]] = {}
    for _, kind, text in texts(rulebook):
        kinds.setdefault(kind, []).append(grade(text))
    means = {kind: statistics.mean(grades) for kind, grades in kinds.items()}
    assert {kind: round(mean, 1) for kind, mean in means.items() if mean > TARGET} == {}


def test_short_texts_have_no_long_words(rulebook: Rulebook) -> None:
    hard = []
    for where, kind, text in texts(rulebook):
        for word in re.findall(r"[A-Za-z]+(?:'[a-z]+)?", text):
            plain = word.casefold()
            if plain not in TERMS | LONG_WORDS and textstat.syllable_count(plain) >= 5:
                hard.append((where, kind, word))
    assert hard == []


def test_no_jargon_no_blame_no_false_comfort(rulebook: Rulebook) -> None:
    assert [problem.render() for problem in wording(rulebook)] == []


@pytest.mark.parametrize("text", ["Palpitations and oedema.", "Renal ischaemia"])
def test_jargon_is_seen(text: str) -> None:
    assert JARGON.search(text)


def test_a_hard_text_is_seen() -> None:
    hard = "Notwithstanding considerable heterogeneity, supplementation demonstrates negligible therapeutic superiority overall."
    assert grade(hard) > LIMIT
