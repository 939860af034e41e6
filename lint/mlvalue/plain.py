"""The blocks that most of prose is made of (paragraphs, headings, lists, tables, code), read just as CommonMark's parser would, at a small part of its cost."""

import bisect
import re
from typing import Literal

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

INDENT = 4
MARKS = frozenset("!?=|-:+*_#>`~<[0123456789")
"""What a line must begin with to be more than a line of a paragraph: to open or end a block, underline a heading, or make a table of the line above."""

_WORDS = r"[*_]{1,3}[^\s*_]|`{1,2}[^`]|!?\[[^\[\]\\\n]*\](?!:)|[0-9]+(?:[^0-9.)]|[.)]\S)"
WORDS = re.compile(_WORDS)
"""How a line may begin with a mark and be no more, beyond doubt: with emphasis, code, a link, a number."""
ITEM = re.compile(rf"(?:(?P<bullet>[-+*])|[0-9]{{1,9}}(?P<number>[.)])) {{1,4}}(?=[^\s{re.escape(''.join(MARKS))}]|{_WORDS})")
"""The marker of a list item that begins with a paragraph."""
BREAK = re.compile(r"#{1,6} |>|(?P<item>(?:[-+*]|1[.)]) +\S)")
"""What ends a paragraph without a blank line."""
HEADING = re.compile(r"(#{1,6})[ \t]+(?=[^\s#])")
RULER = re.compile(r"\|(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*")
"""The line between the head of a table and its rows."""
FENCE = re.compile(r"(?P<mark>`{3,})[^`\n]*\n|(?P<other>~{3,}).*\n")
"""The line above code."""
HEADED = 2


class Quick(Token):
    """A token without what nobody asks for, made in a third of the time."""

    __slots__ = ()

    def __init__(self, kind: str, tag: str, nesting: Literal[-1, 0, 1], lines: list[int] | None, level: int, content: str = "") -> None:
        """Take what is asked for; *lines* are the first and the one behind the last."""
        self.type, self.tag, self.nesting = kind, tag, nesting
        self.map, self.level, self.content = lines, level, content
        self.children = None
        self.hidden = False


PARAGRAPH, ROW, HEAD, CELL = (Quick(kind, tag, 1, None, 1) for kind, tag in (("paragraph_open", "p"), ("tr_open", "tr"), ("th_open", "th"), ("td_open", "td")))
"""Tokens inside of a list or table, which are the same each time: nobody asks for their lines."""


def block(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: ARG001, FBT001 (markdown-it calls it so)
    """Take a block before the dozen other rules are tried at its lines. All that isn't beyond doubt is left to them."""
    if state.sCount[start] - state.blkIndent >= INDENT:
        return False
    place = state.bMarks[start] + state.tShift[start]
    first = state.src[place]
    if first not in MARKS:
        return _paragraph(state, start)
    if first == "#":
        return _heading(state, start)
    if first == "|":
        return _table(state, start, end)
    if first in "`~" and _fence(state, start, end):
        return True
    item = ITEM.match(state.src, place)
    return _list(state, start, end, item) if item else WORDS.match(state.src, place) is not None and _paragraph(state, start)


def _paragraph(state: StateBlock, start: int) -> bool:
    following = _words_end(state, start + 1, state.lineMax)
    if following < state.lineMax and not state.isEmpty(following) and not _breaks(state, following):
        return False
    if following == start + 1 or state.level == state.blkIndent == 0:
        content = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[following - 1]]
    else:
        content = state.getLines(start, following, state.blkIndent, keepLastLF=False)
    lines = [start, following]
    state.tokens += (Quick("paragraph_open", "p", 1, lines, state.level), _inline(content.strip(), lines))
    state.line = following
    return True


def _words_end(state: StateBlock, line: int, end: int) -> int:
    """The first line from *line* on that is more than a line of a paragraph, or blank."""
    source, begins, shifts, ends = state.src, state.bMarks, state.tShift, state.eMarks
    while line < end:
        place = begins[line] + shifts[line]
        if place >= ends[line] or (source[place] in MARKS and not WORDS.match(source, place)):
            break
        line += 1
    return line


def _breaks(state: StateBlock, line: int) -> bool:
    """Whether a paragraph ends above *line* beyond doubt."""
    indent = state.sCount[line]
    if indent < 0 or indent - state.blkIndent >= INDENT:
        return False
    match = BREAK.match(state.src, state.bMarks[line] + state.tShift[line])
    return match is not None and (not match["item"] or indent >= state.blkIndent or indent - state.listIndent < INDENT)


def _heading(state: StateBlock, start: int) -> bool:
    match = HEADING.match(state.src, state.bMarks[start] + state.tShift[start])
    content = state.src[match.end() : state.eMarks[start]].rstrip() if match else ""
    if match is None or "|" in content or content.endswith("#"):
        return False
    lines = [start, start + 1]
    state.tokens += (Quick("heading_open", f"h{len(match[1])}", 1, lines, state.level), _inline(content, lines))
    state.line = start + 1
    return True


def _table(state: StateBlock, start: int, end: int) -> bool:
    """A table whose lines all begin and end with a bar and have as many cells as its head."""
    rows: list[list[str]] = []
    following = start
    while following < end and not state.isEmpty(following):
        cells = _cells(state, following)
        if not cells or (rows and len(cells) != len(rows[0])):
            return False
        rows.append(cells)
        following += 1
    if len(rows) < HEADED or not RULER.fullmatch(state.src, state.bMarks[start + 1] + state.tShift[start + 1], state.eMarks[start + 1]):
        return False
    del rows[1]
    state.tokens.append(Quick("table_open", "table", 1, [start, following], state.level))
    opener = HEAD
    for number, cells in enumerate(rows, start):
        line = number + (number > start)
        lines = [line, line + 1]
        state.tokens.append(ROW)
        for cell in cells:
            state.tokens += (opener, _inline(cell.strip(), lines))
        opener = CELL
    state.line = following
    return True


def _fence(state: StateBlock, start: int, end: int) -> bool:
    """Code that lies in no other block, up to the first line that has its mark."""
    match = FENCE.match(state.src, state.bMarks[start] + state.tShift[start])
    if match is None or state.level or state.blkIndent:
        return False
    mark = match[match.lastgroup or 0]
    place = state.src.find(mark, match.end())
    line = bisect.bisect_left(state.bMarks, place, start, end)
    if line == end or state.bMarks[line] != place or state.src[place : state.eMarks[line]].rstrip(" \t").strip(mark[0]):
        return False
    state.tokens.append(Quick("fence", "code", 0, [start, line + 1], 0))
    state.line = line + 1
    return True


def _cells(state: StateBlock, line: int) -> list[str]:
    """The cells of a line of a table, none where there is doubt."""
    written = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].strip()
    if not 0 <= state.sCount[line] - state.blkIndent < INDENT or len(written) < len("||") or "\\|" in written:
        return []
    return written[1:-1].split("|") if written[0] == written[-1] == "|" else []


def _list(state: StateBlock, start: int, end: int, item: re.Match[str]) -> bool:
    """A list of paragraphs, one to an item."""
    if end != state.lineMax or state.level + 2 >= state.md.options.maxNesting:
        return False
    marker = item[item.lastgroup or 0]
    kind, tag = ("bullet_list", "ul") if item["bullet"] else ("ordered_list", "ol")
    lines = [start, start]
    tokens: list[Token] = [Quick(f"{kind}_open", tag, 1, lines, state.level)]
    following: re.Match[str] | None = item
    while following:
        line, inner = lines[1], following.end() - state.bMarks[lines[1]]
        blank = _words_end(state, line + 1, end)
        content = _item(state, line, blank, following.end())
        if not content:
            return False
        tokens += (PARAGRAPH, _inline(content, [line, blank]))
        lines[1] = line = state.skipEmptyLines(blank)
        if line == end:
            break
        place = state.bMarks[line] + state.tShift[line]
        following = ITEM.match(state.src, place) if state.sCount[line] == state.sCount[start] else None
        if following and following[following.lastgroup or 0] == marker:
            continue
        if line == blank or state.sCount[line] >= inner or state.src[place] == marker or state.src[place].isdigit():
            return False
        break
    state.tokens += (*tokens, Quick(f"{kind}_close", tag, -1, None, state.level))
    state.line = lines[1]
    return True


def _item(state: StateBlock, first: int, following: int, begin: int) -> str:
    """The paragraph of the lines from *first* on, without their indent; "" where there is doubt."""
    source, begins, shifts, ends = state.src, state.bMarks, state.tShift, state.eMarks
    lines = range(first, following)
    inner = begin - begins[first]
    content = "\n".join((source[begin : ends[first]], *(source[begins[line] + min(shifts[line], inner) : ends[line]] for line in lines[1:])))
    return "" if any(shifts[line] != state.sCount[line] for line in lines) else content.strip()


def _inline(content: str, lines: list[int]) -> Token:
    return Quick("inline", "", 0, lines, 1, content)
