"""The few questions for the page: only those that are left to ask; and a stray 0 is no answer to a question."""

import contextlib
import datetime
import io
from pathlib import Path

import pytest
from interviews.plain_cases import CASES
from interviews.plainly import PlainReasoner

from questionnaire.session import SessionController
from questionnaire.store import SessionStore, new_session
from questionnaire.terminal.interface import Leave
from questionnaire.terminal.plain import PlainInterface
from triage.rulebook.rulebook import Rulebook

NOW = datetime.datetime(2026, 11, 22, 9, 0, 0)
SINCE = "Since when is it so?"


@pytest.fixture
def said(rulebook: Rulebook, tmp_path: Path):
    def sit(lines: str) -> str:
        out = io.StringIO()
        session = new_session(NOW, rulebook.frame.version)
        with contextlib.suppress(Leave):  # the lines may end before the questions do
            SessionController(
                PlainInterface(io.StringIO(lines), out),
                rulebook,
                PlainReasoner(rulebook, NOW.date()),
                session,
                SessionStore(tmp_path),
                lambda: NOW,
            ).run()
        return " ".join(out.getvalue().split())

    return sit


def test_what_was_asked_in_the_interview_is_not_asked_again_for_the_page(said) -> None:
    whole = CASES["ordinary"].removeprefix("\n").removesuffix("3\n8\n")
    told = said(whole + "5\n1\nMy calf.\n3\nRest\nNone\nNo\nSleep\n5\n8\n")
    assert "In your own words" in told
    assert "What would you like the visit to do for you?" in told
    assert SINCE not in told


def test_who_leaves_at_a_question_for_the_page_is_told_that_there_is_no_page(said) -> None:
    whole = CASES["ordinary"].removeprefix("\n").removesuffix("3\n8\n")
    left = said(whole + "5\n1\nMy calf.\nq\n")
    assert "No page was saved. To save it:" in left
    assert "No page was saved" not in said(whole + "5\n1\nb\n8\n")
    assert "No page was saved" not in said(whole + "8\n")


def test_a_zero_is_no_answer_where_no_line_is_none_of_these(said) -> None:
    """Six lists are passed with 0 one after the other: one 0 more must not answer what comes next."""
    whole = CASES["ordinary"].removeprefix("\n")
    before = whole.removesuffix("2\n0\n3\n8\n")
    told = said(before + "0\n" + "2\n0\n3\n8\n")
    assert "“0” is none of these. Type a number from 1 to 5." in told
    assert "It wakes me, but I sleep again" in told


def test_a_wrong_key_at_a_read_back_is_told_so(said) -> None:
    """Somebody presses the number of the line again, in place of y."""
    told = said("1\n58\n2\n" + "1\n" + "1\nn\n")
    assert "n: Take it off: I ticked it by mistake. u: Not sure." in told
    assert "Type y, n or u: Please type y, n or u. To stop: q." in told
    assert told.count("Please type y, n or u.") == 1


def test_there_is_a_way_back_from_saving_a_page(said) -> None:
    whole = CASES["ordinary"].removeprefix("\n").removesuffix("3\n8\n")
    told = said(whole + "5\n3\n8\n")
    assert told.count("What would you like to do now?") == 2
    assert "Which kind of file" not in told
    assert "No page was saved" not in told
