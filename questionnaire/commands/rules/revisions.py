"""The door to git: the rules as they were at a revision. Local only; git fetches nothing here."""

from __future__ import annotations

import subprocess
import tarfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from questionnaire.commands.rules.which_rules import named
from questionnaire.program import Refusal
from questionnaire.rulebooks import built_in_rules


@dataclass(frozen=True, slots=True)
class Found:
    """A folder of rules, and the revision that it was unpacked from, such as ``HEAD:rules``."""

    folder: Path
    revision: str = ""

    @property
    def called(self) -> str:
        return self.revision or named(self.folder)


def rules_at(name: str, where: Path, like: Path) -> Found:
    """What ``name`` means: built-in, a folder, or a git revision (unpacked below ``where``).

    Of a revision those rules are taken that stand where ``like`` stands now, if there are any.
    Raises ``Refusal`` if it is none of them.
    """
    if name == "built-in":
        return Found(built_in_rules())
    folder = Path(name)
    if folder.is_dir():
        if not (folder / "rulebook.yaml").is_file():
            raise Refusal(f"{folder} has no rulebook.yaml. Name the folder of the rules itself.")
        return Found(folder)
    return _unpacked(name, where, like)


def _unpacked(revision: str, where: Path, like: Path) -> Found:
    top = _git("rev-parse", "--show-toplevel", revision=revision).decode().strip()
    wanted = f"{revision}^{{commit}}"
    commit = _git("rev-parse", "--verify", "--quiet", "--end-of-options", wanted, revision=revision)
    listed = _git(
        "-C", top, "ls-tree", "-r", "-z", "--name-only", commit.decode().strip(), revision=revision
    )
    names = listed.decode("utf-8", "surrogateescape").split("\0")
    folder = _folder_in(names, Path(top), like)
    if folder is None:
        raise Refusal(f"At “{revision}” there is no folder rules with a rulebook.yaml.")
    only = [folder] if folder else []
    packed = _git("-C", top, "archive", "--format=tar", commit.decode().strip(), *only, revision=revision)
    with tarfile.open(fileobj=BytesIO(packed)) as archive:
        try:
            archive.extractall(where, filter="data")
        except tarfile.TarError:
            message = f"The rules at “{revision}” hold a link or a file that cannot be unpacked."
            raise Refusal(message) from None
    return Found(where / folder, f"{revision}:{folder or '.'}")


def _folder_in(names: list[str], top: Path, like: Path) -> str | None:
    """Where the rules stand in a revision that has these files; empty: at its top."""
    frames = [name.removesuffix("rulebook.yaml").rstrip("/") for name in names if _is_frame(name)]
    if like.resolve().is_relative_to(top.resolve()):
        path = like.resolve().relative_to(top.resolve())
        same = "" if path == Path() else path.as_posix()
        if same in frames:
            return same
    return min((frame for frame in frames if frame.endswith("rules")), key=len, default=None)


def _is_frame(name: str) -> bool:
    return name == "rulebook.yaml" or name.endswith("/rulebook.yaml")


def _git(*arguments: str, revision: str) -> bytes:
    try:
        done = subprocess.run(["git", *arguments], capture_output=True, check=False, timeout=60)
    except subprocess.TimeoutExpired:
        raise Refusal(f"git took more than a minute for “{revision}”.") from None
    except FileNotFoundError:
        raise Refusal(
            f"“{revision}” is no folder, and git, to look for a revision, is not installed."
        ) from None
    if done.returncode:
        raise Refusal(
            f"“{revision}” is neither a folder nor a git revision here. Name a folder of rules, built-in, "
            "or a revision such as HEAD or v1.2."
        )
    return done.stdout
