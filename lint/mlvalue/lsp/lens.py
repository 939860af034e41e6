"""What may be promised of a design, above its first line; where nothing may, what lacks."""

import dataclasses

from mlvalue import schema, stages
from mlvalue.diagnostic import Span
from mlvalue.economics import rounded_down
from mlvalue.headline import cautious_npv, headline, payback, tenths
from mlvalue.review import Review
from mlvalue.settings import Settings
from mlvalue.units import Month
from mlvalue.words import a_design, amount, count


@dataclasses.dataclass(frozen=True, slots=True)
class Lens:
    """A sentence to show at *span*."""

    span: Span
    title: str


def lens(review: Review, settings: Settings) -> Lens | None:
    """The headline of a document, or how many fields it lacks; None where there is no front matter at all."""
    if review.document.yaml is None:
        return None
    return Lens(review.document.opening, _title(review, settings))


def _title(review: Review, settings: Settings) -> str:
    if review.document.root is None:
        return "No figures: the front matter can't be read"
    lacking = _lacking(review, settings)
    if review.appraisal is None or lacking:
        stage = review.data.get("stage", "idea")
        if lacking and stage in stages.STAGES:
            return f"{count(lacking, 'field is', 'fields are')} missing for {a_design(stage)}"
    if review.design is None:
        return "No figures: some values can't be read"
    return str(headline(review.appraisal).sentence)


def _lacking(review: Review, settings: Settings) -> int:
    """How many fields the stage of a document asks for in vain."""
    shape = schema.violations(review.document, review.data)
    missing = stages.missing(review.document, review.data, shape, Month(settings.as_of.year, settings.as_of.month))
    return sum(len(violation.names) or 1 for violation in [*shape, *missing] if violation.kind == "missing")


def figures(review: Review) -> str:
    """The figures behind the headline, in a few lines."""
    sentence = headline(review.appraisal).sentence
    if review.appraisal is None:
        return f"{review.title}: {sentence}"
    chosen, currency = review.appraisal.chosen, review.appraisal.design.currency
    return "\n".join(
        [
            f"{review.title}: {sentence}",
            f"NPV: {amount(cautious_npv(chosen))} {currency} or more in 8 of 10 futures, {amount(rounded_down(chosen.npv_likely))} {currency} likely",
            f"Chance to pay back: {tenths(chosen.chance)}; paid back in 8 of 10 futures: {payback(chosen)}",
        ]
    )
