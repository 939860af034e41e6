"""Many reviews side by side, and the projects of other portfolios: what each may promise, what they add up to, what needs attention."""

import dataclasses
import functools
from collections.abc import Callable, Iterable, Mapping, Sequence

from mlvalue import definitions
from mlvalue.economics import rounded_down
from mlvalue.entry import KINDS, Entry, entry
from mlvalue.headline import Promise
from mlvalue.organisation import contract
from mlvalue.project import Project, project
from mlvalue.review import Review
from mlvalue.settings import Settings
from mlvalue.sources import Sources, read
from mlvalue.stages import STAGES

UNDER_WAY = ("proposed", "approved", "live")
"""Stages whose value counts in the totals: an idea promises nothing yet, what was dropped or retired is over."""
ORDER = ("live", "approved", "proposed", "idea", "unknown", "retired", "dropped")


@dataclasses.dataclass(frozen=True, slots=True)
class Total:
    """What the designs under way of one kind of value are worth together, in the site's currency: cautious NPV, likely cost.

    What rests on a guess or an analogy promises nothing and isn't counted.
    """

    kind: str
    designs: int
    npv: float
    cost: float


@dataclasses.dataclass(frozen=True)
class Portfolio:
    """All projects, the most advanced and then the most promising first; counts by stage; totals by kind of value.

    *entries* are those of this repository, in the same order; *columns* are fields that the settings ask for, by path, with
    their titles; *problems* tell which other portfolios couldn't be read.
    """

    entries: tuple[Entry, ...]
    projects: tuple[Project, ...]
    stages: Mapping[str, int]
    totals: tuple[Total, ...]
    settings: Settings
    columns: Mapping[str, str]
    problems: tuple[str, ...] = ()

    @functools.cached_property
    def _own(self) -> dict[int, Project]:
        own = [project for project in self.projects if not project.source]
        return {id(entry): project for entry, project in zip(self.entries, own, strict=True)}

    def project(self, entry: Entry) -> Project:
        """The row of one of the *entries*."""
        return self._own[id(entry)]

    def narrowed(self, projects: Sequence[Project]) -> "Portfolio":
        """The same with only these *projects*, in their order; counts and totals are theirs."""
        kept = {id(project) for project in projects}
        entries = [entry for entry in self.entries if id(self.project(entry)) in kept]
        place = {id(project): number for number, project in enumerate(projects)}
        entries.sort(key=lambda entry: place[id(self.project(entry))])
        return _laid_out(entries, projects, self.settings, self.columns, self.problems)

    @property
    def attention(self) -> tuple[Entry, ...]:
        """The entries of this repository that need it."""
        return tuple(entry for entry in self.entries if entry.attention)


def portfolio(reviews: Iterable[Review], settings: Settings, url: Callable[[Review], str] = lambda _: "") -> Portfolio:
    """Lay *reviews* side by side, and beside them what the settings' `sources` hold; *url* is the address of a document's page."""
    with definitions.using(contract(settings)):
        columns = {path: str(definitions.definition(path)["title"]) for path in settings.columns}
    own = [(each, project(each, _path(each.review, settings), url(each.review), columns)) for each in map(entry, reviews)]
    own.sort(key=lambda pair: _order(pair[1]))
    others: Sources = read(settings)
    projects = sorted([*(each for _, each in own), *others.projects], key=_order)
    return _laid_out([each for each, _ in own], projects, settings, columns, others.problems)


def _laid_out(entries: Sequence[Entry], projects: Sequence[Project], settings: Settings, columns: Mapping[str, str], problems: tuple[str, ...]) -> Portfolio:
    """Count and add up."""
    stages = {stage: sum(each.stage == stage for each in projects) for stage in (*STAGES, "unknown")}
    return Portfolio(
        tuple(entries),
        tuple(projects),
        {stage: count for stage, count in stages.items() if count or stage != "unknown"},
        tuple(total for kind in KINDS if (total := _total(kind, projects, settings)).designs),
        settings,
        columns,
        problems,
    )


def _path(review: Review, settings: Settings) -> str:
    return settings.relative(review.path) or review.path.as_posix()


def _order(project: Project) -> tuple[int, float, str, str, str]:
    roi = project.roi_promised if project.promise == Promise.RETURN else None
    return ORDER.index(project.stage), -(roi if roi is not None else -1.0), project.title, project.source, project.path


def _total(kind: str, projects: Iterable[Project], settings: Settings) -> Total:
    designs, npv, cost = 0, 0.0, 0.0
    for each in projects:
        if each.kind != kind or each.stage not in UNDER_WAY or each.promise == Promise.RANGE:
            continue
        if each.npv_p20 is not None and each.cost is not None and each.currency in settings.currencies:
            rate = settings.rates.get(each.currency, 1.0)
            designs += 1
            npv += rate * rounded_down(each.npv_p20)
            cost += rate * each.cost
    return Total(kind, designs, npv, cost)
