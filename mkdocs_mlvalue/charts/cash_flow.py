"""When does money go out and come in? Bars in and out by year as expected, and a line of what is left so far."""

from itertools import accumulate

from mkdocs_mlvalue.drawing import WIDTH, Picture, Place, Row, bar, curve, dot, drawn, extent, fitting, line, scale, text
from mkdocs_mlvalue.language import Language
from mlvalue.entry import Entry
from mlvalue.questions import is_weak
from mlvalue.saying import to_say

TOP, PLOT, LEFT = 26, 150, 34
YEAR, START = to_say("year {year}"), to_say("start")


def cash_flow(entry: Entry, place: Place) -> Picture:
    """Bars by year and the cumulated line."""
    said, appraisal = place.language, entry.review.appraisal
    if appraisal is None:
        return Picture(said.say("There are no figures yet, so no cash flow can be shown."))
    years, currency, weak = appraisal.chosen.cash_flow, appraisal.design.currency, is_weak(entry)
    left = list(accumulate(year.benefit - year.cost for year in years))
    level = scale([amount for year, sum_ in zip(years, left, strict=True) for amount in (year.benefit, -year.cost, sum_)], TOP + PLOT, TOP)
    pitch = (WIDTH - LEFT) / len(years)
    amounts = [amount for year in years for amount in (year.benefit, -year.cost)]
    shown = fitting(amounts, currency, pitch - 4, said)
    is_labelled = all(extent(said.money(amount, shown)) <= pitch - 4 for amount in amounts)
    every = next(step for step in (1, 2, 5, 10) if pitch * step >= extent(said.say(YEAR, year=10)))
    centres = [LEFT + pitch * (index + 0.5) for index in range(len(years))]
    parts = [text(4, 14, said.say("in and out by year; line: left so far"), "quiet"), line(LEFT, level.at(0), WIDTH, level.at(0), "zero")]
    for x, year in zip(centres, years, strict=True):
        for amount, kind in ((year.benefit, "weak" if weak else "good"), (-year.cost, "cost")):
            y1, y2 = sorted((level.at(0), level.at(amount)))
            parts += [bar(x - pitch * 0.3, x + pitch * 0.3, y1, y2 - y1, kind)] if amount else []
        if year.year % every == 0:
            parts.append(text(x, TOP + PLOT + 22, said.say(YEAR, year=year.year) if year.year else said.say(START), "quiet", "middle"))
    parts += [
        curve(list(zip(centres, map(level.at, left), strict=True)), "sum"),
        *(dot(x, level.at(sum_), 4, "sum") for x, sum_ in zip(centres, left, strict=True)),
    ]
    height = TOP + PLOT + 30
    if is_labelled:
        for name, amounts in ((to_say("in"), [year.benefit for year in years]), (to_say("out"), [-year.cost for year in years]), (to_say("left"), left)):
            height += 18
            parts += [
                text(4, height, said.say(name), "quiet"),
                *(text(x, height, said.money(amount, shown), "", "middle") for x, amount in zip(centres, amounts, strict=True)),
            ]
    back = next((index for index, sum_ in enumerate(left) if sum_ >= 0), None)
    reading = said.say(
        "As expected, {cost} go out at the start, and after year {year}, {left}; {back}.",
        cost=said.money_up(years[0].cost, currency),
        year=years[-1].year,
        left=_left(left[-1], currency, said),
        back=_back(back, said),
    )
    how = said.say(
        "As expected, not discounted, in {currency}: filled bars are money in, outlined bars money out, the line is what is left so far.", currency=currency
    )
    doubt = (said.say("This rests on nothing better than a guess or an analogy, so nothing is promised; money in is dashed."),) if weak else ()
    return Picture(
        reading,
        drawn(place, said.say("When does money go out and come in?"), f"{reading} {how}", height + 8, parts),
        (said.say("Year"), said.say("In"), said.say("Out"), said.say("Left so far")),
        tuple(
            Row(
                (
                    f"{year.year}" if year.year else said.say(START),
                    said.money(year.benefit, currency),
                    said.money_up(year.cost, currency),
                    said.money(sum_, currency),
                )
            )
            for year, sum_ in zip(years, left, strict=True)
        ),
        (how, *doubt),
    )


def _left(amount: float, currency: str, said: Language) -> str:
    if amount >= 0:
        return said.say("{amount} are left", amount=said.money(amount, currency))
    return said.say("{amount} are lost", amount=said.money_up(-amount, currency))


def _back(year: int | None, said: Language) -> str:
    if year is None:
        return said.say("the money is not back by then")
    return said.say("the money is back in year {year}", year=year) if year else said.say("nothing has to be earned back")
