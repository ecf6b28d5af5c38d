"""Strict YAML: what PyYAML would read without a word, and must be refused or kept here."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triage.problems import Invalid
from triage.rulebook.reading.source import MAX_BYTES, read


def data(text: str):
    return read(text.encode(), "f.yaml").data


def refusal(raw: bytes | str):
    with pytest.raises(Invalid) as caught:
        read(raw.encode() if isinstance(raw, str) else raw, "f.yaml")
    return caught.value.problems


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"), ("yes", "yes"), ("on", "on"), ("off", "off"), ("y", "y"),
        ("true", True), ("False", False), ("null", None), ("~", None),
        ("12:30", "12:30"), ("010", 10), ("0x1f", "0x1f"), ("1_000", "1_000"), ("+5", 5),
        ("-3", -3), ("1.5", 1.5), (".5", 0.5), ("1e3", 1000.0), ("2026-11-22", "2026-11-22"),
        ("'1'", "1"), ('"true"', "true"), ("<<", "<<"), ("=", "="),
    ],
)  # fmt: skip
def test_scalars_follow_yaml_1_2(text, value) -> None:
    found = data(f"k: {text}")["k"]
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: 1\na: 2", "duplicate-key"),
        ("a: &x 1", "alias"),
        ("a: *x", "alias"),
        ("a: !!python/object/apply:os.system [ls]", "tag"),
        ("a: !thing 1", "tag"),
        ("a: 1\n---\nb: 2", "second-document"),
        ("a:\n\tb: 1", "tab"),
        ("a: [1, 2", "syntax"),
        ("a: b: c", "syntax"),
        ("[" * 60 + "]" * 60, "too-deep"),
        ("? [a, b]\n: c", "key"),
        ("a: \x07", "not-text"),
    ],
)
def test_refused(text, code) -> None:
    problems = refusal(text)
    assert code in [problem.code for problem in problems]
    assert all(problem.place.line > 0 for problem in problems)


def test_bytes_that_are_no_text() -> None:
    assert refusal(b"a: \xff\xfe")[0].code == "not-text"
    assert refusal(b"x" * (MAX_BYTES + 1))[0].code == "too-large"


def test_deep_and_wide_input_is_quick_to_refuse() -> None:
    assert refusal("[" * 100_000)[0].code in ("too-deep", "syntax")
    assert refusal("{a: " * 100_000)[0].code in ("too-deep", "syntax")


def test_places() -> None:
    document = read(b"a: 1\nb:\n  - x\n  - c: hello\n", "f.yaml")
    assert str(document.place(("b", 1, "c"))) == "f.yaml:4:8"
    assert str(document.place(("b", 1, "c"), key=True)) == "f.yaml:4:5"
    assert str(document.place(("b", 9, "zz"))) == "f.yaml:3:3"  # the nearest parent
    assert document.place(("b", 1, "c")).text == "  - c: hello"


def test_a_duplicate_key_names_both_lines() -> None:
    (problem,) = refusal("a: 1\nb: 2\na: 3\n")
    assert problem.place.line == 3
    assert "first in line 1" in problem.message
    assert problem.render().splitlines()[2].index("^") == 4


def read_or_refused(raw: bytes) -> bool:
    """Whether the bytes were read, or refused with at least one problem; nothing else may happen."""
    try:
        read(raw, "f.yaml")
    except Invalid as invalid:
        return bool(invalid.problems)
    return True


@given(st.text(max_size=200))
@settings(max_examples=300)
def test_any_text_is_read_or_refused(text: str) -> None:
    assert read_or_refused(text.encode("utf-8", "surrogatepass"))


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    assert read_or_refused(raw)
