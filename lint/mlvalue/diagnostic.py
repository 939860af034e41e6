"""What a check says: severities, spans, findings and the diagnostics made of them."""

import dataclasses
import enum
from typing import NamedTuple


class Severity(enum.StrEnum):
    """`ERROR` fails the commit, `WARNING` is only shown."""

    ERROR = "error"
    WARNING = "warning"


class Span(NamedTuple):
    """A half-open range of character offsets into the text of a document."""

    start: int
    end: int

    def covers(self, offset: int) -> bool:
        """Say whether *offset* lies inside."""
        return self.start <= offset < self.end


BYTE_ORDER_MARK = Span(-1, 0)
"""Where a byte order mark stands: before the first character."""


class Edit(NamedTuple):
    """*text* in place of what stands in *span*."""

    span: Span
    text: str


@dataclasses.dataclass(frozen=True, slots=True)
class Fix:
    """The one right answer to a finding: what it does, and the edits, in order and apart from each other, that together do it."""

    title: str
    edits: tuple[Edit, ...]


def replacement(span: Span, text: str) -> Fix:
    """The fix that writes *text* into *span*."""
    return Fix(f"write `{text}`", (Edit(span, text),))


@dataclasses.dataclass(frozen=True, slots=True)
class Finding:
    """What a rule yields: where, what is written there and what it means, what to write.

    *where* is a span, or the dotted path of a front matter field. *severity* is set where this one case is
    graver or lighter than its rule usually is. *field* names the field where *where* is a span. *on_key* underlines
    the name of the field and not its value. *fix* is there only if there is exactly one right answer.
    """

    where: Span | str
    message: str
    help: str = ""
    severity: Severity | None = None
    field: str = ""
    on_key: bool = False
    fix: Fix | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding with its rule, severity and place: lines and columns count from 1, in code points, the end is exclusive."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    rule: str
    family: str
    severity: Severity
    message: str
    help: str
    field: str
    url: str
    fix: Fix | None = None
