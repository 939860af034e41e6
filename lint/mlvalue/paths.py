"""The paths that a command is given to the files they mean, and each file to its review."""

import dataclasses
import os
import pathlib
import sys
from collections.abc import Iterable, Sequence

from mlvalue.places import STDIN
from mlvalue.review import Review, review
from mlvalue.rule import Rule
from mlvalue.settings import Settings


class UsageError(Exception):
    """Something on the command line can't be done."""


class UnreadableError(UsageError):
    """A file can't be read, for a *reason* that the system gives."""

    def __init__(self, path: pathlib.Path, reason: str) -> None:
        """Say so in a sentence."""
        super().__init__(f"can't read {path}: {reason}")
        self.path = path
        self.reason = reason


def documents(paths: Sequence[pathlib.Path], settings: Settings, name: pathlib.Path | None = None, *, only_named: bool = False) -> list[pathlib.Path]:
    """The files to read, in the order given, each once; folders stand for the Markdown files below them.

    Without *paths* all that the settings name. *name* is that of standard input. With *only_named* those among *paths*
    that the settings don't name are left out.

    Raises:
        UsageError: if there is no such file.
    """
    if not paths:
        return [] if only_named else [relative(path) for path in settings.find_documents()]
    return [path for path in _meant(paths) if not only_named or settings.is_document(name or path if path == STDIN else path)]


def missing(paths: Iterable[pathlib.Path]) -> list[pathlib.Path]:
    """Those among *paths* where nothing is."""
    return [path for path in paths if path != STDIN and not path.exists()]


def left_out(paths: Sequence[pathlib.Path], read: Sequence[pathlib.Path], settings: Settings) -> list[tuple[pathlib.Path, str]]:
    """What *paths*, or without any the settings' `documents`, mean but isn't among the files *read*, and why."""
    everything = dataclasses.replace(settings, exclude=())
    meant = _meant(paths) if paths else [relative(path) for path in everything.find_documents()]
    return [
        (path, "the settings' `exclude` names it" if everything.is_document(path) else "the settings' `documents` don't name it")
        for path in meant
        if path not in read
    ]


def _meant(paths: Sequence[pathlib.Path]) -> list[pathlib.Path]:
    """The files that *paths* are or that lie below them, each once."""
    found: list[pathlib.Path] = []
    if gone := missing(paths):
        raise UsageError(f"no such file: {gone[0]}")
    for path in paths:
        found += sorted(inner for inner in path.rglob("*.md") if inner.is_file()) if path.is_dir() else [path]
    return list(dict.fromkeys(found))


def reviews(paths: Iterable[pathlib.Path], settings: Settings, rules: Sequence[Rule] | None = None, name: pathlib.Path | None = None) -> list[Review]:
    """The reviews of the files at *paths*; *name* is that of standard input.

    Raises:
        UnreadableError: if a file can't be read.
    """
    return [review(source(path), name or path if path == STDIN else path, settings, rules) for path in paths]


def source(path: pathlib.Path) -> bytes:
    """The bytes of a file, or of standard input.

    Raises:
        UnreadableError: if it can't be read.
    """
    if path == STDIN:
        if sys.stdin is None:
            raise UnreadableError(path, "there is no standard input")
        return sys.stdin.buffer.read()
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableError(path, error.strerror or "it can't be opened") from error


def relative(path: pathlib.Path) -> pathlib.Path:
    """*path* as seen from the current folder."""
    return pathlib.Path(os.path.relpath(path))
