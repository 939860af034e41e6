"""The hook in `.pre-commit-config.yaml`."""

import pathlib
import re
from collections.abc import Iterator

import yaml

import mlvalue
from mlvalue.adopt import yaml_text
from mlvalue.adopt.changes import Change, edited
from mlvalue.adopt.told import editing_yaml
from mlvalue.adopt.yaml_shapes import Data

URL = "https://github.com/mlvalue/mlvalue"
OURS = re.compile(r"(?:https?://|ssh://|git@)?(?:[^@/]*@)?github\.com[/:]mlvalue/mlvalue(?:\.git)?/?", re.IGNORECASE)
HOOK = "mlvalue-lint"
NAMES = (".pre-commit-config.yaml", ".pre-commit-config.yml")


def changes(folder: pathlib.Path) -> Iterator[Change]:
    """The file with the hook in it, if it isn't there yet."""
    path = next((folder / name for name in NAMES if (folder / name).exists()), folder / NAMES[0])
    snippet = "\n".join(yaml_text.block({"repos": [_entry()]}))
    with editing_yaml(path, "pre-commit", f"add the hook by hand:\n{snippet}"):
        change = edited(path, with_hook)
        if change:
            yield change


def with_hook(text: str) -> str:
    """The text of the file with the hook."""
    root = yaml_text.tree(text)
    path: yaml_text.Path = () if isinstance(root, yaml.SequenceNode) else ("repos",)
    repos = yaml_text.child(root, *path)
    if repos is None:
        return yaml_text.with_field(text, (), "repos", [_entry()])
    entries = repos.value if isinstance(repos, yaml.SequenceNode) else []
    if any(HOOK in yaml_text.texts(yaml_text.child(hook, "id")) for entry in entries for hook in _hooks(entry)):
        return text
    for index, entry in enumerate(entries):
        if any(OURS.fullmatch(url) for url in yaml_text.texts(yaml_text.child(entry, "repo"))):
            if yaml_text.child(entry, "hooks") is None:
                return yaml_text.with_field(text, (*path, index), "hooks", [{"id": HOOK}])
            return yaml_text.with_item(text, (*path, index, "hooks"), {"id": HOOK})
    return yaml_text.with_item(text, path, _entry())


def _hooks(entry: yaml.Node) -> list[yaml.Node]:
    hooks = yaml_text.child(entry, "hooks")
    return list(hooks.value) if isinstance(hooks, yaml.SequenceNode) else []


def _entry() -> dict[str, Data]:
    return {"repo": URL, "rev": f"v{mlvalue.__version__}", "hooks": [{"id": HOOK}]}
