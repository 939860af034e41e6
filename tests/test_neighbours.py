"""Beside what others put into their `mkdocs.yml`: offline, mike, static-i18n, the plain themes. Sites are really built, and looked at by a browser."""

import json
import os
import pathlib
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
from browsers import NEEDS_CHROMIUM, opened, served, violations
from mkdocs.commands.build import build
from mkdocs.config import load_config
from once import Once
from playwright.sync_api import Browser, Page
from sites import CONFIG, Site

from mkdocs_mlvalue.language import language

HOME = "# {title}\n\nOur best is <!-- mlvalue: badge designs/orders.md -->.\n\n<!-- mlvalue: portfolio -->\n"
SEARCH_SHIM = "https://unpkg.com/iframe-worker/"
"""What the theme's own search asks for on `file://`; all else works without."""
ADDRESS = "https://example.org/ml/"
LANGUAGES = """plugins:
  - search
  - mlvalue: {nav_by_stage: true}
  - i18n:
      docs_structure: STRUCTURE
      languages:
        - {locale: en, name: English, default: true}
        - {locale: de, name: Deutsch}
theme: {name: material, font: false}
site_name: Test
"""


def links(html: str) -> set[str]:
    """Where our elements lead to."""
    return set(re.findall(r'href="([^"#:]*designs/[^"#]*)', html))


@NEEDS_CHROMIUM
def test_an_offline_site_works_from_its_folder(browser: Browser, site: Site, sample: str) -> None:
    site.write("mkdocs.yml", CONFIG.replace("search, mlvalue", "search, offline, mlvalue"))
    site.write("docs/index.md", HOME.format(title="Home"))
    site.write("docs/designs/orders.md", sample)
    assert site.build(strict=True) == []
    page = browser.new_context().new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto((site.root / "site/index.html").as_uri())
    page.get_by_role("searchbox", name="Find").fill("no such design")
    assert page.locator("tr.mlv-row:visible").count() == 0
    page.get_by_role("searchbox", name="Find").fill("")
    page.locator("tr.mlv-row:visible th a").click()
    page.wait_for_url("**/designs/orders.html")
    assert page.locator(".mlv-card .mlv-chart__svg:visible").count() == 3
    assert page.locator(".mlv-what-if__panel").is_visible()
    assert [url for url in asked if not url.startswith(("file:", "data:", SEARCH_SHIM))] == []
    assert complaints == []
    page.context.close()


@NEEDS_CHROMIUM
def test_each_version_that_mike_deploys_leads_to_itself(browser: Browser, site: Site, sample: str) -> None:
    site.write("mkdocs.yml", CONFIG.replace("search, mlvalue", "search, mike, mlvalue") + f"site_url: {ADDRESS}\n")
    site.write("docs/index.md", HOME.format(title="Home"))
    site.write("docs/designs/orders.md", sample)
    who = {f"GIT_{who}_{what}": "test" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    environment = {**os.environ, **who, "PATH": f"{pathlib.Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}

    def run(*command: str) -> None:
        subprocess.run(command, cwd=site.root, env=environment, check=True, capture_output=True)

    run("git", "init", "--quiet", "--initial-branch", "main")
    run("git", "commit", "--quiet", "--allow-empty", "--message", "begin")
    run("mike", "deploy", "1.0")
    site.write("docs/designs/orders.md", sample.replace("[400k, 600k, 800k]", "[200k, 300k, 400k]"))
    run("mike", "deploy", "2.0", "latest")
    run("git", "worktree", "add", "--quiet", "deployed", "gh-pages")
    with served(site.root / "deployed") as address:
        told = set()
        for version in ("1.0", "2.0"):
            page = opened(browser, f"{address}{version}/", "light", 1280)
            badge = page.locator(".mlv-inline .mlv-badge")
            told.add(badge.inner_text())
            assert badge.evaluate("badge => getComputedStyle(badge).borderRadius") != "0px"
            badge.click()
            page.wait_for_url(f"**/{version}/designs/orders/")
            assert page.locator(".mlv-card .mlv-chart__svg").count() == 3
            folder = site.root / "deployed" / version
            (project,) = json.loads((folder / "portfolio.json").read_text(encoding="utf-8"))["projects"]
            assert project["url"] == f"{ADDRESS}{version}/designs/orders/"
            assert f'href="{ADDRESS}{version}/' in (folder / "portfolio.atom").read_text(encoding="utf-8")
            assert (folder / "badges/docs/designs/orders.svg").exists()
            page.context.close()
        assert len(told) == 2
        assert (site.root / "deployed/latest/portfolio.csv").exists()


@pytest.mark.parametrize("structure", ["folder", "suffix"])
def test_in_a_site_of_two_languages_each_has_all_of_its_own(site: Site, sample: str, structure: str) -> None:
    """One document is translated, the other only there in the first language, which stands in for it."""
    orders, only = sample.replace("# Order proposals", "# Orders"), sample.replace("# Order proposals", "# Alarms")
    pages = {
        "en": {"index": HOME.format(title="Home"), "designs/orders": orders, "designs/only": only},
        "de": {
            "index": HOME.format(title="Start") + "\n<!-- mlvalue: card designs/only.md -->\n",
            "designs/orders": orders.replace("# Orders", "# Bestellungen"),
        },
    }
    (site.root / "docs/index.md").unlink()
    for tag, texts in pages.items():
        for name, text in texts.items():
            site.write(f"docs/{tag}/{name}.md" if structure == "folder" else f"docs/{name}{'' if tag == 'en' else '.de'}.md", text)
    site.write("mlvalue.toml", 'as_of = "2026-11-30"\ndocuments = ["docs/**/designs/*.md"]\n')
    site.write("mkdocs.yml", LANGUAGES.replace("STRUCTURE", structure) + f"site_url: {ADDRESS}\n")
    assert site.build(strict=True) == []
    english, german = (language(tag).say("What the columns mean") for tag in ("en", "de"))
    for part, titles, words, others in (("", {"Orders", "Alarms"}, english, german), ("de/", {"Bestellungen", "Alarms"}, german, english)):
        html = site.html(f"{part}index.html")
        assert words in html
        assert others not in html
        assert set(re.findall(r'<th scope="row" role="rowheader"><a href="[^"]*">([^<]*)</a></th>', html)) == titles
        assert links(html) >= {"designs/orders/", "designs/only/"}
        assert all((site.root / "site" / part / link / "index.html").exists() for link in links(html))
        for name in ("orders", "only"):
            assert site.html(f"{part}designs/{name}/index.html").count('class="mlv-chart"') == 3
        projects = json.loads(site.html(f"{part}portfolio.json"))["projects"]
        assert {project["title"]: project["url"] for project in projects} == {
            title: f"{ADDRESS}{part}designs/{'only' if title == 'Alarms' else 'orders'}/" for title in titles
        }
        for name in ("csv", "jsonl", "atom"):
            assert all(title in site.html(f"{part}portfolio.{name}") for title in titles)
        assert len(list((site.root / "site" / part / "badges").rglob("*.svg"))) == 2


@pytest.fixture(name="themed", scope="module", params=["mkdocs", "readthedocs"])
def served_site_of_a_plain_theme(root: pathlib.Path, once: Once, request: pytest.FixtureRequest) -> Iterator[str]:
    def make(folder: pathlib.Path) -> None:
        theme = {"name": request.param, **({"color_mode": "auto"} if request.param == "mkdocs" else {})}
        config = load_config(str(root / "mkdocs.yml"), theme=theme, site_dir=str(folder))
        config.plugins.on_startup(command="build", dirty=False)
        build(config)

    with served(once(f"site-{request.param}", make)) as address:
        yield address


def misfits(page: Page) -> list[str]:
    """What looks wrong at once: a page that scrolls sideways, a table that is cut off, and what the theme gives every list, table and term of a page."""
    return list(
        page.evaluate(
            """() => {
            const all = selector => [...document.querySelectorAll(selector)], styled = element => getComputedStyle(element);
            const cells = all(".mlv tr:not(.mlv-chosen) > *").map(cell => [cell, styled(cell)]);
            const wrong = (what, elements) => elements.slice(0, 1).map(element => `${what}: ${element.outerHTML.slice(0, 80)}`);
            const clear = "rgba(0, 0, 0, 0)";
            return [
                ...wrong("wider than the screen", document.documentElement.scrollWidth > innerWidth ? [document.body] : []),
                ...wrong("cut off", all(".mlv-scroll:not(details *)").filter(part => part.scrollWidth > part.clientWidth + 1)),
                ...wrong("bullet", all(".mlv li").filter(item => styled(item).listStyleType !== "none")),
                ...wrong("side line", cells.filter(([, style]) => style.borderRightWidth !== "0px" || style.borderLeftWidth !== "0px").map(([cell]) => cell)),
                ...wrong("shade", cells.filter(([, style]) => style.backgroundColor !== clear || style.boxShadow !== "none").map(([cell]) => cell)),
                ...wrong("box", all(".mlv dt").filter(term => styled(term).backgroundColor !== clear || styled(term).borderTopWidth !== "0px")),
                ...wrong("italics", all(".mlv caption").filter(caption => styled(caption).fontStyle !== "normal")),
            ];
        }"""
        )
    )


@NEEDS_CHROMIUM
@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "light"), (1280, "dark")])
def test_on_a_plain_theme_all_looks_as_on_material(browser: Browser, themed: str, width: int, scheme: str) -> None:
    for name in ("portfolio/", "designs/order-proposals/", "directives/", "glossary/"):
        page = opened(browser, themed + name, scheme, width)
        assert page.locator(".mlv").count()
        assert misfits(page) == [], name
        if width == 1280 and name in {"portfolio/", "designs/order-proposals/"}:
            assert violations(page, ".mlv") == []
        page.context.close()


@NEEDS_CHROMIUM
def test_on_paper_a_plain_theme_prints_dark_words_on_white(browser: Browser, themed: str) -> None:
    page = opened(browser, themed + "portfolio/", "dark", 1280)
    page.emulate_media(media="print")
    words = page.locator(".mlv-chart__text:not([class*='--'])").first
    assert words.evaluate("text => [getComputedStyle(text).fill, getComputedStyle(text).stroke]") == ["rgb(34, 34, 34)", "rgb(255, 255, 255)"]
    assert page.locator("tr.mlv-row:visible").count() == 18
    assert page.locator(".mlv-chart__svg:visible").count() == 7
    assert page.locator(".mlv-numbers:visible").count() == 0
    page.context.close()
