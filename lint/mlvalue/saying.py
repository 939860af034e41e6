"""What is said of a document, as words with holes and what fills them: in English by itself, by the site in its reader's language."""

import dataclasses
from collections.abc import Mapping
from typing import Any, NamedTuple

from mlvalue import words

MINUS = "\N{MINUS SIGN}"
MOST_TENTHS = 9
"""No chance is a certainty."""


def to_say(text: str) -> str:
    """Mark words that the site says in its reader's language; they stay as they are."""
    return text


def to_count(one: str, many: str) -> tuple[str, str]:
    """Mark words that are said of one and of several things."""
    return one, many


TENTHS = (to_say("fewer than 1 in 10"), to_say("{tenths} in 10"))
"""A chance below one in ten, and any other."""


class Money(NamedTuple):
    """An amount, in units of its currency; in English to the unit."""

    amount: float
    currency: str

    def __str__(self) -> str:
        return words.amount(self.amount, self.currency)


class Share(NamedTuple):
    """A share of 1, said in whole percent."""

    share: float

    def __str__(self) -> str:
        return words.spaced_percent(self.share)


class Chance(NamedTuple):
    """A chance as a share of 1, said in tenths, rounded down; never a certainty: `9 in 10`."""

    share: float

    @property
    def tenths(self) -> int:
        """How many of 10 futures."""
        return min(int(self.share * 10), MOST_TENTHS)

    def __str__(self) -> str:
        return TENTHS[self.tenths > 0].format(tenths=self.tenths)


@dataclasses.dataclass(frozen=True, slots=True)
class Saying:
    """*words* with holes for *figures*; *one* is said instead where the figure `n` is 1.

    A figure is a number, a month, a text that is shown as it is, Money, a Share, a Chance, or a Saying itself.
    """

    words: str
    figures: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    one: str = ""

    def __str__(self) -> str:
        said = self.one if self.one and self.figures.get("n") == 1 else self.words
        return said.format_map({name: _english(figure) for name, figure in self.figures.items()})


def _english(figure: object) -> str:
    return f"{figure:,}".replace("-", MINUS) if isinstance(figure, int) else str(figure)
