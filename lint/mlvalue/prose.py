"""Markdown to blocks of words with their headings: with `blocks`, `plain`, `simple` and `marks` all that knows markdown-it."""

import dataclasses
import functools
import re
from collections.abc import Iterator, Mapping, Sequence

from markdown_it.token import Token

from mlvalue import blocks, inline
from mlvalue.diagnostic import Span
from mlvalue.text import Text

ALERT = re.compile(r"\[!\w+\]")
"""The first words of a block quote that is no quotation but a note."""

SEEN = frozenset(
    (
        "html_block",
        "table_open",
        "tr_open",
        "blockquote_open",
        "blockquote_close",
        "bullet_list_open",
        "bullet_list_close",
        "ordered_list_open",
        "ordered_list_close",
    )
)
"""The tokens of the block parser that say something of a passage; most others only close what was opened."""


@dataclasses.dataclass(frozen=True, slots=True)
class Comment:
    """A comment's words, its span, and what it speaks of: the next block, or the line that it ends."""

    text: str
    span: Span
    covers: Span


@dataclasses.dataclass(eq=False)
class Passage:
    """The visible words of one heading, paragraph, list item or table cell.

    *headings* are those above it, or its own; *context* is what it stands below: the head of its column and row, or
    the line with a colon before a list. *level* is that of a heading, else 0.
    """

    content: str
    document: Text
    cursor: int
    headings: tuple[str, ...]
    context: str
    level: int
    env: Mapping[str, object]
    html: bool = False
    before: tuple[str, ...] = ()
    _seen: inline.Inline | None = dataclasses.field(default=None, init=False, repr=False)

    @property
    def _inline(self) -> inline.Inline:
        if self._seen is None:
            self._seen = inline.html(self.content) if self.html else inline.read(self.content, self.env)
        return self._seen

    @property
    def text(self) -> str:
        """The words as a reader sees them."""
        return self._inline.text

    @functools.cached_property
    def links(self) -> tuple[Span, ...]:
        """Spans of `text` that are links."""
        return self._inline.links

    @functools.cached_property
    def _located(self) -> Sequence[int]:
        """Where each character of the content stands in the document."""
        cursor = self.cursor
        for cell in self.before:
            cursor = (_locate(self.document, cell, cursor) or [cursor - 1])[-1] + 1
        return _locate(self.document, self.content, cursor)

    @functools.cached_property
    def _places(self) -> Sequence[int] | None:
        return self._inline.places

    def offset(self, index: int) -> int:
        """Where the character ``text[index]`` stands in the document."""
        return self._located[index if self._places is None else self._places[index]]

    def span(self, start: int, end: int) -> Span:
        """The document's span of ``text[start:end]``."""
        return Span(self.offset(start), self.offset(end - 1) + 1)

    def comments(self) -> Iterator[Comment]:
        """The comments inside; each speaks of the line that it ends."""
        found = _locate(self.document, self.content, self.cursor)
        for place in self._inline.comments:
            span = Span(found[place.start], found[place.end - 1] + 1)
            yield Comment(_comment_text(self.content[slice(*place)]), span, self.document.line_span(self.document.position(span.start)[0]))


def read(text: Text, start: int) -> tuple[tuple[Passage, ...], tuple[Comment, ...], str]:
    """The passages and comments of the Markdown of *text* from *start* on, and its first heading."""
    reader = _Reader(text, start)
    for index, token in enumerate(reader.tokens):
        if token.type == "inline":
            reader.block(index, token)
        elif token.type in SEEN:
            reader.see(index, token)
    return tuple(reader.passages), tuple(reader.found), reader.title


class _Reader:
    """Walks over the blocks of one document and remembers what the next one stands below."""

    def __init__(self, text: Text, start: int) -> None:
        self.text = text
        self.start = start
        self.line_starts = text.line_starts
        self.first_line = text.position(start)[0] - 1
        self.env: dict[str, object] = {}
        self.tokens = blocks.parse(text.string[start:], self.env)
        references = self.env.get("references")
        if isinstance(references, dict):
            for name in [name for name in references if name.startswith("^")]:
                del references[name]
        self.passages: list[Passage] = []
        self.found: list[Comment] = []
        self.title = ""
        self.headings: list[tuple[int, str]] = []
        self.above: tuple[str, ...] = ()
        self.quotes: list[bool] = []
        self.intro = ""
        self.lists: list[str] = []
        self.columns: list[str] = []
        self.row: list[str] = []

    def see(self, index: int, token: Token) -> None:
        """Take in another token of the block parser."""
        match token.type:
            case "html_block":
                self._html(index, token)
            case "blockquote_open":
                self.quotes.append(not ALERT.match(next((other.content for other in self.tokens[index:] if other.type == "inline"), "")))
            case "blockquote_close":
                self.quotes.pop()
            case "bullet_list_open" | "ordered_list_open":
                self.lists.append(self.intro)
            case "bullet_list_close" | "ordered_list_close":
                self.lists.pop()
                self.intro = ""
            case "table_open":
                self.columns = []
            case "tr_open":
                self.row = []

    def _html(self, index: int, token: Token) -> None:
        if token.content.lstrip().startswith("<!--"):
            self.found += _block_comments(self.text, self.tokens, index, self.first_line)
        self._add(Passage(token.content, self.text, self._cursor(token), self.above, self.intro, 0, self.env, html=True))

    def block(self, index: int, token: Token) -> None:
        """Take in the words of one heading, paragraph or cell."""
        content = token.content
        opener = self.tokens[index - 1].type
        level = 0
        if opener == "heading_open":
            level = int(self.tokens[index - 1].tag[1])
            self._open_section(content, level)
        context = self.intro or (self.lists[-1] if self.lists else "")
        before: tuple[str, ...] = ()
        if opener in {"th_open", "td_open"}:
            before = tuple(self.row)
            column = self.columns[len(before)] if opener == "td_open" and len(before) < len(self.columns) else ""
            context = f"{column} | {self.row[0] if self.row else ''}"
            self.row.append(content)
            if opener == "th_open":
                self.columns.append(content)
        passage = Passage(content, self.text, self._cursor(token), self.above, context, level, self.env, before=before)
        if "<!--" in content:
            self.found += passage.comments()
        self._add(passage)
        if opener == "paragraph_open":
            self.intro = content if content.rstrip("*_ ").endswith(":") else ""

    def _open_section(self, content: str, level: int) -> None:
        words = inline.heading(content, self.env)
        if not self.title:
            self.title = words
        self.headings = [(depth, title) for depth, title in self.headings if depth < level]
        self.headings.append((level, words))
        self.above = tuple(title for _, title in self.headings)

    def _add(self, passage: Passage) -> None:
        if not (self.quotes and any(self.quotes)) and passage.content.strip():
            self.passages.append(passage)

    def _cursor(self, token: Token) -> int:
        return max(self.line_starts[token.map[0] + self.first_line], self.start) if token.map else self.start


def _locate(text: Text, content: str, cursor: int) -> list[int]:
    """The offset of each character of *content*, whose lines are looked for one after the other from *cursor* on."""
    offsets: list[int] = []
    lines = content.split("\n")
    for number, line in enumerate(lines):
        if number:
            offsets.append(max(cursor - 1, 0))
        wanted = line.strip()
        lead = len(line) - len(line.lstrip()) if wanted else 0
        place = text.string.find(wanted, cursor)
        if place >= 0:
            places = list(range(place, place + len(wanted)))
        else:
            escaped = wanted.replace("|", "\\|")
            place = max(text.string.find(escaped, cursor), cursor)
            places = [place + at for at, character in enumerate(escaped) if escaped[at : at + 2] != "\\|"]
        cursor = places[-1] + 1 if places else cursor
        offsets += [place] * lead + places + [max(cursor - 1, 0)] * (len(line) - lead - len(wanted))
        here = text.position(cursor)[0]
        if number < len(lines) - 1 and here < len(text.line_starts):
            cursor = max(cursor, text.line_starts[here])
    return offsets


def _block_comments(text: Text, tokens: Sequence[Token], index: int, first_line: int) -> Iterator[Comment]:
    """The comments of an HTML block; they speak of the next block beside it."""
    token = tokens[index]
    assert token.map is not None
    follower = next((other for other in tokens[index + 1 :] if other.map and other.type != "html_block"), None)
    here = Span(text.line_starts[token.map[0] + first_line], text.line_span(token.map[1] + first_line).end)
    covers = here
    if follower and follower.map:
        covers = Span(text.line_starts[follower.map[0] + first_line], text.line_span(follower.map[1] + first_line).end)
    written = text.string[here.start : here.end]
    begin = 0
    while (begin := written.find("<!--", begin)) >= 0:
        end = written.find("-->", begin)
        end = len(written) if end < 0 else end + 3
        yield Comment(_comment_text(written[begin:end]), Span(here.start + begin, here.start + end), covers)
        begin = end


def _comment_text(written: str) -> str:
    return written.strip().removeprefix("<!--").removesuffix("-->").strip()
