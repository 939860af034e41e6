"""Promised against delivered, for one design: what its frozen estimate told for the time up to its newest figures."""

import dataclasses

from mlvalue.economics import used_months
from mlvalue.model import Design, Option
from mlvalue.units import Month


@dataclasses.dataclass(frozen=True, slots=True)
class Delivery:
    """Value and cost up to the end of month *to*, and the share of use then: promised by the likely case, and delivered."""

    to: Month
    promised_value: float
    promised_cost: float
    promised_share: float
    value: float
    cost: float
    share: float


def delivery(design: Design) -> Delivery | None:
    """What was promised and delivered up to the newest figures of *design*; None without figures or without an estimate."""
    option = design.chosen
    if option is None or not design.actuals or design.approved is None:
        return None
    newest = design.actuals[-1]
    live = newest.to.since(design.approved.spending_from) + 1 - option.build_months.likely
    return Delivery(
        to=newest.to,
        promised_value=option.per_year.likely * option.share.likely / 12 * used_months(live, option.ramp_months),
        promised_cost=option.build.likely + option.run_per_year.likely / 12 * max(live, 0.0),
        promised_share=planned_share(option, live),
        value=sum(actual.value for actual in design.actuals),
        cost=sum(actual.cost for actual in design.actuals),
        share=newest.share,
    )


def planned_share(option: Option, months: float) -> float:
    """The share of possible use that *option* plans *months* after go-live: up a straight line, then its likely share."""
    reached = min(max(months, 0.0) / option.ramp_months, 1.0) if option.ramp_months else float(months > 0)
    return option.share.likely * reached
