"""Live designs that show no figures."""

from collections.abc import Iterator

from mlvalue.diagnostic import Finding, Severity
from mlvalue.model import Design
from mlvalue.rule import rule
from mlvalue.units import Month


@rule(Severity.WARNING, reads=Design, thresholds={"warn_months": 4, "fail_months": 7})
def stale_actuals(design: Design, *, warn_months: float, fail_months: float) -> Iterator[Finding]:
    """A live design whose newest figures are older than 4 months; older than 7 months it is an error."""
    if design.stage != "live" or not design.actuals:
        return
    newest = design.actuals[-1].to
    months = Month(design.as_of.year, design.as_of.month).since(newest)
    if months > warn_months:
        message = f"the newest figures are of {newest}, {months} months ago; what isn't shown isn't delivered"
        yield Finding(
            f"actuals[{len(design.actuals) - 1}].to",
            message,
            "add an entry to `actuals`, with zeros if nothing came",
            Severity.ERROR if months > fail_months else None,
        )
