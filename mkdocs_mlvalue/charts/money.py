"""Where is the money? For each design a bar of what 8 in 10 futures leave after all costs, and one of the cost, by kind of value."""

from mkdocs_mlvalue.drawing import WIDTH, Picture, Place, Row, Scale, bar, data, drawn, fitting, line, linked, scale, text, unit
from mkdocs_mlvalue.language import Language, Telling
from mkdocs_mlvalue.said import ALL, KINDS, MOST, left_out, not_drawn, weak_note
from mlvalue.portfolio import Portfolio
from mlvalue.questions import Stake, is_weak, stakes

HEAD, PITCH, LABEL = 26, 54, 92


def money_of_designs(portfolio: Portfolio, place: Place) -> Picture:
    """Bars of worth and cost."""
    said, found, currency = place.language, stakes(portfolio), portfolio.settings.currency
    marked, shown = found[:ALL], found[:MOST]
    notes = not_drawn(said, left_out(portfolio.entries, [stake.entry for stake in found]), len(found) - len(shown))
    if not shown:
        return Picture(said.say("No design under way has figures yet, so no money can be shown."), notes=notes)
    across = scale([amount for stake in marked for amount in (stake.npv, stake.cost)], 4, WIDTH - LABEL)
    shown_currency = fitting((amount for stake in marked for amount in (stake.npv, stake.cost)), currency, LABEL, said)
    parts, y, bottom, kind = [], 4.0, 4.0, ""
    for index, stake in enumerate(marked):
        if stake.entry.kind != kind:
            kind = stake.entry.kind
            parts.append(unit(y, HEAD, text(4, y + 17, said.say(KINDS[kind]), "head"), more=index >= MOST))
            y += HEAD
        parts.append(unit(y, PITCH, _row(stake, place, across, y, (currency, shown_currency)), _marks(stake, said, portfolio), more=index >= MOST))
        y += PITCH
        bottom = y if index < MOST else bottom
    parts.insert(0, line(across.at(0), 4, across.at(0), bottom, "zero"))
    best = max((stake for stake in found if not is_weak(stake.entry)), key=lambda stake: stake.npv, default=None)
    years = portfolio.settings.horizon_years
    nothing = said.say("No design under way is surely worth more than it costs within {years} years.", years=years)
    reading = _best(best, said, portfolio) if best and best.npv > 0 else nothing
    how = said.say(
        "Solid bar: what 8 in 10 futures leave at least, after all costs, in money of today. Outlined bar: the cost as expected. Amounts in {currency}.",
        currency=currency,
    )
    return Picture(
        reading,
        drawn(place, said.say("Where is the money?"), f"{reading} {how}", bottom + 4, parts),
        (said.say("Design"), said.say("Kind"), said.say("Worth after all costs"), said.say("Costs")),
        tuple(
            Row(
                (stake.entry.review.title, said.say(KINDS[stake.entry.kind]), _worth(stake, currency, said), said.money_up(stake.cost, currency)),
                place.link(stake.entry),
                index >= MOST,
            )
            for index, stake in enumerate(marked)
        ),
        (how, *weak_note(said, sum(is_weak(stake.entry) for stake in shown)), *notes),
        Telling(none=nothing),
        len(found) - len(marked),
    )


def _best(stake: Stake, said: Language, portfolio: Portfolio) -> str:
    return said.say(
        "The most is in “{title}”: worth {amount} or more after all costs, in 8 of 10 futures, within {years} years.",
        title=stake.entry.review.title,
        amount=said.money(stake.npv, portfolio.settings.currency),
        years=portfolio.settings.horizon_years,
    )


def _marks(stake: Stake, said: Language, portfolio: Portfolio) -> str:
    return "" if is_weak(stake.entry) or stake.npv <= 0 else data(value=f"{stake.npv:.0f}", told=_best(stake, said, portfolio))


def _row(stake: Stake, place: Place, across: Scale, top: float, currencies: tuple[str, str]) -> str:
    said, (currency, shown) = place.language, currencies
    title, worth, cost = stake.entry.review.title, said.money(stake.npv, currency), said.money_up(stake.cost, currency)
    zero, right = across.at(0), across.at(max(stake.npv, 0))
    tone = "weak" if is_weak(stake.entry) else "good" if stake.npv >= 0 else "poor"
    content = [
        text(4, top + 15, title, "name", width=WIDTH - 8),
        bar(zero, across.at(stake.npv), top + 21, 11, tone),
        text(right + 5, top + 31, said.money(stake.npv, shown), "quiet" if tone == "weak" else "", width=LABEL),
        bar(zero, across.at(stake.cost), top + 36, 11, "cost"),
        text(across.at(stake.cost) + 5, top + 46, said.money_up(stake.cost, shown), "quiet", width=LABEL),
    ]
    heard = said.say("{title}, worth {worth} after all costs, costs {cost}", title=title, worth=worth, cost=cost)
    return linked(place.link(stake.entry), heard, top, PITCH, "".join(content))


def _worth(stake: Stake, currency: str, said: Language) -> str:
    if is_weak(stake.entry):
        return said.say("perhaps {amount}, nothing is promised", amount=said.money(stake.npv, currency))
    return said.at_least(stake.npv, currency)
