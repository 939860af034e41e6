"""Each diagnostic with the line it speaks of."""

from mlvalue.diagnostic import Diagnostic
from mlvalue.formats.concise import COLORS, head, paint
from mlvalue.report import Report, printable, width
from mlvalue.text import Text

WIDEST = 120
CUT = "\N{HORIZONTAL ELLIPSIS}"


def full(report: Report) -> str:
    """Each diagnostic with the line it speaks of, the place underlined, and what to write."""
    blocks = []
    for review in report.reviews:
        for diagnostic in review.diagnostics:
            parts = [head(diagnostic, color=report.color), *_excerpt(diagnostic, review.document.text, color=report.color)]
            if diagnostic.help:
                advice = diagnostic.help + (" [fixable with --fix]" if diagnostic.fix else "")
                parts += [("    help: " if not index else "          ") + printable(line) for index, line in enumerate(advice.split("\n"))]
            blocks.append("\n".join(parts) + "\n")
    return "\n".join(blocks)


def _excerpt(diagnostic: Diagnostic, text: Text, *, color: bool) -> list[str]:
    span = text.line_span(diagnostic.line)
    source = text.string[span.start : span.end]
    begin = diagnostic.column - 1
    end = diagnostic.end_column - 1 if diagnostic.end_line == diagnostic.line else len(source)
    shift = max(0, begin - WIDEST // 2) if len(source) > WIDEST else 0
    shown = source[shift : shift + WIDEST]
    before = (CUT if shift else "") + shown[: begin - shift]
    marked = shown[begin - shift : end - shift]
    line = before + shown[begin - shift :] + (CUT if shift + WIDEST < len(source) else "")
    margin = " " * len(str(diagnostic.line))
    caret = " " * width(before) + paint("^" * max(1, width(marked)), COLORS[diagnostic.severity], color=color)
    rows = (f"{margin} |", f"{diagnostic.line} | {printable(line.replace(chr(9), ' '))}", f"{margin} | {caret}")
    return [row.rstrip() for row in rows]
