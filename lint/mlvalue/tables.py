"""A lexicon made ready for a search, as plain tables: made once for each state of the data files, then kept in the user's cache."""

import collections
import contextlib
import hashlib
import marshal
import math
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import mlvalue
from mlvalue import cache
from mlvalue.lexicon import FOLDER, Excuse, Lexicon, LexiconError, Trigger, lexicon
from mlvalue.patterns import charset
from mlvalue.phrases import Step, Steps
from mlvalue.settings import Words
from mlvalue.sieve import ANYWAY, Look, packed
from mlvalue.signs import Alphabet

FORMAT = 76
PLAINLY = 2
"""The version of marshal that writes what is alike each time anew, so that the bytes tell nothing of how it came into memory."""
FREQUENT = 30_000
"""The greatest weight of an element that tells anything by being in the same sentence."""
NEEDED = 2
"""How many elements of a phrase are asked for in the same sentence."""
SHARED = 300
"""The greatest weight of all elements that share a bit: words so rare that it hardly matters which of them is met."""
LOOKS = 4
"""How many words of a phrase are looked for before it is followed."""
COMMONEST = 60_000
"""How often the commonest word stands in a million."""
RARE = 10
"""The same of a word that isn't in the list of common ones."""
KINDS = {"#number": 25_000, "#percent": 8_000, "#money": 6_000, "#time": 8_000, "#date": 6_000, "#multiple": 2_000}
"""The same of kinds of numbers."""


def tables(own: Words) -> dict[str, Any]:
    """The tables of our data files and an organisation's *own*, from the cache where they are there.

    Raises:
        LexiconError: if a data file can't be used.
    """
    files = [*sorted(FOLDER.glob("*.toml")), *own.rules, *own.files]
    state = [mlvalue.__version__, FORMAT, sys.version_info[:2], sys.byteorder, own.allowed, own.technical, own.forbidden, own.sections]
    digest = hashlib.sha256(repr(state).encode())
    for file in files:
        digest.update(repr(file.name).encode() + (file.read_bytes() if file.is_file() else b""))
    kept = cache.folder() / f"wording-{digest.hexdigest()[:24]}.tables"
    try:
        found = marshal.loads(kept.read_bytes())  # noqa: S302 (our own file, plain data)
    except (OSError, ValueError, EOFError, TypeError):
        found = None
    if isinstance(found, dict):
        return found
    made = _made(lexicon(own))
    with contextlib.suppress(OSError):  # where nothing can be kept the next run makes it again
        cache.keep(kept, marshal.dumps(made, PLAINLY))
    return made


def _made(source: Lexicon) -> dict[str, Any]:
    classes, elements = source.classes, source.grammar.elements
    try:
        alphabet = Alphabet(elements, classes.known, [letter for _, letter, _ in classes.endings], classes.tag)
    except ValueError as error:
        raise LexiconError(f"the wording rules have too many words: {error}") from error
    maker = _Maker(source, alphabet)
    triggering, excusing = maker.index(source.triggers), maker.index(source.excuses)
    sets = {number: alphabet.of(elements[element]) for element, number in maker.numbers.items()} | alphabet.sets()
    sets |= {f"<{letter}": alphabet.of(frozenset([f"<{letter}"])) for letter in classes.letters.values()}
    return {
        "letters": classes.letters,
        "known": dict(sorted(classes.known.items())),
        "endings": [(endings, letter, tuple(sorted(others))) for endings, letter, others in classes.endings],
        "headings": source.headings,
        "excuses": [(excuse.name, excuse.scope, excuse.reach) for excuse in source.excuses],
        "triggers": [(each.rule, each.severity, each.target, each.unbound, tuple(sorted(each.excuses)), each.kind) for each in source.triggers],
        "phrases": maker.phrases,
        "order": alphabet.order,
        "sets": {name: charset(codes) for name, codes in sets.items()},
        "triggering": triggering,
        "excusing": excusing,
    }


class _Way(NamedTuple):
    """A way to the phrase of a *number*: its *steps*, the place *at* which the rarest is, and the next rarest elements, as far as these tell anything."""

    number: int
    steps: Steps
    at: int
    needed: tuple[int, ...]


class _Maker:
    """Numbers the phrases and their elements, and notes the ways to each phrase below their rarest elements."""

    def __init__(self, source: Lexicon, alphabet: Alphabet) -> None:
        self.elements = source.grammar.elements
        self.alphabet = alphabet
        weights = {word: COMMONEST / (rank + 1) for rank, word in enumerate(source.common)} | KINDS
        self.weights = {code: weights.get(name, RARE) for name, code in alphabet.codes.items()}
        self.phrases: list[tuple[Steps, int]] = []
        self.numbers: dict[int, int] = {}
        self.known: dict[int, float] = {}
        self.unions: dict[tuple[int, ...], int] = {}

    def index(self, owners: Iterable[Trigger | Excuse]) -> dict[str, Any]:
        """The ways to the phrases of triggers or excuses, by the signs of their rarest words, and the sets of words that they need."""
        found: list[_Way] = []
        for owner, each in enumerate(owners):
            for phrase in each.phrases:
                found += (_Way(len(self.phrases), steps, at, self._needed(steps, at)) for steps, at in self._ways(phrase))
                self.phrases.append((self._renumbered(phrase), owner))
        followed = [self._followed(way) for way in found]
        return {
            "sieve": self._sieve(found),
            "ways": [marshal.dumps(way, PLAINLY) for way in followed],
            "reach": max((-begin for _, looks, _, _ in followed for begin, _, _ in looks), default=0) + 1,
            "first": self.alphabet.first,
        }

    def _sieve(self, found: Iterable[_Way]) -> dict[str, dict[int, bytes]]:
        """What tells whether ways are worth a look: the bits of each sign, and for the signs of rarest words bits and ways."""
        bits = self._bits(found)
        members: dict[int, set[int]] = {}
        for element, bit in bits.items():
            for code in self.alphabet.plain(self.elements[element]):
                members.setdefault(code, set()).add(bit)
        ways: dict[int, list[int]] = {}
        for number, way in enumerate(found):
            needed = [bits[element] for element in way.needed] + [ANYWAY] * (NEEDED - len(way.needed))
            for code in self.alphabet.plain(self.elements[way.steps[way.at]]):
                ways.setdefault(code, []).extend((*needed, number))
        return {
            "ways": {code: packed(numbers) for code, numbers in sorted(ways.items())},
            "members": {code: packed(sorted(each)) for code, each in sorted(members.items())},
        }

    def _bits(self, found: Iterable[_Way]) -> dict[int, int]:
        """The bits of the elements that ways need; those asked for most often come first, so that most numbers are short."""
        uses: collections.Counter[int] = collections.Counter()
        for way in found:
            for element in way.needed:
                uses[element] += round(self._weight(way.steps[way.at])) + 1
        groups: list[list[int]] = []
        room = 0.0
        for element in sorted(uses, key=lambda element: (-self._weight(element), element)):
            room -= self._weight(element)
            if room < 0:
                groups.append([])
                room = SHARED - self._weight(element)
            groups[-1].append(element)
        groups.sort(key=lambda group: (-sum(uses[element] for element in group), group))
        return {element: bit for bit, group in enumerate(groups, ANYWAY + 1) for element in group}

    def _followed(self, way: _Way) -> tuple[int, tuple[Look, ...], Steps, Steps]:
        """What a search has of a *way*."""
        before, behind = _reversed(way.steps[: way.at]), way.steps[way.at + 1 :]
        looks = [(begin, end, step) for begin, end, step in self._looks(behind)] + [(1 - end, 1 - begin, step) for begin, end, step in self._looks(before)]
        looks.sort(key=lambda look: ((look[1] - look[0]) * self._rarity(look[2]), look[:2]))
        kept = tuple((begin, end, self._number(self._union(step))) for begin, end, step in looks[:LOOKS] or [(0, 1, way.steps[way.at])])
        return way.number, kept, self._renumbered(before), self._renumbered(behind)

    def _looks(self, steps: Steps) -> Iterator[tuple[int, int, Step]]:
        """Between which places behind a word some *steps* need words."""
        least, most = 1, 1
        for step in steps:
            if self._rarity(step) < math.inf:
                yield least, most + _longest(step), step
            least += _shortest(step)
            most += _longest(step)

    def _ways(self, steps: Steps) -> Iterator[tuple[Steps, int]]:
        """Steps that are each an alternative of some *steps*, and the place of the rarest element that they need: of a rarer group each option is a way."""
        _, at = min((self._rarity(step), at) for at, step in enumerate(steps))
        if isinstance(steps[at], int):
            yield steps, at
        else:
            for option in steps[at][1:]:
                for inner, place in self._ways(option):
                    yield steps[:at] + inner + steps[at + 1 :], at + place

    def _rarity(self, step: Step) -> float:
        """How often the rarest element of a *step* is met, infinite where none is needed."""
        if isinstance(step, int):
            return self._weight(step) if step >= 0 else math.inf
        return math.fsum(min(map(self._rarity, option)) for option in step[1:]) if step[0] == "|" else math.inf

    def _needed(self, steps: Steps, at: int) -> tuple[int, ...]:
        """The rarest elements of which some *steps* need words, but for that *at* a place and others that its words are of as well."""
        own = self.alphabet.plain(self.elements[steps[at]])
        others = sorted((rarity, place) for place, step in enumerate(steps) if place != at and (rarity := self._rarity(step)) < FREQUENT)
        needed = dict.fromkeys(self._union(steps[place]) for _, place in others)
        return tuple(element for element in needed if own.isdisjoint(self.alphabet.plain(self.elements[element])))[:NEEDED]

    def _union(self, step: Step) -> int:
        """An element of which a *step* needs a word."""
        if isinstance(step, int):
            return step
        elements = tuple(self._union(min(option, key=self._rarity)) for option in step[1:])
        if elements not in self.unions:
            self.elements.append(frozenset[str]().union(*(self.elements[element] for element in elements)))
            self.unions[elements] = len(self.elements) - 1
        return self.unions[elements]

    def _number(self, element: int) -> int:
        """The number of an *element* in the tables, which hold none that isn't used."""
        return self.numbers.setdefault(element, len(self.numbers) + 1)

    def _renumbered(self, steps: Sequence[Any]) -> Steps:
        """The same *steps* with the elements' numbers in the tables."""
        found: list[Any] = []
        for step in steps:
            if isinstance(step, int):
                found.append(self._number(step) if step >= 0 else ~self._number(~step))
            else:
                found.append((step[0], *map(self._renumbered, step[1:])) if step[0] in "|?!" else step)
        return tuple(found)

    def _weight(self, element: int) -> float:
        if element not in self.known:
            self.known[element] = math.fsum(self.weights[code] for code in sorted(self.alphabet.plain(self.elements[element])))
        return self.known[element]


def _longest(step: Step) -> int:
    """How many words a *step* has at most."""
    if isinstance(step, int):
        return 1
    if step[0] in "|?":
        return max(sum(map(_longest, option)) for option in step[1:])
    return step[-1] if step[0] in "*." else 0


def _shortest(step: Step) -> int:
    """How many words a *step* has at least."""
    if isinstance(step, int):
        return int(step >= 0)
    if step[0] == "|":
        return min(sum(map(_shortest, option)) for option in step[1:])
    return step[1] if step[0] == "*" else 0


def _reversed(steps: Steps) -> Steps:
    """The same *steps*, last one first."""
    return tuple((step[0], *map(_reversed, step[1:])) if isinstance(step, tuple) and step[0] in "|?" else step for step in reversed(steps))
