"""Settings added to TOML as text, proved by reading the result."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

HEADER = re.compile(r"^[ \t]*\[", re.MULTILINE)


def lines(fields: Mapping[str, str | list[str]]) -> str:
    """Fields as lines of TOML."""
    return "".join(f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in fields.items())


def with_fields(text: str, table: tuple[str, ...], fields: Mapping[str, str | list[str]]) -> str | None:
    """*text* with *fields* in *table*, which is made where there is none; None if that can't be done beyond doubt.

    Raises:
        tomllib.TOMLDecodeError: if the text can't be read.
    """
    wanted = _with(tomllib.loads(text), table, fields)
    newline = "\r\n" if "\r\n" in text else "\n"
    for attempt in _attempts(text, table, lines(fields).replace("\n", newline), newline):
        try:
            if tomllib.loads(attempt) == wanted:
                return attempt
        except tomllib.TOMLDecodeError:
            continue
    return None


def _with(data: Mapping[str, Any], table: tuple[str, ...], fields: Mapping[str, Any]) -> dict[str, Any]:
    if not table:
        return {**data, **fields}
    inner = data.get(table[0], {})
    return {**data, table[0]: _with(inner if isinstance(inner, dict) else {}, table[1:], fields)}


def _attempts(text: str, table: tuple[str, ...], written: str, newline: str) -> Iterator[str]:
    """Below the table's header; else before the first header, at the end, at the beginning; else as a new table."""
    ending = "" if not text or text.endswith("\n") else newline
    if not table:
        first = HEADER.search(text)
        if first:
            yield text[: first.start()] + written + newline + text[first.start() :]
        yield text + ending + written
        yield written + text
        return
    header = re.compile(r"^[ \t]*\[[ \t]*" + r"[ \t]*\.[ \t]*".join(f"[\"']?{name}[\"']?" for name in table) + r"[ \t]*\][ \t]*(?:#.*)?$", re.MULTILINE)
    for match in header.finditer(text.replace("\r", " ")):
        end = text.find("\n", match.start()) + 1
        yield text[:end] + written + text[end:] if end else f"{text}{newline}{written}"
    yield f"{text}{ending}{newline if text.strip() else ''}[{'.'.join(table)}]{newline}{written}"
