"""What may be promised of a design, in words that under-promise."""

import dataclasses
import enum
import math

from mlvalue.appraisal import Appraisal, Valuation
from mlvalue.economics import rounded_down


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


def headline(appraisal: Appraisal | None) -> Headline:
    """The headline of a design: ROI at P20 rounded down, less where evidence or numbers don't allow it."""
    if appraisal is None:
        return Headline(Promise.NONE, "no figures yet", "There are no figures yet, so nothing is promised.")
    chosen, design, years = appraisal.chosen, appraisal.design, appraisal.horizon_years
    if design.stage == "idea":
        return Headline(Promise.NONE, "no promise yet", "An idea promises nothing yet.")
    if chosen.npv_p20 < 0:
        return Headline(
            Promise.CHANCE,
            f"pays back in {tenths(chosen.chance)}",
            f"Pays back in {tenths(chosen.chance)} futures within {years} years, too few to promise a return.",
        )
    low, high = chosen.roi_quantile(0.1), chosen.roi_quantile(0.9)
    if low is None or high is None:
        return Headline(Promise.CHANCE, "costs nothing", "It costs nothing in some futures, so no return on its cost can be told.")
    if design.evidence is None or design.evidence.weaker_than("survey"):
        kind = {"guess": "a guess", "analogy": "an analogy"}.get(design.evidence.kind if design.evidence else "", "no evidence")
        short = f"{coarse_percent(low)} % to {coarse_percent(high)} %"
        return Headline(
            Promise.RANGE,
            short,
            f"May return between {coarse_percent(low)} % and {coarse_percent(high)} % of its cost in {years} years; "
            f"this rests on {kind}, so nothing is promised.",
        )
    roi = promised_roi(chosen)
    percent = round((roi or 0) * 100)
    return Headline(
        Promise.RETURN, f"at least {percent} %", f"Should return at least {percent} % of its cost in {years} years: 8 in 10 futures do better.", roi
    )


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
    if whole == 0:
        return "fewer than 1 in 10"
    return f"{min(whole, 9)} in 10"


def cautious_npv(valuation: Valuation) -> float:
    """NPV at P20, rounded down to two digits, in the currency of the design."""
    return rounded_down(valuation.npv_p20)


def payback_words(valuation: Valuation) -> str:
    """By which month 8 in 10 scenarios have their money back."""
    month = valuation.payback_month_p80
    if month is None:
        return f"not within {valuation.horizon_years * 12} months"
    return f"by month {month}"


def coarse_percent(share: float) -> str:
    """A share in percent without sham precision, rounded down to 5 points, with a real minus sign: `55`."""
    return f"{math.floor(share * 20) * 5:,}".replace("-", "\N{MINUS SIGN}")
