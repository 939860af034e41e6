"""Which phrases a sentence can hold at all, told by bits before any regular expression is run.

Each set of words, or of classes, of which a phrase needs one is a bit. The bits of a sentence are those of its words; a
phrase is possible where none of its own is missing. Phrases are looked up by the rarest word, or pair of words, that they need.
"""

import array
import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence

Candidate = tuple[int, int]
"""The bits that a phrase needs, and its number."""


class Bits:
    """The bits of words: numbers of bits by word, by the letter of a class, and by the beginning of a word."""

    def __init__(self, by_word: Mapping[str, bytes], by_letter: Mapping[str, bytes], by_prefix: Mapping[str, bytes], tag: Callable[[str], str]) -> None:
        """Take the tables as they are packed; *tag* gives a word the letters of its classes."""
        self.by_word = by_word
        self.by_letter = {letter: mask(unpacked(packed)) for letter, packed in by_letter.items()}
        self.by_prefix = {prefix: mask(unpacked(packed)) for prefix, packed in by_prefix.items()}
        self.lengths = {len(prefix) for prefix in by_prefix}
        self.tag = tag
        self.known: dict[str, int] = {}

    def has(self, words: Iterable[str]) -> int:
        """The bits that *words* have."""
        found, known = 0, self.known
        for word in words:
            bits = known.get(word)
            if bits is None:
                bits = known[word] = self._bits(word)
            found |= bits
        return found

    def _bits(self, word: str) -> int:
        packed = self.by_word.get(word)
        bits = mask(unpacked(packed)) if packed else 0
        for letter in self.tag(word):
            bits |= self.by_letter.get(letter, 0)
        for length in self.lengths:
            bits |= self.by_prefix.get(word[:length], 0)
        return bits


class Index:
    """Phrases by *anchors*: for each its number, how many bits it needs, and their numbers. What stands below "" has no anchor."""

    def __init__(self, anchors: Mapping[str, bytes]) -> None:
        """Take the *anchors* as they are packed; each is read when it is first met."""
        self.anchors = anchors
        self.read: dict[str, list[Candidate]] = {}

    def possible(self, words: Sequence[str], has: int, more: Iterable[str] = ()) -> list[Candidate]:
        """What a sentence of *words* with the bits *has* can hold, a phrase perhaps in several ways; where *more* words stand isn't known."""
        anchors, read = self.anchors, self.read
        found: list[Candidate] = []
        for anchor in {"", *words, *more, *map(" ".join, itertools.pairwise(words))}:
            if anchor in anchors:
                found += [pair for pair in (read[anchor] if anchor in read else self._at(anchor)) if pair[0] & has == pair[0]]
        return found

    def _at(self, anchor: str) -> list[Candidate]:
        found = self.read[anchor] = list(_candidates(unpacked(self.anchors[anchor])))
        return found


def _candidates(numbers: Sequence[int]) -> Iterable[Candidate]:
    place = 0
    while place < len(numbers):
        end = place + 2 + numbers[place + 1]
        yield mask(numbers[place + 2 : end]), numbers[place]
        place = end


def mask(bits: Iterable[int]) -> int:
    """The number that has these *bits*."""
    found = 0
    for bit in bits:
        found |= 1 << bit
    return found


def packed(numbers: Iterable[int]) -> bytes:
    """Small numbers as bytes."""
    return array.array("H", numbers).tobytes()


def unpacked(written: bytes) -> Sequence[int]:
    """The numbers of such bytes."""
    numbers = array.array("H")
    numbers.frombytes(written)
    return numbers
