"""How a value is to be written, where what stands there can be read in one way only; `units` knows what is merely likely."""

import re
from collections.abc import Sequence

from mlvalue import units

SIGNS = {"$": ("USD",), "\N{EURO SIGN}": ("EUR",), "\N{POUND SIGN}": ("GBP",), "\N{YEN SIGN}": ("JPY", "CNY")}
"""Signs of currencies; a sign of several is that of the site's own."""
AMOUNT = re.compile(r"(?P<sign>-?)(?P<digits>[0-9][0-9._, ']*?)(?:[eE]\+?(?P<exponent>[0-9]{1,2}))? ?(?P<unit>[A-Za-z]*)")
DECIMAL = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
GROUPS = re.compile(r"[1-9][0-9]{0,2}(?:(?P<mark>[,' ])[0-9]{3})(?:(?P=mark)[0-9]{3})*(?:\.[0-9]{1,2})?")
UNITS = {"": "", "k": "k", "K": "k", "thousand": "k", "M": "M", "Mio": "M", "mio": "M", "million": "M", "bn": "bn", "Bn": "bn", "BN": "bn"}
"""Not `m`, which is a thousand to some, nor `billion`, which is more to others."""
THOUSANDTHS = re.compile(r"\.[0-9]{3}$")
"""Three digits behind a point, which are a group of digits to some."""
PERCENT = re.compile(r"(?P<whole>[0-9]{1,3})(?:[.,](?P<part>[0-9]{1,2}))? ?(?:%|percent|per cent|pct)", re.IGNORECASE)
BARE = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
YEAR_FIRST = re.compile(r"(?P<year>[0-9]{4})(?P<mark>[-/.])(?P<month>[0-9]{1,2})(?:(?P=mark)(?P<day>[0-9]{1,2}))?")
DAY_FIRST = re.compile(r"(?P<day>[0-9]{1,2})\. ?(?P<month>[0-9]{1,2})\. ?(?P<year>[0-9]{4})")
NAMED = re.compile(
    r"(?:(?P<day>[0-9]{1,2})(?:st|nd|rd|th|\.)? )?(?P<name>[a-z]{3,9})\.? (?:(?P<other>[0-9]{1,2})(?:st|nd|rd|th)?,? )?(?P<year>[0-9]{4})", re.IGNORECASE
)
LONG_NAMES = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
MONTHS = frozenset((*units.MONTH_NAMES, *LONG_NAMES, "sept"))
WORD = re.compile(r"[A-Za-z_ -]+")
SHORT, LONG = 5, 8
"""A word of that many letters may have one slip, or two; a shorter one only swapped letters, which leave no other word."""


def number(raw: str) -> str | None:
    """A number without marks between its digits: `40_000`, `4e4` and `40,000` are `40000`."""
    match = AMOUNT.fullmatch(raw.strip())
    if not match or match["unit"]:
        return None
    digits = match["digits"].replace("_", "") if re.fullmatch(r"[0-9]+(?:_[0-9]+)+", match["digits"]) else match["digits"]
    if GROUPS.fullmatch(digits):
        digits = re.sub(r"[,' ]", "", digits)
    if not DECIMAL.fullmatch(digits):
        return None
    if match["exponent"]:
        value = float(f"{digits}e{match['exponent']}")
        digits = f"{value:.0f}" if value.is_integer() and value <= units.LARGEST else ""
    return match["sign"] + digits if digits else None


def money(raw: str, currency: str) -> str | None:
    """An amount of *currency*: `80_000` and `1e5` are `80k` and `100k`, `$5` is `5` where dollars are the currency."""
    text = raw.strip()
    for sign in (currency, *(sign for sign, names in SIGNS.items() if currency in names)):
        bare = re.sub(rf"^(-?){re.escape(sign)} ?|(?<=[\w ]){re.escape(sign)}$", r"\1", text, count=1).strip()
        if bare != text:
            text = bare
            break
    match = AMOUNT.fullmatch(text)
    unit = UNITS.get(match["unit"]) if match else None
    if match is None or unit is None:
        return None
    plain = number(text.removesuffix(match["unit"]))
    if plain is None or THOUSANDTHS.search(plain):
        return None
    return plain + unit if unit else _short(plain)


def _short(digits: str) -> str:
    """An amount without a unit in its everyday form, `80000` as `80k`, where that is the very same amount."""
    written = units.write_money(units.money(digits))
    return written if units.money(written) == units.money(digits) else digits


def share(raw: str) -> str | None:
    """A share whose unit is written: `70 percent` is `70%`, `62,5 %` is `62.5%`."""
    match = PERCENT.fullmatch(raw.strip())
    if not match:
        return None
    written = match["whole"].lstrip("0") or "0"
    written += f".{match['part']}%" if match["part"] else "%"
    return written if units.share(written) <= 1 else None


def shares(raw: Sequence[str]) -> list[str] | None:
    """The points of a range of shares of which some lack their `%`, where the others leave one reading that rises."""
    sure = [item if units.SHARE.fullmatch(item) else share(item) for item in raw]
    if all(sure):
        return [item for item in sure if item]
    if len(raw) != 3 or not any(sure):  # noqa: PLR2004 (low, likely, high)
        return None
    options = [[item] if item else units.meant_share(text) if BARE.fullmatch(text) else [] for text, item in zip(raw, sure, strict=True)]
    rising = [
        [low, likely, high]
        for low in options[0]
        for likely in options[1]
        for high in options[2]
        if units.share(low) < units.share(likely) < units.share(high) <= 1
    ]
    return rising[0] if len(rising) == 1 else None


def date(raw: str) -> str | None:
    """A day or a month: `20.10.2026`, `Oct 20, 2026`, `2026/10/20` are `2026-10-20`; `10.11.2026` may be two days and is none."""
    text = " ".join(raw.split())
    match = YEAR_FIRST.fullmatch(text) or DAY_FIRST.fullmatch(text)
    if match is None:
        match = NAMED.fullmatch(text)
        if not match or match["name"].lower() not in MONTHS or (match["day"] and match["other"]):
            return None
    elif match.re is DAY_FIRST and int(match["day"]) <= len(LONG_NAMES) and int(match["day"]) != int(match["month"]):
        return None
    return units.meant_day(text)


def misspelt(word: str, candidates: Sequence[str]) -> str | None:
    """The only candidate that *word* can be a slip for: its case, a hyphen, swapped or wrong letters; other signs than letters have a meaning."""
    if not WORD.fullmatch(word.strip()):
        return None
    lowered = re.sub(r"[- ]", "_", word.strip().lower())
    if lowered in candidates:
        return lowered
    allowed = 2 if len(lowered) >= LONG else 1
    near = [candidate for candidate in candidates if _distance(lowered, candidate) <= allowed]
    if len(near) != 1:
        return None
    return near[0] if max(len(lowered), len(near[0])) >= SHORT or sorted(lowered) == sorted(near[0]) else None


def _distance(one: str, other: str) -> int:
    """How many letters are wrong, missing, too many or swapped with their neighbour."""
    before, last = [0] * (len(other) + 1), list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        current = [row]
        for column, wanted in enumerate(other, 1):
            cost = min(last[column] + 1, current[-1] + 1, last[column - 1] + (letter != wanted))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == wanted:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        before, last = last, current
    return last[-1]


def amounts(raw: Sequence[str], apart: Sequence[str]) -> list[tuple[int, int, str]] | None:
    """Three rising amounts whose digits were cut apart by commas: of each the first of its items, the one behind its last, and how to write it.

    *apart* is what stands between the items. Where only some commas have a space behind them, it is these that part amounts.
    """
    tight = {index for index, between in enumerate(apart, 1) if between == ","}
    cuts = [
        (first, second)
        for first in range(1, len(raw) - 1)
        for second in range(first + 1, len(raw))
        if not tight or len(tight) == len(apart) or tight == set(range(1, len(raw))) - {first, second}
    ]
    found = [written for first, second in cuts if (written := _joined(raw, [(0, first), (first, second), (second, len(raw))]))]
    return found[0] if len(found) == 1 else None


def _joined(raw: Sequence[str], groups: Sequence[tuple[int, int]]) -> list[tuple[int, int, str]] | None:
    written = []
    for start, end in groups:
        joined = ",".join(raw[start:end])
        if not (units.GROUPED.fullmatch(joined) if end - start > 1 else units.MONEY.fullmatch(joined)):
            return None
        written.append((start, end, _short(joined.replace(",", "")) if end - start > 1 else joined))
    values = [units.money(text) for _, _, text in written]
    return written if values[0] < values[1] < values[2] else None
