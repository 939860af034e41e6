"""A sieve: which words of a text lead to phrases, as another word that these need is in the same sentence."""

import array
import functools
import itertools
import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from mlvalue.phrases import Steps

ANYWAY = 0
"""The bit of phrases that need no other word."""
Look = tuple[int, int, int]
"""An element of which a word stands between two places, as seen from the rarest word."""
Sight = tuple[int, int, frozenset[int]]
"""The same with the words' signs."""


class Way(NamedTuple):
    """How a phrase is followed from its rarest word: *before* are the steps before it, last one first, *behind* those behind it, *looks* come first."""

    phrase: int
    looks: tuple[Sight, ...]
    before: Steps
    behind: Steps


Found = tuple[int, int, frozenset[int], Way]
"""A look, and what to do then."""


class Members(dict[int, int]):
    """The bits of the elements of which each sign is a member, looked up at first use."""

    def __init__(self, members: Mapping[int, bytes]) -> None:
        """Take the elements of each sign."""
        super().__init__()
        self.members = members

    def __missing__(self, code: int) -> int:
        """Look up the bits of one sign."""
        self[code] = found = sum(1 << bit for bit in unpacked(self.members.get(code, b"")))
        return found


class Sieve(dict[int, int]):
    """The bits of the words that are needed beside the rarest words of phrases, by the signs of those."""

    def __init__(self, table: Mapping[str, Any], make: Callable[[int], Found]) -> None:
        """Take a *table*, and what gives the way of a number.

        It has `ways`, for each sign bits and numbers of ways, one after the other, and the bits of which each sign is one of the `members`.
        """
        super().__init__()
        self.leading: Mapping[int, bytes] = table["ways"]
        self.members = Members(table["members"])
        self.make = make
        self.ways: dict[int, Ways] = {}

    def __missing__(self, code: int) -> int:
        """Look up the bits of one sign, and its ways."""
        numbers: dict[int, list[int]] = {}
        each = iter(unpacked(self.leading[code]))
        for bit, number in zip(each, each, strict=True):
            numbers.setdefault(1 << bit, []).append(number)
        self.ways[code] = Ways(numbers, self.make)
        self[code] = found = sum(numbers)
        return found

    def passing(self, text: Sequence[int], begins: Sequence[int]) -> Iterator[tuple[int, Way]]:
        """The places in a *text*, whose sentences begin where *begins* tells, that lead to ways of which the first look is met there."""
        bits = [*map(self.members.__getitem__, text)]
        has = [0] * begins[0]
        for begin, end in itertools.pairwise(begins):
            has += [functools.reduce(operator.or_, bits[begin:end], 1 << ANYWAY)] * (end - begin)
        leads = [*map(self.leading.__contains__, text)]
        places, anchors = [*itertools.compress(range(len(text)), leads)], [*itertools.compress(text, leads)]
        found = [*map(operator.and_, map(self.__getitem__, anchors), itertools.compress(has, leads))]
        for at in itertools.compress(range(len(found)), found):
            bits, place, ways = found[at], places[at], self.ways[anchors[at]]
            for begin, end, words, way in ways.get(bits) or ways.of(bits):
                if not words.isdisjoint(text[place + begin : place + end]):
                    yield place, way


class Ways(dict[int, list[Found]]):
    """The ways that need the word of a bit, made at first use."""

    def __init__(self, numbers: Mapping[int, Sequence[int]], make: Callable[[int], Found]) -> None:
        """Take the *numbers* of ways, and what gives the way of a number."""
        super().__init__()
        self.numbers = numbers
        self.make = make

    def __missing__(self, bit: int) -> list[Found]:
        """Make those of one bit."""
        self[bit] = found = [self.make(number) for number in self.numbers[bit]]
        return found

    def of(self, bits: int) -> list[Found]:
        """Those of several *bits*."""
        found: list[Found] = []
        while bits:
            bit = bits & -bits
            bits ^= bit
            found += self[bit]
        return found


def packed(numbers: Iterable[int]) -> bytes:
    """Small numbers as bytes."""
    return array.array("H", numbers).tobytes()


def unpacked(written: bytes) -> list[int]:
    """The numbers of such bytes."""
    numbers = array.array("H")
    numbers.frombytes(written)
    return numbers.tolist()
