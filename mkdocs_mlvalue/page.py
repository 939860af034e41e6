"""Portfolio and entries to HTML, by templates that a theme can override; judges nothing."""

import dataclasses
from collections.abc import Callable, Sequence

import jinja2
from markupsafe import Markup

from mkdocs_mlvalue.charts import CARD_CHARTS, CHARTS, Chart, Subject
from mkdocs_mlvalue.columns import sort_key
from mkdocs_mlvalue.drawing import Place
from mkdocs_mlvalue.glossary import GLOSSARY, anchor
from mkdocs_mlvalue.said import EVIDENCE, INPUTS, KINDS, STAGES, TYPES, money, money_up, more_or_less, percent, percent_up
from mkdocs_mlvalue.table import FILTERS, Table
from mkdocs_mlvalue.what_if import SLIDERS, given
from mlvalue.appraisal import Appraisal, Valuation
from mlvalue.badge import badge
from mlvalue.economics import users_needed
from mlvalue.entry import Entry
from mlvalue.headline import cautious_npv, payback_words, tenths
from mlvalue.portfolio import Portfolio
from mlvalue.project import Project
from mlvalue.what_if import cases
from mlvalue.words import count

FILTER_WORDS = {
    "filter": "Filter designs",
    "find": "Find",
    "any": "any",
    "all": "Show all",
    "attention": "needs attention",
    "count": "{shown} of {all} designs",
    "one": "{count} design",
    "many": "{count} designs",
    "names": dict(zip(FILTERS, ("Stage", "Kind of value", "Rests on", "Owner", "Customer", "Tag", "Portfolio", "How"), strict=True)),
    "values": {"stage": STAGES, "kind": KINDS, "evidence": EVIDENCE, "approach": TYPES},
}
"""What the script of a table says."""


@dataclasses.dataclass(frozen=True, slots=True)
class Links:
    """Addresses seen from the page that shows them: of the page of an *entry*, and of a *project*, "" where it has none."""

    entry: Callable[[Entry], str]
    project: Callable[[Project], str]


class Pages:
    """Renders what the site shows. *folders* hold templates, the first one found wins: a theme's own before ours."""

    def __init__(self, folders: Sequence[str]) -> None:
        """Set up the templates; all values are escaped."""
        environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(folders), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
        )
        environment.filters |= {
            "money": money,
            "money_up": money_up,
            "more_or_less": more_or_less,
            "percent": percent,
            "percent_up": percent_up,
            "tenths": tenths,
            "count": count,
            "sort_key": sort_key,
        }
        environment.globals |= {
            "badge": badge,
            "payback": payback_words,
            "cautious_npv": cautious_npv,
            "users_needed": users_needed,
            "best_first": best_first,
            "evidence_words": EVIDENCE,
            "input_words": INPUTS,
            "type_words": TYPES,
            "kind_words": KINDS,
            "stage_words": STAGES,
            "filter_words": FILTER_WORDS,
            "glossary": GLOSSARY,
            "anchor": anchor,
            "what_if_cases": cases,
            "what_if_given": given,
            "sliders": SLIDERS,
        }
        self.environment = environment

    def portfolio(self, shown: Table, portfolio: Portfolio, links: Links, key: str, *, scoped: bool = False, with_charts: bool = True) -> str:
        """A *portfolio* with its table, *scoped* where it shows but some designs; *key* makes ids unique on the page."""
        charts = {f"{key}-{name}": chart for name, chart in CHARTS.items()} if portfolio.entries and with_charts else {}
        figures = [self._figure(chart, portfolio, Place(place, links.entry)) for place, chart in charts.items()]
        template = self.environment.get_template("mlvalue/portfolio.html")
        return self._flat(template.render(portfolio=portfolio, table=shown, links=links, key=key, charts=charts, figures=figures, scoped=scoped))

    def card(self, entry: Entry, project: Project, evidence_link: str | None, links: Links, key: str) -> str:
        """The card of one document; *evidence_link* is where its evidence can be opened, if anywhere."""
        places = {name: Place(f"{key}-{name}", links.entry) for name in CARD_CHARTS} if entry.review.appraisal else {}
        figures = [self._figure(CARD_CHARTS[name], entry, place) for name, place in places.items()]
        return self._flat(
            self.environment.get_template("mlvalue/card.html").render(entry=entry, project=project, evidence_link=evidence_link, figures=figures, key=key)
        )

    def part(self, name: str, **given: object) -> str:
        """A small part of a page by the template of that *name*."""
        return self._flat(self.environment.get_template(f"mlvalue/{name}.html").render(**given)).replace("\n", " ")

    def chart(self, chart: Chart[Subject], subject: Subject, place: Place) -> str:
        """One picture alone."""
        return self._flat(f'<mlv-shown data-search-exclude>\n<div class="mlv mlv-alone">\n{self._figure(chart, subject, place)}\n</div>\n</mlv-shown>')

    def _figure(self, chart: Chart[Subject], subject: Subject, place: Place) -> Markup:
        picture = chart.draw(subject, place)
        html = self.environment.get_template("mlvalue/chart.html").render(chart=chart, picture=picture, svg=Markup(picture.svg), id=place.id)  # noqa: S704 (drawn with every value escaped)
        return Markup(html)  # noqa: S704 (rendered with every value escaped)

    @staticmethod
    def _flat(html: str) -> str:
        return Markup("\n").join(Markup(line) for line in html.split("\n") if line.strip())  # noqa: S704 (rendered with every value escaped)


def best_first(appraisal: Appraisal) -> list[Valuation]:
    """The chosen design, then its alternatives by their cautious NPV."""
    return [appraisal.chosen, *sorted(appraisal.valuations[1:], key=lambda valuation: -valuation.npv_p20)]
