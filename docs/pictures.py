"""The pictures of the README, made from the real thing: `make pictures`.

The portfolio is a screenshot of the built site; the refused commit is what git printed in a repository with the hook.
"""

import html
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from playwright.sync_api import Browser, sync_playwright

ROOT = pathlib.Path(__file__).parent.parent
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
SLIPS = (
    ("share: [50%, 70%, 85%]", "share: [50%, 70, 85%]"),
    ("  risk: planners go back to their spreadsheet after two bad proposals in a row\n", ""),
    ("31 % gross margin\n\n", ""),
)
TERMINAL = (
    """<body style="margin:0;background:#1e2129"><pre style="margin:0;padding:22px 26px;color:#dde1e8;font:15px/1.45 'DejaVu Sans Mono',monospace">{}</pre>"""
)
COLORS = {"error[": "#ff9d8a", "help:": "#7fd6a0", "^": "#ff9d8a"}


def refused_commit() -> str:
    """What `git commit` says of a document with two slips and a promise."""
    with tempfile.TemporaryDirectory() as folder:
        repo = pathlib.Path(folder)
        source = (ROOT / "docs/designs/order-proposals.md").read_text(encoding="utf-8")
        for before, after in SLIPS:
            source = source.replace(before, after)
        source = source.replace("## Value\n\n", "## Value\n\nHigher margins are guaranteed from the first month. ")
        (repo / "docs/designs").mkdir(parents=True)
        shutil.copytree(ROOT / "docs/pilots", repo / "docs/pilots")
        (repo / "docs/designs/order-proposals.md").write_text(source, encoding="utf-8")
        (repo / "mlvalue.toml").write_text('as_of = "2026-11-30"\n')
        hook = "{id: mlvalue-lint, name: mlvalue lint, entry: mlvalue lint --hook, language: system, types: [markdown]}"
        (repo / ".pre-commit-config.yaml").write_text(f"repos:\n- repo: local\n  hooks: [{hook}]\n")
        environment = os.environ | {"PATH": f"{pathlib.Path(sys.executable).parent}:{os.environ['PATH']}", "PRE_COMMIT_HOME": f"{folder}/.cache"}
        for command in (["git", "init", "--quiet"], ["git", "add", "docs", "mlvalue.toml", ".pre-commit-config.yaml"], ["pre-commit", "install"]):
            subprocess.run(command, cwd=repo, env=environment, check=True, capture_output=True)
        done = subprocess.run(["git", "commit", "-m", "Order proposals"], cwd=repo, env=environment, capture_output=True, text=True, check=False)
        return done.stdout + done.stderr


def colored(text: str) -> str:
    """HTML of a terminal's *text*."""
    lines = []
    for line in text.splitlines():
        color = next((color for sign, color in COLORS.items() if sign in line and (sign != "^" or line.strip(" |^") == "")), "")
        lines.append(f'<span style="color:{color}">{html.escape(line)}</span>' if color else html.escape(line))
    return "\n".join(lines)


def shoot(browser: Browser, address: str, target: pathlib.Path, width: int, height: int | None) -> None:
    """A screenshot of *address*: the upper part, or all of it."""
    page = browser.new_page(viewport={"width": width, "height": height or 100})
    page.goto(address)
    page.screenshot(path=target, full_page=height is None)


def main() -> None:
    """Make both pictures."""
    images = ROOT / "docs" / "images"
    images.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        subprocess.run(["mkdocs", "build", "--quiet", "--strict", "--no-directory-urls", "--site-dir", folder], cwd=ROOT, check=True)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        shoot(browser, f"file://{folder}/portfolio.html", images / "portfolio.png", 1240, 1130)
        terminal = pathlib.Path(folder) / "terminal.html"
        terminal.write_text(TERMINAL.format(colored("$ git commit -m 'Order proposals'\n" + refused_commit())), encoding="utf-8")
        shoot(browser, terminal.as_uri(), images / "refused-commit.png", 1240, None)


if __name__ == "__main__":
    main()
