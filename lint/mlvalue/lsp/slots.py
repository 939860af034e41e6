"""Where in front matter a key or a value stands, told by the text of its lines alone: broken YAML has places, too.

While somebody types, YAML can't be read most of the time. Indentation, dashes, braces and colons still say what belongs where.
"""

import dataclasses
import re
from collections.abc import Mapping

from mlvalue import front_matter
from mlvalue.diagnostic import Span
from mlvalue.lsp.braces import Braces, Slot
from mlvalue.text import Text

DASH = re.compile(r"-(?:[ ]+|(?=[\r\n]|$))")
KEY = re.compile(r"""(?P<name>"[^"\r\n]*"|'[^'\r\n]*'|[\w$](?:[\w $./-]*[\w$./-])?)[ ]*:(?=[ \t\r\n]|$)""")
WORD = re.compile(r"[\w-]*")
BLOCK_TEXT = re.compile(r"[|>][-+0-9]*[ \t]*(?:#.*)?$")
CLOSING = re.compile(r"(?:-{3,}|\.{3})[ \t]*$")


@dataclasses.dataclass(frozen=True, slots=True)
class _Holder:
    """A key or a list item that lines further in belong to; *has_value* says that a value stands on its line."""

    column: int
    path: str
    is_item: bool = False
    has_value: bool = False


@dataclasses.dataclass(frozen=True)
class Slots:
    """All slots of a text, the names that each object holds by its path, and the plain values by theirs."""

    found: tuple[Slot, ...]
    names: Mapping[str, tuple[str, ...]]
    values: Mapping[str, str]
    gaps: tuple[tuple[Span, tuple[_Holder, ...]], ...]

    def at(self, offset: int) -> Slot | None:
        """The slot at *offset*, which on a line of blanks follows from its column; None where nothing can stand."""
        here = [slot for slot in self.found if slot.room.start <= offset <= slot.room.end]
        if here:
            return min(here, key=lambda slot: (slot.room.end - slot.room.start, -slot.room.start))
        for line, holders in self.gaps:
            if line.start <= offset <= line.end:
                column = offset - line.start
                open_ones = [holder for holder in holders if holder.column < column]
                if open_ones and open_ones[-1].has_value:
                    return None
                return Slot("key", open_ones[-1].path if open_ones else "", Span(offset, offset), Span(offset, offset))
        return None


def region(text: Text) -> Span | None:
    """The lines between the delimiters, to the end of the text where the closing one isn't written yet; None without an opening one."""
    head = front_matter.split(text)
    opening = front_matter.OPENING.match(text.string)
    if head.yaml or opening is None:
        return head.yaml
    for line in range(text.position(opening.end())[0], len(text.line_starts) + 1):
        span = text.line_span(line)
        if CLOSING.match(text.string, span.start, span.end):
            return Span(opening.end(), span.start)
    return Span(opening.end(), len(text.string))


def slots(text: Text) -> Slots:
    """The slots of the front matter of *text*."""
    inside = region(text)
    reader = _Reader(text, inside or Span(0, 0))
    if inside:
        reader.read()
    return Slots(tuple(reader.braces.found), {path: tuple(names) for path, names in reader.braces.names.items()}, reader.braces.values, tuple(reader.gaps))


class _Reader:
    """Goes down the lines and remembers what they are inside of."""

    def __init__(self, text: Text, inside: Span) -> None:
        self.text = text
        self.string = text.string
        self.inside = inside
        self.holders: list[_Holder] = []
        self.counts: dict[str, int] = {}
        self.gaps: list[tuple[Span, tuple[_Holder, ...]]] = []
        self.block_text: int | None = None
        self.braces = Braces(text.string, inside.end)

    def read(self) -> None:
        """Read all lines; a value in braces may take several."""
        line, last = self.text.position(self.inside.start)[0], self.text.position(self.inside.end)[0]
        while line <= last and self.text.line_starts[line - 1] <= self.inside.end:
            end = self._line(self.text.line_span(line))
            reached, column = self.text.position(end)
            line = max(line + 1, reached if column == 1 else reached + 1)

    def _line(self, span: Span) -> int:
        """Read one line, and what its value takes of the next; where it ends."""
        written = self.string[span.start : span.end]
        column = len(written) - len(written.lstrip(" "))
        if not written.strip():
            if span.start < self.inside.end or self.inside.end == len(self.string):
                self.gaps.append((span, tuple(self.holders)))
            return span.end
        if self.block_text is not None and column > self.block_text:
            return span.end
        self.block_text = None
        if written.lstrip().startswith("#") or span.start >= self.inside.end:
            return span.end
        return self._content(span, column)

    def _content(self, span: Span, column: int) -> int:
        at = span.start + column
        while dash := DASH.match(self.string, at, span.end):
            self._item(column)
            at = dash.end()
            column = at - span.start
        key = KEY.match(self.string, at, span.end)
        if key:
            return self._key(key, span, column)
        holder = self.holders[-1] if self.holders else None
        if holder and holder.is_item and column > holder.column and self.string[at : at + 1] in {"{", "["}:
            return self.braces.read(at, holder.path, holder.column)
        self._word(at, span, column)
        return span.end

    def _item(self, column: int) -> None:
        while self.holders and (self.holders[-1].column > column or (self.holders[-1].column == column and self.holders[-1].is_item)):
            self.holders.pop()
        parent = self.holders[-1].path if self.holders else ""
        index = self.counts[parent] = self.counts.get(parent, -1) + 1
        self.holders.append(_Holder(column, f"{parent}[{index}]", is_item=True))

    def _key(self, key: re.Match[str], span: Span, column: int) -> int:
        while self.holders and self.holders[-1].column >= column:
            self.holders.pop()
        parent = self.holders[-1].path if self.holders else ""
        path = self.braces.key(parent, Span(*key.span("name")), Span(*key.span("name")), colon=True, flow=False)
        rest = self.string[key.end() : span.end]
        value = key.end() + len(rest) - len(rest.lstrip())
        self.holders.append(_Holder(column, path, has_value=bool(rest.strip()) and not rest.strip().startswith("#")))
        if self.string[value : value + 1] in {"{", "["} and value < span.end:
            return self.braces.read(value, path, column)
        if BLOCK_TEXT.match(self.string, value, span.end):
            self.block_text = column
        else:
            self.braces.value(path, Span(key.end(), span.end), flow=False)
        return span.end

    def _word(self, at: int, span: Span, column: int) -> None:
        """A word without a colon: a key that is being written, an item of a list, or more of the text above."""
        while self.holders and self.holders[-1].column >= column:
            self.holders.pop()
        holder = self.holders[-1] if self.holders else None
        word = WORD.match(self.string, at, span.end)
        is_word = word is not None and not self.string[word.end() : span.end].strip()
        if holder and holder.has_value:
            return
        if is_word and word:
            place = Span(*word.span())
            self.braces.found.append(Slot("key", holder.path if holder else "", place, place))
        elif holder:
            self.braces.value(holder.path, Span(at, span.end), flow=False)
