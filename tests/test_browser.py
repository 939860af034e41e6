"""The example site in a real browser: light and dark, wide and on a phone."""

import functools
import http.server
import os
import pathlib
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
PAGES = ("portfolio/", "designs/order-proposals/", "designs/claims-alerts/", "designs/shelf-cameras/", "designs/roof-photos/")
SCHEMES = ("light", "dark")

pytestmark = pytest.mark.skipif(CHROMIUM is None and not os.environ.get("CI"), reason="no Chromium here; CI always has one")


@pytest.fixture(name="address", scope="module")
def served_site(root: pathlib.Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", folder]
    subprocess.run(command, cwd=root, check=True, capture_output=True)
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(folder))
    handler.func.log_message = lambda *_: None  # type: ignore[attr-defined]  # say nothing
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(name="browser", scope="module")
def chromium() -> Iterator[Browser]:
    assert CHROMIUM, "CI installs Chromium in .ci/run"
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)


def opened(browser: Browser, address: str, scheme: str, width: int) -> Page:
    page = browser.new_context(viewport={"width": width, "height": 900}, color_scheme="dark" if scheme == "dark" else "light").new_page()
    page.goto(address)
    page.wait_for_function("document.fonts.ready.then(() => true)")
    return page


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
@pytest.mark.parametrize("name", PAGES)
def test_our_elements_pass_axe(browser: Browser, address: str, name: str, width: int, scheme: str) -> None:
    page = opened(browser, address + name, scheme, width)
    assert page.locator(".mlv").count() == 1
    found = Axe().run(page, context=".mlv", options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    assert [(violation["id"], [node["target"] for node in violation["nodes"]]) for violation in found.response["violations"]] == []
    page.context.close()


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
