"""YAML that can't be read."""

from collections.abc import Iterator

from mlvalue.diagnostic import Finding, Severity
from mlvalue.document import Document
from mlvalue.rule import faults, rule


@rule(Severity.ERROR, reads=Document)
def invalid_yaml(document: Document) -> Iterator[Finding]:
    """Front matter that YAML can't read."""
    yield from faults(document, "invalid-yaml")
