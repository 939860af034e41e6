"""How many of 20 futures pay back? Twenty dots, each the worst of its twentieth of all futures, stacked by what the design is worth in it."""

import math

from mkdocs_mlvalue.drawing import WIDTH, Picture, Place, Row, dot, drawn, labels, line, scale, text
from mlvalue.entry import Entry
from mlvalue.questions import is_weak

DOTS, RADIUS, TOP = 20, 8.0, 30


def futures(entry: Entry, place: Place) -> Picture:
    """A dot for each of 20 futures."""
    said, appraisal = place.language, entry.review.appraisal
    if appraisal is None:
        return Picture(said.say("There are no figures yet, so no futures can be shown."))
    if entry.stage == "idea":
        return Picture(said.say("An idea promises nothing yet, so no futures are shown."))
    worths, currency, weak = appraisal.chosen.npv_quantiles(DOTS), appraisal.design.currency, is_weak(entry)
    won = sum(worth > 0 for worth in worths)
    columns = _columns(worths)
    highest = max(len(column) for column in columns.values())
    floor = TOP + max(2 * RADIUS * highest, 60)
    across = scale(worths, 2 * RADIUS + 4, WIDTH - 2 * RADIUS - 4)
    parts = [line(across.at(0), TOP - 8, across.at(0), floor + 8, "zero"), line(4, floor, WIDTH - 4, floor, "grid")]
    parts += labels([(across.at(tick), said.money(tick, currency)) for tick in across.ticks(4, 1)], floor + 24)
    for x, column in columns.items():
        for index, worth in enumerate(column):
            tone = f"{'good' if worth > 0 else 'poor'}{' weak' if weak else ''}"
            parts.append(dot(x, floor - RADIUS * (2 * index + 1), RADIUS - 1.5, tone))
    parts += [text(4, 14, said.say("loses in {n}", n=DOTS - won), "poor"), text(WIDTH - 4, 14, said.say("pays back in {n}", n=won), "good", "end")]
    reading = said.say("In {n} of {all} futures it earns more than it costs within {years} years.", n=won, all=DOTS, years=appraisal.horizon_years)
    how = said.say(
        "Each dot is the worst of its twentieth of all futures, placed by what the design is worth in it after all costs, in {currency}.", currency=currency
    )
    doubt = (said.say("This rests on nothing better than a guess or an analogy, so nothing is promised; the dots are dashed."),) if weak else ()
    return Picture(
        reading,
        drawn(place, said.say("How many of 20 futures pay back?"), f"{reading} {how}", floor + 32, parts),
        (said.say("Future, the worst first"), said.say("Worth after all costs")),
        tuple(Row((said.say("{n} of {all}", n=index + 1, all=DOTS), said.money(worth, currency))) for index, worth in enumerate(worths)),
        (how, *doubt),
    )


def _columns(worths: tuple[float, ...]) -> dict[float, list[float]]:
    """Worths by the place of their column; columns are a dot wide, and one ends at zero, so that none holds losses and gains."""
    across = scale(worths, 2 * RADIUS + 4, WIDTH - 2 * RADIUS - 4)
    zero = across.at(0)
    found: dict[float, list[float]] = {}
    for worth in worths:
        side = 1 if worth > 0 else -1
        steps = math.floor(abs(across.at(worth) - zero) / (2 * RADIUS))
        found.setdefault(zero + side * (2 * steps + 1) * RADIUS, []).append(worth)
    return found
