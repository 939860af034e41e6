"""Fields written twice."""

from collections.abc import Iterator

from mlvalue.diagnostic import Finding, Severity
from mlvalue.document import Document
from mlvalue.rule import faults, rule


@rule(Severity.ERROR, reads=Document)
def duplicate_key(document: Document) -> Iterator[Finding]:
    """A field that is written twice."""
    yield from faults(document, "duplicate-key")
