"""What the site calls kinds, stages and inputs, and the notes that several pictures share."""

from collections.abc import Iterable, Mapping

from mkdocs_mlvalue.language import Language
from mlvalue.entry import Entry
from mlvalue.saying import to_count, to_say

MOST = 24
"""So many designs a picture shows; the table of all designs has the rest."""
ALL = 120
"""So many it has marks for: those beyond are seen where a view of the table leaves room for them."""
EVIDENCE = {
    "experiment": to_say("a controlled experiment"),
    "pilot": to_say("a pilot"),
    "history": to_say("a replay of past data"),
    "survey": to_say("a survey"),
    "analogy": to_say("an analogy"),
    "guess": to_say("a guess"),
}
INPUTS = {
    "value per year": to_say("its value per year"),
    "adoption": to_say("how many use it"),
    "build cost": to_say("the cost to build it"),
    "run cost": to_say("the cost to run it"),
    "build time": to_say("the time to build it"),
}
TYPES = {"ml": to_say("with ML"), "no_ml": to_say("without ML"), "nothing": to_say("nothing")}
KINDS = {"cash": to_say("cash"), "time": to_say("time saved"), "risk": to_say("losses avoided"), "other": to_say("other value")}
STAGES = {
    "idea": to_say("idea"),
    "proposed": to_say("proposed"),
    "approved": to_say("approved"),
    "live": to_say("live"),
    "retired": to_say("retired"),
    "dropped": to_say("dropped"),
    "unknown": to_say("unknown"),
}
LEFT_OUT = {
    "idea": to_count("{n} idea, which promises nothing yet", "{n} ideas, which promise nothing yet"),
    "over": to_count("{n} that is over", "{n} that are over"),
    "figures": to_count("{n} without figures yet", "{n} without figures yet"),
    "rate": to_count("{n} in a currency without a rate", "{n} in currencies without a rate"),
}
"""Why a picture leaves designs out: said of one, and of several."""


def left_out(entries: Iterable[Entry], shown: Iterable[Entry]) -> dict[str, int]:
    """How many *entries* aren't *shown*, by why: an `idea`, `over`, lacking `figures`, lacking the `rate` of a currency, or for any `other` cause."""
    drawn = {id(entry) for entry in shown}
    found: dict[str, int] = {}
    for entry in entries:
        if id(entry) not in drawn:
            why = _why(entry)
            found[why] = found.get(why, 0) + 1
    return found


def _why(entry: Entry) -> str:
    appraisal = entry.review.appraisal
    if entry.stage == "idea":
        return "idea"
    if entry.stage in {"retired", "dropped"}:
        return "over"
    if appraisal is None or entry.stage == "unknown" or not entry.kind:
        return "figures"
    return "other" if appraisal.design.is_rated else "rate"


def not_drawn(said: Language, left: Mapping[str, int], beyond: int = 0, other: str = to_say("{n} that can't be told")) -> tuple[str, ...]:
    """A note that counts what a picture leaves out and says why, if it does. *beyond* are those that there is no room for."""
    why = LEFT_OUT | {"other": (other, other)}
    parts = [said.count(*why[reason], number) if reason != "other" else said.say(other, n=number) for reason, number in left.items()]
    parts += [said.say("{n} more for which there is no room", n=beyond)] if beyond > 0 else []
    return (said.say("Not drawn: {what}.", what=said.listed(parts)),) if parts else ()


def weak_note(said: Language, drawn_weak: int) -> tuple[str, ...]:
    """A note on what is drawn lighter, if anything is."""
    if not drawn_weak:
        return ()
    dashed = said.count(
        "Dashed: {n} design that rests on nothing better than a guess or an analogy and promises nothing.",
        "Dashed: {n} designs that rest on nothing better than a guess or an analogy and promise nothing.",
        drawn_weak,
    )
    return (dashed,)
