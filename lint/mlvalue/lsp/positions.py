"""Offsets of a text, which we count in code points, to lines and characters as an editor counts them, and back."""

import dataclasses

from mlvalue.diagnostic import Diagnostic, Span
from mlvalue.text import BOM, Text

UTF_8, UTF_16, UTF_32 = "utf-8", "utf-16", "utf-32"
BEYOND_16 = 0xFFFF


@dataclasses.dataclass(frozen=True)
class Positions:
    """Places in *text*. *encoding* is what the editor counts characters in; *has_mark* says that its text begins with a byte order mark."""

    text: Text
    encoding: str = UTF_16
    has_mark: bool = False

    def place(self, offset: int) -> tuple[int, int]:
        """Line and character of *offset*, both from 0; an offset of -1 is that of the byte order mark."""
        offset = min(offset, len(self.text.string))
        if offset < 0:
            return 0, 0
        line, column = self.text.position(offset)
        start = self.text.line_starts[line - 1]
        before = self.text.string[start : start + column - 1]
        return line - 1, self._length(BOM + before if self.has_mark and line == 1 else before)

    def offset(self, line: int, character: int) -> int:
        """The offset of *character* on *line*, both from 0; what lies behind the end of a line is its end."""
        if line >= len(self.text.line_starts):
            return len(self.text.string)
        span = self.text.line_span(line + 1)
        left = character - (self._length(BOM) if self.has_mark and line == 0 else 0)
        for index, sign in enumerate(self.text.string[span.start : span.end]):
            if left <= 0:
                return span.start + index
            left -= self._length(sign)
        return span.end

    def _length(self, string: str) -> int:
        if self.encoding == UTF_32:
            return len(string)
        if self.encoding == UTF_8:
            return len(string.encode(errors="surrogatepass"))
        return len(string) + sum(ord(sign) > BEYOND_16 for sign in string)


def of_source(source: str, encoding: str = UTF_16) -> Positions:
    """The places of a text as the editor holds it."""
    return Positions(Text(source.removeprefix(BOM)), encoding, source.startswith(BOM))


def span_of(diagnostic: Diagnostic, text: Text) -> Span:
    """What *diagnostic* underlines in *text*."""
    start, end = ((line, column) for line, column in ((diagnostic.line, diagnostic.column), (diagnostic.end_line, diagnostic.end_column)))
    return Span(text.line_starts[start[0] - 1] + start[1] - 1, text.line_starts[end[0] - 1] + end[1] - 1)
