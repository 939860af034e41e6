"""Was machine learning needed? What each design is worth more than its best simple option, and what was decided without."""

from mkdocs_mlvalue.drawing import WIDTH, Picture, Place, Row, Scale, bar, drawn, line, linked, scale, text
from mkdocs_mlvalue.said import KINDS, MOST, STAGES, more_or_less, not_drawn, weak_note
from mlvalue.headline import tenths
from mlvalue.portfolio import Portfolio
from mlvalue.questions import Comparison, comparisons, decided_without, is_weak, left_out
from mlvalue.words import count

HEAD, PITCH, LABEL, LINE = 26, 40, 124, 30


def ml_needed(portfolio: Portfolio, place: Place) -> Picture:
    """Bars of the difference by kind of value, then the designs without ML."""
    found, without, currency = comparisons(portfolio), decided_without(portfolio), portfolio.settings.currency
    shown = found[:MOST]
    considered = [entry for entry in portfolio.entries if entry not in without]
    left = left_out(considered, [each.entry for each in found])
    notes = not_drawn(left, len(found) - len(shown) + max(0, len(without) - MOST), "without figures of a simple option")
    if not shown and not without:
        return Picture("No design under way can be compared with a simple option yet.", notes=notes)
    parts, y = _bars(shown, place, currency)
    if without:
        parts.append(text(4, y + 18, "decided without ML", "head"))
        y += HEAD
        for entry in without[:MOST]:
            title, stage = entry.review.title, STAGES[entry.stage]
            content = text(4, y + 19, title, "name", width=WIDTH - 8)
            parts.append(linked(place.link(entry), f"{title}, {stage}, decided without ML", y, LINE, content))
            y += LINE
    better = sum(each.is_better for each in found)
    compared = f"{better} of {count(len(found), 'design')} with ML {'is' if better == 1 else 'are'} worth more than the simple option in most futures"
    reading = f"{compared}; {len(without) or 'none'} {'was' if len(without) == 1 else 'were'} decided without ML."
    how = (
        f"Bars: what the design is worth more than its best option without ML, if all goes as expected, after all costs, in {currency}. "
        "Left of the line the simple option is worth more. Outlined: it is as good or better in at least half of the futures."
    )
    rows = [
        Row((each.entry.review.title, KINDS[each.entry.kind], more_or_less(each.extra, currency), f"{tenths(each.better)} futures"), place.link(each.entry))
        for each in shown
    ]
    rows += [
        Row((entry.review.title, KINDS.get(entry.kind, "unknown"), "decided without ML", STAGES[entry.stage]), place.link(entry)) for entry in without[:MOST]
    ]
    return Picture(
        reading,
        drawn(place, "Was machine learning needed?", f"{reading} {how}", y + 4, parts),
        ("Design", "Kind", "Than the simple option", "Better in"),
        tuple(rows),
        (how, *weak_note(sum(is_weak(each.entry) for each in shown)), *notes),
    )


def _bars(shown: tuple[Comparison, ...], place: Place, currency: str) -> tuple[list[str], float]:
    parts: list[str] = []
    y, kind = 4.0, ""
    if not shown:
        return parts, y
    across = scale([each.extra for each in shown], 4, WIDTH - LABEL)
    for each in shown:
        if each.entry.kind != kind:
            kind = each.entry.kind
            parts.append(text(4, y + 17, KINDS[kind], "head"))
            y += HEAD
        parts.append(_row(each, place, across, y, currency))
        y += PITCH
    return [line(across.at(0), 4, across.at(0), y, "zero"), *parts], y + 6


def _row(each: Comparison, place: Place, across: Scale, top: float, currency: str) -> str:
    title, said = each.entry.review.title, more_or_less(each.extra, currency)
    tone = "weak" if is_weak(each.entry) else "good" if each.is_better else "poor"
    content = text(4, top + 15, title, "name", width=WIDTH - 8) + bar(across.at(0), across.at(each.extra), top + 21, 13, tone)
    content += text(across.at(max(each.extra, 0)) + 5, top + 32, said, width=LABEL)
    return linked(place.link(each.entry), f"{title}, {said} than the simple option, better in {tenths(each.better)} futures", top, PITCH, content)
