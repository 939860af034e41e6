"""What a plain scalar means: to YAML 1.2, and to MkDocs, which reads YAML 1.1."""

import re

import yaml
from yaml.resolver import Resolver

LONGEST_NUMBER = 300
NUMBER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)(\.[0-9]+)?")
BROKEN = "a value that doesn't exist"
CONSTANTS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
CONSTANTS_OR_NULL = CONSTANTS | dict.fromkeys(("", "~", "null", "Null", "NULL"))


def resolve(raw: str) -> str | int | float | bool | None:
    """Read a plain scalar as YAML 1.2 does, but numbers only in their everyday forms: `1e5`, `010`, `.nan` stay text."""
    if raw in CONSTANTS_OR_NULL:
        return CONSTANTS_OR_NULL[raw]
    number = NUMBER.fullmatch(raw)
    if number and len(raw) <= LONGEST_NUMBER:
        return float(raw) if number.group(1) else int(raw)
    return raw


def yaml_1_1_kind(raw: str) -> str:
    """What PyYAML's safe loader, and with it MkDocs, takes a plain scalar for."""
    for tag, pattern in Resolver.yaml_implicit_resolvers.get(raw[:1], []):
        if pattern.match(raw):
            kind = tag.rpartition(":")[2]
            if not _is_loaded(raw):
                return BROKEN
            if kind == "timestamp":
                return "a date"
            return {"bool": "true or false", "int": "a number", "float": "a number", "null": "nothing"}.get(kind, "a special sign")
    return "text"


def _is_loaded(raw: str) -> bool:
    """Say whether PyYAML's safe loader makes a value of a plain scalar; it raises on days that no calendar has, on `=`, on `0x_`."""
    try:
        yaml.load(f"[{raw}]" if raw not in {"<<", "="} else raw, yaml.SafeLoader)
    except (yaml.YAMLError, ValueError, TypeError, OverflowError):
        return False
    return True
