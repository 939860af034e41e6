"""One block's Markdown to the words that a reader sees, each with its place in the block."""

import bisect
import functools
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from mlvalue import marks, simple
from mlvalue.diagnostic import Span
from mlvalue.marks import HIDING, OBJECT, UNSEEN, WITHIN, Cuts

ALIKE = (("\n", " "), ("\N{NO-BREAK SPACE}", " "), ("\N{NARROW NO-BREAK SPACE}", " "), ("\N{RIGHT SINGLE QUOTATION MARK}", "'"))
"""Characters that a rule reads as others, so that it needs to know one form alone."""

MARKUP = re.compile(r"[\\`*_\[<&~{$:](?<!:(?![a-z]))")
"""Written as one set of characters, which Python finds much faster than one of two things."""

BEYOND = re.compile(
    r"[{$:](?:(?<=\{)(?P<gone>:?\s*[.#][^{}\n]*\})"  # attribute lists
    r"|(?<=:)(?<!\w:)[a-z][a-z0-9_+-]+:(?!\w)"  # icons
    r"|(?<=\$)(?=[^$\n]*[\\^_={])[^$\s](?:[^$\n]*[^$\s])?\$)"  # formulas
)
"""What Python-Markdown's extensions read, and CommonMark doesn't."""

TAG = re.compile(
    rf"<!--.*?(?:-->|\Z)|<(?P<silent>{HIDING})\b.*?(?:</(?P=silent)\s*>|\Z)"
    rf"|</?(?P<word>{WITHIN})\b[^<>]*>|</?[a-zA-Z][^<>]*>|&(?:#\w+|\w+);",
    re.DOTALL | re.IGNORECASE,
)


class Inline(NamedTuple):
    """What a reader sees of one block whose content has this *length*; *cuts* are what isn't shown of it, *linked* what is linked.

    *comments*, like *cuts* and *linked*, are by offsets into the content.
    """

    text: str
    length: int = 0
    cuts: Sequence[tuple[int, int, str]] = ()
    linked: Sequence[Span] = ()
    comments: tuple[Span, ...] = ()

    @property
    def places(self) -> Sequence[int] | None:
        """``places[i]`` is where ``text[i]`` stands in the block's content, None where both are alike."""
        if not self.cuts:
            return None
        places: list[int] = []
        cursor = 0
        for begin, end, instead in self.cuts:
            places += range(cursor, begin)
            places += [begin] * len(instead)
            cursor = end
        places += range(cursor, self.length)
        return places

    @property
    def links(self) -> tuple[Span, ...]:
        """Spans of `text` that are links."""
        if not self.linked:
            return ()
        places = self.places or ()
        return tuple(Span(bisect.bisect_left(places, link.start), bisect.bisect_left(places, link.end)) for link in self.linked)


def read(content: str, env: Mapping[str, object]) -> Inline:
    """Read the *content* of a heading, paragraph, list item or cell; *env* holds the document's link references."""
    if not MARKUP.search(content):
        return Inline(content.replace("\n", " ")) if content.isascii() else shown(content, {})
    found = simple.read(content, env.get("references")) or marks.read(content, env)
    if ":" in content or "{" in content or "$" in content:
        for match in BEYOND.finditer(content):
            found.cuts.setdefault(match.start(), (match.end(), "" if match["gone"] else OBJECT))
    return shown(content, *found)


def shown(content: str, cuts: Cuts, links: Sequence[Span] = (), comments: tuple[Span, ...] = ()) -> Inline:
    """The *content* without what is cut out of it, and without characters that have no width."""
    if not content.isascii():
        for match in UNSEEN.finditer(content):
            cuts.setdefault(match.start(), (match.end(), ""))
    if not cuts:
        return Inline(_plain(content), comments=comments)
    parts: list[str] = []
    made: list[tuple[int, int, str]] = []
    cursor = 0
    for begin in sorted(cuts):
        if begin >= cursor:
            end, instead = cuts[begin]
            parts += (content[cursor:begin], instead)
            cursor = max(end, begin + 1)
            made.append((begin, cursor, instead))
    parts.append(content[cursor:])
    return Inline(_plain("".join(parts)), len(content), made, links, comments)


def html(content: str) -> Inline:
    """Read the *content* of a block of HTML: the words between its tags."""
    cuts: Cuts = {}
    for match in TAG.finditer(content):
        instead = "" if match["word"] or match.group().startswith("<!--") else " "
        if match["silent"]:
            instead = OBJECT
        elif match.group().startswith("&"):
            instead = _entity(match.group())
        cuts[match.start()] = (match.end(), instead)
    return shown(content, cuts)


def heading(content: str, env: Mapping[str, object]) -> str:
    """The words of a heading, those in code spans too."""
    if not MARKUP.search(content) and "\n" not in content:
        return content.strip()
    return "".join(child.content for child in marks.tokens(content, env) if child.type in {"text", "text_special", "code_inline"}).strip()


def _plain(text: str) -> str:
    """The *text* with one form alone of what a rule reads as the same."""
    for written, read_as in ALIKE:
        text = text.replace(written, read_as)
    return text


@functools.cache
def _entity(written: str) -> str:
    shown = "".join(child.content for child in marks.tokens(written, {}))
    if UNSEEN.fullmatch(shown):
        return ""
    return shown if len(shown) == 1 else OBJECT
