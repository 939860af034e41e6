"""The plugin, a page and its place in the navigation, in the settings of MkDocs."""

import json
import pathlib
import re
from collections.abc import Callable, Iterator

import yaml

from mlvalue.adopt import found, yaml_text
from mlvalue.adopt.changes import Change, content, edited
from mlvalue.adopt.told import editing_yaml

PLUGIN = "mlvalue"
DIRECTIVE = "<!-- mlvalue: portfolio -->"
IS_SHOWN = re.compile(rb"<!--\s*mlvalue:\s*portfolio\s*-->")
PAGE = f"""# Portfolio

All designs for machine learning, with what each may promise and what it delivered. It is computed from the documents.

{DIRECTIVE}
"""
HOME = "# {name}\n\n[The portfolio](portfolio.md) shows all designs for machine learning.\n"
CONFIG = "site_name: {name}\ntheme:\n  name: material\nplugins:\n  - search\n  - mlvalue\n"
PAGES = ("portfolio.md", "design-portfolio.md")
PLAIN = re.compile(r"[A-Za-z][\w -]*(?<! )")


def changes(folder: pathlib.Path, *, make: bool) -> Iterator[Change | str]:
    """What an existing site lacks, or with *make* a small new one."""
    path = found.site_file(folder)
    if path is None:
        if make:
            yield from _new(folder)
        return
    chain = _chain(path)
    docs = _docs(chain)
    if docs is None:
        yield f"`docs_dir` in {path.name} is computed, so the page is left to you: write {DIRECTIVE} where the portfolio shall stand"
        page = ""
    else:
        page = _page(docs)
    edits: list[tuple[pathlib.Path, Callable[[str], str]]] = [(_holder(chain, "plugins"), _with_plugin)] if not _has_plugin(chain) else []
    nav = _holder(chain, "nav")
    if page and _node(chain, "nav") is not None and page not in yaml_text.scalars(_node(chain, "nav")):
        edits.append((nav, lambda text: yaml_text.with_item(text, ("nav",), {"Portfolio": page})))
    for file in dict.fromkeys(place for place, _ in edits):
        if not file.resolve().is_relative_to(folder.resolve()):
            yield f"{path.name} inherits from {file}, which lies outside: add the plugin `mlvalue` there, and the page to `nav` if it has one"
            continue
        change = _edited(file, [edit for place, edit in edits if place == file])
        if change:
            yield change
    if docs and page and content(docs / page) is None:
        yield Change(docs / page, None, PAGE.encode())


def _edited(file: pathlib.Path, edits: list[Callable[[str], str]]) -> Change | None:
    def edit(text: str) -> str:
        for step in edits:
            text = step(text)
        return text

    with editing_yaml(file, "mkdocs", "add `- mlvalue` to `plugins` and `- Portfolio: portfolio.md` to `nav` by hand."):
        return edited(file, edit)


def _new(folder: pathlib.Path) -> Iterator[Change]:
    name = folder.resolve().name or "Designs"
    written = name if PLAIN.fullmatch(name) else json.dumps(name, ensure_ascii=False)
    yield Change(folder / "mkdocs.yml", None, CONFIG.format(name=written).encode())
    for page, text in (("index.md", HOME.format(name=name)), (PAGES[0], PAGE)):
        if content(folder / "docs" / page) is None:
            yield Change(folder / "docs" / page, None, text.encode())


def _chain(path: pathlib.Path) -> list[tuple[pathlib.Path, yaml.Node | None]]:
    """A file and those it inherits from, the nearest first, each with its tree."""
    chain: list[tuple[pathlib.Path, yaml.Node | None]] = []
    while path.exists() and path not in [place for place, _ in chain]:
        with editing_yaml(path, "mkdocs", ""):
            root = yaml_text.tree((content(path) or b"").decode("utf-8-sig"))
        chain.append((path, root))
        parent = yaml_text.child(root, "INHERIT")
        if not isinstance(parent, yaml.ScalarNode):
            break
        path = path.parent / parent.value
    return chain


def _node(chain: list[tuple[pathlib.Path, yaml.Node | None]], name: str) -> yaml.Node | None:
    """The field *name* of the nearest file that has it and doesn't leave it empty."""
    nodes = (yaml_text.child(root, name) for _, root in chain)
    return next((node for node in nodes if node is not None and node.tag != yaml_text.NOTHING), None)


def _holder(chain: list[tuple[pathlib.Path, yaml.Node | None]], name: str) -> pathlib.Path:
    """The nearest file that has the field *name*, else the first of all."""
    return next((path for path, root in chain if yaml_text.child(root, name) is not None), chain[0][0])


def _has_plugin(chain: list[tuple[pathlib.Path, yaml.Node | None]]) -> bool:
    """Say whether the plugin is on: maps of several files are merged, a list hides those of the files above it."""
    for _, root in chain:
        plugins = yaml_text.child(root, "plugins")
        if PLUGIN in yaml_text.texts(plugins):
            return True
        if isinstance(plugins, yaml.SequenceNode):
            return False
    return False


def _with_plugin(text: str) -> str:
    plugins = yaml_text.child(yaml_text.tree(text), "plugins")
    if plugins is None:
        return yaml_text.with_field(text, (), "plugins", ["search", PLUGIN])  # named because a list hides the default
    if plugins.tag == yaml_text.NOTHING:
        return yaml_text.with_item(yaml_text.with_item(text, ("plugins",), "search"), ("plugins",), PLUGIN)
    if isinstance(plugins, yaml.MappingNode):
        return yaml_text.with_field(text, ("plugins",), PLUGIN, {})
    return yaml_text.with_item(text, ("plugins",), PLUGIN)


def _docs(chain: list[tuple[pathlib.Path, yaml.Node | None]]) -> pathlib.Path | None:
    """The folder of the pages, None if its name is computed."""
    node = _node(chain, "docs_dir")
    if node is None:
        return chain[0][0].parent / "docs"
    return chain[0][0].parent / node.value if isinstance(node, yaml.ScalarNode) and node.tag.endswith(":str") else None


def _page(docs: pathlib.Path) -> str:
    """The page that shows the portfolio, or shall; empty if it stands elsewhere."""
    shown = [path for path in sorted(docs.rglob("*.md")) if path.is_file() and IS_SHOWN.search(path.read_bytes())]
    for name in PAGES:
        if docs / name in shown:
            return name
    return "" if shown else next((name for name in PAGES if not (docs / name).exists()), "")
