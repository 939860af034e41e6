"""`mlvalue.toml` or `[tool.mlvalue]` of `pyproject.toml` to Settings; the linter, the editor and the site read the same."""

import dataclasses
import datetime
import os
import pathlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from mlvalue import overrides, values
from mlvalue.globs import matches
from mlvalue.overrides import Override
from mlvalue.values import SettingsError
from mlvalue.walk import MARKDOWN, is_of_tools, markdown

DOCUMENTS = ("docs/designs/**/*.md",)
WORDING = ("allowed", "technical", "forbidden", "rules", "files", "sections")
PROFILES = ("value", "summary", "adoption", "cost", "technical", "off")
"""What may be said of a section: which wording rules hold there, and how gravely."""


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


@dataclasses.dataclass(frozen=True)
class Settings:
    """What holds for all documents of a repository. *root* is the folder that patterns are relative to.

    *discount_rate* is a share per year; *rates* are the units of the site's currency that one unit of another is worth, with the day;
    *as_of* is what date rules take for today; *written* are the names that stand in *file*.
    """

    root: pathlib.Path
    as_of: datetime.date
    file: pathlib.Path | None = None
    documents: tuple[str, ...] = DOCUMENTS
    exclude: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, str] = dataclasses.field(default_factory=dict)
    overrides: tuple[Override, ...] = ()
    thresholds: Mapping[str, Mapping[str, float | str]] = dataclasses.field(default_factory=dict)
    currency: str = "EUR"
    dated_rates: Mapping[str, tuple[float, datetime.date]] = dataclasses.field(default_factory=dict)
    discount_rate: float = 0.1
    horizon_years: int = 3
    schema: pathlib.Path | None = None
    columns: tuple[str, ...] = ()
    name: str = ""
    sources: tuple[str, ...] = ()
    wording: Words = Words()
    written: frozenset[str] = frozenset()

    @property
    def rates(self) -> dict[str, float]:
        """What one unit of another currency is worth in the site's."""
        return {name: rate for name, (rate, _) in self.dated_rates.items()}

    @property
    def currencies(self) -> tuple[str, ...]:
        """The currencies that can be added up, the site's own first."""
        return (self.currency, *self.dated_rates)

    def rule_names(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The rules and families that each setting names."""
        yield from (("select", self.select), ("ignore", self.ignore), ("severity", tuple(self.severity)), ("thresholds", tuple(self.thresholds)))
        for override in self.overrides:
            yield "overrides", (*override.select, *override.ignore, *override.severity)

    def is_document(self, path: pathlib.Path) -> bool:
        """Say whether `documents` name *path* and `exclude` doesn't."""
        return self._names(self.relative(path))

    def relative(self, path: pathlib.Path) -> str:
        """*path* as patterns see it, from `root`, by its own name where it is a link; "" where it lies elsewhere."""
        named = path if path.name == ".." else path.parent.resolve() / path.name
        for inside in (named, pathlib.Path(os.path.realpath(path))):  # `resolve` raises where links lead in a circle
            if inside.is_relative_to(self.root.resolve()):
                return inside.relative_to(self.root.resolve()).as_posix()
        return ""

    def find_documents(self) -> list[pathlib.Path]:
        """All files that `documents` name and `exclude` doesn't, and folders that may hold some and can't be listed, sorted."""
        tops = {pattern.removeprefix("./").split("/")[0] for pattern in self.documents}
        wild = any("*" in top or "?" in top or top.endswith(MARKDOWN) for top in tops)
        folders = [self.root] if wild else [self.root / top for top in sorted(tops)]
        entered = {part for pattern in self.documents for part in pattern.split("/")}
        found = {path for folder in folders if folder.is_dir() for path in markdown(folder, entered) if self._may_be(path.relative_to(self.root).as_posix())}
        return sorted(found)

    def _may_be(self, relative: str) -> bool:
        """Say whether patterns name a file, or one that a closed folder may hold."""
        return self._names(relative if relative.endswith(MARKDOWN) else f"{relative}/x.md")

    def _names(self, relative: str) -> bool:
        """Say whether patterns name a Markdown file, given from the root; one in a folder of tools only where they name that folder."""
        if not relative.endswith(MARKDOWN) or not matches(self.documents, relative) or matches(self.exclude, relative):
            return False
        hidden = {part for part in relative.split("/")[:-1] if is_of_tools(part)}
        return not hidden or hidden <= {part for pattern in self.documents for part in pattern.split("/")}


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


NAMES = (
    "documents", "exclude", "select", "ignore", "severity", "overrides", "thresholds", "currency", "rates",
    "discount_rate", "horizon_years", "as_of", "schema", "columns", "name", "sources", "allow_words", "wording",
)  # fmt: skip
"""All settings, in the order in which they are shown."""


def _settings(folder: pathlib.Path, file: pathlib.Path, table: Mapping[str, Any], today: str) -> Settings:
    now = _today(today, None) if today else None
    try:
        values.refuse_unknown(table, NAMES)
        return Settings(
            root=folder,
            file=file,
            as_of=now or _today("", table.get("as_of")),
            documents=values.patterns(table.get("documents", list(DOCUMENTS)), "documents", may_be_empty=False),
            exclude=values.patterns(table.get("exclude", []), "exclude"),
            select=values.texts(table.get("select", []), "select", overrides.RULES),
            ignore=values.texts(table.get("ignore", []), "ignore", overrides.RULES),
            severity=values.levels(table.get("severity", {}), "severity"),
            overrides=overrides.read(table.get("overrides", [])),
            thresholds=values.thresholds(table.get("thresholds", {})),
            currency=values.currency(table.get("currency", "EUR"), "currency"),
            dated_rates=values.rates(table.get("rates", {})),
            discount_rate=values.number(table.get("discount_rate", 0.1), "discount_rate", -0.99, 1.0, "a share per year like 0.1"),
            horizon_years=int(values.number(table.get("horizon_years", 3), "horizon_years", 1, 30, "a whole number of years like 3", whole=True)),
            schema=_file(folder, table.get("schema")),
            columns=values.texts(table.get("columns", []), "columns", 'a list of fields like ["cost_center"]'),
            name=values.text(table.get("name", ""), "name", "whose portfolio it is, like Logistics"),
            sources=values.texts(table.get("sources", []), "sources", 'a list of files or addresses like ["../logistics/site/portfolio.json"]'),
            wording=_words(folder, file, table.get("wording", {}), table.get("allow_words", [])),
            written=frozenset(table),
        )
    except SettingsError as error:
        raise SettingsError(f"{file}{_line(file, error.key)}: {error}", error.key) from None


def _line(file: pathlib.Path, key: str) -> str:
    """The line of a setting, as `:3`."""
    found = re.search(rf"^[ \t]*(?:\[+[^\]\n]*\b)?[\"']?{re.escape(key.rpartition('.')[2])}[\"']?\b", _text(file), re.MULTILINE) if key else None
    return f":{_text(file).count(chr(10), 0, found.end()) + 1}" if found else ""


def _file(folder: pathlib.Path, value: object) -> pathlib.Path | None:
    if value is None:
        return None
    if not isinstance(value, str) or not value.strip():
        raise SettingsError(f'`schema` is {value!r}; write the path of a JSON Schema, like "acme.schema.json"', "schema")
    if not (folder / value).is_file():
        raise SettingsError(f"`schema` is {value!r}, and there is no such file in {folder}", "schema")
    return folder / value


def _words(folder: pathlib.Path, file: pathlib.Path, value: object, allow_words: object) -> Words:
    table = values.table(value, "wording", 'a table like [wording] with allowed = ["zero hunger"]')
    values.refuse_unknown(table, WORDING, "wording.")
    example = 'a list of texts like ["zero hunger"]'
    found = {name: values.texts(table.get(name, []), f"wording.{name}", example) for name in WORDING[:5]}
    sections = table.get("sections", {})
    if not isinstance(sections, dict) or set(sections) - set(PROFILES):
        raise SettingsError(f'`wording.sections` is {sections!r}; write value = ["what we win"]; the profiles are {", ".join(PROFILES)}', "sections")
    named = tuple((profile, values.texts(titles, f"wording.sections.{profile}", example)) for profile, titles in sections.items())
    rules, files = (tuple(folder / name for name in found[kind]) for kind in ("rules", "files"))
    allowed = (*found["allowed"], *values.texts(allow_words, "allow_words", example))
    return Words(allowed, found["technical"], found["forbidden"], rules, files, named, file)


def _today(option: str, setting: object) -> datetime.date:
    if option:
        return values.day(option, "--today")
    if setting is not None:
        return values.day(setting, "as_of")
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    try:
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date() if epoch else datetime.datetime.now(datetime.UTC).date()
    except (ValueError, OverflowError, OSError):
        raise SettingsError(f"SOURCE_DATE_EPOCH is {epoch!r}; it must be seconds since 1970") from None
