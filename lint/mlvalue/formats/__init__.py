"""The forms a report can take, one module each: a function from a Report to text."""

from collections.abc import Callable, Mapping

from mlvalue.formats.as_json import as_json, json_lines
from mlvalue.formats.concise import concise
from mlvalue.formats.full import full
from mlvalue.formats.github import github
from mlvalue.formats.gitlab import gitlab
from mlvalue.formats.junit import junit
from mlvalue.formats.rdjson import rdjson
from mlvalue.formats.sarif import sarif
from mlvalue.report import Report

FORMATS: Mapping[str, Callable[[Report], str]] = {
    "full": full,
    "concise": concise,
    "json": as_json,
    "json-lines": json_lines,
    "github": github,
    "gitlab": gitlab,
    "sarif": sarif,
    "junit": junit,
    "rdjson": rdjson,
}
"""In the order of `mlvalue lint --help`."""

TEXTS = ("full", "concise")
"""Those for people. All others are for machines: UTF-8 whatever the terminal is, and written also where nothing was found."""
