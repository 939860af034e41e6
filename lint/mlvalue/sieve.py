"""Sieves: the signs of words that lead to phrases, if another word that these need is there, too."""

import array
import itertools
import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from mlvalue.phrases import Steps

SIEVES = ("ahead", "back", "near")
"""Where the word that a phrase needs is: next, before, or anywhere in the sentence."""
ANYWAY = 0
"""The bit of phrases that need no other word, in the last of these."""
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
        self.table: Mapping[int, bytes] = table["ways"]
        self.members = Members(table["members"])
        self.make = make
        self.ways: dict[int, Ways] = {}

    def __missing__(self, code: int) -> int:
        """Look up the bits of one sign, and its ways."""
        numbers: dict[int, list[int]] = {}
        each = iter(unpacked(self.table.get(code, b"")))
        for bit, number in zip(each, each, strict=True):
            numbers.setdefault(1 << bit, []).append(number)
        self.ways[code] = Ways(numbers, self.make)
        self[code] = found = sum(numbers)
        return found

    def passing(self, text: Sequence[int], places: Sequence[int], anchors: Sequence[int], has: Iterable[int]) -> Iterator[tuple[int, Way]]:
        """The *places* in a *text* that lead to ways whose first look is met there, by their rarest words' *anchors* and the bits that each place *has*."""
        found = [*map(operator.and_, map(self.__getitem__, anchors), has)]
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
