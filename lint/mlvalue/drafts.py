"""What a text may hold by its words alone, before its numbers are read and its sentences made: most texts are done with here.

What stands between two blanks is looked at once and then known by heart, which is many times as fast as a regular expression.
"""

import re
from collections.abc import Mapping

from mlvalue.index import NOTHING, Bits, Candidate, Index
from mlvalue.quantities import DIGIT, EVIDENCE, MONEY, NUMBER_WORDS, YEAR

WORD = re.compile(r"[^\W_]+(?:'t\b)?|'(?:ll|re|ve|s|d|m)\b|[%,;:.!?()\[\]^\u2014\u2026\u2192\u2212&=+|<\ufffc]")
"""The words of a Sentence, but for dashes: they part words here and have no place of their own."""
DASHES = ("-", "\u2011", "\u2013")
GLUED = re.compile(r"\d(?:(?=[^\W\d_])|(?<=[^\W\d_]\d))")
"""A figure and a letter: a number may take a part of the word."""
SHORT = re.compile(r"\b(?:e\.g|i\.e|vs|approx|ca|etc|cf|a\.m|p\.m|no|nr)\.(?=[ ,)])")
"""What a Sentence takes for one word."""
NUMERIC, UNSURE, DASH, FULL = (1 << number for number in range(4))
KINDS = {kind: 1 << number for number, kind in enumerate(EVIDENCE, 4)}
"""Flags of what a text may have: numbers, words that only a Sentence tells, dashes, a hundred, a unit of each kind."""
NO_NUMBERS: tuple[list[bytes], int] = ([], 0)
Known = tuple[str, int, int, list[bytes], Mapping[str, bytes]]
"""The first word of a piece of text, the bits of all, its flags, the phrases that they lead to, and those that the last one leads to with the next."""


class Drafts:
    """Looks at texts with the phrases of one index."""

    def __init__(self, bits: Bits, index: Index) -> None:
        """Take the *bits* of words and the *index* of phrases."""
        self.bits = bits
        self.index = index
        self.known: dict[str, Known] = {}
        self.numbers: dict[int, tuple[list[bytes], int]] = {}

    def candidates(self, text: str) -> list[Candidate] | None:
        """What can be in *text*, or in a sentence that is part of it; None where it takes to read its numbers."""
        known = self.known
        has = flags = 0
        met: list[bytes] = []
        following = NOTHING
        for piece in text.lower().split():
            first, bits, more, inside, behind = known.get(piece) or self._look(piece)
            flags |= more
            if first:
                has |= bits
                met += inside
                if first in following:
                    met.append(following[first])
                following = behind
        if flags & NUMERIC and flags & UNSURE:
            return None
        numbers, bits = self._numbers(flags)
        return self.index.possible(met + numbers, has | bits)

    def _look(self, piece: str) -> Known:
        words = WORD.findall(piece)
        flags = sum(flag for kind, flag in KINDS.items() if not EVIDENCE[kind].isdisjoint(words))
        if DIGIT.search(piece) or not NUMBER_WORDS.isdisjoint(words):
            flags |= NUMERIC | (UNSURE if GLUED.search(piece) else 0) | (FULL if "100" in piece else 0)
            flags |= (KINDS["money"] if MONEY.search(piece) else 0) | (KINDS["date"] if YEAR.search(piece) else 0)
        if "\u00d7" in piece:
            flags |= KINDS["multiple"]
        if any(dash in piece for dash in DASHES):
            flags |= DASH
        behind = self.index.anchors.get(words[-1], NOTHING) if words else NOTHING
        found = self.known[piece] = (words[0] if words else "", self.bits.has(words), flags, self.index.met(words), behind)
        return found

    def _numbers(self, flags: int) -> tuple[list[bytes], int]:
        """The phrases that what is in a text beside its words leads to, and its bits."""
        if not flags & (NUMERIC | DASH):
            return NO_NUMBERS
        if flags in self.numbers:
            return self.numbers[flags]
        found = list(DASHES if flags & DASH else ())
        if flags & NUMERIC:
            kinds = ["number", *(["full"] if flags & FULL else []), *(kind for kind, flag in KINDS.items() if flags & flag)]
            found += [f"#{kind}{plural}" for kind in kinds for plural in ("", "s")]
        self.numbers[flags] = self.index.met(found), self.bits.has(found)
        return self.numbers[flags]


def is_shortened(text: str) -> bool:
    """Say whether the lower-case *text* of a sentence has an abbreviation that is one word."""
    return "." in text[:-1] and SHORT.search(text) is not None
