"""A run of the tests that begins before midnight ends on the same day, for them and for what they start."""

from __future__ import annotations

import datetime
import subprocess
import sys

HOURS = range(9, 18)  # begun about noon; no run lasts half of that


def test_midnight_is_hours_away() -> None:
    assert datetime.datetime.now().hour in HOURS


def test_midnight_is_hours_away_for_a_program_that_is_started() -> None:
    asked = "import datetime; print(datetime.datetime.now().hour)"
    hour = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout
    assert int(hour) in HOURS
