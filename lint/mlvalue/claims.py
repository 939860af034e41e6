"""Sentences that promise more than is known: triggers, targets and excuses."""

import dataclasses
import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from mlvalue.diagnostic import Span
from mlvalue.drafts import Drafts, is_shortened
from mlvalue.index import Bits, Index
from mlvalue.lexicon import Classes, Excuse, Trigger
from mlvalue.sentences import Sentence, bounds, sentence
from mlvalue.settings import Words
from mlvalue.tables import tables

Place = tuple[int, int]
"""A half-open range of the words of a sentence."""
CONTEXTUAL = ("attribution", "negation", "conditional", "requirement", "evidence", "topic")
"""Excuses that hold as well where they stand above: in the line before a list, the head of a column or row."""
ADJACENT = 1
"""How many words may stand between a negation and a trigger that is negative itself, so that it is denied: `hardly a no-brainer`."""
BOUNDARY = re.compile(r" [.;:!?()]/")


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
    def draft(self) -> str:
        """What holds all words of `text` and is had for less; "" where there is nothing like that."""

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
        self.headings: Sequence[tuple[str, str]] = tables["headings"]
        self.excuses = [Excuse(name, scope, reach, ()) for name, scope, reach in tables["excuses"]]
        self.triggers = [
            Trigger(rule, severity, target, unbound, frozenset(names), (), kind) for rule, severity, target, unbound, names, kind in tables["triggers"]
        ]
        self.targets = [1 << bit if bit >= 0 else 0 for bit in tables["targets"]]
        self.phrases: Sequence[tuple[str, int]] = tables["phrases"]
        self.bound = re.compile(f"/[^ ]*{self.classes.letters['stake']}")
        self.patterns: dict[int, re.Pattern[str]] = {}
        self.bits = Bits(tables["by_word"], tables["by_letter"], tables["by_prefix"], self.classes.tag)
        self.index = Index(tables["trigger_anchors"])
        self.drafts = Drafts(self.bits, self.index)
        self.excusing = Index(tables["excuse_anchors"])

    def hits(self, passage: Readable) -> Iterator[Hit]:
        """The over-promises in one passage."""
        rough = passage.draft or passage.text
        whole = self.drafts.candidates(rough)
        if whole == []:
            return
        text = passage.text
        for begin, end in bounds(text):
            part = text[begin:end]
            candidates = whole if part == rough else self.drafts.candidates(part)
            if candidates == []:
                continue
            judged = sentence(part, begin, self.classes.piece)
            has = self.bits.has(judged.bare)
            if candidates is None or is_shortened(part.lower()):
                candidates = self.index.possible(self.index.met(judged.bare), has)
            possible = dict.fromkeys(number for needs, number in candidates if needs & has == needs)
            if possible:
                yield from _strongest(_Judge(self, judged, has, passage).hits(possible))

    def excused(self, judged: Sentence, has: int) -> list[list[Place]]:
        """Where each excuse stands in a sentence."""
        places: list[list[Place]] = [[] for _ in self.excuses]
        for number in dict.fromkeys(number for _, number in self.excusing.possible(self.excusing.met(judged.bare), has)):
            for match in self.found(number, judged.tagged):
                places[self.phrases[number][1]].append((judged.token(match.start() + 1), judged.token(match.end() - 1) + 1))
        return places

    def found(self, number: int, tagged: str) -> Iterable[re.Match[str]]:
        """Where a phrase stands in a sentence; its regular expression is compiled at first use."""
        pattern = self.patterns.get(number)
        if pattern is None:
            pattern = self.patterns[number] = re.compile(self.phrases[number][0])
        if pattern.pattern[0] != "^":
            return pattern.finditer(tagged)
        match = pattern.match(tagged)  # a search would try every other place, too
        return (match,) if match else ()


@functools.cache
def detector(own: Words = Words()) -> Detector:  # noqa: B008 (frozen)
    """The detector with what an organisation adds, made once.

    Raises:
        LexiconError: if a data file can't be used.
    """
    return Detector(tables(own))


class _Judge:
    """Weighs the triggers of one sentence against its excuses; each excuse is looked for once."""

    def __init__(self, detector: Detector, judged: Sentence, has: int, passage: Readable) -> None:
        self.detector = detector
        self.sentence = judged
        self.has = has
        self.passage = passage

    @functools.cached_property
    def places(self) -> list[list[Place]]:
        """Where each excuse stands."""
        return self.detector.excused(self.sentence, self.has)

    @functools.cached_property
    def is_bound(self) -> bool:
        """Say whether the sentence is about business or people, and not about a component alone."""
        return self.detector.bound.search(self.sentence.tagged) is not None

    def hits(self, phrases: Iterable[int]) -> Iterator[Hit]:
        """The triggers that nothing excuses."""
        sentence = self.sentence
        for number in phrases:
            owner = self.detector.phrases[number][1]
            trigger, target = self.detector.triggers[owner], self.detector.targets[owner]
            severity = trigger.severity if not target or self.has & target else trigger.unbound
            if not severity:
                continue
            for match in self.detector.found(number, sentence.tagged):
                begin, end = sentence.token(match.start() + 1), sentence.token(match.end() - 1) + 1
                while end - begin > 1 and sentence.written[end - 1] in ".!?,;:":
                    end -= 1
                if not self._is_excused(begin, end, trigger.excuses):
                    start, stop = sentence.spans[begin].start, sentence.spans[end - 1].end
                    words = sentence.text[start:stop]
                    yield Hit(trigger.rule, severity, sentence.start + start, sentence.start + stop, words, trigger.kind, sentence.text, self.is_bound)

    def _is_excused(self, begin: int, end: int, allowed: frozenset[str]) -> bool:
        if "question" in allowed and self.sentence.is_question:
            return True
        if "quoted" in allowed and self.sentence.is_quoted(begin):
            return True
        if "name" in allowed and _is_name(self.sentence, begin, end):
            return True
        if "evidence" in allowed and self.passage.links:
            return True
        return any(self._holds(number, excuse, begin, end, allowed) for number, excuse in enumerate(self.detector.excuses))

    def _holds(self, number: int, excuse: Excuse, begin: int, end: int, allowed: frozenset[str]) -> bool:
        reach = excuse.reach
        if excuse.name not in allowed:
            if excuse.name != "negation" or excuse.scope != "before":
                return False
            reach = ADJACENT
        if any(_reaches(self.sentence, excuse, reach, place, (begin, end)) for place in self.places[number]):
            return True
        return excuse.name in CONTEXTUAL and excuse.scope != "over" and number in _above(self.passage.context, self.detector)


@functools.lru_cache(maxsize=64)
def _above(context: str, detector: Detector) -> frozenset[int]:
    """The numbers of the excuses in what a passage stands below."""
    found: set[int] = set()
    for begin, end in bounds(context):
        judged = sentence(context[begin:end], begin, detector.classes.piece)
        found.update(number for number, places in enumerate(detector.excused(judged, detector.bits.has(judged.bare))) if places)
    return frozenset(found)


def _reaches(sentence: Sentence, excuse: Excuse, reach: int, place: Place, trigger: Place) -> bool:
    """Say whether an excuse at *place* speaks of the *trigger*, both ranges of words."""
    if excuse.scope == "sentence":
        return True
    if excuse.scope == "over":
        return place[0] < trigger[1] and trigger[0] < place[1]
    before = place[0] < trigger[0] and place[1] <= trigger[0] + 1
    if excuse.name == "negation" and before and " ,/" in sentence.tagged[sentence.places[place[0]] : sentence.places[trigger[0]]]:
        return False
    if excuse.scope in {"before", "near"} and before and trigger[0] - place[1] <= reach:
        return not _is_bounded(sentence, place[1], trigger[0])
    after = place[0] >= trigger[1] - 1 and place[1] > trigger[1] - 1
    if excuse.scope in {"after", "near"} and after and place[0] - trigger[1] <= reach:
        return not _is_bounded(sentence, trigger[1], place[0])
    return False


def _is_bounded(sentence: Sentence, begin: int, end: int) -> bool:
    """Say whether a clause ends between two words."""
    if begin >= end:
        return False
    between = sentence.tagged[sentence.places[begin] : sentence.places[end] if end < len(sentence.places) else None]
    return BOUNDARY.search(between) is not None or re.search(r" (?:but|however|whereas|yet)/", between) is not None


def _is_name(sentence: Sentence, begin: int, end: int) -> bool:
    """Say whether the words are a proper noun: capitals in a sentence that otherwise has few."""
    if not sentence.is_capital(begin) or sentence.is_title_case:
        return False
    if begin and end - begin > 1 and sentence.is_capital(end - 1) and sentence.text[sentence.spans[end - 1].start :][:3] not in DAYS:
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
