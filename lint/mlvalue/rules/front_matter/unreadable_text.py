"""Bytes that are no text."""

from collections.abc import Iterator

from mlvalue.diagnostic import Finding, Severity
from mlvalue.document import Document
from mlvalue.rule import faults, rule


@rule(Severity.ERROR, reads=Document)
def unreadable_text(document: Document) -> Iterator[Finding]:
    """A file that isn't UTF-8 text."""
    yield from faults(document, "unreadable-text")
