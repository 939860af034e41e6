"""Ranges out of order."""

from collections.abc import Iterator

from mlvalue.diagnostic import Finding, Severity
from mlvalue.model import Design
from mlvalue.rule import rule
from mlvalue.words import field


@rule(Severity.ERROR, reads=Design)
def reversed_range(design: Design) -> Iterator[Finding]:
    """A range whose numbers aren't in the order low, likely, high."""
    for path, estimate in design.estimates.items():
        if not estimate.low <= estimate.likely <= estimate.high:
            written = design.written[path]
            ordered = [text for _, text in sorted(zip((estimate.low, estimate.likely, estimate.high), written, strict=True))]
            message = f"{field(path)} is [{', '.join(written)}], which doesn't rise from low over likely to high"
            yield Finding(path, message, f"write [{', '.join(ordered)}] if these are the right numbers")
