"""Bytes to text, and offsets to lines and columns."""

import bisect
import dataclasses
import functools
import itertools
import re

from mlvalue.diagnostic import BYTE_ORDER_MARK, Edit, Fix, Span

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
LINE_END = re.compile(r"\r\n|\r|\n")


@dataclasses.dataclass(frozen=True, slots=True)
class Fault:
    """Something in a text that keeps it from being read, or that readers understand differently.

    *rule* is the rule that reports it, *fix* the one right answer where there is one, *also* another place that has to do with it.
    """

    rule: str
    span: Span
    message: str
    help: str = ""
    fix: Fix | None = None
    also: Span | None = None


@dataclasses.dataclass(frozen=True)
class Text:
    """The characters of a file without its byte order mark, and where its lines begin."""

    string: str

    @functools.cached_property
    def line_starts(self) -> list[int]:
        """Offsets at which lines begin; the first is 0."""
        if "\r" in self.string:
            return [0, *(match.end() for match in LINE_END.finditer(self.string))]
        return [0, *itertools.accumulate(len(line) + 1 for line in self.string.split("\n"))][:-1]

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of *offset*, both from 1, columns in code points; a byte order mark stands in column 0."""
        line = max(1, bisect.bisect_right(self.line_starts, offset))
        return line, offset - self.line_starts[line - 1] + 1

    def line_span(self, line: int) -> Span:
        """The span of *line* (from 1) without its line end."""
        start = self.line_starts[line - 1]
        end = self.line_starts[line] if line < len(self.line_starts) else len(self.string)
        return Span(start, start + len(self.string[start:end].rstrip("\r\n")))

    def lines(self, span: Span) -> range:
        """The numbers of the lines that *span* touches."""
        return range(self.position(span.start)[0], self.position(max(span.start, span.end - 1))[0] + 1)


def decode(source: bytes) -> tuple[Text, list[Fault]]:
    """Decode the bytes of a Markdown file as UTF-8; what can't be decoded becomes U+FFFD and a fault."""
    faults = []
    try:
        string = source.decode()
    except UnicodeDecodeError as error:
        string = source.decode(errors="replace")
        before = len(source[: error.start].decode().removeprefix(BOM))
        faults.append(
            Fault(
                "unreadable-text",
                Span(before, before + 1),
                f"byte {error.start + 1} (0x{source[error.start]:02x}) is no UTF-8, so the text can't be read beyond doubt",
                "save the file as UTF-8",
            )
        )
    if string.startswith(BOM):
        string = string.removeprefix(BOM)
        faults.append(
            Fault(
                "unclear-delimiter",
                Span(0, min(3, len(string))),
                "the file begins with an invisible byte order mark, behind which some readers find no front matter",
                "save the file as UTF-8 without BOM",
                Fix("delete the byte order mark", (Edit(BYTE_ORDER_MARK, ""),)),
            )
        )
    nul = string.find("\0")
    if nul >= 0 and not any(fault.rule == "unreadable-text" for fault in faults):
        faults.append(
            Fault(
                "unreadable-text",
                Span(nul, nul + 1),
                "there is a NUL character here, which no text file should hold",
                "delete it, or save the file as UTF-8 if it is UTF-16",
            )
        )
    return Text(string), faults
