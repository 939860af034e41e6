"""The example site in a real browser: light and dark, wide and on a phone."""

import pathlib
import subprocess
import sys
from collections.abc import Collection, Iterator

import pytest
from browsers import NEEDS_CHROMIUM, WCAG, opened, served, violations
from mkdocs.commands.build import build
from mkdocs.config import load_config
from once import Once
from playwright.sync_api import Browser, Page
from sites import CONFIG, Site

PAGES = (
    "portfolio/",
    "charts/",
    "designs/order-proposals/",
    "designs/claims-alerts/",
    "designs/shelf-cameras/",
    "designs/roof-photos/",
    "designs/member-chat/",
)
SCHEMES = ("light", "dark")

pytestmark = NEEDS_CHROMIUM


@pytest.fixture(name="address", scope="module")
def served_site(root: pathlib.Path, once: Once) -> Iterator[str]:
    def make(folder: pathlib.Path) -> None:
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", folder]
        subprocess.run(command, cwd=root, check=True, capture_output=True)

    with served(once("site", make)) as address:
        yield address


@pytest.fixture(name="bare", scope="module")
def served_site_of_the_theme_alone(root: pathlib.Path, once: Once) -> Iterator[str]:
    """The same pages without our plugin."""

    def make(folder: pathlib.Path) -> None:
        config = load_config(str(root / "mkdocs.yml"), plugins=["search"], site_dir=str(folder))
        config.plugins.on_startup(command="build", dirty=False)
        build(config)

    with served(once("site-bare", make)) as address:
        yield address


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_a_phone_and_loads_nothing_from_elsewhere(browser: Browser, address: str, name: str, scheme: str) -> None:
    page = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme="dark" if scheme == "dark" else "light").new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto(address + name)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert [url for url in asked if not url.startswith((address, "data:"))] == []
    assert complaints == []
    page.context.close()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", [*PAGES, "directives/", "glossary/"])
def test_a_page_breaks_no_rule_of_axe_that_the_bare_theme_keeps(browser: Browser, address: str, bare: str, name: str, width: int, scheme: str) -> None:
    """By rule and element, and so nothing in our elements, which the bare theme lacks. It breaks two or three of its own."""

    def broken(page: Page, rules: Collection[str]) -> set[tuple[str, str]]:
        found = {(rule, element) for rule, elements in violations(page, "html", rules) for element in elements}
        page.context.close()
        return found

    page = opened(browser, address + name, scheme, width)
    assert page.locator(".mlv").count() == {"charts/": 10, "portfolio/": 1, "directives/": 2, "glossary/": 1}.get(name, 2)
    for numbers in page.locator(".mlv-numbers summary").all()[:3]:
        numbers.click()
    ours = broken(page, [*WCAG, "best-practice"])
    assert ours - broken(opened(browser, bare + name, scheme, width), {rule for rule, _ in ours}) == set()


def test_a_badge_leads_to_its_document(browser: Browser, address: str) -> None:
    page = opened(browser, address + "portfolio/", "light", 1280)
    assert page.locator(".mlv-table tbody tr").count() == len(list((pathlib.Path(__file__).parent.parent / "docs/designs").glob("*.md")))
    page.get_by_role("link", name="Order proposals for store planners: at least 55 %").click()
    page.wait_for_url("**/designs/order-proposals/")
    assert page.locator(".mlv-card .mlv-badge").inner_text() == "at least 55 %"
    page.get_by_role("link", name="open the evidence").click()
    page.wait_for_url("**/pilots/2026-08-order-proposals/")
    page.context.close()


def test_what_was_kept_on_purpose_opens_by_keyboard(browser: Browser, address: str) -> None:
    page = opened(browser, address + "designs/claims-alerts/", "light", 1280)
    page.locator(".mlv-allowed summary").focus()
    page.keyboard.press("Enter")
    assert page.locator(".mlv-allowed li").first.is_visible()
    page.context.close()


def test_a_table_is_still_a_table_on_a_phone(browser: Browser, address: str) -> None:
    page = opened(browser, address + "portfolio/", "light", 390)
    assert page.get_by_role("rowheader").count() == page.locator(".mlv-table tbody tr").count()
    assert page.get_by_role("columnheader").count() == 8
    page.context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_every_mark_is_reached_by_keyboard_and_seen_to_be(browser: Browser, address: str, width: int) -> None:
    page = opened(browser, address + "portfolio/", "light", width)
    marks = page.locator(".mlv-chart__link")
    reached = set()
    marks.first.focus()
    for _ in range(200):
        at, stroke = page.evaluate(
            """() => {
                const focused = document.activeElement, at = [...document.querySelectorAll(".mlv-chart__link")].indexOf(focused);
                return [at, at < 0 ? "" : getComputedStyle(focused.querySelector(".mlv-chart__hit")).stroke];
            }"""
        )
        assert stroke != "none"
        reached.add(at)
        page.keyboard.press("Tab")
    assert set(range(marks.count())) <= reached
    page.context.close()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", ["portfolio/", "designs/order-proposals/", "charts/"])
def test_words_in_a_picture_can_be_read_and_marks_be_hit(browser: Browser, address: str, name: str, width: int) -> None:
    page = opened(browser, address + name, "light", width)
    sizes = page.evaluate("[...document.querySelectorAll('.mlv-chart__svg')].map(svg => 13 * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width)")
    assert sizes
    assert min(sizes) >= 11
    targets = page.evaluate(
        "[...document.querySelectorAll('.mlv-chart__hit')].map(hit => hit.getBoundingClientRect()).map(box => Math.min(box.width, box.height))"
    )
    assert min(targets, default=24) >= 24
    spilt = page.evaluate(
        """[...document.querySelectorAll('.mlv-chart__text')].filter(text => {
            const box = text.getBoundingClientRect(), all = text.closest('svg').getBoundingClientRect();
            return box.left < all.left - 1 || box.right > all.right + 1 || box.bottom > all.bottom + 1;
        }).map(text => text.textContent)"""
    )
    assert spilt == []
    page.context.close()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_colours_in_a_picture_stand_out(browser: Browser, address: str, scheme: str) -> None:
    page = opened(browser, address + "charts/", scheme, 1280)
    weak = page.evaluate(
        """() => {
            const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
            const seen = colours => {
                canvas.clearRect(0, 0, 1, 1);
                for (const colour of colours) { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); }
                return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
            };
            const light = rgb => rgb.map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
                .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
            const back = getComputedStyle(document.body).backgroundColor;
            const found = [];
            const marks = ":is(line, polyline, circle, rect, text):not(.mlv-chart__hit, .mlv-chart__line--grid)";
            for (const mark of document.querySelectorAll(`.mlv-chart__svg ${marks}`)) {
                const style = getComputedStyle(mark), words = mark.tagName === "text";
                const colours = (words ? [style.fill] : [style.fill, style.stroke]).filter(colour => colour !== "none");
                const ratios = colours.map(colour => {
                    const [one, two] = [light(seen([back])), light(seen([back, colour]))].sort((a, b) => b - a);
                    return (one + 0.05) / (two + 0.05);
                });
                if (Math.max(...ratios) < (words ? 4.5 : 3)) found.push([mark.getAttribute("class"), ...ratios]);
            }
            return found;
        }"""
    )
    assert weak == []
    page.context.close()


def test_a_mark_leads_to_its_document_and_a_question_to_its_picture(browser: Browser, address: str) -> None:
    page = opened(browser, address + "portfolio/", "light", 1280)
    page.locator(".mlv-questions a").nth(4).click()
    assert page.evaluate("document.querySelector(location.hash + ' .mlv-chart__question').textContent") == "Is it used?"
    page.locator("figure[id$='-safe-bets'] .mlv-chart__link").first.click()
    page.wait_for_url("**/designs/order-proposals/")
    page.context.close()


def test_on_paper_pictures_are_dark_on_white_in_any_scheme(browser: Browser, address: str) -> None:
    page = opened(browser, address + "portfolio/", "dark", 1280)
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.querySelector('.mlv-chart__dot--good')).fill") == "rgb(27, 110, 60)"
    assert page.pdf()[:4] == b"%PDF"
    page.context.close()


def test_marks_work_with_instant_navigation(browser: Browser, site: Site, sample: str) -> None:
    site.write("docs/designs/orders.md", sample)
    with served(site.root / "site") as address:
        site.write(
            "mkdocs.yml", CONFIG.replace("font: false", "font: false, features: [navigation.instant, navigation.instant.prefetch]") + f"site_url: {address}\n"
        )
        assert site.build(strict=True) == []
        page = opened(browser, address, "light", 1280)
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.locator(".mlv-chart__link").first.hover()
        page.locator(".mlv-chart__link").first.click()
        page.wait_for_url("**/designs/orders/")
        assert page.locator(".mlv-card .mlv-chart").count() == 3
        page.go_back()
        page.wait_for_url(address)
        page.locator(".mlv-table a").first.click()
        page.wait_for_url("**/designs/orders/")
        page.locator(".mlv-card .mlv-chart").first.wait_for()
        assert complaints == []
        page.context.close()
