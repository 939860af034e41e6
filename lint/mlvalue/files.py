"""Files written whole or not at all."""

import contextlib
import os
import pathlib
import stat
import tempfile
from collections.abc import Iterator


class WriteError(OSError):
    """A file that can't be written, in a sentence; it is as it was."""

    def __init__(self, path: pathlib.Path, reason: str) -> None:
        """Say which, and why."""
        super().__init__(f"can't write {path}: {reason}")


def write(path: pathlib.Path, content: bytes, *, before: bytes | None = None) -> None:
    """Put *content* into the file at *path*, which held *before*, through a temporary file that takes its place; into a device or a pipe as it is.

    Mode and owner are kept, a symbolic link is followed.

    Raises:
        WriteError: if it can't be written, is read-only, or holds something else by now.
    """
    with _told(path):
        if path.exists() and not path.is_file() and not path.is_dir():
            path.write_bytes(content)
            return
    temporary = staged(path, content)
    with _told(path):
        try:
            if before is not None and path.read_bytes() != before:
                raise WriteError(path, "it was changed meanwhile; run the command again")
            temporary.replace(path.resolve())
        finally:
            temporary.unlink(missing_ok=True)


def staged(path: pathlib.Path, content: bytes) -> pathlib.Path:
    """A temporary file with *content* beside the file at *path*, with its mode and owner, to be moved to its place.

    Raises:
        WriteError: if that can't be done, or the file is read-only; nothing is left behind then.
    """
    with _told(path):
        target = path.resolve()
        if target.is_dir():
            raise WriteError(path, "it is a folder")
        status = target.stat() if target.exists() else None
        if status and not (status.st_mode & stat.S_IWUSR and os.access(target, os.W_OK)):
            raise WriteError(path, "the file is read-only")
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".mlvalue-", suffix=".tmp")
        temporary = pathlib.Path(name)
        try:
            _fill(handle, content)
            _dress(temporary, status)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    return temporary


def _fill(handle: int, content: bytes) -> None:
    """Write to the disk, not only to its cache."""
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _dress(temporary: pathlib.Path, status: os.stat_result | None) -> None:
    """Give a file the owner and the mode of the one that it replaces, or the mode that a new one gets; an owner that can't be given stays."""
    if status is None:
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod(0o666 & ~mask)
        return
    if hasattr(os, "chown"):
        with contextlib.suppress(PermissionError):
            os.chown(temporary, status.st_uid, status.st_gid)
    temporary.chmod(stat.S_IMODE(status.st_mode))


@contextlib.contextmanager
def _told(path: pathlib.Path) -> Iterator[None]:
    """What the system refuses is told of *path*, never of a temporary file."""
    try:
        yield
    except (WriteError, BrokenPipeError):
        raise
    except OSError as error:
        raise WriteError(path, error.strerror or "it can't be opened") from error
