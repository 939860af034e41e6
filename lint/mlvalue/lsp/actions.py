"""What an editor offers to do about findings: fixes, missing fields with hints, a comment that allows with a reason."""

import dataclasses
from collections.abc import Iterator, Sequence

from mlvalue.definitions import fields, generic
from mlvalue.diagnostic import Diagnostic, Edit, Span
from mlvalue.document import Document
from mlvalue.lsp.additions import added
from mlvalue.lsp.allowing import allowing
from mlvalue.lsp.positions import span_of
from mlvalue.review import Review
from mlvalue.settings import Settings
from mlvalue.words import count

QUICK_FIX = "quickfix"
FIX_ALL = "source.fixAll.mlvalue"
"""The kind that editors run when a file is saved."""
MOST_TRIED = 8


@dataclasses.dataclass(frozen=True, slots=True)
class Action:
    """Edits that can be applied together, and the findings that they are about. *is_fix* says that they are right beyond doubt."""

    title: str
    kind: str
    edits: tuple[Edit, ...]
    diagnostics: tuple[Diagnostic, ...]
    is_fix: bool = False


def actions(review: Review, touched: Span, settings: Settings) -> list[Action]:
    """What can be done about the findings that *touched* touches, and about all fixes of the document at once.

    Comments that allow are offered for a few findings only: each is tried out first.
    """
    text = review.document.text
    here = [diagnostic for diagnostic in review.diagnostics if _touch(span_of(diagnostic, text), touched)]
    found: dict[tuple[str, tuple[Edit, ...]], Action] = {}
    for action in (action for diagnostic in here for action in _of(review.document, diagnostic)):
        same = found.get((action.title, action.edits))
        found[action.title, action.edits] = dataclasses.replace(same, diagnostics=(*same.diagnostics, *action.diagnostics)) if same else action
    allowed = [each for diagnostic in here if len(here) <= MOST_TRIED and (each := _allow(review, diagnostic, settings))]
    together = [each for each in (_all_missing(review, here), fix_all(review)) if each]
    return [*found.values(), *allowed, *together]


def _all_missing(review: Review, here: Sequence[Diagnostic]) -> Action | None:
    """All missing fields at once, in the order of the schema, where one of them is told *here*."""
    order = {field: index for index, field in enumerate(fields())}
    lacking = [diagnostic for diagnostic in review.diagnostics if _addition(review.document, diagnostic)]
    if len(lacking) < 2 or not any(diagnostic in lacking for diagnostic in here):  # noqa: PLR2004 (one alone has an action of its own)
        return None
    lacking.sort(key=lambda diagnostic: order.get(generic(diagnostic.field), len(order)))
    edits = tuple(edit for diagnostic in lacking for edit in _addition(review.document, diagnostic))
    return Action(f"Add all {len(lacking)} missing fields", QUICK_FIX, edits, tuple(lacking))


def fix_all(review: Review) -> Action | None:
    """All fixes of a document at once; of two that touch each other the first. What isn't UTF-8 beyond doubt stays as it is."""
    if any(fault.rule == "unreadable-text" for fault in review.document.faults):
        return None
    edits: list[Edit] = []
    fixed: list[Diagnostic] = []
    for diagnostic in review.diagnostics:
        if diagnostic.fix and not any(_overlap(edit.span, other.span) for edit in diagnostic.fix.edits for other in edits):
            edits += diagnostic.fix.edits
            fixed.append(diagnostic)
    if not fixed:
        return None
    return Action(f"Fix {count(len(fixed), 'finding')} of mlvalue", FIX_ALL, tuple(sorted(edits)), tuple(fixed), is_fix=True)


def _of(document: Document, diagnostic: Diagnostic) -> Iterator[Action]:
    if diagnostic.fix:
        yield Action(_sentence(diagnostic.fix.title), QUICK_FIX, diagnostic.fix.edits, (diagnostic,), is_fix=True)
    if edits := _addition(document, diagnostic):
        yield Action(f"Add `{diagnostic.field}`", QUICK_FIX, edits, (diagnostic,))


def _allow(review: Review, diagnostic: Diagnostic, settings: Settings) -> Action | None:
    edit = allowing(review, diagnostic, settings)
    return Action(f"Allow `{diagnostic.rule}` here, with a reason", QUICK_FIX, (edit,), (diagnostic,)) if edit else None


def _addition(document: Document, diagnostic: Diagnostic) -> tuple[Edit, ...]:
    return added(document, diagnostic.field) if diagnostic.rule == "missing-field" else ()


def _touch(span: Span, other: Span) -> bool:
    return span.start <= other.end and other.start <= span.end


def _overlap(span: Span, other: Span) -> bool:
    return span == other or (span.start < other.end and other.start < span.end)


def _sentence(title: str) -> str:
    return title[:1].upper() + title[1:]
