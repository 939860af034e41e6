"""One character for each word: so that a text is a short string, and words are to a phrase what letters are to a regular expression.

Words that no phrase names share a sign with all others of the same classes and the same beginning.
"""

import itertools
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from mlvalue.phrases import KINDS, Element

Name = int | str
"""What a set of signs is called: the number of an element, or a word."""
FIRST = 0x100
BETWEEN = chr(FIRST - 1)
"""What stands between two sentences."""
HYPHENATED = 0x6000
"""How far the sign of a word behind a hyphen is from that of the word."""
MOST = HYPHENATED - FIRST
"""How many words can have a sign of their own."""
HYPHENS = "-\u2011\u2013"
NUMBERS = tuple(f"#{kind}{plural}" for kind in KINDS for plural in ("", "s"))
CLIPPED = ("'ll", "'re", "'ve", "'s", "'d", "'m")
"""What is left of a word behind an apostrophe."""
MARKS = "%,;:.!?()[]^\u2013\u2014\u2026\u2192\u2212&=+|<\ufffc-"
"""What is a word of its own without being one."""
CLAUSE = ".;:!?()"
CONTRAST = ("but", "however", "whereas", "yet")
"""Words at which a clause ends, too."""
NEGATIONS = (
    *("not", "never", "cannot", "hardly", "scarcely", "barely", "seldom", "rarely"),
    *(f"{verb}n't" for verb in ("ca", "do", "does", "did", "is", "are", "was", "were", "wo", "would", "should", "could", "have", "has", "had", "must", "need")),
)
HEDGES = ("might", "may", "could", "perhaps", "maybe", "possibly", "if", "unless", "whether")
"""Words that turn a phrase into its contrary or weaken it: no gap passes over them, they stand in a phrase by name."""
ENDING = ".!?)]"
"""What may stand last in a sentence before another."""


class Signs(dict[str, str]):
    """The sign of each word, found out at first use."""

    def __init__(self, order: Sequence[str], tag: Callable[[str], str]) -> None:
        """Take the words in the *order* of their signs, and what gives a word the letters of its classes."""
        super().__init__()
        self.order = {name: chr(FIRST + number) for number, name in enumerate(order)}
        self.beginnings = sorted({name.rpartition("*")[2] for name in order if name.startswith("*")}, key=len, reverse=True)
        self.tag = tag

    def __missing__(self, word: str) -> str:
        """Find out the sign of a *word*, in lower case."""
        bare = word[1:] if len(word) > 1 and word[0] in HYPHENS else word
        shown = bare.replace(".", "") if bare[0].isalpha() else bare
        sign = self.order.get(shown) or self.order[_other(self.tag(shown), next(filter(shown.startswith, self.beginnings)))]
        self[word] = found = sign if bare is word else chr(ord(sign) + HYPHENATED)
        return found

    def of(self, words: Iterable[str]) -> str:
        """The signs of *words*."""
        return "".join(map(self.__getitem__, words))


class Alphabet:
    """The signs of all words that *elements* name, or that are `known` ones of classes; those of one class stand together."""

    def __init__(self, elements: Iterable[Element], known: Iterable[str], endings: Collection[str], tag: Callable[[str], str]) -> None:
        """Take the letters of *endings*, too: what a word that isn't known may be.

        Raises:
            ValueError: if there are too many words.
        """
        names = frozenset(name.removeprefix("-") or name for element in elements for name in element if name[0] not in "<\\")
        beginnings = sorted({"", *(name[:-1] for name in names if name.endswith("*"))})
        words = {name for name in (*names, *known, *MARKS, *NUMBERS, *CLIPPED, *CONTRAST, *NEGATIONS, *HEDGES) if not name.endswith("*")}
        self.letters = {word: "" if word.isdigit() or word[0] == "#" else "".join(sorted(tag(word))) for word in words}
        groups = ["".join(letters) for size in range(len(endings) + 1) for letters in itertools.combinations(sorted(endings), size)]
        self.letters |= {_other(letters, beginning): letters for letters in groups for beginning in beginnings}
        self.order = sorted(self.letters, key=lambda name: (_is_word(name), self.letters[name], name))
        if len(self.order) > MOST:
            raise ValueError(f"{len(self.order)} words and endings are more than the {MOST} that can be told apart")
        self.codes = {name: FIRST + number for number, name in enumerate(self.order)}
        self.first = min(code for name, code in self.codes.items() if _is_word(name))
        self.aside = {code + HYPHENATED * _is_word(name) for name, code in self.codes.items() if name not in NUMBERS}
        self.every = {*self.aside, *self.codes.values()}
        self.found: dict[str, frozenset[int]] = {}

    def of(self, element: Element) -> set[int]:
        """The signs of the words of an *element*."""
        return set[int]().union(*(self.found.get(name) or self._find(name) for name in element))

    def plain(self, element: Element) -> set[int]:
        """The same as if none of them stood behind a hyphen."""
        return {code - HYPHENATED if code >= HYPHENATED else code for code in self.of(element)}

    def sets(self) -> dict[str, set[int]]:
        """Sets of signs by their names: what may stand `inside` of a gap, `aside` before and behind a sentence's words, or be its `ending`."""
        clause, turning = self._marks(CLAUSE), self.of(frozenset((*NEGATIONS, *HEDGES)))
        return {
            "inside": self.every - clause - turning,
            "outside": {*clause, *turning, ord(BETWEEN)},
            "words": {code for code in self.every if code >= self.first} - turning,
            "aside": self.aside,
            "ending": self._marks(ENDING),
        }

    def _marks(self, characters: str) -> set[int]:
        return {self.codes[character] for character in characters}

    def _find(self, name: str) -> frozenset[int]:
        self.found[name] = found = frozenset(self._codes(name))
        return found

    def _codes(self, name: str) -> Iterator[int]:
        if name[0] == "\\":
            words: Iterable[str] = {name[1:]} & self.codes.keys()
        elif name[0] == "<":
            words = (word for word, letters in self.letters.items() if name[1] in letters)
        elif name.endswith("*"):
            words = (word for word in self.order if word.rpartition("*")[2].startswith(name[:-1]))
        else:
            words = (name if name in MARKS else name.removeprefix("-"),)
        for word in words:
            if name[0] != "-" or name in MARKS:
                yield self.codes[word]
            if word not in MARKS and word not in NUMBERS:
                yield self.codes[word] + HYPHENATED


def _other(letters: str, beginning: str) -> str:
    """What stands for all words of some classes and with some *beginning*."""
    return f"*{''.join(sorted(letters))}*{beginning}"


def _is_word(name: str) -> bool:
    """Say whether what has a sign is a word, and no mark, number or ending."""
    return name[0] not in f"{MARKS}#'"
