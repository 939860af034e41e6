"""A lexicon made ready for a search, as plain tables: made once for each state of the data files, then kept in the user's cache."""

import contextlib
import hashlib
import marshal
import sys
from collections.abc import Iterable, Mapping
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
FORMAT = 1
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
    return {
        "letters": source.classes.letters,
        "known": source.classes.known,
        "endings": [(endings, letter, tuple(others)) for endings, letter, others in source.classes.endings],
        "headings": source.headings,
        "excuses": [(excuse.name, excuse.scope, excuse.reach) for excuse in source.excuses],
        "triggers": [(each.rule, each.severity, each.target, each.unbound, tuple(sorted(each.excuses)), each.kind) for each in source.triggers],
        "targets": [maker.bit("".join(sorted(set(trigger.target)))) if trigger.target else -1 for trigger in source.triggers],
        "phrases": maker.phrases,
        "trigger_anchors": _packed(maker.triggers),
        "excuse_anchors": _packed(maker.excuses),
        "by_word": _packed(maker.by_word),
        "by_letter": _packed(maker.by_letter),
        "by_prefix": _packed(maker.by_prefix),
    }


def _packed(table: Mapping[str, list[int]]) -> dict[str, bytes]:
    return {key: packed(numbers) for key, numbers in sorted(table.items())}


class _Maker:
    """Numbers the phrases and the bits that they need."""

    def __init__(self, source: Lexicon) -> None:
        self.weights = {word: COMMONEST // (rank + 1) for rank, word in enumerate(source.common)}
        self.phrases: list[tuple[str, int]] = []
        self.triggers: dict[str, list[int]] = {}
        self.excuses: dict[str, list[int]] = {}
        self.by_word: dict[str, list[int]] = {}
        self.by_letter: dict[str, list[int]] = {}
        self.by_prefix: dict[str, list[int]] = {}
        self.bits: dict[frozenset[str] | str, int] = {}
        self.known: dict[frozenset[str], float] = {}

    def take(self, phrases: Iterable[Phrase], owner: int, target: str, anchors: dict[str, list[int]]) -> None:
        """Note the phrases of a trigger or excuse below their rarest words or pairs of words."""
        for phrase in phrases:
            number = len(self.phrases)
            self.phrases.append((phrase.source, owner))
            for way in phrase.ways:
                bits = self._needs(way, target)
                choices: list[frozenset[str]] = [words for words in way.words if not any(word.endswith("*") for word in words)]
                choices += way.pairs
                rarest = min(choices, key=self._weight) if choices else NOWHERE
                for anchor in sorted(rarest):
                    anchors.setdefault(anchor, []).extend((number, len(bits), *bits))

    def bit(self, key: frozenset[str] | str) -> int:
        """The number of the bit of a set of words or of letters."""
        number = self.bits.get(key)
        if number is None:
            number = self.bits[key] = len(self.bits)
            for part in sorted(key):
                table = self.by_letter if isinstance(key, str) else self.by_prefix if part.endswith("*") else self.by_word
                table.setdefault(part.removesuffix("*"), []).append(number)
        return number

    def _needs(self, way: Way, target: str) -> list[int]:
        keys: list[frozenset[str] | str] = [*sorted(way.words, key=self._weight)[:MOST_SETS]]
        keys += ["".join(sorted(set(letters))) for letters in (*way.tags, target) if letters]
        return sorted({self.bit(key) for key in keys})

    def _weight(self, words: frozenset[str]) -> float:
        if words not in self.known:
            self.known[words] = sum(self._one(word) if " " not in word else PAIR * min(map(self._one, word.split())) for word in words)
        return self.known[words]

    def _one(self, word: str) -> float:
        return self.weights.get(word, NUMBER_WEIGHT if word[:1] == "#" else 1)
