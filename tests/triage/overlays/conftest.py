"""Clinics' folders of rules."""

from __future__ import annotations

from pathlib import Path

import pytest
from clinic.folder import FRAME, Write


@pytest.fixture
def clinic(tmp_path: Path) -> Write:
    """Writes a clinic's folder: file names and texts."""

    def write(files: dict[str, str] | None = None, frame: str = FRAME) -> Path:
        for name, text in {"rulebook.yaml": frame, **(files or {})}.items():
            path = tmp_path / "clinic" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return tmp_path / "clinic"

    return write
