"""What makes findings visible in an editor, in the folder where it keeps a project's settings.

The usual way, a JSON Schema for the YAML language server, doesn't reach the front matter of Markdown files. What does:
a task whose output VS Code reads as problems, our own language server in Helix, and a task in Zed, which starts servers
only through extensions.
"""

import json
import pathlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from mlvalue.adopt import jsonc_text, own_settings
from mlvalue.adopt.changes import Change, content, edited
from mlvalue.paths import UsageError
from mlvalue.text import Text

LABEL = "mlvalue lint"
CALL: Mapping[str, Any] = {"command": "mlvalue", "args": ["lint", "--output-format", "concise"]}
PROBLEM = r"^(.+?):(\d+):(\d+): (error|warning)\[([a-z0-9-]+)\] (.*)$"
VSCODE_TASK: Mapping[str, Any] = {
    "label": LABEL,
    "type": "process",
    **CALL,
    "problemMatcher": {
        "owner": "mlvalue",
        "source": "mlvalue",
        "fileLocation": ["relative", "${workspaceFolder}"],
        "pattern": {"regexp": PROBLEM, "file": 1, "line": 2, "column": 3, "severity": 4, "code": 5, "message": 6},
    },
}
ZED_TASK: Mapping[str, Any] = {"label": LABEL, **CALL}
HELIX_SERVER = '[language-server.mlvalue]\ncommand = "mlvalue"\nargs = ["lsp"]\n'
HELIX_LANGUAGE = '[[language]]\nname = "markdown"\nlanguage-servers = ["marksman", "markdown-oxide", "mlvalue"]\n'
IDEA = (
    "PyCharm keeps nothing in .idea that reaches front matter: add `mlvalue lsp` as a server of the plugin LSP4IJ, "
    "for files *.md, or `mlvalue lint` as an external tool"
)


def changes(folder: pathlib.Path, editors: Sequence[str]) -> Iterator[Change | str]:
    """The files of the *editors* named, and of those whose folder exists."""
    for name, (home, files) in EDITORS.items():
        if name in editors or (folder / home).is_dir():
            yield from files(folder / home)


def _vscode(home: pathlib.Path) -> Iterator[Change | str]:
    yield from _tasks(home / "tasks.json", "tasks", VSCODE_TASK, {"version": "2.0.0", "tasks": [VSCODE_TASK]})


def _zed(home: pathlib.Path) -> Iterator[Change | str]:
    yield from _tasks(home / "tasks.json", "", ZED_TASK, [ZED_TASK])


def _idea(home: pathlib.Path) -> Iterator[Change | str]:
    del home
    yield IDEA


def _tasks(path: pathlib.Path, name: str, task: Mapping[str, Any], whole: object) -> Iterator[Change | str]:
    """The file with the task, or what to add to it where that can't be done so that all else stays."""
    text = (content(path) or b"").decode("utf-8-sig")
    if not text.strip():
        yield Change(path, content(path), _json(whole).encode())
        return
    try:
        held = jsonc_text.plain(text)
    except jsonc_text.UnreadableError as error:
        line, column = Text(text).position(min(error.offset, len(text) - 1))
        raise UsageError(f"{path}:{line}:{column}: this can't be read as JSON; mend it first, or leave it out with `--skip editors`") from error
    tasks = held.get(name) if name and isinstance(held, dict) else held
    if isinstance(tasks, list) and any(isinstance(known, dict) and "mlvalue" in str(known.get("command")) for known in tasks):
        return
    try:
        change = edited(path, lambda source: jsonc_text.with_item(source, name, task))
    except jsonc_text.UnreadableError:
        yield f"{path} has no list of tasks to extend; add it by hand:\n{_json(whole)}"
        return
    if change:
        yield change


def _helix(home: pathlib.Path) -> Iterator[Change | str]:
    path = home / "languages.toml"
    before = own_settings.read(path)
    if "mlvalue" in before.get("language-server", {}):
        return
    if any(language.get("name") == "markdown" for language in before.get("language", [])):
        yield f"{path} has a section for Markdown already; add it by hand, and `mlvalue` to its `language-servers`:\n{HELIX_SERVER}"
        return

    def edit(text: str) -> str:
        newline = "\r\n" if "\r\n" in text else "\n"
        lead = ("" if text.endswith("\n") else newline) + newline if text.strip() else ""
        return text + lead + f"{HELIX_SERVER}\n{HELIX_LANGUAGE}".replace("\n", newline)

    change = edited(path, edit)
    if change:
        yield change


def _json(whole: object) -> str:
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


EDITORS: Mapping[str, tuple[str, Callable[[pathlib.Path], Iterator[Change | str]]]] = {
    "vscode": (".vscode", _vscode),
    "zed": (".zed", _zed),
    "helix": (".helix", _helix),
    "idea": (".idea", _idea),
}
"""By the name that `--editor` takes: the folder, and what belongs into it."""
