"""Two figures of use that differ."""

from collections.abc import Iterator

from mlvalue.diagnostic import Finding, Severity
from mlvalue.model import Design
from mlvalue.rule import rule
from mlvalue.words import percent


@rule(Severity.WARNING, reads=Design, thresholds={"points": "5%"})
def adoption_mismatch(design: Design, *, points: float) -> Iterator[Finding]:
    """Users now that differ by more than 5 points from the share that was measured last."""
    if not design.users or not design.actuals or design.users[0] > design.users[1]:
        return
    now, every = design.users
    newest = design.actuals[-1]
    if abs(now / every - newest.share) > points + 1e-9:
        message = f"`adoption.users` say {now} of {every}, which are {percent(now / every)}, and `actuals` to {newest.to} say {percent(newest.share)}"
        yield Finding("adoption.users.now", message, "bring the one that is older up to date, or say in `all` who else could use it")
