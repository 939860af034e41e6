"""Do we keep promises? A dot for each design with figures: promised to date across, delivered up, and the line on which both are the same."""

from collections.abc import Sequence

from mkdocs_mlvalue.drawing import SIZE, WIDTH, Picture, Place, Row, Scale, dot, drawn, extent, fitting, labels, line, linked, mark, scale, text, unit
from mkdocs_mlvalue.language import Language
from mkdocs_mlvalue.said import ALL, KINDS, MOST, not_drawn
from mlvalue.portfolio import Portfolio
from mlvalue.questions import Outcome, outcomes
from mlvalue.saying import to_count

LEFT, TOP, SIDE, KEY = 84, 32, 228, 46
AROUND = ((9, -8), (9, 5), (-9, 5), (0, -10), (0, 20), (-9, -8), (9, 18), (-9, 18), (22, 5), (-22, 5))
"""Where a dot's number may stand, the best place first: units right and down; left ones end there."""


def promises(portfolio: Portfolio, place: Place) -> Picture:
    """Promised against delivered, numbered; the numbers' names are below."""
    said, found, currency = place.language, outcomes(portfolio), portfolio.settings.currency
    marked, shown = found[:ALL], found[:MOST]
    measured = {id(outcome.entry) for outcome in found}
    silent = sum(entry.stage in {"live", "retired"} and id(entry) not in measured for entry in portfolio.entries)
    notes = not_drawn(said, {"figures": silent} if silent else {}, len(found) - len(shown))
    if not shown:
        return Picture(said.say("No design has delivered figures yet, so no promise can be checked."), notes=notes)
    both = scale([amount for outcome in marked for amount in (outcome.promised, outcome.delivered)], 0, SIDE)
    parts = [*_axes(both, currency, said), *_dots(marked, both, place)]
    y = float(TOP + SIDE + 52)
    for index, outcome in enumerate(marked):
        title, told = outcome.entry.review.title, _told(outcome, currency, said)
        content = text(24, y + 18, str(index + 1), "head", "end") + text(32, y + 18, title, "name", width=WIDTH - 36)
        content += text(32, y + 36, told, "quiet", width=WIDTH - 36)
        flags = "" if outcome.promised <= 0 else "n kept" if outcome.is_kept else "n"
        link = linked(place.link(outcome.entry), f"{index + 1}: {title}, {told}", y, KEY, content)
        parts.append(unit(y, KEY, link, flags, more=index >= MOST))
        y += KEY if index < MOST else 0
    kept = sum(outcome.is_kept for outcome in found if outcome.promised > 0)
    due = sum(outcome.promised > 0 for outcome in found)
    one, many = to_count(
        "At least what was expected by now came from {kept} of {n} design with figures.",
        "At least what was expected by now came from {kept} of {n} designs with figures.",
    )
    reading = said.count(one, many, due, kept=kept)
    how = said.say("On or above the slanted line a design has brought what its frozen estimate, as expected, told for the same months. Value before costs.")
    return Picture(
        reading,
        drawn(place, said.say("Do we keep promises?"), f"{reading} {how}", y + 4, parts),
        (said.say("Design"), said.say("Kind"), said.say("To"), said.say("Promised"), said.say("Delivered")),
        tuple(
            Row(
                (
                    outcome.entry.review.title,
                    said.say(KINDS[outcome.entry.kind]),
                    _month(outcome, said),
                    said.money(outcome.promised, currency),
                    said.money(outcome.delivered, currency),
                ),
                place.link(outcome.entry),
                index >= MOST,
            )
            for index, outcome in enumerate(marked)
        ),
        (how, *_remarks(found, said), *notes),
        said.telling(one, many),
        len(found) - len(marked),
    )


def _remarks(found: Sequence[Outcome], said: Language) -> tuple[str, ...]:
    early = sum(outcome.promised <= 0 for outcome in found)
    over = (said.say("A hollow dot: dropped or retired."),) if any(_is_over(outcome) for outcome in found) else ()
    if not early:
        return over
    not_due = said.count("Not counted: {n} design from which nothing was due by then.", "Not counted: {n} designs from which nothing was due by then.", early)
    return (*over, not_due)


def _axes(both: Scale, currency: str, said: Language) -> list[str]:
    parts = [text(4, 14, said.say("delivered"), "quiet"), text(LEFT + SIDE, TOP + SIDE + 38, said.say("promised to the same month"), "quiet", "end")]
    shown = fitting(both.ticks(3, 1), currency, LEFT - 8, said)
    for tick in both.ticks(3, 1):
        x, y = LEFT + both.at(tick), TOP + SIDE - both.at(tick)
        kind = "zero" if tick == 0 else "grid"
        parts += [line(x, TOP, x, TOP + SIDE, kind), line(LEFT, y, LEFT + SIDE, y, kind)]
        parts += [text(LEFT - 8, y + 4, said.money(tick, shown), "quiet", "end", LEFT - 8)]
    parts += labels([(LEFT + both.at(tick), said.money(tick, currency)) for tick in both.ticks(3, 1)], TOP + SIDE + 19)
    parts.append(line(LEFT, TOP + SIDE, LEFT + SIDE, TOP, "even"))
    parts.append(text(LEFT + SIDE, TOP - 8, said.say("as promised"), "quiet", "end"))
    return parts


def _dots(marked: Sequence[Outcome], both: Scale, place: Place) -> list[str]:
    """Dots, then their numbers where there is room for them."""
    places = [(LEFT + both.at(outcome.promised), TOP + SIDE - both.at(outcome.delivered)) for outcome in marked]
    parts = []
    taken = [(x - 6, y - 6, x + 6, y + 6) for x, y in places[:MOST]]
    for index, (outcome, (x, y)) in enumerate(zip(marked, places, strict=True)):
        tone = "good" if outcome.is_kept else "short"
        parts.append(mark(place.link(outcome.entry), dot(x, y, 6, f"{tone} over" if _is_over(outcome) else tone), more=index >= MOST))
    for index, (x, y) in enumerate(places[:MOST]):
        words = str(index + 1)
        for right, down in AROUND:
            left = x + right - (extent(words) if right < 0 else extent(words) / 2 if right == 0 else 0)
            wanted = (left, y + down - SIZE + 2, left + extent(words), y + down + 1)
            free = all(wanted[0] >= other[2] or wanted[2] <= other[0] or wanted[1] >= other[3] or wanted[3] <= other[1] for other in taken)
            if free and wanted[0] >= LEFT and wanted[3] <= TOP + SIDE + 6 and wanted[1] >= TOP - 6:
                taken.append(wanted)
                parts.append(mark(place.link(marked[index].entry), text(left, y + down, words, "number")))
                break
    return parts


def _is_over(outcome: Outcome) -> bool:
    return outcome.entry.stage in {"retired", "dropped"}


def _told(outcome: Outcome, currency: str, said: Language) -> str:
    amounts = {"amount": said.money(outcome.delivered, currency), "promised": said.money(outcome.promised, currency)}
    return said.say("{amount} of {promised} promised to {month}", **amounts, month=_month(outcome, said))


def _month(outcome: Outcome, said: Language) -> str:
    return said.month(outcome.entry.delivery.to) if outcome.entry.delivery else ""
