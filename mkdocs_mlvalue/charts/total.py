"""How much in total, and how sure is it? Money in less money out over the months, for each kind of value: careful, middle and delivered."""

import dataclasses
import json
import math

from mkdocs_mlvalue.drawing import WIDTH, Picture, Place, Row, Scale, curve, data, dot, drawn, extent, fitting, line, scale, text, unit
from mkdocs_mlvalue.language import Language
from mkdocs_mlvalue.said import KINDS, not_drawn
from mlvalue.course import Point
from mlvalue.model import ESTIMATES
from mlvalue.portfolio import Portfolio
from mlvalue.questions import Course, courses
from mlvalue.saying import to_count, to_say
from mlvalue.scenarios import BASES, SCENARIOS, SHARED_LUCK
from mlvalue.units import Month

TOP, PLOT, LEFT, RIGHT, PITCH, TICKS = 46, 150, 84, 348, 236, 5
END = to_say("end {year}")
KEYS = (
    ("careful", to_say("8 in 10 futures bring at least this")),
    ("middle", to_say("half of the futures bring more")),
    ("measured", to_say("delivered, as measured")),
)


def total(portfolio: Portfolio, place: Place) -> Picture:
    """A panel for each kind of value."""
    said, found, currency = place.language, courses(portfolio), portfolio.settings.currency
    today = Month(portfolio.settings.as_of.year, portfolio.settings.as_of.month)
    uncounted = {"other": sum(entry.stage in {"approved", "live"} for entry in portfolio.entries) - sum(len(each.entries) for each in found)}
    notes = not_drawn(
        said, {why: number for why, number in uncounted.items() if number}, other=to_say("{n} approved or live on an analogy, or without figures")
    )
    if not found:
        return Picture(said.say("Nothing is approved or live yet, so no money is on its way."), notes=notes)
    parts = [
        unit(PITCH * index, PITCH, "".join(_panel(each, today, PITCH * index, currency, said)), _given(each, place, PITCH * index))
        for index, each in enumerate(found)
    ]
    y = PITCH * len(found) + 6.0
    for kind, words in KEYS:
        if kind != "measured" or _has_figures(found):
            key = [line(8, y + 8, 34, y + 8, kind), *([dot(21, y + 8, 4, kind)] if kind == "measured" else []), text(44, y + 13, said.say(words))]
            parts.append(unit(y, 22, "".join(key), data(always=1)))
            y += 22
    first = found[0]
    last = first.points[-1]
    one, many = to_count(
        "{kind}: {n} approved or live design should bring {cautious} by {month}, after its costs; as likely as not it is more than {middle}.",
        "{kind}: {n} approved or live designs should together bring {cautious} by {month}, after their costs; as likely as not it is more than {middle}.",
    )
    cautious, middle = said.at_least(last.cautious, currency), said.money(last.middle, currency)
    reading = said.count(one, many, len(first.entries), kind=_capital(first, said), cautious=cautious, month=last.to, middle=middle)
    how = said.say(
        "Money in less money out since the first spending, not discounted. Good or bad luck is taken to hit all designs at once, "
        "which is the careful way to add up."
    )
    silence = (said.say("Where no figures are reported, nothing is taken as delivered."),) if _has_figures(found) else ()
    return Picture(
        reading,
        drawn(place, said.say("How much in total, and how sure is it?"), f"{reading} {how}", y + 4, parts),
        (said.say("By the end of"), said.say("Kind"), said.say("8 in 10 futures bring at least"), said.say("Half bring more than"), said.say("Delivered")),
        tuple(_row(each, point, currency, said) for each in found for point in each.points),
        (how, *silence, said.say("Kinds of value are never added up with each other."), *notes),
        said.telling(one, many, month=last.to),
    )


def _given(each: Course, place: Place, top: float) -> str:
    """What a script needs to add up some of the designs: months are counted from the year 0, money is in the site's currency."""
    parts = [
        {
            "of": place.link(entry),
            **{name: dataclasses.astuple(getattr(part.valuation.option, name)) for name in ESTIMATES},
            "ramp": part.valuation.option.ramp_months,
            "begin": _number(part.begin),
            "horizon": part.valuation.horizon_years * 12,
            "rate": part.rate,
            "actuals": [(_number(actual.to), actual.value - actual.cost) for actual in part.actuals],
        }
        for entry, part in zip(each.entries, each.parts, strict=True)
    ]
    given = {"kind": _capital(each, place.language), "ends": list(map(_number, each.axis.ends)), "step": each.axis.step, "parts": parts}
    given |= {"scenarios": SCENARIOS, "shared_luck": SHARED_LUCK, "bases": BASES}
    return data(course=json.dumps(given, separators=(",", ":")), group=each.kind, bottom=top + TOP + PLOT, top=top + TOP)


def _number(month: Month) -> int:
    return month.year * 12 + month.number - 1


def _capital(each: Course, said: Language) -> str:
    name = said.say(KINDS[each.kind])
    return name[:1].upper() + name[1:]


def _counts(each: Course, said: Language) -> str:
    name = said.say(KINDS[each.kind])
    return data(one=f"{name}, {said.plural('{n} design', '{n} designs', 1)}", many=f"{name}, {said.plural('{n} design', '{n} designs', 2)}")


def _panel(each: Course, today: Month, top: float, currency: str, said: Language) -> list[str]:
    points = each.points
    across = Scale(0, max(1, points[-1].to.since(points[0].to)), LEFT, RIGHT)
    amounts = [amount for point in points for amount in (point.cautious, point.middle, point.delivered or 0.0)]
    level = scale(amounts, top + TOP + PLOT, top + TOP)
    parts = [
        text(4, top + 16, f"{said.say(KINDS[each.kind])}, {said.count('{n} design', '{n} designs', len(each.entries))}", "head", marks=_counts(each, said))
    ]
    ticks = []
    shown = fitting(level.ticks(TICKS, 1), currency, LEFT - 8, said)
    for tick in level.ticks(TICKS, 1):
        y = level.at(tick)
        ticks += [
            line(LEFT, y, RIGHT, y, "zero" if tick == 0 else "grid"),
            text(LEFT - 8, y + 4, said.money(tick, shown), "quiet", "end", LEFT - 8),
        ]
    parts.append(f'<g class="mlv-chart__ticks">{"".join(ticks)}</g>')
    parts += _years(points, across, top, said)
    if points[0].to < today < points[-1].to:
        x = across.at(today.since(points[0].to))
        parts += [line(x, top + TOP - 6, x, top + TOP + PLOT, "even"), text(x, top + TOP - 10, said.say("now"), "quiet", "middle")]
    months = [across.at(point.to.since(points[0].to)) for point in points]
    parts.append(curve([(x, level.at(point.middle)) for x, point in zip(months, points, strict=True)], "middle"))
    parts.append(curve([(x, level.at(point.cautious)) for x, point in zip(months, points, strict=True)], "careful"))
    delivered = [(x, level.at(point.delivered)) for x, point in zip(months, points, strict=True) if point.delivered is not None]
    if delivered:
        parts += [curve(delivered, "measured"), *(dot(x, y, 4, "measured") for x, y in delivered)]
    return parts


def _years(points: tuple[Point, ...], across: Scale, top: float, said: Language) -> list[str]:
    """The ends of years, as many as there is room for."""
    first, last = points[0].to, points[-1].to
    ends = [Month(year, 12) for year in range(first.year, last.year + 1) if first <= Month(year, 12) <= last]
    room = extent(said.say(END, year="2026")) + 6
    every = max(1, math.ceil(room / (across.at(12) - across.at(0))))
    parts = []
    for index, end in enumerate(ends):
        x = across.at(end.since(first))
        parts.append(line(x, top + TOP + PLOT, x, top + TOP + PLOT + 5, "tick"))
        if index % every == 0 and x + room / 2 <= WIDTH:
            parts.append(text(x, top + TOP + PLOT + 20, said.say(END, year=str(end.year)), "quiet", "middle"))
    return parts


def _row(each: Course, point: Point, currency: str, said: Language) -> Row:
    delivered = said.say("unknown") if point.delivered is None else said.money(point.delivered, currency)
    cells = (said.month(point.to), said.say(KINDS[each.kind]), said.money(point.cautious, currency), said.money(point.middle, currency), delivered)
    return Row(cells, group=each.kind)


def _has_figures(found: tuple[Course, ...]) -> bool:
    return any(point.delivered is not None for each in found for point in each.points)
