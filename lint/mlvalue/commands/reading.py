"""Documents read one after the other for `mlvalue lint`; one that can't be read or written hides none of the others."""

import argparse
import dataclasses
import pathlib
import sys
from collections.abc import Callable, Sequence
from typing import TypeVar

from mlvalue import fixes
from mlvalue.files import WriteError
from mlvalue.fixes import Mended
from mlvalue.paths import UnreadableError, reviews
from mlvalue.report import one_line
from mlvalue.review import Review
from mlvalue.rule import Rule
from mlvalue.settings import Settings

T = TypeVar("T")


@dataclasses.dataclass
class Reading:
    """How documents are read, and what came up: how many findings were *fixed*, which files are *unread* or *unwritten*, and why."""

    options: argparse.Namespace
    settings: Settings
    rules: Sequence[Rule]
    fixed: int = 0
    unread: dict[pathlib.Path, str] = dataclasses.field(default_factory=dict)
    unwritten: dict[pathlib.Path, str] = dataclasses.field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        """Whether all was read and written."""
        return not self.unread and not self.unwritten

    def reviews(self, paths: Sequence[pathlib.Path]) -> list[Review]:
        """The reviews of the documents at *paths*, after their fixes where that was asked for.

        Raises:
            UnreadableError: if a file can't be read, and a baseline would take it for one without findings.
        """
        return self._each(paths, self._fixed if self.options.fix else self._review)

    def mended(self, paths: Sequence[pathlib.Path]) -> list[Mended]:
        """The documents at *paths* with all fixes; nothing is written."""
        return self._each(paths, self._mended)

    def tell(self) -> None:
        """Say what couldn't be read or written."""
        told = [str(UnreadableError(path, reason)) for path, reason in self.unread.items()]
        for line in (*told, *self.unwritten.values()):
            print(f"mlvalue: {one_line(line)}", file=sys.stderr)

    def _each(self, paths: Sequence[pathlib.Path], read: Callable[[pathlib.Path], T]) -> list[T]:
        found = []
        for path in paths:
            try:
                found.append(read(path))
            except UnreadableError as error:
                if self.options.write_baseline or self.options.prune_baseline:
                    raise
                self.unread[path] = error.reason
        return found

    def _review(self, path: pathlib.Path) -> Review:
        (found,) = reviews([path], self.settings, self.rules, self.options.stdin_filename)
        return found

    def _mended(self, path: pathlib.Path) -> Mended:
        return fixes.mend(path, self.settings, self.rules, self.options.stdin_filename)

    def _fixed(self, path: pathlib.Path) -> Review:
        document = self._mended(path)
        try:
            fixes.write(document)
        except WriteError as error:
            self.unwritten[path] = f"{error}; it is as it was"
            return self._review(path)
        self.fixed += document.fixed
        return document.review
