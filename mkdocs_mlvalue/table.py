"""The table of a portfolio: its columns, what each row can be filtered and sorted by, and the groups it can be parted in."""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mkdocs_mlvalue import said
from mkdocs_mlvalue.columns import COLUMNS, Cell, Column, number, text_of
from mkdocs_mlvalue.language import UNKNOWN, Language
from mlvalue.economics import rounded_down
from mlvalue.headline import Promise
from mlvalue.portfolio import UNDER_WAY, Portfolio
from mlvalue.project import Project


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """A project with its cells by column, and the attributes by which the page filters and adds up."""

    project: Project
    cells: tuple[Cell, ...]
    data: Mapping[str, str]


@dataclasses.dataclass(frozen=True, slots=True)
class Group:
    """The rows that have one value in common; *name* is empty where the table isn't parted."""

    name: str
    rows: tuple[Row, ...]


@dataclasses.dataclass(frozen=True)
class Table:
    """What one table of a page shows."""

    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    projects: tuple[Project, ...]


class TableError(ValueError):
    """Options that a table can't have; the message says what is written and what to write."""


DEFAULT = ("stage", "return", "pays-back", "extra", "used", "evidence", "owner")
FILTERS = ("stage", "kind", "evidence", "owner", "customer", "tag", "source", "approach")
"""What a table can be narrowed to, in the page's comment and by who reads it."""


def table(portfolio: Portfolio, options: Mapping[str, str], language: Language) -> Table:
    """The table that a page's *options* ask for, in its *language*: `stage=live`, `group=customer`, `columns=stage,worth`, `sort=-worth`.

    Raises:
        TableError: if there is no such option, column or value.
    """
    for name in options:
        if name not in (*FILTERS, "group", "columns", "sort", "attention", "charts"):
            raise TableError(f"there is no option `{name}`; there are {', '.join((*FILTERS, 'attention', 'group', 'columns', 'sort'))}")
    names = [name for name in options.get("columns", "").split(",") if name]
    default = [*DEFAULT, *(["source"] if any(project.source for project in portfolio.projects) else []), *portfolio.columns]
    columns = tuple(_column(name, portfolio.columns) for name in names or default)
    projects = [project for project in portfolio.projects if _is_wanted(project, options)]
    rows = _sorted([_row(project, columns, portfolio, language) for project in projects], options.get("sort", ""), portfolio, language)
    return Table(columns, tuple(_groups(rows, options.get("group", ""), portfolio, language)), tuple(projects))


def _column(name: str, titles: Mapping[str, str]) -> Column:
    if name in COLUMNS:
        return COLUMNS[name]
    if name in titles:
        return Column(name, titles[name], text_of(lambda project: project.fields.get(name, "")))
    there = ", ".join((*COLUMNS, *titles))
    raise TableError(f"there is no column `{name}`; there are {there}; other fields must stand in `columns` of the settings")


def _is_wanted(project: Project, options: Mapping[str, str]) -> bool:
    wanted = {name: value.split(",") for name, value in options.items() if name in FILTERS}
    if "attention" in options and not project.attention:
        return False
    return all(set(values) & set(_values(project, name)) for name, values in wanted.items())


def _values(project: Project, name: str) -> list[str]:
    """The values by which a project is found under a filter."""
    if name == "tag":
        return [tag for tag in project.tags.split(", ") if tag]
    return [str(getattr(project, name))]


def _row(project: Project, columns: Sequence[Column], portfolio: Portfolio, language: Language) -> Row:
    data = {name: "\n".join(_values(project, name)) for name in FILTERS}
    data["attention"] = "1" if project.attention else ""
    settings = portfolio.settings
    counts = project.stage in UNDER_WAY and project.promise != Promise.RANGE and project.currency in settings.currencies
    if counts and project.npv_p20 is not None and project.cost is not None:
        rate = settings.rates.get(project.currency, 1.0)
        data |= {"worth": number(rate * rounded_down(project.npv_p20)), "cost": number(rate * project.cost)}
    if project.delivered_value is not None and project.delivered_cost is not None and project.currency in settings.currencies:
        rate = settings.rates.get(project.currency, 1.0)
        data |= {"delivered": number(rate * project.delivered_value), "spent": number(rate * project.delivered_cost)}
    return Row(project, tuple(column.cell(project, language) for column in columns), data)


def _sorted(rows: list[Row], written: str, portfolio: Portfolio, language: Language) -> list[Row]:
    """The rows in the order that `sort=worth` or `sort=-worth` asks for, unknowns last."""
    if not written:
        return rows
    name = written.removeprefix("-")
    if name == "design":
        return sorted(rows, key=lambda row: row.project.title.casefold(), reverse=written.startswith("-"))
    column = _column(name, portfolio.columns)
    known: list[tuple[Any, Row]] = [(key, row) for row in rows if (key := column.cell(row.project, language).key) is not None]
    known.sort(key=lambda pair: pair[0].casefold() if isinstance(pair[0], str) else pair[0], reverse=written.startswith("-"))
    there = {id(row) for _, row in known}
    return [row for _, row in known] + [row for row in rows if id(row) not in there]


def _groups(rows: Sequence[Row], name: str, portfolio: Portfolio, language: Language) -> Iterable[Group]:
    if not name:
        yield Group("", tuple(rows))
        return
    if name in FILTERS:
        words = {"stage": said.STAGES, "kind": said.KINDS, "evidence": said.EVIDENCE, "approach": said.TYPES}.get(name, {})
        shown = [(", ".join(language.say(words[value]) if value in words else value for value in _values(row.project, name)), row) for row in rows]
    else:
        column = _column(name, portfolio.columns)
        shown = [(column.cell(row.project, language).text, row) for row in rows]
    names = dict.fromkeys(sorted((text for text, _ in shown), key=lambda text: (not text, text.casefold())))
    if name == "stage":
        names = dict.fromkeys(text for text, _ in shown)
    for text in names:
        yield Group(text or language.say(UNKNOWN), tuple(row for each, row in shown if each == text))
