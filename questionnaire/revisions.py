"""The door to git: the rules as they were at a revision. Local only; git fetches nothing here."""

from __future__ import annotations

import subprocess
import tarfile
from io import BytesIO
from pathlib import Path

from questionnaire.shared import Refusal, built_in_rules


def rules_at(name: str, where: Path) -> Path:
    """The folder that ``name`` means: built-in, a folder, or a git revision (unpacked below ``where``).

    Raises ``Refusal`` if it is none of them.
    """
    if name == "built-in":
        return built_in_rules()
    folder = Path(name)
    if folder.is_dir():
        if not (folder / "rulebook.yaml").is_file():
            raise Refusal(f"{folder} has no rulebook.yaml. Name the folder of the rules itself.")
        return folder
    return _unpacked(name, where)


def _unpacked(revision: str, where: Path) -> Path:
    top = _git("rev-parse", "--show-toplevel", revision=revision).decode().strip()
    wanted = f"{revision}^{{commit}}"
    commit = _git("rev-parse", "--verify", "--quiet", "--end-of-options", wanted, revision=revision)
    listed = _git("-C", top, "ls-tree", "-r", "--name-only", commit.decode().strip(), revision=revision)
    frames = [line for line in listed.decode().splitlines() if line.endswith("rules/rulebook.yaml")]
    if not frames:
        raise Refusal(f"At “{revision}” there is no folder rules with a rulebook.yaml.")
    folder = min(frames, key=len).removesuffix("/rulebook.yaml")
    packed = _git("-C", top, "archive", "--format=tar", commit.decode().strip(), folder, revision=revision)
    with tarfile.open(fileobj=BytesIO(packed)) as archive:
        try:
            archive.extractall(where, filter="data")
        except tarfile.TarError:
            message = f"The rules at “{revision}” hold a link or a file that cannot be unpacked."
            raise Refusal(message) from None
    return where / folder


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
