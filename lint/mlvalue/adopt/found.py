"""What a repository tells about itself: where it begins, and where its design documents lie."""

import os
import pathlib
from collections.abc import Iterator

import yaml

from mlvalue import document, settings, stages
from mlvalue.adopt import yaml_text
from mlvalue.definitions import published
from mlvalue.walk import MARKDOWN

GENERATED = {"node_modules", "site", "venv", "build", "dist", "target", "__pycache__"}
HEAD = b"---"
MOST_FILES = 20_000


def root(start: pathlib.Path) -> pathlib.Path:
    """The top folder of the git repository that *start* is in, else *start*."""
    start = start.resolve()
    return next((folder for folder in (start, *start.parents) if (folder / ".git").exists()), start)


def documents(folder: pathlib.Path) -> list[str]:
    """Patterns for the design documents below *folder*; where there are none, for where they best go."""
    homes = sorted({path.parent.relative_to(folder) for path in _markdown(folder) if _is_design(path)})
    tops = [home for home in homes if not any(other != home and home.is_relative_to(other) for other in homes)]
    if tops:
        return [f"{home.as_posix()}/**/*.md" if home.parts else "*.md" for home in tops]
    place = docs_folder(folder)
    return [f"{place}/designs/**/*.md"] if place else list(settings.DOCUMENTS)


def docs_folder(folder: pathlib.Path) -> str:
    """The folder of the site's pages, as `mkdocs.yml` names it, with / between folders; empty if it doesn't, or not plainly."""
    path = site_file(folder)
    try:
        node = yaml_text.child(yaml_text.tree(path.read_text(encoding="utf-8-sig")), "docs_dir") if path else None
    except (OSError, ValueError, yaml.YAMLError):
        return ""
    name = node.value if isinstance(node, yaml.ScalarNode) and node.tag.endswith(":str") else ""
    is_inside = not pathlib.PurePath(name).is_absolute() and ".." not in pathlib.PurePath(name).parts
    return pathlib.PurePath(name).as_posix() if name and is_inside else ""


def site_file(folder: pathlib.Path) -> pathlib.Path | None:
    """The settings of MkDocs."""
    return next((folder / name for name in ("mkdocs.yml", "mkdocs.yaml") if (folder / name).exists()), None)


def _markdown(folder: pathlib.Path) -> Iterator[pathlib.Path]:
    """Markdown files below *folder*, but for hidden and generated folders; of huge trees only the first part."""
    seen = 0
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in GENERATED)
        seen += len(names)
        if seen > MOST_FILES:
            return
        yield from (pathlib.Path(place) / name for name in sorted(names) if name.endswith(MARKDOWN))


def _is_design(path: pathlib.Path) -> bool:
    """Say whether a file has a stage of ours, and another field of ours beside it."""
    try:
        if not path.is_file():  # a pipe would be waited for
            return False
        with path.open("rb") as file:
            if file.read(len(HEAD)) != HEAD:
                return False
        data = document.read(path.read_bytes()).data
    except OSError:
        return False
    return data.get("stage") in stages.STAGES and len(set(data) & (set(published()["properties"]) - {"title", "stage"})) > 0
