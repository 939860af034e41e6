"""Folders that are made once, however many processes run the tests."""

import fcntl
import pathlib
from collections.abc import Callable


class Once:
    """Makes folders below a *base* that all processes of a run share."""

    def __init__(self, base: pathlib.Path) -> None:
        self.base = base

    def __call__(self, name: str, make: Callable[[pathlib.Path], None]) -> pathlib.Path:
        """The folder *name*: the first process that asks makes it, the others wait. No test may change it."""
        folder, made = self.base / name, self.base / f"{name}.made"
        with (self.base / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not made.exists():
                folder.mkdir()
                make(folder)
                made.touch()
        return folder
