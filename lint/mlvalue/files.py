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
    target = path.resolve()
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".mlvalue-", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as temporary:
            temporary.write(content)
            temporary.flush()
            os.fsync(temporary.fileno())
        pathlib.Path(name).chmod(_mode(target))
        pathlib.Path(name).replace(target)
    except BaseException:
        pathlib.Path(name).unlink(missing_ok=True)
        raise


def _mode(target: pathlib.Path) -> int:
    """The mode of a file, or what a new one gets."""
    if target.exists():
        return stat.S_IMODE(target.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
