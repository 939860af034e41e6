"""What if: the same design with other adoption, value, cost and a later go-live."""

import dataclasses
import gzip
import json
import math
import pathlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sites import IDEA, Site

from mkdocs_mlvalue import what_if as page
from mkdocs_mlvalue.language import Language
from mlvalue import settings
from mlvalue.appraisal import Appraisal, Valuation
from mlvalue.headline import headline
from mlvalue.review import review
from mlvalue.what_if import CASES, cases, changed

ROOT = pathlib.Path(__file__).parent.parent
shares = st.floats(0, 3)


def appraised(text: str) -> Appraisal:
    found = review(text.encode(), ROOT / "docs/designs/x.md", settings.load(ROOT)).appraisal
    assert found is not None
    return found


def paid_back(valuation: Valuation) -> float:
    return math.inf if valuation.payback_month_p80 is None else valuation.payback_month_p80


SAMPLE = appraised((ROOT / "tests/sample.md").read_text(encoding="utf-8"))


def test_factors_of_one_and_no_delay_are_the_same_appraisal() -> None:
    assert changed(SAMPLE) == SAMPLE
    assert changed(SAMPLE).chosen.npvs == SAMPLE.chosen.npvs


@pytest.mark.no_cover
@given(shares, shares)
def test_more_use_is_never_worth_less(one: float, two: float) -> None:
    less, more = (changed(SAMPLE, adoption=adoption).chosen for adoption in sorted((one, two)))
    assert all(worse <= better for worse, better in zip(less.npvs, more.npvs, strict=True))
    assert less.chance <= more.chance
    assert max(more.draws.share) <= 1


@pytest.mark.no_cover
@given(shares, shares)
def test_more_cost_is_never_worth_more_and_never_paid_back_sooner(one: float, two: float) -> None:
    cheap, dear = (changed(SAMPLE, cost=cost).chosen for cost in sorted((one, two)))
    assert cheap.npv_p20 >= dear.npv_p20
    assert paid_back(cheap) <= paid_back(dear)


@pytest.mark.no_cover
@given(st.floats(0, 24), st.floats(0, 24))
def test_later_is_never_paid_back_sooner(one: float, two: float) -> None:
    soon, late = (changed(SAMPLE, delay=delay).chosen for delay in sorted((one, two)))
    assert paid_back(soon) <= paid_back(late)
    assert late.option.build == soon.option.build


@given(shares)
def test_twice_the_use_is_worth_what_twice_the_value_is_while_not_all_use_it(share: float) -> None:
    share = min(share, 1.0)
    assert changed(SAMPLE, adoption=share).chosen.npv_likely == pytest.approx(changed(SAMPLE, value=share).chosen.npv_likely)


def test_alternatives_stay_what_they_are() -> None:
    other = changed(SAMPLE, 0.5, 0.5, 2, 6)
    assert other.valuations[1:] == SAMPLE.valuations[1:]
    assert other.design.chosen == other.chosen.option
    assert other.design.texts == SAMPLE.design.texts


def test_less_than_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="below 0"):
        changed(SAMPLE, delay=-1)


def test_three_things_that_may_go_wrong_follow_the_estimate() -> None:
    assert [(case.name, str(case.headline.short), str(case.chance), str(case.payback)) for case in cases(SAMPLE)] == [
        ("As estimated", "at least 55 %", "9 in 10", "by month 23"),
        ("Half as many use it", "pays back in 6 in 10", "6 in 10", "not within 36 months"),
        ("It costs half as much again", "at least 5 %", "8 in 10", "by month 31"),
        ("It comes six months later", "at least 25 %", "8 in 10", "by month 29"),
    ]
    assert len(CASES) == 3


def test_a_guess_stays_a_range_and_an_idea_promises_nothing_in_any_case() -> None:
    assert SAMPLE.design.evidence is not None
    guess = dataclasses.replace(SAMPLE.design, evidence=dataclasses.replace(SAMPLE.design.evidence, kind="guess"))
    idea = dataclasses.replace(SAMPLE.design, stage="idea")
    assert "this rests on a guess, so nothing is promised" in str(headline(changed(dataclasses.replace(SAMPLE, design=guess), value=2)).sentence)
    assert {str(case.headline.short) for case in cases(dataclasses.replace(SAMPLE, design=idea))} == {"no promise yet"}


def test_the_script_is_left_only_figures_to_fill_in() -> None:
    words = json.dumps(page.given(SAMPLE, Language()))
    for name in ("years", "months", "kind"):
        assert f"{{{name}}}" not in words
    assert page.given(SAMPLE, Language())["payback"] == ["not within 36 months", "by month {month}"]


def test_the_script_is_small() -> None:
    assert len(gzip.compress((ROOT / "mkdocs_mlvalue/assets/mlvalue-what-if.js").read_bytes())) < 5120


def test_a_card_shows_cases_where_there_are_figures_to_decide_on(site: Site, sample: str) -> None:
    site.write("docs/designs/orders.md", sample)
    site.write("docs/designs/calls.md", IDEA + "# Calls\n")
    site.write("docs/designs/over.md", sample.replace("stage: approved", "stage: dropped").replace("title:", "#"))
    site.build()
    card = site.text("designs/orders/index.html")
    assert "Half as many use it Pays back in 6 in 10 futures within 3 years, too few to promise a return. 6 in 10 not within 36 months" in card
    assert "<mlv-what-if" not in site.html("designs/calls/index.html")
    assert "<mlv-what-if" not in site.html("designs/over/index.html")


@pytest.mark.parametrize("theme", ["material", "mkdocs", "readthedocs"])
def test_every_theme_loads_the_script_once_and_waits_for_the_page(site: Site, sample: str, theme: str) -> None:
    site.write("mkdocs.yml", f"site_name: Test\nplugins: [mlvalue]\ntheme: {{name: {theme}}}\nextra_javascript: [own.js]\n")
    site.write("docs/own.js", "")
    site.write("docs/designs/orders.md", sample)
    assert site.build(strict=True) == []
    assert site.html("designs/orders/index.html").count('<script src="../../mlvalue-what-if.js" defer></script>') == 1
    assert (site.root / "site/mlvalue-what-if.js").read_bytes() == (ROOT / "mkdocs_mlvalue/assets/mlvalue-what-if.js").read_bytes()
