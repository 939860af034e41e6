"""What the body states beside what the front matter estimates: figures better than its high end."""

import dataclasses
import math
import re

from mlvalue.appraisal import Appraisal
from mlvalue.quantities import Quantity, quantities
from mlvalue.wording import Claim
from mlvalue.words import amount, percent

CONTENT = re.compile(r"[a-z]{4,}")
OVERALL = re.compile(
    r"\b(?:over|in|within|across) (?:the )?(?:(?:all |first )?(?:\w+|\d+) years|whole (?:period|horizon))|\bin total\b|\baltogether\b|\bcumulative|\badds? up\b"
)
BEST = 0.9
"""ROI and payback have no `high` of their own: what 1 in 10 futures exceeds stands for it."""


@dataclasses.dataclass(frozen=True)
class Stated:
    """A figure of the prose that is better than the front matter's high end. *limit* says that end in words."""

    claim: Claim
    limit: str
    field: str


def stated(claim: Claim, appraisal: Appraisal) -> Stated | None:
    """Compare the figure in *claim* with the estimate; None where it isn't better."""
    numbers = [number for number in quantities(claim.words.lower()) if number.kind != "date"]
    found = None
    match claim.kind:
        case "money":
            found = _money(claim, numbers, appraisal)
        case "share":
            found = _share(numbers, appraisal)
        case "roi":
            found = _roi(numbers, appraisal)
        case "payback":
            found = _payback(claim, numbers, appraisal)
        case "metric":
            found = _metric(claim, numbers, appraisal)
        case _:
            pass
    return Stated(claim, *found) if found else None


def _money(claim: Claim, numbers: list[Quantity], appraisal: Appraisal) -> tuple[str, str] | None:
    high = appraisal.chosen.option.per_year.high
    years = appraisal.horizon_years if OVERALL.search(claim.sentence.lower()) else 1
    for number in numbers:
        if number.kind not in {"money", "scaled"} or (number.currency and number.currency != appraisal.design.currency):
            continue
        if number.high > high * years * 1.0001:
            over = f" over {years} years" if years > 1 else " a year"
            return f"{amount(high * years)} {appraisal.design.currency}{over}", "value.per_year"
    return None


def _share(numbers: list[Quantity], appraisal: Appraisal) -> tuple[str, str] | None:
    high = appraisal.chosen.option.share.high
    counts = [number.high for number in numbers if number.kind == "number"]
    shares = [number.high / 100 for number in numbers if number.kind == "percent"]
    if len(counts) > 1 and counts[1]:
        shares.append(counts[0] / counts[1])
    if any(high + 1e-9 < share <= 1 for share in shares):
        return f"{percent(high)} of all users", "adoption.share"
    return None


def _roi(numbers: list[Quantity], appraisal: Appraisal) -> tuple[str, str] | None:
    high = appraisal.chosen.roi_quantile(BEST)
    if high is None:
        return None
    high = math.ceil(high * 100) / 100
    found = [number.high / 100 for number in numbers if number.kind == "percent"] + [number.high - 1 for number in numbers if number.kind == "multiple"]
    if any(value > high for value in found):
        return f"{percent(high)}, which 1 in 10 futures exceeds", "value.per_year"
    return None


def _payback(claim: Claim, numbers: list[Quantity], appraisal: Appraisal) -> tuple[str, str] | None:
    months = [number.high * 12 for number in numbers if number.kind == "time"]
    months += [number.high for number in numbers if number.kind == "number" and re.search(r"month", claim.words.lower())]
    early = appraisal.chosen.payback_month_p10
    if early is not None and any(month < early - 0.01 for month in months):
        return f"month {early}, before which 1 in 10 futures pays back", "value.per_year"
    return None


def _metric(claim: Claim, numbers: list[Quantity], appraisal: Appraisal) -> tuple[str, str] | None:
    written = appraisal.design.texts.get("value.metric", "")
    ends = [number for number in quantities(written.lower()) if number.kind == "percent"]
    shared = set(CONTENT.findall(written.lower())) & set(CONTENT.findall(claim.sentence.lower()))
    if not ends or len(shared - {"from", "with", "that", "than", "have"}) < 2:  # noqa: PLR2004 (one word in common isn't the same measure)
        return None
    begin, end = (ends[0].low, ends[0].high) if ends[0].is_range else (ends[0].low, ends[-1].high)
    found = [number.high for number in numbers if number.kind == "percent"]
    if begin != end and any((value < end) if end < begin else (value > end) for value in found):
        return f"{end:g} %", "value.metric"
    return None
