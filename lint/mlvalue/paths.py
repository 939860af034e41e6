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
from mlvalue.walk import markdown


class UsageError(Exception):
    """Something on the command line can't be done."""


class UnreadableError(UsageError):
    """A file can't be read, for a *reason*."""

    def __init__(self, path: pathlib.Path, reason: str) -> None:
        """Say so in a sentence."""
        super().__init__(f"can't read {path}: {reason}")
        self.path = path
        self.reason = reason


def documents(paths: Sequence[pathlib.Path], settings: Settings, name: pathlib.Path | None = None, *, only_named: bool = False) -> list[pathlib.Path]:
    """The files to read, in the order given, each once; a folder stands for what `below` says.

    Without *paths* all that the settings name. *name* is that of standard input. With *only_named* those among *paths*
    that the settings don't name are left out. A file that doesn't exist is one of them: whoever reads it tells so.
    """
    if not paths:
        return [] if only_named else [relative(path) for path in settings.find_documents()]
    return [path for path in _meant(paths, settings) if not only_named or settings.is_document(name or path if path == STDIN else path)]


def left_out(paths: Sequence[pathlib.Path], read: Iterable[pathlib.Path], settings: Settings) -> list[tuple[pathlib.Path, str]]:
    """What *paths*, or without any the settings' `documents`, mean but isn't among the files *read*, and why."""
    everything = _everything(settings)
    meant = [*_meant(paths, settings), *_meant(paths, everything)] if paths else [relative(path) for path in everything.find_documents()]
    left = dict.fromkeys(meant).keys() - set(read)
    return [
        (path, "the settings' `exclude` names it" if everything.is_document(path) else "the settings' `documents` don't name it")
        for path in dict.fromkeys(meant)
        if path in left
    ]


def below(folder: pathlib.Path, settings: Settings) -> list[pathlib.Path]:
    """The design documents below a *folder*; where `documents` of the settings name none there, all Markdown, but for that of tools."""
    inside = settings.relative(folder)
    top = settings.root if inside == "." else settings.root / inside
    within = [folder / path.relative_to(top) for path in _everything(settings).find_documents() if inside and path.is_relative_to(top)]
    if within:
        return [path for path in within if path.is_dir() or settings.is_document(path)]
    return list(markdown(folder))


def _everything(settings: Settings) -> Settings:
    return dataclasses.replace(settings, exclude=())


def _meant(paths: Sequence[pathlib.Path], settings: Settings) -> list[pathlib.Path]:
    """The files that *paths* are or stand for, each once, by whichever path it is named first."""
    found: dict[str, pathlib.Path] = {}
    for path in paths:
        for file in below(path, settings) if path != STDIN and os.path.isdir(path) else [path]:  # noqa: PTH112 (`is_dir` raises for names that are too long)
            found.setdefault(os.path.abspath(file) if file != STDIN else "", file)  # noqa: PTH100 (`resolve` would follow symbolic links)
    return list(found.values())


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
    except FileNotFoundError as error:
        raise UnreadableError(path, "no such file") from error
    except ValueError as error:
        raise UnreadableError(path, "no file can have this name") from error
    except OSError as error:
        raise UnreadableError(path, error.strerror or "it can't be opened") from error


def relative(path: pathlib.Path) -> pathlib.Path:
    """*path* as seen from the current folder."""
    return pathlib.Path(os.path.relpath(path))
