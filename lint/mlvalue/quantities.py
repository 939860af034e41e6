"""Numbers in prose with their kind, their range and their place: money, percent, multiples, times, counts and dates."""

import dataclasses
import itertools
import re
from collections.abc import Iterable, Iterator

from mlvalue.diagnostic import Span

WORDS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12,
    "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40,
    "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100, "a hundred": 100, "a thousand": 1000,
    "a million": 1e6, "a billion": 1e9,
    "half a million": 5e5, "half a billion": 5e8,
}  # fmt: skip
MULTIPLES = {
    "half": 0.5, "one half": 0.5, "one-third": 1 / 3, "one-half": 0.5, "one-quarter": 0.25,
    "a third": 1 / 3, "one third": 1 / 3, "a quarter": 0.25, "one quarter": 0.25, "a fifth": 0.2, "one fifth": 0.2,
    "a tenth": 0.1, "one tenth": 0.1, "two thirds": 2 / 3, "two-thirds": 2 / 3, "three quarters": 0.75, "three-quarters": 0.75, "four fifths": 0.8,
    "a sixth": 1 / 6, "an eighth": 0.125, "nine tenths": 0.9, "twice": 2, "thrice": 3,
} | {f"{word}fold": float(times) for word, times in WORDS.items() if " " not in word and times > 1}  # fmt: skip
SCALES = {
    "k": 1e3,
    "t": 1e3,
    "thousand": 1e3,
    "m": 1e6,
    "mn": 1e6,
    "mm": 1e6,
    "mio": 1e6,
    "million": 1e6,
    "millions": 1e6,
    "bn": 1e9,
    "billion": 1e9,
    "mrd": 1e9,
    "hundred": 1e2,
}
SIGNS = {
    "\N{EURO SIGN}": "EUR", "euro": "EUR", "euros": "EUR", "eur": "EUR", "$": "USD", "us$": "USD", "usd": "USD", "dollar": "USD", "dollars": "USD",
    "\N{POUND SIGN}": "GBP", "gbp": "GBP", "pound": "GBP", "pounds": "GBP", "sterling": "GBP", "chf": "CHF", "francs": "CHF",
    "\N{YEN SIGN}": "JPY", "jpy": "JPY",
    "yen": "JPY", "sek": "SEK", "nok": "NOK", "dkk": "DKK", "pln": "PLN", "czk": "CZK", "inr": "INR", "cad": "CAD", "aud": "AUD", "brl": "BRL",
}  # fmt: skip
TIMES = {"second": 1 / 31557600, "minute": 1 / 525960, "hour": 1 / 8766, "day": 1 / 365.25, "week": 7 / 365.25, "month": 1 / 12, "quarter": 0.25, "year": 1.0}
"""Units of time in years."""

FULL = "100"


def _words(written: Iterable[str]) -> str:
    """One of some words; what begins alike stands together, so that most places are done with at a letter or two."""
    ordered = sorted(written)
    branches = [re.escape(first) + _words(word[1:] for word in words) for first, words in itertools.groupby(filter(None, ordered), key=lambda word: word[0])]
    inner = branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})" if branches else ""
    return f"(?:{inner})?" if "" in ordered and inner else inner


_DIGITS = r"\d{1,3}(?:[ ,.'\u202f\u00a0]\d{3})+(?![\d])(?:[.,]\d{1,2}(?!\d))?|\d+(?:[.,]\d+)?"
_TENS = [word for word in WORDS if word.endswith("ty")]
_ONES = [word for word, number in WORDS.items() if 1 <= number < WORDS["ten"]]
_SPELLED = rf"(?:{_words(_TENS)}(?:-{_words(_ONES)})?|{_words(word for word in WORDS if word not in {'zero', 'one', 'hundred', *_TENS})})"
_NUMBER = rf"(?:{_DIGITS}|{_SPELLED}\b)"
_SCALE = r"(?:[ -]?(?:thousand|millions?|billion|hundred)\b|[ ]?(?:mio\.?|mrd\.?|mn|mm|bn|k|m)(?![a-z])|[ ]?[ktm](?=eur|usd|gbp|chf|[\u20ac$\u00a3]))"
_SIGN = rf"(?:us\$|[\u20ac$\u00a3\u00a5]|{_words(sign for sign in SIGNS if sign.isalpha())}(?![a-z]))"
_PERCENT = r"(?:%|per ?cent(?:age points?)?\b|pct\b|percentage points?\b|pp\b|p\.p\.)"
_TIME = r"(?:seconds?|minutes?|mins?\b|hours?|days?|weeks?|months?|quarters?|years?)(?![a-z])"
_TO = r"(?:[ ]?(?:-|\u2013|\u2014|\.\.\.?|\u2026)[ ]?|[ ](?:to|and|or|bis|up to|through)[ ])"
_PLUS = r"[ ]?(?:\u00b1|\+/-|\+-|plus or minus)[ ]?"
_MONTHS = [
    "jan", "january", "feb", "february", "mar", "march", "apr", "april", "may", "jun", "june", "jul", "july", "aug", "august",
    "sep", "sept", "september", "oct", "october", "nov", "november", "dec", "december",
]  # fmt: skip
_MONTH = rf"{_words(_MONTHS)}\.?"

_DATE = (
    r"(?P<date>\d{4}-\d\d(?:-\d\d)?\b"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\.?[ ]{_MONTH}\b(?:[ ]\d{{4}})?|{_MONTH}[ ]\d{{1,2}}(?:st|nd|rd|th)?(?:,[ ]\d{{4}})?\b(?!%)|q[1-4](?:[ /]\d{{4}})?\b"
    r"|(?<![\d.,$\u20ac\u00a3])(?:19|20)\d\d(?![\d]|[.,]\d|[ ]?(?:%|k\b|m\b|eur|usd|gbp|euro|dollar|pound)))"
)
_NAMED = (
    r"(?P<halved>half an? (?:year|month|week|day|hour|minute)\b)"
    rf"|(?P<named>{_words(MULTIPLES)}\b(?![ ]?a (?:million|billion)|[ -]?(?:part|person|of all)))"
)


_BESIDE = (
    "thousand", "million", "billion", "hundred", "mio", "mrd", "mn", "mm", "bn",
    *(f"{letter}{code}" for letter in "ktm" for code in ("eur", "usd", "gbp", "chf")), *(sign for sign in SIGNS if sign.isalpha()), "us$",
    "percent", "per cent", "pct", "pp", "p.p.", *TIMES, "min", "fold", "times", "to ", "and ", "or ", "bis ", "up to ", "through ", "plus or minus ",
)  # fmt: skip
_ANY = rf"(?=[ -]?(?:{_words(_BESIDE)}|[ktmx](?![a-z])|[%+\u00b1\u00d7\u2013\u2014\u2026\u20ac$\u00a3\u00a5-]|\.\.))"
"""How all that may stand behind a number begins: most numbers have nothing of it, and one look tells that faster than to try each."""


def _quantity_pattern(begin: str, low: str) -> re.Pattern[str]:
    return re.compile(
        rf"{begin}|(?P<sign>{_SIGN}[ ]?)?(?<![\w.])(?P<low>{low})(?:{_ANY}(?P<low_unit>{_SCALE})?(?:[ ]?(?P<inner>{_SIGN}|{_PERCENT}))?"
        rf"(?:{_TO}(?:{_SIGN}[ ]?)?(?P<high>{_NUMBER})(?P<high_unit>{_SCALE})?|{_PLUS}(?P<error>{_NUMBER}))?"
        rf"(?:[ ]?(?P<unit>{_SIGN}|{_PERCENT})|(?P<times>[ ]?x\b(?![ ]\d)|[ -]?fold\b|[ ]times\b(?![ ](?:a|per)[ ])|\u00d7)|(?P<time>[ -]{_TIME}))?)?"
    )


FIGURE = _quantity_pattern(_DATE + "|(?P<halved>(?!))|(?P<named>(?!))", _DIGITS)
WORDED = _quantity_pattern("(?P<date>(?!))|" + _NAMED, _NUMBER)
"""A number that begins with a figure, a sign or a month, and one that begins with a word; their groups are the same ones in the same order."""

DIGIT = re.compile(r"[0-9\u20ac$\u00a3\u00a5](?:(?<=\d)\d+)?")
_CODES = ["eur", "usd", "gbp", "chf", "jpy", "sek", "nok", "dkk", "pln", "czk", "inr", "cad", "aud", "brl", "euro", "euros"]
BEFORE = re.compile(rf"(?:\b(?:{'|'.join(_CODES)}|{_MONTH})[ ]?|\bus|\bq)$")
"""What belongs to a number and stands before it."""
SURE = {"date": "date", "halved": "time", "named": "multiple"}
"""The kinds of what has no unit beside it, by their groups."""
ALONE = frozenset((*SURE, "low"))
"""The last groups of what is no range."""
ENDS = frozenset(word[-2:] for word in (*_CODES, *_MONTHS, "us"))
"""Its last two letters: a look at them is quicker than the expression."""
LAST = 4
"""Where these stand at the farthest, before a dot and a blank."""
LONGEST = 10


SPELLED = re.compile(rf"[^a-z0-9_]{_words((*MULTIPLES, *(word for word in WORDS if word not in {'zero', 'one', 'hundred'})))}\b")
"""The sign before a number that begins with a word, and the number: quicker than to ask at each letter whether a word begins."""


@dataclasses.dataclass(frozen=True, slots=True)
class Quantity:
    """A number of prose. *kind* is money, scaled (a big bare number), percent, multiple, time, number or date; *span* is its place.

    *low* and *high* are equal unless a range is written; money in units of its *currency* ("" where none stands), percent in percent, time in years.
    """

    kind: str
    low: float
    high: float
    span: Span
    currency: str = ""
    is_range: bool = False


def marks(text: str) -> Iterator[tuple[int, int, str]]:
    """Where the numbers of *text*, which is lower-case, begin and end, and what they are called in phrases: quick."""
    for match in _found(text):
        kind = _kind(match)
        if match.lastgroup not in ALONE:
            if match["high"] or match["error"]:
                kind += "s"
            elif kind == "percent" and match["low"] == FULL:
                kind = "full"
        yield *match.span(), kind


def quantities(text: str) -> Iterator[Quantity]:
    """The numbers of *text*, which is lower-case, from left to right."""
    return map(_quantity, _found(text))


def _found(text: str) -> list[re.Match[str]]:
    starts = [match.start() for match in DIGIT.finditer(text)]
    starts += [match.start() for match in SPELLED.finditer(f" {text}") if not match[0][0].isalnum()]
    starts.sort()
    matches = []
    cursor = 0
    for start in starts:
        if start < cursor:
            continue
        if text[start].isalpha():
            found = WORDED.match(text, start)
        else:
            ending = text[max(start - LAST, 0) : start].rstrip(" .")
            before = BEFORE.search(text, max(cursor, start - LONGEST), start) if ending[-2:] in ENDS or ending[-1:] == "q" else None
            found = FIGURE.match(text, before.start() if before else start)
        if found:
            cursor = found.end()
            matches.append(found)
    return matches


def _kind(match: re.Match[str]) -> str:
    """The kind of the number that was found."""
    last = match.lastgroup
    if last == "low":
        return "money" if match["sign"] else "number"
    if last in SURE:
        return SURE[last]
    unit = match["unit"] or match["inner"] or match["sign"]
    if unit:
        return "percent" if unit[0] in "%p" and not unit.startswith(("pound", "pln")) else "money"
    if last in {"time", "times"}:
        return "time" if last == "time" else "multiple"
    return "scaled" if match["low_unit"] or match["high_unit"] else "number"


def number(written: str) -> float:
    """A number with English or European separators, or in words: ``1,2`` is 1.2, ``1.200`` and ``1,200`` are 1200."""
    if written in WORDS:
        return float(WORDS[written])
    tens, _, ones = written.partition("-")
    if tens in WORDS:
        return float(WORDS[tens] + WORDS[ones])
    digits = re.sub(r"[ '\u202f\u00a0]", "", written)
    marks = [mark for mark in digits if mark in ".,"]
    if len(set(marks)) == 2:  # noqa: PLR2004 (both signs: the last is the decimal sign)
        decimal = marks[-1]
        digits = digits.replace("," if decimal == "." else ".", "").replace(decimal, ".")
    elif len(marks) > 1 or (marks and re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", digits)):
        digits = digits.replace(marks[0], "")
    return float(digits.replace(",", "."))


def _quantity(match: re.Match[str]) -> Quantity:
    span, kind = Span(*match.span()), _kind(match)
    if kind == "date":
        return Quantity(kind, 0, 0, span)
    if match["halved"]:
        years = TIMES[match["halved"].split()[-1]] / 2
        return Quantity(kind, years, years, span)
    if match["named"]:
        return Quantity(kind, MULTIPLES[match["named"]], MULTIPLES[match["named"]], span)
    scale, high_scale = _scale(match["low_unit"]), _scale(match["high_unit"])
    low = number(match["low"]) * (scale or (high_scale if match["high"] else 0) or 1)
    high = number(match["high"]) * (high_scale or 1) if match["high"] else low
    if match["error"]:
        spread = number(match["error"]) * (scale or 1)
        low, high = low - spread, low + spread
    unit = next((value for name, value in TIMES.items() if (match["time"] or "").lstrip(" -").startswith(name[:3])), 1.0)
    currency = SIGNS.get((match["sign"] or match["unit"] or match["inner"] or "").strip(), "") if kind == "money" else ""
    return Quantity(kind, low * unit, high * unit, span, currency, bool(match["high"] or match["error"]))


def _scale(written: str | None) -> float:
    return SCALES[written.strip(" -.")] if written else 0.0
