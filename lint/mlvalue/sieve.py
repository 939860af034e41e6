"""A sieve: which words of a text lead to phrases, as others that these need are in the same sentence."""

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
Led = tuple[int, list[Found]]
"""What a word leads to if another is in the same sentence: the bits of which that must have one as well, and ways with their first looks."""


class Sieve:
    """The bits of the words that are needed beside the rarest words of phrases, in lists by the codes of signs; each is read at first use."""

    def __init__(self, table: Mapping[str, Any], make: Callable[[int], Found]) -> None:
        """Take a *table*, and what gives the way of a number.

        It has `ways`, for each sign two bits and the number of each way, one after the other, and the bits of which each sign is one of the `members`.
        """
        self.table: Mapping[str, Mapping[int, bytes]] = table
        self.make = make
        self.members = [UNREAD] * HYPHENATED
        self.needed = [0] * HYPHENATED
        self.ways: dict[int, Ways] = {}

    def passing(self, text: Sequence[int], begins: Sequence[int]) -> Iterator[tuple[int, Way]]:
        """The places in a *text*, whose sentences begin where *begins* tells, that lead to ways of which the first look is met there."""
        lengths = [begins[0], *(end - begin for begin, end in itertools.pairwise(begins))]
        united = self._united(text, lengths)
        if UNREAD in united:
            for code in {*text}:
                self._read(code)
            united = self._united(text, lengths)
        has = [*itertools.chain.from_iterable(map(itertools.repeat, united, lengths))]
        found = [*map(operator.and_, map(self.needed.__getitem__, text), has)]
        for place in itertools.compress(range(len(found)), found):
            ways = self.ways[text[place]]
            bits = found[place]
            while bits:
                size = bits.bit_length()
                bits ^= 1 << size - 1
                others, looks = ways[size]
                if others & has[place]:
                    for begin, end, words, way in looks:
                        if not words.isdisjoint(text[place + begin : place + end]):
                            yield place, way

    def _united(self, text: Sequence[int], lengths: Sequence[int]) -> list[int]:
        """The bits of all words of each sentence, UNREAD where one has a sign that wasn't met yet."""
        members = map(self.members.__getitem__, text)
        return [functools.reduce(operator.or_, itertools.islice(members, length), 1 << ANYWAY) for length in lengths]

    def _read(self, code: int) -> None:
        """Look up the bits of one sign, and its ways."""
        if self.members[code] != UNREAD:
            return
        self.members[code] = sum(1 << bit for bit in unpacked(self.table["members"].get(code, b"")))
        numbers: dict[int, list[tuple[int, int]]] = {}
        each = iter(unpacked(self.table["ways"].get(code, b"")))
        for bit, other, number in zip(each, each, each, strict=True):
            numbers.setdefault(bit + 1, []).append((other, number))
        self.needed[code] = sum(1 << size - 1 for size in numbers)
        self.ways[code] = Ways(numbers, self.make)


class Ways(dict[int, Led]):
    """What one word leads to, by how long a number with the bit of another is; it is made at first use."""

    def __init__(self, numbers: Mapping[int, Sequence[tuple[int, int]]], make: Callable[[int], Found]) -> None:
        """Take the second bits and the *numbers* of ways, and what gives the way of a number."""
        super().__init__()
        self.numbers = numbers
        self.make = make

    def __missing__(self, size: int) -> Led:
        """Make those of one bit."""
        others = functools.reduce(operator.or_, (1 << other for other, _ in self.numbers[size]))
        self[size] = found = others, [self.make(number) for _, number in self.numbers[size]]
        return found


def packed(numbers: Iterable[int]) -> bytes:
    """Small numbers as bytes."""
    return array.array("H", numbers).tobytes()


def unpacked(written: bytes) -> list[int]:
    """The numbers of such bytes."""
    numbers = array.array("H")
    numbers.frombytes(written)
    return numbers.tolist()
