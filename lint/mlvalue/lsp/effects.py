"""What a number of the front matter changes in money: it is moved a little, and the design is appraised again."""

import dataclasses
import re
from typing import Any

from mlvalue.appraisal import Appraisal, Valuation
from mlvalue.model import Estimate
from mlvalue.units import write_money
from mlvalue.words import percent

ITEM = re.compile(r"(?P<field>.*)\[(?P<index>[0-2])\]")
ALTERNATIVE = re.compile(r"(?P<option>alternatives\[\d+\])\.")
STEPS = {
    "per_year": "each 1% of value per year",
    "share": "each percentage point of adoption",
    "build": "each 1% of build cost",
    "run_per_year": "each 1% of run cost",
    "build_months": "one month more to build",
    "ramp_months": "one month more until full use",
}


def effect(appraisal: Appraisal, path: str) -> str:
    """What the number at *path* is worth, as a sentence; "" where it is none that the appraisal takes."""
    item = ITEM.fullmatch(path)
    field, index = (item["field"], int(item["index"])) if item else (path, 1)
    valuation = _valuation(appraisal, field)
    slot = field.rpartition(".")[2]
    if valuation is None or slot not in STEPS or (field != valuation.option.path(slot) and not field.endswith("adoption.ramp_months")):
        return ""
    over = f" over {valuation.horizon_years} years"
    if index != 1:
        return _end(valuation, slot, index, appraisal.design.currency) + over + "."
    change = _change(valuation, slot)
    verb = "is worth" if change >= 0 else "takes away"
    step = STEPS[slot]
    sentence = f"{step[:1].upper()}{step[1:]} {verb} {_money(change)} {appraisal.design.currency}{over}."
    return sentence + _break_even(valuation) if slot == "share" else sentence


def _valuation(appraisal: Appraisal, field: str) -> Valuation | None:
    """The valuation of the option that holds *field*."""
    alternative = ALTERNATIVE.match(field)
    wanted = alternative["option"] if alternative else ""
    return next((valuation for valuation in appraisal.valuations if valuation.option.field == wanted), None)


def _change(valuation: Valuation, slot: str) -> float:
    """The change of the likely NPV by one step of an input."""
    if slot == "ramp_months":
        return _npv(valuation, ramp_months=valuation.option.ramp_months + 1) - valuation.npv_likely
    likely = getattr(valuation.option, slot).likely
    if slot == "share":
        step = 0.01 if likely <= 1 - 0.01 else -0.01
        return (_npv_at(valuation, slot, likely + step) - valuation.npv_likely) * (1 if step > 0 else -1)
    return _npv_at(valuation, slot, likely + 1 if slot == "build_months" else likely * 1.01) - valuation.npv_likely


def _end(valuation: Valuation, slot: str, index: int, currency: str) -> str:
    """What it means if the input comes out at its low or its high end."""
    estimate: Estimate = getattr(valuation.option, slot)
    change = _npv_at(valuation, slot, estimate.low if index == 0 else estimate.high) - valuation.npv_likely
    end = "low" if index == 0 else "high"
    whose = f"`{valuation.option.name}`" if valuation.option.field else "the design"
    return f"At its {end} end, the others likely, {whose} is worth {_money(change)} {currency} {'more' if change >= 0 else 'less'}"


def _npv_at(valuation: Valuation, slot: str, amount: float) -> float:
    return _npv(valuation, **{slot: Estimate(amount, amount, amount)})


def _npv(valuation: Valuation, **changes: Any) -> float:  # noqa: ANN401 (numbers and estimates, by their names)
    return Valuation(dataclasses.replace(valuation.option, **changes), valuation.horizon_years, valuation.discount_rate).npv_likely


def _break_even(valuation: Valuation) -> str:
    share = valuation.break_even_share
    if share is None or share > 1:
        return " Not even everybody's use pays for it."
    return f" It neither earns nor loses at {percent(share)}."


def _money(change: float) -> str:
    """An amount without its sign and without sham precision: two digits."""
    return write_money(float(f"{abs(change):.2g}"))
