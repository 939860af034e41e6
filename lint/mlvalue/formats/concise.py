"""A line for each diagnostic."""

from mlvalue.diagnostic import Diagnostic, Severity
from mlvalue.report import Report, one_line

COLORS = {Severity.ERROR: "31", Severity.WARNING: "33"}


def concise(report: Report) -> str:
    """One line each: `path:line:col: severity[rule] message`."""
    return "".join(f"{head(diagnostic, color=report.color)}\n" for review in report.reviews for diagnostic in review.diagnostics)


def head(diagnostic: Diagnostic, *, color: bool) -> str:
    """Where it is, what it is, and what it says."""
    place = one_line(f"{diagnostic.path}:{diagnostic.line}:{diagnostic.column}")
    label = f"{diagnostic.severity}[{diagnostic.rule}]"
    return f"{paint(place, '1', color=color)}: {paint(label, COLORS[diagnostic.severity], color=color)} {one_line(diagnostic.message)}"


def paint(text: str, code: str, *, color: bool) -> str:
    """*text* in the color of a *code* of ANSI terminals."""
    return f"\x1b[{code}m{text}\x1b[0m" if color else text
