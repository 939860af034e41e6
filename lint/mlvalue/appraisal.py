"""A Design to its Appraisal: cash flow, NPV, ROI, payback and break-even adoption of every option, likely and in 2,048 scenarios."""

import dataclasses
import functools
import math
from typing import Any

from mlvalue.economics import npv, payback, used_months
from mlvalue.model import Design, Estimate, Option
from mlvalue.scenarios import SCENARIOS, Draws, draws


@dataclasses.dataclass(frozen=True, slots=True)
class CashFlow:
    """Benefit and cost of one year, year 0 being the first spending, in the currency of the design."""

    year: int
    benefit: float
    cost: float


@dataclasses.dataclass(frozen=True, slots=True)
class Swing:
    """NPV with one input at its low and at its high end, the others likely."""

    input: str
    npv_at_low: float
    npv_at_high: float

    @property
    def size(self) -> float:
        """How far the NPV moves."""
        return abs(self.npv_at_high - self.npv_at_low)


@dataclasses.dataclass(frozen=True)
class Valuation:
    """What one *option* is worth over *horizon_years* at *discount_rate*, in the likely case and over the scenarios.

    ROI, chance and adoption are shares, months count from the first spending, None says that there is none.
    """

    option: Option
    horizon_years: int
    discount_rate: float

    @functools.cached_property
    def cash_flow(self) -> tuple[CashFlow, ...]:
        """Benefit and cost by year in the likely case."""
        option = self.option
        worth = option.per_year.likely * option.share.likely
        years = [CashFlow(year, worth * used, option.run_per_year.likely * live) for year, used, live in self._years(option.build_months.likely, 12)]
        return (CashFlow(0, 0.0, option.build.likely), *years)

    @functools.cached_property
    def npv_likely(self) -> float:
        """NPV of the likely case."""
        return npv([year.benefit - year.cost for year in self.cash_flow], self.discount_rate)

    @functools.cached_property
    def pv_costs(self) -> float:
        """Present value of the costs of the likely case."""
        return npv([year.cost for year in self.cash_flow], self.discount_rate)

    @property
    def roi_likely(self) -> float | None:
        """ROI of the likely case."""
        return self.npv_likely / self.pv_costs if self.pv_costs > 0 else None

    @property
    def payback_month_likely(self) -> int | None:
        """The first whole month in which the likely case has its money back, not discounted."""
        option = self.option
        worth, run = option.per_year.likely * option.share.likely, option.run_per_year.likely
        months = [(worth * used - run * live) / 12 for _, used, live in self._years(option.build_months.likely, 1)]
        found = payback([-option.build.likely, *months])
        return None if found is None else math.ceil(found)

    @property
    def break_even_share(self) -> float | None:
        """The adoption share at which the likely case neither earns nor loses; above 1 not even everybody's use is enough."""
        worth = self.option.per_year.likely * self._discounted(self.option.build_months.likely)[0]
        return self.pv_costs / worth if worth > 0 else None

    @functools.cached_property
    def draws(self) -> Draws:
        """The inputs in every scenario."""
        return draws(self.option)

    @functools.cached_property
    def _scenarios(self) -> tuple[list[float], list[float]]:
        """NPV and present value of the costs in every scenario."""
        drawn = self.draws
        if self.option.build_months.is_point:
            ramp, live = self._discounted(self.option.build_months.likely)
            costs = [build + run * live for build, run in zip(drawn.build, drawn.run_per_year, strict=True)]
            benefits = [value * share * ramp for value, share in zip(drawn.per_year, drawn.share, strict=True)]
        else:
            years = [self._discounted(months) for months in drawn.build_months]
            costs = [build + run * live for build, run, (_, live) in zip(drawn.build, drawn.run_per_year, years, strict=True)]
            benefits = [value * share * ramp for value, share, (ramp, _) in zip(drawn.per_year, drawn.share, years, strict=True)]
        return [benefit - cost for benefit, cost in zip(benefits, costs, strict=True)], costs

    @property
    def npvs(self) -> list[float]:
        """NPV in every scenario."""
        return self._scenarios[0]

    @functools.cached_property
    def npv_p20(self) -> float:
        """The NPV that 2 in 10 scenarios fall short of."""
        return self.npv_quantiles(10)[2]

    def npv_quantiles(self, parts: int) -> tuple[float, ...]:
        """The scenarios in *parts* equal groups by their NPV, the worst first: the lowest NPV of each group."""
        ordered = sorted(self.npvs)
        return tuple(ordered[part * SCENARIOS // parts] for part in range(parts))

    @functools.cached_property
    def chance(self) -> float:
        """Share of the scenarios with an NPV above 0."""
        return sum(value > 0 for value in self.npvs) / SCENARIOS

    @functools.cached_property
    def _rois(self) -> list[float]:
        gains, costs = self._scenarios
        return sorted(gain / cost for gain, cost in zip(gains, costs, strict=True)) if min(costs) > 0 else []

    def roi_quantile(self, p: float) -> float | None:
        """The ROI that a share *p* of the scenarios fall short of, None where a scenario costs nothing."""
        return self._rois[int(p * SCENARIOS)] if self._rois else None

    @functools.cached_property
    def payback_month_p80(self) -> int | None:
        """The first month by which 8 in 10 scenarios have their money back."""
        return self._payback_month(0.8)

    @functools.cached_property
    def payback_month_p10(self) -> int | None:
        """The first month by which 1 in 10 scenarios has its money back."""
        return self._payback_month(0.1)

    def _payback_month(self, share: float) -> int | None:
        """The first month by which a *share* of the scenarios have their money back.

        Once use has earned more than it cost it always will, because use climbs and never falls; so the month is found by halving.
        """
        low, high = 0, self.horizon_years * 12 + 1
        while low < high:
            middle = (low + high) // 2
            if self._paid_back(middle) >= share * SCENARIOS:
                high = middle
            else:
                low = middle + 1
        return low if low <= self.horizon_years * 12 else None

    @functools.cached_property
    def adoption_at_stake(self) -> float:
        """NPV at likely adoption less NPV at low adoption: what is lost if use stays low."""
        return self.npv_likely - self._npv_with("share", self.option.share.low)

    @functools.cached_property
    def tornado(self) -> tuple[Swing, ...]:
        """NPV at low and high of each input, the others likely; the biggest swing first."""
        names = {"value per year": "per_year", "adoption": "share", "build cost": "build", "run cost": "run_per_year", "build time": "build_months"}
        swings = []
        for name, slot in names.items():
            estimate: Estimate = getattr(self.option, slot)
            if name != "build time" or not estimate.is_point:
                swings.append(Swing(name, self._npv_with(slot, estimate.low), self._npv_with(slot, estimate.high)))
        return tuple(sorted(swings, key=lambda swing: -swing.size))

    def _npv_with(self, slot: str, amount: float) -> float:
        changes: dict[str, Any] = {slot: Estimate(amount, amount, amount)}
        option = dataclasses.replace(self.option, **changes)
        return Valuation(option, self.horizon_years, self.discount_rate).npv_likely

    def _paid_back(self, month: int) -> int:
        """In how many scenarios money in is at least money out by *month*."""
        drawn, ramp_months = self.draws, self.option.ramp_months
        fixed = used_months(month - self.option.build_months.likely, ramp_months)
        is_point = self.option.build_months.is_point
        count = 0
        for value, share, build, run, months in zip(drawn.per_year, drawn.share, drawn.build, drawn.run_per_year, drawn.build_months, strict=True):
            live = month - months
            used = fixed if is_point else used_months(live, ramp_months)
            count += build <= 0 or (live > 0 and value * share * used >= 12 * build + run * live)
        return count

    def _years(self, build_months: float, length: int) -> list[tuple[int, float, float]]:
        """Periods of *length* months, numbered from 1: the share of full use in each, and the share of it that is after go-live."""
        found = []
        for number in range(1, self.horizon_years * 12 // length + 1):
            begin, end = length * (number - 1) - build_months, length * number - build_months
            used = used_months(end, self.option.ramp_months) - used_months(begin, self.option.ramp_months)
            found.append((number, used / length, min(length, max(0.0, end)) / length))
        return found

    def _discounted(self, build_months: float) -> tuple[float, float]:
        """The sums of both over the years, discounted."""
        years = self._years(build_months, 12)
        return npv([0, *(used for _, used, _ in years)], self.discount_rate), npv([0, *(live for _, _, live in years)], self.discount_rate)


@dataclasses.dataclass(frozen=True)
class Appraisal:
    """What a design and its alternatives are worth; the chosen one is `valuations[0]`."""

    design: Design
    horizon_years: int
    discount_rate: float
    valuations: tuple[Valuation, ...]

    @property
    def chosen(self) -> Valuation:
        """The chosen design."""
        return self.valuations[0]

    @functools.cached_property
    def simple(self) -> Valuation | None:
        """The best alternative without ML by its likely NPV."""
        options = [other for other in self.valuations[1:] if other.option.type == "no_ml"]
        return max(options, key=lambda valuation: valuation.npv_likely, default=None)

    def beats(self, other: Valuation) -> float:
        """Share of the scenarios, the same luck for both, in which the chosen design is worth more than *other*."""
        pairs = zip(self.chosen.npvs, other.npvs, strict=True)
        return sum(mine > theirs for mine, theirs in pairs) / SCENARIOS


def appraise(design: Design, horizon_years: int = 3, discount_rate: float = 0.1) -> Appraisal | None:
    """Appraise *design* and every alternative that has numbers; None while the design itself has none."""
    if design.chosen is None:
        return None
    return Appraisal(design, horizon_years, discount_rate, tuple(Valuation(option, horizon_years, discount_rate) for option in design.options))
