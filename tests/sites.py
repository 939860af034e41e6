"""Sites in folders, really built."""

import functools
import logging
import os
import pathlib
import re

import jinja2
import pytest
from jinja2.bccache import Bucket
from mkdocs.commands.build import build
from mkdocs.config import load_config

CONFIG = "site_name: Test\nplugins: [search, mlvalue]\ntheme: {name: material, font: false}\n"
IDEA = "---\nstage: idea\nowner: Ana\ncustomer: {who: 12 agents, pains: [slow]}\nvalue: {metric: calls, how_it_pays: fewer calls}\n---\n\n"


class Compiled(jinja2.BytecodeCache):
    """Templates that an earlier build compiled, which is most of the work of a small site; one whose text is another is compiled again."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


def listed(loader: jinja2.FileSystemLoader) -> list[str]:
    """The templates of a theme but for those in folders that begin with a dot: Material has 14,000 icons there, which MkDocs leaves out one by one."""
    found = set()
    for top in loader.searchpath:
        for folder, folders, names in os.walk(top):
            folders[:] = [name for name in folders if not name.startswith(".")]
            found.update(pathlib.Path(folder, name).relative_to(top).as_posix() for name in names)
    return sorted(found)


jinja2.FileSystemLoader.list_templates = listed  # type: ignore[method-assign]
jinja2.Environment.__init__ = functools.partialmethod(jinja2.Environment.__init__, bytecode_cache=Compiled())  # type: ignore[assignment,method-assign]


class Site:
    """A site in a folder: write pages, build, read what came out."""

    def __init__(self, root: pathlib.Path, caplog: pytest.LogCaptureFixture) -> None:
        self.root = root
        self.caplog = caplog
        self.write("mkdocs.yml", CONFIG)
        self.write("mlvalue.toml", 'as_of = "2026-11-30"\n')
        self.write("docs/index.md", "# Home\n\n<!-- mlvalue: portfolio -->\n")

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def build(self, **settings: object) -> list[str]:
        """Build the site; the warnings."""
        self.caplog.clear()
        self.caplog.set_level(logging.WARNING)
        config = load_config(str(self.root / "mkdocs.yml"), **settings)
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
        return [record.getMessage() for record in self.caplog.records if record.name.startswith("mkdocs")]

    def html(self, name: str) -> str:
        return (self.root / "site" / name).read_text(encoding="utf-8")

    def text(self, name: str) -> str:
        """The words of our elements on a page, one space between them."""
        parts = re.findall(r'<(?:section|div) class="mlv mlv.*?(?=<h2|</article>)', self.html(name), re.DOTALL)
        words = re.sub(r"<[^>]+>", " ", "".join(parts)).replace("\N{NO-BREAK SPACE}", " ")
        return " ".join(words.split())
