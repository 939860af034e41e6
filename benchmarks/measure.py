"""What docs/wording.md shows: the wording rules measured on all sentences and on sober prose, as Markdown.

`python -m benchmarks.measure FOLDER`, the folder as `benchmarks.sober` fills it. `make measure` does both.
"""

import pathlib
import sys

from benchmarks import throughput, wording

ROOT = pathlib.Path(__file__).parent.parent
DATA = ROOT / "tests" / "wording"


def main() -> None:
    """Print the tables."""
    folder = pathlib.Path(sys.argv[1])
    print("### Sentences of one more writer, which nobody read\n")
    wording.report(wording.read([DATA / "unread" / "others.jsonl"]))
    print("\n### Sentences of nine other writers, unread at first, read since\n")
    wording.report(wording.read([DATA / "others.jsonl"]))
    print("\n### Fresh sentences of our own, unread at first, read since\n")
    wording.report(wording.read([DATA / "fresh.jsonl"]))
    print("\n### Held-out sentences\n")
    sentences = wording.read([DATA / "held_out.jsonl"])
    wording.report(sentences)
    print("\n### Other checkers on the same sentences\n\nA sentence counts as flagged if a checker says anything about it.")
    wording.peers(sentences)
    print("\n### Sentences that the rules were made with\n")
    wording.report(wording.read([DATA / "tuned.jsonl"]))
    print("\n### Sober documents, alerts per 1,000 words\n\n| prose | documents | words | errors | warnings |\n| --- | --- | --- | --- | --- |")
    print(wording.corpus_row("our own, technical", DATA / "sober", "tech-*"))
    print(wording.corpus_row("our own, machine learning", DATA / "sober", "ml-*"))
    for part, how in (("tuned", "read while the rules were made"), ("read", "unread at first, read since"), ("unread", "first measured, then read")):
        print(wording.corpus_row(f"documentation of infrastructure packages, {how}", folder / part / "infra", "*"))
        print(wording.corpus_row(f"documentation of machine-learning packages, {how}", folder / part / "ml", "*"))
    print("\n### Speed\n")
    throughput.main()


if __name__ == "__main__":
    main()
