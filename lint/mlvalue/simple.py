"""The markup that most blocks have (code, emphasis, plain links), read just as CommonMark's parser would, at a small part of its cost."""

import functools
import re

from markdown_it.common.utils import normalizeReference
from markdown_it.rules_inline import StateInline

from mlvalue.diagnostic import Span
from mlvalue.marks import OBJECT, Cuts, Marks, parser

_ADDRESS = r"\((?:(?:https?://|mailto:)[\w./?#=%+,;:@!$*~'-]*|[\w./?#=%+,;@!$*~'-]+)\)"
MARK = re.compile(
    r"`(?:[^`]+`(?!`))?"
    r"|\*\**|__*"
    rf"|\[(?:(?=(?P<label>(?:[^\[\]`]++|`[^`]*`)*+)\](?P<address>{_ADDRESS})))?"
    rf"|\](?:{_ADDRESS}|[(\[])?"
    r"|\\|~~|!\[|<[a-zA-Z!?/]|<[^\s<>@]*@|&#?\w+;",
    re.ASCII,
)
"""What may mean something; each begins with a character of its own, by which Python finds it fast."""
LABEL = re.compile(r"\[([^\[\]`]*)\]")

LONGEST = 3
"""Stars or underscores in a row: what more of them mean is left to the parser."""
DEEPEST = 8
"""Rows of them that may wait for their pair."""

Run = tuple[str, int]
"""Stars or underscores, and where they begin."""


def read(content: str, references: object) -> Marks | None:
    """The marks of *content*, whose document has these link *references*; None where only the parser can tell."""
    cuts: Cuts = {}
    links: list[Span] = []
    opened: list[Run] = []
    around = opened
    label_end = -1
    for match in MARK.finditer(content):
        start, end = match.span()
        match content[start]:
            case "*" | "_" if _is_paired(content, (match.group(), start), opened, cuts):
                pass
            case "`" if end - start > 1:
                cuts[start] = (end, OBJECT)
            case "[" if match["address"]:
                label_end = match.end("label")
                cuts[start] = (end, "")
                cuts[label_end] = (match.end("address"), "")
                links.append(Span(start, label_end))
                opened = []
            case "[" if not references or _is_no_reference(content, start, references):
                pass
            case "]" if start == label_end:
                opened = around
            case "]" if end - start == 1:
                pass
            case _:
                return None
    return Marks(cuts, links)


def _is_paired(content: str, run: Run, opened: list[Run], cuts: Cuts) -> bool:
    """Pair the *run* with the last that is *opened*, or open it; False where another may be its pair."""
    written, start = run
    length = len(written)
    if length > LONGEST:
        return False
    opens, closes = _flanks(content[start - 1 : start] if start else "", written, content[start + length : start + length + 1])
    if closes and opened:
        if opened[-1][0] == written:
            _, begin = opened.pop()
            cuts[begin] = (begin + length, "")
            cuts[start] = (start + length, "")
            return True
        if any(other[0] == written[0] for other, _ in opened):
            return False
    if opens:
        opened.append(run)
    return len(opened) <= DEEPEST


@functools.lru_cache(4096)
def _flanks(before: str, run: str, after: str) -> tuple[bool, bool]:
    """Whether a *run* between two characters can open an emphasis, and whether it can close one."""
    state = StateInline(before + run + after, parser(), {}, [])
    scanned = state.scanDelims(len(before), run[0] == "*")
    return scanned.can_open, scanned.can_close


def _is_no_reference(content: str, start: int, references: object) -> bool:
    label = LABEL.match(content, start)
    return label is not None and isinstance(references, dict) and normalizeReference(label[1]) not in references
