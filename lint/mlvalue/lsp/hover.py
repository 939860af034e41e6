"""What a field means and what it changes in money; what a rule says of the words that it underlines."""

import dataclasses

from mlvalue import stages
from mlvalue.definitions import definition, examples, generic
from mlvalue.diagnostic import Span
from mlvalue.lsp.completion import document
from mlvalue.lsp.effects import effect
from mlvalue.lsp.positions import span_of
from mlvalue.lsp.slots import slots
from mlvalue.review import Review
from mlvalue.rule import Rule
from mlvalue.words import listed


@dataclasses.dataclass(frozen=True, slots=True)
class Hover:
    """Markdown about what stands in *span*."""

    span: Span
    markdown: str


def hover(review: Review, rules: dict[str, Rule], offset: int) -> Hover | None:
    """What is to be said of the place at *offset*; *rules* are those there are, by name."""
    slot = slots(review.document.text).at(offset)
    if slot and (slot.kind == "value" or slot.name):
        path = slot.path if slot.kind == "value" else f"{slot.path}.{slot.name}".removeprefix(".")
        words = field(review, path)
        return Hover(slot.span, words) if words else None
    for diagnostic in review.diagnostics:
        span = span_of(diagnostic, review.document.text)
        if offset >= review.document.body and span.covers(offset):
            rule = rules[diagnostic.rule]
            return Hover(span, f"**{rule.name}**: {rule.summary}\n\n[What to do about it]({rule.url})")
    return None


def field(review: Review, path: str) -> str:
    """What the field at *path* means, for example, which stage asks for it, and what it changes."""
    named = path
    while named.endswith("]") and "properties" not in definition_or_none(named):
        named = named[: named.rfind("[")]
    known = definition_or_none(named)
    if not known:
        return ""
    parts = [document(known) + f"\n\n`{generic(named).replace('[]', '')}`"]
    facts = []
    shown = [f"`{example}`" for example in examples(generic(named))]
    if shown:
        facts.append(f"For example {listed(shown, 'or')}.")
    step = stages.asked_from(generic(named))
    if step:
        facts.append("Asked for when retired or dropped." if step == "outcome" else f"Asked for from stage `{step}` on.")
    if facts:
        parts.append(" ".join(facts))
    if review.appraisal and (worth := effect(review.appraisal, path)):
        parts.append(worth)
    return "\n\n".join(parts)


def definition_or_none(path: str) -> dict[str, object]:
    """The schema of the field at *path*, empty where there is none."""
    try:
        return dict(definition(generic(path)))
    except KeyError:
        return {}
