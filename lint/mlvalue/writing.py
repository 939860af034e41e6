"""A file written whole or not at all."""

import contextlib
import os
import pathlib
import stat
import tempfile

from mlvalue.paths import UsageError


def write(path: pathlib.Path, before: bytes, after: bytes) -> None:
    """Write *after* into the file at *path*, which held *before*: whole or not at all, with the mode it had, behind a symlink if it is one.

    Raises:
        UsageError: if it can't be written, or holds something else by now.
    """
    target = path.resolve()
    try:
        status = target.stat()
        if not status.st_mode & stat.S_IWUSR or not os.access(target, os.W_OK):
            raise UsageError(f"can't write {path}: the file is read-only")
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
        temporary = pathlib.Path(name)
        try:
            _fill(handle, temporary, after, status)
            if target.read_bytes() != before:
                raise UsageError(f"can't write {path}: it was changed meanwhile; run the command again")
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(f"can't write {path}: {error.strerror}; it is as it was") from error


def _fill(handle: int, temporary: pathlib.Path, content: bytes, status: os.stat_result) -> None:
    """Write the new file to the disk, and give it the owner and the mode of the old one; where the owner can't be given, its own is as good."""
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if hasattr(os, "chown"):
        with contextlib.suppress(PermissionError):
            os.chown(temporary, status.st_uid, status.st_gid)
    temporary.chmod(stat.S_IMODE(status.st_mode))
