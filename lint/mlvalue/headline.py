"""What may be promised of a design, in words that under-promise."""

import dataclasses
import enum
import math

from mlvalue.appraisal import Appraisal, Valuation
from mlvalue.economics import rounded_down
from mlvalue.model import Design
from mlvalue.saying import Chance, Saying, to_say


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
    short: Saying
    sentence: Saying
    roi: float | None = None


SAID = {
    "nothing": (to_say("no figures yet"), to_say("There are no figures yet, so nothing is promised.")),
    "idea": (to_say("no promise yet"), to_say("An idea promises nothing yet.")),
    "chance": (to_say("pays back in {chance}"), to_say("Pays back in {chance} futures within {years} years, too few to promise a return.")),
    "free": (to_say("costs nothing"), to_say("It costs nothing in some futures, so no return on its cost can be told.")),
    "range": (
        to_say("{low} % to {high} %"),
        to_say("May return between {low} % and {high} % of its cost in {years} years; this rests on {kind}, so nothing is promised."),
    ),
    "return": (to_say("at least {percent} %"), to_say("Should return at least {percent} % of its cost in {years} years: 8 in 10 futures do better.")),
}
"""What is said in each case, short and as a sentence, with holes for figures."""
WEAK = {"": to_say("no evidence"), "guess": to_say("a guess"), "analogy": to_say("an analogy")}
"""Evidence that is too weak for a promise, by its kind."""
PAYBACK = (to_say("not within {months} months"), to_say("by month {month}"))
"""When the money is back: never, or then."""


def headline(appraisal: Appraisal | None) -> Headline:
    """The headline of a design: ROI at P20 rounded down, less where evidence or numbers don't allow it."""
    if appraisal is None:
        return in_case("nothing")
    chosen, years = appraisal.chosen, appraisal.horizon_years
    if appraisal.design.stage == "idea":
        return in_case("idea")
    if chosen.npv_p20 < 0:
        return in_case("chance", chance=Chance(chosen.chance), years=years)
    low, high = chosen.roi_quantile(0.1), chosen.roi_quantile(0.9)
    if low is None or high is None:
        return in_case("free")
    kind = weak_evidence(appraisal.design)
    if kind:
        return in_case("range", low=coarse_percent(low), high=coarse_percent(high), years=years, kind=kind)
    roi = promised_roi(chosen)
    return dataclasses.replace(in_case("return", percent=round((roi or 0) * 100), years=years), roi=roi)


def in_case(case: str, **figures: object) -> Headline:
    """The headline in one case of `SAID`, given what fills its holes."""
    short, sentence = SAID[case]
    promise = {"range": Promise.RANGE, "return": Promise.RETURN, "chance": Promise.CHANCE, "free": Promise.CHANCE}.get(case, Promise.NONE)
    return Headline(promise, Saying(short, figures), Saying(sentence, figures))


def weak_evidence(design: Design) -> Saying | None:
    """What a design rests on if that is too weak for a promise: `a guess`; else None."""
    kind = design.evidence.kind if design.evidence else ""
    return Saying(WEAK[kind]) if kind in WEAK else None


def promised_roi(valuation: Valuation) -> float | None:
    """ROI at P20, rounded down to 5 points below 100 % and to 10 above, as a share."""
    roi = valuation.roi_quantile(0.2)
    if roi is None:
        return None
    step = 5 if roi < 1 else 10
    return math.floor(roi * 100 / step) * step / 100


def tenths(share: float) -> str:
    """A chance in tenths, rounded down; never a certainty: `9 in 10`."""
    return str(Chance(share))


def cautious_npv(valuation: Valuation) -> float:
    """NPV at P20, rounded down to two digits, in the currency of the design."""
    return rounded_down(valuation.npv_p20)


def payback(valuation: Valuation) -> Saying:
    """By which month 8 in 10 scenarios have their money back."""
    month = valuation.payback_month_p80
    return Saying(PAYBACK[month is not None], {"month": month, "months": valuation.horizon_years * 12})


def coarse_percent(share: float) -> int:
    """A share in percent without sham precision, rounded down to 5 points: ``0.57`` is 55."""
    return math.floor(share * 20) * 5
