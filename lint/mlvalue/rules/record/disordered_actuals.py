"""Figures out of order."""

from collections.abc import Iterator

from mlvalue.diagnostic import Finding, Severity
from mlvalue.model import Design
from mlvalue.rule import rule


@rule(Severity.ERROR, reads=Design)
def disordered_actuals(design: Design) -> Iterator[Finding]:
    """Figures whose months don't rise, so that nobody can tell which period they are of."""
    for number, (before, after) in enumerate(zip(design.actuals, design.actuals[1:], strict=False), start=1):
        if after.to <= before.to:
            message = f"this entry goes to {after.to}, and the one before it to {before.to}"
            yield Finding(f"actuals[{number}].to", message, "put the oldest first; each entry covers what came since the one before")
