"""The 2,048 futures that every option is put through: the same for all, with no random seed.

They are points of a Hammersley set: evenly spread, and made with ``+ - * /`` alone, so they are the same bits everywhere.
"""

import dataclasses
import functools
from collections.abc import Sequence

from mlvalue.model import Estimate, Option

SCENARIOS = 2048
SHARED_LUCK = 0.3
"""Share of the scenarios in which luck is shared: value and adoption come out well where cost and delay do, or all badly."""
BASES = (2, 3, 5, 7, 11)
"""Bases of the radical inverses: adoption share, build, run, the switch of shared luck, build time."""


@dataclasses.dataclass(frozen=True, slots=True)
class Draws:
    """The inputs of an option in every scenario, a list each: money per year, share, money, money per year, months."""

    per_year: Sequence[float]
    share: Sequence[float]
    build: Sequence[float]
    run_per_year: Sequence[float]
    build_months: Sequence[float]


def draws(option: Option) -> Draws:
    """Draw the inputs of *option* in every scenario. A share is at most 1."""
    per_year, share, build, run, months = deviations()
    return Draws(
        column(option.per_year, per_year),
        [min(1.0, drawn) for drawn in column(option.share, share)],
        column(option.build, build),
        column(option.run_per_year, run),
        [option.build_months.likely] * SCENARIOS if option.build_months.is_point else column(option.build_months, months),
    )


def column(estimate: Estimate, deviations: Sequence[float]) -> list[float]:
    """One input in every scenario: a broken line through the estimate's points, ``deviation`` -1 at low, 0 at likely, 1 at high."""
    likely, below, above = estimate.likely, estimate.likely - estimate.low, estimate.high - estimate.likely
    drawn = [likely + deviation * (below if deviation < 0 else above) for deviation in deviations]
    return [max(0.0, value) for value in drawn] if estimate.low >= 0 and likely < 1.25 * below else drawn


@functools.cache
def deviations() -> tuple[tuple[float, ...], ...]:
    """For value, share, build, run and build time: ``2.5 * (u - 0.5)`` at the u of each scenario; 1 in 10 is below -1.

    Where luck is shared, value and adoption take the same u, cost and delay its mirror image.
    """
    rows = []
    for k in range(SCENARIOS):
        value_u = (k + 0.5) / SCENARIOS
        share_u, build_u, run_u, luck, months_u = (_radical_inverse(k, base) + 0.5 / SCENARIOS for base in BASES)
        if luck < SHARED_LUCK:
            share_u, build_u, run_u, months_u = value_u, 1 - value_u, 1 - value_u, 1 - value_u
        rows.append([2.5 * (u - 0.5) for u in (value_u, share_u, build_u, run_u, months_u)])
    return tuple(zip(*rows, strict=True))


def _radical_inverse(k: int, base: int) -> float:
    result, digit = 0.0, 1.0 / base
    while k:
        k, rest = divmod(k, base)
        result += rest * digit
        digit /= base
    return result
