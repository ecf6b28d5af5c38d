"""A card whose own file is broken is told of there, and not again by every card that names it."""

from __future__ import annotations

from pathlib import Path

import pytest

from triage.problems import Invalid
from triage.rulebook.load import load


def test_a_broken_card_is_told_of_once(small_folder: Path) -> None:
    """An advice that another one names, and a picture that another one stands in place of."""
    busy, advice = small_folder / "patterns/busy.yaml", next((small_folder / "advice").glob("*.yaml"))
    other = busy.read_text().replace("id: busy\n", "id: busier\n")
    (small_folder / "patterns/busier.yaml").write_text(
        other.replace("brief: busy legs\n", "brief: busier legs\nin_place_of: [busy]\n")
    )
    (small_folder / "advice/second.yaml").write_text(
        advice.read_text()
        .replace(f"id: {advice.stem}\n", "id: second\n")
        .replace("why:", f"instead: {advice.stem}, why:", 1)
    )
    load(small_folder)  # as it is, it can be used
    for path in (busy, advice):
        path.write_text(path.read_text().replace("title:", "titel:", 1))
    with pytest.raises(Invalid) as raised:
        load(small_folder)
    files = {problem.place.file for problem in raised.value.problems}
    assert files == {"patterns/busy.yaml", f"advice/{advice.name}"}
