"""Values of a settings file, each read with the message that says what to write instead."""

import datetime
import difflib
import pathlib
import re
from collections.abc import Iterable, Mapping
from typing import Any

PERCENT = re.compile(r"(\d+(?:\.\d+)?) ?%")
LEVELS = ("error", "warning", "off")
"""What the settings can make of a rule."""

Table = Mapping[str, Any]


class SettingsError(ValueError):
    """Settings that can't be used; its message names the file and what to write. *key* is the setting, for its line."""

    def __init__(self, message: str, key: str = "") -> None:
        """Keep the message, and the setting that it speaks of."""
        super().__init__(message)
        self.key = key


def refuse_unknown(table: Table, known: Iterable[str], below: str = "") -> None:
    """Refuse names that aren't settings.

    Raises:
        SettingsError: with the name that was most likely meant.
    """
    names = list(known)
    for name in table:
        if name not in names:
            near = difflib.get_close_matches(name, names, 1, 0.6)
            hint = f"did you mean `{near[0]}`?" if near else f"there are {', '.join(names)}"
            raise SettingsError(f"unknown setting `{below}{name}`; {hint}", name)


def table(value: object, name: str, example: str) -> Table:
    """A table of settings."""
    if not isinstance(value, dict):
        raise SettingsError(f"`{name}` is {value!r}; write {example}", name)
    return value


def text(value: object, name: str, example: str) -> str:
    """One text."""
    if not isinstance(value, str):
        raise SettingsError(f"`{name}` is {value!r}; write {example}", name)
    return value


def texts(value: object, name: str, example: str, *, may_be_empty: bool = True) -> tuple[str, ...]:
    """A list of texts; one text stands for a list of it where *example* is a single one."""
    if not isinstance(value, list) or not (value or may_be_empty) or not all(isinstance(item, str) and item.strip() for item in value):
        raise SettingsError(f"`{name}` is {value!r}; write {example}", name)
    return tuple(value)


def patterns(value: object, name: str, *, may_be_empty: bool = True) -> tuple[str, ...]:
    """A list of globs below the folder of the settings."""
    found = texts(value, name, 'a list of patterns like ["docs/designs/**/*.md"]', may_be_empty=may_be_empty)
    if any(pathlib.PurePosixPath(item).is_absolute() or ".." in pathlib.PurePosixPath(item).parts for item in found):
        raise SettingsError(f"`{name}` is {value!r}; patterns begin at the folder of the settings", name)
    return found


def currency(value: object, name: str) -> str:
    """Three capital letters."""
    if not isinstance(value, str) or not re.fullmatch(r"[A-Z]{3}", value):
        raise SettingsError(f"{value!r} is no currency; write three capital letters like EUR", name)
    return value


def rates(value: object) -> dict[str, tuple[float, datetime.date]]:
    """Rates of exchange: what one unit of a currency is worth, and on which day."""
    found = table(value, "rates", 'a line like USD = {rate = 0.92, date = "2026-10-20"} below [rates]')
    return {currency(name, "rates"): _rate(name, rate) for name, rate in found.items()}


def _rate(name: str, rate: object) -> tuple[float, datetime.date]:
    value = rate.get("rate") if isinstance(rate, dict) else None
    if not isinstance(rate, dict) or not isinstance(value, int | float) or isinstance(value, bool) or not 0 < value < float("inf") or "date" not in rate:
        raise SettingsError(f'the rate of {name} is {rate!r}; write {{rate = 0.92, date = "2026-10-20"}}', name)
    return float(value), day(rate["date"], f"rates.{name}.date")


def number(value: object, name: str, low: float, high: float, hint: str, *, whole: bool = False) -> float:
    """A number from *low* to *high*."""
    if not isinstance(value, int | float) or isinstance(value, bool) or not low <= value <= high or (whole and value != int(value)):
        raise SettingsError(f"`{name}` is {value!r}; write {hint}, from {low} to {high}", name)
    return float(value)


def day(value: object, name: str) -> datetime.date:
    """A day in ISO form."""
    try:
        found = datetime.date.fromisoformat(str(value))
    except ValueError:
        found = None
    if found is None or str(found) != str(value):
        raise SettingsError(f"`{name}` is {value!r}; write a day like 2026-11-30", name)
    return found


def levels(value: object, name: str) -> dict[str, str]:
    """What is made of rules: `error`, `warning` or `off` by the name of a rule or family."""
    found = table(value, name, 'lines like guarantee = "warning"')
    for rule, level in found.items():
        if level not in LEVELS:
            raise SettingsError(f'`{name}.{rule}` is {level!r}; write "error", "warning" or "off"', rule)
    return {rule.replace("_", "-"): level for rule, level in found.items()}


def thresholds(value: object) -> dict[str, dict[str, float | str]]:
    """Thresholds of rules: numbers, or shares like `90%`, by the name of the rule and theirs."""
    found = table(value, "thresholds", 'lines like optimistic-adoption = {likely = "90%"}')
    for rule, limits in found.items():
        for name, limit in table(limits, f"thresholds.{rule}", 'a table like {likely = "90%"}').items():
            threshold(limit, f"thresholds.{rule}.{name}")
    return {rule.replace("_", "-"): dict(limits) for rule, limits in found.items()}


def threshold(value: object, name: str) -> float:
    """A number above or equal to 0, or a share like `90%` as 0.9."""
    percent = PERCENT.fullmatch(value) if isinstance(value, str) else None
    if percent:
        return float(percent[1]) / 100
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value < float("inf"):
        raise SettingsError(f'`{name}` is {value!r}; write a number, or a share like "90%"', name.rpartition(".")[2])
    return value
