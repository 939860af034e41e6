"""The settings that hold for each file, as they were found last, and what is wrong with a settings file."""

import dataclasses
import pathlib
import re
from collections.abc import Iterable

from mlvalue import settings
from mlvalue.diagnostic import Span
from mlvalue.review import Review, review
from mlvalue.settings import Settings
from mlvalue.text import Text, decode
from mlvalue.values import SettingsError

NUMBERED = re.compile(r"(?P<file>.*?)(?::(?P<line>\d+))?(?::\d+)?")
LINE = re.compile(r"\(at line (\d+), column \d+\)")


@dataclasses.dataclass(frozen=True)
class Trouble:
    """What is wrong with a settings file, or a data file that it names: the *file*, its *text*, the place and the *message*."""

    file: pathlib.Path
    text: Text
    span: Span
    message: str


@dataclasses.dataclass(frozen=True)
class Judged:
    """What came of a text: its *review* and the *settings* for it, or the *trouble* that kept it from being judged; none for a file that isn't ours."""

    review: Review | None = None
    settings: Settings | None = None
    trouble: Trouble | None = None


class Folders:
    """Settings by folder; forgotten when a settings file may have changed."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._known: dict[pathlib.Path, Settings | SettingsError] = {}
        self._roots: tuple[pathlib.Path, ...] = ()

    def forget(self, roots: Iterable[pathlib.Path]) -> None:
        """Read all settings anew when they are needed next; *roots* are the folders that the editor has open."""
        self._known = {}
        self._roots = tuple(roots)

    def of(self, path: pathlib.Path) -> Settings:
        """The settings of the file at *path*: of the nearest file upward, else the defaults in the folder that the editor has open.

        Raises:
            SettingsError: if they can't be used.
        """
        folder = path.parent
        if folder not in self._known:
            try:
                found = settings.load(folder)
                around = [root for root in self._roots if path.is_relative_to(root)]
                self._known[folder] = found if found.file or not around else settings.load(max(around, key=lambda root: len(root.parts)))
            except SettingsError as error:
                self._known[folder] = error
        known = self._known[folder]
        if isinstance(known, SettingsError):
            raise known
        return known

    def judge(self, source: str, path: pathlib.Path) -> Judged:
        """Review the *source* that an editor holds of the file at *path*."""
        try:
            conf = self.of(path)
            if not conf.is_document(path):
                return Judged()
            return Judged(review(source.encode(errors="replace"), path, conf), conf)
        except SettingsError as error:
            return Judged(trouble=_trouble(error, path))


def _trouble(error: SettingsError, path: pathlib.Path) -> Trouble:
    """The file that an error begins with, and the place in it as far as the message tells one."""
    message = str(error)
    for colon in re.finditer(": ", message):
        named = NUMBERED.fullmatch(message, 0, colon.start())
        if named and pathlib.Path(named["file"]).is_file():
            text, _ = decode(pathlib.Path(named["file"]).read_bytes())
            return Trouble(pathlib.Path(named["file"]), text, _place(text, named["line"], message), message[colon.end() :])
    return Trouble(path, Text(""), Span(0, 0), message)


def _place(text: Text, line: str | None, message: str) -> Span:
    at = LINE.search(message)
    number = int(line or (at.group(1) if at else 1))
    return text.line_span(min(number, len(text.line_starts)))
