"""What docs/compare.md shows: mlvalue beside ruff, eslint and check-jsonschema, each question answered by command lines that are run here.

`python -m benchmarks.compare` prints the tables as Markdown; `make compare` keeps them in benchmarks/compared.md. With `--install` it first gets
eslint and check-jsonschema from the package registries, into folders of their own below .venv. What isn't there is *not run*.
"""

import argparse
import concurrent.futures
import dataclasses
import html
import itertools
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence

from benchmarks.features import FEATURES, FILES, Feature
from benchmarks.trials import PEERS, PEERS_PY, ROOT, Done, Seen, Trial, run

PACKAGES = (
    "eslint",
    "@eslint-community/eslint-plugin-eslint-comments",
    "@microsoft/eslint-formatter-sarif",
    "eslint-formatter-codeframe",
    "eslint-formatter-github-annotations",
    "eslint-formatter-gitlab",
    "eslint-formatter-junit",
    "eslint-formatter-rdjson",
    "eslint-formatter-unix",
    "vscode-langservers-extracted",
)
NAMES = tuple(FILES)
NOT_RUN = "not run"
WORKERS = 2


@dataclasses.dataclass(frozen=True, slots=True)
class Answer:
    """What was found of one tool, and each line that was tried with what it said."""

    text: str
    evidence: Sequence[tuple[Trial, Done]] = ()


def install() -> None:
    """Get the others, each into a folder of its own; one that can't be had is left out."""
    PEERS.mkdir(parents=True, exist_ok=True)
    npm = shutil.which("npm")
    if npm:
        subprocess.run([npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", PEERS, *PACKAGES], check=False, stdout=sys.stderr)
    subprocess.run([sys.executable, "-m", "venv", PEERS_PY], check=False)
    subprocess.run([PEERS_PY / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check", "check-jsonschema"], check=False, stdout=sys.stderr)


def commands() -> dict[str, list[str]]:
    """How each tool is started that is here."""
    found = {"mlvalue": [sys.executable, "-m", "mlvalue"]}
    ruff = shutil.which("ruff", path=str(pathlib.Path(sys.executable).parent)) or shutil.which("ruff")
    node, eslint = shutil.which("node"), PEERS / "node_modules" / "eslint" / "bin" / "eslint.js"
    schema = PEERS_PY / "bin" / "check-jsonschema"
    if ruff:
        found["ruff"] = [ruff]
    if node and eslint.exists():
        found["eslint"] = [node, str(eslint)]
    if schema.exists():
        found["check-jsonschema"] = [str(schema)]
    return found


def write_starters(folder: pathlib.Path, started: dict[str, list[str]]) -> None:
    """Write an executable for each tool, under the name that people call it by."""
    folder.mkdir()
    for name, command in started.items():
        words = " ".join(f"'{word}'" for word in command)
        (folder / name).write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT / "lint"}" exec {words} "$@"\n', encoding="utf-8")
        (folder / name).chmod(0o755)


def version(command: Sequence[str]) -> str:
    """The version that a tool tells of itself."""
    told = subprocess.run([*command, "--version"], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    number = re.search(r"\d+(\.\d+)+", told)
    return number[0] if number else told.strip()


def answer(feature: Feature, name: str, work: pathlib.Path, seen: Seen) -> Answer:
    """Try the lines of one tool until one holds."""
    tried: list[tuple[Trial, Done]] = []
    for trial in feature.tried[name]:
        text, done = run(trial, FILES[name], work, seen)
        tried.append((trial, done))
        if text:
            return Answer(text, tried[-1:])
    return Answer("no", tried)


def answers(names: Iterable[str] = NAMES, *, timed: bool = True) -> dict[Feature, dict[str, Answer]]:
    """What is found of the tools *names*; times one after the other, when all else is done."""
    started = {name: command for name, command in commands().items() if name in names}
    asked = sorted((feature for feature in FEATURES if timed or not feature.is_timed), key=lambda feature: feature.is_timed)
    found: dict[Feature, dict[str, Answer]] = {feature: dict.fromkeys(names, Answer(NOT_RUN)) for feature in asked}
    seen: Seen = {}
    with tempfile.TemporaryDirectory(prefix="compare-") as folder:
        work = pathlib.Path(folder).resolve()
        write_starters(work / "bin", started)
        for is_timed, features in itertools.groupby(asked, key=lambda feature: feature.is_timed):
            pairs = list(itertools.product(features, started))
            with concurrent.futures.ThreadPoolExecutor(1 if is_timed else WORKERS) as pool:
                for (feature, name), each in zip(pairs, pool.map(lambda pair: answer(pair[0], pair[1], work, seen), pairs), strict=True):
                    found[feature][name] = each
    return found


def page(found: dict[Feature, dict[str, Answer]]) -> Iterator[str]:
    """The tables and below each how its answers were found, as Markdown."""
    started = commands()
    heads = [f"{name} {version(started[name])}" if name in started else f"{name} ({NOT_RUN})" for name in NAMES]
    for group, features in itertools.groupby(found, key=lambda feature: feature.group):
        yield f"### {group}\n\n| | {' | '.join(heads)} |\n| --- | --- | --- | --- | --- |\n"
        rows = list(features)
        for feature in rows:
            yield f"| {feature.question} | {' | '.join(found[feature][name].text for name in NAMES)} |\n"
        yield "\n<details><summary>How each answer was found</summary>\n"
        for feature in rows:
            yield f"<p><b>{html.escape(feature.question)}</b></p>\n<ul>\n"
            for name in NAMES:
                yield f"<li>{name}: {found[feature][name].text}{_evidence(found[feature][name])}</li>\n"
            yield "</ul>\n"
        yield "</details>\n\n"


def _evidence(found: Answer) -> str:
    parts = []
    for trial, done in found.evidence:
        line = html.escape(trial.line + (f"; time {trial.measured}" if trial.measured else "")).replace("|", "&#124;").replace("\n", "&#10;")
        said = html.escape(done.brief()).replace("|", "&#124;")
        parts.append(f"<br><code>{line}</code>" + ("" if trial.measured else f" ({said})"))
    return "".join(parts)


def told(text: str) -> dict[tuple[str, str], dict[str, str]]:
    """Read the answers in a page again, by group and question."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    group = ""
    for line in text.splitlines():
        if line.startswith("### "):
            group = line.removeprefix("### ")
        elif line.startswith("| ") and not line.startswith(("| | ", "| --- ")):
            question, *cells = line.removeprefix("| ").removesuffix(" |").split(" | ")
            found[group, question] = dict(zip(NAMES, cells, strict=True))
    return found


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description="Compare mlvalue with other linters.")
    parser.add_argument("--install", action="store_true", help="get eslint and check-jsonschema first")
    if parser.parse_args().install:
        install()
    print("".join(page(answers())), end="")


if __name__ == "__main__":
    main()
