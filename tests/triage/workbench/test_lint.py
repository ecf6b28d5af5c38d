"""What is said against a folder of rules that no part of it shows by itself."""

from pathlib import Path

from triage.problems import Problem
from triage.workbench.lint import inspect

SHOWS = "A person leans on a wall with both hands."


def problems_with(folder: Path, drawings: str) -> list[Problem]:
    """Of the small rules with a card whose advice is drawn, and with some words for drawings."""
    card = folder / "advice" / "magnesium.yaml"
    (folder / "advice" / "stretch.yaml").write_text(
        card.read_text().replace("id: magnesium", "id: stretch")
    )
    page = folder / "page.yaml"
    page.write_text(f"{page.read_text()}\n{drawings}")
    return [problem for problem in inspect(folder)[1] if "draw" in problem.message]


def test_a_drawing_is_put_into_words(small_folder: Path) -> None:
    (problem,) = problems_with(small_folder, "")
    assert problem.code == "page"
    assert problem.message == "the drawing of “stretch” is not put into words"
    assert problem.place.file == "page.yaml"


def test_no_words_stand_for_a_drawing_that_there_is_not(small_folder: Path) -> None:
    (problem,) = problems_with(small_folder, f"drawings: {{stretch: {SHOWS}, magnesium: {SHOWS}}}\n")
    assert problem.code == "page"
    assert problem.message == "nothing is drawn for “magnesium”"
    assert problem.place.line


def test_a_drawing_with_its_words_is_as_it_should_be(small_folder: Path) -> None:
    assert problems_with(small_folder, f"drawings: {{stretch: {SHOWS}}}\n") == []
