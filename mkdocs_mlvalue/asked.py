"""What directives ask for, filled from the documents of one build."""

import dataclasses
import difflib
import functools
import pathlib
from collections.abc import Callable, Mapping, Sequence

from mkdocs_mlvalue.charts import CARD_CHARTS, CHARTS
from mkdocs_mlvalue.directives import Directive, DirectiveError
from mkdocs_mlvalue.drawing import Place
from mkdocs_mlvalue.glossary import terms
from mkdocs_mlvalue.page import Links, Pages
from mkdocs_mlvalue.table import Table, TableError, table
from mlvalue.entry import Entry
from mlvalue.portfolio import Portfolio
from mlvalue.project import Project

MOST_NAMES = 10
RECORD = "stage,delivered,used,return,figures,owner"
"""Columns of a record."""


@dataclasses.dataclass(frozen=True)
class Shown:
    """The documents of one build: side by side, and by the source path of their pages.

    *address* gives the address of one page seen from another, both by their source paths;
    *evidence* where an entry's evidence can be opened from a page; *source* the source path of what stands for a path, "" if nothing does:
    in a site of several languages `x.md` is the page in that of the build.
    """

    pages: Pages
    overview: Portfolio
    entries: Mapping[str, Entry]
    address: Callable[[str, str], str]
    evidence: Callable[[Entry, str], str | None]
    source: Callable[[str], str]

    def links(self, page: str) -> Links:
        """What gives addresses seen from *page*."""

        def of_project(project: Project) -> str:
            return project.url if project.source else self.address(self._by_path[project.path], page)

        return Links(lambda entry: self.address(self._sources[id(entry)], page), of_project)

    @functools.cached_property
    def _by_path(self) -> dict[str, str]:
        return {self.overview.project(entry).path: source for source, entry in self.entries.items()}

    @functools.cached_property
    def _sources(self) -> dict[int, str]:
        return {id(entry): source for source, entry in self.entries.items()}

    def fill(self, directive: Directive, page: str, key: str) -> str:
        """The HTML that a directive of *page* asks for; *key* makes ids in it unique.

        Raises:
            DirectiveError: if it asks for what can't be shown.
        """
        known = {
            "portfolio": self._portfolio, "chart": self._chart, "badge": self._badge,
            "card": self._card, "record": self._record, "attention": self._attention, "glossary": self._glossary,
        }  # fmt: skip
        if directive.name not in known:
            raise DirectiveError(f"`{directive.name}` is nothing that can be shown; {meant(directive.name, tuple(known))}")
        if directive.options and directive.name not in {"portfolio", "attention", "record"}:
            raise DirectiveError(f"`{next(iter(directive.options))}` is no option of `{directive.name}`; leave it out")
        return known[directive.name](directive, page, key)

    def _table(self, directive: Directive) -> Table:
        if directive.arguments:
            raise DirectiveError(f"`{directive.arguments[0]}` is no option of `{directive.name}`; write options like stage=live, or leave it out")
        try:
            return table(self.overview, directive.options, self.pages.language)
        except TableError as error:
            raise DirectiveError(str(error)) from None

    def _portfolio(self, directive: Directive, page: str, key: str) -> str:
        shown = self._table(directive)
        scope = self.overview if not directive.options else self.overview.narrowed(shown.projects)
        return self.pages.portfolio(shown, scope, self.links(page), key, scoped=bool(directive.options), with_charts=directive.options.get("charts") != "no")

    def _attention(self, directive: Directive, page: str, key: str) -> str:
        """What needs attention, of all or of some designs."""
        del key
        scope = self.overview.narrowed(self._table(directive).projects)
        return self.pages.part("attention", entries=scope.attention, links=self.links(page))

    def _record(self, directive: Directive, page: str, key: str) -> str:
        """What was promised and delivered, of all or of some designs."""
        shown = self._table(Directive(directive.name, directive.arguments, {"columns": RECORD, **directive.options}, directive.comment))
        projects = [project for project in shown.projects if project.delivered_value is not None]
        told = table(self.overview.narrowed(projects), {"columns": RECORD, **directive.options}, self.pages.language)
        return self.pages.part("record", table=told, links=self.links(page), key=key, currency=self.overview.settings.currency)

    def _glossary(self, directive: Directive, page: str, key: str) -> str:
        """What the words of the site mean."""
        del page, key
        if directive.arguments:
            raise DirectiveError(f"a glossary takes nothing more; leave out `{directive.arguments[0]}`")
        return self.pages.part("glossary", terms=sorted(terms(self.pages.language)))

    def _badge(self, directive: Directive, page: str, key: str) -> str:
        del key
        entry = self.entry(directive.arguments, page)
        return self.pages.part("inline_badge", project=self.overview.project(entry), href=self.links(page).entry(entry))

    def _card(self, directive: Directive, page: str, key: str) -> str:
        entry = self.entry(directive.arguments, page)
        return self.pages.card(entry, self.overview.project(entry), self.evidence(entry, page), self.links(page), key)

    def _chart(self, directive: Directive, page: str, key: str) -> str:
        """The chart that a directive names; those of a card also need a document, the page itself if it is one."""
        name, *paths = directive.arguments or ("",)
        if name not in {*CHARTS, *CARD_CHARTS}:
            raise DirectiveError(f"{f'there is no chart `{name}`' if name else 'it names no chart'}; {meant(name, (*CHARTS, *CARD_CHARTS))}")
        place = Place(f"{key}-{name}", self.links(page).entry, self.pages.language)
        if name in CHARTS:
            if paths:
                raise DirectiveError(f"the chart `{name}` shows the whole portfolio; leave out `{paths[0]}`")
            return self.pages.chart(CHARTS[name], self.overview, place)
        return self.pages.chart(CARD_CHARTS[name], self.entry(paths, page), place)

    def entry(self, paths: Sequence[str], page: str) -> Entry:
        """The document that a directive of *page* names, from there or from the top; without a name that of the page itself.

        Raises:
            DirectiveError: if there is none.
        """
        if len(paths) > 1:
            raise DirectiveError(f"it names {len(paths)} documents; write one of them")
        wanted = [self.source(joined(page, paths[0])), self.source(paths[0])] if paths else [page]
        found = next((self.entries[path] for path in wanted if path in self.entries), None)
        if found is None:
            written = f"`{paths[0]}` is no design document" if paths else "it names no document, and this page is none"
            raise DirectiveError(f"{written}; {meant(paths[0] if paths else '', tuple(self.entries))}")
        return found


def meant(written: str, known: Sequence[str]) -> str:
    """What was most likely meant, else what there is."""
    near = difflib.get_close_matches(written, known, 1, 0.6)
    if near:
        return f"did you mean `{near[0]}`?"
    if not known:
        return "there are none"
    return f"write one of {', '.join(known[:MOST_NAMES])}{' and so on' if len(known) > MOST_NAMES else ''}"


def joined(source: str, link: str) -> str:
    """The source path that a relative *link* of the page at *source* names."""
    parts = list(pathlib.PurePosixPath(source).parent.parts)
    for part in pathlib.PurePosixPath(link).parts:
        if part == "..":
            parts = parts[:-1] if parts else ["\0"]
        elif part != ".":
            parts.append(part)
    return "/".join(parts)
