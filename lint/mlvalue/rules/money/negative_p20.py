"""Designs that often lose money."""

from collections.abc import Iterator

from mlvalue.appraisal import Appraisal
from mlvalue.diagnostic import Finding, Severity
from mlvalue.rule import rule
from mlvalue.words import amount


@rule(Severity.WARNING, reads=Appraisal)
def negative_p20(appraisal: Appraisal) -> Iterator[Finding]:
    """A design that loses money in 2 of 10 futures or more, though not in the likely case."""
    chosen = appraisal.chosen
    if chosen.npv_p20 >= 0 or chosen.npv_likely < 0 or appraisal.design.is_decided:
        return
    message = f"in 2 of 10 futures it loses {amount(-chosen.npv_p20, appraisal.design.currency)} or more; it pays back in {int(chosen.chance * 10)} of 10"
    swing = chosen.tornado[0].input
    yield Finding("value", message, f"make it smaller first, or find out more about what matters most: {swing}")
