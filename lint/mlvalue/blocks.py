"""The blocks of Markdown as Python-Markdown's readers see them: CommonMark, tables, admonitions, content tabs."""

import functools
import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from mlvalue import plain
from mlvalue.plain import INDENT

CONTAINER = re.compile(r"(?:!!!|\?\?\?\+?|===[!+]?)[ \t]+(?:[\w -]*?[ \t]*\"(?P<title>.*?)\"|[\w -]+)[ \t]*$")
"""The first line of an admonition, a collapsible block or a content tab; its body is indented by four."""
ODD = "\x1c\x1d\x1e\x1f\x85"
"""What is blank for `str.strip` and not for each version of markdown-it."""


@functools.cache
def parser(*, quick: bool = True) -> MarkdownIt:
    """CommonMark's blocks with tables and the containers of Python-Markdown; what is inside of a block is left to `inline`.

    The *quick* rules leave out tokens that only close what was opened.
    """
    found = MarkdownIt("commonmark").enable("table")
    found.core.ruler.disable(["inline", "text_join"])
    if quick:
        found.core.ruler.at("normalize", _normalize)
        found.block.ruler.before("table", "plain", plain.block)
    found.block.ruler.before("fence", "container", _container, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    return found


def parse(markdown: str, env: dict[str, object]) -> list[Token]:
    """The tokens of the blocks of *markdown*; *env* takes its link references."""
    return parser(quick=not any(character in markdown for character in ODD)).parse(markdown, env)


def _normalize(state: StateCore) -> None:
    state.src = state.src.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\N{REPLACEMENT CHARACTER}")


def _container(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 (markdown-it calls it so)
    """An admonition or a tab: its title, and the blocks that are indented below it."""
    first = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    match = CONTAINER.match(first) if first[:3] in {"!!!", "???", "==="} and not state.is_code_block(start) else None
    if match is None or silent:
        return match is not None
    following = start + 1
    while following < end and (state.isEmpty(following) or state.sCount[following] - state.blkIndent >= INDENT):
        following += 1
    if match["title"]:
        state.push("container_title_open", "p", 1).map = [start, start + 1]
        title = state.push("inline", "", 0)
        title.content, title.map, title.children = match["title"], [start, start + 1], []
        state.push("container_title_close", "p", -1)
    outer = state.lineMax
    state.blkIndent += INDENT
    state.lineMax = following
    state.md.block.tokenize(state, start + 1, following)
    state.blkIndent -= INDENT
    state.lineMax = outer
    state.line = following
    return True


def outermost(markdown: str) -> list[tuple[str, range]]:
    """The blocks that lie in no other, or in an admonition only: the kind of each and its lines, from 0."""
    return [(token.type, range(*token.map)) for token in parse(markdown, {}) if token.level == 0 and token.map and token.nesting >= 0]
