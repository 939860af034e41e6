"""One entry of a portfolio as a flat row of stable names: what files for spreadsheets, other tools and other portfolios hold."""

import dataclasses
import math
from collections.abc import Mapping
from typing import Any

from mlvalue.appraisal import Appraisal
from mlvalue.diagnostic import Severity
from mlvalue.entry import Entry
from mlvalue.model import Design
from mlvalue.record import Delivery
from mlvalue.units import Month

TEXTS = {
    "customer": "customer.who",
    "metric": "value.metric",
    "how_it_pays": "value.how_it_pays",
    "effect_on_people": "adoption.effect_on_people",
    "decided_because": "outcome.why",
    "lesson": "outcome.lesson",
}
"""Texts of the front matter, by the names that they have here."""


@dataclasses.dataclass(frozen=True, slots=True)
class Project:
    """One project. Amounts are whole units of *currency*, shares and ROI are shares of 1, months count from the first spending.

    What isn't known is None, or an empty text. *source* is the portfolio that it comes from, *path* its document there, *url* its page;
    *horizon_years* count in it, 0 where it has no figures.
    """

    source: str
    path: str
    url: str
    title: str
    stage: str
    approach: str
    owner: str
    kind: str
    currency: str
    evidence: str
    customer: str
    metric: str
    how_it_pays: str
    effect_on_people: str
    decided_because: str
    lesson: str
    tags: str
    promise: str
    headline: str
    sentence: str
    roi_promised: float | None
    roi_p10: float | None
    roi_p20: float | None
    roi_p90: float | None
    roi_likely: float | None
    npv_p20: float | None
    npv_likely: float | None
    cost: float | None
    chance: float | None
    payback_month_p80: int | None
    break_even_share: float | None
    simple_option: str
    extra_over_simple: float | None
    better_than_simple: float | None
    share_planned: float | None
    share_measured: float | None
    users_now: int | None
    users_all: int | None
    approved_on: str
    go_live: str
    validated_on: str
    newest_figures: str
    silent_months: int
    promised_value: float | None
    delivered_value: float | None
    promised_cost: float | None
    delivered_cost: float | None
    errors: int
    warnings: int
    attention: str
    horizon_years: int = 0
    fields: Mapping[str, str] = dataclasses.field(default_factory=dict)

    def row(self) -> dict[str, Any]:
        """All that is told of this project alone, by name."""
        return {field.name: getattr(self, field.name) for field in dataclasses.fields(self) if field.name != "horizon_years"}

    def flat(self) -> dict[str, Any]:
        """The same as one level of names, an organisation's fields as `fields.cost_center`."""
        row = self.row()
        fields = row.pop("fields")
        return row | {f"fields.{path}": value for path, value in fields.items()}


def project(entry: Entry, path: str, url: str = "", columns: Mapping[str, str] | None = None) -> Project:
    """The row of an *entry*; *columns* are the fields that the settings ask for."""
    review, design, appraisal = entry.review, entry.review.design, entry.review.appraisal
    tags = review.data.get("tags")
    return Project(
        source="",
        path=path,
        url=url,
        title=review.title,
        stage=entry.stage,
        owner=entry.owner,
        kind=entry.kind,
        tags=", ".join(str(tag) for tag in tags) if isinstance(tags, list) else "",
        promise=entry.headline.promise.value,
        headline=str(entry.headline.short),
        sentence=str(entry.headline.sentence),
        roi_promised=entry.headline.roi,
        errors=review.errors,
        warnings=sum(diagnostic.severity is Severity.WARNING for diagnostic in review.diagnostics),
        attention="; ".join(map(str, entry.attention)),
        horizon_years=appraisal.horizon_years if appraisal else 0,
        fields={name: entry.text(name) for name in columns or {}},
        **_of_design(design),
        **_of_appraisal(appraisal),
        **_of_delivery(entry.delivery),
    )


def _of_design(design: Design | None) -> dict[str, Any]:
    if design is None:
        names = ("approach", "currency", "evidence", *TEXTS, "approved_on", "go_live", "validated_on", "newest_figures")
        return dict.fromkeys(names, "") | dict.fromkeys(("share_planned", "share_measured", "users_now", "users_all")) | {"silent_months": 0}
    share = design.estimates.get("adoption.share")
    return {
        "approach": design.approach,
        "currency": design.currency,
        "evidence": design.evidence.kind if design.evidence else "",
        **{name: design.texts.get(path, "") for name, path in TEXTS.items()},
        "share_planned": _share(share.likely) if share else None,
        "share_measured": _share(design.measured_share),
        "users_now": design.users[0] if design.users else None,
        "users_all": design.users[1] if design.users else None,
        "approved_on": str(design.approved.date) if design.approved else "",
        "go_live": str(design.go_live or ""),
        "validated_on": str(design.validated_by.date) if design.validated_by else "",
        "newest_figures": str(design.actuals[-1].to) if design.actuals else "",
        "silent_months": _silent_months(design),
    }


def _silent_months(design: Design) -> int:
    """Months since the newest figures of a live design, 0 where they are as new as can be."""
    if design.stage != "live" or not design.actuals:
        return 0
    return max(0, Month(design.as_of.year, design.as_of.month).since(design.actuals[-1].to))


def _of_appraisal(appraisal: Appraisal | None) -> dict[str, Any]:
    if appraisal is None or appraisal.design.stage == "idea":
        numbers = ("roi_p10", "roi_p20", "roi_p90", "roi_likely", "npv_p20", "npv_likely", "cost", "chance", "payback_month_p80", "break_even_share")
        return dict.fromkeys((*numbers, "extra_over_simple", "better_than_simple")) | {"simple_option": ""}
    chosen, simple = appraisal.chosen, appraisal.simple
    return {
        "roi_p10": _return(chosen.roi_quantile(0.1)),
        "roi_p20": _return(chosen.roi_quantile(0.2)),
        "roi_p90": _return(chosen.roi_quantile(0.9)),
        "roi_likely": _return(chosen.roi_likely),
        "npv_p20": _amount(chosen.npv_p20),
        "npv_likely": _amount(chosen.npv_likely),
        "cost": _amount(chosen.pv_costs),
        "chance": _share(chosen.chance),
        "payback_month_p80": chosen.payback_month_p80,
        "break_even_share": _share(chosen.break_even_share),
        "simple_option": simple.option.name if simple else "",
        "extra_over_simple": _amount(chosen.npv_likely - simple.npv_likely) if simple else None,
        "better_than_simple": _share(appraisal.beats(simple)) if simple else None,
    }


def _of_delivery(delivery: Delivery | None) -> dict[str, Any]:
    names = ("promised_value", "delivered_value", "promised_cost", "delivered_cost")
    if delivery is None:
        return dict.fromkeys(names)
    amounts = (delivery.promised_value, delivery.value, delivery.promised_cost, delivery.cost)
    return {name: _amount(amount) for name, amount in zip(names, amounts, strict=True)}


def _amount(value: float) -> float:
    """An amount in whole units, without a negative zero."""
    return float(round(value)) + 0.0


def _share(value: float | None) -> float | None:
    return None if value is None else round(value, 4) + 0.0


def _return(value: float | None) -> float | None:
    """A return as a share, rounded down, so that no step of a headline is reached by rounding."""
    return None if value is None else math.floor(round(value * 10_000, 6)) / 10_000
