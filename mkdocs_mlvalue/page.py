"""Portfolio and entries to HTML, by templates that a theme can override; judges nothing."""

import dataclasses
from collections.abc import Callable, Sequence

import jinja2
from markupsafe import Markup

from mkdocs_mlvalue.charts import CARD_CHARTS, CHARTS, Chart, Subject
from mkdocs_mlvalue.columns import sort_key
from mkdocs_mlvalue.drawing import Place
from mkdocs_mlvalue.glossary import GLOSSARY
from mkdocs_mlvalue.language import OR_MORE, UNITS, UNKNOWN, Language
from mkdocs_mlvalue.said import EVIDENCE, INPUTS, KINDS, STAGES, TYPES
from mkdocs_mlvalue.table import FILTERS, Table
from mkdocs_mlvalue.what_if import given, sliders
from mlvalue.appraisal import Appraisal, Valuation
from mlvalue.badge import badge
from mlvalue.economics import users_needed
from mlvalue.entry import Entry
from mlvalue.headline import cautious_npv, payback
from mlvalue.portfolio import Portfolio
from mlvalue.project import Project
from mlvalue.saying import Saying, to_say
from mlvalue.what_if import cases

FILTER_NAMES = (
    to_say("Stage"),
    to_say("Kind of value"),
    to_say("Rests on"),
    to_say("Owner"),
    to_say("Customer"),
    to_say("Tag"),
    to_say("Portfolio"),
    to_say("How"),
)
"""Of the `FILTERS`, in their order."""


def filter_words(language: Language) -> dict[str, object]:
    """What the script of a table says, and how it writes amounts."""
    values = {"stage": STAGES, "kind": KINDS, "evidence": EVIDENCE, "approach": TYPES}
    return {
        "filter": language.say("Filter designs"),
        "find": language.say("Find"),
        "any": language.say("any"),
        "all": language.say("Show all"),
        "attention": language.say("needs attention"),
        "count": language.say("{shown} of {all} designs"),
        "one": language.plural("{n} design", "{n} designs", 1),
        "many": language.plural("{n} design", "{n} designs", 2),
        "names": {name: language.say(words) for name, words in zip(FILTERS, FILTER_NAMES, strict=True)},
        "values": {name: {value: language.say(words) for value, words in names.items()} for name, names in values.items()},
        "nothing": language.say("none promised"),
        "whole": language.say("This picture shows all designs, not only those of this view."),
        "drawn": language.say("{drawn} of the designs of this view have a place in this picture."),
        "lacking": language.say("Of this view nothing can be drawn here."),
        "least": language.say(OR_MORE),
        "unknown": language.say(UNKNOWN),
        "units": {unit: language.say(words) for unit, words in UNITS.items()},
        "decimal": language.decimal,
    }


@dataclasses.dataclass(frozen=True, slots=True)
class Links:
    """Addresses seen from the page that shows them: of the page of an *entry*, and of a *project*, "" where it has none."""

    entry: Callable[[Entry], str]
    project: Callable[[Project], str]


class Pages:
    """Renders what the site shows, in one *language*. *folders* hold templates, the first one found wins: a theme's own before ours.

    *tag* is the language of the site itself: where it is another one, for lack of words, our parts name their own.
    """

    def __init__(self, folders: Sequence[str], language: Language, tag: str = "en") -> None:
        """Set up the templates; all values are escaped."""
        self.language = language
        environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(folders), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
        )
        environment.filters |= {
            "money": language.money,
            "money_up": language.money_up,
            "at_least": language.at_least,
            "more_or_less": language.more_or_less,
            "percent": language.percent,
            "percent_up": language.percent_up,
            "tenths": language.tenths,
            "tell": language.tell,
            "write": language.write,
            "told": self._told,
            "sort_key": sort_key,
        }
        environment.globals |= {
            "say": language.say,
            "say_html": self._say_html,
            "count": language.count,
            "lang": "" if _speaks(tag, language) else Markup(' lang="{}"').format(language.tag),
            "badge": badge,
            "payback": payback,
            "cautious_npv": cautious_npv,
            "users_needed": users_needed,
            "best_first": best_first,
            "evidence_words": EVIDENCE,
            "input_words": INPUTS,
            "type_words": TYPES,
            "kind_words": KINDS,
            "stage_words": STAGES,
            "filter_words": filter_words(language),
            "glossary": GLOSSARY,
            "what_if_cases": cases,
            "what_if_given": lambda appraisal: given(appraisal, language),
            "sliders": sliders(language),
        }
        self.environment = environment

    def portfolio(self, shown: Table, portfolio: Portfolio, links: Links, key: str, *, scoped: bool = False, with_charts: bool = True) -> str:
        """A *portfolio* with its table, *scoped* where it shows but some designs; *key* makes ids unique on the page."""
        charts = {f"{key}-{name}": chart for name, chart in CHARTS.items()} if portfolio.entries and with_charts else {}
        figures = [self._figure(chart, portfolio, Place(place, links.entry, self.language)) for place, chart in charts.items()]
        template = self.environment.get_template("mlvalue/portfolio.html")
        return self._flat(template.render(portfolio=portfolio, table=shown, links=links, key=key, charts=charts, figures=figures, scoped=scoped))

    def card(self, entry: Entry, project: Project, evidence_link: str | None, links: Links, key: str) -> str:
        """The card of one document; *evidence_link* is where its evidence can be opened, if anywhere."""
        places = {name: Place(f"{key}-{name}", links.entry, self.language) for name in CARD_CHARTS} if entry.review.appraisal else {}
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

    def _say_html(self, words: str, **figures: str) -> Markup:
        """The same as `say`, with holes for HTML."""
        return Markup.escape(self.language.say(words)).format(**figures)

    def _told(self, saying: Saying | str) -> str:
        """What the figures tell in the page's language; a finding is in the linter's, English."""
        if isinstance(saying, Saying) or self.language.tag.startswith("en"):
            return self.language.tell(saying)
        return Markup('<span lang="en">{}</span>').format(saying)

    @staticmethod
    def _flat(html: str) -> str:
        return Markup("\n").join(Markup(line) for line in html.split("\n") if line.strip())  # noqa: S704 (rendered with every value escaped)


def _speaks(tag: str, language: Language) -> bool:
    return tag.replace("_", "-").split("-")[0].lower() == language.locale.language


def best_first(appraisal: Appraisal) -> list[Valuation]:
    """The chosen design, then its alternatives by their cautious NPV."""
    return [appraisal.chosen, *sorted(appraisal.valuations[1:], key=lambda valuation: -valuation.npv_p20)]
