"""Merge conflicts."""

from collections.abc import Iterator

from mlvalue.diagnostic import Finding, Severity
from mlvalue.document import Document
from mlvalue.rule import faults, rule


@rule(Severity.ERROR, reads=Document)
def conflict_marker(document: Document) -> Iterator[Finding]:
    """A merge conflict that was committed with its markers."""
    yield from faults(document, "conflict-marker")
