"""The settings: `mlvalue.toml`, or `[tool.mlvalue]` in `pyproject.toml`."""

import pathlib
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from mlvalue.adopt import toml_text
from mlvalue.adopt.changes import Change, content, edited
from mlvalue.paths import UsageError

TABLE = ("tool", "mlvalue")


def place(folder: pathlib.Path, *, in_pyproject: bool) -> tuple[pathlib.Path, tuple[str, ...]]:
    """The file that holds the settings of *folder*, or shall, and the table in it.

    Raises:
        UsageError: if it can't be read.
    """
    own, project = folder / "mlvalue.toml", folder / "pyproject.toml"
    if own.exists():
        return own, ()
    if in_pyproject or isinstance(_table(read(project), TABLE), dict):
        return project, TABLE
    return own, ()


def written(folder: pathlib.Path, *, in_pyproject: bool) -> Mapping[str, Any]:
    """The settings that are written already.

    Raises:
        UsageError: if they can't be read.
    """
    path, table = place(folder, in_pyproject=in_pyproject)
    found = _table(read(path), table)
    return found if isinstance(found, dict) else {}


def changes(folder: pathlib.Path, wanted: Mapping[str, str | list[str]], *, in_pyproject: bool) -> Iterator[Change | str]:
    """The file with those of the *wanted* settings that it lacks, and what it has otherwise."""
    path, table = place(folder, in_pyproject=in_pyproject)
    present = written(folder, in_pyproject=in_pyproject)
    lacking = {name: value for name, value in wanted.items() if name not in present}
    if in_pyproject and table and content(path) is None:
        raise UsageError(f"there is no {path} to write settings into; leave out --pyproject for a file mlvalue.toml of its own")

    def edit(text: str) -> str:
        after = toml_text.with_fields(text, table, lacking) if lacking else text
        if after is None:
            below = f" below `[{'.'.join(table)}]`" if table else ""
            raise UsageError(
                f"{path}: this is written in a way that can't be extended beyond doubt. Nothing was written; add by hand{below}:\n"
                f"{toml_text.lines(lacking)}Then run this again, or leave it out with `--skip settings`."
            )
        return after

    change = edited(path, edit)
    if change:
        yield change
    yield from (
        f"{path.name} keeps {toml_text.lines({name: present[name]}).strip()}; change it there if you want {toml_text.lines({name: value}).strip()}"
        for name, value in wanted.items()
        if name in present and present[name] != value
    )


def read(path: pathlib.Path) -> dict[str, Any]:
    """What a TOML file says, nothing where there is none.

    Raises:
        UsageError: if it can't be read.
    """
    try:
        return tomllib.loads((content(path) or b"").decode("utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{path}: {error}; mend it first, nothing was written") from error


def _table(data: object, table: tuple[str, ...]) -> object:
    for name in table:
        data = data.get(name) if isinstance(data, dict) else None
    return data
