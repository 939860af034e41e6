"""Evidence that can't be opened."""

import re
from collections.abc import Iterator

from mlvalue.diagnostic import Finding, Severity
from mlvalue.model import Design
from mlvalue.rule import rule

SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


@rule(Severity.ERROR, reads=Design)
def broken_link(design: Design) -> Iterator[Finding]:
    """Evidence in a file that doesn't exist, or behind an address that no browser should open."""
    evidence = design.evidence
    if evidence and not evidence.found:
        what = "which is no address on the web" if SCHEME.match(evidence.link) else "and there is no such file beside this document"
        message = f"the evidence links to `{evidence.link}`, {what}"
        yield Finding("value.evidence.link", message, "write the path from this document's folder, or an address that begins with https://")
