"""How much in total, and how sure is it? Money in less money out over the months, for each kind of value: careful, middle and delivered."""

import math

from mkdocs_mlvalue.drawing import WIDTH, Picture, Place, Row, Scale, curve, dot, drawn, extent, line, scale, text
from mkdocs_mlvalue.said import KINDS, money, not_drawn
from mlvalue.course import Point
from mlvalue.portfolio import Portfolio
from mlvalue.questions import Course, courses
from mlvalue.units import Month
from mlvalue.words import count

TOP, PLOT, LEFT, RIGHT, PITCH = 46, 150, 84, 348, 236
KEYS = (("careful", "8 in 10 futures bring at least this"), ("middle", "half of the futures bring more"), ("measured", "delivered, as measured"))


def total(portfolio: Portfolio, place: Place) -> Picture:
    """A panel for each kind of value."""
    found, currency = courses(portfolio), portfolio.settings.currency
    today = Month(portfolio.settings.as_of.year, portfolio.settings.as_of.month)
    uncounted = {"other": sum(entry.stage in {"approved", "live"} for entry in portfolio.entries) - sum(each.designs for each in found)}
    notes = not_drawn({why: number for why, number in uncounted.items() if number}, other="approved or live on an analogy, or without figures")
    if not found:
        return Picture("Nothing is approved or live yet, so no money is on its way.", notes=notes)
    parts = [part for index, each in enumerate(found) for part in _panel(each, today, PITCH * index, currency)]
    y = PITCH * len(found) + 6.0
    for kind, words in KEYS:
        if kind != "measured" or _has_figures(found):
            parts += [line(8, y + 8, 34, y + 8, kind), *([dot(21, y + 8, 4, kind)] if kind == "measured" else []), text(44, y + 13, words)]
            y += 22
    first = found[0]
    last = first.points[-1]
    reading = (
        f"{KINDS[first.kind].capitalize()}: {count(first.designs, 'approved or live design')} should together bring {money(last.cautious, currency)} or more "
        f"by {last.to}, after their costs; as likely as not it is more than {money(last.middle, currency)}."
    )
    how = (
        "Money in less money out since the first spending, not discounted. Good or bad luck is taken to hit all designs at once, "
        "which is the careful way to add up."
    )
    silence = ("Where no figures are reported, nothing is taken as delivered.",) if _has_figures(found) else ()
    return Picture(
        reading,
        drawn(place, "How much in total, and how sure is it?", f"{reading} {how}", y + 4, parts),
        ("By the end of", "Kind", "8 in 10 futures bring at least", "Half bring more than", "Delivered"),
        tuple(_row(each, point, currency) for each in found for point in each.points),
        (how, *silence, "Kinds of value are never added up with each other.", *notes),
    )


def _panel(each: Course, today: Month, top: float, currency: str) -> list[str]:
    points = each.points
    across = Scale(0, max(1, points[-1].to.since(points[0].to)), LEFT, RIGHT)
    amounts = [amount for point in points for amount in (point.cautious, point.middle, point.delivered or 0.0)]
    level = scale(amounts, top + TOP + PLOT, top + TOP)
    parts = [text(4, top + 16, f"{KINDS[each.kind]}, {count(each.designs, 'design')}", "head")]
    for tick in level.ticks(5, 1):
        y = level.at(tick)
        parts += [line(LEFT, y, RIGHT, y, "zero" if tick == 0 else "grid"), text(LEFT - 8, y + 4, money(tick, currency), "quiet", "end", LEFT - 8)]
    parts += _years(points, across, top)
    if points[0].to < today < points[-1].to:
        x = across.at(today.since(points[0].to))
        parts += [line(x, top + TOP - 6, x, top + TOP + PLOT, "even"), text(x, top + TOP - 10, "now", "quiet", "middle")]
    months = [across.at(point.to.since(points[0].to)) for point in points]
    parts.append(curve([(x, level.at(point.middle)) for x, point in zip(months, points, strict=True)], "middle"))
    parts.append(curve([(x, level.at(point.cautious)) for x, point in zip(months, points, strict=True)], "careful"))
    delivered = [(x, level.at(point.delivered)) for x, point in zip(months, points, strict=True) if point.delivered is not None]
    if delivered:
        parts += [curve(delivered, "measured"), *(dot(x, y, 4, "measured") for x, y in delivered)]
    return parts


def _years(points: tuple[Point, ...], across: Scale, top: float) -> list[str]:
    """The ends of years, as many as there is room for."""
    first, last = points[0].to, points[-1].to
    ends = [Month(year, 12) for year in range(first.year, last.year + 1) if first <= Month(year, 12) <= last]
    room = extent("end 2026") + 6
    every = max(1, math.ceil(room / (across.at(12) - across.at(0))))
    parts = []
    for index, end in enumerate(ends):
        x = across.at(end.since(first))
        parts.append(line(x, top + TOP + PLOT, x, top + TOP + PLOT + 5, "tick"))
        if index % every == 0 and x + room / 2 <= WIDTH:
            parts.append(text(x, top + TOP + PLOT + 20, f"end {end.year}", "quiet", "middle"))
    return parts


def _row(each: Course, point: Point, currency: str) -> Row:
    delivered = "unknown" if point.delivered is None else money(point.delivered, currency)
    return Row((str(point.to), KINDS[each.kind], money(point.cautious, currency), money(point.middle, currency), delivered))


def _has_figures(found: tuple[Course, ...]) -> bool:
    return any(point.delivered is not None for each in found for point in each.points)
