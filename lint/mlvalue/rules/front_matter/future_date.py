"""Dates that tell of the past."""

import datetime
from collections.abc import Iterator

from mlvalue.diagnostic import Finding, Severity
from mlvalue.model import Design
from mlvalue.rule import rule
from mlvalue.units import Month


@rule(Severity.ERROR, reads=Design)
def future_date(design: Design) -> Iterator[Finding]:
    """A date in the future for something that is told as past."""
    told: dict[str, tuple[str, datetime.date | Month | None]] = {
        "customer.consulted.when": ("the customer was consulted", design.consulted),
        "value.validated_by.date": ("the value was checked", design.validated_by.date if design.validated_by else None),
        "approved.date": ("the design was approved", design.approved.date if design.approved else None),
    }
    for number, actual in enumerate(design.actuals):
        told[f"actuals[{number}].to"] = ("figures were booked", actual.to)
    if design.stage in {"live", "retired"} and design.approved:
        told["approved.spending_from"] = ("money has been spent since", design.approved.spending_from)
    this_month = Month(design.as_of.year, design.as_of.month)
    for path, (what, when) in told.items():
        if isinstance(when, Month) and when > this_month:
            yield Finding(
                path,
                f"{what}{'' if what.endswith('since') else ' in'} {when}, which is yet to come (today is {design.as_of})",
                "write the month in which it happened",
            )
        elif isinstance(when, datetime.date) and when > design.as_of:
            yield Finding(path, f"{what} on {when}, which is yet to come (today is {design.as_of})", "write the day on which it happened")
