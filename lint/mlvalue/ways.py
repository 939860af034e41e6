"""What a sentence needs to hold a phrase: so that phrases can be looked up by their rarest words."""

from collections.abc import Iterable
from typing import NamedTuple

_COMMON = """
a an the of to in on for with and or is are was were be been will it its we our us i you your they their that this there at by as from not no all any every each
so than can has have had do does more most up out over who what which one , : . ; - way day year time about first same if but
"""
COMMON = frozenset(_COMMON.split())
"""Words too frequent to look a phrase up by."""


class Way(NamedTuple):
    """What a sentence needs to hold a phrase: a word of each set of *words* (`x*` is any that begins so) and a tag of each of *tags*.

    Of each set of *pairs*, which are two words one after the other, it needs one, too. *head* and *tail* are the words of
    which one is first and last, empty where it may be others.
    """

    words: tuple[frozenset[str], ...] = ()
    tags: tuple[str, ...] = ()
    pairs: tuple[frozenset[str], ...] = ()
    head: frozenset[str] = frozenset()
    tail: frozenset[str] = frozenset()


ANY = (Way(),)
MOST_PAIRS = 400
"""Larger sets of pairs aren't made."""
MOST_WAYS = 160
"""With more ways than these, the alternatives of a group are taken together."""


def one(words: frozenset[str]) -> Way:
    """The way of one word; what only begins so is no head and no tail."""
    ends = frozenset[str]() if any(word.endswith("*") for word in words) else words
    return Way((words,), head=ends, tail=ends)


def together(ways: Iterable[Way]) -> tuple[Way, ...]:
    """The ways of alternatives; those that need one word alone are one way."""
    single: set[str] = set()
    open_ended: set[str] = set()
    letters: set[str] = set()
    longer: list[Way] = []
    for way in ways:
        if not way.words and not way.tags:
            return ANY
        if len(way.words) == 1 and not way.tags:
            (single if way.head else open_ended).update(way.words[0])
        elif len(way.tags) == 1 and not way.words:
            letters.update(way.tags[0])
        else:
            longer.append(way)
    found = longer
    if single:
        found.append(one(frozenset(single)))
    if open_ended:
        found.append(Way((frozenset(open_ended),)))
    if letters:
        found.append(Way(tags=("".join(sorted(letters)),)))
    return tuple(found)


def both(first: tuple[Way, ...], second: tuple[Way, ...]) -> tuple[Way, ...]:
    """The ways of two parts one after the other."""
    while len(first) * len(second) > MOST_WAYS:
        if len(first) > len(second):
            first = _loosened(first)
        else:
            second = _loosened(second)
    return tuple(_joined(one, other) for one in first for other in second)


def _joined(one: Way, other: Way) -> Way:
    between: tuple[frozenset[str], ...] = ()
    if one.tail and other.head and len(one.tail) * len(other.head) <= MOST_PAIRS:
        between = (frozenset(f"{left} {right}" for left in one.tail for right in other.head),)
    head = one.head if one.words or one.tags else frozenset[str]()
    return Way(one.words + other.words, one.tags + other.tags, one.pairs + between + other.pairs, head, other.tail)


def _loosened(ways: tuple[Way, ...]) -> tuple[Way, ...]:
    """One way that each of some ways fulfils: of each its longest word."""
    if all(way.words for way in ways):
        return (Way((frozenset[str]().union(*(max(way.words, key=_rareness) for way in ways)),)),)
    return ANY


def _rareness(words: frozenset[str]) -> tuple[int, int]:
    """Long words are rare ones; a set is as rare as its shortest."""
    return min(0 if word in COMMON else len(word) for word in words), -len(words)
