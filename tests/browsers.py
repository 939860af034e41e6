"""A real browser, and folders served to it."""

import contextlib
import functools
import http.server
import os
import pathlib
import shutil
import threading
from collections.abc import Collection, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
"""Version 2.2, level AA, in the words of axe."""
NEEDS_CHROMIUM = pytest.mark.skipif(CHROMIUM is None and not os.environ.get("CI"), reason="no Chromium here; CI always has one")


@contextlib.contextmanager
def served(folder: pathlib.Path, handler: type[http.server.SimpleHTTPRequestHandler] = http.server.SimpleHTTPRequestHandler) -> Iterator[str]:
    handler.log_message = lambda *_: None  # type: ignore[method-assign,misc,assignment]  # say nothing
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def opened(browser: Browser, address: str, scheme: str, width: int) -> Page:
    page = browser.new_context(viewport={"width": width, "height": 900}, color_scheme="dark" if scheme == "dark" else "light").new_page()
    page.goto(address)
    page.wait_for_function("document.fonts.ready.then(() => true)")
    return page


def violations(page: Page, context: str, rules: Collection[str] = WCAG) -> list[tuple[str, list[str]]]:
    """What axe finds wrong by some *rules*, or sets of rules, in the elements of a selector: rules, each with the elements that break it.

    It isn't asked for all that is right, which is a megabyte and most of the time.
    """
    asked = {"runOnly": list(rules), "resultTypes": ["violations"]}
    found = Axe().run(page, context=context, options=asked).response
    return [(violation["id"], [node["html"] for node in violation["nodes"]]) for violation in found["violations"]]
