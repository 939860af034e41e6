"""Evidence that can't be opened."""

from collections.abc import Iterator

from mlvalue.diagnostic import Finding, Severity
from mlvalue.model import Design
from mlvalue.rule import rule


@rule(Severity.ERROR, reads=Design)
def broken_link(design: Design) -> Iterator[Finding]:
    """Evidence in a file that doesn't exist, or behind an address that no browser should open."""
    evidence = design.evidence
    if evidence and not evidence.found:
        message = f"the evidence links to `{evidence.link}`, and there is no such file beside this document"
        yield Finding("value.evidence.link", message, "write the path from this document's folder, or an address that begins with https://")
