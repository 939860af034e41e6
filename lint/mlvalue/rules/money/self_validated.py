"""Estimates that their author checked."""

from collections.abc import Iterator

from mlvalue.diagnostic import Finding, Severity
from mlvalue.model import Design
from mlvalue.rule import rule


@rule(Severity.ERROR, reads=Design)
def self_validated(design: Design) -> Iterator[Finding]:
    """An estimate that was checked by its own author."""
    checked = design.validated_by
    if checked and checked.name and _same(checked.name, design.owner):
        yield Finding(
            "value.validated_by.name",
            f"{checked.name} is `owner` of the estimate, and nobody can check their own",
            "ask somebody from finance or from the customer's side",
        )


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
