"""Which phrases a sentence can hold, told before any regular expression is made.

The rarest word of a phrase leads to it, if the next rarest that it needs is in the same sentence. Then a look tells whether others may be near enough,
and if so it is followed word by word. What is found is a superset: what may not follow is left out.
"""

import bisect
import itertools
import marshal
import re
from collections.abc import Container, Mapping, Sequence
from typing import Any

from mlvalue.phrases import Steps
from mlvalue.sieve import Found, Sieve, Way, unpacked
from mlvalue.signs import BETWEEN, HYPHENATED, Name

HYPHEN = re.compile(f"[{chr(HYPHENATED)}-{chr(2 * HYPHENATED)}]")
LIMIT = ord(BETWEEN)


class Index:
    """Phrases by the signs of their rarest words."""

    def __init__(self, table: Mapping[str, Any], sets: Mapping[Name, frozenset[int]]) -> None:
        """Take a *table* and the *sets* of signs that steps name.

        The table has the `ways`, packed until they are met; what the `sieve` takes; how far before a rarest word a look may `reach`; and the `first`
        sign of a word.
        """
        self.table = table
        self.sets = sets
        self.sieve = Sieve(table["sieve"], self._make)

    def standing(self, sentences: Sequence[str], known: Container[int] = ()) -> dict[int, list[int]]:
        """The numbers of the phrases that may stand in each of some *sentences*, which are given by their signs; those with none are left out.

        Phrases that are *known* to be told quickly are taken with less of a look.
        """
        reach = self.table["reach"]
        signs = BETWEEN.join([BETWEEN * (reach - 1), *sentences, ""])
        text = codes(HYPHEN.sub(lambda found: chr(ord(found[0]) - HYPHENATED), signs))
        begins = [*itertools.accumulate((len(sentence) + 1 for sentence in sentences), initial=reach)]
        search = Search(text, signs, self.sets, self.table["first"], known)
        found: dict[int, set[int]] = {}
        for place, way in self.sieve.passing(text, begins):
            if search.stands(way, place):
                found.setdefault(bisect.bisect(begins, place) - 1, set()).add(way[0])
        return {sentence: sorted(phrases) for sentence, phrases in sorted(found.items())}

    def _make(self, number: int) -> Found:
        """The way of some *number*, behind its first look."""
        phrase, looks, before, behind = marshal.loads(self.table["ways"][number])  # noqa: S302 (our own table, plain data)
        first, *more = ((begin, end, self.sets[element]) for begin, end, element in looks)
        return *first, (phrase, tuple(more), before, behind)


class Search:
    """Follows steps from word to word of a text."""

    def __init__(self, codes: Sequence[int], signs: str, sets: Mapping[Name, frozenset[int]], first: int, known: Container[int]) -> None:
        """Take a text's *signs*, their *codes* as if no word stood behind a hyphen, the *sets* for those, and the *first* sign of a word."""
        self.codes = codes
        self.signs = signs
        self.sets = sets
        self.first = first
        self.known = known

    def stands(self, way: Way, place: int) -> bool:
        """Say whether a phrase may stand around the *place* of its rarest word."""
        phrase, looks, before, behind = way
        for begin, end, words in looks:
            if words.isdisjoint(self.codes[place + begin : place + end]):
                return False
        if phrase in self.known:
            return True
        if len(before) < len(behind):  # what is soon done comes first
            return bool(self.follow(before, [place], -1) and self.follow(behind, [place + 1], 1))
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
            return [place for place in here if codes[place] == LIMIT or ord(self.signs[place]) in self.sets["aside"]]
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
        met = [codes[place + at] for place in here]
        for option in step[1:]:
            first = option[0]
            if first.__class__ is int and first >= 0 and sets[first].isdisjoint(met):
                continue  # most options end here, and a call for each would take most of the time
            there = self.follow(option, here, way)
            if there:
                found = found + there
        return list(dict.fromkeys(found)) if len(found) > 1 else found

    def _begins(self, place: int) -> bool:
        """Say whether a sentence may begin at a *place*, or before signs that stand aside there."""
        aside, ending = self.sets["aside"], self.sets["ending"]
        while (code := ord(self.signs[place - 1])) != LIMIT and code not in ending:
            if code not in aside:
                return False
            place -= 1
        return True


def codes(signs: str) -> list[int]:
    """The code of each sign."""
    return unpacked(signs.encode("utf-16")[2:])  # behind the mark of this machine's order of bytes
