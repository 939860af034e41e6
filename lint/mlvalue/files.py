"""Files written whole or not at all."""

import os
import pathlib
import stat
import tempfile


def write(path: pathlib.Path, content: bytes) -> None:
    """Put *content* into the file at *path*, through a temporary file beside it; its mode is kept, a symbolic link is followed.

    Raises:
        OSError: if that can't be done; the file is as it was then.
    """
    temporary = staged(path, content)
    try:
        temporary.replace(path.resolve())
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def staged(path: pathlib.Path, content: bytes) -> pathlib.Path:
    """A temporary file with *content* beside the file at *path*, with its mode, to be moved to its place.

    Raises:
        OSError: if that can't be done; nothing is left behind then.
    """
    target = path.resolve()
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".mlvalue-", suffix=".tmp")
    temporary = pathlib.Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(_mode(target))
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _mode(target: pathlib.Path) -> int:
    """The mode of a file, or what a new one gets."""
    if target.exists():
        return stat.S_IMODE(target.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
