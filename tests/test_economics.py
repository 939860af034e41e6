"""The model's figures against worked examples, published tables, an independent library, and what must hold for any numbers."""

import dataclasses
import datetime
import json
import math
import pathlib
from typing import Any

import numpy_financial
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlvalue.appraisal import Valuation, appraise
from mlvalue.economics import npv, payback, roi, rounded_down, used_months
from mlvalue.model import Design, Estimate, Option
from mlvalue.review import review
from mlvalue.settings import Settings

ROOT = pathlib.Path(__file__).parent.parent
DATA = ROOT / "tests" / "data"
WORKED = json.loads((DATA / "worked_examples.json").read_text())
TABLES = {table["id"]: table for table in json.loads((DATA / "published_tables.json").read_text())["tables"]}
SETTINGS = Settings(root=ROOT, as_of=datetime.date(2026, 11, 30))

amounts = st.floats(0, 1e7)
shares = st.floats(0, 1)
flows = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=10)
rates = st.floats(-0.5, 2)


@st.composite
def estimates(draw: st.DrawFn, limit: float = 1e7) -> Estimate:
    return Estimate(*sorted(draw(st.tuples(*[st.floats(0, limit)] * 3))))


@st.composite
def options(draw: st.DrawFn) -> Option:
    return Option(
        name="an option",
        type="ml",
        chosen=True,
        field="",
        per_year=draw(estimates()),
        share=draw(estimates(1)),
        build=draw(estimates()),
        build_months=draw(estimates(40) | st.floats(0, 40).map(lambda months: Estimate(months, months, months))),
        run_per_year=draw(estimates()),
        ramp_months=draw(st.floats(0, 36)),
    )


def worth(option: Option) -> Valuation:
    return Valuation(option, 3, 0.1)


def moved(estimate: Estimate, by: float) -> Estimate:
    return Estimate(estimate.low + by, estimate.likely + by, estimate.high + by)


def design(name: str) -> Design:
    path = ROOT / "docs" / "designs" / name
    found = review(path.read_bytes(), path, SETTINGS).design
    assert found is not None
    return found


def pairs() -> list[Any]:
    return [
        pytest.param(doc["file"], index, option, id=f"{doc['file']}:{option['option']}")
        for doc in WORKED["docs"]
        for index, option in enumerate(doc["options"])
    ]


@pytest.mark.parametrize(("file", "index", "expected"), pairs())
def test_every_figure_of_the_worked_examples_is_met(file: str, index: int, expected: dict[str, Any]) -> None:
    appraisal = appraise(design(file))
    assert appraisal is not None
    found = appraisal.valuations[index]
    assert found.option.name == expected["option"]
    assert [(year.year, year.benefit, year.cost) for year in found.cash_flow] == [
        (year["year"], pytest.approx(year["benefit"], abs=0.01), pytest.approx(year["cost"], abs=0.01)) for year in expected["cash_flow"]
    ]
    assert found.pv_costs == pytest.approx(expected["pv_costs"], abs=0.01)
    assert found.npv_likely + found.pv_costs == pytest.approx(expected["pv_benefits"], abs=0.01)
    assert found.npv_likely == pytest.approx(expected["npv"], abs=0.01)
    assert found.roi_likely is not None
    assert found.roi_likely * 100 == pytest.approx(expected["roi_percent"], abs=0.01)
    assert found.payback_month_likely == expected["payback_month_likely"]
    assert found.break_even_share is not None
    assert found.break_even_share * 100 == pytest.approx(expected["break_even_share_percent"], abs=0.01)
    assert [(swing.input, round(swing.npv_at_low), round(swing.npv_at_high)) for swing in found.tornado] == [
        (swing["input"], swing["npv_at_low"], swing["npv_at_high"])
        for swing in sorted(expected["tornado"], key=lambda each: -abs(each["npv_at_high"] - each["npv_at_low"]))
    ]
    scenarios = expected["scenarios"]
    for name, p in (("roi_p10", 0.1), ("roi_p20", 0.2), ("roi_p50", 0.5), ("roi_p90", 0.9)):
        assert round((found.roi_quantile(p) or 0) * 100, 2) == scenarios[name]
    assert round(found.npv_p20) == scenarios["npv_p20"]
    assert round(sum(found.npvs) / len(found.npvs)) == scenarios["npv_mean"]
    assert round(found.chance, 4) == scenarios["chance"]
    assert found.payback_month_p80 == scenarios["payback80"]
    if index:
        assert appraisal.chosen.npv_likely - found.npv_likely == pytest.approx(expected["chosen_extra_npv_likely"], abs=0.01)
        assert round(appraisal.beats(found), 4) == expected["chosen_beats_it_in_share_of_scenarios"]


@pytest.mark.parametrize("doc", WORKED["docs"], ids=lambda doc: str(doc["file"]))
def test_the_scenarios_agree_with_an_independent_simulation(doc: dict[str, Any]) -> None:
    appraisal = appraise(design(doc["file"]))
    assert appraisal is not None
    found, independent = appraisal.chosen, doc["independent"]
    for name, p in (("roi_p10", 0.1), ("roi_p20", 0.2), ("roi_p50", 0.5), ("roi_p90", 0.9)):
        assert (found.roi_quantile(p) or 0) * 100 == pytest.approx(independent[name], abs=1.0, rel=0.015)
    assert sum(found.npvs) / len(found.npvs) == pytest.approx(independent["mean_npv"], rel=0.02)
    assert found.chance == pytest.approx(independent["chance"], abs=0.01)
    assert found.payback_month_p80 == independent["payback80"]


def net(table: dict[str, Any]) -> list[float]:
    if "net" in table:
        return list(table["net"])
    return [benefit - cost for benefit, cost in zip(table["benefits"], table["costs"], strict=True)]


def test_every_published_table_is_looked_at() -> None:
    irr_only = {name for name, table in TABLES.items() if table["kind"] == "irr"}
    assert set(TABLES) == irr_only | {name for names in (NPV, PAYBACK, DISCOUNTED, OTHER) for name in names}


NPV = {
    "tei_salesloft": 1.0, "schwalbe_jwd": 1.0, "ross_9_1": 0.01, "ross_lo3_5200": 0.01, "ross_lo3_5400": 0.01, "numpy_financial_npv": 1e-5,
    "numpy_financial_test_npv": 1e-9, "excel_npv_1": 1e-8, "excel_npv_3": 1e-8, "livecycle_npv": 1e-8, "homework_wrong_timing": 0.5,
}  # fmt: skip
PAYBACK = {"ross_9_1": 3.1, "schwalbe_jwd": 10.5 / 12, "tei_salesloft": 0.6786578215063695 / 12}
DISCOUNTED = {"ross_lo3_5200": 1.96, "ross_lo3_5400": 2.03}
OTHER = ("tei_intellum_retention", "optimism_bias_mitigation", "gao_uav_ranges")


@pytest.mark.parametrize(("name", "tolerance"), NPV.items())
def test_npv_is_what_the_authors_printed(name: str, tolerance: float) -> None:
    table = TABLES[name]
    cash_flows = [0.0, *net(table)] if table.get("first") else net(table)
    printed = table["printed"].get("npv", table["computed"]["npv"])
    assert npv(cash_flows, table["rate"]) == pytest.approx(printed, abs=tolerance)
    assert npv(cash_flows, table["rate"]) == pytest.approx(table["computed"]["npv"], rel=1e-9)


@pytest.mark.parametrize(("name", "years"), PAYBACK.items())
def test_payback_is_a_straight_line_inside_the_year(name: str, years: float) -> None:
    assert payback(net(TABLES[name])) == pytest.approx(years, abs=1e-6)


@pytest.mark.parametrize(("name", "years"), DISCOUNTED.items())
def test_payback_of_discounted_flows_is_the_discounted_payback(name: str, years: float) -> None:
    table = TABLES[name]
    discounted = [flow / (1 + table["rate"]) ** year for year, flow in enumerate(net(table))]
    assert payback(discounted) == pytest.approx(years, abs=0.006)


@pytest.mark.parametrize("name", ["tei_salesloft", "schwalbe_jwd"])
def test_roi_is_what_the_authors_printed(name: str) -> None:
    table = TABLES[name]
    found = roi(table["benefits"], table["costs"], table["rate"])
    assert found * 100 == pytest.approx(table["printed"]["roi_percent"], abs=0.5)
    assert npv(table["benefits"], table["rate"]) == pytest.approx(table["printed"]["benefits_pv"], abs=1)
    assert npv(table["costs"], table["rate"]) == pytest.approx(table["printed"]["costs_pv"], abs=1)


def test_risk_adjusted_benefits_add_up_as_printed() -> None:
    table = TABLES["tei_intellum_retention"]
    adjusted = [benefit * (1 - table["risk_adjustment"]) for benefit in table["unadjusted"]]
    assert [0, *adjusted] == pytest.approx(table["benefits"])
    assert npv([0, *adjusted], table["rate"]) == pytest.approx(table["printed"]["benefits_pv"], abs=1)


def test_the_likely_value_of_published_ranges_lies_inside_them() -> None:
    ranges = TABLES["gao_uav_ranges"]["ranges"].values()
    assert all(low <= likely <= high for low, likely, high in ranges)
    assert sum(likely for _, likely, _ in ranges) == TABLES["gao_uav_ranges"]["computed"]["sum_most_likely"]


def test_an_optimism_bias_makes_cost_grow_as_printed() -> None:
    table = TABLES["optimism_bias_mitigation"]
    inputs = table["inputs"]
    bias = (1 - inputs["managed"]) * inputs["upper"]
    assert round(bias * 100) == table["printed"]["resulting_bias_percent"]
    assert round(inputs["cost"] * (1 + bias) + inputs["risk_management"]) == table["printed"]["final"]


@pytest.mark.parametrize("name", [name for name, table in TABLES.items() if table["kind"] == "irr"])
def test_npv_is_zero_at_every_published_root(name: str) -> None:
    table = TABLES[name]
    for root in table["computed"]["irr_roots"]:
        assert npv(table["net"], root) == pytest.approx(0, abs=1e-6 * sum(abs(flow) for flow in table["net"]))


@given(flows, rates)
def test_npv_agrees_with_numpy_financial(cash_flows: list[float], rate: float) -> None:
    assert npv(cash_flows, rate) == pytest.approx(numpy_financial.npv(rate, cash_flows), rel=1e-9, abs=1e-6)


@given(flows, rates, st.floats(0, 1e6))
def test_more_money_is_never_worth_less(cash_flows: list[float], rate: float, extra: float) -> None:
    assert npv([flow + extra for flow in cash_flows], rate) >= npv(cash_flows, rate) - 1e-6


@pytest.mark.parametrize("rate", [-1, -1.5, math.nan])
def test_money_has_no_value_at_a_rate_of_minus_one_or_none(rate: float) -> None:
    with pytest.raises(ValueError, match="above -1"):
        npv([1.0], rate)


@pytest.mark.parametrize("costs", [[], [0.0], [-1.0]])
def test_there_is_no_return_on_nothing(costs: list[float]) -> None:
    with pytest.raises(ValueError, match="without costs"):
        roi([1.0], costs, 0.1)


@pytest.mark.parametrize(
    ("cash_flows", "periods"),
    [
        ([], None),
        ([-1], None),
        ([0], 0.0),
        ([5], 0.0),
        ([-100, 100], 1.0),
        ([-100, 200], 0.5),
        ([-100, 50, 0, 50], 3.0),
        ([-100, 99.99], None),
        ([-1, -1, 4], 1.5),
    ],
)
def test_payback_is_told_in_periods(cash_flows: list[float], periods: float | None) -> None:
    assert payback(cash_flows) == periods


@given(flows)
def test_money_is_back_at_the_payback_and_not_in_the_period_before(cash_flows: list[float]) -> None:
    found = payback(cash_flows)
    if found is None:
        assert all(sum(cash_flows[: end + 1]) < 1e-6 for end in range(len(cash_flows)))
    else:
        assert sum(cash_flows[: math.ceil(found) + 1]) >= -1e-6


@given(st.floats(0, 60), st.floats(0, 60), st.floats(0, 36))
def test_use_only_ever_grows(earlier: float, later: float, ramp: float) -> None:
    assert used_months(min(earlier, later), ramp) <= used_months(max(earlier, later), ramp) + 1e-9


@given(options(), amounts)
def test_more_value_is_never_worth_less(option: Option, extra: float) -> None:
    richer = dataclasses.replace(option, per_year=moved(option.per_year, extra))
    assert worth(richer).npv_likely >= worth(option).npv_likely - 1e-3


@given(options(), amounts)
def test_less_cost_is_never_worth_less(option: Option, extra: float) -> None:
    for slot in ("build", "run_per_year"):
        dearer = dataclasses.replace(option, **{slot: moved(getattr(option, slot), extra)})  # type: ignore[arg-type]
        assert worth(option).npv_likely >= worth(dearer).npv_likely - 1e-3


@given(options(), st.floats(0, 24))
def test_an_earlier_go_live_is_never_worth_less_where_running_pays(option: Option, delay: float) -> None:
    option = dataclasses.replace(option, run_per_year=Estimate(0, 0, 0))
    later = dataclasses.replace(option, build_months=moved(option.build_months, delay))
    assert worth(option).npv_likely >= worth(later).npv_likely - 1e-3


@pytest.mark.no_cover
@given(options(), st.floats(0.01, 100))
def test_another_unit_of_money_scales_npv_and_leaves_roi(option: Option, factor: float) -> None:
    def scaled(estimate: Estimate) -> Estimate:
        return Estimate(estimate.low * factor, estimate.likely * factor, estimate.high * factor)

    other = worth(dataclasses.replace(option, per_year=scaled(option.per_year), build=scaled(option.build), run_per_year=scaled(option.run_per_year)))
    one = worth(option)
    assert other.npv_likely == pytest.approx(one.npv_likely * factor, rel=1e-6, abs=1e-3)
    assert other.npv_p20 == pytest.approx(one.npv_p20 * factor, rel=1e-6, abs=1e-3)
    if one.roi_likely is not None and one.pv_costs * factor > 1 and one.pv_costs > 1:
        assert other.roi_likely == pytest.approx(one.roi_likely, rel=1e-6, abs=1e-6)


@pytest.mark.no_cover
@given(options())
def test_the_same_option_has_the_same_scenarios_on_every_run(option: Option) -> None:
    one = worth(option)
    assert one.npvs == worth(option).npvs
    assert one.chance == sum(value > 0 for value in one.npvs) / 2048


@pytest.mark.no_cover
@given(options())
def test_a_range_of_one_delay_changes_nothing(option: Option) -> None:
    months = option.build_months.likely
    fixed = dataclasses.replace(option, build_months=Estimate(months, months, months))
    barely = dataclasses.replace(option, build_months=Estimate(months, months, months + 1e-12))
    assert worth(fixed).npv_likely == worth(barely).npv_likely
    assert worth(fixed).npv_p20 == pytest.approx(worth(barely).npv_p20, rel=1e-6, abs=1e-2)


@given(st.floats(1, 1e9))
def test_rounding_down_never_promises_more(amount: float) -> None:
    for value in (amount, -amount):
        assert rounded_down(value) <= value
        assert abs(rounded_down(value) - value) <= 0.1 * amount + 1
