"""What directives ask for, filled from the documents of one build."""

import dataclasses
import difflib
import functools
import pathlib
from collections.abc import Callable, Mapping, Sequence

from mkdocs_mlvalue.charts import CARD_CHARTS, CHARTS
from mkdocs_mlvalue.directives import Directive, DirectiveError
from mkdocs_mlvalue.drawing import Place
from mkdocs_mlvalue.page import Pages
from mlvalue.entry import Entry
from mlvalue.portfolio import Portfolio

MOST_NAMES = 10


@dataclasses.dataclass(frozen=True)
class Shown:
    """The documents of one build: side by side, and by the source path of their pages.

    *address* gives the address of one page seen from another, both by their source paths.
    """

    pages: Pages
    overview: Portfolio
    entries: Mapping[str, Entry]
    address: Callable[[str, str], str]

    def links(self, page: str) -> Callable[[Entry], str]:
        """What gives the address of an entry's page, seen from *page*."""
        return lambda entry: self.address(self._sources[id(entry)], page)

    @functools.cached_property
    def _sources(self) -> dict[int, str]:
        return {id(entry): source for source, entry in self.entries.items()}

    def fill(self, directive: Directive, page: str, key: str) -> str:
        """The HTML that a directive of *page* asks for; *key* makes ids in it unique.

        Raises:
            DirectiveError: if it asks for what can't be shown.
        """
        known = {"portfolio": self._portfolio, "chart": self._chart}
        if directive.name not in known:
            raise DirectiveError(f"`{directive.name}` is nothing that can be shown; {meant(directive.name, tuple(known))}")
        if directive.options:
            raise DirectiveError(f"`{next(iter(directive.options))}` is no option of `{directive.name}`; leave it out")
        return known[directive.name](directive, page, key)

    def _portfolio(self, directive: Directive, page: str, key: str) -> str:
        if directive.arguments:
            raise DirectiveError(f"a portfolio shows all documents; leave out `{directive.arguments[0]}`")
        return self.pages.portfolio(self.overview, self.links(page), key)

    def _chart(self, directive: Directive, page: str, key: str) -> str:
        """The chart that a directive names; those of a card also need a document, the page itself if it is one."""
        name, *paths = directive.arguments or ("",)
        if name not in {*CHARTS, *CARD_CHARTS}:
            raise DirectiveError(f"{f'there is no chart `{name}`' if name else 'it names no chart'}; {meant(name, (*CHARTS, *CARD_CHARTS))}")
        place = Place(f"{key}-{name}", self.links(page))
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
        wanted = [joined(page, paths[0]), paths[0]] if paths else [page]
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
