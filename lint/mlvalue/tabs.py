"""Tabs in the indentation of YAML: how many spaces they stand for, where all readings that work mean the same."""

import re

import yaml

from mlvalue.diagnostic import Edit, Span

PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
INDENT = re.compile(r"(?:^|(?<=[\r\n]))[ ]*\t[ \t]*")
WIDTHS = (2, 4, 8, 1, 3, 5, 6, 7)
"""How many spaces a tab may stand for, the width that is written first."""


def as_spaces(source: str) -> list[Edit]:
    """The edits that write spaces for all tabs that indent the YAML *source*; none where its meaning would be a guess."""
    readings = {width: reading for width in WIDTHS if (reading := _reading(INDENT.sub(lambda match: _spaced(match, width), source)))}  # noqa: B023 (called at once)
    if not readings or any(reading != next(iter(readings.values())) for reading in readings.values()):
        return []
    return [Edit(Span(*match.span()), _spaced(match, next(iter(readings)))) for match in INDENT.finditer(source)]


def _spaced(indent: re.Match[str], width: int) -> str:
    return indent.group().replace("\t", " " * width)


def _reading(source: str) -> list[tuple[str, str, bool]]:
    """What the parser makes of *source*, without places; nothing where it can't be read."""
    try:
        return [(type(event).__name__, getattr(event, "value", ""), bool(getattr(event, "style", ""))) for event in yaml.parse(source, Loader=PARSER)]
    except yaml.YAMLError:
        return []
