"""An appraisal as a card on a terminal, and as JSON."""

import textwrap
from collections.abc import Callable, Sequence
from typing import Any

import mlvalue
from mlvalue import words
from mlvalue.appraisal import Appraisal, Valuation
from mlvalue.economics import users_needed
from mlvalue.headline import headline, payback, tenths
from mlvalue.report import dump, printable, width
from mlvalue.review import Review

NOTHING = "-"
LABEL_WIDTH = 34
NARROWEST, WIDEST = 20, 36


def as_text(review: Review) -> str:
    """The figures of one document, its options side by side."""
    design, appraisal = review.design, review.appraisal
    if design is None:
        return f"{review.path.as_posix()} can't be appraised before its findings are mended.\n"
    lines = [review.title, _subtitle(review), "", *textwrap.wrap(str(headline(appraisal).sentence), 100)]
    if appraisal:
        lines += ["", *_table(appraisal), "", *_cash_flows(appraisal), "", *_matters(appraisal), "", *_notes(appraisal)]
    return "\n".join(printable(line).rstrip() for line in lines) + "\n"


def as_json(review: Review) -> str:
    """The figures as `appraisal.schema.json` describes them."""
    design, appraisal = review.design, review.appraisal
    said = headline(appraisal)
    return dump(
        {
            "tool": {"name": "mlvalue", "version": mlvalue.__version__},
            "path": review.path.as_posix(),
            "title": review.title,
            "stage": design.stage if design else None,
            "owner": design.owner if design else None,
            "kind": design.texts.get("value.kind") if design else None,
            "evidence": design.evidence.kind if design and design.evidence else None,
            "currency": design.currency if design else None,
            "horizon_years": appraisal.horizon_years if appraisal else None,
            "discount_rate": appraisal.discount_rate if appraisal else None,
            "headline": {"promise": said.promise, "short": str(said.short), "sentence": str(said.sentence), "roi": said.roi},
            "options": [_option(appraisal, valuation) for valuation in appraisal.valuations] if appraisal else [],
        }
    )


def _option(appraisal: Appraisal, valuation: Valuation) -> dict[str, Any]:
    chosen = valuation is appraisal.chosen
    return {
        "name": valuation.option.name,
        "type": valuation.option.type,
        "chosen": chosen,
        "npv_likely": valuation.npv_likely,
        "roi_likely": valuation.roi_likely,
        "payback_month_likely": valuation.payback_month_likely,
        "break_even_share": valuation.break_even_share,
        "break_even_users": users_needed(valuation.break_even_share, appraisal.design.users[1] if appraisal.design.users else None),
        **{f"roi_p{round(p * 100)}": valuation.roi_quantile(p) for p in (0.1, 0.2, 0.5, 0.9)},
        "npv_p20": valuation.npv_p20,
        "chance": valuation.chance,
        "payback_month_p80": valuation.payback_month_p80,
        "adoption_at_stake": valuation.adoption_at_stake,
        "chosen_extra_npv_likely": None if chosen else appraisal.chosen.npv_likely - valuation.npv_likely,
        "chosen_better_share": None if chosen else appraisal.beats(valuation),
        "cash_flow": [{"year": year.year, "benefit": year.benefit, "cost": year.cost} for year in valuation.cash_flow],
        "tornado": [{"input": swing.input, "npv_at_low": swing.npv_at_low, "npv_at_high": swing.npv_at_high} for swing in valuation.tornado],
    }


def _subtitle(review: Review) -> str:
    design = review.design
    assert design is not None
    parts = [design.stage, f"owner {design.owner}" if design.owner else "", design.texts.get("value.kind", "")]
    parts.append(f"evidence {design.evidence.kind}" if design.evidence else "")
    parts.append(f"amounts in {design.currency}")
    return ", ".join(part for part in parts if part)


def _table(appraisal: Appraisal) -> list[str]:
    design = appraisal.design
    rows: list[tuple[str, Callable[[Valuation], str]]] = [
        ("", lambda each: ("> " if each is appraisal.chosen else "") + each.option.name),
        ("type", lambda each: each.option.type),
        ("NPV in 8 of 10 futures at least", lambda each: words.amount(each.npv_p20)),
        ("NPV, likely case", lambda each: words.amount(each.npv_likely)),
        ("ROI in 8 of 10 futures at least", lambda each: _percent(each.roi_quantile(0.2))),
        ("ROI, likely case", lambda each: _percent(each.roi_likely)),
        ("ROI, from 1 in 10 to 9 in 10", lambda each: f"{_percent(each.roi_quantile(0.1))} to {_percent(each.roi_quantile(0.9))}"),
        ("chance to pay back", lambda each: tenths(each.chance)),
        ("paid back in 8 of 10 futures", lambda each: str(payback(each))),
        ("paid back, likely case", lambda each: f"by month {each.payback_month_likely}" if each.payback_month_likely is not None else NOTHING),
        ("break-even adoption", lambda each: _break_even(each, design.users[1] if design.users else None)),
        ("lost if use stays low", lambda each: words.amount(each.adoption_at_stake)),
        ("chosen design is worth more by", lambda each: NOTHING if each is appraisal.chosen else words.amount(appraisal.chosen.npv_likely - each.npv_likely)),
        ("  and in how many futures", lambda each: NOTHING if each is appraisal.chosen else tenths(appraisal.beats(each))),
    ]
    columns = max(NARROWEST, *(len(valuation.option.name) + 4 for valuation in appraisal.valuations))
    return [_row(label, [cell(valuation) for valuation in appraisal.valuations], min(columns, WIDEST)) for label, cell in rows]


def _cash_flows(appraisal: Appraisal) -> list[str]:
    years = appraisal.chosen.cash_flow
    lines = [_row("likely cash flow: in, out", [f"year {year.year}" for year in years], 12)]
    for valuation in appraisal.valuations:
        lines.append(_row("  " + valuation.option.name, [words.amount(year.benefit) for year in valuation.cash_flow], 12))
        lines.append(_row("", [words.amount(-year.cost) for year in valuation.cash_flow], 12))
    return lines


def _matters(appraisal: Appraisal) -> list[str]:
    lines = [_row("what matters most: NPV at", ["low", "high"], 12)]
    return lines + [_row("  " + swing.input, [words.amount(swing.npv_at_low), words.amount(swing.npv_at_high)], 12) for swing in appraisal.chosen.tornado]


def _notes(appraisal: Appraisal) -> list[str]:
    rate = words.percent(appraisal.discount_rate, 2)
    return [f"Over {appraisal.horizon_years} years from the first spending, discounted by {rate} a year; alternatives without numbers are left out."]


def _row(label: str, cells: Sequence[str], cell_width: int) -> str:
    return _fit(label, LABEL_WIDTH) + "".join(_fit(cell, cell_width, right=True) for cell in cells)


def _fit(text: str, columns: int, *, right: bool = False) -> str:
    if width(text) > columns - 2:
        while width(text) > columns - 3:
            text = text[:-1]
        text += "\N{HORIZONTAL ELLIPSIS}"
    pad = " " * (columns - width(text))
    return pad + text if right else text + pad


def _percent(share: float | None) -> str:
    return NOTHING if share is None else words.percent(share)


def _break_even(valuation: Valuation, users: int | None) -> str:
    share = valuation.break_even_share
    if share is None or share > 1:
        return "not reachable"
    needed = users_needed(share, users)
    return words.percent(share) + (f" ({needed} of {users})" if needed is not None else "")
