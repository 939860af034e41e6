"""The user's cache: what can be made again."""

import os
import pathlib


def folder() -> pathlib.Path:
    """MLVALUE_CACHE_DIR, else `mlvalue` in the user's cache."""
    named = os.environ.get("MLVALUE_CACHE_DIR")
    return pathlib.Path(named) if named else pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "mlvalue"


def keep(file: pathlib.Path, content: bytes) -> None:
    """Write a *file* of the cache as a whole or not at all.

    Raises:
        OSError: if it can't be written.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(f".{os.getpid()}")
    fresh.write_bytes(content)
    fresh.replace(file)
