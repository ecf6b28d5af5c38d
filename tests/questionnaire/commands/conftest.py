"""The commands, run in a folder of their own."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from programs.batch_files import OPTIONS
from programs.command_line import legcramp_forked

from questionnaire.commands.main import main


@pytest.fixture
def run(tmp_path: Path):
    return partial(legcramp_forked, tmp_path)


@pytest.fixture
def answers(tmp_path: Path):
    """Writes a file of answers (or some other file), and gives its name."""

    def write(data, name: str = "answers.json") -> str:
        path = tmp_path / name
        if isinstance(data, bytes):
            path.write_bytes(data)
        else:
            path.write_text(json.dumps({"format": "legcramp-answers/1", "answers": data}))
        return name

    return write


@pytest.fixture
def batch(tmp_path: Path):
    return partial(legcramp_forked, tmp_path, *OPTIONS)


@pytest.fixture
def here(tmp_path: Path, monkeypatch, capsys) -> Callable[..., tuple[int, str, str]]:
    """A batch in this process, which starts no Python: for the many ways in which it can go wrong."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main([*OPTIONS, *arguments])
        return ended.value.code, *capsys.readouterr()

    return run
