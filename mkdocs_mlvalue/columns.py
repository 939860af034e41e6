"""What a table can show of a project: its columns, each with the cell of a project and what it is sorted by."""

import dataclasses
import math
from collections.abc import Callable, Mapping

from mkdocs_mlvalue import said
from mkdocs_mlvalue.glossary import GLOSSARY
from mlvalue.economics import rounded_down
from mlvalue.headline import Promise, tenths
from mlvalue.portfolio import ORDER
from mlvalue.project import Project


@dataclasses.dataclass(frozen=True, slots=True)
class Cell:
    """What a cell says, a quieter second line, and what it is sorted by: a number, a text, or None where nothing is known."""

    text: str
    note: str = ""
    key: float | str | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, the cell of a project, and the term of the glossary that explains it.

    *is_number* says that most comes first when it is sorted.
    """

    name: str
    title: str
    cell: Callable[[Project], Cell]
    is_number: bool = False
    term: str = ""

    @property
    def meaning(self) -> str:
        """What the column shows, in plain words; "" where its heading says it."""
        return GLOSSARY[self.term] if self.term else ""


SILENT = 4
"""Months after which figures are no news any more."""
UNKNOWN = Cell("")


def text_of(get: Callable[[Project], str]) -> Callable[[Project], Cell]:
    """What makes the cell of a text that *get* takes from a project."""
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
        return Cell("no figures yet", "", None) if project.stage == "live" else UNKNOWN
    if project.silent_months > SILENT:
        return Cell(f"no figures since {project.newest_figures}", f"{project.silent_months} months", None)
    share = project.delivered_value / project.promised_value if project.promised_value > 0 else None
    promised = f"of {said.money(project.promised_value, project.currency)} to {project.newest_figures}"
    return Cell(said.money(project.delivered_value, project.currency), promised, share)


COLUMNS: Mapping[str, Column] = {
    column.name: column
    for column in (
        Column("stage", "Stage", _stage, term="stage"),
        Column("return", "Should return", _return, is_number=True, term="should return"),
        Column("pays-back", "Pays back", _pays_back, is_number=True, term="pays back"),
        Column("extra", "Over the simple option", _extra, is_number=True, term="over the simple option"),
        Column("used", "Used now and planned", _used, is_number=True, term="used"),
        Column("evidence", "Rests on", _evidence, term="rests on"),
        Column("owner", "Owner", text_of(lambda project: project.owner), term="owner"),
        Column("kind", "Kind of value", text_of(lambda project: said.KINDS.get(project.kind, "")), term="kind of value"),
        Column("worth", "Worth in 8 of 10 futures", _worth, is_number=True, term="worth"),
        Column("cost", "Costs", _cost, is_number=True, term="costs"),
        Column("delivered", "Delivered", _delivered, is_number=True, term="delivered"),
        Column("customer", "Customer", text_of(lambda project: project.customer), term="customer"),
        Column("metric", "Metric", text_of(lambda project: project.metric)),
        Column("checked", "Checked on", text_of(lambda project: project.validated_on)),
        Column("go-live", "Planned go-live", text_of(lambda project: project.go_live)),
        Column("figures", "Newest figures", text_of(lambda project: project.newest_figures)),
        Column("attention", "Needs attention", text_of(lambda project: project.attention), term="needs attention"),
        Column("tags", "Tags", text_of(lambda project: project.tags)),
        Column("source", "Portfolio", text_of(lambda project: project.source)),
    )
}
"""All columns that a page can ask for, besides fields by their paths."""


def number(value: float) -> str:
    """A number as a script reads it."""
    return f"{value:.4f}".rstrip("0").rstrip(".")


def sort_key(cell: Cell) -> str:
    """What a page sorts a cell by, "" where nothing is known."""
    if cell.key is None or (isinstance(cell.key, float) and math.isnan(cell.key)):
        return ""
    return cell.key if isinstance(cell.key, str) else number(float(cell.key))
