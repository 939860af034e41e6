"""How well the wording rules tell over-promising from honest sentences, beside other checkers of prose.

`python -m benchmarks.wording DATA.jsonl ...` prints precision, recall and F1 with 95 % intervals, per rule and in all; `--peers` adds proselint,
plain word lists and, where Node.js is, write-good, alex, retext-intensify and textlint-rule-write-good; `--corpus FOLDER` prints alerts per 1,000 words.
"""

import argparse
import collections
import dataclasses
import datetime
import json
import math
import pathlib
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence

from mlvalue import document
from mlvalue.diagnostic import Diagnostic, Severity
from mlvalue.review import Review, review
from mlvalue.rules import chosen
from mlvalue.settings import Settings
from mlvalue.wording import count_words

HERE = pathlib.Path(__file__).parent
PACKAGES = (
    "write-good",
    "alex",
    "retext",
    "retext-intensify",
    "textlint",
    "@textlint/kernel",
    "@textlint/textlint-plugin-markdown",
    "textlint-rule-write-good",
)
NODE = pathlib.Path(__file__).parent.parent / ".venv" / "peers"
SETTINGS = Settings(root=HERE, as_of=datetime.date(2026, 11, 30))
RULES = chosen(SETTINGS, ("wording",))
NORMAL = 1.96
"""Standard deviations that hold 95 % of a normal distribution."""
ROUNDS = 1000
NUMERIC = {"unsourced-number", "point-estimate", "best-case", "exceeds-estimate"}


@dataclasses.dataclass(frozen=True, slots=True)
class Sentence:
    """A labelled sentence: whether it over-promises by the definition, and the rule that it is about."""

    name: str
    text: str
    over: bool
    category: str


@dataclasses.dataclass(frozen=True, slots=True)
class Score:
    """Counts of a detector on labelled sentences."""

    hits: int
    false: int
    missed: int

    @property
    def precision(self) -> float:
        """Share of what was flagged that over-promises."""
        return self.hits / (self.hits + self.false) if self.hits + self.false else 1.0

    @property
    def recall(self) -> float:
        """Share of what over-promises that was flagged."""
        return self.hits / (self.hits + self.missed) if self.hits + self.missed else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        return 2 * self.hits / (2 * self.hits + self.false + self.missed) if self.hits else 0.0


def read(files: Iterable[pathlib.Path]) -> list[Sentence]:
    """The sentences of JSON lines files."""
    found = []
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            found.append(Sentence(row["id"], row["text"], row["label"] == "over", row["category"].replace("_", "-")))
    return found


def wilson(part: int, whole: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927)."""
    if not whole:
        return 0.0, 1.0
    share, square = part / whole, NORMAL**2
    middle = share + square / (2 * whole)
    spread = NORMAL * math.sqrt(share * (1 - share) / whole + square / (4 * whole**2))
    return max(0.0, (middle - spread) / (1 + square / whole)), min(1.0, (middle + spread) / (1 + square / whole))


def f1_interval(marks: Sequence[tuple[bool, bool]]) -> tuple[float, float]:
    """The 95 % interval of F1 by resampling the sentences, *marks* being (over, flagged); the same numbers every time."""
    dice = random.Random(0)  # noqa: S311 (a sample, no secret)
    values = sorted(score(dice.choices(marks, k=len(marks))).f1 for _ in range(ROUNDS)) if marks else [0.0]
    return values[int(0.025 * len(values))], values[int(0.975 * len(values)) - 1]


def score(marks: Iterable[tuple[bool, bool]]) -> Score:
    """Count pairs of (over, flagged)."""
    counts = collections.Counter(marks)
    return Score(counts[True, True], counts[False, True], counts[True, False])


def ours(sentence: Sentence) -> list[Diagnostic]:
    """What the wording rules find in a sentence; those on estimates see it below the sample document's front matter."""
    return list(_review(sentence.text, _front_matter() if sentence.category == "exceeds-estimate" else "").diagnostics)


def _review(text: str, head: str = "") -> Review:
    return review((head + text + "\n").encode(), HERE / "text.md", SETTINGS, RULES)


def _front_matter() -> str:
    sample = (HERE.parent / "tests" / "sample.md").read_text(encoding="utf-8")
    return sample.partition("\n---\n")[0] + "\n---\n\n"


def by_rule(sentences: Sequence[Sentence], found: Mapping[str, list[Diagnostic]]) -> Iterator[tuple[str, Score, list[tuple[bool, bool]]]]:
    """Recall of each category by any rule, precision of each rule over all sentences, and both over all."""
    for rule in sorted({sentence.category for sentence in sentences}):
        flagged = [sentence for sentence in sentences if rule in {diagnostic.rule for diagnostic in found[sentence.name]}]
        missed = sum(sentence.over and sentence.category == rule and not found[sentence.name] for sentence in sentences)
        caught = sum(sentence.over and sentence.category == rule and bool(found[sentence.name]) for sentence in sentences)
        right = sum(sentence.over for sentence in flagged)
        marks = [(sentence.over, bool(found[sentence.name])) for sentence in sentences if sentence.category == rule]
        yield rule, Score(caught, 0, missed), marks
        yield f"{rule} (as a detector)", Score(right, len(flagged) - right, 0), []
    marks = [(sentence.over, bool(found[sentence.name])) for sentence in sentences]
    yield "all", score(marks), marks


def report(sentences: Sequence[Sentence]) -> None:
    """Print the table of ours."""
    found = {sentence.name: ours(sentence) for sentence in sentences}
    rows = {name: (counts, marks) for name, counts, marks in by_rule(sentences, found)}
    print(f"{len(sentences)} sentences, {sum(sentence.over for sentence in sentences)} over-promise\n")
    print("| rule | precision of its findings | recall of its sentences | F1 on its sentences |\n| --- | --- | --- | --- |")
    for name, (counts, marks) in rows.items():
        if name == "all" or name.endswith("(as a detector)"):
            continue
        detector, _ = rows[f"{name} (as a detector)"]
        print(f"| {name} | {_share(detector.hits, detector.hits + detector.false)} | {_share(counts.hits, counts.hits + counts.missed)} | {_f1(marks)} |")
    counts, marks = rows["all"]
    print(f"| **all** | {_share(counts.hits, counts.hits + counts.false)} | {_share(counts.hits, counts.hits + counts.missed)} | {_f1(marks)} |")
    right = wrong = 0
    for sentence in sentences:
        if NUMERIC & {diagnostic.rule for diagnostic in found[sentence.name]}:
            right, wrong = right + sentence.over, wrong + (not sentence.over)
    print(f"\nRules on numbers together: precision {_share(right, right + wrong)}")
    errors = score((sentence.over, any(each.severity is Severity.ERROR for each in found[sentence.name])) for sentence in sentences)
    print(f"Errors alone: precision {_share(errors.hits, errors.hits + errors.false)}, recall {_share(errors.hits, errors.hits + errors.missed)}")


def peers(sentences: Sequence[Sentence]) -> None:
    """Print the table of the others."""
    texts = [sentence.text for sentence in sentences]
    print("\n| peer | precision | recall | F1 |\n| --- | --- | --- | --- |")
    for name, flags in _peers(texts).items():
        if isinstance(flags, str):
            print(f"| {name} | doesn't run here: {flags} | | |")
            continue
        marks = [(sentence.over, flag) for sentence, flag in zip(sentences, flags, strict=True)]
        counts = score(marks)
        print(f"| {name} | {_share(counts.hits, counts.hits + counts.false)} | {_share(counts.hits, counts.hits + counts.missed)} | {_f1(marks)} |")


def _peers(texts: list[str]) -> dict[str, list[bool] | str]:
    found: dict[str, list[bool] | str] = {"proselint": _proselint(texts)}
    for file in sorted((HERE / "lexicons").glob("*.txt")):
        found[f"word list {file.stem}"] = [bool(_word_list(file).search(text)) for text in texts]
    return found | _node(texts)


def _proselint(texts: list[str]) -> list[bool] | str:
    try:
        from proselint.checks import __register__  # noqa: PLC0415 (only where it is asked for)
        from proselint.registry import CheckRegistry  # noqa: PLC0415 (the same)
        from proselint.tools import LintFile  # noqa: PLC0415 (the same)
    except ImportError as error:
        return str(error)
    CheckRegistry().register_many(__register__)
    return [bool(LintFile("text", text).lint()) for text in texts]


def _word_list(file: pathlib.Path) -> re.Pattern[str]:
    lines = [line.partition(":")[2] or line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    words = sorted({word.strip().lower() for line in lines for word in re.split(r"[|\s]+" if "|" not in line else r"\|", line) if word.strip()})
    return re.compile(r"\b(?:" + "|".join(re.escape(word) for word in words) + r")\b", re.IGNORECASE)


def _node(texts: list[str]) -> dict[str, list[bool] | str]:
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return {"write-good, alex, retext-intensify, textlint-rule-write-good": "no Node.js"}
    if not (NODE / "node_modules" / "alex").is_dir():
        NODE.mkdir(parents=True, exist_ok=True)
        (NODE / "package.json").write_text('{"private": true}\n', encoding="utf-8")
        done = subprocess.run([npm, "install", "--ignore-scripts", "--no-audit", "--no-fund", *PACKAGES], cwd=NODE, capture_output=True, check=False)
        if done.returncode:
            return {"write-good, alex, retext-intensify, textlint-rule-write-good": "npm can't install them"}
    done = subprocess.run([node, HERE / "peers.mjs", NODE], input=json.dumps(texts).encode(), capture_output=True, check=True)
    counted: dict[str, list[int] | str] = json.loads(done.stdout)
    return {name: counts if isinstance(counts, str) else [bool(number) for number in counts] for name, counts in counted.items()}


def corpus(folder: pathlib.Path, *, show: bool, pattern: str = "*") -> tuple[int, int, collections.Counter[tuple[Severity, str]]]:
    """Count documents, words and alerts of a folder of prose; print the errors, and with *show* the warnings."""
    words = 0
    counts: collections.Counter[tuple[Severity, str]] = collections.Counter()
    files = sorted(path for path in folder.rglob(pattern) if path.suffix in {".md", ".markdown", ".rst", ".txt"} and path.is_file())
    for file in files:
        source = file.read_bytes()
        words += count_words(document.read(source))
        for found in review(source, file, SETTINGS, RULES).diagnostics:
            counts[found.severity, found.rule] += 1
            if show:
                print(f"{file.relative_to(folder)}:{found.line}:{found.column}: {found.severity}[{found.rule}] {found.message}")
    return len(files), words, counts


def corpus_row(name: str, folder: pathlib.Path, pattern: str) -> str:
    """A row of a table on sober prose: documents, words, errors and warnings per 1,000 words."""
    files, words, counts = corpus(folder, show=False, pattern=pattern)
    rates = [1000 * sum(count for (each, _), count in counts.items() if each is severity) / max(1, words) for severity in Severity]
    return f"| {name} | {files} | {words:,} | {rates[0]:.3f} | {rates[1]:.3f} |"


def _share(part: int, whole: int) -> str:
    low, high = wilson(part, whole)
    return f"{part / whole:.3f} ({low:.3f} to {high:.3f}, {part}/{whole})" if whole else "none"


def _f1(marks: Sequence[tuple[bool, bool]]) -> str:
    low, high = f1_interval(marks)
    return f"{score(marks).f1:.3f} ({low:.3f} to {high:.3f})"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what is asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.wording", description=__doc__)
    parser.add_argument("data", nargs="*", type=pathlib.Path, metavar="DATA.jsonl", help="labelled sentences")
    parser.add_argument("--peers", action="store_true", help="measure other checkers, too")
    parser.add_argument("--corpus", action="append", default=[], type=pathlib.Path, metavar="FOLDER", help="count alerts in the prose below a folder")
    options = parser.parse_args(arguments)
    if options.data:
        sentences = read(options.data)
        report(sentences)
        if options.peers:
            peers(sentences)
    for folder in options.corpus:
        files, words, counts = corpus(folder, show=True)
        print(f"\n{folder.name}: {files} documents, {words:,} words")
        for severity in Severity:
            number = sum(count for (each, _), count in counts.items() if each is severity)
            print(f"{severity}s: {number}, {1000 * number / max(1, words):.3f} per 1,000 words")
    return 0 if options.data or options.corpus else parser.error("name a file of sentences or --corpus FOLDER") or 2


if __name__ == "__main__":
    sys.exit(main())
