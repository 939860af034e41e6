"""A portfolio on a terminal."""

from mlvalue.economics import rounded_down
from mlvalue.portfolio import Portfolio
from mlvalue.project import Project
from mlvalue.report import printable, width
from mlvalue.words import amount, count, percent

WIDEST = 44
CUT = "\N{HORIZONTAL ELLIPSIS}"
HEADS = ("design", "stage", "should return", "worth in 8 of 10", "pays back", "used", "owner")


def as_table(portfolio: Portfolio) -> str:
    """A row for each project, then what they are worth together and how many need attention."""
    rows = [HEADS, *(_row(project) for project in portfolio.projects)]
    columns = [min(WIDEST, max(width(row[index]) for row in rows)) for index in range(len(HEADS))]
    lines = ["  ".join(_fit(cell, size) for cell, size in zip(row, columns, strict=True)).rstrip() for row in rows]
    currency = portfolio.settings.currency
    totals = [
        f"{total.kind}: {amount(total.npv, currency)} or more in {count(total.designs, 'design')} under way, at a cost of {amount(total.cost, currency)}"
        for total in portfolio.totals
    ]
    alert = [f"{count(len(portfolio.attention), 'design')} need{'s' if len(portfolio.attention) == 1 else ''} attention"] if portfolio.attention else []
    return "\n".join([*lines, "", *totals, *alert]).rstrip() + "\n"


def _row(project: Project) -> tuple[str, ...]:
    name = f"{project.source}: {project.title}" if project.source else project.title
    worth = "-" if project.npv_p20 is None else amount(rounded_down(project.npv_p20), project.currency)
    chance = "-" if project.chance is None else f"{int(project.chance * 10)} in 10"
    used = "-" if project.share_measured is None else percent(project.share_measured)
    return name, project.stage, project.headline, worth, chance, used, project.owner or "nobody"


def _fit(text: str, columns: int) -> str:
    shown = printable(text.replace("\n", " "))
    while width(shown) > columns:
        shown = shown.removesuffix(CUT)[:-1] + CUT
    return shown + " " * (columns - width(shown))
