"""Which phrases a text can hold, told before any regular expression is made.

A text is cut into stretches that end where sentences end, or nearly so. A word that is the rarest of a phrase leads to it; bits tell whether
the other words that the phrase needs are in the same stretch, and if so it is followed word by word. What is found is a superset: what may
not follow is left out.
"""

import array
import functools
import marshal
import operator
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from mlvalue.phrases import Steps
from mlvalue.signs import BETWEEN, HYPHENATED, Name

HYPHEN = re.compile(f"[{chr(HYPHENATED)}-{chr(2 * HYPHENATED)}]")
LIMIT = ord(BETWEEN)
Look = tuple[int, int]
"""A word of which element is how near, at most; (0, 0) where nothing is known."""
Way = tuple[int, Look, Look, Steps, Steps]
"""How a phrase is followed: its number, what to look for before and behind its rarest word, and the steps before it, last one first, and behind."""
Ways = list[tuple[int, Way]]
"""Ways to phrases, with the bits that each needs."""


class Members(dict[int, int]):
    """The bits of the elements of which each sign is a member, looked up at first use."""

    def __init__(self, members: Mapping[int, bytes]) -> None:
        """Take the elements of each sign."""
        super().__init__()
        self.members = members

    def __missing__(self, code: int) -> int:
        """Look up the bits of one sign."""
        self[code] = found = bits(unpacked(self.members.get(code, b"")))
        return found


class Index:
    """Phrases by the signs of their rarest words."""

    def __init__(self, table: Mapping[str, Any], sets: Mapping[Name, frozenset[int]]) -> None:
        """Take a *table* and the *sets* of signs that steps name.

        The table has the `ways`, packed until they are met; the numbers of those to which each sign leads, `wide` for those with up to `most` stops
        between their words; the `members` of what ways need; what a `stretch` is; and the `first` sign of a word.
        """
        self.table = table
        self.sets = sets
        self.members = Members(table["members"])
        self.stretch = re.compile(table["stretch"])
        self.most: int = table["most"]
        self.leading = table["anchors"].keys()
        self.read: dict[int, Ways] = {}
        self.made: dict[int, tuple[int, Way]] = {}
        self.wide = {code: [self._make(number) for number in unpacked(numbers)] for code, numbers in table["wide"].items()}

    def passages(self, passages: Sequence[str]) -> dict[int, list[int]]:
        """The numbers of the phrases that may stand in each of some *passages*, which are given by their signs; those with none are left out."""
        signs = BETWEEN.join(passages)
        found: dict[int, set[int]] = {}
        for place, number in self._standing(signs):
            found.setdefault(signs.count(BETWEEN, 0, place), set()).add(number)
        return {passage: sorted(numbers) for passage, numbers in sorted(found.items())}

    def _standing(self, signs: str) -> Iterator[tuple[int, int]]:
        """The places of the rarest words of phrases that may stand in a text, and the phrases' numbers."""
        search = Search(signs, self.sets, self.table["first"])
        stretches = [match.span() for match in self.stretch.finditer(signs)]
        plain = [code - HYPHENATED if code >= HYPHENATED else code for code in search.codes] if HYPHEN.search(signs) else search.codes
        words = [set(plain[begin:end]) for begin, end in stretches]
        near = [functools.reduce(operator.or_, map(self.members.__getitem__, each)) for each in words]
        leading, read, wide = self.leading, self.read, self.wide
        for at, (begin, end) in enumerate(stretches):
            has = near[at]
            possible = [(code, way) for code in words[at] & leading for needs, way in read.get(code) or self._read(code) if needs & has == needs]
            spread = words[at] & wide.keys()
            if spread:
                has = functools.reduce(operator.or_, near[max(at - self.most, 0) : at + self.most + 1])
                possible += [(code, way) for code in spread for needs, way in wide[code] if needs & has == needs]
            for code, way in possible:
                for place in [place for place in range(begin, end) if plain[place] == code]:
                    if search.stands(way, place):
                        yield place, way[0]

    def _read(self, code: int) -> Ways:
        """The ways to which a sign leads."""
        self.read[code] = found = [self.made.get(number) or self._make(number) for number in unpacked(self.table["anchors"].get(code, b""))]
        return found

    def _make(self, number: int) -> tuple[int, Way]:
        needs, way = marshal.loads(self.table["ways"][number])  # noqa: S302 (our own table, plain data)
        self.made[number] = found = bits(needs), way
        return found


class Search:
    """Follows steps from word to word of a text."""

    def __init__(self, signs: str, sets: Mapping[Name, frozenset[int]], first: int) -> None:
        """Take the *signs* of a text, the *sets* that steps name, and the *first* sign of a word."""
        self.codes = [*map(ord, signs), LIMIT]
        self.sets = sets
        self.first = first

    def stands(self, way: Way, place: int) -> bool:
        """Say whether a phrase may stand around the *place* of its rarest word."""
        _, (least, first), (most, second), before, behind = way
        codes, sets = self.codes, self.sets
        if second and sets[second].isdisjoint(codes[place + 1 : place + 1 + most]):
            return False
        if first and sets[first].isdisjoint(codes[max(place - least, 0) : place]):
            return False
        return bool(self.follow(behind, [place + 1], 1) and self.follow(before, [place], -1))

    def follow(self, steps: Steps, here: list[int], way: int) -> list[int]:
        """The places to which some *steps* lead from *here*, on to the right where *way* is 1, or the last one first to the left where it is -1."""
        codes, sets, at = self.codes, self.sets, min(way, 0)
        for step in steps:
            if step.__class__ is int:
                if step >= 0:
                    words = sets[step]
                    here = [place + way for place in here if codes[place + at] in words]
                else:
                    words = sets[~step]
                    here = here + [place + way for place in here if codes[place + at] in words]
            else:
                here = self._step(step, here, way, at)
            if not here:
                break
        return here

    def _step(self, step: Steps, here: list[int], way: int, at: int) -> list[int]:
        """The places to which a *step* leads that is more than a word."""
        codes, kind = self.codes, step[0]
        if kind == "*":
            return self._words(step, here, way, at)
        if kind in "|?":
            return self._branch(step, here, way, at)
        if kind == ".":
            outside, more = self.sets["outside"], here
            for _ in range(step[1]):
                more = [place + way for place in more if codes[place + at] not in outside]
                here = here + more
        elif kind == "^":
            return [place for place in here if self._begins(place)]
        elif kind == "$":
            return [place for place in here if codes[place] == LIMIT or codes[place] in self.sets["aside"]]
        return here

    def _words(self, step: Steps, here: list[int], way: int, at: int) -> list[int]:
        """The places behind any words, as few or as many as the *step* says."""
        codes, first, (_, least, most) = self.codes, self.first, step
        found = [] if least else here
        for count in range(1, most + 1):
            here = [place + way for place in here if codes[place + at] >= first]
            if count >= least:
                found = found + here
        return found

    def _branch(self, step: Steps, here: list[int], way: int, at: int) -> list[int]:
        """The places to which the options of a *step* lead."""
        codes, sets = self.codes, self.sets
        found = here if step[0] == "?" else []
        for option in step[1:]:
            first = option[0]  # most options end here, and a call for each would take most of the time
            if first.__class__ is int and first >= 0:
                words = sets[first]
                there = [place + way for place in here if codes[place + at] in words]
                if there and len(option) > 1:
                    there = self.follow(option[1:], there, way)
            else:
                there = self.follow(option, here, way)
            if there:
                found = found + there
        return list(dict.fromkeys(found)) if len(found) > 1 else found

    def _begins(self, place: int) -> bool:
        """Say whether a sentence may begin at a *place*, or before signs that stand aside there."""
        codes, aside, ending = self.codes, self.sets["aside"], self.sets["ending"]
        while codes[place - 1] != LIMIT and codes[place - 1] not in ending:
            if codes[place - 1] not in aside:
                return False
            place -= 1
        return True


def bits(numbers: Iterable[int]) -> int:
    """A number with some bits."""
    return functools.reduce(operator.or_, (1 << number for number in numbers), 0)


def packed(numbers: Iterable[int]) -> bytes:
    """Small numbers as bytes."""
    return array.array("H", numbers).tobytes()


def unpacked(written: bytes) -> Sequence[int]:
    """The numbers of such bytes."""
    numbers = array.array("H")
    numbers.frombytes(written)
    return numbers
