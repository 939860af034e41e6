"""Comments that allow a finding: `mlvalue: allow RULE: reason`."""

import dataclasses
import re

from mlvalue.diagnostic import Span
from mlvalue.document import Document
from mlvalue.schema import is_filler

ALLOW = re.compile(r"mlvalue:\s*allow\b\s*(?P<rule>[^\s:]*)\s*(?::\s*(?P<reason>.*))?", re.DOTALL)

SLOPPY = re.compile(r"mlvalue\b\s*:?\s*(?:allows?|ignore|disable)\b[\s:]*", re.IGNORECASE)
"""What means to allow something, and doesn't in this form."""


@dataclasses.dataclass(slots=True)
class Allow:
    """A comment that allows what *rule* finds within *covers*, for a *reason*; a filler like `TBD` is none. *hits* counts what it allowed.

    *checked* says whether its rule was run at all; *near* is the rule that an unknown name most likely means. *allowable* is
    False for a rule that tells why a document can't be read.
    """

    rule: str
    reason: str
    span: Span
    covers: Span
    hits: int = 0
    checked: bool = True
    near: str | None = None
    allowable: bool = True


def allows(document: Document) -> list[Allow]:
    """The allow-comments of *document*."""
    found = []
    for comment in document.comments:
        match = ALLOW.fullmatch(comment.text)
        if match is None and SLOPPY.match(comment.text):
            found.append(Allow(SLOPPY.sub("", comment.text, count=1).split(":")[0].split(" ")[0].strip(",;"), "", comment.span, comment.covers))
        elif match:
            reason = (match.group("reason") or "").strip()
            found.append(Allow(match.group("rule"), "" if is_filler(reason) else reason, comment.span, comment.covers))
    return found
