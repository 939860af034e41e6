"""What YAML's parser complains of, in the words of somebody who writes design documents."""

import dataclasses
import re

import yaml

from mlvalue import tabs
from mlvalue.definitions import kinds
from mlvalue.diagnostic import Edit, Fix, Span, replacement
from mlvalue.text import Fault, Text

FIELD = re.compile(r"[ ]*(?:- )?[{]?[\w-]+[ ]*:")
INDENTING_TAB = re.compile(r"[ ]*\t")
KEY = re.compile(r"[ ]*(?:- )?(?P<name>[\w-]+):[ ]+")
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufffe\uffff]")


def in_own_words(error: yaml.YAMLError, text: Text, span: Span) -> Fault:  # noqa: C901, PLR0911, PLR0912 (one return per complaint of the parser)
    """Turn the *error* that stopped the parser on the YAML in *span* into a fault with its place in *text*."""
    problem = str(getattr(error, "problem", "") or "")
    here = _index(getattr(error, "problem_mark", None), span)
    opened = _index(getattr(error, "context_mark", None), span)
    context = str(getattr(error, "context", "") or "")
    line, _ = text.position(min(here, max(span.start, span.end - 1)))
    tab = INDENTING_TAB.match(text.string, text.line_span(line).start)
    if tab:
        edits = tuple(Edit(Span(*(span.start + offset for offset in where)), spaces) for where, spaces in tabs.as_spaces(text.string[span.start : span.end]))
        return dataclasses.replace(_bad_start(text, tab.end() - 1, line), fix=Fix("write spaces for tabs", edits) if edits else None)
    if "mapping values" in problem:
        return _second_colon(text, here, line)
    if "expected ':'" in problem:
        return _no_colon(text, opened)
    if "document start" in problem and (directive := re.compile(r"^%.*", re.MULTILINE).search(text.string, *span)):
        return _fault(directive.start(), "a line that begins with `%` steers YAML's reader, which design documents don't do", "delete it", directive.end())
    if "cannot start any token" in problem:
        return _bad_start(text, here, line)
    if "quoted scalar" in context and "end of stream" in problem:
        return _fault(opened, "the quote that opens here is never closed", f"close it with `{text.string[opened]}`")
    if "flow sequence" in context or "flow mapping" in context:
        bracket = text.string[opened]
        return _fault(opened, f"the `{bracket}` that opens here is never closed, or a comma is missing", f"close it with `{']' if bracket == '[' else '}'}`")
    if "block mapping" in context or "block collection" in context:
        return _indentation(text, here, line)
    if "entries are not allowed" in problem:
        return _fault(here, "a list can't begin with `- ` on the line of its field", "begin it on the next line, or write `[one, two]`")
    if "node content" in problem:
        return _fault(here, f"something is missing before `{text.string[here : here + 1]}`", "write the value, or delete the comma or bracket")
    if "alphabetic or numeric" in problem or "mapping keys" in problem:
        return _bad_start(text, opened if "alphabetic" in problem else here, line)
    if "escape" in problem:
        return _fault(here, "a backslash in double quotes begins an escape that doesn't exist", "use single quotes, or write `\\\\`")
    if "block scalar" in context:
        return _fault(here, "text behind `|` or `>` belongs on the next line, indented", "begin the text on the next line")
    unprintable = UNPRINTABLE.search(text.string, span.start, span.end)
    if unprintable:
        return _fault(unprintable.start(), f"there is an invisible control character (U+{ord(unprintable.group()):04X}) here", "delete it")
    return _fault(min(here, span.end - 1), f"YAML can't be read from here on ({problem or 'unknown reason'})", "put text in quotes, or check the lines above")


def _index(mark: yaml.Mark | None, span: Span) -> int:
    return span.start if mark is None else min(span.start + mark.index, max(span.start, span.end - 1))


def _fault(start: int, message: str, advice: str, end: int | None = None, fix: Fix | None = None) -> Fault:
    return Fault("invalid-yaml", Span(start, end or start + 1), message, advice, fix)


def _second_colon(text: Text, here: int, line: int) -> Fault:
    """A colon where no field can begin: inside text, below a finished field, or below a line without a colon."""
    span = text.line_span(line)
    written = text.string[span.start : span.end]
    before = text.string[span.start : here]
    if FIELD.fullmatch(before + ":") and line > 1:
        above = text.line_span(line - 1)
        upper = text.string[above.start : above.end]
        name = before.strip(" -{")
        if FIELD.match(upper):
            start = span.start + len(before) - len(before.lstrip())
            message = f"`{name}` is indented deeper than `{upper.strip()}` above it, which already has its value"
            return _fault(start, message, "give the two lines the same indentation", here)
        start = above.start + len(upper) - len(upper.lstrip())
        return _fault(start, f"`{upper.strip()}` has no colon, so it is no field", "write `field: value`", above.end)
    value = re.match(r"[ ]*(?:- )?[\w-]+:[ ]+", written)
    rest = written[value.end() :] if value else written.strip()
    quoted = rest.replace('"', "'")
    advice = f'put the text in quotes: "{quoted}"'
    return _fault(here, "`: ` inside text looks like a second field to YAML", advice, fix=_in_quotes(text, line))


def _no_colon(text: Text, opened: int) -> Fault:
    """A line that should be a field, but has no colon, or none with a space behind it."""
    span = text.line_span(text.position(opened)[0])
    written = text.string[opened : span.end].rstrip()
    name, colon, value = written.partition(":")
    if colon and value and re.fullmatch(r"[\w-]+", name):
        message = f"`{written}` has no space behind its colon, so it is no field"
        is_field = kinds(name) and not kinds(name) & {"object", "array"} and ": " not in value
        fix = replacement(Span(opened, opened + len(written)), f"{name}: {value}") if is_field else None
        return _fault(opened, message, f"write `{name}: {value}`", opened + len(written), fix)
    return _fault(opened, f"`{written}` has no colon, so it is no field", "write `field: value`", opened + len(written))


def _bad_start(text: Text, here: int, line: int) -> Fault:
    character = text.string[here]
    span = text.line_span(line)
    if character == "\t":
        end = here + len(text.string[here : span.end]) - len(text.string[here : span.end].lstrip("\t"))
        is_gap = text.string[span.start : here].rstrip(" ").endswith((":", "-", ",", "[", "{"))
        fix = Fix("write a space", (Edit(Span(here, end), " "),)) if is_gap else None
        return _fault(here, "a tab stands where YAML allows only spaces", "write two spaces for each tab", end, fix)
    rest = text.string[here : span.end].rstrip().replace('"', "'")
    return _fault(here, f"a value can't begin with `{character}`", f'put it in quotes: "{rest}"', fix=_in_quotes(text, line))


def _in_quotes(text: Text, line: int) -> Fix | None:
    """Quotes around the value on *line*, where it is a text of this line alone and can hold no second field and no comment."""
    span = text.line_span(line)
    key = KEY.match(text.string, *span)
    rest = text.string[key.end() if key else span.end : span.end].rstrip()
    below = text.line_span(line + 1) if line < len(text.line_starts) else Span(span.end, span.end)
    if key is None or not rest or kinds(key["name"]) != {"text"} or rest[0] in "\"'[{|>&*!#%" or " #" in rest or "\t" in rest:
        return None
    if any(kinds(name) for name in re.findall(r"([\w-]+):(?:[ ]|$)", rest)) or _indent(text, below) > _indent(text, span):
        return None
    quote = next((mark for mark in "\"'" if mark not in rest and (mark == "'" or "\\" not in rest)), None)
    return Fix("put it in quotes", (Edit(Span(key.end(), key.end() + len(rest)), f"{quote}{rest}{quote}"),)) if quote else None


def _indent(text: Text, span: Span) -> int:
    line = text.string[span.start : span.end]
    return len(line) - len(line.lstrip(" "))


def _indentation(text: Text, here: int, line: int) -> Fault:
    """A line that fits to none above it, or text behind a closing quote."""
    span = text.line_span(line)
    before = text.string[span.start : here]
    if before.strip():
        rest = text.string[here : span.end].strip()
        return _fault(here, f"`{rest}` stands behind a value that already ended", "put the whole value in one pair of quotes", span.end)
    indent = len(before)
    message = f"this line is indented by {indent} {'space' if indent == 1 else 'spaces'}, like none of the fields above it"
    return _fault(here, message, "indent it like the field that it belongs beside", span.end)
