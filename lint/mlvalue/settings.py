"""`mlvalue.toml` or `[tool.mlvalue]` of `pyproject.toml` to Settings; the linter and the site read the same."""

import dataclasses
import datetime
import difflib
import os
import pathlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

MARKDOWN = (".md", ".markdown")
DOCUMENTS = ("docs/designs/**/*.md",)


class SettingsError(ValueError):
    """Settings that can't be used; its message names the file and what to write."""


@dataclasses.dataclass(frozen=True)
class Words:
    """What an organisation adds to the wording rules: phrases that are *allowed*, *technical* or *forbidden*, data files of *rules* and of words.

    *sections* are pairs of a profile and the headings that have it. *source* is the settings file, for messages.
    """

    allowed: tuple[str, ...] = ()
    technical: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    rules: tuple[pathlib.Path, ...] = ()
    files: tuple[pathlib.Path, ...] = ()
    sections: tuple[tuple[str, tuple[str, ...]], ...] = ()
    source: pathlib.Path | None = None


PROFILES = ("value", "summary", "adoption", "cost", "technical", "off")
"""What may be said of a section: which wording rules hold there, and how gravely."""


@dataclasses.dataclass(frozen=True)
class Settings:
    """What holds for all documents of a repository. *root* is the folder that `documents` are relative to.

    *discount_rate* is a share per year; *rates* are the units of the site's currency that one unit of another is worth;
    *as_of* is what date rules take for today.
    """

    root: pathlib.Path
    as_of: datetime.date
    file: pathlib.Path | None = None
    documents: tuple[str, ...] = DOCUMENTS
    currency: str = "EUR"
    rates: Mapping[str, float] = dataclasses.field(default_factory=dict)
    discount_rate: float = 0.1
    horizon_years: int = 3
    wording: Words = Words()

    @property
    def currencies(self) -> tuple[str, ...]:
        """The currencies that can be added up, the site's own first."""
        return (self.currency, *self.rates)

    def is_document(self, path: pathlib.Path) -> bool:
        """Say whether `documents` name *path*."""
        try:
            relative = path.resolve().relative_to(self.root.resolve()).as_posix()
        except ValueError:
            return False
        return self._names(relative)

    def find_documents(self) -> list[pathlib.Path]:
        """All files that `documents` name, sorted."""
        tops = {pattern.removeprefix("./").split("/")[0] for pattern in self.documents}
        wild = any("*" in top or "?" in top or top.endswith(MARKDOWN) for top in tops)
        folders = [self.root] if wild else [self.root / top for top in sorted(tops)]
        found = {path for folder in folders for path in folder.rglob("*.m*") if self._names(path.relative_to(self.root).as_posix())}
        return sorted(path for path in found if path.is_file())

    def _names(self, relative: str) -> bool:
        """Say whether a pattern names a Markdown file, given from the root."""
        return relative.endswith(MARKDOWN) and any(glob(pattern).fullmatch(relative) for pattern in self.documents)


def glob(pattern: str) -> re.Pattern[str]:
    """A glob as a regular expression over posix paths: `**/` is any folders, `*` and `?` stay within one."""
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", pattern.removeprefix("./"))
    known = {"**/": "(?:[^/]+/)*", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    return re.compile("".join(known.get(part) or re.escape(part) for part in parts))


def load(start: pathlib.Path, today: str = "") -> Settings:
    """The settings that hold in the folder *start*: of the nearest file upward, else the defaults.

    *today* (``2026-11-30``) goes before `as_of` of the file, before SOURCE_DATE_EPOCH, before the clock.

    Raises:
        SettingsError: if the file or *today* can't be used.
    """
    for folder in (start.resolve(), *start.resolve().parents):
        for file, table in _tables(folder):
            return _settings(folder, file, table, today)
    return Settings(root=start.resolve(), as_of=_today(today, None))


def _tables(folder: pathlib.Path) -> Iterator[tuple[pathlib.Path, Mapping[str, Any]]]:
    own, project = folder / "mlvalue.toml", folder / "pyproject.toml"
    if own.is_file():
        yield own, _toml(own)
    elif project.is_file() and "mlvalue" in _text(project):
        tools = _toml(project).get("tool")
        table = tools.get("mlvalue") if isinstance(tools, dict) else None
        if isinstance(table, dict):
            yield project, table


def _text(file: pathlib.Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file}: can't be read: {error}") from error


def _toml(file: pathlib.Path) -> dict[str, Any]:
    try:
        return tomllib.loads(_text(file))
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{file}: {error}") from error


def _settings(folder: pathlib.Path, file: pathlib.Path, table: Mapping[str, Any], today: str) -> Settings:
    now = _date("--today", today) if today else None
    known = [field.name for field in dataclasses.fields(Settings) if field.name not in {"root", "file"}]
    for name in table:
        if name not in known:
            near = difflib.get_close_matches(name, known, 1, 0.6)
            raise SettingsError(f"{file}: unknown setting `{name}`; " + (f"did you mean `{near[0]}`?" if near else f"there are {', '.join(known)}"))
    try:
        return Settings(
            root=folder,
            file=file,
            as_of=now or _today("", table.get("as_of")),
            documents=tuple(_texts(table, "documents", DOCUMENTS)),
            currency=_currency(table.get("currency", "EUR")),
            rates=_rates(table.get("rates", {})),
            discount_rate=_number(table, "discount_rate", 0.1, -0.99, 1.0),
            horizon_years=int(_number(table, "horizon_years", 3, 1, 30)),
            wording=_words(folder, file, table.get("wording", {})),
        )
    except SettingsError as error:
        raise SettingsError(f"{file}: {error}") from None


def _words(folder: pathlib.Path, file: pathlib.Path, table: object) -> Words:
    if not isinstance(table, dict):
        raise SettingsError(f'`wording` is {table!r}; write a table like [wording] with allowed = ["zero hunger"]')
    lists = ("allowed", "technical", "forbidden", "rules", "files")
    for name in table:
        if name not in {*lists, "sections"}:
            near = difflib.get_close_matches(name, [*lists, "sections"], 1, 0.6)
            hint = f"did you mean `{near[0]}`?" if near else f"there are {', '.join(lists)} and sections"
            raise SettingsError(f"unknown setting `wording.{name}`; {hint}")
    found = {name: _phrases(f"wording.{name}", table.get(name, [])) for name in lists}
    sections = table.get("sections", {})
    if not isinstance(sections, dict) or set(sections) - set(PROFILES):
        raise SettingsError(f'`wording.sections` is {sections!r}; write value = ["what we win"]; the profiles are {", ".join(PROFILES)}')
    named = tuple((profile, _phrases(f"wording.sections.{profile}", titles)) for profile, titles in sections.items())
    rules, files = (tuple(folder / name for name in found[kind]) for kind in ("rules", "files"))
    return Words(found["allowed"], found["technical"], found["forbidden"], rules, files, named, file)


def _phrases(name: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        raise SettingsError(f'`{name}` is {value!r}; write a list of texts like ["zero hunger"]')
    return tuple(value)


def _texts(table: Mapping[str, Any], name: str, default: tuple[str, ...]) -> list[str]:
    value = table.get(name, list(default))
    if not isinstance(value, list) or not value or not all(isinstance(item, str) and item for item in value):
        raise SettingsError(f'`{name}` is {value!r}; write a list of patterns like ["docs/designs/**/*.md"]')
    if any(pathlib.PurePosixPath(item).is_absolute() or ".." in pathlib.PurePosixPath(item).parts for item in value):
        raise SettingsError(f"`{name}` is {value!r}; patterns begin at the folder of the settings")
    return value


def _currency(value: object) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[A-Z]{3}", value):
        raise SettingsError(f"{value!r} is no currency; write three capital letters like EUR")
    return value


def _rates(table: object) -> dict[str, float]:
    if not isinstance(table, dict):
        raise SettingsError(f'`rates` is {table!r}; write a line like USD = {{rate = 0.92, date = "2026-10-20"}} below [rates]')
    return {_currency(name): _rate(name, rate) for name, rate in table.items()}


def _rate(name: str, rate: object) -> float:
    value = rate.get("rate") if isinstance(rate, dict) else None
    if not isinstance(rate, dict) or not isinstance(value, int | float) or isinstance(value, bool) or not 0 < value < float("inf") or "date" not in rate:
        raise SettingsError(f'the rate of {name} is {rate!r}; write {{rate = 0.92, date = "2026-10-20"}}')
    _date(f"rates.{name}.date", rate["date"])
    return float(value)


def _number(table: Mapping[str, Any], name: str, default: float, low: float, high: float) -> float:
    value = table.get(name, default)
    if not isinstance(value, int | float) or isinstance(value, bool) or not low <= value <= high or (isinstance(default, int) and value != int(value)):
        hint = "a share per year like 0.1" if name == "discount_rate" else "a whole number of years like 3"
        raise SettingsError(f"`{name}` is {value!r}; write {hint}, from {low} to {high}")
    return float(value)


def _date(name: str, value: object) -> datetime.date:
    try:
        day = datetime.date.fromisoformat(str(value))
    except ValueError:
        day = None
    if day is None or str(day) != str(value):
        raise SettingsError(f"`{name}` is {value!r}; write a day like 2026-11-30")
    return day


def _today(option: str, setting: object) -> datetime.date:
    if option:
        return _date("--today", option)
    if setting is not None:
        return _date("as_of", setting)
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    try:
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date() if epoch else datetime.datetime.now(datetime.UTC).date()
    except (ValueError, OverflowError, OSError):
        raise SettingsError(f"SOURCE_DATE_EPOCH is {epoch!r}; it must be seconds since 1970") from None
