"""Phrases as regular expressions over the signs of a sentence: where exactly one stands."""

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from mlvalue.phrases import Step, Steps
from mlvalue.signs import HYPHENATED, Name

NEVER = r"[^\s\S]"
"""The expression of a set without signs."""


class Patterns(dict[int, re.Pattern[str]]):
    """The regular expressions of phrases by their numbers, each compiled at first use."""

    def __init__(self, phrases: Sequence[tuple[Steps, int]], written: Mapping[Name, str]) -> None:
        """Take the steps of *phrases*, and how the sets of signs in them are *written*."""
        super().__init__()
        self.phrases = phrases
        self.written = written

    def __missing__(self, number: int) -> re.Pattern[str]:
        """Compile the expression of a phrase."""
        self[number] = found = re.compile(self._source(self.phrases[number][0]))
        return found

    def found(self, number: int, signs: str) -> Iterable[re.Match[str]]:
        """Where a phrase stands in a sentence."""
        pattern = self[number]
        if pattern.pattern[0] != "^":
            return pattern.finditer(signs)
        match = pattern.match(signs)  # a search would try every other place, too
        return (match,) if match else ()

    def _source(self, steps: Steps) -> str:
        return "".join(map(self._step, steps))

    def _step(self, step: Step) -> str:
        if isinstance(step, int):
            return self.written[step] if step >= 0 else f"{self.written[~step]}?"
        kind, *others = step
        if kind in "|?":
            return f"(?:{'|'.join(map(self._source, others))}){kind.strip('|')}"
        if kind in "*.":
            least, most = others if kind == "*" else (0, *others)
            return f"{self.written['words' if kind == '*' else 'inside']}{{{least},{most}}}{'?' * (kind == '.')}"
        aside = f"{self.written['aside']}*"
        return {"^": f"^{aside}", "$": f"{aside}$"}.get(kind) or f"(?!{self._source(others[0])})"


class Sets(dict[Name, frozenset[int]]):
    """The signs of sets as they are written, read at first use."""

    def __init__(self, written: Mapping[Name, str], *, plain: bool = False) -> None:
        """Take how the sets are *written*; in *plain* ones, but for those of marks, no word stands behind a hyphen."""
        super().__init__()
        self.written = written
        self.plain = plain

    def __missing__(self, name: Name) -> frozenset[int]:
        """Read one."""
        written = self.written[name]
        ranges = _ranges(written.strip("[]"), plain=self.plain and name not in {"aside", "ending"}) if written != NEVER else ()
        self[name] = found = frozenset(itertools.chain.from_iterable(ranges))
        return found


def charset(codes: Iterable[int]) -> str:
    """A set of characters as a regular expression."""
    ranges: list[list[int]] = []
    for code in sorted(codes):
        if ranges and code == ranges[-1][1] + 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    written = "".join(chr(begin) if begin == end else f"{chr(begin)}-{chr(end)}" for begin, end in ranges)
    return written if len(written) == 1 else f"[{written}]" if written else NEVER


def _ranges(written: str, *, plain: bool) -> Iterator[range]:
    """The characters of a set between its brackets."""
    place = 0
    while place < len(written):
        last = place + 2 if written[place + 1 : place + 2] == "-" else place
        begin, end = ord(written[place]), ord(written[last]) + 1
        moved = HYPHENATED if plain and begin >= HYPHENATED else 0
        yield range(begin - moved, end - moved)
        place = last + 1
