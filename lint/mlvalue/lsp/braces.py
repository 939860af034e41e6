"""Slots, and those inside braces and brackets, which may go over several lines and lack their closing sign."""

import dataclasses
import re
from typing import Literal

from mlvalue.diagnostic import Span

TOKEN = re.compile(r"""[ \t]*(?P<token>"[^"\r\n]*"?|'[^'\r\n]*'?|(?:[^,\[\]{}:#\r\n"']|:(?=[^\s,\[\]{}])|(?<=[^ \t])#|(?<=\w)['"])*)""")
LINE = re.compile(r"(?:\r\n|\r|\n)(?P<indent>[ ]*)(?P<first>[^\r\n]?)")
COMMENT = re.compile(r"(?:^|[ \t])#[^\r\n]*")


@dataclasses.dataclass(frozen=True, slots=True)
class Slot:
    """A place for a key of the object at *path*, or for the value of the field at *path*.

    *span* is what stands there, *room* where the cursor means it. *flow* says that it is in braces; *colon* that a colon follows the key.
    """

    kind: Literal["key", "value"]
    path: str
    span: Span
    room: Span
    name: str = ""
    flow: bool = False
    colon: bool = False


@dataclasses.dataclass(slots=True)
class _Frame:
    """An open brace or bracket of the value at *path*; *key* is the path of the field whose value comes next."""

    bracket: str
    path: str
    index: int = 0
    key: str = ""


class Braces:
    """Collects the slots of front matter."""

    def __init__(self, string: str, end: int) -> None:
        """Collect in *string* up to *end*, where the front matter ends."""
        self.string = string
        self.end = end
        self.found: list[Slot] = []
        self.names: dict[str, list[str]] = {}
        self.values: dict[str, str] = {}

    def key(self, parent: str, span: Span, room: Span, *, colon: bool, flow: bool) -> str:
        """Take in a key; the path of its field."""
        name = self.string[span.start : span.end].strip("\"'")
        self.found.append(Slot("key", parent, span, room, name, flow, colon))
        if colon:
            self.names.setdefault(parent, []).append(name)
        return f"{parent}.{name}" if parent else name

    def value(self, path: str, room: Span, *, flow: bool) -> None:
        """Take in a plain value, without the comment behind it."""
        written = self.string[room.start : room.end]
        comment = COMMENT.search(written)
        written = written[: comment.start()] if comment else written
        start = room.start + len(written) - len(written.lstrip())
        span = Span(start, start + len(written.strip()))
        if not written.strip():
            span = Span(room.end, room.end) if not comment else Span(room.start + len(written), room.start + len(written))
        self.found.append(Slot("value", path, span, Span(room.start, max(span.end, room.start + len(written))), "", flow))
        self.values.setdefault(path, written.strip().strip("\"'"))

    def read(self, at: int, path: str, column: int) -> int:
        """Read what opens at *at* as the value at *path*, of a field in *column*; where it closes, or where a line can't belong to it."""
        frames: list[_Frame] = []
        while at < self.end:
            sign = self.string[at]
            if sign in "[{":
                inner = path if not frames else self._inside(frames[-1])
                frames.append(_Frame(sign, inner))
                at = self._token(at + 1, frames[-1])
            elif sign in "]}":
                frames.pop()
                at += 1
                if not frames:
                    return at
            elif sign == ",":
                frames[-1].index += 1
                frames[-1].key = ""
                at = self._token(at + 1, frames[-1])
            elif sign == ":" and frames[-1].bracket == "{":
                at = self._token(at + 1, frames[-1])
            elif line := LINE.match(self.string, at, self.end):
                if line["first"] and line["first"] not in "]}" and len(line["indent"]) <= column:
                    return line.start("indent")
                at = self._token(line.end("indent"), frames[-1])
            elif comment := COMMENT.match(self.string, at):
                at = comment.end()
            else:
                at += 1
        return min(at, self.end)

    def _inside(self, frame: _Frame) -> str:
        return f"{frame.path}[{frame.index}]" if frame.bracket == "[" else frame.key

    def _token(self, at: int, frame: _Frame) -> int:
        """Take in the key or value that stands at *at*, or the room for one; where it ends."""
        match = TOKEN.match(self.string, at, self.end)
        assert match is not None
        start, end = match.span("token")
        end = start + len(match["token"].rstrip())
        room = Span(at, max(end, start))
        follower = self.string[match.end() : match.end() + 1]
        if frame.bracket == "{" and not frame.key:
            is_key = follower == ":" and end > start
            name = self.key(frame.path, Span(start, end), room, colon=is_key, flow=True)
            if is_key:
                frame.key = name
        elif follower not in {"[", "{"} or end > start:
            self.value(self._inside(frame), room, flow=True)
        return max(match.end(), at)
