"""What the words of the site mean, for who has never read a business case; shown by columns, on cards and on a page of its own."""

import re
from collections.abc import Mapping

GLOSSARY: Mapping[str, str] = {
    "future": "One way that things may turn out. Each design is put through the same 2,048 futures: in some it is worth more, costs less and is "
    "used by many, in others not. “In 8 of 10 futures” leaves out the worst 2 of 10.",
    "should return": "What comes back on top of the cost, as a share of the cost: at least so much in 8 of 10 futures, rounded down. 55 % means that of "
    "100 EUR spent, 155 EUR or more should come back. Experts call it return on investment, ROI.",
    "pays back": "In how many of 10 futures it earns more than it costs, and the month by which the money is back in 8 of 10 futures, counted from the "
    "first spending.",
    "worth": "What is left of the value after all costs over the years that count. Money that comes later counts a little less. Experts call it net "
    "present value, NPV.",
    "costs": "What it takes to build it, and to run it for the years that count.",
    "over the simple option": "What the design is worth more than the best option without machine learning, if all goes as expected, and in how many "
    "of 10 futures it is better at all.",
    "used": "How many of those who could use it do, as measured last, and how many are planned. What nobody uses is worth nothing.",
    "must be used by": "How many have to use it so that it earns its cost.",
    "rests on": "What the value was estimated from. A controlled experiment says most, then a pilot, past data, a survey, a like case elsewhere; a guess "
    "says least, so nothing is promised on it.",
    "delivered": "What came of it so far, beside what was expected by then.",
    "stage": "How far a design is: an idea, proposed for a decision, approved and funded, live in daily use, retired after use, or dropped.",
    "kind of value": "Cash is money earned or saved. Time saved and losses avoided are worth something too, but they are no cash and are never added to it.",
    "needs attention": "Something that somebody should look at: a mistake in the document, less delivered or used than promised, a date that has passed.",
    "owner": "The one person who answers for the estimate.",
    "customer": "Who has the problem.",
    "matters most": "The input that changes the result most; who knows more about it knows more about all.",
}
"""By the words as they are shown, in small letters."""


def anchor(term: str) -> str:
    """The name by which a term of the glossary is linked to."""
    return "mlv-term-" + re.sub("[^a-z]+", "-", term)
