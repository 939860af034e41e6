"""People whose work is taken over."""

import re
from collections.abc import Iterator

from mlvalue.diagnostic import Finding, Severity
from mlvalue.model import Design
from mlvalue.rule import rule

FATE = re.compile(
    r"\b(?:re-?train|re-?skill|up-?skill|re-?deploy|reassign|transfer(?:s|red)? to|mov(?:e|es|ed|ing) (?:in)?to\b"
    r"|(?:other|new) (?:work|tasks?|teams?|jobs?|roles?)|severance|retir(?:e|es|ing|ement)\b|attrition|vacanc"
    r"|natural turnover|leav(?:e|es|ing|ers?)\b|works council|union|notice period|keep their)",
    re.IGNORECASE,
)


@rule(Severity.ERROR, reads=Design)
def unplanned_replacement(design: Design) -> Iterator[Finding]:
    """Work of people that is taken over, without a word on what happens to them."""
    if design.texts.get("adoption.effect_on_people") == "replaces" and not FATE.search(design.texts.get("adoption.plan", "")):
        message = "this replaces people, and `adoption.plan` doesn't say what happens to them"
        yield Finding("adoption.effect_on_people", message, "say which other work they get, who trains them, and who agreed; or let the design augment them")
