"""SVG as text: marks, words that stay inside, axes; the same bytes everywhere. Colours and sizes are the style sheet's."""

import dataclasses
import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence

from markupsafe import escape

from mkdocs_mlvalue.language import Language, Telling
from mlvalue.entry import Entry

WIDTH = 360
"""Units across; on a phone one is about a pixel."""
SIZE = 13
"""Units of a line of words."""
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"
WIDTHS = {"ijlI'|.,:; !\N{NO-BREAK SPACE}": 0.34, 'tfr()[]"/-': 0.42, "aceksvxyzJ": 0.6, "mwMWQO@%&": 0.98}
"""Of letters in the widest of usual fonts, as parts of its size."""
NAMESPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
UNPRINTABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """Where a picture stands: its *id*, unique on its page, *link*, the address of an entry's page seen from there, and the page's *language*."""

    id: str
    link: Callable[[Entry], str]
    language: Language


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """One row of a picture's numbers, its name first; *href* makes the name a link. *more*: seen only where a view has room for it.

    *group* is the stage or kind of value that it is about, where it is about no single design.
    """

    cells: tuple[str, ...]
    href: str = ""
    more: bool = False
    group: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Picture:
    """A drawing, what it says in one sentence, its numbers below *heads*, and notes; without a drawing the sentence says why.

    *telling* is that sentence for a part of the designs; without one the picture can't follow a view. The first note says how to
    read it, the others speak of all designs. *beyond* are the designs that have no mark for lack of room.
    """

    reading: str
    svg: str = ""
    heads: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    notes: tuple[str, ...] = ()
    telling: Telling | None = None
    beyond: int = 0


@dataclasses.dataclass(frozen=True, slots=True)
class Scale:
    """From values *low* to *high* to units *start* to *end*."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Where *value* lies; what lies outside is put on the edge."""
        span = self.high - self.low
        share = (value - self.low) / span if span > 0 else 0.0
        return self.start + min(max(share, 0.0), 1.0) * (self.end - self.start)

    def ticks(self, most: int, least_step: float = 0.0) -> Iterator[float]:
        """At most *most* round values, the nearest to 0 first; no two nearer than *least_step*."""
        step = _round_step((self.high - self.low) / max(most - 1, 1), least_step)
        first = math.ceil(self.low / step - 1e-9)
        yield from sorted((number * step for number in range(first, first + most) if number * step <= self.high + 1e-9 * step), key=abs)


def _round_step(least: float, floor: float) -> float:
    """The next of 1, 2, 5, 10, 20, ... that is at least *least* and *floor*."""
    wanted = max(least, floor, 1e-6)
    step = 1e-6
    while step * 10 <= wanted:
        step *= 10
    return next((step * times for times in (1, 2, 5) if step * times >= wanted * (1 - 1e-9)), step * 10)


def scale(values: Sequence[float], start: float, end: float) -> Scale:
    """A scale that holds *values* and 0."""
    low, high = min(0.0, *values), max(0.0, *values)
    return Scale(low, high if high > low else low + 1, start, end)


def number(value: float) -> str:
    """A coordinate: one decimal, no minus zero."""
    return f"{value:.1f}".replace("-0.0", "0.0") if abs(value) < 1 else f"{value:.1f}"


def clean(words: str) -> str:
    """*words* without what XML can't hold."""
    return UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", words)


def extent(words: str, size: float = SIZE) -> float:
    """How wide *words* are in any usual font, at most, in units."""
    return size * sum(_width(letter) for letter in words)


def _width(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.05
    return next((width for letters, width in WIDTHS.items() if letter in letters), 0.74 if letter.isupper() else 0.65)


def fitted(words: str, width: float) -> str:
    """*words*, cut where they would be wider than *width*."""
    if extent(words) <= width:
        return words
    while words and extent(words + ELLIPSIS) > width:
        words = words[:-1]
    return words.rstrip() + ELLIPSIS


def fitting(values: Iterable[float], currency: str, width: float, language: Language) -> str:
    """The *currency* if all amounts fit with it into *width*, else "": the notes say it then."""
    return currency if all(extent(language.money(value, currency)) <= width for value in values) else ""


def text(x: float, y: float, words: str, kind: str = "", anchor: str = "start", width: float = WIDTH, marks: str = "") -> str:
    """*words* with their base line at *y*, cut to *width* and moved inside the picture; *anchor* is `start`, `middle` or `end`, *marks* are `data`."""
    shown = fitted(clean(words), width)
    before = extent(shown) * {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
    x = min(max(x, before), WIDTH - extent(shown) + before)
    place = f' text-anchor="{anchor}"' if anchor != "start" else ""
    return f'<text class="{_classes("text", kind)}" x="{number(x)}" y="{number(y)}"{place}{marks}>{escape(shown)}</text>'


def labels(marks: Sequence[tuple[float, str]], y: float) -> Iterator[str]:
    """Words below or above places of an axis, as many as have room beside those before them; the most important first."""
    taken: list[tuple[float, float]] = []
    for x, words in marks:
        half = extent(words) / 2
        middle = min(max(x, half), WIDTH - half)
        if all(middle + half + 4 <= left or right + 4 <= middle - half for left, right in taken):
            taken.append((middle - half, middle + half))
            yield text(middle, y, words, "quiet", "middle")


def line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    """A straight line."""
    return f'<line class="{_classes("line", kind)}" x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}"/>'


def curve(points: Sequence[tuple[float, float]], kind: str) -> str:
    """A line through *points*."""
    return f'<polyline class="{_classes("line", kind)}" points="{" ".join(f"{number(x)},{number(y)}" for x, y in points)}"/>'


def bar(x1: float, x2: float, y: float, height: float, kind: str) -> str:
    """A bar from *x1* to *x2*, whichever is left."""
    return _rect(min(x1, x2), y, abs(x2 - x1), height, _classes("bar", kind))


def box(x: float, y: float, width: float, height: float, kind: str) -> str:
    """A rectangle."""
    return _rect(x, y, width, height, _classes("bar", kind))


def dot(x: float, y: float, radius: float, kind: str) -> str:
    """A dot."""
    return f'<circle class="{_classes("dot", kind)}" cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"/>'


def data(**values: object) -> str:
    """Attributes that a script reads; empty ones are left out."""
    return "".join(f' data-{name}="{escape(clean(str(value)))}"' for name, value in values.items() if value not in {"", None})


def unit(y: float, height: float, content: str, flags: str = "", *, more: bool = False) -> str:
    """One of several things that stand below each other: a view takes out those of other designs and moves up the rest.

    *flags* are what a script counts, or `data`; *more* is seen in a view alone.
    """
    marks = flags if flags.startswith(" ") else data(flags=flags)
    kind = " mlv-chart__unit--more" if more else ""
    return f'<g class="mlv-chart__unit{kind}"{data(y=number(y), height=number(height))}{marks}>{content}</g>'


def mark(href: str, content: str, flags: str = "", *, more: bool = False) -> str:
    """What belongs to the design whose page is at *href*; *flags* are what a script counts, *more* is seen in a view alone."""
    kind = " mlv-chart__mark--more" if more else ""
    return f'<g class="mlv-chart__mark{kind}"{data(of=href, flags=flags)}>{content}</g>'


def linked(href: str, name: str, y: float, height: float, content: str, x: float = 0, width: float = WIDTH) -> str:
    """*content* as a link that is hit anywhere in its rectangle; *name* is heard instead of the words in it.

    The old `xlink:href`, because a theme with instant navigation writes into every `href`, and that of an SVG link can't be written; the role, because
    tools that check pages know only the new one.
    """
    hit = f'<rect class="mlv-chart__hit" x="{number(x + 1)}" y="{number(y + 1)}" width="{number(width - 2)}" height="{number(height - 2)}" rx="3"/>'
    return f'<a class="mlv-chart__link" role="link" xlink:href="{escape(clean(href))}" aria-label="{escape(clean(name))}">{hit}{content}</a>'


def drawn(place: Place, title: str, meaning: str, height: float, parts: Sequence[str]) -> str:
    """A whole picture. With links it is a group, because what lies within an image can't be reached by who hears it."""
    role = "group" if any("<a " in part for part in parts) else "img"
    names = f'<title id="{place.id}-title">{escape(clean(title))}</title>\n<desc id="{place.id}-desc">{escape(clean(meaning))}</desc>'
    labels = f'aria-labelledby="{place.id}-title {place.id}-desc"'
    shown = "\n".join(part for part in parts if part)
    return f'<svg {NAMESPACES} class="mlv-chart__svg" viewBox="0 0 {WIDTH} {number(height)}" width="100%" role="{role}" {labels}>\n{names}\n{shown}\n</svg>'


def _rect(x: float, y: float, width: float, height: float, classes: str) -> str:
    return f'<rect class="{classes}" x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}"/>'


def _classes(part: str, kind: str) -> str:
    return " ".join([f"mlv-chart__{part}", *(f"mlv-chart__{part}--{each}" for each in kind.split())])
