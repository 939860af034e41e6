"""The inline markup of a block as CommonMark's parser meets it: what isn't shown as it is written, and what is linked."""

import dataclasses
import functools
import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from mlvalue.diagnostic import Span

OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands in a passage for a code span, an image, an address or a formula: there is something, but no word."""

UNSEEN = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
"""Characters without a width, which can hide a word from a search."""

HIDING = "script|style|pre|code|kbd|samp|blockquote|q|del|s|strike|svg|template|math"
"""Tags of words that aren't the author's, or aren't prose."""
WITHIN = "b|i|em|strong|span|a|u|mark|small|big|sub|sup|wbr|font|ins|abbr|cite|var|time|bdi|bdo|dfn"
"""Tags that may stand inside of a word; any other parts two."""
TAG = re.compile(rf"<(?P<closes>/?)(?:(?P<hiding>{HIDING})|(?P<within>{WITHIN}))\b[^<>]*>", re.IGNORECASE)

Rule = Callable[[StateInline, bool], bool]
Cuts = dict[int, tuple[int, str]]
"""Where each thing begins that isn't shown as it is written, with its end and what is shown instead."""


class Marks(NamedTuple):
    """The markup of one block, by offsets into its content; a link's span ends with its words."""

    cuts: Cuts
    links: Sequence[Span] = ()
    comments: tuple[Span, ...] = ()


@dataclasses.dataclass(slots=True)
class _Trace:
    """What the inline rules met."""

    cuts: Cuts = dataclasses.field(default_factory=dict)
    delimiters: list[tuple[int, Token]] = dataclasses.field(default_factory=list)
    comments: list[Span] = dataclasses.field(default_factory=list)
    links: list[Span] = dataclasses.field(default_factory=list)
    depth: int = 0


def read(content: str, env: Mapping[str, object]) -> Marks:
    """The marks of *content*; *env* holds the document's link references."""
    trace = _trace(content, env, [])
    trace.delimiters.sort(key=lambda pair: pair[0])
    struck = [place for place, token in trace.delimiters if token.type in {"s_open", "s_close"}]
    for begin, end in zip(struck[::2], struck[1::2], strict=False):
        trace.cuts[begin] = (end + 2, "")
    for place, token in trace.delimiters:
        if token.type != "text" or not token.content:
            trace.cuts.setdefault(place, (place + 1, ""))
    opened: dict[str, int] = {}
    for place in sorted(trace.cuts):
        tag = TAG.match(content, place)
        if tag and tag["hiding"]:
            name = tag["hiding"].lower()
            if not tag["closes"]:
                opened.setdefault(name, place)
            elif name in opened:
                trace.cuts[opened.pop(name)] = (tag.end(), OBJECT)
    return Marks(trace.cuts, trace.links, tuple(trace.comments))


def tokens(content: str, env: Mapping[str, object]) -> list[Token]:
    """The tokens that the parser makes of *content*."""
    made: list[Token] = []
    _trace(content, env, made)
    return made


def _trace(content: str, env: Mapping[str, object], made: list[Token]) -> _Trace:
    trace = _Trace()
    parser().inline.parse(content, parser(), {**env, "trace": trace}, made)
    return trace


@functools.cache
def parser() -> MarkdownIt:
    """CommonMark's inline rules with strike-through; they leave a trace."""
    found = MarkdownIt("commonmark").enable("strikethrough")
    rules = found.inline.ruler
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
    found.inline.ruler2.disable("fragments_join")
    return found


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
            tag = TAG.match(state.src, start) if name == "html_inline" else None
            trace.cuts[start] = (end, replacement if name != "html_inline" or (tag and tag["within"]) else " ")
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
