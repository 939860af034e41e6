"""Amounts, shares and names as the site says them; never finer than is known."""

import math
from collections.abc import Mapping

from mlvalue.units import write_money
from mlvalue.words import count, listed

MINUS = "\N{MINUS SIGN}"
NBSP = "\N{NO-BREAK SPACE}"
MOST = 24
"""So many designs a picture shows; the table of all designs has the rest."""
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
LEFT_OUT = {
    "idea": ("idea, which promises nothing yet", "ideas, which promise nothing yet"),
    "over": ("that is over", "that are over"),
    "figures": ("without figures yet", "without figures yet"),
    "rate": ("in a currency without a rate", "in currencies without a rate"),
}
"""Why a picture leaves designs out: said of one, and of several."""


def money(amount: float, currency: str = "") -> str:
    """An amount in two digits and a unit, rounded down: `160k EUR`."""
    step = 1.0
    while abs(amount) >= step * 100:
        step *= 10
    rounded = math.floor(amount / step + 1e-9) * step
    return write_money(rounded).replace("-", MINUS) + (f"{NBSP}{currency}" if currency else "")


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


def not_drawn(left: Mapping[str, int], beyond: int = 0, other: str = "that can't be told") -> tuple[str, ...]:
    """A note that counts what a picture leaves out and says why, if it does. *beyond* are those that there is no room for."""
    why = LEFT_OUT | {"other": (other, other)}
    parts = [f"{number} {why[reason][number > 1]}" for reason, number in left.items()]
    parts += [f"{beyond} more for which there is no room"] if beyond else []
    return (f"Not drawn: {listed(parts)}.",) if parts else ()


def weak_note(drawn_weak: int) -> tuple[str, ...]:
    """A note on what is drawn lighter, if anything is."""
    if not drawn_weak:
        return ()
    rests, promises = ("rests", "promises") if drawn_weak == 1 else ("rest", "promise")
    return (f"Dashed: {count(drawn_weak, 'design')} that {rests} on nothing better than a guess or an analogy and {promises} nothing.",)
