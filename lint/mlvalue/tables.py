"""A lexicon made ready for a search, as plain tables: made once for each state of the data files, then kept in the user's cache."""

import collections
import contextlib
import hashlib
import marshal
import math
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import mlvalue
from mlvalue import cache
from mlvalue.index import packed
from mlvalue.lexicon import FOLDER, Lexicon, lexicon
from mlvalue.phrases import Phrase
from mlvalue.settings import Words
from mlvalue.ways import Way

COMMONEST = 100_000
"""How much rarer a word that isn't in the list of common ones is than the commonest."""
NUMBER_WEIGHT = 5000
"""The same for a kind of number."""
PAIR = 0.05
"""How much rarer two words one after the other are than the rarer of both."""
MOST_SETS = 6
"""How many sets of words of a way are looked at before the phrase itself."""
FORMAT = 5
LOOSE = "#-\u2011\u2013[]()\N{OBJECT REPLACEMENT CHARACTER}"
"""What begins a word that has other neighbours while numbers and markup aren't read: a number, a sign, a hole."""
STAR = "*"
"""What a phrase may hold as it is: no word of a text has it."""
NOWHERE = frozenset(("",))
"""The anchor of what has none."""


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
        cache.keep(kept, marshal.dumps(made))
    return made


def _made(source: Lexicon) -> dict[str, Any]:
    maker = _Maker(source)
    for number, trigger in enumerate(source.triggers):
        maker.take(trigger.phrases, number, "" if trigger.unbound else trigger.target, maker.triggers)
    for number, excuse in enumerate(source.excuses):
        maker.take(excuse.phrases, number, "", maker.excuses)
    targets: list[Key] = [_letters(trigger.target) for trigger in source.triggers]
    maker.uses.update(target for target in targets if target)
    by_frequency = sorted(maker.uses, key=lambda key: (-maker.key_weight(key), isinstance(key, str), sorted(key)))
    numbers = {key: number for number, key in enumerate(by_frequency)}
    return {
        "letters": source.classes.letters,
        "known": dict(sorted(source.classes.known.items())),
        "endings": [(endings, letter, tuple(sorted(others))) for endings, letter, others in source.classes.endings],
        "headings": source.headings,
        "excuses": [(excuse.name, excuse.scope, excuse.reach) for excuse in source.excuses],
        "triggers": [(each.rule, each.severity, each.target, each.unbound, tuple(sorted(each.excuses)), each.kind) for each in source.triggers],
        "targets": [numbers.get(target, -1) for target in targets],
        "phrases": maker.phrases,
        "trigger_anchors": _anchors(maker.triggers, numbers),
        "excuse_anchors": _anchors(maker.excuses, numbers),
        **_bits(numbers),
    }


Key = frozenset[str] | str
"""Words, or letters of classes, of which a phrase needs one."""
Anchors = dict[str, list[tuple[int, tuple[Key, ...]]]]
"""Numbers of phrases by the word or pair that leads to them, with what else they need, the rarest first."""


def _anchors(anchors: Anchors, numbers: Mapping[Key, int]) -> dict[str, dict[str, bytes]]:
    """The phrases by the word that leads to them and the one behind it; what is alike is kept once."""
    found: dict[str, dict[str, bytes]] = {}
    kept: dict[bytes, bytes] = {}
    for anchor, phrases in sorted(anchors.items()):
        flat: list[int] = []
        for number, keys in phrases:
            flat += (number, len(keys), *(numbers[key] for key in keys))
        first, _, second = anchor.partition(" ")
        if second or " " not in anchor:  # a hyphen alone is no word
            found.setdefault(first, {})[second] = kept.setdefault(packed(flat), packed(flat))
    return found


def _bits(numbers: Mapping[Key, int]) -> dict[str, dict[str, bytes]]:
    """The numbers of the bits by word, by letter and by the beginning of a word."""
    found: dict[str, dict[str, list[int]]] = {"by_word": {}, "by_letter": {}, "by_prefix": {}}
    for key, number in numbers.items():
        for part in sorted(key):
            table = "by_letter" if isinstance(key, str) else "by_prefix" if part.endswith("*") else "by_word"
            found[table].setdefault(part.removesuffix("*"), []).append(number)
    return {name: {part: packed(bits) for part, bits in sorted(table.items())} for name, table in found.items()}


def _letters(letters: str) -> str:
    return "".join(sorted(set(letters)))


class _Maker:
    """Numbers the phrases, and notes for each what it needs."""

    def __init__(self, source: Lexicon) -> None:
        self.weights = {word: COMMONEST // (rank + 1) for rank, word in enumerate(source.common)}
        self.letters: dict[str, float] = {}
        for word, letters in source.classes.known.items():
            for letter in letters:
                self.letters[letter] = self.letters.get(letter, 0) + self._one(word)
        self.phrases: list[tuple[str, int]] = []
        self.triggers: Anchors = {}
        self.excuses: Anchors = {}
        self.uses: collections.Counter[Key] = collections.Counter()
        self.known: dict[frozenset[str], float] = {}

    def take(self, phrases: Iterable[Phrase], owner: int, target: str, anchors: Anchors) -> None:
        """Note the phrases of a trigger or excuse below their rarest words or pairs of words."""
        for phrase in phrases:
            number = len(self.phrases)
            self.phrases.append((phrase.source, owner))
            for way in phrase.ways:
                choices = [words for words in way.words if not any(word.endswith("*") for word in words)]
                choices += [pairs for pairs in way.pairs if _are_sure(pairs)]
                rarest = min(choices, key=lambda words: (self._weight(words), sorted(words))) if choices else NOWHERE
                keys = tuple(sorted(dict.fromkeys(self._needs(way, target, rarest)), key=lambda key: (self.key_weight(key), isinstance(key, str), sorted(key))))
                for anchor in sorted(rarest):
                    anchors.setdefault(anchor, []).append((number, keys))
                    self.uses.update(keys)

    def _needs(self, way: Way, target: str, anchor: frozenset[str]) -> Iterator[Key]:
        """What a way needs beside its *anchor*."""
        met = [anchor, *(frozenset(words) for words in zip(*(pair.split(" ") for pair in anchor), strict=True))]
        for words in sorted(way.words, key=lambda words: (self._weight(words), sorted(words)))[:MOST_SETS]:
            if STAR not in words and not any(each <= words for each in met):
                yield words
        for letters in (*way.tags, target):
            if letters:
                yield _letters(letters)

    def key_weight(self, key: Key) -> float:
        return sum(self.letters.get(letter, 0) for letter in key) if isinstance(key, str) else self._weight(key)

    def _weight(self, words: frozenset[str]) -> float:
        if words not in self.known:
            self.known[words] = math.fsum(self._one(word) if " " not in word else PAIR * min(map(self._one, word.split())) for word in words)
        return self.known[words]

    def _one(self, word: str) -> float:
        return self.weights.get(word, NUMBER_WEIGHT if word[:1] == "#" else 1)


def _are_sure(pairs: Iterable[str]) -> bool:
    """Say whether both words of the *pairs* stand beside each other even where numbers and markup aren't read yet."""
    return not any(word[0] in LOOSE for pair in pairs for word in pair.split())
