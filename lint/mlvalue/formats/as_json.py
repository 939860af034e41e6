"""The report as `report.schema.json` describes it, whole or a line for each diagnostic."""

from typing import Any

import mlvalue
from mlvalue.diagnostic import Diagnostic, Fix
from mlvalue.report import Report, dump, dump_lines
from mlvalue.text import Text

NAMES = ("path", "line", "column", "end_line", "end_column", "rule", "family", "severity", "message", "help", "field", "url")


def as_json(report: Report) -> str:
    """One object with all diagnostics."""
    return dump(
        {
            "tool": {"name": "mlvalue", "version": mlvalue.__version__},
            "files": [review.path.as_posix() for review in report.reviews],
            "unread": [{"path": path.as_posix(), "reason": reason} for path, reason in report.unread],
            "diagnostics": _diagnostics(report),
        }
    )


def json_lines(report: Report) -> str:
    """One object a diagnostic, each on a line of its own."""
    return dump_lines(_diagnostics(report))


def _diagnostics(report: Report) -> list[dict[str, Any]]:
    return [_object(diagnostic, review.document.text) for review in report.reviews for diagnostic in review.diagnostics]


def _object(diagnostic: Diagnostic, text: Text) -> dict[str, Any]:
    found = {name: getattr(diagnostic, name) for name in NAMES}
    return {**found, "fix": _fix(diagnostic.fix, text)} if diagnostic.fix else found


def _fix(fix: Fix, text: Text) -> dict[str, Any]:
    edits = []
    for span, written in fix.edits:
        (line, column), (end_line, end_column) = text.position(span.start), text.position(span.end)
        edits.append({"line": line, "column": column, "end_line": end_line, "end_column": end_column, "text": written})
    return {"title": fix.title, "edits": edits}
