"""All files that a portfolio is published as, by their names: for the folder of a site, or for one without MkDocs."""

import pathlib

from mlvalue.badge import as_endpoint, as_svg
from mlvalue.exports.as_atom import as_atom
from mlvalue.exports.as_csv import as_csv
from mlvalue.exports.as_json import as_json
from mlvalue.exports.as_json_lines import as_json_lines
from mlvalue.portfolio import Portfolio


def files(portfolio: Portfolio, address: str = "") -> dict[str, str]:
    """Their text by name; *address* is that of the site. A document's badge is named after its path: `badges/docs/designs/x.svg`."""
    found = {
        "portfolio.csv": as_csv(portfolio),
        "portfolio.json": as_json(portfolio),
        "portfolio.jsonl": as_json_lines(portfolio),
        "portfolio.atom": as_atom(portfolio, address),
    }
    for project in portfolio.projects:
        if not project.source:
            name = pathlib.PurePosixPath("badges", project.path.lstrip("/").replace("..", "_")).with_suffix("")
            found[f"{name}.svg"] = as_svg(project)
            found[f"{name}.json"] = as_endpoint(project)
    return found
