"""A portfolio of 300 documents as Lighthouse sees it, on its slow phone: as easy to use as the bare theme, light, and steady while it loads."""

import gzip
import http.server
import json
import os
import pathlib
import shutil
import subprocess
import sys

import pytest
from browsers import CHROMIUM, FLAGS, NEEDS_CHROMIUM, served
from mkdocs.commands.build import build
from mkdocs.config import load_config
from once import Once

ROOT = pathlib.Path(__file__).parent.parent
LIGHTHOUSE = ROOT / ".venv/lighthouse/node_modules/lighthouse/cli/index.js"
NODE = pathlib.Path(sys.executable).parent / "node"
DOCUMENTS = 300
TRIES = 5
SLOW = 0.6
"""A score that no busy machine explains, if each of the tries is below it. The scores of one page differ by a third from run to run, so how near
they come to 0.9 is printed and not asserted; what makes a page fast and doesn't depend on the machine is."""
HEAVIEST = 100_000
"""Bytes of the compressed page."""
SHIFT = 0.1
"""The most that a page may jump while it loads, to be good by the Web Vitals."""

pytestmark = [NEEDS_CHROMIUM, pytest.mark.skipif(not LIGHTHOUSE.exists() and not os.environ.get("CI"), reason="`make test` installs Lighthouse")]


class Host(http.server.SimpleHTTPRequestHandler):
    """Compresses texts, as hosts of sites do."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = pathlib.Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        content, kind = (path.read_bytes(), self.guess_type(path)) if path.is_file() else (b"", "")
        self.send_response(200 if kind else 404)
        if kind.startswith(("text/", "application/", "image/svg")):
            content = gzip.compress(content)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@pytest.fixture(name="site", scope="session")
def site_of_many(once: Once) -> pathlib.Path:
    """Two sites of one configuration: `ours`, whose home is a portfolio of all, and `bare`, without the plugin and so without designs."""
    return once("site-of-300", _build)


def _build(folder: pathlib.Path) -> None:
    designs = sorted((ROOT / "docs/designs").glob("*.md"))
    (folder / "docs/designs").mkdir(parents=True)
    for number in range(DOCUMENTS):
        text = designs[number % len(designs)].read_text(encoding="utf-8")
        (folder / f"docs/designs/{number}.md").write_text(text.replace("\n# ", f"\n# {number}: ", 1), encoding="utf-8")
    for evidence in ("notes", "pilots"):
        shutil.copytree(ROOT / "docs" / evidence, folder / "docs" / evidence)
    (folder / "docs/index.md").write_text("# Our portfolio\n\n<!-- mlvalue: portfolio -->\n", encoding="utf-8")
    (folder / "mlvalue.toml").write_text('as_of = "2026-11-30"\n', encoding="utf-8")
    (folder / "mkdocs.yml").write_text("site_name: Test\ntheme: {name: material, font: false, features: [navigation.prune]}\n", encoding="utf-8")
    for name, plugins, left_out in (("ours", ["search", "mlvalue"], ""), ("bare", ["search"], "designs/")):
        config = load_config(str(folder / "mkdocs.yml"), plugins=plugins, exclude_docs=left_out, site_dir=str(folder / name))
        config.plugins.on_startup(command="build", dirty=False)
        build(config)


def scores(folder: pathlib.Path, *categories: str) -> dict[str, float]:
    """What Lighthouse says of the first page of a site: a score between 0 and 1 for each of the *categories*."""
    flags = " ".join(["--headless=new", *FLAGS])
    with served(folder, Host) as address:
        command = [NODE, LIGHTHOUSE, address, "--quiet", f"--chrome-flags={flags}", f"--only-categories={','.join(categories)}", "--output=json"]
        done = subprocess.run(command, env={**os.environ, "CHROME_PATH": CHROMIUM or ""}, capture_output=True, text=True, check=True)
    report = json.loads(done.stdout)
    shift = report["audits"].get("cumulative-layout-shift", {}).get("numericValue", 0.0)
    return {name: category["score"] for name, category in report["categories"].items()} | {"shift": shift}


@pytest.mark.no_cover
def test_three_hundred_designs_are_light_on_a_slow_phone_and_as_accessible_as_the_bare_theme(site: pathlib.Path) -> None:
    bare = scores(site / "bare", "accessibility")
    tries = [scores(site / "ours", "accessibility", "performance")]
    while tries[-1]["performance"] < SLOW and len(tries) < TRIES:
        tries.append(scores(site / "ours", "accessibility", "performance"))
    print(f"Lighthouse: {bare} by the theme alone, {tries} with {DOCUMENTS} designs")  # noqa: T201  (seen with `pytest -rP`)
    page = (site / "ours/index.html").read_text(encoding="utf-8")
    assert page.count('class="mlv-row"') == DOCUMENTS
    assert len(gzip.compress(page.encode())) < HEAVIEST
    assert min(each["accessibility"] for each in tries) >= bare["accessibility"]
    assert max(each["shift"] for each in tries) <= SHIFT
    assert tries[-1]["performance"] >= SLOW, tries
