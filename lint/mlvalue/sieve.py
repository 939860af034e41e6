"""A sieve: which words of a text lead to phrases, as another word that these need is in the same sentence."""

import array
import functools
import itertools
import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from mlvalue.phrases import Steps
from mlvalue.signs import HYPHENATED

ANYWAY = 0
"""The bit of phrases that need no other word."""
UNREAD = -1
"""What stands for the bits of a sign that wasn't met yet."""
Look = tuple[int, int, int]
"""An element of which a word stands between two places, as seen from the rarest word."""
Sight = tuple[int, int, frozenset[int]]
"""The same with the words' signs."""
Way = tuple[int, tuple[Sight, ...], Steps, Steps]
"""How a phrase is followed from its rarest word: its number, looks that come first, the steps before it, last one first, and those behind it."""
Found = tuple[int, int, frozenset[int], Way]
"""A look, and what to do then."""


class Sieve:
    """The bits of the words that are needed beside the rarest words of phrases, in lists by the codes of signs; each is read at first use."""

    def __init__(self, table: Mapping[str, Any], make: Callable[[int], Found]) -> None:
        """Take a *table*, and what gives the way of a number.

        It has `ways`, for each sign bits and numbers of ways, one after the other, and the bits of which each sign is one of the `members`.
        """
        self.table: Mapping[str, Mapping[int, bytes]] = table
        self.make = make
        self.members = [UNREAD] * HYPHENATED
        self.needed = [0] * HYPHENATED
        self.ways: dict[int, Ways] = {}

    def passing(self, text: Sequence[int], begins: Sequence[int]) -> Iterator[tuple[int, Way]]:
        """The places in a *text*, whose sentences begin where *begins* tells, that lead to ways of which the first look is met there."""
        members = [*map(self.members.__getitem__, text)]
        if UNREAD in members:
            for code in {*text}:
                self._read(code)
            members = [*map(self.members.__getitem__, text)]
        has = [0] * begins[0]
        for begin, end in itertools.pairwise(begins):
            has += [functools.reduce(operator.or_, members[begin:end], 1 << ANYWAY)] * (end - begin)
        found = [*map(operator.and_, map(self.needed.__getitem__, text), has)]
        for place in itertools.compress(range(len(found)), found):
            ways = self.ways[text[place]]
            bits = found[place]
            while bits:
                size = bits.bit_length()
                bits ^= 1 << size - 1
                for begin, end, words, way in ways[size]:
                    if not words.isdisjoint(text[place + begin : place + end]):
                        yield place, way

    def _read(self, code: int) -> None:
        """Look up the bits of one sign, and its ways."""
        if self.members[code] != UNREAD:
            return
        self.members[code] = sum(1 << bit for bit in unpacked(self.table["members"].get(code, b"")))
        numbers: dict[int, list[int]] = {}
        each = iter(unpacked(self.table["ways"].get(code, b"")))
        for bit, number in zip(each, each, strict=True):
            numbers.setdefault(bit + 1, []).append(number)
        self.needed[code] = sum(1 << size - 1 for size in numbers)
        self.ways[code] = Ways(numbers, self.make)


class Ways(dict[int, list[Found]]):
    """The ways that need the word of a bit, by how long a number with this bit is; they are made at first use."""

    def __init__(self, numbers: Mapping[int, Sequence[int]], make: Callable[[int], Found]) -> None:
        """Take the *numbers* of ways, and what gives the way of a number."""
        super().__init__()
        self.numbers = numbers
        self.make = make

    def __missing__(self, size: int) -> list[Found]:
        """Make those of one bit."""
        self[size] = found = [self.make(number) for number in self.numbers[size]]
        return found


def packed(numbers: Iterable[int]) -> bytes:
    """Small numbers as bytes."""
    return array.array("H", numbers).tobytes()


def unpacked(written: bytes) -> list[int]:
    """The numbers of such bytes."""
    numbers = array.array("H")
    numbers.frombytes(written)
    return numbers.tolist()
