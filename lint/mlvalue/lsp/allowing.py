"""The comment that allows one finding; its reason is a hint, so it allows nothing until somebody writes one."""

import dataclasses

from mlvalue.allowing import allowed
from mlvalue.diagnostic import Diagnostic, Edit, Span
from mlvalue.review import Review, may_be_allowed
from mlvalue.rules import chosen
from mlvalue.settings import Settings

REASON = "<why it is right here>"
TRIED = "a reason to try the place with"


def allowing(review: Review, diagnostic: Diagnostic, settings: Settings) -> Edit | None:
    """The edit that writes the comment where it allows this finding alone; None where no comment can."""
    if not may_be_allowed(diagnostic):
        return None
    before = review.document.text.string
    alone = dataclasses.replace(review, diagnostics=(diagnostic,))
    done = allowed(alone, before.encode(errors="replace"), settings, chosen(settings), TRIED)
    if done.comments != 1:
        return None
    after = done.content.decode()
    start = next((index for index, (old, new) in enumerate(zip(before, after, strict=False)) if old != new), len(before))
    return Edit(Span(start, start), after[start : start + len(after) - len(before)].replace(TRIED, REASON))
