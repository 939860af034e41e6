"""Fixes of findings that have one right answer, from the bytes of a document to its file: nothing else in it changes."""

import dataclasses
import difflib
import pathlib
import sys
from collections.abc import Iterator, Sequence

from mlvalue import files
from mlvalue.diagnostic import BYTE_ORDER_MARK, Edit
from mlvalue.paths import source
from mlvalue.places import STDIN
from mlvalue.report import printable
from mlvalue.review import Review, review
from mlvalue.rule import Rule
from mlvalue.settings import Settings
from mlvalue.text import BOM
from mlvalue.words import count

ROUNDS = 10
"""A fix can bring to light what another can mend; after so many rounds what is left is left."""
RED, GREEN, CYAN, BOLD = "31", "32", "36", "1"
HEAD = 2
"""Lines at the top of a diff that name its file."""


@dataclasses.dataclass(frozen=True, slots=True)
class Mended:
    """A document before and after its fixes, how many there were, and the review of what is left."""

    path: pathlib.Path
    before: bytes
    after: bytes
    fixed: int
    review: Review


def mend(path: pathlib.Path, settings: Settings, rules: Sequence[Rule], name: pathlib.Path | None = None) -> Mended:
    """The document at *path* with all fixes for what *rules* find; nothing is written. *name* is that of standard input.

    Raises:
        UnreadableError: if it can't be read.
        SettingsError: if a data file that the settings name can't be used.
    """
    before = after = source(path)
    shown = name or path if path == STDIN else path
    found = review(before, shown, settings, rules)
    fixed = 0
    for _ in range(ROUNDS):
        changed, times = mended(found, after)
        if not times:
            break
        after, fixed = changed, fixed + times
        found = review(after, shown, settings, rules)
    return Mended(path, before, after, fixed, found)


def mended(found: Review, content: bytes) -> tuple[bytes, int]:
    """The *content* that was reviewed with the fixes of its findings, and how many there were; of two that overlap the first.

    What isn't UTF-8 beyond doubt stays as it is.
    """
    if any(fault.rule == "unreadable-text" for fault in found.document.faults):
        return content, 0
    chosen: list[Edit] = []
    times = 0
    for diagnostic in found.diagnostics:
        edits = diagnostic.fix.edits if diagnostic.fix else ()
        if edits and not any(_overlap(edit, other) for edit in edits for other in chosen):
            chosen += edits
            times += 1
    string = found.document.text.string
    mark = BOM if content.decode().startswith(BOM) and not any(edit.span == BYTE_ORDER_MARK for edit in chosen) else ""
    parts, end = [mark], 0
    for span, text in sorted(edit for edit in chosen if edit.span != BYTE_ORDER_MARK):
        parts += [string[end : span.start], text]
        end = span.end
    return "".join([*parts, string[end:]]).encode(), times


def _overlap(one: Edit, other: Edit) -> bool:
    """Say whether two edits touch; those that only meet do, too, because their order would be a guess."""
    return one.span.start <= other.span.end and other.span.start <= one.span.end


def write(document: Mended) -> None:
    """Write a document with its fixes into its file; standard input goes to standard output.

    Raises:
        WriteError: if it can't be written; it is as it was then.
    """
    if document.path == STDIN:
        sys.stdout.flush()
        sys.stdout.buffer.write(document.after)
        sys.stdout.buffer.flush()
    elif document.fixed:
        files.write(document.path, document.after, before=document.before)


def show(documents: Sequence[Mended], *, color: bool = False) -> None:
    """Write what fixes change in *documents* to standard output, as a unified diff, and how much to standard error."""
    changed = [document for document in documents if document.fixed]
    sys.stdout.flush()
    for document in changed:
        lines = diff(document)
        if color or sys.stdout.isatty():
            sys.stdout.writelines(_for_terminal(number, line, color=color) for number, line in enumerate(lines))
        else:
            sys.stdout.buffer.writelines(line.encode(errors="backslashreplace") for line in lines)
    sys.stdout.flush()
    fixed = sum(document.fixed for document in changed)
    if changed:
        sys.stderr.write(f"{count(fixed, 'finding')} in {count(len(changed), 'document')} can be fixed with --fix\n")


def diff(document: Mended) -> Iterator[str]:
    """The lines of a unified diff of a document, with their line ends as they are."""
    shown = document.review.path
    if shown.is_absolute() and shown.is_relative_to(pathlib.Path.cwd()):
        shown = shown.relative_to(pathlib.Path.cwd())
    name = shown.as_posix() + ("\t" if " " in shown.as_posix() else "")
    before, after = (_lines(content.decode()) for content in (document.before, document.after))
    for line in difflib.unified_diff(before, after, name, name):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _lines(text: str) -> list[str]:
    """The lines of *text* as other tools count them in a diff: only a line feed ends one."""
    lines = [f"{line}\n" for line in text.split("\n")]
    lines[-1] = lines[-1].removesuffix("\n")
    return lines if lines[-1] else lines[:-1]


def _for_terminal(number: int, line: str, *, color: bool) -> str:
    """A line of a diff that can't steer the terminal, in the colors of git."""
    safe = "\t".join(printable(part) for part in line.removesuffix("\n").split("\t"))
    code = BOLD if number < HEAD else {"@": CYAN, "-": RED, "+": GREEN}.get(line[:1], "")
    return (f"\x1b[{code}m{safe}\x1b[0m" if color and code else safe) + "\n"
