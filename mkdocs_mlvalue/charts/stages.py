"""Where is everything? A square for each design in its stage, and the money there by kind of value."""

from mkdocs_mlvalue.drawing import WIDTH, Picture, Place, Row, box, data, drawn, line, linked, mark, text, unit
from mkdocs_mlvalue.language import OR_MORE, Language
from mkdocs_mlvalue.said import ALL, KINDS, MOST, STAGES
from mlvalue.entry import Entry
from mlvalue.portfolio import UNDER_WAY, Portfolio
from mlvalue.questions import Step, is_weak, steps
from mlvalue.saying import to_count, to_say

SIDE, ACROSS, LINE, EMPTY = 28, 12, 17, 28
NOTHING = to_say("none promised")
BROUGHT = to_say("{kind}: brought {amount}, cost {cost}")


def stages(portfolio: Portfolio, place: Place) -> Picture:
    """A strip of stages."""
    said = place.language
    if not portfolio.entries:
        return Picture(said.say("There are no design documents yet."))
    found, currency = steps(portfolio), portfolio.settings.currency
    parts, y = [], 0.0
    for step in found:
        part, height = _strip(step, place, y, currency)
        parts.append(part)
        y += height
    under_way = sum(len(step.entries) for step in found if step.stage in UNDER_WAY)
    live = sum(len(step.entries) for step in found if step.stage == "live")
    one, many = to_count("Under way: {under_way} of {n} design, {live} of them live.", "Under way: {under_way} of {n} designs, {live} of them live.")
    reading = said.count(one, many, len(portfolio.entries), under_way=under_way, live=live)
    how = said.say(
        "One square is one design and leads to it. The money of a stage is the sum of what each of its designs should leave after all costs in 8 of 10 futures."
    )
    beyond = sum(max(0, len(step.entries) - MOST) for step in found)
    weak = sum(is_weak(entry) for step in found if step.stage in UNDER_WAY for entry in step.entries)
    notes = [how, said.say("Filled: under way; outlined: an idea, or over.")]
    if weak:
        single, several = to_count(
            "Counted without money: {n} design under way on nothing better than a guess or an analogy (dashed).",
            "Counted without money: {n} designs under way on nothing better than a guess or an analogy (dashed).",
        )
        notes.append(said.count(single, several, weak))
    if beyond:
        single, several = to_count(
            "{n} design without a square for lack of room; the counts hold it.", "{n} designs without a square for lack of room; the counts hold them."
        )
        notes.append(said.count(single, several, beyond))
    return Picture(
        reading,
        drawn(place, said.say("Where is everything?"), f"{reading} {how}", y, parts),
        (said.say("Stage"), said.say("Designs"), said.say("Money")),
        tuple(
            Row((said.say(STAGES[step.stage]), str(len(step.entries)), "; ".join(_money(step, currency, said)) or said.say(NOTHING)), group=step.stage)
            for step in found
        ),
        tuple(notes),
        said.telling(one, many),
        sum(max(0, len(step.entries) - ALL) for step in found),
    )


def _strip(step: Step, place: Place, top: float, currency: str) -> tuple[str, float]:
    """One stage, and how high it is."""
    name = place.language.say(STAGES[step.stage])
    count = data(stage=step.stage, words=f"{name}: {{n}}")
    content = [line(0, top + 0.5, WIDTH, top + 0.5, "grid")]
    content.append(text(4, top + 18, f"{name}: {len(step.entries)}", "head" if step.entries else "quiet", marks=count))
    y = top + 26
    flags = f"n{' under_way' if step.stage in UNDER_WAY else ''}{' live' if step.stage == 'live' else ''}"
    squares = []
    for index, entry in enumerate(step.entries[:ALL]):
        slot = index if index < MOST else 0
        square = _square(entry, place, 4 + SIDE * (slot % ACROSS), y + SIDE * (slot // ACROSS))
        squares.append(mark(place.link(entry), square, flags, more=index >= MOST))
    content.append(f'<g class="mlv-chart__squares">{"".join(squares)}</g>')
    y += SIDE * -(-min(len(step.entries), MOST) // ACROSS)
    for words, marks in zip(_money(step, currency, place.language), _sums(step, place.language), strict=True):
        y += LINE
        content.append(text(4, y - 2, words, width=WIDTH - 8, marks=data(stage=step.stage, **marks)))
    height = y + 8 - top if step.entries else EMPTY
    return unit(top, height, "".join(content), data(always=1, empty=EMPTY)), height


def _square(entry: Entry, place: Place, x: float, y: float) -> str:
    tone = "weak" if is_weak(entry) else {"retired": "cost", "dropped": "cost", "idea": "cost", "unknown": "poor"}.get(entry.stage, "good")
    return linked(place.link(entry), entry.review.title, y, SIDE, box(x + 4, y + 4, SIDE - 8, SIDE - 8, tone), x, SIDE)


def _money(step: Step, currency: str, said: Language) -> list[str]:
    """What a stage's designs should leave; of those that are over, what they brought and took."""
    if step.stage in UNDER_WAY:
        return [f"{said.say(KINDS[kind])}: {said.at_least(amount, currency)}" for kind, amount in step.worth.items()]
    return [
        said.say(BROUGHT, kind=said.say(KINDS[kind]), amount=said.money(amount), cost=said.money_up(step.spent[kind], currency))
        for kind, amount in step.delivered.items()
    ]


def _sums(step: Step, said: Language) -> list[dict[str, str]]:
    """What tells a script the same of some of the stage's designs."""
    if step.stage in UNDER_WAY:
        names = {kind: said.say(KINDS[kind]) for kind in step.worth}
        more = said.say(OR_MORE)
        return [{"kind": kind, "words": f"{name}: {more}", "less": f"{name}: {{amount}}"} for kind, name in names.items()]
    return [{"kind": kind, "words": said.say(BROUGHT).replace("{kind}", said.say(KINDS[kind]))} for kind in step.delivered]
