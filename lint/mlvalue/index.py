"""Which phrases a sentence can hold at all, told by bits before any regular expression is run.

Each set of words, or of classes, of which a phrase needs one is a bit. The bits of a sentence are those of its words; a
phrase is possible where none of its own is missing. Phrases are looked up by the rarest word, or pair of words, that they need.
"""

import array
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

Candidate = tuple[int, int]
"""The bits that a phrase needs, and its number."""
Group = tuple[int, dict[int, list[Candidate]]]
"""The candidates of one anchor by the rarest bit that each needs, 0 where it needs none, and the mask of these bits.

One look at all of them tells which few candidates are worth a look of their own.
"""
NOTHING: Mapping[str, bytes] = {}
"""What a word leads to that no phrase begins with."""


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
    """Phrases by the word that leads to them and the word behind it, "" where it takes none; below "" alone stands what has no anchor.

    Each is packed: its number, how many bits it needs, and their numbers, the rarest first.
    """

    def __init__(self, anchors: Mapping[str, Mapping[str, bytes]]) -> None:
        """Take the *anchors*; the phrases of each are read when it is first met."""
        self.anchors = anchors
        self.always = list(anchors[""].values()) if "" in anchors else []
        self.read: dict[bytes, Group] = {}

    def met(self, words: Iterable[str]) -> list[bytes]:
        """The packed phrases that *words*, one after the other, lead to."""
        found = []
        following = NOTHING
        for word in words:
            if word in following:
                found.append(following[word])
            following = self.anchors.get(word, NOTHING)
            if "" in following:
                found.append(following[""])
        return found

    def possible(self, met: Iterable[bytes], has: int) -> list[Candidate]:
        """What a text can hold that has the bits *has* and has *met* these phrases, a phrase perhaps in several ways."""
        read = self.read
        found: list[Candidate] = []
        for packed in itertools.chain(self.always, met):
            rarest, candidates = read.get(packed) or self._read(packed)
            bits = rarest & has
            while bits:
                bit = bits.bit_length()
                bits ^= 1 << (bit - 1)
                found += [pair for pair in candidates[bit] if pair[0] & has == pair[0]]
            if 0 in candidates:
                found += candidates[0]
        return found

    def _read(self, packed: bytes) -> Group:
        candidates: dict[int, list[Candidate]] = {}
        for bits, number in _phrases(unpacked(packed)):
            candidates.setdefault(bits[0] + 1 if bits else 0, []).append((mask(bits), number))
        found = self.read[packed] = mask(bit - 1 for bit in candidates if bit), candidates
        return found


def _phrases(numbers: Sequence[int]) -> Iterator[tuple[Sequence[int], int]]:
    """The bits that each phrase needs, and its number."""
    place = 0
    while place < len(numbers):
        end = place + 2 + numbers[place + 1]
        yield numbers[place + 2 : end], numbers[place]
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
