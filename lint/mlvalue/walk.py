"""The Markdown files below a folder, without those that tools keep there."""

import os
import pathlib
import stat
from collections.abc import Collection, Iterator

MARKDOWN = (".md", ".markdown")
TOOLS = ("node_modules", "site-packages")
"""Folders full of other people's Markdown; hidden ones, like `.git` and `.venv`, are left out, too."""
LOCK = ".#"
"""How the links begin by which Emacs marks what it edits; they lead nowhere."""


def is_of_tools(folder: str) -> bool:
    """Say whether a *folder* of this name is left out."""
    return folder.startswith(".") or folder in TOOLS


def markdown(folder: pathlib.Path, entered: Collection[str] = ()) -> Iterator[pathlib.Path]:
    """The Markdown files below *folder*, and what can't be opened there, so that whoever reads it tells why.

    Folders of tools are entered if they are among *entered*; links to folders never, because they can lead in a circle.
    """
    closed: list[pathlib.Path] = []
    for place, folders, names in os.walk(folder, onerror=lambda error: closed.append(pathlib.Path(error.filename))):
        folders[:] = sorted(name for name in folders if name in entered or not is_of_tools(name))
        yield from (path for name in sorted(names) if name.endswith(MARKDOWN) and _may_be_read(path := pathlib.Path(place, name)))
    yield from closed


def _may_be_read(path: pathlib.Path) -> bool:
    """Say whether reading tells anything: not of pipes and devices, which would be waited for."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return not path.name.startswith(LOCK)
