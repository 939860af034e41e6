"""Where front matter begins and ends."""

from collections.abc import Iterator

from mlvalue.diagnostic import Finding, Severity
from mlvalue.document import Document
from mlvalue.rule import faults, rule


@rule(Severity.ERROR, reads=Document)
def unclear_delimiter(document: Document) -> Iterator[Finding]:
    """Front matter that some readers see and others don't."""
    yield from faults(document, "unclear-delimiter")
