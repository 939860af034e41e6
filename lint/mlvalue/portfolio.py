"""Many reviews side by side: what each may promise, what they add up to, and what needs attention."""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping

from mlvalue import definitions, words
from mlvalue.appraisal import Appraisal
from mlvalue.diagnostic import Severity
from mlvalue.headline import Headline, Promise, cautious_npv, headline, tenths
from mlvalue.model import Design
from mlvalue.organisation import contract
from mlvalue.record import Delivery, delivery
from mlvalue.review import Review
from mlvalue.settings import Settings
from mlvalue.stages import STAGES
from mlvalue.units import Month

KINDS = ("cash", "time", "risk", "other")
UNDER_WAY = ("proposed", "approved", "live")
"""Stages whose value counts in the totals: an idea promises nothing yet, what was dropped or retired is over."""
TOLD_BY_FIGURES = ("negative-npv", "negative-p20", "simpler-option")
"""Rules whose findings the figures tell already."""
BEHIND = 0.8
"""Delivered below this share of what was promised needs attention."""


@dataclasses.dataclass(frozen=True)
class Entry:
    """One document in the portfolio, with why it needs attention."""

    review: Review
    headline: Headline
    delivery: Delivery | None
    attention: tuple[str, ...]

    @property
    def stage(self) -> str:
        """The stage as written, `unknown` where it can't be read."""
        stage = self.review.data.get("stage")
        return stage if stage in STAGES else "unknown"

    @property
    def owner(self) -> str:
        """Who answers for the estimate, empty where nobody is named."""
        owner = self.review.data.get("owner")
        return owner if isinstance(owner, str) else ""

    @property
    def kind(self) -> str:
        """The kind of value, empty where there is none."""
        value = self.review.data.get("value")
        kind = value.get("kind") if isinstance(value, Mapping) else None
        return kind if kind in KINDS else ""

    def text(self, path: str) -> str:
        """What stands in the field at a dotted *path*, empty where nothing does."""
        value: object = self.review.data
        for part in path.split("."):
            value = value.get(part) if isinstance(value, Mapping) else None
        if isinstance(value, list):
            return ", ".join(str(item) for item in value)
        if isinstance(value, bool):
            return "yes" if value else "no"
        return "" if value is None or isinstance(value, Mapping) else str(value)


@dataclasses.dataclass(frozen=True, slots=True)
class Total:
    """What the designs under way of one kind of value are worth together, in the site's currency: cautious NPV, likely cost.

    What rests on a guess or an analogy promises nothing and isn't counted.
    """

    kind: str
    designs: int
    npv: float
    cost: float


@dataclasses.dataclass(frozen=True)
class Portfolio:
    """All entries, the most advanced and then the most promising first; counts by stage; totals by kind of value.

    *columns* are fields that the settings ask for, by path, with their titles.
    """

    entries: tuple[Entry, ...]
    stages: Mapping[str, int]
    totals: tuple[Total, ...]
    settings: Settings
    columns: Mapping[str, str]

    @property
    def attention(self) -> tuple[Entry, ...]:
        """The entries that need it."""
        return tuple(entry for entry in self.entries if entry.attention)


def portfolio(reviews: Iterable[Review], settings: Settings) -> Portfolio:
    """Lay *reviews* side by side."""
    entries = sorted((_entry(review) for review in reviews), key=_order)
    with definitions.using(contract(settings)):
        columns = {path: str(definitions.definition(path)["title"]) for path in settings.columns}
    stages = {stage: sum(entry.stage == stage for entry in entries) for stage in (*STAGES, "unknown")}
    return Portfolio(
        tuple(entries),
        {stage: count for stage, count in stages.items() if count or stage != "unknown"},
        tuple(total for kind in KINDS if (total := _total(kind, entries, settings)).designs),
        settings,
        columns,
    )


def _entry(review: Review) -> Entry:
    design = review.design
    delivered = delivery(design) if design else None
    return Entry(review, headline(review.appraisal), delivered, tuple(_attention(review, delivered)))


def _order(entry: Entry) -> tuple[int, float, str]:
    places = ("live", "approved", "proposed", "idea", "unknown", "retired", "dropped")
    roi = entry.headline.roi if entry.headline.promise is Promise.RETURN else None
    return places.index(entry.stage), -(roi if roi is not None else -1.0), entry.review.title


def _total(kind: str, entries: Iterable[Entry], settings: Settings) -> Total:
    designs, npv, cost = 0, 0.0, 0.0
    for entry in entries:
        appraisal = entry.review.appraisal
        if entry.kind == kind and entry.stage in UNDER_WAY and appraisal and appraisal.design.is_rated and entry.headline.promise is not Promise.RANGE:
            rate = settings.rates.get(appraisal.design.currency, 1.0)
            designs += 1
            npv += rate * cautious_npv(appraisal.chosen)
            cost += rate * appraisal.chosen.pv_costs
    return Total(kind, designs, npv, cost)


def _attention(review: Review, delivered: Delivery | None) -> Iterator[str]:
    """Why somebody should look at a document, the gravest first."""
    errors = [diagnostic for diagnostic in review.diagnostics if diagnostic.severity is Severity.ERROR]
    if errors:
        yield f"{words.count(len(errors), 'finding')} to mend: {errors[0].message}"
    if review.design and not review.design.is_decided:
        yield from _worries(review.design, review.appraisal)
        yield from _shortfalls(review.design, delivered)
        for diagnostic in review.diagnostics:
            if diagnostic.severity is Severity.WARNING and diagnostic.rule not in TOLD_BY_FIGURES:
                yield diagnostic.message


def _worries(design: Design, appraisal: Appraisal | None) -> Iterator[str]:
    """What the plan itself gives to worry about."""
    today = Month(design.as_of.year, design.as_of.month)
    if design.stage == "approved" and design.go_live and design.go_live < today:
        yield f"late: go-live was planned for {design.go_live}, {words.count(today.since(design.go_live), 'month')} ago"
    if appraisal and appraisal.chosen.npv_likely < 0:
        yield f"loses {words.amount(-appraisal.chosen.npv_likely)} {design.currency} in the likely case"
    elif appraisal and design.stage != "idea" and appraisal.chosen.npv_p20 < 0:
        yield f"pays back in only {tenths(appraisal.chosen.chance)} futures"
    if appraisal and appraisal.simple and appraisal.beats(appraisal.simple) <= 1 / 2:
        yield f"the simple option is as good: {appraisal.simple.option.name}"


def _shortfalls(design: Design, delivered: Delivery | None) -> Iterator[str]:
    """What was delivered or used far below the promise."""
    if delivered and delivered.value < BEHIND * delivered.promised_value:
        yield f"delivered {words.amount(delivered.value)} of {words.amount(delivered.promised_value)} {design.currency} promised to {delivered.to}"
    if delivered and delivered.promised_share - delivered.share > 1 - BEHIND:
        yield f"used at {words.spaced_percent(delivered.share)} where {words.spaced_percent(delivered.promised_share)} were planned"
