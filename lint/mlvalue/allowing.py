"""Writes the comments that allow findings, and makes sure of each that it allows these and changes nothing else."""

import dataclasses
import re
from collections.abc import Iterator, Sequence

from mlvalue import files
from mlvalue.blocks import outermost
from mlvalue.diagnostic import Diagnostic
from mlvalue.document import Document
from mlvalue.paths import UsageError, source
from mlvalue.review import Review, may_be_allowed, review
from mlvalue.rule import Rule
from mlvalue.schema import is_filler
from mlvalue.settings import Settings
from mlvalue.text import BOM, LINE_END
from mlvalue.words import count

STEERING = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]|-->|<!--")


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """Where a finding of *rule* begins in the text, in characters."""

    offset: int
    rule: str
    diagnostic: Diagnostic


@dataclasses.dataclass(frozen=True, slots=True)
class Insertion:
    """What is written at an *offset* of the text."""

    offset: int
    written: str

    def made(self, content: bytes, text: str) -> bytes:
        """The *content* of a document, whose characters are *text*, with it."""
        lead = len(BOM.encode()) if content.startswith(BOM.encode()) else 0
        at = lead + len(text[: self.offset].encode())
        return content[:at] + self.written.encode() + content[at:]


@dataclasses.dataclass(frozen=True)
class Allowed:
    """A document with comments: its *content*, how many *comments* were written for how many *findings*, and those *left* with the reason."""

    content: bytes
    comments: int
    findings: int
    left: tuple[tuple[Diagnostic, str], ...]


def sensible(reason: str) -> str:
    """A reason as a comment can hold it.

    Raises:
        UsageError: if it says nothing, or would end the comment.
    """
    stripped = reason.strip()
    if not stripped or is_filler(stripped):
        raise UsageError('--add-allow needs a reason; write what a reader should know, like --add-allow "the contract says so"')
    if STEERING.search(stripped):
        raise UsageError("--add-allow: the reason stands in a comment of one line, so write it without line breaks, `<!--` and `-->`")
    return stripped


def add(reviews: Sequence[Review], settings: Settings, rules: Sequence[Rule], reason: str) -> list[str]:
    """Allow the findings of *reviews* in their files; what was done and what can't be, a line each.

    Raises:
        UsageError: if a file can't be read; those before it are written.
        WriteError: if one can't be written; those before it are.
    """
    lines = []
    for found in reviews:
        content = source(found.path)
        done = allowed(found, content, settings, rules, reason)
        if done.comments:
            files.write(found.path, done.content, before=content)
            lines.append(f"{found.path}: {count(done.comments, 'comment')} for {count(done.findings, 'finding')}")
        lines += [f"{found.path}:{diagnostic.line}:{diagnostic.column}: {diagnostic.rule} {why}" for diagnostic, why in done.left]
    return lines


def allowed(found: Review, content: bytes, settings: Settings, rules: Sequence[Rule], reason: str) -> Allowed:
    """The document of *found* with comments that allow its findings; what no comment can allow is left."""
    left = [(diagnostic, "can't be allowed, it has to be mended") for diagnostic in found.diagnostics if not may_be_allowed(diagnostic)]
    starts = found.document.text.line_starts
    places = [
        Place(starts[diagnostic.line - 1] + diagnostic.column - 1, diagnostic.rule, diagnostic)
        for diagnostic in found.diagnostics
        if may_be_allowed(diagnostic)
    ]
    now = review(content, found.path, settings, rules)
    comments, findings = 0, 0
    while places:
        first = places[0]
        step = _step(now, content, places, settings, rules, reason)
        if step is None:
            left.append((first.diagnostic, "has no place for a comment that would allow it alone; mend it, or write the comment by hand"))
            places = places[1:]
            continue
        content, now, rest = step
        comments += 1
        findings += len(places) - len(rest)
        places = rest
    return Allowed(content, comments, findings, tuple(left))


def _step(
    now: Review, content: bytes, places: Sequence[Place], settings: Settings, rules: Sequence[Rule], reason: str
) -> tuple[bytes, Review, list[Place]] | None:
    """The document with one comment more, for the first of *places*, and the places that are left."""
    first = places[0]
    for insertion in _insertions(now.document, first, reason):
        changed = insertion.made(content, now.document.text.string)
        after = review(changed, now.path, settings, rules)
        moved = [dataclasses.replace(place, offset=_moved(place.offset, insertion)) for place in places]
        there = {(place.offset, place.rule) for place in _places(after)}
        rest = [place for place in moved if (place.offset, place.rule) in there]
        wanted = {(_moved(place.offset, insertion), place.rule) for place in _places(now)} - {
            (place.offset, place.rule) for place in moved if place not in rest
        }
        if there == wanted and moved[0] not in rest and after.document.data == now.document.data:
            return changed, after, rest
    return None


def _moved(offset: int, insertion: Insertion) -> int:
    return offset + len(insertion.written) if offset >= insertion.offset else offset


def _places(found: Review) -> list[Place]:
    starts = found.document.text.line_starts
    return [Place(starts[diagnostic.line - 1] + diagnostic.column - 1, diagnostic.rule, diagnostic) for diagnostic in found.diagnostics]


def _insertions(document: Document, place: Place, reason: str) -> Iterator[Insertion]:
    """Where a comment may stand, the best first: one that doesn't allow the finding, or allows others, isn't kept."""
    words = f"mlvalue: allow {place.rule}: {reason}"
    if place.offset >= document.body:
        yield from _in_body(document, place.offset, f"<!-- {words} -->")
    elif document.yaml:
        yield from _in_front_matter(document, place.offset, f"# {words}")


def _in_front_matter(document: Document, offset: int, comment: str) -> Iterator[Insertion]:
    """The end of the line, else above the field, else above those that hold it."""
    text = document.text
    line = text.line_span(text.position(offset)[0])
    if not _is_inside_a_scalar(document, line.end):
        end = line.start + len(text.string[line.start : line.end].rstrip())
        yield Insertion(end, f"  {comment}")
    keys = [node.key.start for node in document.nodes.values() if node.key and node.key.start <= offset < max(node.span.end, node.key.end)]
    for key in sorted(keys, reverse=True):
        above = text.line_span(text.position(key)[0])
        indent = text.string[above.start : key]
        if not indent.strip(" "):
            yield Insertion(above.start, f"{indent}{comment}{_line_end(document, above.start)}")


def _is_inside_a_scalar(document: Document, end: int) -> bool:
    """Say whether a line ends within a text of several lines, where `#` would be a part of it."""
    return any(node.span.start < end < node.span.end for node in document.nodes.values() if not isinstance(node.value, dict | list))


def _in_body(document: Document, offset: int, comment: str) -> Iterator[Insertion]:
    """Above the block; for a list the end of the line, so that the other items aren't allowed, too."""
    text = document.text
    number = text.position(offset)[0]
    first = text.position(document.body)[0]
    blocks = [(kind, lines) for kind, lines in outermost(text.string[document.body :]) if number - first in lines]
    line = text.line_span(number)
    written = text.string[line.start : line.end].rstrip()
    at_end = Insertion(line.start + len(written), f" {comment}")
    is_list = any(kind.endswith("_list_open") for kind, _ in blocks)
    if is_list and not written.endswith(("\\", "|")):
        yield at_end
    for _, lines in reversed(blocks):
        above = text.line_span(lines.start + first)
        indent = re.match(r"[ \t]*", text.string[above.start : above.end])
        assert indent is not None
        end = _line_end(document, above.start)
        yield Insertion(max(above.start, document.body), f"{indent[0]}{comment}{end}{end if indent[0] else ''}")


def _line_end(document: Document, offset: int) -> str:
    """The line end that the lines around *offset* have."""
    found = LINE_END.search(document.text.string, offset) or LINE_END.search(document.text.string)
    return found[0] if found else "\n"
