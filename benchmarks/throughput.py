"""How fast the wording rules are: documents of 23 kB a second, and as a multiple of parsing their Markdown alone.

`python -m benchmarks.throughput [FOLDER ...]` takes the Markdown below the folders, else this repository's own documents.
"""

import pathlib
import sys
from collections.abc import Sequence

from markdown_it import MarkdownIt

from benchmarks.lint import seconds
from mlvalue import claims, document, wording

ROOT = pathlib.Path(__file__).parent.parent
SIZE = 23_000


def sources(folder: pathlib.Path) -> list[str]:
    """Documents of 23 kB, glued from those below *folder*."""
    bodies = [path.read_text(encoding="utf-8", errors="replace").rpartition("\n---\n")[2] for path in sorted(folder.rglob("*.md"))]
    text = "\n\n".join(bodies)
    return [text[begin : begin + SIZE] for begin in range(0, len(text) - SIZE, SIZE)][:10]


def main(folders: Sequence[str] = ()) -> None:
    """Print a line for each of *folders*."""
    finder = claims.detector()
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    for folder in [pathlib.Path(name) for name in folders] or [ROOT / "docs" / "designs", ROOT / "tests" / "wording" / "sober"]:
        texts = sources(folder)
        parsing = seconds(lambda texts=texts: [parser.parse(text) for text in texts]) / len(texts)
        whole = seconds(lambda texts=texts: [wording.claims(document.read(text.encode()), finder) for text in texts]) / len(texts)
        print(f"- {folder.name}: {1 / whole:.0f} documents of {SIZE // 1000} kB a second, {whole / parsing:.1f} x the Markdown parse alone")


if __name__ == "__main__":
    main(sys.argv[1:])
