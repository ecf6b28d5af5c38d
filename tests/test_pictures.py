"""The pictures of README.md show what the program says now. If not: PYTHONPATH=.:tests python tests/pictures/draw.py"""

import re
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

sys.path.insert(0, str(Path(__file__).parent / "pictures"))

from draw import PAGE, TERMINAL, draw_terminal, page, played, shown, text_of

from triage.report.formats.text import render_text

README = Path(__file__).parent.parent / "README.md"


def test_the_picture_of_the_terminal_is_what_a_person_sees_now() -> None:
    screen = played()
    assert shown(screen) == text_of(TERMINAL)
    assert draw_terminal(screen) == TERMINAL.read_text("utf-8")


def test_the_picture_of_the_page_is_what_a_clinician_reads_now() -> None:
    """But for the version of the rules in the small print, which other cards change too."""
    assert _without_version(render_text(page())) == _without_version(text_of(PAGE))


def _without_version(text: str) -> str:
    said, found = re.subn(r"rulebook\s+\S+\s+\([0-9a-f]+\)", "rulebook", text)
    assert found == 1
    return said


@pytest.mark.parametrize("picture", [TERMINAL, PAGE], ids=lambda path: path.stem)
def test_a_picture_is_whole_fetches_nothing_and_is_shown(picture: Path) -> None:
    drawn = picture.read_text("utf-8")
    assert ElementTree.fromstring(drawn).tag == "{http://www.w3.org/2000/svg}svg"
    assert set(re.findall(r"\bhttps?://[^\"' <]+", drawn)) <= {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
        "http://www.w3.org/1999/xhtml",
    }
    assert f'src="tests/pictures/{picture.name}"' in README.read_text("utf-8")
