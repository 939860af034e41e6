"""What happened to the projects of a portfolio, as an Atom feed: approvals, checks, figures, as their documents tell it."""

import calendar
import dataclasses
import datetime
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

from mlvalue.entry import Entry
from mlvalue.portfolio import Portfolio
from mlvalue.project import Project
from mlvalue.report import printable
from mlvalue.words import amount, percent

MOST = 50
HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'


@dataclasses.dataclass(frozen=True, slots=True)
class Event:
    """Something that a document tells of one day."""

    day: datetime.date
    name: str
    text: str
    project: Project


def as_atom(portfolio: Portfolio, address: str = "") -> str:
    """The newest events of this repository's projects, the newest first; *address* is that of the site, for ids and links."""
    own = [project for project in portfolio.projects if not project.source]
    by_path = {project.path: project for project in own}
    events = [event for entry in portfolio.entries for event in _events(entry, by_path[_path(entry, portfolio)])]
    events = [event for event in events if event.day <= portfolio.settings.as_of]
    events.sort(key=lambda event: (event.day, event.project.path, event.name), reverse=True)
    title = f"Machine learning projects: {portfolio.settings.name}" if portfolio.settings.name else "Machine learning projects"
    base = address or "urn:mlvalue:portfolio"
    updated = events[0].day if events else portfolio.settings.as_of
    parts = [HEAD, f"<title>{_xml(title)}</title>\n<id>{_xml(base)}</id>\n<updated>{updated}T00:00:00Z</updated>\n"]
    if address:
        parts.append(f"<link href={quoteattr(address)}/>\n")
    parts += [_entry(event, base) for event in events[:MOST]]
    feed = "".join(parts) + "</feed>\n"
    ElementTree.fromstring(feed)  # noqa: S314 (our own text: a feed that no reader could read must not be written)
    return feed


def _path(entry: Entry, portfolio: Portfolio) -> str:
    return portfolio.settings.relative(entry.review.path) or entry.review.path.as_posix()


def _events(entry: Entry, project: Project) -> Iterator[Event]:
    design = entry.review.design
    if design is None:
        return
    if design.validated_by:
        yield Event(design.validated_by.date, "checked", f"The value was checked by {design.validated_by.name}, {design.validated_by.role}.", project)
    if design.approved:
        yield Event(design.approved.date, "approved", f"Approved by {design.approved.by}, spending from {design.approved.spending_from}.", project)
    for actual in design.actuals:
        last = calendar.monthrange(actual.to.year, actual.to.number)[1]
        text = f"Figures to {actual.to}: {amount(actual.value, design.currency)} delivered, {amount(actual.cost, design.currency)} spent"
        told = f"{text}, used at {percent(actual.share)}." + (f" {actual.note}" if actual.note else "")
        yield Event(datetime.date(actual.to.year, actual.to.number, last), f"figures-{actual.to}", told, project)


def _entry(event: Event, base: str) -> str:
    link = f"<link href={quoteattr(event.project.url)}/>" if event.project.url else ""
    return (
        f"<entry><title>{_xml(event.project.title)}: {_xml(event.name.replace('-', ' ', 1))}</title>"
        f"<id>{_xml(base)}#{_xml(event.project.path)}:{event.name}</id><updated>{event.day}T00:00:00Z</updated>{link}"
        f"<author><name>{_xml(event.project.owner or 'nobody')}</name></author><summary>{_xml(event.text)}</summary></entry>\n"
    )


def _xml(text: str) -> str:
    return escape(printable(text.replace("\n", " ")))
