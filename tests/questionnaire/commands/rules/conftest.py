"""What the tests of the maintainers' commands have in common."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path

import pytest
from programs.command_line import SMALL, legcramp_forked


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """A copy of the small rulebook to edit."""
    return Path(shutil.copytree(SMALL, tmp_path / "rules"))


@pytest.fixture
def run(tmp_path: Path):
    return partial(legcramp_forked, tmp_path, "rules")
