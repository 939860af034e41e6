"""Use that nobody has seen yet."""

from collections.abc import Iterator

from mlvalue.diagnostic import Finding, Severity
from mlvalue.model import Design
from mlvalue.rule import rule
from mlvalue.words import percent


@rule(Severity.WARNING, reads=Design, thresholds={"likely": "90%", "low": "80%"})
def optimistic_adoption(design: Design, *, likely: float, low: float) -> Iterator[Finding]:
    """A likely adoption above 90 % without evidence of use, or a low one above 80 %."""
    share = design.estimates.get("adoption.share")
    if share is None or not share.low <= share.likely <= share.high:
        return
    seen = design.measured_share
    if share.low > low:
        message = f"even in a bad case {percent(share.low)} are to use it, so the estimate has no bad case"
        yield Finding("adoption.share", message, f"write as low what use 1 in 10 such projects stays below, {percent(low)} at most")
    elif share.likely > likely and (seen is None or seen < share.low):
        known = "nobody uses it yet" if seen is None else f"{percent(seen)} use it today"
        yield Finding(
            "adoption.share", f"{percent(share.likely)} are likely to use it, and {known}", f"write {percent(likely)} or less until more use is measured"
        )
