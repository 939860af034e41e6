"""What each stage must have."""

from collections.abc import Iterator, Mapping
from typing import Any

from mlvalue import units
from mlvalue.definitions import fields
from mlvalue.document import Document
from mlvalue.schema import Violation, meant
from mlvalue.units import Month

STAGES = ("idea", "proposed", "approved", "live", "retired", "dropped")
NUMBERS = ("per_year", "share", "ramp_months", "build", "build_months", "run_per_year")
MONTHS_TO_FIRST_FIGURES = 4

DEMANDS: Mapping[str, tuple[str, ...]] = {
    "idea": ("stage", "owner", "title", "customer.who", "customer.pains", "value.metric", "value.how_it_pays"),
    "proposed": (
        "customer.needs", "customer.consulted", "value.kind", "value.per_year", "value.evidence",
        "cost.build", "cost.build_months", "cost.run_per_year",
        "adoption.who", "adoption.users", "adoption.share", "adoption.ramp_months", "alternatives",
    ),
    "approved": (
        "value.validated_by", "adoption.measured_by", "adoption.risk", "adoption.plan", "adoption.effect_on_people",
        "why_ml", "approved",
    ),
    "live": ("actuals",),
    "outcome": ("outcome.delivered", "outcome.why", "outcome.lesson"),
}  # fmt: skip
"""The fields that a stage asks for on top of the stage before."""


def rank(stage: str, data: Mapping[str, Any]) -> str:
    """The stage whose fields a design must have: its own, or for a dropped one the stage it had."""
    if stage == "retired":
        return "live"
    if stage == "dropped":
        return "approved" if "approved" in data else "proposed" if "alternatives" in data and "cost" in data else "idea"
    return stage


def demanded(stage: str, approach: str, had: str = "") -> list[str]:
    """The fields that a design of *stage* must have; *had* is the stage that a dropped one had."""
    reached = had or rank(stage, {})
    wanted = [field for step in STAGES[: STAGES.index(reached) + 1] for field in DEMANDS[step]]
    if stage in {"retired", "dropped"}:
        wanted += DEMANDS["outcome"]
    return [field for field in wanted if field != "why_ml" or approach != "no_ml"]


def asked_from(path: str) -> str:
    """The stage from which on the field at *path* is asked for, `outcome` where a design's end asks for it, "" where nothing does."""
    return next((step for step, names in DEMANDS.items() if path in names), "")


def missing(document: Document, data: Mapping[str, Any], shape: list[Violation], as_of: Month) -> Iterator[Violation]:
    """What *data* lacks for its stage. Fields that are there in a wrong *shape*, or under a wrong name, aren't missing."""
    stage = data.get("stage", "idea")
    if stage not in STAGES or any(violation.field == "stage" for violation in shape):
        return
    there = {name for violation in shape if violation.kind == "unknown" for name in meant(violation)}
    there |= {violation.field for violation in shape}
    approach = data.get("approach", "ml")
    lacking = [field for field in demanded(stage, approach, rank(stage, data)) if not _has(data, field) and field not in there]
    if document.heading:
        lacking = [field for field in lacking if field != "title"]
    if "actuals" in lacking and _is_young(data, as_of):
        lacking.remove("actuals")
    for parent, names in _grouped(lacking, data, there).items():
        written = document.value(parent)
        yield Violation(
            "missing",
            parent,
            names=names,
            stage=stage,
            written="" if written is None and parent in document.nodes else written,
            in_braces=_in_braces(document, parent),
        )
    reached = STAGES.index(rank(stage, data))
    if reached >= STAGES.index("approved") and document.value("value.evidence.kind") == "guess":
        yield Violation("missing", "value.evidence.kind", written="guess", stage=stage)
    if "alternatives" in data and reached and not any(field.startswith("alternatives") for field in there):
        yield from _alternatives(data["alternatives"], approach, stage)


def _in_braces(document: Document, path: str) -> bool:
    holder = document.nodes.get(path.rpartition(".")[0])
    return holder is not None and holder.flow


def _has(data: Mapping[str, Any], path: str) -> bool:
    value: object = data
    for part in path.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value is not None


def _grouped(lacking: list[str], data: Mapping[str, Any], there: set[str]) -> dict[str, tuple[str, ...]]:
    """Fields of an object that is missing altogether, under the object."""
    groups: dict[str, tuple[str, ...]] = {}
    for field in sorted(lacking, key=fields().index):
        parent, _, name = field.rpartition(".")
        if parent in there:
            continue
        if parent and not isinstance(data.get(parent), Mapping):
            groups[parent] = (*groups.get(parent, ()), name)
        else:
            groups[field] = ()
    return groups


def _is_young(data: Mapping[str, Any], as_of: Month) -> bool:
    """Say whether the first figures aren't due yet: 4 months after go-live, which follows from plan and first spending."""
    months = data.get("cost", {}).get("build_months")
    likely = months[1] if isinstance(months, list) and len(months) > 1 else months
    try:
        start = units.month(data["approved"]["spending_from"])
        due: int = round(float(likely)) + MONTHS_TO_FIRST_FIGURES
        return as_of.since(start) <= due
    except (KeyError, TypeError, ValueError):
        return False


def lacking_numbers(alternative: Mapping[str, Any]) -> tuple[str, ...]:
    """The numbers without which an alternative can't be compared."""
    return tuple(name for name in NUMBERS if name not in alternative)


def _alternatives(alternatives: object, approach: str, stage: str) -> Iterator[Violation]:
    if not isinstance(alternatives, list) or not all(isinstance(alternative, Mapping) for alternative in alternatives):
        return
    nothing = [index for index, alternative in enumerate(alternatives) if alternative.get("type") == "nothing"]
    if len(nothing) != 1:
        where = f"alternatives[{nothing[1]}]" if nothing else "alternatives"
        yield Violation("alternative", where, expected="nothing", written=len(nothing), stage=stage)
    wanted = "ml" if approach == "no_ml" else "no_ml"
    candidates = [(index, lacking_numbers(alternative)) for index, alternative in enumerate(alternatives) if alternative.get("type") == wanted]
    if not candidates:
        yield Violation("alternative", "alternatives", expected=wanted, stage=stage)
    elif all(lacking for _, lacking in candidates):
        index, lacking = min(candidates, key=lambda candidate: len(candidate[1]))
        yield Violation("alternative", f"alternatives[{index}]", expected=wanted, names=lacking, stage=stage)
