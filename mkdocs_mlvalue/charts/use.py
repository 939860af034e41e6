"""Is it used? For each live design the planned climb of its use, and the share that was measured."""

import dataclasses

from mkdocs_mlvalue.drawing import WIDTH, Picture, Place, Row, Scale, curve, dot, drawn, line, linked, text, unit
from mkdocs_mlvalue.language import Language
from mkdocs_mlvalue.said import ALL, MOST, not_drawn
from mlvalue.entry import BEHIND
from mlvalue.portfolio import Portfolio
from mlvalue.questions import Use, uses
from mlvalue.saying import to_count, to_say

PITCH, PLOT, LEFT, RIGHT = 122, 60, 56, 232


def use(portfolio: Portfolio, place: Place) -> Picture:
    """Small multiples, those farthest behind their plan first."""
    said, found = place.language, uses(portfolio)
    marked = found[:ALL]
    live = sum(entry.stage == "live" for entry in portfolio.entries)
    if not marked:
        return Picture(said.say("No design is live with a plan of its use yet.") if live else said.say("Nothing is live yet, so nothing can be used."))
    parts = [unit(PITCH * index, PITCH, _multiple(each, place, PITCH * index), _flags(each), more=index >= MOST) for index, each in enumerate(marked)]
    measured = [each for each in found if each.measured]
    reached = sum(each.is_on_plan for each in measured)
    one, many = to_count(
        "At least {share} of the use planned by now is reached by {reached} of {n} live design with measured use.",
        "At least {share} of the use planned by now is reached by {reached} of {n} live designs with measured use.",
    )
    share, unmeasured = said.percent(BEHIND), to_say("Use hasn't been measured yet.")
    reading = said.count(one, many, len(measured), share=share, reached=reached) if measured else said.say(unmeasured)
    how = said.say("Dashed line: planned share of everybody who could use it. Dots: measured share.")
    lacking = []
    if len(found) > len(measured):
        silent = len(found) - len(measured)
        lacking.append(said.count("Without measured figures: {n} live design.", "Without measured figures: {n} live designs.", silent))
    if live > len(found):
        lacking.append(said.count("Not drawn: {n} live design without a plan.", "Not drawn: {n} live designs without a plan.", live - len(found)))
    lacking += not_drawn(said, {}, len(found) - MOST)
    return Picture(
        reading,
        drawn(place, said.say("Is it used?"), f"{reading} {how}", PITCH * min(len(marked), MOST), parts),
        (said.say("Design"), said.say("To"), said.say("Planned"), said.say("Measured")),
        tuple(dataclasses.replace(row, more=index >= MOST) for index, each in enumerate(marked) for row in _rows(each, place)),
        (how, *lacking),
        said.telling(one, many, unmeasured, share=share),
        len(found) - len(marked),
    )


def _rows(each: Use, place: Place) -> list[Row]:
    said, title, href = place.language, each.entry.review.title, place.link(each.entry)
    rows = [Row((title, said.month(month), said.percent(dict(each.planned).get(month, 0.0)), said.percent(share)), href) for month, share in each.measured]
    return rows or [Row((title, said.say("none yet"), said.percent(each.planned_now), said.say("unknown")), href)]


def _multiple(each: Use, place: Place, top: float) -> str:
    first, last = each.planned[0][0].plus(-1), each.planned[-1][0]
    first = min([first, *(month for month, _ in each.measured)])
    months = Scale(0, max(1, last.since(first)), LEFT, RIGHT)
    up = Scale(0, 1, top + 26 + PLOT, top + 26)
    language, title = place.language, each.entry.review.title
    parts = [text(4, top + 17, title, "name", width=WIDTH - 8)]
    for share in (0.0, 1.0):
        parts += [
            line(LEFT, up.at(share), RIGHT, up.at(share), "grid" if share else "zero"),
            text(LEFT - 6, up.at(share) + 4, language.percent(share), "quiet", "end"),
        ]
    parts += [text(LEFT, top + 46 + PLOT, language.month(first), "quiet"), text(RIGHT, top + 46 + PLOT, language.month(last), "quiet", "end")]
    parts.append(curve([(months.at(0), up.at(0)), *((months.at(month.since(first)), up.at(share)) for month, share in each.planned)], "plan"))
    points = [(months.at(month.since(first)), up.at(share)) for month, share in each.measured]
    if points:
        parts.append(curve(points, "measured"))
        parts += [dot(x, y, 4, "measured") for x, y in points]
    said = _told(each, language)
    parts += [text(RIGHT + 12, top + 46 + 18 * index, words, "" if index == 0 else "quiet", width=WIDTH - RIGHT - 12) for index, words in enumerate(said)]
    return linked(place.link(each.entry), f"{title}, {', '.join(said)}", top, PITCH, "".join(parts))


def _flags(each: Use) -> str:
    if not each.measured:
        return ""
    return "n reached" if each.is_on_plan else "n"


def _told(each: Use, said: Language) -> list[str]:
    if not each.measured:
        return [said.say("no figures"), said.say("plan {share}", share=said.percent(each.planned[-1][1]))]
    month, share = each.measured[-1]
    return [
        said.say("used {share}", share=said.percent(share)),
        said.say("plan {share}", share=said.percent(each.planned_now)),
        said.say("to {month}", month=month),
    ]
