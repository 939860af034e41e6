"""No front matter."""

from collections.abc import Iterator

from mlvalue.diagnostic import Finding, Severity
from mlvalue.document import Document
from mlvalue.rule import faults, rule


@rule(Severity.ERROR, reads=Document)
def missing_front_matter(document: Document) -> Iterator[Finding]:
    """A design document without front matter."""
    yield from faults(document, "missing-front-matter")
