"""The forms that a portfolio can take outside of the site, one module each: a function from a Portfolio to text."""

from collections.abc import Callable, Mapping

from mlvalue.exports.as_atom import as_atom
from mlvalue.exports.as_csv import as_csv
from mlvalue.exports.as_json import as_json
from mlvalue.exports.as_json_lines import as_json_lines
from mlvalue.exports.as_table import as_table
from mlvalue.exports.files import files
from mlvalue.portfolio import Portfolio

EXPORTS: Mapping[str, Callable[[Portfolio], str]] = {"text": as_table, "csv": as_csv, "json": as_json, "json-lines": as_json_lines, "atom": as_atom}
"""In the order of `mlvalue portfolio --help`."""

__all__ = ["EXPORTS", "files"]
