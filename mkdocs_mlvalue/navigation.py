"""The navigation with a section for each stage; what isn't a design document stays where it is."""

from collections.abc import Callable

from mkdocs.structure import StructureItem
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page

from mkdocs_mlvalue.language import Language
from mkdocs_mlvalue.said import STAGES
from mlvalue.portfolio import ORDER


def by_stage(nav: Navigation, stage: Callable[[Page], str], said: Language) -> Navigation:
    """Put the design pages of every section below sections by stage; *stage* is that of a page, "" where it is no design."""
    nav.items = _parted(nav.items, None, stage, said)
    return nav


def _parted(items: list[StructureItem], parent: Section | None, stage: Callable[[Page], str], said: Language) -> list[StructureItem]:
    rest: list[StructureItem] = []
    found: dict[str, list[StructureItem]] = {}
    for item in items:
        if isinstance(item, Section):
            item.children = _parted(item.children, item, stage, said)
        named = stage(item) if isinstance(item, Page) else ""
        (found.setdefault(named, []) if named else rest).append(item)
    for name in sorted(found, key=ORDER.index):
        title = said.say(STAGES[name])
        section = Section(title[:1].upper() + title[1:], found[name])
        section.parent = parent
        for page in found[name]:
            page.parent = section
        rest.append(section)
    return rest
