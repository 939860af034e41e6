"""A portfolio as `portfolio.schema.json` describes it."""

import mlvalue
from mlvalue.portfolio import Portfolio
from mlvalue.report import dump
from mlvalue.sources import VERSION


def as_json(portfolio: Portfolio) -> str:
    """One object with what holds for all projects, the totals and the projects."""
    settings = portfolio.settings
    return dump(
        {
            "version": VERSION,
            "tool": {"name": "mlvalue", "version": mlvalue.__version__},
            "name": settings.name,
            "as_of": str(settings.as_of),
            "currency": settings.currency,
            "horizon_years": settings.horizon_years,
            "discount_rate": settings.discount_rate,
            "rates": {name: {"rate": rate, "date": str(day)} for name, (rate, day) in settings.dated_rates.items()},
            "totals": [{"kind": total.kind, "designs": total.designs, "npv": round(total.npv), "cost": round(total.cost)} for total in portfolio.totals],
            "projects": [project.row() for project in portfolio.projects],
        }
    )
