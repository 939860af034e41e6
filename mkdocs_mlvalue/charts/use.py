"""Is it used? For each live design the planned climb of its use, and the share that was measured."""

from mkdocs_mlvalue.drawing import WIDTH, Picture, Place, Row, Scale, curve, dot, drawn, line, linked, text
from mkdocs_mlvalue.said import MOST, percent
from mlvalue.entry import BEHIND
from mlvalue.portfolio import Portfolio
from mlvalue.questions import Use, uses
from mlvalue.words import count

PITCH, PLOT, LEFT, RIGHT = 122, 60, 56, 232


def use(portfolio: Portfolio, place: Place) -> Picture:
    """Small multiples, those farthest behind their plan first."""
    found = uses(portfolio)
    shown = found[:MOST]
    live = sum(entry.stage == "live" for entry in portfolio.entries)
    if not shown:
        return Picture("No design is live with a plan of its use yet." if live else "Nothing is live yet, so nothing can be used.")
    parts = [_multiple(each, place, PITCH * index) for index, each in enumerate(shown)]
    measured = [each for each in found if each.measured]
    reached = sum(each.is_on_plan for each in measured)
    reached_words = f"{reached} of {count(len(measured), 'live design')} with measured use {'reaches' if reached == 1 else 'reach'}"
    reading = f"{reached_words} at least {percent(BEHIND)} of the use planned by now." if measured else "Use hasn't been measured yet."
    how = "Dashed line: planned share of everybody who could use it. Dots: measured share."
    lacking = [f"Without measured figures: {count(len(found) - len(measured), 'live design')}."] if len(found) > len(measured) else []
    lacking += [f"Not drawn: {count(live - len(found), 'live design')} without a plan."] if live > len(found) else []
    lacking += [f"Not drawn: {len(found) - len(shown)} more for which there is no room."] if len(found) > len(shown) else []
    return Picture(
        reading,
        drawn(place, "Is it used?", f"{reading} {how}", PITCH * len(shown), parts),
        ("Design", "To", "Planned", "Measured"),
        tuple(row for each in shown for row in _rows(each, place)),
        (how, *lacking),
    )


def _rows(each: Use, place: Place) -> list[Row]:
    title, href = each.entry.review.title, place.link(each.entry)
    rows = [Row((title, str(month), percent(dict(each.planned).get(month, 0.0)), percent(share)), href) for month, share in each.measured]
    return rows or [Row((title, "none yet", percent(each.planned_now), "unknown"), href)]


def _multiple(each: Use, place: Place, top: float) -> str:
    first, last = each.planned[0][0].plus(-1), each.planned[-1][0]
    first = min([first, *(month for month, _ in each.measured)])
    months = Scale(0, max(1, last.since(first)), LEFT, RIGHT)
    up = Scale(0, 1, top + 26 + PLOT, top + 26)
    title = each.entry.review.title
    parts = [text(4, top + 17, title, "name", width=WIDTH - 8)]
    for share in (0.0, 1.0):
        parts += [line(LEFT, up.at(share), RIGHT, up.at(share), "grid" if share else "zero"), text(LEFT - 6, up.at(share) + 4, percent(share), "quiet", "end")]
    parts += [text(LEFT, top + 46 + PLOT, str(first), "quiet"), text(RIGHT, top + 46 + PLOT, str(last), "quiet", "end")]
    parts.append(curve([(months.at(0), up.at(0)), *((months.at(month.since(first)), up.at(share)) for month, share in each.planned)], "plan"))
    points = [(months.at(month.since(first)), up.at(share)) for month, share in each.measured]
    if points:
        parts.append(curve(points, "measured"))
        parts += [dot(x, y, 4, "measured") for x, y in points]
    said = _said(each)
    parts += [text(RIGHT + 12, top + 46 + 18 * index, words, "" if index == 0 else "quiet", width=WIDTH - RIGHT - 12) for index, words in enumerate(said)]
    return linked(place.link(each.entry), f"{title}, {', '.join(said)}", top, PITCH, "".join(parts))


def _said(each: Use) -> list[str]:
    if not each.measured:
        return ["no figures", f"plan {percent(each.planned[-1][1])}"]
    return [f"used {percent(_newest(each))}", f"plan {percent(each.planned_now)}", f"to {each.measured[-1][0]}"]


def _newest(each: Use) -> float:
    return each.measured[-1][1]
