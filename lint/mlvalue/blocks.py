"""The blocks of Markdown as Python-Markdown's readers see them: CommonMark, tables, admonitions, content tabs."""

import functools
import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

CONTAINER = re.compile(r"(?:!!!|\?\?\?\+?|===[!+]?)[ \t]+(?:[\w -]*?[ \t]*\"(?P<title>.*?)\"|[\w -]+)[ \t]*$")
"""The first line of an admonition, a collapsible block or a content tab; its body is indented by four."""
INDENT = 4
MARKS = frozenset("!?=|-:+*_#>`~<[0123456789")
"""What a line must begin with to be more than a line of a paragraph: to open or end a block, underline a heading, or make a table of the line above."""


@functools.cache
def parser() -> MarkdownIt:
    """CommonMark's blocks with tables and the containers of Python-Markdown; what is inside of a block is left to `inline`."""
    found = MarkdownIt("commonmark").enable("table")
    found.core.ruler.disable(["inline", "text_join"])
    found.block.ruler.before("table", "plain", _plain)
    found.block.ruler.before("fence", "container", _container, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    return found


def _plain(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: ARG001, FBT001 (markdown-it calls it so)
    """A paragraph of lines that begin with letters: most of prose, which so needs none of the dozen other rules at each of its lines."""
    if state.sCount[start] - state.blkIndent >= INDENT:
        return False
    source, begins, shifts, ends = state.src, state.bMarks, state.tShift, state.eMarks
    following = start
    while following < state.lineMax:
        place = begins[following] + shifts[following]
        if place >= ends[following]:
            break
        if source[place] in MARKS:
            return False
        following += 1
    state.push("paragraph_open", "p", 1).map = [start, following]
    inline = state.push("inline", "", 0)
    inline.content, inline.map, inline.children = state.getLines(start, following, state.blkIndent, False).strip(), [start, following], []  # noqa: FBT003
    state.push("paragraph_close", "p", -1)
    state.line = following
    return True


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
    return [(token.type, range(*token.map)) for token in parser().parse(markdown, {}) if token.level == 0 and token.map and token.nesting >= 0]
