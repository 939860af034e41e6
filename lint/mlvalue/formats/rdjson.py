"""Diagnostics for reviewdog, which comments on the lines of a change wherever it is hosted."""

from typing import Any

from mlvalue.diagnostic import Diagnostic
from mlvalue.report import Report, dump, with_help
from mlvalue.rule import DOCS
from mlvalue.text import Text


def rdjson(report: Report) -> str:
    """One object with all diagnostics. Paths are seen from the current folder, because reviewdog puts the way there before them."""
    return dump(
        {
            "source": {"name": "mlvalue", "url": DOCS},
            "diagnostics": [_entry(diagnostic, review.document.text) for review in report.reviews for diagnostic in review.diagnostics],
        }
    )


def _entry(diagnostic: Diagnostic, text: Text) -> dict[str, Any]:
    start = _position(text, diagnostic.line, diagnostic.column)
    end = _position(text, diagnostic.end_line, diagnostic.end_column)
    found = {
        "message": with_help(diagnostic),
        "location": {"path": diagnostic.path, "range": {"start": start, "end": end}},
        "severity": diagnostic.severity.upper(),
        "code": {"value": diagnostic.rule, "url": diagnostic.url},
    }
    suggestions = [
        {"range": {"start": _position(text, *text.position(span.start)), "end": _position(text, *text.position(span.end))}, "text": written}
        for span, written in (diagnostic.fix.edits if diagnostic.fix else ())
        if span.start >= 0  # a byte order mark stands before the first column, where reviewdog knows no place
    ]
    return found | ({"suggestions": suggestions} if suggestions else {})


def _position(text: Text, line: int, column: int) -> dict[str, int]:
    """A place as reviewdog counts: columns are bytes of UTF-8."""
    start = text.line_span(line).start
    return {"line": line, "column": len(text.string[start : start + column - 1].encode()) + 1}
