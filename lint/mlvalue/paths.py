"""The paths that a command is given to the files they mean, and each file to its review."""

import os
import pathlib
import sys
from collections.abc import Iterable, Sequence

from mlvalue.review import Review, review
from mlvalue.rule import Rule
from mlvalue.settings import Settings

STDIN = pathlib.Path("-")


class UsageError(Exception):
    """Something on the command line can't be done."""


def documents(paths: Sequence[pathlib.Path], settings: Settings, name: pathlib.Path | None = None, *, only_named: bool = False) -> list[pathlib.Path]:
    """The files to read, in the order given, each once; folders stand for the Markdown files below them.

    Without *paths* all that the settings name. *name* is that of standard input. With *only_named* those among *paths*
    that the settings don't name are left out.

    Raises:
        UsageError: if there is no such file.
    """
    if not paths:
        return [] if only_named else [relative(path) for path in settings.find_documents()]
    found: list[pathlib.Path] = []
    for path in paths:
        shown = name or path if path == STDIN else path
        if path != STDIN and not path.exists():
            raise UsageError(f"no such file: {path}")
        if path.is_dir():
            inside = sorted(inner for inner in path.rglob("*.md") if inner.is_file())
            found += [inner for inner in inside if not only_named or settings.is_document(inner)]
        elif not only_named or settings.is_document(shown):
            found.append(path)
    return list(dict.fromkeys(found))


def reviews(paths: Iterable[pathlib.Path], settings: Settings, rules: Sequence[Rule] | None = None, name: pathlib.Path | None = None) -> list[Review]:
    """The reviews of the files at *paths*; *name* is that of standard input.

    Raises:
        UsageError: if a file can't be read.
    """
    return [review(source(path), name or path if path == STDIN else path, settings, rules) for path in paths]


def source(path: pathlib.Path) -> bytes:
    """The bytes of a file, or of standard input.

    Raises:
        UsageError: if it can't be read.
    """
    if path == STDIN:
        if sys.stdin is None:
            raise UsageError("there is no standard input to read")
        return sys.stdin.buffer.read()
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"can't read {path}: {error.strerror}") from error


def relative(path: pathlib.Path) -> pathlib.Path:
    """*path* as seen from the current folder."""
    return pathlib.Path(os.path.relpath(path))
