"""The language of a site: its words from locale files, and how it writes amounts, shares, months and lists; never finer than is known."""

import dataclasses
import datetime
import gettext
import io
import math
import pathlib
import string
from collections.abc import Mapping, Sequence
from typing import Any

import babel
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from babel.numbers import get_decimal_symbol, get_group_symbol

from mlvalue.saying import MINUS, TENTHS, Chance, Money, Saying, Share, to_say
from mlvalue.units import MULTIPLES, Month

NBSP = "\N{NO-BREAK SPACE}"
LOCALES = pathlib.Path(__file__).parent / "locales"
ENGLISH = babel.Locale("en", "001")
"""English as most of the world writes it: `31 Mar 2026`."""
UNITS = {"": "{n}", "k": to_say("{n}k"), "M": to_say("{n}M"), "bn": to_say("{n}bn")}
"""An amount in thousands, millions, billions."""
PERCENT = to_say("{n}\N{NO-BREAK SPACE}%")
UNKNOWN = to_say("unknown")
OR_MORE = to_say("{amount} or more")


@dataclasses.dataclass(frozen=True, slots=True)
class Telling:
    """What a picture says of a part of its designs: words with holes, each filled by how many marks have a flag of that name.

    *one* is said where `n` is 1, else *many*; *none*, if there is such a text, where it is 0. Without *many* it is what the mark of the
    highest value says.
    """

    one: str = ""
    many: str = ""
    none: str = ""


class Known(dict[str, object]):
    """Figures that are known; holes for others stay."""

    def __missing__(self, name: str) -> str:
        return f"{{{name}}}"


class Language:
    """One language: *locale* says how it writes numbers and dates, *words* holds what is said in it by what is said in English.

    *tag* is its name for browsers, like `pt-BR`; *problems* tell what is wrong with locale files.
    """

    def __init__(self, locale: babel.Locale = ENGLISH, words: gettext.NullTranslations | None = None, problems: Sequence[str] = ()) -> None:
        """Set it up; without words it is English."""
        self.problems = problems
        self.locale = locale
        self.tag = "en" if locale == ENGLISH else str(locale).replace("_", "-")
        self._words = words or gettext.NullTranslations()
        self.decimal, self.group = get_decimal_symbol(locale), get_group_symbol(locale)

    def say(self, words: str, **figures: object) -> str:
        """*words*, given in English, with their holes filled; what isn't known is said in English."""
        return self._filled(self._words.gettext(words) if words else "", figures)

    def count(self, one: str, many: str, n: int, **figures: object) -> str:
        """*one* or *many*, whichever suits *n*, which fills the hole `n`; other *figures* fill others."""
        return self._filled(self._words.ngettext(one, many, n), {"n": n, **figures})

    def plural(self, one: str, many: str, n: int) -> str:
        """The words for *n*, their holes not filled."""
        return self._words.ngettext(one, many, n)

    def telling(self, one: str, many: str, none: str = "", **figures: object) -> Telling:
        """The words of a Telling; the holes that aren't in *figures* are left."""
        known = Known({name: self.write(figure) for name, figure in figures.items()})
        return Telling(*(words.format_map(known) for words in (self.plural(one, many, 1), self.plural(one, many, 2), self.say(none))))

    def tell(self, saying: Saying | Chance | str) -> str:
        """What is said of a document; a text is told as it is."""
        if isinstance(saying, Saying):
            if saying.one:
                return self.count(saying.one, saying.words, **saying.figures)
            return self.say(saying.words, **saying.figures)
        return self.write(saying)

    def _filled(self, words: str, figures: Mapping[str, Any]) -> str:
        return words.format_map({name: self.write(figure) for name, figure in figures.items()}) if figures else words

    def write(self, figure: object) -> str:
        """What fills a hole: a whole number, a month, a day, an amount, or a text that is shown as it is."""
        match figure:
            case Saying():
                said = self.tell(figure)
            case Money():
                said = self.money(figure.amount, figure.currency)
            case Share():
                said = self.percent(figure.share)
            case Chance():
                said = self.say(TENTHS[figure.tenths > 0], tenths=figure.tenths)
            case Month():
                said = self.month(figure)
            case datetime.date():
                said = self.day(figure)
            case int():
                said = self.number(figure)
            case _:
                said = str(figure)
        return said

    def number(self, value: float) -> str:
        """A number to three decimals: `1,200.5`."""
        return f"{round(value, 3):,}".removesuffix(".0").translate({ord(","): self.group, ord("."): self.decimal, ord("-"): MINUS})

    def money(self, amount: float, currency: str = "") -> str:
        """An amount in two digits and a unit, rounded down: `160k EUR`."""
        step = 1.0
        while abs(amount) >= step * 100:
            step *= 10
        rounded = math.floor(amount / step + 1e-9) * step
        unit = next((unit for unit in ("bn", "M", "k") if abs(rounded) >= MULTIPLES[unit]), "")
        said = self.say(UNITS[unit], n=self.number(rounded / MULTIPLES[unit]))
        return said + (f"{NBSP}{currency}" if currency else "")

    def money_up(self, amount: float, currency: str = "") -> str:
        """An amount in two digits and a unit, rounded up: what is spent."""
        return self.money(-amount, currency).removeprefix(MINUS)

    def at_least(self, amount: float, currency: str) -> str:
        """What is reached at least: `160k EUR or more`; a loss is told as it is."""
        said = self.money(amount, currency)
        return self.say(OR_MORE, amount=said) if amount >= 0 else said

    def more_or_less(self, amount: float, currency: str) -> str:
        """A difference in words: `220k EUR more`, `84k EUR less`."""
        words = to_say("{amount} more") if amount >= 0 else to_say("{amount} less")
        return self.say(words, amount=self.money(amount, currency).removeprefix(MINUS))

    def percent(self, share: float | None) -> str:
        """A share in whole percent, rounded down: `26 %`."""
        return self.say(UNKNOWN) if share is None else self.say(PERCENT, n=math.floor(share * 100 + 1e-9))

    def percent_up(self, share: float) -> str:
        """A share in whole percent, rounded up: what is needed at least."""
        return self.say(PERCENT, n=math.ceil(share * 100 - 1e-9))

    def tenths(self, share: float) -> str:
        """A chance in tenths, rounded down: `9 in 10`."""
        return self.tell(Chance(share))

    def month(self, month: Month) -> str:
        """A month: `Mar 2026`."""
        return str(format_skeleton("yMMM", datetime.date(month.year, month.number, 1), locale=self.locale))

    def day(self, day: datetime.date) -> str:
        """A day: `31 Mar 2026`."""
        return str(format_date(day, "medium", locale=self.locale))

    def date(self, written: str) -> str:
        """A day or a month as documents write them, `2026-03-31` or `2026-03`; anything else as it is."""
        try:
            return self.month(Month(*map(int, written.split("-")))) if written.count("-") == 1 else self.day(datetime.date.fromisoformat(written))
        except (ValueError, TypeError):
            return written

    def listed(self, parts: Sequence[str]) -> str:
        """`a, b and c`."""
        return str(format_list(list(parts), locale=self.locale)) if parts else ""


def language(tag: str, folders: Sequence[str] = ()) -> Language:
    """The language of a site that calls it *tag*, like `de` or `pt-BR`; English where there are no words for it.

    *folders* may hold locale files of their own, like `mlvalue/locales/de.po`; what they say goes before ours, the first one first.
    """
    try:
        locale = babel.Locale.parse(tag.replace("_", "-"), sep="-")
    except (ValueError, babel.UnknownLocaleError):
        locale = ENGLISH
    if not (LOCALES / f"{locale.language}.po").is_file() and not _own(locale.language, folders):
        locale = ENGLISH
    words = gettext.NullTranslations()
    problems: list[str] = []
    for file in [LOCALES / f"{locale.language}.po", *reversed(_own(locale.language, folders))]:
        read, found = _read(file)
        problems += found
        read.add_fallback(words)
        words = read
    return Language(ENGLISH if str(locale) == "en" else locale, words, tuple(problems))


def _own(name: str, folders: Sequence[str]) -> list[pathlib.Path]:
    return [file for folder in folders if (file := pathlib.Path(folder, "mlvalue", "locales", f"{name}.po")).is_file()]


def _read(file: pathlib.Path) -> tuple[gettext.NullTranslations, list[str]]:
    """The words of one file, and what is wrong with it; a text whose figures aren't those of the English is left out."""
    problems = []
    try:
        with file.open("rb") as content:
            catalog = read_po(content, abort_invalid=True)
    except OSError as error:
        return gettext.NullTranslations(), [f"{file}: can't be read: {error.strerror}"]
    except (PoFileError, ValueError) as error:
        return gettext.NullTranslations(), [f"{file}: is no gettext file, so none of it is used: {error}"]
    for message in list(catalog):
        ids, strings = ([text or "" for text in (each if isinstance(each, list | tuple) else [each])] for each in (message.id, message.string))
        known = _holes("".join(ids))
        for written in strings if message.id else []:
            holes = _holes(written)
            if written and (holes is None or (known is not None and holes != known)):
                wanted = ", ".join(f"{{{name}}}" for name in sorted(known or ())) or "no braces"
                problems.append(f"{file}: “{written}” is not used: it must hold {wanted}, like “{ids[0]}”")
                catalog.delete(message.id, message.context)
                break
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled), problems


def _holes(words: str) -> set[str] | None:
    """The names between braces; None where the braces don't fit."""
    try:
        return {name for _, name, _, _ in string.Formatter().parse(words) if name is not None}
    except ValueError:
        return None
