"""Where the front matter of a Markdown file begins and ends: as MkDocs decides, and with a fault wherever readers differ."""

import dataclasses
import re

from mlvalue.diagnostic import Edit, Fix, Span, replacement
from mlvalue.text import Fault, Text

NEWLINE = r"(?:\r\n|\r|\n)"
MKDOCS = re.compile(rf"-{{3}}[ \t]*{NEWLINE}(.*?{NEWLINE})(-{{3}}|\.{{3}})[ \t]*{NEWLINE}", re.DOTALL)
LENIENT = re.compile(
    rf"(?P<blank>(?:[ \t]*{NEWLINE})*)(?P<open>[ \t]*-{{3,}})[ \t]*{NEWLINE}"
    rf"(?P<yaml>(?:.*?{NEWLINE})??)(?P<close>[ \t]*(?:-{{3,}}|\.{{3}}))[ \t]*(?P<end>{NEWLINE}|$)",
    re.DOTALL,
)
FIELD = re.compile(rf"(?:[ \t]*(?:#.*)?{NEWLINE})*[ \t]*[\w\"'-]+[ \t]*:(?:\s|$)")
"""The first field below a delimiter, and comments above it."""
OPENING = re.compile(rf"(?:[ \t]*{NEWLINE})*[ \t]*-{{3,}}[ \t]*(?:{NEWLINE}|$)")
INNER_FENCE = re.compile(r"(?:^|(?<=[\r\n]))[ \t]+-{3,}[ \t]*(?=[\r\n])")
CONFLICT = re.compile(r"^(?:<{7} .*|={7}|\|{7} .*|>{7} .*)\r?$", re.MULTILINE)
MDFORMAT_RULE = "_" * 70
WRITE_FENCE = "begin the file with a line `---` and end the front matter with a line `---`"


@dataclasses.dataclass(frozen=True, slots=True)
class Head:
    """The front matter's span, where the body begins, and the span of the opening delimiter; *yaml* is None where there is none."""

    yaml: Span | None
    body: int
    opening: Span
    faults: tuple[Fault, ...] = ()


def split(text: Text) -> Head:
    """Find the front matter of *text*."""
    string = text.string
    exact = MKDOCS.match(string)
    if exact and string[exact.start(1) : exact.start(1) + 3] != "---":
        return _head(Span(*exact.span(1)), exact.end(), Span(0, 3), _inner_faults(string, exact))
    lenient = LENIENT.match(string)
    if lenient is None:
        return _without(text)
    fault = _delimiter_fault(lenient)
    yaml = Span(*lenient.span("yaml"))
    if not string[yaml.start : yaml.end].strip():
        empty = Fault("missing-front-matter", Span(*lenient.span("open")), "the front matter is empty", "begin with `stage: idea` and `owner:`")
        return Head(None, lenient.end(), Span(*lenient.span("open")), (empty,))
    return _head(yaml, lenient.end(), Span(*lenient.span("open")), fault)


def conflict_marker(text: Text, head: Head) -> Fault | None:
    """The conflict that git left in the front matter, from its first marker to its last."""
    end = head.body if head.yaml else min(len(text.string), 65536)
    if text.string.find("<<<<<<<", 0, end) < 0 and text.string.find(">>>>>>>", 0, end) < 0:  # quick, as nearly always
        return None
    marks = list(CONFLICT.finditer(text.string, 0, end))
    if not any(mark.group().startswith(("<", ">")) for mark in marks):
        return None
    line, last = (text.position(mark.start())[0] for mark in (marks[0], marks[-1]))
    return Fault(
        "conflict-marker",
        text.line_span(line),
        f"git left a merge conflict here, lines {line} to {last}",
        "keep the lines that hold, delete the others and the markers",
    )


def _head(yaml: Span, body: int, opening: Span, faults: list[Fault]) -> Head:
    return Head(yaml, body, opening, tuple(faults))


def _inner_faults(string: str, match: re.Match[str]) -> list[Fault]:
    faults = []
    if match.group(2) == "...":
        faults.append(
            Fault(
                "unclear-delimiter",
                Span(*match.span(2)),
                "`...` ends the front matter for MkDocs, but not for other readers",
                "write `---` instead",
                replacement(Span(*match.span(2)), "---"),
            )
        )
    inner = INNER_FENCE.search(string, *match.span(1))
    if inner:
        faults.append(
            Fault(
                "unclear-delimiter",
                Span(inner.end() - len(inner.group().strip()), inner.end()),
                "an indented `---` inside the front matter ends it for some readers",
                "write it in quotes or with other characters",
            )
        )
    return faults


def _delimiter_fault(match: re.Match[str]) -> list[Fault]:
    """Say which delimiter keeps MkDocs from seeing a front matter that a person sees."""

    def fault(group: str, written: str, advice: str, fix: Fix) -> list[Fault]:
        return [Fault("unclear-delimiter", Span(*match.span(group)), f"{written}, so MkDocs finds no front matter", advice, fix)]

    opening, close = match.group("open"), match.group("close")
    if match.group("blank"):
        fix = Fix("delete the blank lines", (Edit(Span(*match.span("blank")), ""),))
        return fault("open", "the file begins with a blank line, not with `---`", "delete the blank lines above", fix)
    if opening != "---":
        return fault("open", f"the front matter begins with `{opening}`", "begin with exactly `---`", replacement(Span(*match.span("open")), "---"))
    if close != "---":
        fix = replacement(Span(*match.span("close")), "---")
        return fault("close", f"the front matter ends with `{close}`", "end it with exactly `---` at the left margin", fix)
    line_end = re.match(rf"[^\r\n]*({NEWLINE})", match.string)
    fix = Fix("end the last line", (Edit(Span(match.end(), match.end()), line_end[1] if line_end else "\n"),))
    return fault("close", "the file ends right behind the closing `---`", "end that line with a line break", fix)


def _without(text: Text) -> Head:
    string = text.string
    opening = OPENING.match(string)
    first = text.line_span(1)
    if opening:
        line = text.position(max(0, opening.end() - 1))[0]
        where = text.line_span(line)
        unclosed = Fault(
            "unclear-delimiter",
            where,
            "the front matter begins here and never ends",
            "write a line `---` at the left margin after its last field",
        )
        return Head(None, len(string) if FIELD.match(string, opening.end()) else opening.end(), where, (unclosed,))
    first = Span(first.start, max(first.end, min(1, len(string))))
    if string.startswith(MDFORMAT_RULE):
        message = "the front matter has become a line of underscores and a paragraph, as plain `mdformat` leaves it"
        advice = "restore it from git and install `mdformat-frontmatter` beside `mdformat`"
    elif string.startswith(("+++", ";;;", "{")):
        message = "this begins with TOML or JSON; the front matter of a design document is YAML"
        advice = WRITE_FENCE
    else:
        message = "there is no front matter, so nobody can see what this design is worth"
        advice = f"{WRITE_FENCE}; an idea needs `stage`, `owner`, `customer` and `value`"
    return Head(None, 0, first, (Fault("missing-front-matter", first, message, advice),))
