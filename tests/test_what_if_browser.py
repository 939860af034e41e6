"""What if in a real browser: the same figures as in Python to the last digit, by mouse, keyboard, on paper and without JavaScript."""

import dataclasses
import json
import pathlib
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping

import pytest
from browsers import NEEDS_CHROMIUM, opened, served, violations
from once import Once
from playwright.sync_api import Browser, Page
from sites import CONFIG, Site

from mkdocs_mlvalue.language import LOCALES, Language, language
from mkdocs_mlvalue.what_if import SLIDERS, given
from mlvalue import settings
from mlvalue.appraisal import Appraisal, Valuation
from mlvalue.headline import headline, payback
from mlvalue.model import Estimate, Option
from mlvalue.review import review
from mlvalue.what_if import changed

pytestmark = NEEDS_CHROMIUM

DOCUMENTS = ("order-proposals", "member-chat", "policy-questions", "freezer-alarms", "payment-reminders", "storm-staffing", "claims-alerts", "bake-plan")
"""Of the example portfolio: a pilot, a guess, a range of build months, an experiment, without ML, a replay of the past, two that lose."""
VARIANTS: Mapping[str, Mapping[str, str]] = {
    "at-once": {"ramp_months: 12": "ramp_months: 0"},
    "loss": {"[90k, 140k, 220k]": "[900k, 1400k, 2200k]"},
    "idea": {"stage: approved": "stage: idea"},
    "free": {"[90k, 140k, 220k]": "[0, 0, 0]", "[40k, 55k, 80k]": "[0, 0, 0]"},
    "fortune": {"[400k, 600k, 800k]": "[4M, 60M, 800M]", "kind: pilot": "kind: analogy"},
    "may-harm": {"[400k, 600k, 800k]": "[-200k, 100k, 900k]", "kind: pilot": "kind: guess"},
    "may-take-no-time": {"build_months: 6": "build_months: [1, 2, 9]", "[50%, 70%, 85%]": "[5%, 80%, 100%]"},
}
"""The order proposals, changed."""
PALETTE = '[{media: "(prefers-color-scheme: light)", scheme: default}, {media: "(prefers-color-scheme: dark)", scheme: slate}]'
INPUTS = 50
ENGLISH = Language()
LANGUAGES = sorted(path.stem for path in LOCALES.glob("*.po"))
SCHEMES = ("light", "dark")
MOVE = """
(element, moved) => {
    for (const [name, n] of Object.entries(moved)) {
        const slider = element.querySelector(`[name=${name}]`);
        slider.value = n;
        slider.dispatchEvent(new Event("input", {bubbles: true}));
    }
}
"""
SHOWN = """
element => {
    const {npv_p20, chance, payback, roi} = element.figures;
    return [npv_p20, chance, payback, roi && roi.p10, roi && roi.p20, roi && roi.p90,
        ...["headline", "chance", "payback"].map(name => element.querySelector(`[data-shows=${name}]`).textContent)];
}
"""


@pytest.fixture(name="folder", scope="module")
def site_of_many_kinds(root: pathlib.Path, once: Once) -> pathlib.Path:
    def build(folder: pathlib.Path) -> None:
        for name in ("designs", "notes", "pilots"):
            shutil.copytree(root / "docs" / name, folder / "docs" / name)
        text = (root / "docs/designs/order-proposals.md").read_text(encoding="utf-8")
        for name, changes in VARIANTS.items():
            other = text
            for before, after in changes.items():
                assert before in other
                other = other.replace(before, after, 1)
            (folder / f"docs/designs/{name}.md").write_text(other, encoding="utf-8")
        (folder / "docs/index.md").write_text("# Home\n", encoding="utf-8")
        (folder / "mkdocs.yml").write_text(CONFIG.replace("font: false", f"font: false, palette: {PALETTE}"), encoding="utf-8")
        shutil.copy(root / "mlvalue.toml", folder)
        subprocess.run([sys.executable, "-m", "mkdocs", "build", "--quiet"], cwd=folder, check=True, capture_output=True)

    return once("site-of-many-kinds", build)


@pytest.fixture(name="address", scope="module")
def served_site(folder: pathlib.Path) -> Iterator[str]:
    with served(folder / "site") as address:
        yield address


def appraised(folder: pathlib.Path, name: str) -> Appraisal:
    path = folder / f"docs/designs/{name}.md"
    found = review(path.read_bytes(), path, settings.load(folder)).appraisal
    assert found is not None
    return found


def expected(appraisal: Appraisal, said: Language = ENGLISH) -> list[object]:
    chosen = appraisal.chosen
    figures = [chosen.npv_p20, chosen.chance, chosen.payback_month_p80, *(chosen.roi_quantile(p) for p in (0.1, 0.2, 0.9))]
    return [*figures, said.tell(headline(appraisal).sentence), said.tenths(chosen.chance), said.tell(payback(chosen))]


def factors(moved: Mapping[str, int]) -> dict[str, float]:
    """What a slider stands for: percent above the estimate as a share of it, months as they are."""
    return {name: n if name == "delay" else (100 + n) / 100 for name, n in moved.items()}


def some_moves(dice: random.Random) -> dict[str, int]:
    return {slider.name: dice.randrange(slider.low, slider.high + 1, slider.step) for slider in SLIDERS}


@pytest.mark.parametrize("name", [*DOCUMENTS, *VARIANTS])
def test_the_page_and_python_tell_the_same_to_the_last_bit(browser: Browser, address: str, folder: pathlib.Path, name: str) -> None:
    names = [*DOCUMENTS, *VARIANTS]
    dice = random.Random(2048)  # noqa: S311 (the same dice every time)
    inputs = [some_moves(dice) for _ in range(INPUTS)]
    mine = [moved for number, moved in enumerate(inputs) if number % len(names) == names.index(name)]
    mine += [{slider.name: 0 for slider in SLIDERS}, {slider.name: slider.low for slider in SLIDERS}, {slider.name: slider.high for slider in SLIDERS}]
    appraisal = appraised(folder, name)
    page = opened(browser, f"{address}designs/{name}/", "light", 1280)
    element = page.locator("mlv-what-if")
    assert element.evaluate(SHOWN) == expected(appraisal)
    for moved in mine:
        element.evaluate(MOVE, moved)
        assert element.evaluate(SHOWN) == expected(changed(appraisal, **factors(moved))), moved
    page.context.close()


def test_any_fifty_designs_are_the_same_to_the_last_bit(browser: Browser, address: str, folder: pathlib.Path) -> None:
    dice = random.Random(11)  # noqa: S311 (the same dice every time)
    like = appraised(folder, "order-proposals")
    page = opened(browser, address + "designs/order-proposals/", "light", 1280)
    element = page.locator("mlv-what-if")
    said = set()
    languages = [language(name) for name in LANGUAGES]
    for number in range(INPUTS):
        appraisal, moved, spoken = some_design(like, dice), some_moves(dice), languages[number % len(languages)]
        element.evaluate("(element, given) => { element.dataset.given = given; element.replaceWith(element); }", json.dumps(given(appraisal, spoken)))
        element.evaluate(MOVE, moved)
        other = changed(appraisal, **factors(moved))
        assert element.evaluate(SHOWN) == expected(other, spoken)
        said.add(headline(other).promise)
    assert len(said) >= 3
    page.context.close()


def some_design(like: Appraisal, dice: random.Random) -> Appraisal:
    """A design of any figures, any evidence, over any horizon."""
    base = like.chosen.option
    value, cost = 10 ** dice.uniform(3, 9), 10 ** dice.uniform(3, 8)
    share = sorted(dice.random() for _ in range(3))
    option: Option = dataclasses.replace(
        base,
        per_year=some_range(dice, value),
        share=Estimate(share[0], share[1], share[2]),
        build=some_range(dice, cost),
        run_per_year=some_range(dice, cost / 4),
        build_months=some_range(dice, 9) if dice.random() < 0.5 else Estimate(7.5, 7.5, 7.5),
        ramp_months=dice.choice([0.0, 1.5, 6.0, 24.0, 120.0]),
    )
    assert like.design.evidence is not None
    evidence = dataclasses.replace(like.design.evidence, kind=dice.choice(["guess", "analogy", "survey", "pilot"]))
    design = dataclasses.replace(like.design, options=(option,), evidence=dice.choice([evidence, evidence, None]))
    years, rate = dice.choice([1, 3, 5, 10]), dice.choice([0.0, 0.07, 0.1, 0.333])
    return Appraisal(design, years, rate, (Valuation(option, years, rate),))


def some_range(dice: random.Random, middle: float) -> Estimate:
    return Estimate(middle * dice.uniform(0, 1), middle, middle * dice.uniform(1, 3))


def test_sliders_are_moved_and_put_back_by_keyboard(browser: Browser, address: str, folder: pathlib.Path) -> None:
    page = opened(browser, address + "designs/order-proposals/", "light", 1280)
    before = page.locator(".mlv-what-if__outcome").inner_text()
    slider = page.get_by_role("slider", name="How many use it")
    slider.focus()
    for _ in range(4):
        page.keyboard.press("ArrowLeft")
    assert slider.get_attribute("aria-valuetext") == "20\N{NO-BREAK SPACE}% fewer"
    assert page.locator(".mlv-slider__value").first.inner_text() == "20\N{NO-BREAK SPACE}% fewer"
    for name in ("What it brings", "What it costs", "When it goes live"):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.labels[0].textContent") == name
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("ArrowRight")
    assert page.get_by_role("slider", name="When it goes live").get_attribute("aria-valuetext") == "1\N{NO-BREAK SPACE}month later"
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert page.get_by_role("slider", name="When it goes live").get_attribute("aria-valuetext") == "3\N{NO-BREAK SPACE}months later"
    shown = page.locator("mlv-what-if").evaluate(SHOWN)
    assert shown == expected(changed(appraised(folder, "order-proposals"), adoption=0.8, delay=3))
    assert page.locator(".mlv-what-if__outcome").get_attribute("aria-live") == "polite"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator(".mlv-what-if__outcome").inner_text() == before
    assert slider.get_attribute("aria-valuetext") == "as estimated"
    page.context.close()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", ["order-proposals", "loss"])
def test_sliders_pass_axe_fit_and_can_be_hit(browser: Browser, address: str, name: str, width: int, scheme: str) -> None:
    page = opened(browser, f"{address}designs/{name}/", scheme, width)
    page.locator("mlv-what-if").evaluate(MOVE, {"adoption": -40, "delay": 9})
    assert violations(page, ".mlv") == []
    boxes = [box.bounding_box() for box in page.locator(".mlv-what-if :is(input, button)").all()]
    assert len(boxes) == 5
    assert all(box and min(box["width"], box["height"]) >= 24 and box["x"] >= 0 and box["x"] + box["width"] <= width for box in boxes)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.context.close()


def test_without_javascript_there_is_a_table_of_three_cases_and_nothing_to_move(browser: Browser, address: str) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(address + "designs/order-proposals/")
    heads = [head.inner_text() for head in page.locator(".mlv-table--cases tbody th").all()]
    assert heads == ["As estimated", "Half as many use it", "It costs half as much again", "It comes six months later"]
    assert page.locator(".mlv-table--cases tbody tr").nth(1).inner_text().split("\t")[-1].strip() == "not within 36 months"
    assert not page.locator(".mlv-what-if__panel").is_visible()
    page.context.close()


def test_on_paper_there_is_the_table_alone(browser: Browser, address: str) -> None:
    page = opened(browser, address + "designs/order-proposals/", "light", 1280)
    assert page.locator(".mlv-what-if__panel").is_visible()
    page.emulate_media(media="print")
    assert not page.locator(".mlv-what-if__panel").is_visible()
    assert page.locator(".mlv-table--cases").is_visible()
    page.context.close()


def test_sliders_work_from_a_file(browser: Browser, folder: pathlib.Path) -> None:
    page = opened(browser, (folder / "site/designs/order-proposals/index.html").as_uri(), "light", 1280)
    page.locator("mlv-what-if").evaluate(MOVE, {"value": 50})
    assert page.locator("mlv-what-if").evaluate(SHOWN) == expected(changed(appraised(folder, "order-proposals"), value=1.5))
    page.context.close()


def test_sliders_work_with_instant_navigation(browser: Browser, site: Site, sample: str) -> None:
    site.write("docs/designs/orders.md", sample)
    site.write("docs/designs/more.md", sample.replace("# Order proposals", "# More proposals").replace("[400k, 600k, 800k]", "[500k, 700k, 900k]"))
    with served(site.root / "site") as address:
        site.write(
            "mkdocs.yml",
            CONFIG.replace("font: false", "font: false, features: [navigation.instant]")
            + f"site_url: {address}\nnav: [index.md, designs/orders.md, designs/more.md]\n",
        )
        assert site.build(strict=True) == []
        page = opened(browser, address, "light", 1280)
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.evaluate("window.stays = true")
        for name, title in (("orders", "Order proposals"), ("more", "More proposals")):
            page.locator(f".md-sidebar--primary a[href$='designs/{name}/'], .md-sidebar--primary a[href$='../{name}/']").first.click()
            page.wait_for_url(f"**/designs/{name}/")
            page.locator("h1", has_text=title).wait_for()
            page.locator(".mlv-what-if__panel").wait_for()
            move_and_compare(page, appraised(site.root, name))
        page.go_back()
        page.wait_for_url("**/designs/orders/")
        page.wait_for_function("document.querySelector('h1').textContent.includes('Order proposals')")
        move_and_compare(page, appraised(site.root, "orders"))
        assert page.evaluate("window.stays")
        assert complaints == []
        page.context.close()


def move_and_compare(page: Page, appraisal: Appraisal) -> None:
    page.locator("mlv-what-if").evaluate(MOVE, {"adoption": -20, "cost": 10})
    assert page.locator("mlv-what-if").evaluate(SHOWN) == expected(changed(appraisal, adoption=0.8, cost=1.1))


@pytest.mark.parametrize("theme", ["mkdocs", "readthedocs"])
def test_sliders_are_seen_and_work_in_plain_themes(browser: Browser, site: Site, sample: str, theme: str) -> None:
    site.write("mkdocs.yml", f"site_name: Test\nplugins: [mlvalue]\ntheme: {theme}\n")
    site.write("docs/designs/orders.md", sample)
    assert site.build(strict=True) == []
    page = opened(browser, (site.root / "site/designs/orders/index.html").as_uri(), "light", 1280)
    move_and_compare(page, appraised(site.root, "orders"))
    assert page.locator(".mlv-slider__range").first.bounding_box()["height"] >= 24  # type: ignore[index]
    assert violations(page, ".mlv-what-if") == []
    page.context.close()
