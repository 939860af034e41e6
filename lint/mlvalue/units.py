"""Values with units as front matter writes them: money, shares, days, months; and how to write what was meant."""

import datetime
import re
from typing import NamedTuple

MULTIPLES = {"": 1, "k": 1_000, "M": 1_000_000, "bn": 1_000_000_000}
MONEY = re.compile(r"(-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?)(k|M|bn)?")
SHARE = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?%")
LARGEST = 1e15
"""More than this no amount may be."""
GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+")
LOOSE_MONEY = re.compile(r"(?P<sign>-?)(?P<digits>[0-9][0-9.,_' ]*?)(?P<exponent>[eE]\+?[0-9]{1,2})?\s*(?P<unit>[A-Za-z]*)")
LOOSE_UNITS = {"": "", "k": "k", "thousand": "k", "m": "M", "mio": "M", "mn": "M", "million": "M", "b": "bn", "bn": "bn", "billion": "bn"}
CURRENCY = re.compile(r"[$€£¥]|\b(?:EUR|USD|GBP|CHF)\b", re.IGNORECASE)
MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class Month(NamedTuple):
    """A month of a year; `number` counts from 1."""

    year: int
    number: int

    def plus(self, months: int) -> "Month":
        """The month that many *months* later."""
        count = self.year * 12 + self.number - 1 + months
        return Month(count // 12, count % 12 + 1)

    def since(self, earlier: "Month") -> int:
        """Months from *earlier* to this one."""
        return (self.year - earlier.year) * 12 + self.number - earlier.number

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"


def money(value: object) -> float:
    """An amount in its currency: `400k` is ``400_000.0``. Raises ValueError if it is none."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    match = MONEY.fullmatch(str(value).strip())
    if not match:
        raise ValueError(f"{value!r} is no money")
    return float(match.group(1)) * MULTIPLES[match.group(2) or ""]


def share(value: object) -> float:
    """A share: `70%` is ``0.7``. Raises ValueError if it is none."""
    match = SHARE.fullmatch(str(value).strip())
    if not match:
        raise ValueError(f"{value!r} is no share")
    return float(match.group(1)) / 100


def day(value: object) -> datetime.date:
    """A day written `2026-10-20`. Raises ValueError if there is no such day."""
    return datetime.date.fromisoformat(str(value).strip())


def month(value: object) -> Month:
    """A month written `2026-10`, or the month of a day. Raises ValueError if there is none."""
    text = str(value).strip()
    first = datetime.date.fromisoformat(f"{text}-01" if len(text) == len("2026-10") else text)
    return Month(first.year, first.month)


def write_money(amount: float) -> str:
    """The shortest everyday form: ``400_000`` is `400k`."""
    for unit in ("bn", "M", "k"):
        scaled = amount / MULTIPLES[unit]
        if abs(scaled) >= 1 and (scaled * 1000).is_integer():
            return f"{scaled:.3f}".rstrip("0").rstrip(".") + unit
    return f"{amount:.2f}".rstrip("0").rstrip(".")


def meant_money(raw: str) -> str | None:
    """How to write what *raw* most likely means: `$5` is `5`, `80_000` is `80k`; None where it can't be told."""
    match = LOOSE_MONEY.fullmatch(CURRENCY.sub("", raw).strip())
    if not match or match.group("unit").lower() not in LOOSE_UNITS:
        return None
    digits = re.sub(r"[_' ]", "", match.group("digits"))
    if "." in digits and "," in digits:
        decimal = max(digits.rfind("."), digits.rfind(","))
        digits = re.sub(r"[.,]", "", digits[:decimal]) + "." + digits[decimal + 1 :]
    elif re.fullmatch(r"[0-9]{1,3}([.,])[0-9]{3}(?:\1[0-9]{3})*", digits):
        digits = re.sub(r"[.,]", "", digits)
    digits = digits.replace(",", ".") if digits.count(",") == 1 and "." not in digits else digits.replace(",", "")
    if digits.count(".") > 1:
        return None
    amount = float(digits.rstrip(".") + (match.group("exponent") or "")) * MULTIPLES[LOOSE_UNITS[match.group("unit").lower()]]
    return match.group("sign") + write_money(amount) if amount <= LARGEST else None


def meant_range(items: list[str]) -> list[str] | None:
    """Three amounts whose digits were cut apart by commas, `[400,000, 600,000, 800,000]`; None where it can't be told."""
    if not 3 < len(items) <= 9 or not all(re.fullmatch(r"[0-9.]+(?:k|M|bn)?", item) for item in items):  # noqa: PLR2004 (three amounts of at most three groups)
        return None
    found = []
    for first in range(1, len(items) - 1):
        for second in range(first + 1, len(items)):
            groups = [items[:first], items[first:second], items[second:]]
            if not all((len(group) == 1 and MONEY.fullmatch(group[0])) or GROUPED.fullmatch(",".join(group)) for group in groups):
                continue
            amounts = [money("".join(group)) for group in groups]
            if amounts[0] < amounts[1] < amounts[2]:
                found.append((max(len(group) for group in groups) - min(len(group) for group in groups), amounts))
    found.sort()
    if not found or (len(found) > 1 and found[0][0] == found[1][0]):
        return None
    return [write_money(amount) for amount in found[0][1]]


def meant_share(raw: str) -> list[str]:
    """The shares that *raw* may mean: `70` is `70%`, `0.7` is `70%` or `0.7%`."""
    match = re.fullmatch(r"([0-9]+(?:[.,][0-9]+)?)(?:\s*(?:%|percent|per cent|pct))?", raw.strip(), re.IGNORECASE)
    if not match:
        return []
    number = float(match.group(1).replace(",", "."))
    readings = [number]
    if number <= 1 and match.end(1) == len(raw.strip()):
        readings = [number * 100, number]
    return [f"{reading:.4f}".rstrip("0").rstrip(".") + "%" for reading in readings if reading <= 100]  # noqa: PLR2004 (percent)


def meant_day(raw: str) -> str | None:
    """The day in its one form: `20.10.2026`, `Oct 20, 2026`, `2026/10/20` are `2026-10-20`; None where it can't be told."""
    text = raw.strip().lower()
    iso = re.fullmatch(r"([0-9]{4})[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2}))?", text)
    german = re.fullmatch(r"([0-9]{1,2})\.\s?([0-9]{1,2})\.\s?([0-9]{4})", text)
    named = re.fullmatch(r"(?:([0-9]{1,2})(?:st|nd|rd|th|\.)?\s+)?([a-z]{3})[a-z]*\.?\s*(?:([0-9]{1,2})(?:st|nd|rd|th)?,?\s+)?([0-9]{4})", text)
    if iso:
        parts: tuple[str | None, ...] = iso.groups()
    elif german:
        parts = german.groups()[::-1]
    elif named and named.group(2) in MONTH_NAMES:
        parts = (named.group(4), str(MONTH_NAMES.index(named.group(2)) + 1), named.group(1) or named.group(3))
    else:
        return None
    year, number, of_month = (int(part) if part else 0 for part in parts)
    try:
        datetime.date(year, number, of_month or 1)
    except ValueError:
        return None
    return f"{year:04}-{number:02}" + (f"-{of_month:02}" if of_month else "")
