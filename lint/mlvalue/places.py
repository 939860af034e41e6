"""Where a document lies, as other tools want to be told: from the root of the repository, or by an address."""

import os
import pathlib
import urllib.parse

STDIN = pathlib.Path("-")


def repository(start: pathlib.Path, otherwise: pathlib.Path) -> pathlib.Path:
    """The nearest folder from *start* upward that holds `.git`, which is a file in a worktree; else *otherwise*."""
    start = start.resolve()
    return next((folder for folder in (start, *start.parents) if (folder / ".git").exists()), otherwise)


def from_root(path: pathlib.Path, root: pathlib.Path) -> str:
    """*path* with / between folders, seen from *root*; absolute where it lies elsewhere."""
    return _inside(path, root) or pathlib.Path(os.path.abspath(path)).as_posix()  # noqa: PTH100 (`resolve` would follow symbolic links)


def address(path: pathlib.Path, root: pathlib.Path) -> str:
    """*path* as a URI, with all but plain characters escaped: relative to *root*, or of the scheme `file` where it lies elsewhere."""
    inside = _inside(path, root)
    return urllib.parse.quote(os.fsencode(inside)) if inside else pathlib.Path(os.path.abspath(path)).as_uri()  # noqa: PTH100 (as above)


def is_inside(path: pathlib.Path, root: pathlib.Path) -> bool:
    """Say whether *path* lies in *root*."""
    return bool(_inside(path, root))


def _inside(path: pathlib.Path, root: pathlib.Path) -> str:
    """*path* from *root*, "" where it lies elsewhere; a document that is a symbolic link is called by its own name."""
    if path == STDIN:
        return path.as_posix()
    for place, top in ((pathlib.Path(os.path.abspath(path)), root), (pathlib.Path(os.path.realpath(path)), root.resolve())):  # noqa: PTH100 (as above; `resolve` raises at circles)
        if place.is_relative_to(top):
            return place.relative_to(top).as_posix()
    return ""
