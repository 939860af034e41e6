"""What the words of the site mean, for who has never read a business case; shown by columns, on cards and on a page of its own."""

import re
from collections.abc import Iterator, Mapping

from mkdocs_mlvalue.language import Language
from mlvalue.saying import to_say

GLOSSARY: Mapping[str, str] = {
    to_say("future"): to_say(
        "One way that things may turn out. Each design is put through the same 2,048 futures: in some it is worth more, costs less and is used by "
        "many, in others not. “In 8 of 10 futures” leaves out the worst 2 of 10."
    ),
    to_say("should return"): to_say(
        "What comes back on top of the cost, as a share of the cost: at least so much in 8 of 10 futures, rounded down. 55 % means that of 100 EUR "
        "spent, 155 EUR or more should come back. Experts call it return on investment, ROI."
    ),
    to_say("pays back"): to_say(
        "In how many of 10 futures it earns more than it costs, and the month by which the money is back in 8 of 10 futures, counted from the first spending."
    ),
    to_say("worth"): to_say(
        "What is left of the value after all costs over the years that count. Money that comes later counts a little less. Experts call it net "
        "present value, NPV."
    ),
    to_say("costs"): to_say("What it takes to build it, and to run it for the years that count."),
    to_say("over the simple option"): to_say(
        "What the design is worth more than the best option without machine learning, if all goes as expected, and in how many of 10 futures it is "
        "better at all."
    ),
    to_say("used"): to_say("How many of those who could use it do, as measured last, and how many are planned. What nobody uses is worth nothing."),
    to_say("must be used by"): to_say("How many have to use it so that it earns its cost."),
    to_say("rests on"): to_say(
        "What the value was estimated from. A controlled experiment says most, then a pilot, past data, a survey, a like case elsewhere; a guess "
        "says least, so nothing is promised on it."
    ),
    to_say("delivered"): to_say("What came of it so far, beside what was expected by then."),
    to_say("stage"): to_say("How far a design is: an idea, proposed for a decision, approved and funded, live in daily use, retired after use, or dropped."),
    to_say("kind of value"): to_say(
        "Cash is money earned or saved. Time saved and losses avoided are worth something too, but they are no cash and are never added to it."
    ),
    to_say("needs attention"): to_say(
        "Something that somebody should look at: a mistake in the document, less delivered or used than promised, a date that has passed."
    ),
    to_say("owner"): to_say("The one person who answers for the estimate."),
    to_say("customer"): to_say("Who has the problem."),
    to_say("matters most"): to_say("The input that changes the result most; who knows more about it knows more about all."),
}
"""By the words as they are shown, in small letters."""


def anchor(term: str) -> str:
    """The name by which a term of the glossary is linked to."""
    return "mlv-term-" + re.sub("[^a-z]+", "-", term)


def terms(language: Language) -> Iterator[tuple[str, str, str]]:
    """Each term with its meaning, in a *language*, and the name by which it is linked to."""
    for term, meaning in GLOSSARY.items():
        yield language.say(term), language.say(meaning), anchor(term)
