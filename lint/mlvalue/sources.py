"""Other repositories' `portfolio.json`, as the settings' `sources` name them: files are read, addresses only from the cache."""

import dataclasses
import hashlib
import json
import pathlib
from typing import Any

from mlvalue.cache import folder
from mlvalue.project import Project
from mlvalue.schema import mismatch
from mlvalue.settings import Settings

VERSION = 1
ADDRESS = ("https://", "http://")


@dataclasses.dataclass(frozen=True)
class Sources:
    """The projects of other portfolios, and what couldn't be read of them."""

    projects: tuple[Project, ...] = ()
    problems: tuple[str, ...] = ()


def is_address(source: str) -> bool:
    """Say whether a source is read by `mlvalue fetch` and not from a file."""
    return source.startswith(ADDRESS)


def kept(address: str) -> pathlib.Path:
    """Where `mlvalue fetch` keeps what it read from an *address*."""
    return folder() / "sources" / f"{hashlib.sha256(address.encode()).hexdigest()[:24]}.json"


def read(settings: Settings) -> Sources:
    """All projects of the settings' sources; one that can't be read is a problem and hides no other."""
    projects: list[Project] = []
    problems: list[str] = []
    for source in settings.sources:
        file = kept(source) if is_address(source) else settings.root / source
        try:
            content = file.read_bytes()
        except OSError as error:
            problems.append(f"{source}: " + ("nothing is here yet; run `mlvalue fetch`" if is_address(source) else f"can't be read: {error.strerror}"))
            continue
        table, problem = parsed(content)
        if problem:
            problems.append(f"{source}: {problem}")
        else:
            projects += _projects(table, source)
    return Sources(tuple(projects), tuple(problems))


def parsed(content: bytes) -> tuple[dict[str, Any], str]:
    """A `portfolio.json` and what is wrong with it, "" where nothing is."""
    try:
        table = json.loads(content)
    except (ValueError, RecursionError) as error:
        return {}, f"is no JSON: {error}"
    if not isinstance(table, dict):
        return {}, "is no portfolio; `mlvalue portfolio --output-format json` writes one"
    if table.get("version") != VERSION:
        return {}, f"has version {table.get('version')!r}, and this mlvalue reads version {VERSION}; bring both to the same release"
    return table, mismatch("portfolio", table)


def _projects(table: dict[str, Any], source: str) -> list[Project]:
    name = table["name"] or pathlib.PurePosixPath(source).parent.name or source
    names = {field.name for field in dataclasses.fields(Project)}
    return [
        Project(**{**{key: value for key, value in row.items() if key in names}, "source": row["source"] or name, "horizon_years": table["horizon_years"]})
        for row in table["projects"]
    ]
