"""Which projects are safe bets? A line from a bad future to a good one for each design, a bold mark that 8 in 10 futures reach, and zero."""

from mkdocs_mlvalue.drawing import WIDTH, Picture, Place, Row, Scale, dot, drawn, labels, line, linked, scale, text, unit
from mkdocs_mlvalue.language import PERCENT, Language
from mkdocs_mlvalue.said import ALL, EVIDENCE, MOST, left_out, not_drawn, weak_note
from mlvalue.entry import Entry
from mlvalue.headline import Promise, coarse_percent
from mlvalue.portfolio import Portfolio
from mlvalue.questions import Bet, bets, is_weak
from mlvalue.saying import to_count, to_say

TOP, PITCH, LEFT = 40, 46, 142
NONE = to_say("No design under way has figures yet, so there is nothing to compare.")
OUTLIER = 1.5
"""The axis ends at so many times the middle one of the good futures; a line that goes on has an arrow."""


def safe_bets(portfolio: Portfolio, place: Place) -> Picture:
    """Intervals of the return on cost, the safest design first."""
    said, found = place.language, bets(portfolio)
    drawn_bets, shown = found[:ALL], found[:MOST]
    notes = not_drawn(
        said,
        left_out(portfolio.entries, [bet.entry for bet in found]),
        len(found) - len(shown),
        to_say("{n} that cost nothing in some futures"),
    )
    if not shown:
        return Picture(said.say(NONE), notes=notes)
    highs = sorted(bet.high for bet in drawn_bets)
    end = min(highs[-1], max(OUTLIER * highs[len(highs) // 2], *(bet.cautious for bet in drawn_bets)))
    across = scale([*(bet.low for bet in drawn_bets), end], LEFT, WIDTH - 12)
    height = TOP + PITCH * len(shown) + 4
    ticks = list(across.ticks(5, 0.05))
    parts = [
        text(4, 30, said.say("should return"), "quiet"),
        text(WIDTH - 4, 12, said.say("earned on top of the cost"), "quiet", "end"),
        *labels([(across.at(tick), _percent(tick, said)) for tick in ticks], 30),
    ]
    parts += [line(across.at(tick), TOP - 4, across.at(tick), height, "zero" if tick == 0 else "grid") for tick in ticks]
    parts += [
        unit(TOP + PITCH * index, PITCH, _row(bet, place, across, TOP + PITCH * index), _flags(bet), more=index >= MOST) for index, bet in enumerate(drawn_bets)
    ]
    sure = [bet for bet in found if not is_weak(bet.entry)]
    reached = sum(bet.is_safe for bet in sure)
    years = portfolio.settings.horizon_years
    one, many = to_count(
        "{reached} of {n} design under way should earn back at least the cost within {years} years, each in 8 of 10 futures.",
        "{reached} of {n} designs under way should earn back at least the cost within {years} years, each in 8 of 10 futures.",
    )
    reading = said.count(one, many, len(sure), reached=reached, years=years)
    how = said.say(
        "The line goes from a bad future, 1 in 10 is worse, to a good one, 1 in 10 is better. 8 in 10 futures lie right of the bold mark. "
        "Right of zero a design earns more than its cost. Where fewer than 8 in 10 do, their number stands in place of a return."
    )
    arrow = (said.say("An arrow: the good future lies beyond the edge."),) if any(bet.high > across.high for bet in shown) else ()
    return Picture(
        reading,
        drawn(place, said.say("Which projects are safe bets?"), f"{reading} {how}", height, parts),
        (said.say("Design"), said.say("Should return"), said.say("Bad future"), said.say("Good future"), said.say("Rests on")),
        tuple(
            Row(
                (
                    bet.entry.review.title,
                    said.tell(bet.entry.headline.short),
                    _percent(bet.low, said),
                    _percent(bet.high, said),
                    _evidence(bet.entry, said),
                ),
                place.link(bet.entry),
                index >= MOST,
            )
            for index, bet in enumerate(drawn_bets)
        ),
        (how, *arrow, *weak_note(said, sum(is_weak(bet.entry) for bet in shown)), *notes),
        said.telling(one, many, NONE, years=years),
        len(found) - len(drawn_bets),
    )


def _row(bet: Bet, place: Place, across: Scale, top: float) -> str:
    language, title, promise = place.language, bet.entry.review.title, bet.entry.headline.promise
    appraisal = bet.entry.review.appraisal
    short = said = language.tell(bet.entry.headline.short)
    if appraisal and promise is Promise.CHANCE:
        said = language.say("{chance} futures", chance=language.tenths(appraisal.chosen.chance))
    weak = "weak" if is_weak(bet.entry) else ""
    y = top + 32
    content = [text(4, top + 16, title, "name", width=WIDTH - 8), text(4, y + 5, said, "quiet" if weak else "", width=LEFT - 8)]
    content.append(line(across.at(bet.low), y, across.at(bet.high), y, f"range {weak}"))
    if bet.high > across.high:
        content += [line(WIDTH - 18, y - 5, WIDTH - 12, y, "range"), line(WIDTH - 18, y + 5, WIDTH - 12, y, "range")]
    if not weak:
        content.append(dot(across.at(bet.cautious), y, 6, "good" if bet.is_safe else "poor"))
    heard = language.say("{title}, should return {promise}", title=title, promise=short) if promise is Promise.RETURN else f"{title}, {short}"
    return linked(place.link(bet.entry), heard, top, PITCH, "".join(content))


def _flags(bet: Bet) -> str:
    if is_weak(bet.entry):
        return ""
    return "n reached" if bet.is_safe else "n"


def _percent(share: float, said: Language) -> str:
    return said.say(PERCENT, n=coarse_percent(share + 1e-9))


def _evidence(entry: Entry, said: Language) -> str:
    design = entry.review.design
    return said.say(EVIDENCE[design.evidence.kind] if design and design.evidence else to_say("nothing yet"))
