"""Diagnostics as text and JSON, appraisals as cards and JSON; one function each."""

import json
import unicodedata
from collections.abc import Sequence
from typing import Any

import mlvalue
from mlvalue.diagnostic import Diagnostic, Severity
from mlvalue.review import Review
from mlvalue.text import Text
from mlvalue.words import count

COLORS = {Severity.ERROR: "31", Severity.WARNING: "33"}
WIDEST = 120
CUT = "\N{HORIZONTAL ELLIPSIS}"


def full(reviews: Sequence[Review], color: bool = False) -> str:  # noqa: FBT001, FBT002 (every format takes the same)
    """Each diagnostic with the line it speaks of, the place underlined, and what to write."""
    blocks = []
    for review in reviews:
        for diagnostic in review.diagnostics:
            head = f"{_paint(_place(diagnostic), '1', color)}: {_paint(_label(diagnostic), COLORS[diagnostic.severity], color)} {one_line(diagnostic.message)}"
            parts = [head, *_excerpt(diagnostic, review.document.text, color)]
            if diagnostic.help:
                parts += [("    help: " if not index else "          ") + printable(line) for index, line in enumerate(diagnostic.help.split("\n"))]
            blocks.append("\n".join(parts) + "\n")
    return "\n".join([*blocks, summary(reviews)]) + "\n"


def concise(reviews: Sequence[Review], color: bool = False) -> str:  # noqa: FBT001, FBT002 (every format takes the same)
    """One line each: `path:line:col: severity[rule] message`."""
    lines = [
        f"{_place(diagnostic)}: {_paint(_label(diagnostic), COLORS[diagnostic.severity], color)} {one_line(diagnostic.message)}"
        for review in reviews
        for diagnostic in review.diagnostics
    ]
    return "".join(f"{line}\n" for line in lines)


def as_json(reviews: Sequence[Review], color: bool = False) -> str:  # noqa: ARG001, FBT001, FBT002 (every format takes the same)
    """The report as `report.schema.json` describes it."""
    names = ("path", "line", "column", "end_line", "end_column", "rule", "family", "severity", "message", "help", "field", "url")
    return dump(
        {
            "tool": {"name": "mlvalue", "version": mlvalue.__version__},
            "files": [review.path.as_posix() for review in reviews],
            "diagnostics": [{name: getattr(diagnostic, name) for name in names} for review in reviews for diagnostic in review.diagnostics],
        }
    )


FORMATS = {"full": full, "concise": concise, "json": as_json}


def dump(value: Any) -> str:  # noqa: ANN401 (whatever JSON can hold)
    """JSON for machines and people, ending with a line break."""
    return json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def summary(reviews: Sequence[Review]) -> str:
    """How many documents were read and what was found."""
    found = [diagnostic.severity for review in reviews for diagnostic in review.diagnostics]
    allowed = sum(len(review.allowed) for review in reviews)
    errors, warnings = found.count(Severity.ERROR), found.count(Severity.WARNING)
    kept = f" ({count(allowed, 'finding')} allowed with a reason)" if allowed else ""
    if not found:
        return f"{count(len(reviews), 'document')}, no findings{kept}"
    return f"{count(len(reviews), 'document')}: {count(errors, 'error')}, {count(warnings, 'warning')}{kept}"


def printable(text: str) -> str:
    """*text* without characters that would steer a terminal."""
    return "".join(
        character if character == "\n" or unicodedata.category(character) not in {"Cc", "Cf", "Cs"} else "\N{REPLACEMENT CHARACTER}" for character in text
    )


def one_line(text: str) -> str:
    """*text* on one line of a terminal."""
    return printable(text.replace("\n", " "))


def _place(diagnostic: Diagnostic) -> str:
    return one_line(f"{diagnostic.path}:{diagnostic.line}:{diagnostic.column}")


def _label(diagnostic: Diagnostic) -> str:
    return f"{diagnostic.severity}[{diagnostic.rule}]"


def _paint(text: str, code: str, color: bool) -> str:  # noqa: FBT001 (passed through)
    return f"\x1b[{code}m{text}\x1b[0m" if color else text


def _excerpt(diagnostic: Diagnostic, text: Text, color: bool) -> list[str]:  # noqa: FBT001 (passed through)
    span = text.line_span(diagnostic.line)
    source = text.string[span.start : span.end]
    begin = diagnostic.column - 1
    end = diagnostic.end_column - 1 if diagnostic.end_line == diagnostic.line else len(source)
    shift = max(0, begin - WIDEST // 2) if len(source) > WIDEST else 0
    shown = source[shift : shift + WIDEST]
    before = (CUT if shift else "") + shown[: begin - shift]
    marked = shown[begin - shift : end - shift]
    line = before + shown[begin - shift :] + (CUT if shift + WIDEST < len(source) else "")
    margin = " " * len(str(diagnostic.line))
    caret = " " * width(before) + _paint("^" * max(1, width(marked)), COLORS[diagnostic.severity], color)
    rows = (f"{margin} |", f"{diagnostic.line} | {printable(line.replace(chr(9), ' '))}", f"{margin} | {caret}")
    return [row.rstrip() for row in rows]


def width(text: str) -> int:
    """Columns that *text* takes on a terminal: two for wide characters, none for combining ones."""
    return sum(0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
