"""Portfolio and entries to HTML, by templates that a theme can override; judges nothing."""

import math
from collections.abc import Callable, Sequence

import jinja2
from markupsafe import Markup

from mkdocs_mlvalue.badge import badge
from mlvalue.appraisal import Appraisal, Valuation
from mlvalue.economics import users_needed
from mlvalue.entry import Entry
from mlvalue.headline import cautious_npv, payback_words, tenths
from mlvalue.portfolio import Portfolio
from mlvalue.units import write_money
from mlvalue.words import count

MINUS = "\N{MINUS SIGN}"
EVIDENCE = {
    "experiment": "a controlled experiment",
    "pilot": "a pilot",
    "history": "a replay of past data",
    "survey": "a survey",
    "analogy": "an analogy",
    "guess": "a guess",
}
INPUTS = {
    "value per year": "its value per year",
    "adoption": "how many use it",
    "build cost": "the cost to build it",
    "run cost": "the cost to run it",
    "build time": "the time to build it",
}
TYPES = {"ml": "with ML", "no_ml": "without ML", "nothing": "nothing"}
KINDS = {"cash": "cash", "time": "time saved", "risk": "losses avoided", "other": "other value"}
STAGES = {"idea": "idea", "proposed": "proposed", "approved": "approved", "live": "live", "retired": "retired", "dropped": "dropped", "unknown": "unknown"}


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
        }
        self.environment = environment

    def portfolio(self, portfolio: Portfolio, link: Callable[[Entry], str]) -> str:
        """The portfolio; *link* gives the address of an entry's page, seen from the page that shows it."""
        return self._flat(self.environment.get_template("mlvalue/portfolio.html").render(portfolio=portfolio, link=link))

    def card(self, entry: Entry, evidence_link: str | None) -> str:
        """The card of one document; *evidence_link* is where its evidence can be opened, if anywhere."""
        return self._flat(self.environment.get_template("mlvalue/card.html").render(entry=entry, evidence_link=evidence_link))

    @staticmethod
    def _flat(html: str) -> str:
        return Markup("\n").join(Markup(line) for line in html.split("\n") if line.strip())  # noqa: S704 (rendered with every value escaped)


def best_first(appraisal: Appraisal) -> list[Valuation]:
    """The chosen design, then its alternatives by their cautious NPV."""
    return [appraisal.chosen, *sorted(appraisal.valuations[1:], key=lambda valuation: -valuation.npv_p20)]


def money(amount: float, currency: str = "") -> str:
    """An amount in two digits and a unit, rounded down: `160k EUR`."""
    step = 1.0
    while abs(amount) >= step * 100:
        step *= 10
    rounded = math.floor(amount / step + 1e-9) * step
    return write_money(rounded).replace("-", MINUS) + (f"\N{NO-BREAK SPACE}{currency}" if currency else "")


def money_up(amount: float, currency: str = "") -> str:
    """An amount in two digits and a unit, rounded up: what is spent."""
    return money(-amount, currency).removeprefix(MINUS)


def more_or_less(amount: float, currency: str) -> str:
    """A difference in words: `220k EUR more`, `84k EUR less`."""
    return f"{money(amount, currency).removeprefix(MINUS)} {'more' if amount >= 0 else 'less'}"


def percent(share: float | None) -> str:
    """A share in whole percent, rounded down: `26 %`."""
    return "unknown" if share is None else f"{math.floor(share * 100 + 1e-9):,}".replace("-", MINUS) + "\N{NO-BREAK SPACE}%"


def percent_up(share: float) -> str:
    """A share in whole percent, rounded up: what is needed at least."""
    return f"{math.ceil(share * 100 - 1e-9):,}\N{NO-BREAK SPACE}%"
