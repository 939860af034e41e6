"""YAML beyond what documents need."""

from collections.abc import Iterator

from mlvalue.diagnostic import Finding, Severity
from mlvalue.document import Document
from mlvalue.rule import faults, rule


@rule(Severity.ERROR, reads=Document)
def unsupported_yaml(document: Document) -> Iterator[Finding]:
    """YAML that design documents don't use: anchors, tags, merges, names that are no text."""
    yield from faults(document, "unsupported-yaml")
