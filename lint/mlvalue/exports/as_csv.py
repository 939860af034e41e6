"""A portfolio for a spreadsheet."""

import csv
import io

from mlvalue.portfolio import Portfolio

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""What tells a spreadsheet that the file is UTF-8."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a text begins that a spreadsheet would run as a formula."""


def as_csv(portfolio: Portfolio) -> str:
    """A line for each project, numbers as numbers; texts that a spreadsheet would take for formulas begin with an apostrophe."""
    rows = [project.flat() for project in portfolio.projects]
    names = list(dict.fromkeys(name for row in rows for name in row)) or ["title"]
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(names)
    writer.writerows([_cell(row.get(name)) for name in names] for row in rows)
    return BOM + out.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.0f}" if value == int(value) else f"{value}"
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.lstrip(" ").startswith(FORMULA) else text
