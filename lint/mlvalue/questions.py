"""The figures behind the questions that a portfolio answers, in the site's currency; kinds of value are never added up with each other."""

import dataclasses
import functools
from collections.abc import Iterator, Mapping

from mlvalue.course import Axis, Part, Point, axis, course
from mlvalue.entry import BEHIND, KINDS, Entry
from mlvalue.headline import Promise, cautious_npv
from mlvalue.portfolio import UNDER_WAY, Portfolio
from mlvalue.record import planned_share
from mlvalue.units import Month

COURSES = ("approved", "live")
"""Stages whose money is promised from a known month on."""


@dataclasses.dataclass(frozen=True, slots=True)
class Bet:
    """How wide the return on its cost is, as shares: 1 future in 10 is below *low*, 2 in 10 are below *cautious*, 1 in 10 above *high*."""

    entry: Entry
    low: float
    cautious: float
    high: float

    @property
    def is_safe(self) -> bool:
        """Say whether 8 in 10 futures earn its cost back."""
        return self.cautious >= 0


@dataclasses.dataclass(frozen=True, slots=True)
class Stake:
    """What 8 in 10 futures leave at least after all costs, rounded down, and the present value of the likely cost."""

    entry: Entry
    npv: float
    cost: float


@dataclasses.dataclass(frozen=True, slots=True)
class Step:
    """The designs of one stage. *worth* is the sum of what each should reach, *delivered* and *spent* what was measured, by kind of value."""

    stage: str
    entries: tuple[Entry, ...]
    worth: Mapping[str, float]
    delivered: Mapping[str, float]
    spent: Mapping[str, float]


@dataclasses.dataclass(frozen=True, slots=True)
class Outcome:
    """Value promised by the likely case up to the newest figures, and delivered by then."""

    entry: Entry
    promised: float
    delivered: float

    @property
    def is_kept(self) -> bool:
        """Say whether what was promised came."""
        return self.delivered >= self.promised


@dataclasses.dataclass(frozen=True, slots=True)
class Use:
    """The share of possible use at the end of each month from go-live on as planned, and as measured."""

    entry: Entry
    planned: tuple[tuple[Month, float], ...]
    measured: tuple[tuple[Month, float], ...]

    @property
    def planned_now(self) -> float:
        """The share planned for the month of the newest figures, or for the end of the climb."""
        return dict(self.planned).get(self.measured[-1][0], 0.0) if self.measured else self.planned[-1][1]

    @property
    def is_on_plan(self) -> bool:
        """Say whether the newest measured share isn't far behind the plan."""
        return bool(self.measured) and self.measured[-1][1] >= BEHIND * self.planned_now


@dataclasses.dataclass(frozen=True)
class Course:
    """Money over time of the designs of one *kind* of value that are approved or live; *parts* are theirs, in the same order."""

    kind: str
    entries: tuple[Entry, ...]
    parts: tuple[Part, ...]
    axis: Axis

    @functools.cached_property
    def points(self) -> tuple[Point, ...]:
        """What they are worth together."""
        return course(self.parts, self.axis)


@dataclasses.dataclass(frozen=True, slots=True)
class Comparison:
    """What a design is worth more than its best option without ML if all goes as expected, and the share of futures in which it is."""

    entry: Entry
    extra: float
    better: float

    @property
    def is_better(self) -> bool:
        """Say whether it is worth more in most futures."""
        return self.better > 1 / 2


def is_weak(entry: Entry) -> bool:
    """Say whether its figures rest on a guess or an analogy, so that nothing is promised."""
    return entry.headline.promise is Promise.RANGE


def bets(portfolio: Portfolio) -> tuple[Bet, ...]:
    """The designs under way by their cautious return, the safest first; those that promise nothing come last."""
    found = []
    for entry in portfolio.entries:
        appraisal = entry.review.appraisal
        if entry.stage in UNDER_WAY and appraisal:
            low, cautious, high = (appraisal.chosen.roi_quantile(p) for p in (0.1, 0.2, 0.9))
            if low is not None and cautious is not None and high is not None:
                found.append(Bet(entry, low, cautious, high))
    return tuple(sorted(found, key=lambda bet: (is_weak(bet.entry), -bet.cautious)))


def stakes(portfolio: Portfolio) -> tuple[Stake, ...]:
    """The designs under way by kind, and by what they are worth."""
    found = []
    for entry in portfolio.entries:
        appraisal = entry.review.appraisal
        if entry.stage in UNDER_WAY and appraisal and (rate := _rate(entry, portfolio)) is not None:
            found.append(Stake(entry, rate * cautious_npv(appraisal.chosen), rate * appraisal.chosen.pv_costs))
    return tuple(sorted(found, key=lambda stake: (KINDS.index(stake.entry.kind), is_weak(stake.entry), -stake.npv)))


def steps(portfolio: Portfolio) -> tuple[Step, ...]:
    """The stages in their order, each with its designs and their money. What rests on a guess or an analogy promises nothing."""
    worth: dict[str, dict[str, float]] = {stage: {} for stage in portfolio.stages}
    for stake in stakes(portfolio):
        if not is_weak(stake.entry):
            _add(worth[stake.entry.stage], stake.entry.kind, stake.npv)
    found = []
    for stage in portfolio.stages:
        entries = tuple(entry for entry in portfolio.entries if entry.stage == stage)
        delivered: dict[str, float] = {}
        spent: dict[str, float] = {}
        for entry in entries:
            rate = _rate(entry, portfolio)
            if entry.delivery and rate is not None:
                _add(delivered, entry.kind, rate * entry.delivery.value)
                _add(spent, entry.kind, rate * entry.delivery.cost)
        found.append(Step(stage, entries, *({kind: sums[kind] for kind in KINDS if kind in sums} for sums in (worth[stage], delivered, spent))))
    return tuple(found)


def _add(sums: dict[str, float], kind: str, amount: float) -> None:
    sums[kind] = sums.get(kind, 0.0) + amount


def outcomes(portfolio: Portfolio) -> tuple[Outcome, ...]:
    """The designs with figures, the best kept promise first."""
    found = [
        Outcome(entry, rate * entry.delivery.promised_value, rate * entry.delivery.value)
        for entry in portfolio.entries
        if entry.delivery and (rate := _rate(entry, portfolio)) is not None
    ]
    return tuple(sorted(found, key=lambda outcome: (-outcome.delivered / outcome.promised if outcome.promised > 0 else 0.0, outcome.entry.review.title)))


def uses(portfolio: Portfolio) -> tuple[Use, ...]:
    """The live designs with a plan of their use, those farthest behind it first."""
    found = [use for entry in portfolio.entries if entry.stage == "live" and (use := _use(entry))]
    return tuple(sorted(found, key=lambda use: (use.measured[-1][1] - use.planned_now if use.measured else 1.0, use.entry.review.title)))


def _use(entry: Entry) -> Use | None:
    design = entry.review.design
    option = design.chosen if design else None
    if design is None or option is None or design.approved is None:
        return None
    begin = design.approved.spending_from
    first = begin.plus(int(option.build_months.likely))
    measured = tuple((actual.to, actual.share) for actual in design.actuals)
    end = max(first.plus(int(option.ramp_months)), *(month for month, _ in measured), first)
    months = [first.plus(number) for number in range(end.since(first) + 1)]
    return Use(entry, tuple((month, planned_share(option, month.since(begin) + 1 - option.build_months.likely)) for month in months), measured)


def courses(portfolio: Portfolio) -> tuple[Course, ...]:
    """Money over time by kind of value; what rests on a guess or an analogy isn't counted."""
    found = []
    for kind in KINDS:
        pairs = list(_parts(portfolio, kind))
        if pairs:
            parts = tuple(part for _, part in pairs)
            found.append(Course(kind, tuple(entry for entry, _ in pairs), parts, axis(parts)))
    return tuple(found)


def _parts(portfolio: Portfolio, kind: str) -> Iterator[tuple[Entry, Part]]:
    for entry in portfolio.entries:
        appraisal, rate = entry.review.appraisal, _rate(entry, portfolio)
        if entry.kind == kind and entry.stage in COURSES and appraisal and appraisal.design.approved and rate is not None and not is_weak(entry):
            yield entry, Part(appraisal.chosen, appraisal.design.approved.spending_from, appraisal.design.actuals, rate)


def comparisons(portfolio: Portfolio) -> tuple[Comparison, ...]:
    """The designs under way with ML beside their simple option, by kind, the biggest difference first."""
    found = []
    for entry in portfolio.entries:
        appraisal, rate = entry.review.appraisal, _rate(entry, portfolio)
        if entry.stage in UNDER_WAY and appraisal and appraisal.simple and appraisal.design.approach == "ml" and rate is not None:
            extra = rate * (appraisal.chosen.npv_likely - appraisal.simple.npv_likely)
            found.append(Comparison(entry, extra, appraisal.beats(appraisal.simple)))
    return tuple(sorted(found, key=lambda each: (KINDS.index(each.entry.kind), -each.extra)))


def decided_without(portfolio: Portfolio) -> tuple[Entry, ...]:
    """The designs whose chosen way is one without ML, over or not."""
    return tuple(entry for entry in portfolio.entries if entry.review.design and entry.review.design.approach == "no_ml")


def _rate(entry: Entry, portfolio: Portfolio) -> float | None:
    """What makes a design's currency the site's; None where nothing can be told in it, or its kind of value isn't known."""
    design = entry.review.design
    return portfolio.settings.rates.get(design.currency, 1.0) if design and design.is_rated and entry.kind else None
