"""Sentences that promise more than is known: triggers, targets and excuses."""

import bisect
import dataclasses
import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from mlvalue.diagnostic import Span
from mlvalue.index import Index
from mlvalue.lexicon import Classes, Excuse, Trigger
from mlvalue.patterns import Patterns, Sets
from mlvalue.phrases import Steps
from mlvalue.sentences import Pieces, Sentence, Sentences
from mlvalue.settings import Words
from mlvalue.signs import CLAUSE, CONTRAST, Signs
from mlvalue.tables import tables

Place = tuple[int, int]
"""A half-open range of the words of a sentence."""
CONTEXTUAL = ("attribution", "negation", "conditional", "requirement", "evidence", "topic")
"""Excuses that hold as well where they stand above: in the line before a list, the head of a column or row."""
ADJACENT = 1
"""How many words may stand between a negation and a trigger that is negative itself, so that it is denied: `hardly a no-brainer`."""
LONGEST = 100
"""How many words an excuse may have at most."""
TRAILING = ".!?,;:"
"""What a trigger may end with and isn't quoted."""
DAYS = frozenset(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"])
"""How words begin that have a capital and are no names."""


@dataclasses.dataclass(frozen=True, slots=True)
class Hit:
    """A trigger in a sentence that nothing excuses: its words, with their half-open range in the passage's text.

    *is_bound* says whether the sentence is about business or people at all.
    """

    rule: str
    severity: str
    start: int
    end: int
    words: str
    kind: str
    sentence: str
    is_bound: bool


class Readable(Protocol):
    """What a detector needs to know of a passage: its text, what it stands below, and its links."""

    @property
    def text(self) -> str:
        """The text as a reader sees it."""

    @property
    def context(self) -> str:
        """The line with a colon before a list, the head of a column and row."""

    @property
    def links(self) -> tuple[Span, ...]:
        """Where links are."""


class Detector:
    """Finds over-promises with the phrases of one lexicon, given as *tables*."""

    def __init__(self, tables: Mapping[str, Any]) -> None:
        """Unpack the *tables* as far as every document needs it."""
        self.classes = Classes(tables["letters"], tables["known"], tables["endings"])
        self.headings: Mapping[str, str] = dict(tables["headings"])
        self.longest_heading = max((len(name.split()) for name in self.headings), default=0)
        self.excuses = [Excuse(name, scope, reach, ()) for name, scope, reach in tables["excuses"]]
        self.triggers = [
            Trigger(rule, severity, target, unbound, frozenset(names), (), kind) for rule, severity, target, unbound, names, kind in tables["triggers"]
        ]
        self.phrases: Sequence[tuple[Steps, int]] = tables["phrases"]
        self.signs = Signs(tables["order"], self.classes.tag)
        self.pieces = Pieces(self.signs)
        sets = Sets(tables["sets"])
        self.targets = [frozenset[int]().union(*(sets[f"<{letter}"] for letter in trigger.target)) for trigger in self.triggers]
        self.stake = sets[f"<{self.classes.letters['stake']}"]
        self.boundary = frozenset(self.signs.of((*CLAUSE, *CONTRAST)))
        self.trailing = frozenset(self.signs.of(TRAILING))
        self.patterns = Patterns(self.phrases, tables["sets"])
        plain = Sets(tables["sets"], plain=True)
        self.index = Index(tables["triggering"], plain)
        self.excusing = Index(tables["excusing"], plain)

    def hits(self, passages: Sequence[Readable]) -> list[list[Hit]]:
        """The over-promises in each of some *passages*."""
        sentences = Sentences([passage.text for passage in passages], self.pieces)
        possible = self.index.standing(sentences.signs, self.patterns)
        triggered = {number: places for number, phrases in possible.items() if (places := [*self._triggers(sentences.signs[number], phrases)])}
        excusing = self.excusing.standing([sentences.signs[number] for number in triggered], self.patterns)
        found: list[list[Hit]] = [[] for _ in passages]
        for at, (number, places) in enumerate(triggered.items()):
            passage, sentence = sentences.read(number)
            found[passage] += _strongest(_Judge(self, sentence, passages[passage], excusing.get(at, ())).hits(places))
        return found

    def _triggers(self, signs: str, numbers: Iterable[int]) -> Iterator[tuple[int, str, Place]]:
        """The triggers in a sentence which may have some phrases: their numbers, how severe they are, and their places."""
        for number in numbers:
            owner = self.phrases[number][1]
            trigger, target = self.triggers[owner], self.targets[owner]
            severity = trigger.severity if not target or not target.isdisjoint(map(ord, signs)) else trigger.unbound
            if severity:
                for match in self.patterns.found(number, signs):
                    yield owner, severity, match.span()

    def excused(self, signs: str, numbers: Iterable[int]) -> dict[int, list[Place]]:
        """Where excuses stand, by their numbers, in a sentence which may have some phrases."""
        places: dict[int, list[Place]] = {}
        for number in numbers:
            for match in self.patterns.found(number, signs):
                places.setdefault(self.phrases[number][1], []).append(match.span())
        return {number: sorted(each) for number, each in places.items()}


@functools.cache
def detector(own: Words = Words()) -> Detector:  # noqa: B008 (frozen)
    """The detector with what an organisation adds, made once.

    Raises:
        LexiconError: if a data file can't be used.
    """
    return Detector(tables(own))


class _Judge:
    """Weighs the triggers of one sentence against its excuses; each excuse is looked for once."""

    def __init__(self, detector: Detector, judged: Sentence, passage: Readable, excusing: Iterable[int]) -> None:
        self.detector = detector
        self.sentence = judged
        self.passage = passage
        self.excusing = excusing

    @functools.cached_property
    def places(self) -> dict[int, list[Place]]:
        """Where excuses stand."""
        return self.detector.excused(self.sentence.signs, self.excusing)

    @functools.cached_property
    def is_bound(self) -> bool:
        """Say whether the sentence is about business or people, and not about a component alone."""
        return not self.detector.stake.isdisjoint(map(ord, self.sentence.signs))

    @functools.cached_property
    def has_link(self) -> bool:
        """Say whether a part of the sentence is a link, which may be a source."""
        begin, end = self.sentence.start, self.sentence.start + len(self.sentence.text)
        return any(link.start < end and begin < link.end for link in self.passage.links)

    def hits(self, triggers: Iterable[tuple[int, str, Place]]) -> Iterator[Hit]:
        """Those of some *triggers* that nothing excuses."""
        sentence = self.sentence
        for number, severity, (begin, last) in triggers:
            trigger, end = self.detector.triggers[number], last
            while end - begin > 1 and sentence.signs[end - 1] in self.detector.trailing:
                end -= 1
            if not self._is_excused(begin, end, trigger.excuses):
                start, stop = sentence.spans[begin][0], sentence.spans[end - 1][1]
                words = sentence.text[start:stop]
                yield Hit(trigger.rule, severity, sentence.start + start, sentence.start + stop, words, trigger.kind, sentence.text, self.is_bound)

    def _is_excused(self, begin: int, end: int, allowed: frozenset[str]) -> bool:
        if "question" in allowed and self.sentence.is_question:
            return True
        if "evidence" in allowed and self.has_link:
            return True
        if any(self._holds(number, places, (begin, end), allowed) for number, places in self.places.items()):
            return True
        if any(self._holds_above(number, allowed) for number in _above(self.passage.context, self.detector)):
            return True
        if "quoted" in allowed and self.sentence.is_quoted(begin):
            return True
        return "name" in allowed and _is_name(self.sentence, begin, end)

    def _holds(self, number: int, places: Sequence[Place], trigger: Place, allowed: frozenset[str]) -> bool:
        excuse = self.detector.excuses[number]
        reach = excuse.reach
        if excuse.name not in allowed:
            if excuse.name != "negation" or excuse.scope != "before":
                return False
            reach = ADJACENT
        if excuse.scope != "sentence":  # the places are in order, and one far away can't reach
            begin = bisect.bisect_left(places, (trigger[0] - reach - LONGEST, 0))
            places = places[begin : bisect.bisect_left(places, (trigger[1] + reach + 1, 0), begin)]
        return any(_reaches(self.sentence, excuse, reach, place, trigger, self.detector) for place in places)

    def _holds_above(self, number: int, allowed: frozenset[str]) -> bool:
        excuse = self.detector.excuses[number]
        return excuse.name in CONTEXTUAL and excuse.scope != "over" and (excuse.name in allowed or (excuse.name == "negation" and excuse.scope == "before"))


@functools.lru_cache(maxsize=256)
def _above(context: str, detector: Detector) -> frozenset[int]:
    """The numbers of the excuses in what a passage stands below."""
    signs = Sentences([context], detector.pieces).signs
    found: set[int] = set()
    for place, numbers in detector.excusing.standing(signs, detector.patterns).items():
        found.update(detector.excused(signs[place], numbers))
    return frozenset(found)


def _reaches(sentence: Sentence, excuse: Excuse, reach: int, place: Place, trigger: Place, detector: Detector) -> bool:
    """Say whether an excuse at *place* speaks of the *trigger*, both ranges of words."""
    if excuse.scope == "sentence":
        return True
    if excuse.scope == "over":
        return place[0] < trigger[1] and trigger[0] < place[1]
    before = place[0] < trigger[0] and place[1] <= trigger[0] + 1
    if excuse.name == "negation" and before and detector.signs[","] in sentence.signs[place[0] : trigger[0]]:
        return False
    if excuse.scope in {"before", "near"} and before and trigger[0] - place[1] <= reach:
        return detector.boundary.isdisjoint(sentence.signs[place[1] : trigger[0]])
    after = place[0] >= trigger[1] - 1 and place[1] > trigger[1] - 1
    if excuse.scope in {"after", "near"} and after and place[0] - trigger[1] <= reach:
        return detector.boundary.isdisjoint(sentence.signs[trigger[1] : place[0]])
    return False


def _is_name(sentence: Sentence, begin: int, end: int) -> bool:
    """Say whether the words are a proper noun: capitals in a sentence that otherwise has few."""
    if not sentence.is_capital(begin) or sentence.is_title_case:
        return False
    if begin and end - begin > 1 and sentence.is_capital(end - 1) and sentence.text[sentence.spans[end - 1][0] :][:3] not in DAYS:
        return True
    follows = begin + 1 < len(sentence.spans) and sentence.is_capital(begin + 1)
    return follows or (begin > 0 and end - begin == 1)


def _strongest(found: Iterable[Hit]) -> list[Hit]:
    """Of hits that overlap keep one: the graver, then the longer. Figures to compare with the front matter are another matter."""
    order = {"error": 0, "value": 0, "warning": 1}
    kept: list[Hit] = []
    for hit in sorted(found, key=lambda hit: (order[hit.severity], hit.start - hit.end, hit.start, hit.rule)):
        if not any(hit.start < other.end and other.start < hit.end and (hit.kind == other.kind) for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.start)
