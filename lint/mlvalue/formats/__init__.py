"""The forms a report can take, one module each: a function from a Report to text."""

from collections.abc import Callable, Mapping

from mlvalue.formats.as_json import as_json
from mlvalue.formats.concise import concise
from mlvalue.formats.full import full
from mlvalue.report import Report

FORMATS: Mapping[str, Callable[[Report], str]] = {"full": full, "concise": concise, "json": as_json}
"""In the order of `mlvalue lint --help`."""
