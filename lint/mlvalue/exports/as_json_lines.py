"""A portfolio as lines, each a flat object: for a data warehouse over thousands of repositories."""

import json

from mlvalue.portfolio import Portfolio


def as_json_lines(portfolio: Portfolio) -> str:
    """A line for each project; every line has the names of what holds for all, too."""
    settings = portfolio.settings
    common = {"portfolio": settings.name, "as_of": str(settings.as_of), "horizon_years": settings.horizon_years, "discount_rate": settings.discount_rate}
    lines = [json.dumps(common | project.flat(), ensure_ascii=False, allow_nan=False) for project in portfolio.projects]
    return "".join(f"{line}\n" for line in lines)
