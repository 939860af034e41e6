"""Files as they are and as they shall be: shown as a diff, written all or none."""

import contextlib
import dataclasses
import difflib
import os
import pathlib
from collections.abc import Callable, Sequence

from mlvalue import files
from mlvalue.paths import UsageError
from mlvalue.text import BOM, Text


@dataclasses.dataclass(frozen=True)
class Change:
    """What is to be written; *before* is None where there is no such file."""

    path: pathlib.Path
    before: bytes | None
    after: bytes

    def diff(self, root: pathlib.Path) -> str:
        """The change as a unified diff, paths from *root* with / between folders."""
        name = pathlib.Path(os.path.relpath(self.path, root)).as_posix()
        old, new = (_lines(content or b"") for content in (self.before, self.after))
        source = "/dev/null" if self.before is None else f"a/{name}"
        return "".join(
            line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in difflib.unified_diff(old, new, source, f"b/{name}")
        )


def edited(path: pathlib.Path, edit: Callable[[str], str]) -> Change | None:
    """What *edit* makes of the text of a file, empty where there is none; None if that is the same. A byte order mark stays.

    Raises:
        UsageError: if the file can't be read as UTF-8.
    """
    before = content(path)
    text = (before or b"").decode()
    mark = BOM if text.startswith(BOM) else ""
    after = (mark + edit(text.removeprefix(BOM))).encode()
    return None if after == (before or b"") else Change(path, before, after)


def content(path: pathlib.Path) -> bytes | None:
    """The bytes of a text file, None if there is none.

    Raises:
        UsageError: if it can't be read, or isn't UTF-8.
    """
    try:
        found = path.read_bytes()
        found.decode()
    except FileNotFoundError:
        if path.is_symlink():
            raise UsageError(f"{path} is a symbolic link to a file that doesn't exist; mend or delete it") from None
        return None
    except UnicodeDecodeError as error:
        line, column = Text(found[: error.start].decode() + "?").position(len(found[: error.start].decode()))
        raise UsageError(f"{path}:{line}:{column}: byte 0x{found[error.start]:02x} is no UTF-8; save the file as UTF-8, nothing was written") from error
    except OSError as error:
        raise UsageError(f"can't read {path}: {error.strerror}") from error
    return found


def write(changes: Sequence[Change]) -> None:
    """Write all files, or none: each is first written beside its place, then moved there; links are followed, modes kept.

    Raises:
        UsageError: if a file was changed since it was read, or can't be written; all files are as they were then.
    """
    with contextlib.ExitStack() as undo:
        try:
            staged = [(_staged(change, undo), change.path.resolve()) for change in changes]
            for change in changes:
                if content(change.path) != change.before:
                    raise UsageError(f"{change.path} was changed meanwhile; nothing was written, run the command again")
            for change, (temporary, target) in zip(changes, staged, strict=True):
                undo.callback(_restore, target, change.before)
                temporary.replace(target)
        except OSError as error:
            reason = error if isinstance(error, files.WriteError) else f"can't write {error.filename2 or error.filename}: {error.strerror}"
            raise UsageError(f"{reason}; nothing was written") from error
        undo.pop_all()


def _staged(change: Change, undo: contextlib.ExitStack) -> pathlib.Path:
    """A temporary file with the new content, in the folder where it belongs; *undo* learns to delete both."""
    target = change.path.resolve()
    missing = [folder for folder in target.parents if not folder.exists()]
    for folder in reversed(missing):
        folder.mkdir()
        undo.callback(_forget, folder.rmdir)
    temporary = files.staged(target, change.after)
    undo.callback(_forget, temporary.unlink)
    return temporary


def _restore(target: pathlib.Path, before: bytes | None) -> None:
    if before is None:
        _forget(target.unlink)
    elif target.read_bytes() != before:
        files.write(target, before)


def _forget(remove: Callable[[], None]) -> None:
    with contextlib.suppress(OSError):
        remove()


def _lines(source: bytes) -> list[str]:
    """Lines with their ends; a carriage return before the end isn't shown."""
    *whole, rest = source.decode().replace("\r\n", "\n").split("\n")
    return [f"{line}\n" for line in whole] + ([rest] if rest else [])
