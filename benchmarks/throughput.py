"""How fast the wording rules are: documents of 23 kB a second, and as a multiple of parsing their Markdown alone.

`python -m benchmarks.throughput [FOLDER ...]` takes the Markdown below the folders, else this repository's own documents.
"""

import pathlib
import sys
import time
from collections.abc import Callable, Sequence

from markdown_it import MarkdownIt

from mlvalue import claims, document, wording

ROOT = pathlib.Path(__file__).parent.parent
SIZE = 23_000
ROUNDS = 25


def sources(folder: pathlib.Path) -> list[str]:
    """Documents of 23 kB, glued from those below *folder*."""
    bodies = [path.read_text(encoding="utf-8", errors="replace").rpartition("\n---\n")[2] for path in sorted(folder.rglob("*.md"))]
    text = "\n\n".join(bodies)
    return [text[begin : begin + SIZE] for begin in range(0, len(text) - SIZE, SIZE)][:10]


def least(runs: Sequence[Callable[[], object]]) -> list[float]:
    """The least processor time of each of *runs*, which take turns, so that a busy machine is busy for all."""
    taken: list[list[float]] = [[] for _ in runs]
    for _ in range(ROUNDS):
        for times, run in zip(taken, runs, strict=True):
            begin = time.process_time()
            run()
            times.append(time.process_time() - begin)
    return [min(times) for times in taken]


def main(folders: Sequence[str] = ()) -> None:
    """Print a line for each of *folders*."""
    finder = claims.detector()
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    for folder in [pathlib.Path(name) for name in folders] or [ROOT / "docs" / "designs", ROOT / "tests" / "wording" / "sober"]:
        texts = sources(folder)
        parsing, whole = least(
            (
                lambda texts=texts: [parser.parse(text) for text in texts],
                lambda texts=texts: [wording.claims(document.read(text.encode()), finder) for text in texts],
            )
        )
        print(f"- {folder.name}: {len(texts) / whole:.0f} documents of {SIZE // 1000} kB a second, {whole / parsing:.1f} x the Markdown parse alone")


if __name__ == "__main__":
    main(sys.argv[1:])
