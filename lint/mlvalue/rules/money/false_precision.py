"""Ranges that are none."""

from collections.abc import Iterator

from mlvalue.diagnostic import Finding, Severity
from mlvalue.model import Design, Estimate, Evidence
from mlvalue.rule import rule
from mlvalue.words import field


@rule(Severity.WARNING, reads=Design, thresholds={"times": 2})
def false_precision(design: Design, *, times: float) -> Iterator[Finding]:
    """An estimate without a range, or with a range that nobody can know so well."""
    for path, estimate in design.estimates.items():
        written = design.written[path]
        is_cost = path.rpartition(".")[2] in {"build", "run_per_year", "build_months"}
        if len(written) == 1 or (estimate.high == 0 and is_cost):
            continue
        if estimate.is_point:
            message = f"{field(path)} is {written[1]} three times: that is a promise and no estimate"
            yield Finding(path, message, "write what 1 in 10 falls below, what half exceeds, and what 1 in 10 exceeds", Severity.ERROR)
        elif estimate.likely in {estimate.low, estimate.high} and estimate.low <= estimate.likely <= estimate.high:
            side = "low" if estimate.likely == estimate.low else "high"
            message = f"{field(path)} has the same likely and {side}, {written[1]}, as if it couldn't come out {'lower' if side == 'low' else 'higher'}"
            yield Finding(path, message, f"write another {side}: 1 in 10 comes out {'below low' if side == 'low' else 'above high'}")
        elif path == "value.per_year" and _is_too_narrow(estimate, design.evidence, times):
            message = f"`{path}` is [{', '.join(written)}], a narrow range for a value that rests on {_named(design.evidence)}"
            yield Finding(path, message, f"make high at least {times:g} times low, or find better evidence")


def _is_too_narrow(estimate: Estimate, evidence: Evidence | None, times: float) -> bool:
    return evidence is not None and evidence.weaker_than("survey") and 0 < estimate.low <= estimate.high < times * estimate.low


def _named(evidence: Evidence | None) -> str:
    return "an analogy" if evidence and evidence.kind == "analogy" else "a guess"
