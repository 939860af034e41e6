"""The figures behind the pictures, against numbers computed by hand."""

import dataclasses
import datetime
import pathlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_mlvalue.said import left_out
from mlvalue.appraisal import Valuation
from mlvalue.course import Part, Point, axis, course, cumulated
from mlvalue.model import Actual, Estimate, Option
from mlvalue.portfolio import Portfolio, portfolio
from mlvalue.questions import bets, comparisons, courses, decided_without, outcomes, stakes, steps, uses
from mlvalue.record import planned_share
from mlvalue.review import review
from mlvalue.scenarios import SCENARIOS
from mlvalue.settings import Settings
from mlvalue.units import Month

ROOT = pathlib.Path(__file__).parent.parent
SETTINGS = Settings(root=ROOT, as_of=datetime.date(2026, 11, 30), dated_rates={"USD": (0.5, datetime.date(2026, 10, 20))})
LIVE = "actuals:\n  - {to: 2027-08, value: 9k, cost: 150k, share: 12%, how: x}\nstage: live"


def point(amount: float) -> Estimate:
    return Estimate(amount, amount, amount)


CERTAIN = Option(
    name="sure",
    type="ml",
    chosen=True,
    field="",
    per_year=point(120_000),
    share=point(0.5),
    build=point(10_000),
    build_months=point(2),
    run_per_year=point(12_000),
    ramp_months=4,
)
"""5,000 a month at full use, from month 2 on, after a climb of 4 months; 10,000 at once and 1,000 a month."""


def worth(option: Option) -> Valuation:
    return Valuation(option, 1, 0.1)


def course_of(parts: list[Part]) -> tuple[Point, ...]:
    return course(parts, axis(parts))


def side_by_side(*texts: str) -> Portfolio:
    return portfolio([review(text.encode(), ROOT / f"docs/designs/d{index}.md", SETTINGS, ()) for index, text in enumerate(texts)], SETTINGS)


@pytest.mark.parametrize(
    ("months", "left"),
    [
        (0, 0),
        (1, -10_000),
        (2, -10_000),
        (4, -10_000 + 5_000 * 2 * 2 / 8 - 2_000),
        (6, -10_000 + 5_000 * 2 - 4_000),
        (12, -10_000 + 5_000 * (10 - 2) - 10_000),
        (30, -10_000 + 5_000 * (10 - 2) - 10_000),
    ],
)
def test_money_is_cumulated_as_by_hand_and_nothing_is_promised_after_the_horizon(months: float, left: float) -> None:
    assert cumulated(worth(CERTAIN), months) == pytest.approx([left] * SCENARIOS)


def test_a_delay_is_in_the_money_over_time() -> None:
    late = dataclasses.replace(CERTAIN, build_months=Estimate(2, 4, 6))
    amounts = sorted(cumulated(worth(late), 12))
    assert amounts[SCENARIOS // 10] == pytest.approx(-10_000 + 5_000 * (6 - 2) - 6_000, rel=0.01)
    assert amounts[SCENARIOS * 9 // 10] == pytest.approx(-10_000 + 5_000 * (10 - 2) - 10_000, rel=0.01)


def test_a_course_goes_by_quarters_and_adds_what_was_delivered() -> None:
    actuals = (Actual(Month(2026, 6), 3_000, 12_000, 0.2, "", ""), Actual(Month(2026, 8), 9_000, 2_000, 0.4, "", ""))
    points = course_of([Part(worth(CERTAIN), Month(2026, 2), actuals, 0.5)])
    assert [str(each.to) for each in points] == ["2025-12", "2026-03", "2026-06", "2026-09", "2026-12", "2027-03"]
    assert [each.delivered for each in points] == [None, None, -4_500, -1_000, None, None]
    by_hand = [0, -5_000, 0.5 * (-10_000 + 5_000 * 9 / 8 - 3_000), 0.5 * (-10_000 + 5_000 * 4 - 6_000), 0.5 * (-10_000 + 5_000 * 7 - 9_000), 10_000]
    assert [each.cautious for each in points] == pytest.approx(by_hand)
    assert [each.middle for each in points] == pytest.approx(by_hand)


def test_a_long_course_has_few_points() -> None:
    long = Part(Valuation(CERTAIN, 12, 0.1), Month(2026, 1), ())
    months = [each.to for each in course_of([long])]
    assert len(months) <= 26
    assert months[-1] == Month(2037, 12)


@pytest.mark.no_cover
@given(st.floats(0, 40), st.floats(0, 1e6))
def test_the_careful_line_is_never_above_the_middle_one(months: float, high: float) -> None:
    option = dataclasses.replace(CERTAIN, per_year=Estimate(0, high / 2, high))
    amounts = sorted(cumulated(worth(option), months))
    assert amounts[int(0.2 * SCENARIOS)] <= amounts[int(0.5 * SCENARIOS)]
    together = course_of([Part(worth(option), Month(2026, 1), ())] * 2)
    assert [each.cautious for each in together] == pytest.approx([2 * each.cautious for each in course_of([Part(worth(option), Month(2026, 1), ())])])


@pytest.mark.parametrize(("months", "share"), [(-1, 0), (0, 0), (1, 0.125), (2, 0.25), (4, 0.5), (40, 0.5)])
def test_use_is_planned_on_a_straight_line(months: float, share: float) -> None:
    assert planned_share(CERTAIN, months) == share


def test_groups_of_futures_are_told_by_their_worst() -> None:
    valuation = worth(dataclasses.replace(CERTAIN, per_year=Estimate(50_000, 120_000, 300_000)))
    ordered = sorted(valuation.npvs)
    assert valuation.npv_quantiles(20) == tuple(ordered[index * 2048 // 20] for index in range(20))
    assert valuation.npv_quantiles(10)[2] == valuation.npv_p20


def test_figures_of_a_portfolio_are_in_the_sites_currency(sample: str) -> None:
    whole = side_by_side(
        sample, sample.replace("owner:", "currency: USD\nowner:").replace("# Order", "# Other"), sample.replace("owner:", "currency: JPY\nowner:")
    )
    assert [(stake.npv, round(stake.cost)) for stake in stakes(whole)] == [(160_000, 251_777), (80_000, 125_888)]
    assert left_out(whole.entries, [stake.entry for stake in stakes(whole)]) == {"rate": 1}
    assert [round(each.extra) for each in comparisons(whole)] == pytest.approx([222_801, 111_401], abs=2)
    assert len(bets(whole)) == 3
    assert bets(whole)[0].low < bets(whole)[0].cautious < bets(whole)[0].high
    assert bets(whole)[0].is_safe


def test_kinds_of_value_stay_apart(sample: str) -> None:
    whole = side_by_side(sample, sample.replace("kind: cash", "kind: risk"), sample.replace("kind: cash", "kind: risk"))
    approved = next(step for step in steps(whole) if step.stage == "approved")
    assert approved.worth == {"cash": 160_000, "risk": 320_000}
    assert [(each.kind, len(each.entries)) for each in courses(whole)] == [("cash", 1), ("risk", 2)]
    one, two = courses(whole)
    assert [point.cautious * 2 for point in one.points] == pytest.approx([point.cautious for point in two.points])


def test_what_rests_on_a_guess_or_an_analogy_adds_nothing(sample: str) -> None:
    weak = sample.replace("kind: pilot", "kind: analogy")
    whole = side_by_side(weak, sample)
    assert next(step for step in steps(whole) if step.stage == "approved").worth == {"cash": 160_000}
    assert len(courses(whole)[0].entries) == 1
    assert bets(whole)[-1].entry.review.data["value"]["evidence"]["kind"] == "analogy"


def test_promised_and_delivered_and_use_are_of_the_same_month(sample: str) -> None:
    whole = side_by_side(sample.replace("stage: approved", LIVE))
    (outcome,) = outcomes(whole)
    assert outcome.promised == pytest.approx(600_000 * 0.7 / 12 * 3 * 3 / 24)
    assert outcome.delivered == 9_000
    assert not outcome.is_kept
    (use,) = uses(whole)
    assert use.measured == ((Month(2027, 8), 0.12),)
    assert use.planned_now == pytest.approx(0.7 * 3 / 12)
    assert not use.is_on_plan
    assert use.planned[0] == (Month(2027, 6), pytest.approx(0.7 / 12))
    assert use.planned[-1][1] == pytest.approx(0.7)


def test_what_was_decided_without_ml_is_told_apart(sample: str) -> None:
    simple = sample.replace("owner:", "approach: no_ml\nowner:")
    whole = side_by_side(sample, simple)
    assert [entry.review.data.get("approach") for entry in decided_without(whole)] == ["no_ml"]
    assert [each.entry.review.data.get("approach", "ml") for each in comparisons(whole)] == ["ml"]
    assert comparisons(whole)[0].is_better
