"""Passages to sentences with a sign for each word, so that phrases can be looked for."""

import dataclasses
import functools
import re
from collections.abc import Iterator

from mlvalue import phrases
from mlvalue.diagnostic import Span
from mlvalue.quantities import marks
from mlvalue.signs import Signs

END = re.compile(r"[.!?][.!?]*[\"'\u201d\u2019)\]*_]*(?:\[\^[^\]\s]+\])*(?=\s+[\"'\u201c\u2018(\[*_]*[A-Z0-9\u00c0-\u00de\ufffc]|\s*$)")
ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|approx|vs|cf|ca|no|nr|fig|tab|sec|ch|dr|mr|mrs|ms|st|prof|inc|ltd|co|mio|mrd|max|min|incl|excl|resp|al|p|pp|p\.a|a\.m|p\.m)|\b[A-Za-z])\.$",
    re.IGNORECASE,
)
_WORDS = r"[-\u2011\u2013]?[^\W_]+(?:'t\b)?|'(?:ll|re|ve|s|d|m)\b|[%,;:.!?()\[\]^\u2013\u2014\u2026\u2192\u2212&=+|<\ufffc-]|[\ue000-\ue0ff]+"
TOKEN = re.compile(_WORDS)
SHORT = re.compile(rf"\b(?:e\.g|i\.e|vs|approx|ca|etc|cf|a\.m|p\.m|no|nr)\.(?=[ ,)])|{_WORDS}")
"""The same with abbreviations, whose dots end nothing."""
QUOTED = re.compile(
    r'"[^"]{1,300}"|\u201c[^\u201d]{1,300}\u201d|\u201e[^\u201c\u201d]{1,300}[\u201c\u201d]|\u00ab[^\u00bb]{1,300}\u00bb|(?<![\w])[\u2018\'](?=\w)[^\u2018\u2019\']{2,200}(?<=[\w.!?,])[\u2019\'](?!\w)'
)
TITLE = 0.7
LONGEST = 8
CAPITAL = re.compile(r"-?[A-Z\u00c0-\u00de][a-z\u00df-\u00ff]")

KINDS = {name: chr(0xE000 + number) for number, name in enumerate(f"{kind}{plural}" for kind in phrases.KINDS for plural in ("", "s"))}
"""A character of the private use area for each kind of number: it stands in the text for every character of one."""
NAMES = {character: f"#{name}" for name, character in KINDS.items()}


@dataclasses.dataclass
class Sentence:
    """A sentence of a passage. *start* is its offset there, *masked* its lower-case text without its numbers, *written* its words, *signs* theirs."""

    text: str
    start: int
    masked: str
    written: list[str]
    signs: str

    @functools.cached_property
    def spans(self) -> list[Span]:
        """Where each word stands in the text."""
        return [Span(*match.span()) for match in _pattern(self.masked).finditer(self.masked)]

    @functools.cached_property
    def quoted(self) -> list[Span]:
        """What stands in quotation marks."""
        return [Span(*match.span()) for match in QUOTED.finditer(self.text)]

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
        span = self.spans[token]
        return any(quote.start < span.end and span.start < quote.end for quote in self.quoted)

    def is_capital(self, token: int) -> bool:
        """Say whether a word begins with a capital and goes on with small letters."""
        return CAPITAL.match(self.text, self.spans[token].start) is not None


def bounds(text: str) -> Iterator[Span]:
    """Where the sentences of *text* begin and end."""
    start = 0
    for match in END.finditer(text):
        end = match.end()
        if text[match.start()] == "." and end < len(text) and ABBREVIATION.search(text, max(start, match.start() - LONGEST), match.start() + 1):
            continue
        yield from _stripped(text, start, end)
        start = end
    yield from _stripped(text, start, len(text))


def _stripped(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Span(start, end)


def sentence(text: str, start: int, masked: str, signs: Signs) -> Sentence:
    """Make a Sentence of *text*."""
    written = words(masked)
    return Sentence(text, start, masked, written, signs.of(written))


def words(masked: str) -> list[str]:
    """The words of a *masked* sentence, of numbers their kinds."""
    return [NAMES.get(word[0], word) for word in _pattern(masked).findall(masked)]


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
        self[piece] = found = self.signs.of(NAMES.get(word[0], word) for word in SHORT.findall(piece + " "))
        return found

    def of(self, masked: str) -> str:
        """The signs of a text; an abbreviation at its end is one word here."""
        return "".join(map(self.__getitem__, masked.split()))


def _pattern(text: str) -> re.Pattern[str]:
    return SHORT if "." in text[:-1] else TOKEN
