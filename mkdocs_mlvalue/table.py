"""The table of a portfolio: its columns, what each row can be filtered and sorted by, and the groups it can be parted in."""

import dataclasses
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from mkdocs_mlvalue import said
from mlvalue.economics import rounded_down
from mlvalue.headline import Promise, tenths
from mlvalue.portfolio import ORDER, UNDER_WAY, Portfolio
from mlvalue.project import Project


@dataclasses.dataclass(frozen=True, slots=True)
class Cell:
    """What a cell says, a quieter second line, and what it is sorted by: a number, a text, or None where nothing is known."""

    text: str
    note: str = ""
    key: float | str | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, and the cell of a project. *is_number* says that most comes first when it is sorted."""

    name: str
    title: str
    cell: Callable[[Project], Cell]
    is_number: bool = False


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


UNKNOWN = Cell("")
DEFAULT = ("stage", "return", "pays-back", "extra", "used", "evidence", "owner")
FILTERS = ("stage", "kind", "evidence", "owner", "customer", "tag", "source", "approach")
"""What a table can be narrowed to, in the page's comment and by who reads it."""


def _text(get: Callable[[Project], str]) -> Callable[[Project], Cell]:
    return lambda project: Cell(get(project), "", get(project) or None)


def _stage(project: Project) -> Cell:
    return Cell(said.STAGES[project.stage], "", ORDER.index(project.stage))


def _return(project: Project) -> Cell:
    key = project.roi_promised if project.promise == Promise.RETURN else None
    return Cell(project.headline, "", key)


def _pays_back(project: Project) -> Cell:
    if project.chance is None:
        return UNKNOWN
    month = project.payback_month_p80
    return Cell(tenths(project.chance), f"by month {month}" if month is not None else "not within the horizon", project.chance)


def _extra(project: Project) -> Cell:
    if project.approach == "no_ml" and project.npv_likely is not None:
        return Cell("is the simple option", "", None)
    if project.extra_over_simple is None:
        return UNKNOWN
    note = f"better in {tenths(project.better_than_simple or 0.0)}"
    return Cell(said.money(project.extra_over_simple, project.currency), note, project.extra_over_simple)


def _used(project: Project) -> Cell:
    if project.share_planned is None:
        return UNKNOWN
    return Cell(said.percent(project.share_measured or 0.0), f"planned {said.percent(project.share_planned)}", project.share_measured or 0.0)


def _evidence(project: Project) -> Cell:
    order = tuple(said.EVIDENCE)
    return Cell(said.EVIDENCE[project.evidence], "", -order.index(project.evidence)) if project.evidence else UNKNOWN


def _worth(project: Project) -> Cell:
    if project.npv_p20 is None:
        return UNKNOWN
    worth = rounded_down(project.npv_p20)
    return Cell(said.money(worth, project.currency), "or more" if worth >= 0 else "", worth)


def _cost(project: Project) -> Cell:
    return UNKNOWN if project.cost is None else Cell(said.money_up(project.cost, project.currency), "", project.cost)


def _delivered(project: Project) -> Cell:
    if project.delivered_value is None or project.promised_value is None:
        return UNKNOWN
    share = project.delivered_value / project.promised_value if project.promised_value > 0 else None
    promised = f"of {said.money(project.promised_value, project.currency)} to {project.newest_figures}"
    return Cell(said.money(project.delivered_value, project.currency), promised, share)


COLUMNS: Mapping[str, Column] = {
    column.name: column
    for column in (
        Column("stage", "Stage", _stage),
        Column("return", "Should return", _return, is_number=True),
        Column("pays-back", "Pays back", _pays_back, is_number=True),
        Column("extra", "Over the simple option", _extra, is_number=True),
        Column("used", "Used now and planned", _used, is_number=True),
        Column("evidence", "Rests on", _evidence),
        Column("owner", "Owner", _text(lambda project: project.owner)),
        Column("kind", "Kind of value", _text(lambda project: said.KINDS.get(project.kind, ""))),
        Column("worth", "Worth in 8 of 10 futures", _worth, is_number=True),
        Column("cost", "Costs", _cost, is_number=True),
        Column("delivered", "Delivered", _delivered, is_number=True),
        Column("customer", "Customer", _text(lambda project: project.customer)),
        Column("metric", "Metric", _text(lambda project: project.metric)),
        Column("checked", "Checked on", _text(lambda project: project.validated_on)),
        Column("go-live", "Planned go-live", _text(lambda project: project.go_live)),
        Column("figures", "Newest figures", _text(lambda project: project.newest_figures)),
        Column("attention", "Needs attention", _text(lambda project: project.attention)),
        Column("tags", "Tags", _text(lambda project: project.tags)),
        Column("source", "Portfolio", _text(lambda project: project.source)),
    )
}
"""All columns that a page can ask for, besides fields by their paths."""


def table(portfolio: Portfolio, options: Mapping[str, str]) -> Table:
    """The table that a page's *options* ask for: `stage=live`, `group=customer`, `columns=stage,worth`, `sort=-worth`.

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
    rows = _sorted([_row(project, columns, portfolio) for project in projects], options.get("sort", ""), portfolio)
    return Table(columns, tuple(_groups(rows, options.get("group", ""), portfolio)), tuple(projects))


def _column(name: str, titles: Mapping[str, str]) -> Column:
    if name in COLUMNS:
        return COLUMNS[name]
    if name in titles:
        return Column(name, titles[name], _text(lambda project: project.fields.get(name, "")))
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


def _row(project: Project, columns: Sequence[Column], portfolio: Portfolio) -> Row:
    data = {name: "\n".join(_values(project, name)) for name in FILTERS}
    data["attention"] = "1" if project.attention else ""
    settings = portfolio.settings
    counts = project.stage in UNDER_WAY and project.promise != Promise.RANGE and project.currency in settings.currencies
    if counts and project.npv_p20 is not None and project.cost is not None:
        rate = settings.rates.get(project.currency, 1.0)
        data |= {"worth": _number(rate * rounded_down(project.npv_p20)), "cost": _number(rate * project.cost)}
    return Row(project, tuple(column.cell(project) for column in columns), data)


def _number(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")


def _sorted(rows: list[Row], written: str, portfolio: Portfolio) -> list[Row]:
    """The rows in the order that `sort=worth` or `sort=-worth` asks for, unknowns last."""
    if not written:
        return rows
    name = written.removeprefix("-")
    if name == "design":
        return sorted(rows, key=lambda row: row.project.title.casefold(), reverse=written.startswith("-"))
    column = _column(name, portfolio.columns)
    known: list[tuple[Any, Row]] = [(key, row) for row in rows if (key := column.cell(row.project).key) is not None]
    known.sort(key=lambda pair: pair[0].casefold() if isinstance(pair[0], str) else pair[0], reverse=written.startswith("-"))
    there = {id(row) for _, row in known}
    return [row for _, row in known] + [row for row in rows if id(row) not in there]


def _groups(rows: Sequence[Row], name: str, portfolio: Portfolio) -> Iterable[Group]:
    if not name:
        yield Group("", tuple(rows))
        return
    if name in FILTERS:
        words = {"stage": said.STAGES, "kind": said.KINDS, "evidence": said.EVIDENCE, "approach": said.TYPES}.get(name, {})
        shown = [(", ".join(words.get(value, value) for value in _values(row.project, name)), row) for row in rows]
    else:
        column = _column(name, portfolio.columns)
        shown = [(column.cell(row.project).text, row) for row in rows]
    names = dict.fromkeys(sorted((text for text, _ in shown), key=lambda text: (not text, text.casefold())))
    if name == "stage":
        names = dict.fromkeys(text for text, _ in shown)
    for text in names:
        yield Group(text or "unknown", tuple(row for each, row in shown if each == text))


def sort_key(cell: Cell) -> str:
    """What a page sorts a cell by, "" where nothing is known."""
    if cell.key is None or (isinstance(cell.key, float) and math.isnan(cell.key)):
        return ""
    return cell.key if isinstance(cell.key, str) else _number(float(cell.key))
