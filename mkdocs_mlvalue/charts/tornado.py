"""What matters most? For each input a bar from what the design is worth at its bad end to its good end, all else as expected."""

from mkdocs_mlvalue.drawing import WIDTH, Picture, Place, Row, bar, drawn, labels, line, scale, text
from mkdocs_mlvalue.said import INPUTS
from mlvalue.entry import Entry
from mlvalue.questions import is_weak
from mlvalue.saying import to_say

TOP, PITCH = 34, 46
ENDS = to_say("{low} to {high}")


def tornado(entry: Entry, place: Place) -> Picture:
    """Bars, the longest first."""
    said, appraisal = place.language, entry.review.appraisal
    if appraisal is None:
        return Picture(said.say("There are no figures yet, so nothing can be said to matter most."))
    swings, currency, likely, weak = appraisal.chosen.tornado, appraisal.design.currency, appraisal.chosen.npv_likely, is_weak(entry)
    ends = [sorted((swing.npv_at_low, swing.npv_at_high)) for swing in swings]
    across = scale([likely, *(end for pair in ends for end in pair)], 6, WIDTH - 6)
    height = TOP + PITCH * len(swings)
    parts = [*labels([(across.at(tick), said.money(tick, currency)) for tick in across.ticks(4, 1)], 26)]
    rows = []
    for index, (swing, (worst, best)) in enumerate(zip(swings, ends, strict=True)):
        y = TOP + PITCH * index
        name, ends_said = said.say(INPUTS[swing.input]), said.say(ENDS, low=said.money(worst), high=said.money(best, currency))
        parts += [text(4, y + 14, name, width=170), text(WIDTH - 4, y + 14, ends_said, "quiet", "end", 180)]
        parts += [  # the lines stand beside the bars alone, so that none crosses a word
            line(across.at(0), y + 17, across.at(0), y + 39, "zero"),
            bar(across.at(worst), across.at(likely), y + 20, 16, f"low{' weak' if weak else ''}"),
            bar(across.at(likely), across.at(best), y + 20, 16, "weak" if weak else "good"),
            line(across.at(likely), y + 17, across.at(likely), y + 39, "even"),
        ]
        rows.append(Row((name, said.money(worst, currency), said.money(best, currency))))
    worst, best = ends[0]
    reading = said.say(
        "What moves the result most is {input}: from {low} to {high}.",
        input=said.say(INPUTS[swings[0].input]),
        low=said.money(worst, currency),
        high=said.money(best, currency),
    )
    how = said.say(
        "Each bar shows what the design is worth after all costs, in {currency}, if one input comes out at its low or high end and all others as expected. "
        "They meet at {amount}, where all is as expected (dashed line).",
        currency=currency,
        amount=said.money(likely, currency),
    )
    doubt = (said.say("This rests on nothing better than a guess or an analogy, so nothing is promised; the bars are dashed."),) if weak else ()
    return Picture(
        reading,
        drawn(place, said.say("What matters most?"), f"{reading} {how}", height + 4, parts),
        (said.say("Input"), said.say("Worth at the bad end"), said.say("Worth at the good end")),
        tuple(rows),
        (how, *doubt),
    )
