"""Workflow commands of GitHub Actions: annotations on the lines of a pull request."""

from mlvalue.diagnostic import Diagnostic
from mlvalue.places import from_root
from mlvalue.report import Report, printable, with_help


def github(report: Report) -> str:
    """A command for each diagnostic, and for each file that couldn't be read."""
    unread = [_command("error", {"file": from_root(path, report.root), "title": "mlvalue"}, f"can't read it: {reason}") for path, reason in report.unread]
    found = [
        _command(diagnostic.severity, {"file": from_root(review.path, report.root), **_place(diagnostic)}, with_help(diagnostic))
        for review in report.reviews
        for diagnostic in review.diagnostics
    ]
    return "".join([*unread, *found])


def _place(diagnostic: Diagnostic) -> dict[str, str]:
    """Where it is; GitHub takes columns only for findings on one line."""
    place = {"line": str(diagnostic.line), "endLine": str(diagnostic.end_line), "title": f"mlvalue: {diagnostic.rule}"}
    if diagnostic.line == diagnostic.end_line:
        place |= {"col": str(diagnostic.column), "endColumn": str(diagnostic.end_column)}
    return place


def _command(level: str, properties: dict[str, str], message: str) -> str:
    parts = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{level} {parts}::{_data(printable(message))}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
