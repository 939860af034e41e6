"""One document in a portfolio: its review, what it may promise, what it delivered, and why it needs attention."""

import dataclasses
from collections.abc import Iterator, Mapping

from mlvalue.appraisal import Appraisal
from mlvalue.diagnostic import Severity
from mlvalue.headline import Headline, headline
from mlvalue.model import Design
from mlvalue.record import Delivery, delivery
from mlvalue.review import Review
from mlvalue.saying import Chance, Money, Saying, Share, to_count, to_say
from mlvalue.stages import STAGES
from mlvalue.units import Month

KINDS = ("cash", "time", "risk", "other")
TOLD_BY_FIGURES = ("negative-npv", "negative-p20", "simpler-option")
"""Rules whose findings the figures tell already."""
BEHIND = 0.8
"""Delivered below this share of what was promised needs attention."""


@dataclasses.dataclass(frozen=True)
class Entry:
    """One document in the portfolio, with why it needs attention: what the figures tell, or a finding in the linter's own words."""

    review: Review
    headline: Headline
    delivery: Delivery | None
    attention: tuple[Saying | str, ...]

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


def entry(review: Review) -> Entry:
    """The entry of a document."""
    design = review.design
    delivered = delivery(design) if design else None
    return Entry(review, headline(review.appraisal), delivered, tuple(_attention(review, delivered)))


def _attention(review: Review, delivered: Delivery | None) -> Iterator[Saying | str]:
    """Why somebody should look at a document, the gravest first."""
    errors = [diagnostic for diagnostic in review.diagnostics if diagnostic.severity is Severity.ERROR]
    if errors:
        one, many = to_count("{n} finding to mend: {message}", "{n} findings to mend: {message}")
        yield Saying(many, {"n": len(errors), "message": errors[0].message}, one)
    if review.design and not review.design.is_decided:
        yield from _worries(review.design, review.appraisal)
        yield from _shortfalls(review.design, delivered)
        for diagnostic in review.diagnostics:
            if diagnostic.severity is Severity.WARNING and diagnostic.rule not in TOLD_BY_FIGURES:
                yield diagnostic.message


def _worries(design: Design, appraisal: Appraisal | None) -> Iterator[Saying]:
    """What the plan itself gives to worry about."""
    today = Month(design.as_of.year, design.as_of.month)
    if design.stage == "approved" and design.go_live and design.go_live < today:
        one, many = to_count("late: go-live was planned for {month}, {n} month ago", "late: go-live was planned for {month}, {n} months ago")
        yield Saying(many, {"n": today.since(design.go_live), "month": design.go_live}, one)
    if appraisal and appraisal.chosen.npv_likely < 0:
        yield Saying(to_say("loses {amount} in the likely case"), {"amount": Money(-appraisal.chosen.npv_likely, design.currency)})
    elif appraisal and design.stage != "idea" and appraisal.chosen.npv_p20 < 0:
        yield Saying(to_say("pays back in only {chance} futures"), {"chance": Chance(appraisal.chosen.chance)})
    if appraisal and appraisal.simple and appraisal.beats(appraisal.simple) <= 1 / 2:
        yield Saying(to_say("the simple option is as good: {name}"), {"name": appraisal.simple.option.name})


def _shortfalls(design: Design, delivered: Delivery | None) -> Iterator[Saying]:
    """What was delivered or used far below the promise."""
    if delivered and delivered.value < BEHIND * delivered.promised_value:
        amounts = {"amount": Money(delivered.value, design.currency), "promised": Money(delivered.promised_value, design.currency)}
        yield Saying(to_say("delivered {amount} of {promised} promised to {month}"), {**amounts, "month": delivered.to})
    if delivered and delivered.promised_share - delivered.share > 1 - BEHIND:
        yield Saying(to_say("used at {share} where {planned} were planned"), {"share": Share(delivered.share), "planned": Share(delivered.promised_share)})
