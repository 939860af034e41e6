"""Checks that are long ago."""

from collections.abc import Iterator

from mlvalue.diagnostic import Finding, Severity
from mlvalue.model import Design
from mlvalue.rule import rule
from mlvalue.units import Month


@rule(Severity.WARNING, reads=Design, thresholds={"months": 12})
def stale_validation(design: Design, *, months: float) -> Iterator[Finding]:
    """A check of the value more than 12 months ago, while the design isn't live yet."""
    checked = design.validated_by
    if checked is None or design.stage not in {"proposed", "approved"}:
        return
    today, then = design.as_of, checked.date
    age = Month(today.year, today.month).since(Month(then.year, then.month))
    if age > months or (age == months and today.day > then.day):
        message = f"the value was checked on {then}, more than {months:g} months before {today}"
        yield Finding("value.validated_by.date", message, f"ask {checked.name or 'the expert'} to check it again")
