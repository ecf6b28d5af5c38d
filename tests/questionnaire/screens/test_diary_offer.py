"""The diary in the interview: used only after asking, kept with the session, and never for another leg."""

from __future__ import annotations

import contextlib
import datetime
import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from interviews.plain_cases import CASES
from interviews.plainly import PlainReasoner

from questionnaire.rendering import render
from questionnaire.screens.diary_offer import diary_of
from questionnaire.session import SessionController
from questionnaire.store import Session, SessionStore, new_session
from questionnaire.terminal.interface import Leave
from questionnaire.terminal.plain import PlainInterface
from triage.engine.assess import assess_with
from triage.rulebook.rulebook import Rulebook

ROOT = Path(__file__).resolve().parents[3]
NOW = datetime.datetime(2026, 11, 22, 9, 0, 0)
Nights = dict[str, dict[str, Any]]
# The ordinary man of 67, up to the question how often: what is asked before, from there, and after the side.
OPENING = CASES["ordinary"].removeprefix("\n")
BEFORE, AFTER = (
    "1\nabout 67\n2\n" + "0\n" * 7 + "1\n4\n",
    "0\n0\n2\n0\nbendrofl\n1\n0\n2\n0\n0\n0\n1\n2\n0\n3\n8\n",
)
assert OPENING == BEFORE + "3\n" + "0\n1\n" + "2\n" + "1\n" + AFTER


def nights(*told: dict[str, Any] | None) -> Nights:
    """Plain nights by day, the last one last; None: not told."""
    days = [NOW.date() - datetime.timedelta(days=len(told) - 1 - n) for n in range(len(told))]
    return {day.isoformat(): night for day, night in zip(days, told, strict=True) if night is not None}


LEFT, NONE = {"cramp": "yes", "leg": "left"}, {"cramp": "no"}
WEEK = nights(LEFT, NONE, LEFT, None, NONE, LEFT, NONE)


class Sitting:
    """One sitting by typed lines, at a fixed time."""

    def __init__(self, rulebook: Rulebook, place: Path) -> None:
        self.rulebook = rulebook
        self.store = SessionStore(place)
        self.said = ""
        self.read = 0

    def sit(
        self, lines: str, diary: Nights | None, session: Session | None = None, days: int = 0
    ) -> Session:
        now = NOW + datetime.timedelta(days=days)

        def read() -> Nights:
            self.read += 1
            assert diary is not None
            return diary

        out = io.StringIO()
        sitting = SessionController(
            PlainInterface(io.StringIO(lines), out),
            self.rulebook,
            PlainReasoner(self.rulebook, now.date()),
            session or new_session(now, self.rulebook.frame.version),
            self.store,
            lambda: now,
            read_diary=None if diary is None else read,
        )
        with contextlib.suppress(Leave):
            sitting.run()
        self.said = " ".join(out.getvalue().split())
        return self.store.load(sitting.session.id)


@pytest.fixture
def sitting(rulebook: Rulebook, tmp_path: Path) -> Sitting:
    return Sitting(rulebook, tmp_path)


def test_who_wants_it_is_not_asked_what_the_diary_says(sitting: Sitting) -> None:
    saved = sitting.sit(BEFORE + "1\n" + "0\n1\n" + AFTER, WEEK)
    assert saved.finished
    assert [saved.answers[item] for item in ("how_often", "side", "which_leg")] == [
        "three_plus_nights", "same_leg", "left",
    ]  # fmt: skip
    assert "The last 28 nights: 3 with a cramp, 3 without, 22 not told." in sitting.said
    assert (
        "It says: How often did it come in the last 4 weeks? 3 or more nights (or days) a week."
        in sitting.said
    )
    assert sitting.said.count("Use that?") == 1
    assert "From your diary: Which side is it? Always the same leg." in sitting.said
    assert "1. About once a week" not in sitting.said
    assert saved.diary == {"use": True, "last": "2026-11-22", "nights": WEEK}
    assert sitting.read == 1


def test_who_does_not_want_it_is_asked_and_never_offered_it_again(
    sitting: Sitting, rulebook: Rulebook
) -> None:
    saved = sitting.sit(BEFORE + "2\n" + "3\n0\n1\n2\n1\n" + AFTER, WEEK)
    assert saved.finished
    assert saved.answers["how_often"] == "one_two_nights"
    assert saved.answers["side"] == "either"
    assert sitting.said.count("Use that?") == 1
    assert saved.diary == {"use": False}
    assert diary_of(saved, rulebook) is None


def test_what_is_not_sure_is_asked(sitting: Sitting) -> None:
    saved = sitting.sit(BEFORE + "1\n" + "2\n0\n1\n2\n1\n" + AFTER, nights(LEFT, None, None, NONE))
    assert "It cannot say for sure how often" in sitting.said
    assert saved.answers["how_often"] == "weekly"
    assert saved.diary is not None
    assert saved.diary["use"]
    assert "From your diary" not in sitting.said


def test_an_empty_or_an_old_diary_is_not_offered(sitting: Sitting) -> None:
    for diary in ({}, {"2026-01-01": LEFT}):
        saved = sitting.sit(OPENING, diary)
        assert saved.finished
        assert saved.diary is None
        assert "your diary" not in sitting.said.casefold()


def test_going_back_shows_what_was_taken_and_it_can_be_changed(sitting: Sitting) -> None:
    saved = sitting.sit(BEFORE + "1\n" + "b\n" + "2\n" + "q\n", WEEK)
    assert "Your answer before: 3 or more nights (or days) a week." in sitting.said
    assert saved.answers["how_often"] == "weekly"


def test_going_on_at_another_day_gives_the_same_whatever_the_diary_says_then(
    sitting: Sitting, rulebook: Rulebook
) -> None:
    begun = sitting.sit(BEFORE + "1\n" + "0\n" + "q\n", WEEK)
    assert "side" not in begun.answers
    at_once = sitting.sit("1\n" + AFTER, None, begun)
    other = nights(*[{"cramp": "yes", "leg": "right"}] * 20)
    again = "0\n" * 7  # after a day the danger signs are asked once more
    later = sitting.sit("\n" + again + "1\n" + AFTER, other, begun, days=20)
    assert sitting.read == 1
    assert later.answers["side"] == "same_leg"
    assert later.answers == at_once.answers
    assert later.diary == begun.diary
    first, second = (diary_of(session, rulebook) for session in (begun, later))
    assert first == second


def test_nobody_is_offered_a_diary_of_cramps_for_another_feeling(sitting: Sitting) -> None:
    sitting.sit(BEFORE.removesuffix("1\n4\n") + "2\n4\n" + "q\n", WEEK)
    assert "How often did it come" in sitting.said
    assert "Use that?" not in sitting.said


def test_for_another_person_it_is_asked_whose_it_is(sitting: Sitting) -> None:
    sitting.sit("3\n" + BEFORE.removeprefix("1\n") + "q\n", WEEK)
    assert "Yes, it is of that person, use it" in sitting.said


def test_the_page_has_it_only_if_it_was_wanted(sitting: Sitting, rulebook: Rulebook) -> None:
    saved = sitting.sit(BEFORE + "1\n" + "0\n1\n" + AFTER, WEEK)
    from questionnaire.commands.sessions import answers_of

    result = assess_with(PlainReasoner(rulebook, NOW.date()), answers_of(saved, rulebook))
    for style, said in (
        ("text", "cramp 3, none 3, not recorded 22"),
        ("md", "cramp 3, none 3"),
        ("fhir", "cramp 3, none 3"),
        ("json", '"diary": {'),
    ):
        for diary, there in ((diary_of(saved, rulebook), True), (None, False)):
            made = render(result, rulebook, style, page=True, diary=diary)
            assert isinstance(made, str)
            assert (said in " ".join(made.split())) is there, style


def test_a_diary_edited_by_hand_in_a_session_is_left_out(rulebook: Rulebook) -> None:
    session = new_session(NOW, "2026.1.1")
    for odd in ({"use": True}, {"use": True, "last": "x", "nights": {}}, {"use": True, "last": "2026-11-22", "nights": 5},
                {"use": True, "last": "2026-11-22", "nights": {"2026-11-22": 5}}):  # fmt: skip
        assert diary_of(Session(**{**_fields(session), "diary": odd}), rulebook) is None


def _fields(session: Session) -> dict[str, Any]:
    return {name: getattr(session, name) for name in session.__dataclass_fields__}


def test_a_pipe_answers_by_place_and_is_not_offered_a_diary(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "legcramp"
    folder.mkdir(parents=True)
    today = datetime.date.today()
    (folder / "diary.json").write_text(
        f'{{"format": "legcramp-diary/1", "nights": {{"{today}": {{"cramp": "yes", "leg": "left"}}}}}}'
    )
    done = subprocess.run(
        [sys.executable, "-m", "questionnaire", "ask", "--plain", "--no-save"],
        input=CASES["ordinary"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "XDG_DATA_HOME": str(tmp_path / "data")},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert "Use that?" not in done.stdout
