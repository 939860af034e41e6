"""The report as `report.schema.json` describes it."""

import mlvalue
from mlvalue.report import Report, dump

NAMES = ("path", "line", "column", "end_line", "end_column", "rule", "family", "severity", "message", "help", "field", "url")


def as_json(report: Report) -> str:
    """One object with all diagnostics."""
    return dump(
        {
            "tool": {"name": "mlvalue", "version": mlvalue.__version__},
            "files": [review.path.as_posix() for review in report.reviews],
            "diagnostics": [{name: getattr(diagnostic, name) for name in NAMES} for review in report.reviews for diagnostic in review.diagnostics],
        }
    )
