"""Markdown to the words a reader sees, each with its place: the only module that knows markdown-it."""

import dataclasses
import functools
import unicodedata
from collections.abc import Callable, Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from mlvalue.diagnostic import Span
from mlvalue.text import Text

OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands in a passage for a code span, an image or an address: there is something, but no word."""

PLAIN = {"\n": " ", "\N{NO-BREAK SPACE}": " ", "\N{NARROW NO-BREAK SPACE}": " ", "\N{RIGHT SINGLE QUOTATION MARK}": "'"}
"""Characters that a rule reads as others, so that it needs to know one form alone."""

Rule = Callable[[StateInline, bool], bool]


@dataclasses.dataclass(frozen=True, slots=True)
class Passage:
    """The visible words of one heading, paragraph, list item or table cell.

    ``offsets[i]`` is where ``text[i]`` stands in the document.
    """

    text: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """The document's span of ``text[start:end]``."""
        return Span(self.offsets[start], self.offsets[end - 1] + 1)


@dataclasses.dataclass(frozen=True, slots=True)
class Comment:
    """A comment's words, its span, and what it speaks of: the next block, or the line that it ends."""

    text: str
    span: Span
    covers: Span


@dataclasses.dataclass(slots=True)
class _Trace:
    """What the inline rules met in one block, by offsets into its content: `cuts` maps a start to its end and replacement."""

    cuts: dict[int, tuple[int, str]] = dataclasses.field(default_factory=dict)
    delimiters: list[tuple[int, Token]] = dataclasses.field(default_factory=list)
    comments: list[tuple[int, int]] = dataclasses.field(default_factory=list)
    depth: int = 0


def read(text: Text, start: int) -> tuple[tuple[Passage, ...], tuple[Comment, ...], str]:
    """The passages and comments of the Markdown of *text* from *start* on, and its first heading."""
    first_line = text.position(start)[0] - 1
    env: dict[str, object] = {}
    tokens = _parser().parse(text.string[start:], env)
    passages: list[Passage] = []
    comments: list[Comment] = []
    title = ""
    quotes = 0
    cursor = start
    for index, token in enumerate(tokens):
        quotes += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
        lines = token.map and (token.map[0] + first_line, token.map[1] + first_line)
        if token.type == "html_block" and lines and token.content.lstrip().startswith("<!--"):
            comments += _block_comments(text, tokens, index, first_line)
        if token.type == "tr_open" and lines:
            cursor = text.line_starts[lines[0]]
        if token.type != "inline":
            continue
        in_row = index and tokens[index - 1].type in {"th_open", "td_open"}
        if lines and not in_row:
            cursor = max(text.line_starts[lines[0]], start)
        content, offsets = _locate(text, token.content, cursor)
        if offsets:
            cursor = offsets[-1] + 1
        trace = _Trace()
        children: list[Token] = []
        _parser().inline.parse(content, _parser(), env | {"trace": trace}, children)
        comments += [_inline_comment(text, content, offsets, place) for place in trace.comments]
        passage = _passage(content, offsets, trace)
        if not title and index and tokens[index - 1].type == "heading_open":
            title = "".join(child.content for child in children if child.type in {"text", "text_special", "code_inline"}).strip()
        if not quotes and passage.text.strip():
            passages.append(passage)
    return tuple(passages), tuple(comments), title


def _locate(text: Text, content: str, cursor: int) -> tuple[str, list[int]]:
    """Find the lines of *content* one after the other from *cursor* on; the content that was found, with an offset for each character."""
    found: list[str] = []
    offsets: list[int] = []
    for number, line in enumerate(content.split("\n")):
        if number:
            found.append("\n")
            offsets.append(max(cursor - 1, 0))
        wanted = line.strip()
        for written in (wanted, wanted.replace("|", "\\|")):
            place = text.string.find(written, cursor)
            if place >= 0:
                break
        else:
            continue
        places = range(place, place + len(written))
        pairs = [(character, at) for character, at in zip(written, places, strict=True) if written == wanted or text.string[at : at + 2] != "\\|"]
        found.append("".join(character for character, _ in pairs))
        offsets += [at for _, at in pairs]
        cursor = place + len(written)
        line_end = text.line_starts[text.position(cursor)[0]] if number < content.count("\n") and text.position(cursor)[0] < len(text.line_starts) else cursor
        cursor = max(cursor, line_end)
    return "".join(found), offsets


def _passage(content: str, offsets: list[int], trace: _Trace) -> Passage:
    trace.delimiters.sort(key=lambda pair: pair[0])
    struck = [place for place, token in trace.delimiters if token.type in {"s_open", "s_close"}]
    for begin, end in zip(struck[::2], struck[1::2], strict=False):
        trace.cuts[begin] = (end + 2, "")
    for place, token in trace.delimiters:
        if token.type != "text" or not token.content:
            trace.cuts.setdefault(place, (place + 1, ""))
    characters: list[str] = []
    kept: list[int] = []
    position = 0
    while position < len(content):
        if position in trace.cuts:
            end, replacement = trace.cuts[position]
            characters.extend(replacement)
            kept.extend([offsets[position]] * len(replacement))
            position = max(end, position + 1)
            continue
        if unicodedata.category(content[position]) != "Cf":
            characters.append(PLAIN.get(content[position], content[position]))
            kept.append(offsets[position])
        position += 1
    return Passage("".join(characters), tuple(kept))


def _block_comments(text: Text, tokens: list[Token], index: int, first_line: int) -> Iterator[Comment]:
    """The comment of an HTML block; it speaks of the next block beside it."""
    token = tokens[index]
    assert token.map is not None
    follower = next((other for other in tokens[index + 1 :] if other.map and other.type != "html_block"), None)
    block = Span(text.line_starts[token.map[0] + first_line], text.line_span(token.map[1] + first_line).end)
    here = Span(block.start, block.end)
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


def _inline_comment(text: Text, content: str, offsets: list[int], place: tuple[int, int]) -> Comment:
    span = Span(offsets[place[0]], offsets[place[1] - 1] + 1)
    return Comment(_comment_text(content[slice(*place)]), span, text.line_span(text.position(span.start)[0]))


def _comment_text(written: str) -> str:
    return written.strip().removeprefix("<!--").removesuffix("-->").strip()


@functools.cache
def _parser() -> MarkdownIt:
    """CommonMark with tables and strike-through; its inline rules leave a trace, blocks are parsed without them."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    rules = parser.inline.ruler
    by_name = dict(zip(rules.get_all_rules(), (rule.fn for rule in rules.__rules__), strict=True))
    for name, replacement in (
        ("backticks", OBJECT),
        ("autolink", OBJECT),
        ("image", OBJECT),
        ("html_inline", ""),
        ("entity", None),
        ("escape", None),
        ("link", None),
    ):
        rules.at(name, _traced(by_name[name], name, replacement))
    for name in ("emphasis", "strikethrough"):
        rules.at(name, _traced_delimiters(by_name[name]))
    parser.inline.ruler2.disable("fragments_join")
    parser.core.ruler.disable(["inline", "text_join"])
    return parser


def _traced(original: Rule, name: str, replacement: str | None) -> Rule:
    def rule(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 (markdown-it calls it so)
        trace: _Trace = state.env["trace"]
        start = state.pos
        label_end = state.md.helpers.parseLinkLabel(state, start) if name == "link" and state.src[start] == "[" else -1
        trace.depth += name == "image"
        matched = original(state, silent)
        trace.depth -= name == "image"
        if not matched or silent or trace.depth:
            return matched
        end = state.pos
        if name == "link":
            trace.cuts[start] = (start + 1, "")
            trace.cuts[label_end] = (end, "")
        elif name == "html_inline" and state.src.startswith("<!--", start):
            trace.comments.append((start, end))
            trace.cuts[start] = (end, "")
        elif replacement is None:
            shown = state.tokens[-1].content if state.tokens and state.tokens[-1].type == "text_special" else " "
            trace.cuts[start] = (end, shown)
        else:
            trace.cuts[start] = (end, replacement)
        return matched

    return rule


def _traced_delimiters(original: Rule) -> Rule:
    def rule(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 (markdown-it calls it so)
        trace: _Trace = state.env["trace"]
        start = state.pos
        matched = original(state, silent)
        if matched and not silent and not trace.depth:
            position = state.pos
            for token in reversed(state.tokens):
                if position <= start or token.type != "text":
                    break
                position -= len(token.content)
                trace.delimiters.append((position, token))
        return matched

    return rule
