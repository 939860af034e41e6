"""What YAML's parser complains of, in the words of somebody who writes design documents."""

import re

import yaml

from mlvalue.diagnostic import Span
from mlvalue.text import Fault, Text

FIELD = re.compile(r"[ ]*(?:- )?[{]?[\w-]+[ ]*:")
INDENTING_TAB = re.compile(r"[ ]*\t")
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
        return _bad_start(text, tab.end() - 1, line)
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


def _fault(start: int, message: str, advice: str, end: int | None = None) -> Fault:
    return Fault("invalid-yaml", Span(start, end or start + 1), message, advice)


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
    return _fault(here, "`: ` inside text looks like a second field to YAML", f'put the text in quotes: "{quoted}"')


def _no_colon(text: Text, opened: int) -> Fault:
    """A line that should be a field, but has no colon, or none with a space behind it."""
    span = text.line_span(text.position(opened)[0])
    written = text.string[opened : span.end].rstrip()
    name, colon, value = written.partition(":")
    if colon and value and re.fullmatch(r"[\w-]+", name):
        return _fault(opened, f"`{written}` has no space behind its colon, so it is no field", f"write `{name}: {value}`", opened + len(written))
    return _fault(opened, f"`{written}` has no colon, so it is no field", "write `field: value`", opened + len(written))


def _bad_start(text: Text, here: int, line: int) -> Fault:
    character = text.string[here]
    span = text.line_span(line)
    if character == "\t":
        end = here + len(text.string[here : span.end]) - len(text.string[here : span.end].lstrip("\t"))
        return _fault(here, "a tab stands where YAML allows only spaces", "write two spaces for each tab", end)
    rest = text.string[here : span.end].rstrip().replace('"', "'")
    return _fault(here, f"a value can't begin with `{character}`", f'put it in quotes: "{rest}"')


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
