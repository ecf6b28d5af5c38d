"""Answers files: what is read, and what is refused with the place and the nearest valid name."""

import json
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triage.conditions.leaf import NoAnswer, Ticks
from triage.engine.answers import read_answers
from triage.engine.response import MedicineAnswer, plain
from triage.problems import Invalid

FORMAT = "legcramp-answers/1"


@pytest.fixture
def refused(small) -> Callable[[str | bytes], str]:
    def refuse(raw: str | bytes) -> str:
        with pytest.raises(Invalid) as caught:
            read_answers(raw.encode() if isinstance(raw, str) else raw, "answers.json", small)
        return str(caught.value)

    return refuse


def file(**answers) -> bytes:
    return json.dumps({"format": FORMAT, "answers": answers}).encode()


def test_every_kind_of_answer(small) -> None:
    raw = file(
        age=67,
        kidneys="unsure",
        sex="declined",
        signs=["swollen", "weak?"],
        days=[],
        medicines=[{"name": "Aprinox", "started": "2026-10"}, {"name": "odd"}],
        own_words="It hurts.\nA lot.",
    )
    response = read_answers(raw, "a.json", small)
    assert response.answers == {
        "age": 67,
        "kidneys": NoAnswer.UNSURE,
        "sex": NoAnswer.DECLINED,
        "signs": Ticks(frozenset({"swollen"}), frozenset({"weak"})),
        "days": Ticks(),
        "medicines": (MedicineAnswer("Aprinox", "2026-10"), MedicineAnswer("odd")),
        "own_words": "It hurts.\nA lot.",
    }
    again = read_answers(file(**plain(response)), "a.json", small)
    assert again == response


def test_yaml_is_read_too(small) -> None:
    raw = b"format: legcramp-answers/1\nanswers:\n  pregnant: no\n  medicines: [{name: x, started: 2026}]\n"
    response = read_answers(raw, "a.yaml", small)
    assert response.answers == {"pregnant": "no", "medicines": (MedicineAnswer("x", "2026"),)}


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"kidnees": "fine"}, "there is no question “kidnees” … Did you mean “kidneys”?"),
        ({"kidneys": "fin"}, "“kidneys” has no option “fin” … Did you mean “fine”?"),
        ({"pregnant": True}, 'has no option true … Write "yes" or "no"'),
        ({"kidneys": None}, "has no option null"),
        ({"kidneys": ["fine"]}, 'has no option ["fine"]'),
        ({"signs": "swollen"}, "needs a list, not “swollen”"),
        ({"signs": ["swolen"]}, "has no line “swolen” … Did you mean “swollen”?"),
        ({"signs": ["weak", "weak?"]}, "has the line “weak” twice"),
        ({"signs": [3]}, "has no line 3"),
        ({"age": "67"}, "needs a whole number, not “67”"),
        ({"age": 67.5}, "needs a whole number, not 67.5"),
        ({"age": True}, "needs a whole number, not true"),
        ({"age": 400}, "cannot be 400 … from 0 to 120"),
        ({"age": -1}, "cannot be -1"),
        ({"medicines": "aspirin"}, "needs a list"),
        ({"medicines": [5]}, "cannot read 5"),
        ({"medicines": [{"nam": "x"}]}, "unknown key “nam” … Did you mean “name”?"),
        ({"medicines": [{"started": "2026"}]}, "a medicine without a name"),
        ({"medicines": [{"name": " "}]}, "a medicine without a name"),
        ({"medicines": [{"name": 5}]}, "a name that is no text"),
        ({"medicines": [{"name": "x"}] * 61}, "at most 60 fit"),
        ({"medicines": [{"name": "x", "for": "wadder"}]}, "cannot read “for”"),
        ({"medicines": [{"name": "x", "started": "last week"}]}, "cannot read “started”"),
        ({"medicines": [{"name": "x", "started": "2026-02-31"}]}, "cannot read “started”"),
        ({"medicines": [{"name": "x" * 2_001}]}, "very long name"),
        ({"own_words": 5}, "should be text"),
        ({"own_words": "x" * 10_001}, "at most 10,000"),
    ],
)
def test_bad_answers(refused, answers, words) -> None:
    message = refused(file(**answers))
    position = 0
    for part in words.split("…"):
        position = message.find(part.strip(), position)
        assert position >= 0, message
    assert message.startswith("answers.json:1:")  # the place


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("", "not an answers file"),
        ("[]", "not an answers file"),
        ("{", "not JSON"),
        ('{"format": "legcramp-answers/1", "answers": {"age": 1, "age": 2}}', "stands twice"),
        ('{"format": "legcramp-answers/2", "answers": {}}', "format is missing or unknown"),
        ('{"answers": {}}', "format is missing or unknown"),
        ('{"format": "legcramp-answers/1", "answers": {"age": NaN}}', "too deep or too big"),
        ('{"format": "legcramp-answers/1", "age": 5}', "not an answers file"),
        (b"\xff\xfe\x00", "not UTF-8"),
        (b"\x89PNG\r\n\x1a\n", "not UTF-8"),
        ("{" * 50_000, "not JSON"),
        ("[" * 50_000, "nested too deeply"),
        ("x" * 1_000_001, "too large"),
    ],
    ids=range(13),
)
def test_what_is_no_answers_file(refused, raw, words) -> None:
    assert words in refused(raw)


def test_all_problems_at_once(refused) -> None:
    assert refused(file(age="x", kidnees=1, signs=["a", "b"])).count("→") >= 3


def test_json_places_count_lines(refused) -> None:
    raw = '{\n  "format": "legcramp-answers/1",\n  "answers": {\n    "agee": 5\n  }\n}\n'
    assert refused(raw).startswith("answers.json:4:5: there is no question “agee”")


def test_free_text_loses_what_could_harm_a_terminal(small) -> None:
    raw = file(own_words="a\x1b[31mred\x07\u202eb\u200f\tc\r\nd", medicines=[{"name": "x\x1b]0;t\x07"}])
    response = read_answers(raw, "a.json", small)
    assert response.get("own_words") == "a[31mredb c\nd"
    assert response.get("medicines") == (MedicineAnswer("x]0;t"),)


def test_emoji_and_other_scripts_stay(small) -> None:
    said = "cramp 👩\u200d👩\u200d👦 ночью 夜 ≥3×"
    assert read_answers(file(own_words=said), "a", small).get("own_words") == said


_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=10,
)


@settings(max_examples=200)
@given(st.dictionaries(st.sampled_from(["age", "signs", "kidneys", "medicines", "own_words", "zz"]), _JSON))
def test_anything_at_all_is_read_or_refused(small_book, answers) -> None:
    raw = json.dumps({"format": FORMAT, "answers": answers}).encode()
    assert outcome(raw, small_book)


@pytest.fixture(scope="module")
def small_book(small):
    return small


def outcome(raw: bytes, book) -> bool:
    try:
        return isinstance(read_answers(raw, "x", book).answers, dict)
    except Invalid as invalid:
        return bool(invalid.problems)


@pytest.mark.parametrize(
    ("raw", "code"), [("[]", "not-answers"), ('{"format": "x", "answers": {}}', "format")], ids=str
)
def test_codes_of_files_that_are_no_answers(small, raw: str, code: str) -> None:
    with pytest.raises(Invalid) as caught:
        read_answers(raw.encode(), "answers.json", small)
    assert [problem.code for problem in caught.value.problems] == [code]
