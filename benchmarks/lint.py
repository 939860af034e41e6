"""How long `mlvalue lint` takes: cold against an empty Python, warm against the parsers that it can't do without.

Run with `make bench`. Machines are noisy: compare ratios of one run, never seconds of two.
"""

import pathlib
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

import yaml
from markdown_it import MarkdownIt

from mlvalue import document, settings
from mlvalue.review import review

ROOT = pathlib.Path(__file__).parent.parent
ROUNDS = 7


def seconds(run: Callable[[], object]) -> float:
    """The median of some runs."""
    taken = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        run()
        taken.append(time.perf_counter() - begin)
    return statistics.median(taken)


def command(*arguments: str) -> float:
    """The median time of a command."""
    return seconds(lambda: subprocess.run([sys.executable, *arguments], check=True, capture_output=True, cwd=ROOT))


def main() -> None:
    """Print the ratios."""
    conf = settings.load(ROOT)
    sources = [(path, path.read_bytes()) for path in conf.find_documents()]
    empty = command("-c", "pass")
    one = command("-m", "mlvalue", "lint", str(sources[0][0]))
    print(f"cold, one document: {one / empty:.1f} x python -c pass ({one * 1000:.0f} ms)")
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    markdown = seconds(lambda: [parser.parse(source.decode()) for _, source in sources])
    events = seconds(lambda: [list(yaml.parse(source.decode().split("\n---\n")[0], Loader=yaml.CSafeLoader)) for _, source in sources])
    reading = seconds(lambda: [document.read(source).passages for _, source in sources])
    reviewing = seconds(lambda: [review(source, path, conf) for path, source in sources])
    floor = markdown + events
    print(f"warm, {len(sources)} documents: reading {reading / floor:.1f} x, review {reviewing / floor:.1f} x the parsers alone")
    print(f"  ({reviewing / len(sources) * 1000:.1f} ms a document, of which parsers {floor / len(sources) * 1000:.1f})")


if __name__ == "__main__":
    main()
