"""Designs that lose money."""

from collections.abc import Iterator

from mlvalue.appraisal import Appraisal
from mlvalue.diagnostic import Finding, Severity
from mlvalue.rule import rule
from mlvalue.words import amount


@rule(Severity.WARNING, reads=Appraisal)
def negative_npv(appraisal: Appraisal) -> Iterator[Finding]:
    """A likely case that loses money within its horizon."""
    npv = appraisal.chosen.npv_likely
    if npv >= 0 or appraisal.design.is_decided:
        return
    approved = appraisal.design.stage in {"approved", "live"}
    message = f"the likely case loses {amount(-npv, appraisal.design.currency)} in {appraisal.horizon_years} years"
    yield Finding(
        "value",
        message,
        "don't build it, or say at the end of this line why you do: # mlvalue: allow negative-npv: REASON",
        Severity.ERROR if approved else None,
    )
