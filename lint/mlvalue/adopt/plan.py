"""What `mlvalue init` is asked for to the changes that bring it about."""

import dataclasses
import pathlib
from collections.abc import Sequence

from mlvalue.adopt import editors, own_settings, pre_commit, site
from mlvalue.adopt.changes import Change

PARTS = ("settings", "pre-commit", "mkdocs", "editors")


@dataclasses.dataclass(frozen=True)
class Wanted:
    """What is asked for in *folder*; *skip* are parts to leave alone, *editors* those whose folder need not exist."""

    folder: pathlib.Path
    documents: list[str]
    currency: str
    in_pyproject: bool = False
    new_site: bool = False
    editors: Sequence[str] = ()
    skip: Sequence[str] = ()


def plan(wanted: Wanted) -> tuple[list[Change], list[str]]:
    """The files to write, and what is left to the user.

    Raises:
        UsageError: if a file can't be read or extended; none should be written then.
    """
    folder = wanted.folder
    values: dict[str, str | list[str]] = {"documents": wanted.documents, "currency": wanted.currency}
    results: list[Change | str] = []
    if "settings" not in wanted.skip:
        results += own_settings.changes(folder, values, in_pyproject=wanted.in_pyproject)
    if "pre-commit" not in wanted.skip:
        results += pre_commit.changes(folder)
    if "mkdocs" not in wanted.skip:
        results += site.changes(folder, make=wanted.new_site)
    if "editors" not in wanted.skip:
        results += editors.changes(folder, wanted.editors)
    return [result for result in results if isinstance(result, Change)], [result for result in results if isinstance(result, str)]
