"""Ranges too wide to be meant."""

from collections.abc import Iterator

from mlvalue.diagnostic import Finding, Severity
from mlvalue.model import Design
from mlvalue.rule import rule
from mlvalue.words import field


@rule(Severity.ERROR, reads=Design, thresholds={"times": 100})
def wide_range(design: Design, *, times: float) -> Iterator[Finding]:
    """A range whose high is more than 100 times its low, mostly a `k` too much or too few."""
    for path, estimate in design.estimates.items():
        if 0 < estimate.low * times < estimate.high and estimate.low <= estimate.likely <= estimate.high:
            low, _, high = design.written[path]
            message = f"{field(path)} goes from {low} to {high}, more than {times:g} times as much"
            yield Finding(path, message, "check the units (k, M, bn); if nobody knows better, ask for a smaller study first")
