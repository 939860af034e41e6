"""What a page asks for in a comment: `<!-- mlvalue: chart use -->` to a Directive, and what replaces it."""

import dataclasses
import re
import shlex
from collections.abc import Callable, Iterator, Mapping

COMMENT = re.compile(r"<!--\s*mlvalue:\s*(?P<text>.*?)\s*-->", re.DOTALL)
OPTION = re.compile(r"(?P<name>[a-z][a-z_-]*)=(?P<value>.*)", re.DOTALL)
FENCE = re.compile(r"^(?P<indent> *)(?P<fence>`{3,}|~{3,}).*?^ *(?P=fence)", re.DOTALL | re.MULTILINE)
CODE = re.compile(r"(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)", re.DOTALL)
LINTER = ("allow",)
"""Comments that speak to the linter."""


@dataclasses.dataclass(frozen=True, slots=True)
class Directive:
    """One comment: `name`, then what it is about, then options like `stage=live`. *comment* is all of it as written."""

    name: str
    arguments: tuple[str, ...]
    options: Mapping[str, str]
    comment: str


class DirectiveError(ValueError):
    """A directive that can't be filled; the message says what is written and what to write."""


def parse(comment: str) -> Directive:
    """Parse one comment.

    Raises:
        DirectiveError: if a quotation mark in it is never closed, or it is empty.
    """
    match = COMMENT.fullmatch(comment)
    assert match
    try:
        words = shlex.split(match["text"])
    except ValueError:
        raise DirectiveError("a quotation mark in it is never closed") from None
    if not words:
        raise DirectiveError("it names nothing to show; write one like <!-- mlvalue: portfolio -->")
    options = [OPTION.fullmatch(word) for word in words[1:]]
    arguments = tuple(word for word, option in zip(words[1:], options, strict=True) if not option)
    return Directive(words[0], arguments, {option["name"]: option["value"] for option in options if option}, comment)


def filled(html: str, fill: Callable[[Directive, int], str], refuse: Callable[[str, int, DirectiveError], None]) -> str:
    """The *html* of a page with each directive replaced by what *fill* makes of it; it is given a number, unique on the page, from 1.

    What *fill* raises, *refuse* is told, with the comment and how many equal ones are before it; the comment then stays. In
    code blocks comments are escaped, so none is found there.
    """
    seen: dict[str, int] = {}
    count = 0

    def replaced(match: re.Match[str]) -> str:
        nonlocal count
        comment = match.group()
        if match["text"].split(":")[0].split()[:1] in [[name] for name in LINTER]:
            return comment
        before = seen[comment] = seen.get(comment, -1) + 1
        count += 1
        try:
            return fill(parse(comment), count)
        except DirectiveError as error:
            refuse(comment, before, error)
            return comment

    return COMMENT.sub(replaced, html)


def line_of(source: str, comment: str, before: int) -> int:
    """The line of the *source* of a page where *comment* stands, of equal ones that with *before* of them before it; code isn't looked at."""
    places = list(_places(_without_code(source), comment)) or list(_places(source, comment)) or [0]
    return source.count("\n", 0, places[min(before, len(places) - 1)]) + 1


def _places(source: str, comment: str) -> Iterator[int]:
    at = source.find(comment)
    while at >= 0:
        yield at
        at = source.find(comment, at + 1)


def _without_code(source: str) -> str:
    """*source* with blanks instead of code, line ends kept."""
    for pattern in (FENCE, CODE):
        source = pattern.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), source)
    return source
