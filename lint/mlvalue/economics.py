"""The formulas: NPV, ROI, payback, and use while it climbs.

Conventions are those of Forrester's Total Economic Impact: month 0 is the first spending, the build is paid then and not
discounted, a year's benefit and run cost are discounted at the end of that year. Only ``+ - * /`` and comparisons are
used, so that the same document gives the same bits on every machine.
"""

import math
from collections.abc import Sequence


def npv(cash_flows: Sequence[float], discount_rate: float) -> float:
    """Net present value of yearly *cash_flows*, in their currency.

    ``cash_flows[0]`` is paid today and isn't discounted; ``cash_flows[t]`` arrives at the end of year *t*. *discount_rate*
    is a share per year: 10 % is ``0.1``.

    Raises:
        ValueError: if *discount_rate* isn't above -1; money then has no present value.

    >>> round(npv([-100, 60, 60], 0.1), 2)
    4.13
    """
    if not discount_rate > -1:
        raise ValueError(f"a discount rate of {discount_rate} leaves money no present value; it must be above -1")
    total, factor = 0.0, 1.0
    for flow in cash_flows:
        total += flow / factor
        factor *= 1 + discount_rate
    return total


def payback(cash_flows: Sequence[float]) -> float | None:
    """Periods until money in is at least money out, not discounted; None if never.

    ``cash_flows[0]`` is paid at once, ``cash_flows[t]`` comes evenly during period *t*: a straight line inside the period.

    >>> payback([-200, 50, 60, 70, 200])
    3.1
    """
    total = 0.0
    for period, flow in enumerate(cash_flows):
        before, total = total, total + flow
        if total >= 0:
            return period - 1 + min(1.0, -before / flow) if period and flow > 0 else float(period)
    return None


def roi(benefits: Sequence[float], costs: Sequence[float], discount_rate: float) -> float:
    """Return on investment: (present value of benefits - that of costs) / that of costs, as a share; 160 % is ``1.6``.

    Raises:
        ValueError: if the costs have no positive present value, or *discount_rate* isn't above -1.

    >>> round(roi([0, 66, 66], [100], 0.1), 3)
    0.145
    """
    cost = npv(costs, discount_rate)
    if not cost > 0:
        raise ValueError("without costs there is no return on them")
    return (npv(benefits, discount_rate) - cost) / cost


def used_months(months: float, ramp_months: float) -> float:
    """Months of full use within *months* after go-live, while use climbs on a straight line over *ramp_months*."""
    if months <= 0:
        return 0.0
    return months * months / (2 * ramp_months) if months < ramp_months else months - ramp_months / 2


def rounded_down(amount: float, digits: int = 2) -> float:
    """*amount* rounded down to *digits* significant digits: 168,313 is 160,000, and -168,313 is -170,000."""
    step = 1.0
    while abs(amount) >= step * 10**digits:
        step *= 10
    return math.floor(amount / step) * step


def users_needed(share: float | None, users: int | None) -> int | None:
    """How many of *users* make up at least *share*; None where either isn't known."""
    return None if share is None or users is None else math.ceil(share * users)
