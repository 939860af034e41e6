"""What may be promised of a design, in words that under-promise."""

import dataclasses
import enum
import math

from mlvalue.appraisal import Appraisal, Valuation
from mlvalue.economics import rounded_down
from mlvalue.model import Design


class Promise(enum.StrEnum):
    """How much may be said: a return, a range only, a chance only, or nothing yet."""

    RETURN = "return"
    RANGE = "range"
    CHANCE = "chance"
    NONE = "none"


@dataclasses.dataclass(frozen=True, slots=True)
class Headline:
    """A promise, short as a badge says it, and as a sentence. *roi* is a share, rounded down; only a `RETURN` has one."""

    promise: Promise
    short: str
    sentence: str
    roi: float | None = None


SAID = {
    "nothing": ("no figures yet", "There are no figures yet, so nothing is promised."),
    "idea": ("no promise yet", "An idea promises nothing yet."),
    "chance": ("pays back in {chance}", "Pays back in {chance} futures within {years} years, too few to promise a return."),
    "free": ("costs nothing", "It costs nothing in some futures, so no return on its cost can be told."),
    "range": (
        "{low} % to {high} %",
        "May return between {low} % and {high} % of its cost in {years} years; this rests on {kind}, so nothing is promised.",
    ),
    "return": ("at least {percent} %", "Should return at least {percent} % of its cost in {years} years: 8 in 10 futures do better."),
}
"""What is said in each case, short and as a sentence, with holes for figures."""
TENTHS = ("fewer than 1 in 10", "{tenths} in 10")
"""A chance below one in ten, and any other."""
PAYBACK = ("not within {months} months", "by month {month}")
"""When the money is back: never, or then."""


def headline(appraisal: Appraisal | None) -> Headline:
    """The headline of a design: ROI at P20 rounded down, less where evidence or numbers don't allow it."""
    if appraisal is None:
        return _said(Promise.NONE, "nothing")
    chosen, years = appraisal.chosen, appraisal.horizon_years
    if appraisal.design.stage == "idea":
        return _said(Promise.NONE, "idea")
    if chosen.npv_p20 < 0:
        return _said(Promise.CHANCE, "chance", chance=tenths(chosen.chance), years=years)
    low, high = chosen.roi_quantile(0.1), chosen.roi_quantile(0.9)
    if low is None or high is None:
        return _said(Promise.CHANCE, "free")
    kind = weak_evidence(appraisal.design)
    if kind:
        return _said(Promise.RANGE, "range", low=coarse_percent(low), high=coarse_percent(high), years=years, kind=kind)
    roi = promised_roi(chosen)
    return dataclasses.replace(_said(Promise.RETURN, "return", percent=round((roi or 0) * 100), years=years), roi=roi)


def _said(promise: Promise, case: str, **figures: object) -> Headline:
    short, sentence = SAID[case]
    return Headline(promise, short.format(**figures), sentence.format(**figures))


def weak_evidence(design: Design) -> str:
    """What a design rests on if that is too weak for a promise: `a guess`; else empty."""
    if design.evidence is None:
        return "no evidence"
    return {"guess": "a guess", "analogy": "an analogy"}.get(design.evidence.kind, "")


def promised_roi(valuation: Valuation) -> float | None:
    """ROI at P20, rounded down to 5 points below 100 % and to 10 above, as a share."""
    roi = valuation.roi_quantile(0.2)
    if roi is None:
        return None
    step = 5 if roi < 1 else 10
    return math.floor(roi * 100 / step) * step / 100


def tenths(share: float) -> str:
    """A chance in tenths, rounded down; never a certainty: `9 in 10`."""
    whole = int(share * 10)
    return TENTHS[whole > 0].format(tenths=min(whole, 9))


def cautious_npv(valuation: Valuation) -> float:
    """NPV at P20, rounded down to two digits, in the currency of the design."""
    return rounded_down(valuation.npv_p20)


def payback_words(valuation: Valuation) -> str:
    """By which month 8 in 10 scenarios have their money back."""
    month = valuation.payback_month_p80
    return PAYBACK[month is not None].format(month=month, months=valuation.horizon_years * 12)


def coarse_percent(share: float) -> str:
    """A share in percent without sham precision, rounded down to 5 points, with a real minus sign: `55`."""
    return f"{math.floor(share * 20) * 5:,}".replace("-", "\N{MINUS SIGN}")
