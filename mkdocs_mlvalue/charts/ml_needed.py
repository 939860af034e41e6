"""Was machine learning needed? What each design is worth more than its best simple option, and what was decided without."""

from mkdocs_mlvalue.drawing import WIDTH, Picture, Place, Row, Scale, bar, drawn, fitting, line, linked, scale, text, unit
from mkdocs_mlvalue.language import UNKNOWN, Language
from mkdocs_mlvalue.said import ALL, KINDS, MOST, STAGES, left_out, not_drawn, weak_note
from mlvalue.portfolio import Portfolio
from mlvalue.questions import Comparison, comparisons, decided_without, is_weak
from mlvalue.saying import to_count, to_say

HEAD, PITCH, LABEL, LINE, GAP, MORE = 26, 40, 124, 30, 6, 40
"""The last is the room for the word for more or less."""
WITHOUT = to_say("decided without ML")


def ml_needed(portfolio: Portfolio, place: Place) -> Picture:
    """Bars of the difference by kind of value, then the designs without ML."""
    said, found, without, currency = place.language, comparisons(portfolio), decided_without(portfolio), portfolio.settings.currency
    marked, shown, listed = found[:ALL], found[:MOST], without[:ALL]
    considered = [entry for entry in portfolio.entries if entry not in without]
    left = left_out(considered, [each.entry for each in found])
    notes = not_drawn(said, left, len(found) - len(shown) + max(0, len(without) - MOST), to_say("{n} without figures of a simple option"))
    if not shown and not without:
        return Picture(said.say("No design under way can be compared with a simple option yet."), notes=notes)
    parts, y = _bars(marked, place, currency)
    if without:
        parts.append(unit(y, GAP + HEAD, text(4, y + GAP + 18, said.say(WITHOUT), "head")))
        y += GAP + HEAD
        for index, entry in enumerate(listed):
            title, stage = entry.review.title, said.say(STAGES[entry.stage])
            content = text(4, y + 19, title, "name", width=WIDTH - 8)
            link = linked(place.link(entry), f"{title}, {stage}, {said.say(WITHOUT)}", y, LINE, content)
            parts.append(unit(y, LINE, link, "without", more=index >= MOST))
            y += LINE if index < MOST else 0
    better = sum(each.is_better for each in found)
    one, many = to_count(
        "Worth more than the simple option in most futures: {better} of {n} design with ML. Decided without ML: {without}.",
        "Worth more than the simple option in most futures: {better} of {n} designs with ML. Decided without ML: {without}.",
    )
    reading = said.count(one, many, len(found), better=better, without=len(without))
    how = said.say(
        "Bars: what the design is worth more than its best option without ML, if all goes as expected, after all costs, in {currency}. "
        "Left of the line the simple option is worth more. Outlined: it is as good or better in at least half of the futures.",
        currency=currency,
    )
    rows = [
        Row(
            (each.entry.review.title, said.say(KINDS[each.entry.kind]), said.more_or_less(each.extra, currency), _futures(each, said)),
            place.link(each.entry),
            index >= MOST,
        )
        for index, each in enumerate(marked)
    ]
    rows += [
        Row((entry.review.title, said.say(KINDS.get(entry.kind, UNKNOWN)), said.say(WITHOUT), said.say(STAGES[entry.stage])), place.link(entry), index >= MOST)
        for index, entry in enumerate(listed)
    ]
    return Picture(
        reading,
        drawn(place, said.say("Was machine learning needed?"), f"{reading} {how}", y + 4, parts),
        (said.say("Design"), said.say("Kind"), said.say("Than the simple option"), said.say("Better in")),
        tuple(rows),
        (how, *weak_note(said, sum(is_weak(each.entry) for each in shown)), *notes),
        said.telling(one, many),
        len(found) + len(without) - len(marked) - len(listed),
    )


def _futures(each: Comparison, said: Language) -> str:
    return said.say("{chance} futures", chance=said.tenths(each.better))


def _bars(marked: tuple[Comparison, ...], place: Place, currency: str) -> tuple[list[str], float]:
    """The bars, and where those end that are seen at first."""
    parts: list[str] = []
    y, kind = 4.0, ""
    if not marked:
        return parts, y
    across = scale([each.extra for each in marked], 4, WIDTH - LABEL)
    shown = fitting((each.extra for each in marked), currency, LABEL - MORE, place.language)
    for index, each in enumerate(marked):
        more = index >= MOST
        if each.entry.kind != kind:
            kind = each.entry.kind
            parts.append(unit(y, HEAD, text(4, y + 17, place.language.say(KINDS[kind]), "head"), more=more))
            y += 0 if more else HEAD
        parts.append(unit(y, PITCH, _row(each, place, across, y, (currency, shown)), "n better" if each.is_better else "n", more=more))
        y += 0 if more else PITCH
    return [line(across.at(0), 4, across.at(0), y, "zero"), *parts], y


def _row(each: Comparison, place: Place, across: Scale, top: float, currencies: tuple[str, str]) -> str:
    (currency, shown), language, title = currencies, place.language, each.entry.review.title
    said, short = language.more_or_less(each.extra, currency), language.more_or_less(each.extra, shown)
    tone = "weak" if is_weak(each.entry) else "good" if each.is_better else "poor"
    content = text(4, top + 15, title, "name", width=WIDTH - 8) + bar(across.at(0), across.at(each.extra), top + 21, 13, tone)
    content += text(across.at(max(each.extra, 0)) + 5, top + 32, short, width=LABEL)
    heard = language.say("{title}, {amount} than the simple option, better in {chance} futures", title=title, amount=said, chance=language.tenths(each.better))
    return linked(place.link(each.entry), heard, top, PITCH, content)
