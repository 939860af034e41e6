"""Money over time: what designs promise together month by month, in every scenario, and what they delivered by then."""

import dataclasses
from collections.abc import Sequence

from mlvalue.appraisal import Valuation
from mlvalue.economics import used_months
from mlvalue.model import Actual
from mlvalue.scenarios import SCENARIOS
from mlvalue.units import Month

STEPS = (3, 6, 12)
"""Months between two points of a course: quarters, halves, years; each divides a year."""
MOST_POINTS = 24


@dataclasses.dataclass(frozen=True, slots=True)
class Part:
    """One design in a course: its *valuation*, its first month of spending, its figures, and the *rate* that makes its currency another."""

    valuation: Valuation
    begin: Month
    actuals: tuple[Actual, ...]
    rate: float = 1.0

    @property
    def end(self) -> Month:
        """The last month of its horizon."""
        return self.begin.plus(self.valuation.horizon_years * 12 - 1)

    def delivered(self, to: Month) -> float:
        """Money that came less money that went up to the end of month *to*, as measured."""
        return self.rate * sum(actual.value - actual.cost for actual in self.actuals if actual.to <= to)


@dataclasses.dataclass(frozen=True, slots=True)
class Point:
    """Money in less money out up to the end of month *to*: 8 in 10 scenarios reach at least *cautious*, half of them *middle*.

    *delivered* is None before the first and after the newest figures.
    """

    to: Month
    cautious: float
    middle: float
    delivered: float | None


def cumulated(valuation: Valuation, months: float) -> list[float]:
    """Money in less money out in the first *months* from the first spending, in every scenario; not discounted, in the design's currency.

    The build is paid at once. After its horizon a design promises nothing more.
    """
    if months <= 0:
        return [0.0] * SCENARIOS
    option, drawn = valuation.option, valuation.draws
    reached = min(months, valuation.horizon_years * 12)
    if option.build_months.is_point:
        live = max(0.0, reached - option.build_months.likely)
        used = used_months(live, option.ramp_months) / 12
        rows = zip(drawn.per_year, drawn.share, drawn.build, drawn.run_per_year, strict=True)
        return [value * share * used - build - run * live / 12 for value, share, build, run in rows]
    lives = [max(0.0, reached - build_months) for build_months in drawn.build_months]
    delayed = zip(drawn.per_year, drawn.share, drawn.build, drawn.run_per_year, lives, strict=True)
    return [value * share * (used_months(live, option.ramp_months) / 12) - build - run * live / 12 for value, share, build, run, live in delayed]


@dataclasses.dataclass(frozen=True, slots=True)
class Axis:
    """The ends of quarters, halves or years, as *step* months say, at which a course is told."""

    ends: tuple[Month, ...]
    step: int


def axis(parts: Sequence[Part]) -> Axis:
    """From before the first spending to the end of the last horizon, or to the newest figures; *parts* aren't empty."""
    newest = max((part.actuals[-1].to for part in parts if part.actuals), default=Month(1, 1))
    begin, end = min(part.begin for part in parts), max(*(part.end for part in parts), newest)
    step = next((step for step in STEPS if end.since(begin) // step < MOST_POINTS), STEPS[-1])
    ends = [_end_of_period(begin, step).plus(-step)]
    while ends[-1] < end:
        ends.append(ends[-1].plus(step))
    return Axis(tuple(ends), step)


def course(parts: Sequence[Part], along: Axis) -> tuple[Point, ...]:
    """What *parts* are worth together at each end of a period.

    Each scenario is added up over all parts: luck that one design has the others have too, which makes the cautious line lower than if
    luck evened out.
    """
    newest = max((part.actuals[-1].to for part in parts if part.actuals), default=None)
    oldest = min((part.actuals[0].to for part in parts if part.actuals), default=None)
    points: list[Point] = []
    for to in along.ends:
        sums = [0.0] * SCENARIOS
        for part in parts:
            if part.begin <= to:
                own = cumulated(part.valuation, to.since(part.begin) + 1)
                sums = [total + part.rate * amount for total, amount in zip(sums, own, strict=True)]
        sums.sort()
        is_measured = newest is not None and oldest is not None and oldest <= to < _end_of_period(newest, along.step).plus(1)
        delivered = sum(part.delivered(to) for part in parts) if is_measured else None
        points.append(Point(to, sums[int(0.2 * SCENARIOS)], sums[int(0.5 * SCENARIOS)], delivered))
    return tuple(points)


def _end_of_period(month: Month, step: int) -> Month:
    """The last month of the quarter, half or year that *month* lies in."""
    return month.plus(-month.number % step)
