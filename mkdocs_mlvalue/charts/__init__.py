"""The pictures of the site: one question each, one module each. A new one is a module and a line here."""

import dataclasses
from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

from mkdocs_mlvalue.charts.cash_flow import cash_flow
from mkdocs_mlvalue.charts.futures import futures
from mkdocs_mlvalue.charts.ml_needed import ml_needed
from mkdocs_mlvalue.charts.money import money_of_designs
from mkdocs_mlvalue.charts.promises import promises
from mkdocs_mlvalue.charts.safe_bets import safe_bets
from mkdocs_mlvalue.charts.stages import stages
from mkdocs_mlvalue.charts.tornado import tornado
from mkdocs_mlvalue.charts.total import total
from mkdocs_mlvalue.charts.use import use
from mkdocs_mlvalue.drawing import Picture, Place
from mlvalue.entry import Entry
from mlvalue.portfolio import Portfolio
from mlvalue.saying import to_say

Subject = TypeVar("Subject", Portfolio, Entry)


@dataclasses.dataclass(frozen=True, slots=True)
class Chart(Generic[Subject]):
    """A *question* in plain words, and what draws the answer."""

    question: str
    draw: Callable[[Subject, Place], Picture]


CHARTS: Mapping[str, Chart[Portfolio]] = {
    "safe-bets": Chart(to_say("Which projects are safe bets?"), safe_bets),
    "money": Chart(to_say("Where is the money?"), money_of_designs),
    "stages": Chart(to_say("Where is everything?"), stages),
    "promises": Chart(to_say("Do we keep promises?"), promises),
    "use": Chart(to_say("Is it used?"), use),
    "total": Chart(to_say("How much in total, and how sure is it?"), total),
    "ml-needed": Chart(to_say("Was machine learning needed?"), ml_needed),
}
"""Of the whole portfolio, as the portfolio page shows them."""

CARD_CHARTS: Mapping[str, Chart[Entry]] = {
    "futures": Chart(to_say("How many of 20 futures pay back?"), futures),
    "cash-flow": Chart(to_say("When does money go out and come in?"), cash_flow),
    "tornado": Chart(to_say("What matters most?"), tornado),
}
"""Of one document, as its card shows them."""
