"""What a table can show of a project: its columns, each with the cell of a project and what it is sorted by."""

import dataclasses
import math
from collections.abc import Callable, Mapping

from mkdocs_mlvalue import said
from mkdocs_mlvalue.glossary import GLOSSARY
from mkdocs_mlvalue.language import Language
from mlvalue.badge import retold
from mlvalue.economics import rounded_down
from mlvalue.headline import Promise
from mlvalue.portfolio import ORDER
from mlvalue.project import Project
from mlvalue.saying import to_say


@dataclasses.dataclass(frozen=True, slots=True)
class Cell:
    """What a cell says in the page's language, a quieter second line, and what it is sorted by: a number, a text, or None where nothing is known."""

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
    cell: Callable[[Project, Language], Cell]
    is_number: bool = False
    term: str = ""

    @property
    def meaning(self) -> str:
        """What the column shows, in plain words; "" where its heading says it."""
        return GLOSSARY[self.term] if self.term else ""


SILENT = 4
"""Months after which figures are no news any more."""
NOTHING = Cell("")


def text_of(get: Callable[[Project], str]) -> Callable[[Project, Language], Cell]:
    """What makes the cell of a text that *get* takes from a project."""
    return lambda project, _: Cell(get(project), "", get(project) or None)


def date_of(get: Callable[[Project], str]) -> Callable[[Project, Language], Cell]:
    """What makes the cell of a day or month that *get* takes from a project."""
    return lambda project, language: Cell(language.date(get(project)), "", get(project) or None)


def _stage(project: Project, language: Language) -> Cell:
    return Cell(language.say(said.STAGES[project.stage]), "", ORDER.index(project.stage))


def _return(project: Project, language: Language) -> Cell:
    key = project.roi_promised if project.promise == Promise.RETURN else None
    return Cell(language.tell(retold(project).short), "", key)


def _pays_back(project: Project, language: Language) -> Cell:
    if project.chance is None:
        return NOTHING
    month = project.payback_month_p80
    back = language.say("by month {month}", month=month) if month is not None else language.say("not within the horizon")
    return Cell(language.tenths(project.chance), back, project.chance)


def _extra(project: Project, language: Language) -> Cell:
    if project.approach == "no_ml" and project.npv_likely is not None:
        return Cell(language.say("is the simple option"), "", None)
    if project.extra_over_simple is None:
        return NOTHING
    note = language.say("better in {chance}", chance=language.tenths(project.better_than_simple or 0.0))
    return Cell(language.money(project.extra_over_simple, project.currency), note, project.extra_over_simple)


def _used(project: Project, language: Language) -> Cell:
    if project.share_planned is None:
        return NOTHING
    planned = language.say("planned {share}", share=language.percent(project.share_planned))
    return Cell(language.percent(project.share_measured or 0.0), planned, project.share_measured or 0.0)


def _kind(project: Project, language: Language) -> Cell:
    name = language.say(said.KINDS[project.kind]) if project.kind in said.KINDS else ""
    return Cell(name, "", name or None)


def _evidence(project: Project, language: Language) -> Cell:
    order = tuple(said.EVIDENCE)
    return Cell(language.say(said.EVIDENCE[project.evidence]), "", -order.index(project.evidence)) if project.evidence else NOTHING


def _worth(project: Project, language: Language) -> Cell:
    if project.npv_p20 is None:
        return NOTHING
    worth = rounded_down(project.npv_p20)
    return Cell(language.money(worth, project.currency), language.say("or more") if worth >= 0 else "", worth)


def _cost(project: Project, language: Language) -> Cell:
    return NOTHING if project.cost is None else Cell(language.money_up(project.cost, project.currency), "", project.cost)


def _delivered(project: Project, language: Language) -> Cell:
    if project.delivered_value is None or project.promised_value is None:
        return Cell(language.say("no figures yet"), "", None) if project.stage == "live" else NOTHING
    if project.silent_months > SILENT:
        since = language.say("no figures since {month}", month=language.date(project.newest_figures))
        return Cell(since, language.count("{n} month", "{n} months", project.silent_months), None)
    share = project.delivered_value / project.promised_value if project.promised_value > 0 else None
    amount = language.money(project.promised_value, project.currency)
    promised = language.say("of {amount} to {month}", amount=amount, month=language.date(project.newest_figures))
    return Cell(language.money(project.delivered_value, project.currency), promised, share)


COLUMNS: Mapping[str, Column] = {
    column.name: column
    for column in (
        Column("stage", to_say("Stage"), _stage, term="stage"),
        Column("return", to_say("Should return"), _return, is_number=True, term="should return"),
        Column("pays-back", to_say("Pays back"), _pays_back, is_number=True, term="pays back"),
        Column("extra", to_say("Over the simple option"), _extra, is_number=True, term="over the simple option"),
        Column("used", to_say("Used now and planned"), _used, is_number=True, term="used"),
        Column("evidence", to_say("Rests on"), _evidence, term="rests on"),
        Column("owner", to_say("Owner"), text_of(lambda project: project.owner), term="owner"),
        Column("kind", to_say("Kind of value"), _kind, term="kind of value"),
        Column("worth", to_say("Worth in 8 of 10 futures"), _worth, is_number=True, term="worth"),
        Column("cost", to_say("Costs"), _cost, is_number=True, term="costs"),
        Column("delivered", to_say("Delivered"), _delivered, is_number=True, term="delivered"),
        Column("customer", to_say("Customer"), text_of(lambda project: project.customer), term="customer"),
        Column("metric", to_say("Metric"), text_of(lambda project: project.metric)),
        Column("checked", to_say("Checked on"), date_of(lambda project: project.validated_on)),
        Column("go-live", to_say("Planned go-live"), date_of(lambda project: project.go_live)),
        Column("figures", to_say("Newest figures"), date_of(lambda project: project.newest_figures)),
        Column("attention", to_say("Needs attention"), text_of(lambda project: project.attention), term="needs attention"),
        Column("tags", to_say("Tags"), text_of(lambda project: project.tags)),
        Column("source", to_say("Portfolio"), text_of(lambda project: project.source)),
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
