"""What a finding is known by from run to run, though the lines above it and beside it change."""

import collections
import hashlib
import re

from mlvalue.diagnostic import Diagnostic, Span
from mlvalue.review import Review
from mlvalue.text import Text

BLANKS = re.compile(r"\s+")


def fingerprints(review: Review) -> tuple[list[str], list[str]]:
    """32 hexadecimal digits for each diagnostic of *review*, and for each allowed one.

    Those of one document differ: equal findings are numbered from top to bottom, with those that a comment, a baseline or a revision
    keeps silent, so that nothing changes for the rest. The path is no part of it.
    """
    found = [*review.diagnostics, *(each.diagnostic for each in review.allowed), *review.known, *review.older]
    seen: collections.Counter[tuple[str, str, str]] = collections.Counter()
    prints = [""] * len(found)
    for index in sorted(range(len(found)), key=lambda index: (found[index].line, found[index].column)):
        known_by = (found[index].rule, found[index].field, _marked(found[index], review.document.text))
        seen[known_by] += 1
        prints[index] = digest(*known_by, str(seen[known_by]))
    kept, allowed = len(review.diagnostics), len(review.allowed)
    return prints[:kept], prints[kept : kept + allowed]


def digest(*parts: str) -> str:
    """32 hexadecimal digits that stand for *parts*."""
    return hashlib.sha256("\0".join(parts).encode(errors="backslashreplace")).hexdigest()[:32]


def _marked(diagnostic: Diagnostic, text: Text) -> str:
    """The words that a finding on a field marks, else the lines that it marks, without what only layout changes."""
    first, last = text.line_span(diagnostic.line), text.line_span(diagnostic.end_line)
    words = Span(first.start + diagnostic.column - 1, last.start + diagnostic.end_column - 1)
    marked = words if diagnostic.field else Span(first.start, last.end)
    return BLANKS.sub(" ", text.string[marked.start : marked.end]).strip().casefold()
