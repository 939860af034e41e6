"""The same design if things turn out otherwise: other adoption, value and cost, a later go-live; the document stays as it is."""

import dataclasses
from collections.abc import Callable, Mapping

from mlvalue.appraisal import Appraisal, Valuation
from mlvalue.headline import Headline, headline, payback
from mlvalue.model import Estimate
from mlvalue.saying import Chance, Saying, to_say

CASES: Mapping[str, Mapping[str, float]] = {
    to_say("Half as many use it"): {"adoption": 0.5},
    to_say("It costs half as much again"): {"cost": 1.5},
    to_say("It comes six months later"): {"delay": 6},
}
"""What goes wrong most often, one thing at a time, by name; the changes are those of `changed`."""


@dataclasses.dataclass(frozen=True, slots=True)
class Case:
    """What may be said of a design in one case: its headline, the chance to pay back, when the money is back."""

    name: str
    headline: Headline
    chance: Chance
    payback: Saying


def changed(appraisal: Appraisal, adoption: float = 1, value: float = 1, cost: float = 1, delay: float = 0) -> Appraisal:
    """The appraisal of a design that turns out otherwise; alternatives stay what they are.

    *adoption*, *value* and *cost* are shares of what was estimated: ``0.8`` is a fifth less. They move all three points of the
    range; an adoption share stays at most 1, cost is that of building and of running it. *delay* is months from the planned to
    the later go-live; the build is paid when it was planned.

    Raises:
        ValueError: if one of them is below 0.
    """
    if min(adoption, value, cost, delay) < 0:
        raise ValueError(f"{min(adoption, value, cost, delay)} is below 0; shares of the estimate and months later begin there")
    option = dataclasses.replace(
        appraisal.chosen.option,
        per_year=_each(appraisal.chosen.option.per_year, lambda amount: amount * value),
        share=_each(appraisal.chosen.option.share, lambda share: min(1.0, share * adoption)),
        build=_each(appraisal.chosen.option.build, lambda amount: amount * cost),
        build_months=_each(appraisal.chosen.option.build_months, lambda months: months + delay),
        run_per_year=_each(appraisal.chosen.option.run_per_year, lambda amount: amount * cost),
    )
    return dataclasses.replace(
        appraisal,
        design=dataclasses.replace(appraisal.design, options=(option, *appraisal.design.options[1:])),
        valuations=(Valuation(option, appraisal.horizon_years, appraisal.discount_rate), *appraisal.valuations[1:]),
    )


def cases(appraisal: Appraisal) -> tuple[Case, ...]:
    """A design as estimated, then each of the `CASES`."""
    found = {to_say("As estimated"): appraisal} | {name: changed(appraisal, **changes) for name, changes in CASES.items()}
    return tuple(Case(name, headline(each), Chance(each.chosen.chance), payback(each.chosen)) for name, each in found.items())


def _each(estimate: Estimate, change: Callable[[float], float]) -> Estimate:
    return Estimate(change(estimate.low), change(estimate.likely), change(estimate.high))
