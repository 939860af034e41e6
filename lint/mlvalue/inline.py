"""One block's Markdown to the words that a reader sees, each with its place in the block."""

import dataclasses
import functools
import re
from collections.abc import Callable, Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from mlvalue.diagnostic import Span

OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands in a passage for a code span, an image, an address or a formula: there is something, but no word."""

PLAIN = str.maketrans({"\n": " ", "\N{NO-BREAK SPACE}": " ", "\N{NARROW NO-BREAK SPACE}": " ", "\N{RIGHT SINGLE QUOTATION MARK}": "'"})
"""Characters that a rule reads as others, so that it needs to know one form alone."""

MARKUP = re.compile(r"[\\`*_\[<&~{$:](?<!:(?![a-z]))")
"""Written as one set of characters, which Python finds much faster than one of two things."""

UNSEEN = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
"""Characters without a width, which can hide a word from a search."""

BEYOND = re.compile(
    r"(?P<gone>\{:?\s*[.#][^{}\n]*\})"  # attribute lists
    r"|(?<!\w):[a-z][a-z0-9_+-]+:(?!\w)"  # icons
    r"|\$(?=[^$\n]*[\\^_={])[^$\s](?:[^$\n]*[^$\s])?\$"  # formulas
)
"""What Python-Markdown's extensions read, and CommonMark doesn't."""

TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<(?P<silent>script|style|pre|code|kbd|blockquote|q|del|s|svg|template|math)\b.*?(?:</(?P=silent)\s*>|\Z)"
    r"|</?(?P<word>b|i|em|strong|span|a|u|mark|small|big|sub|sup|wbr|font)\b[^<>]*>|</?[a-zA-Z][^<>]*>|&(?:#\w+|\w+);",
    re.DOTALL | re.IGNORECASE,
)

_DASH = r"['\u2019\u2010\u2011\u2013-]"
_PART = r"[\w'\u2019\u2010\u2011\u2013-]"
UNCLEAR = re.compile(
    r"[\\<{~&*_\[\]](?:(?<=[\\<{])|(?<=~)~|(?<=&)[#\w]"
    rf"|(?<={_PART}\*)[*_]*{_PART}|(?<={_PART}_)[*_]*(?:\*[*_]*{_PART}|{_DASH})|(?<={_DASH}_)[*_]*{_PART}"
    rf"|(?<={_PART}[*_])[*_]*\[|(?<={_PART}\[)|(?<=\])(?:\([^()]*\))?[*_]*(?:\[|{_PART}))"
)
"""Markup that may join words, or parts of them, or bring other words; what is around its first character is looked at only there."""
LINKING = re.compile(r"\]\([^()]*\)|\](?!\()|\[")
"""What a link has beside its words."""

Rule = Callable[[StateInline, bool], bool]
Cuts = dict[int, tuple[int, str]]


@dataclasses.dataclass(frozen=True, slots=True)
class Inline:
    """What a reader sees of one block. ``places[i]`` is where ``text[i]`` stands in the block's content, None where both are alike.

    *links* are spans of *text*; *comments* are spans of the content.
    """

    text: str
    places: Sequence[int] | None
    links: tuple[Span, ...] = ()
    comments: tuple[Span, ...] = ()


@dataclasses.dataclass(slots=True)
class _Trace:
    """What the inline rules met, by offsets into the content: `cuts` maps a start to its end and replacement."""

    cuts: Cuts = dataclasses.field(default_factory=dict)
    delimiters: list[tuple[int, Token]] = dataclasses.field(default_factory=list)
    comments: list[Span] = dataclasses.field(default_factory=list)
    links: list[Span] = dataclasses.field(default_factory=list)
    depth: int = 0


NOTHING = _Trace()
"""What there is to be met where there is no markup."""


def read(content: str, env: dict[str, object]) -> Inline:
    """Read the *content* of a heading, paragraph, list item or cell; *env* holds the document's link references."""
    if not MARKUP.search(content):
        return _shown(content, {}, NOTHING)
    trace = _trace(content, env)
    trace.delimiters.sort(key=lambda pair: pair[0])
    struck = [place for place, token in trace.delimiters if token.type in {"s_open", "s_close"}]
    for begin, end in zip(struck[::2], struck[1::2], strict=False):
        trace.cuts[begin] = (end + 2, "")
    for place, token in trace.delimiters:
        if token.type != "text" or not token.content:
            trace.cuts.setdefault(place, (place + 1, ""))
    for match in BEYOND.finditer(content):
        trace.cuts.setdefault(match.start(), (match.end(), "" if match["gone"] else OBJECT))
    return _shown(content, trace.cuts, trace)


def draft(content: str) -> str:
    """A text with all words that `read` can show of *content*, and with all pairs of them, and more; "" where that can't be told without reading it.

    What may be a link stands there twice, with its address and without.
    """
    if UNCLEAR.search(content) or (not content.isascii() and UNSEEN.search(content)):
        return ""
    plain = content.translate(PLAIN)
    unlinked = LINKING.sub("", plain) if "[" in content else ""
    return "" if "](" in unlinked else f"{plain} {OBJECT} {unlinked}"


def html(content: str) -> Inline:
    """Read the *content* of a block of HTML: the words between its tags."""
    cuts: Cuts = {}
    for match in TAG.finditer(content):
        shown = "" if match["word"] or match.group().startswith("<!--") else " "
        if match["silent"]:
            shown = OBJECT
        elif match.group().startswith("&"):
            shown = _entity(match.group())
        cuts[match.start()] = (match.end(), shown)
    return _shown(content, cuts, _Trace())


def heading(content: str, env: dict[str, object]) -> str:
    """The words of a heading, those in code spans too."""
    if not MARKUP.search(content) and "\n" not in content:
        return content.strip()
    children: list[Token] = []
    _trace(content, env, children)
    return "".join(child.content for child in children if child.type in {"text", "text_special", "code_inline"}).strip()


def _trace(content: str, env: dict[str, object], children: list[Token] | None = None) -> _Trace:
    trace = _Trace()
    _parser().inline.parse(content, _parser(), env | {"trace": trace}, [] if children is None else children)
    return trace


def _shown(content: str, cuts: Cuts, trace: _Trace) -> Inline:
    """The *content* without what is cut out of it, and without characters that have no width."""
    if not content.isascii():
        for match in UNSEEN.finditer(content):
            cuts.setdefault(match.start(), (match.end(), ""))
    if not cuts:
        text = content.replace("\n", " ") if content.isascii() else content.translate(PLAIN)
        return Inline(text, None, (), tuple(trace.comments))
    parts: list[str] = []
    places: list[int] = []
    cursor = 0
    for begin in sorted(cuts):
        end, shown = cuts[begin]
        if begin < cursor:
            continue
        parts += [content[cursor:begin], shown]
        places += range(cursor, begin)
        places += [begin] * len(shown)
        cursor = max(end, begin + 1)
    parts.append(content[cursor:])
    places += range(cursor, len(content))
    text = "".join(parts).translate(PLAIN)
    links = tuple(Span(*(next((index for index, place in enumerate(places) if place >= edge), len(places)) for edge in link)) for link in trace.links)
    return Inline(text, places, links, tuple(trace.comments))


@functools.cache
def _entity(written: str) -> str:
    children: list[Token] = []
    _trace(written, {}, children)
    shown = "".join(child.content for child in children)
    if UNSEEN.fullmatch(shown):
        return ""
    return shown if len(shown) == 1 else OBJECT


@functools.cache
def _parser() -> MarkdownIt:
    """CommonMark's inline rules with strike-through; they leave a trace."""
    parser = MarkdownIt("commonmark").enable("strikethrough")
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
            trace.links.append(Span(start, label_end))
        elif name == "html_inline" and state.src.startswith("<!--", start):
            trace.comments.append(Span(start, end))
            trace.cuts[start] = (end, "")
        elif replacement is None:
            shown = state.tokens[-1].content if state.tokens and state.tokens[-1].type == "text_special" else " "
            trace.cuts[start] = (end, UNSEEN.sub("", shown))
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
