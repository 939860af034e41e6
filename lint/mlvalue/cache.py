"""The user's cache: what can be made again."""

import os
import pathlib

from mlvalue import files


def folder() -> pathlib.Path:
    """MLVALUE_CACHE_DIR, else `mlvalue` in the user's cache."""
    named = os.environ.get("MLVALUE_CACHE_DIR")
    if named:
        return pathlib.Path(named)
    try:
        return pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "mlvalue"
    except RuntimeError:  # a user without a home: nothing can be kept below a device
        return pathlib.Path(os.devnull) / "mlvalue"


def keep(file: pathlib.Path, content: bytes) -> None:
    """Write a *file* of the cache as a whole or not at all.

    Raises:
        OSError: if it can't be written.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    files.write(file, content)
