"""Code Quality of GitLab: findings beside the changes of a merge request."""

from typing import Any

from mlvalue.diagnostic import Diagnostic, Severity
from mlvalue.fingerprint import digest, fingerprints
from mlvalue.places import from_root
from mlvalue.report import Report, dump, with_help

LEVELS = {Severity.ERROR: "major", Severity.WARNING: "minor"}


def gitlab(report: Report) -> str:
    """A list with an entry for each diagnostic."""
    entries = []
    for review in report.reviews:
        path = from_root(review.path, report.root)
        kept, _ = fingerprints(review)
        entries += [_entry(diagnostic, path, digest(path, known_by)) for diagnostic, known_by in zip(review.diagnostics, kept, strict=True)]
    return dump(entries)


def _entry(diagnostic: Diagnostic, path: str, fingerprint: str) -> dict[str, Any]:
    return {
        "description": with_help(diagnostic),
        "check_name": diagnostic.rule,
        "fingerprint": fingerprint,
        "severity": LEVELS[diagnostic.severity],
        "location": {"path": path, "lines": {"begin": diagnostic.line, "end": diagnostic.end_line}},
    }
