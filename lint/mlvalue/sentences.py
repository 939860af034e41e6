"""Texts to sentences with a sign for each word, so that phrases can be looked for."""

import bisect
import dataclasses
import functools
import itertools
import re
from collections.abc import Iterator, Sequence

from mlvalue import phrases
from mlvalue.quantities import marks
from mlvalue.signs import BETWEEN, Signs

_END = r"(?<![.!?].)[.!?]*[\"'\u201d\u2019)\]*_]*(?:\[\^[^\]\s]+\])*(?=\s+[\"'\u201c\u2018(\[*_]*[A-Z0-9\u00c0-\u00de\ufffc]|\s*$)"
DOT, EXCLAMATION, QUESTION = (re.compile(re.escape(mark) + _END) for mark in ".!?")
"""Where a sentence may end, by its first mark: one sign is found much faster than one of three."""
ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|approx|vs|cf|ca|no|nr|fig|tab|sec|ch|dr|mr|mrs|ms|st|prof|inc|ltd|co|mio|mrd|max|min|incl|excl|resp|al|p|pp|p\.a|a\.m|p\.m)|\b[A-Za-z])\.$",
    re.IGNORECASE,
)
WORD = r"[-\u2011\u2013]?[^\W_]+(?:'t\b)?|'(?:ll|re|ve|s|d|m)\b|[%,;:.!?()\[\]^\u2013\u2014\u2026\u2192\u2212&=+|<\ufffc-]|[\ue000-\ue0ff]+"
WORDS = re.compile(rf"\b(?:e\.g|i\.e|vs|approx|ca|etc|cf|a\.m|p\.m|no|nr)\.(?=[\s,)])|{WORD}")
"""What is a word; the dot of an abbreviation is a part of it, but for a sentence's last."""
QUOTED = re.compile(
    r"[\"\u201c\u201e\u00ab\u2018'](?:(?<=\")[^\"]{1,300}\"|(?<=\u201c)[^\u201d]{1,300}\u201d|(?<=\u201e)[^\u201c\u201d]{1,300}[\u201c\u201d]"
    r"|(?<=\u00ab)[^\u00bb]{1,300}\u00bb|(?<=[\u2018'])(?<!\w.)(?=\w)[^\u2018\u2019']{2,200}(?<=[\w.!?,])[\u2019'](?!\w))"
)
"""What stands in quotation marks. The set of the opening ones comes first: Python looks for one set much faster than for five beginnings."""
TITLE = 0.7
LONGEST = 8
"""How far an abbreviation and what stands before it reach."""
LAST = "\0"
"""What is written behind the last piece of a sentence."""
CAPITAL = re.compile(r"-?[A-Z\u00c0-\u00de][a-z\u00df-\u00ff]")

KINDS = {name: chr(0xE000 + number) for number, name in enumerate(f"{kind}{plural}" for kind in phrases.KINDS for plural in ("", "s"))}
"""A character of the private use area for each kind of number: it stands in the text for every character of one."""
NAMES = {character: f"#{name}" for name, character in KINDS.items()}


@dataclasses.dataclass
class Sentence:
    """A sentence of a text. *start* is its offset there, *masked* what it is in lower case without its numbers, *signs* those of its words."""

    text: str
    start: int
    masked: str
    signs: str

    @functools.cached_property
    def spans(self) -> list[tuple[int, int]]:
        """Where each word begins and ends in the text."""
        return [match.span() for match in WORDS.finditer(self.masked)]

    @functools.cached_property
    def quoted(self) -> list[tuple[int, int]]:
        """Where what stands in quotation marks begins and ends."""
        return [match.span() for match in QUOTED.finditer(self.text)]

    @functools.cached_property
    def is_question(self) -> bool:
        """Say whether it ends with a question mark."""
        return self.text.rstrip(" \"'\u201d\u2019)*_").endswith("?")

    @functools.cached_property
    def is_title_case(self) -> bool:
        """Say whether most longer words begin with a capital, as in an English heading."""
        words = re.findall(r"[^\W\d_]{4,}", self.text)
        return len(words) > 1 and sum(word[0].isupper() for word in words) >= TITLE * len(words)

    def is_quoted(self, token: int) -> bool:
        """Say whether a word stands in quotation marks."""
        start, stop = self.spans[token]
        return any(begin < stop and start < end for begin, end in self.quoted)

    def is_capital(self, token: int) -> bool:
        """Say whether a word begins with a capital and goes on with small letters."""
        return CAPITAL.match(self.text, self.spans[token][0]) is not None


class Sentences:
    """The sentences of some texts, numbered throughout."""

    def __init__(self, texts: Sequence[str], pieces: "Pieces") -> None:
        """Cut *texts*; *pieces* give their words signs. `signs` has those of each sentence, which may be none."""
        self.text = "\n".join(texts).replace(LAST, " ")
        self.masked = mask(self.text)
        ends = [*itertools.accumulate((len(text) + 1 for text in texts), initial=0)]
        self.begins = ends[:-1]
        self.cuts = sorted({*_ends(self.text), *ends})
        each = [self.masked[begin:end].rstrip() for begin, end in itertools.pairwise(self.cuts)]
        self.signs = pieces.of(f"{LAST} ".join([*each, ""])).split(BETWEEN)[:-1]

    def read(self, number: int) -> tuple[int, Sentence]:
        """The number of the text in which a sentence stands, and the sentence."""
        begin, end = self.cuts[number : number + 2]
        written = self.text[begin:end]
        end = begin + len(written.rstrip())
        begin += len(written) - len(written.lstrip())
        text = bisect.bisect_right(self.begins, begin) - 1
        return text, Sentence(self.text[begin:end], begin - self.begins[text], self.masked[begin:end], self.signs[number])


def _ends(text: str) -> Iterator[int]:
    """Where sentences of *text* end."""
    for match in itertools.chain(EXCLAMATION.finditer(text), QUESTION.finditer(text)):
        yield match.end()
    for match in DOT.finditer(text):
        begin, end = match.span()
        if not _is_abbreviation(text[begin - LONGEST if begin > LONGEST else 0 : begin + 1]):
            yield end


@functools.lru_cache(maxsize=4096)
def _is_abbreviation(written: str) -> bool:
    """Say whether what is *written* ends with an abbreviation."""
    return ABBREVIATION.search(written) is not None


def mask(text: str) -> str:
    """A *text* in lower case, as long as before, in which a character of its own stands for each of a number's."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(small if len(small := character.lower()) == 1 else character for character in text)
    parts = []
    cursor = 0
    for begin, end, name in marks(lower):
        parts += [lower[cursor:begin], KINDS[name] * (end - begin)]
        cursor = end
    return "".join(parts) + lower[cursor:]


class Pieces(dict[str, str]):
    """The signs of the words of what stands between two blanks of a masked text."""

    def __init__(self, signs: Signs) -> None:
        """Take the *signs* of words."""
        super().__init__()
        self.signs = signs

    def __missing__(self, piece: str) -> str:
        """Find them out."""
        last = piece[-1] == LAST
        words = WORDS.findall(piece[:-1] if last else piece + " ")
        self[piece] = found = self.signs.of(NAMES.get(word[0], word) for word in words) + BETWEEN * last
        return found

    def of(self, masked: str) -> str:
        """The signs of a text."""
        return "".join(map(self.__getitem__, masked.split()))
