"""Currencies that the site can't convert."""

from collections.abc import Iterator

from mlvalue.diagnostic import Finding, Severity
from mlvalue.model import Design
from mlvalue.rule import rule


@rule(Severity.ERROR, reads=Design)
def unrated_currency(design: Design) -> Iterator[Finding]:
    """A currency for which the settings have no dated rate."""
    if not design.is_rated:
        message = f"amounts are in {design.currency}, and the settings have no rate for it"
        advice = f'use the site\'s currency, or write into the settings: rates.{design.currency} = {{rate = 0.92, date = "2026-10-20"}}'
        yield Finding("currency", message, advice)
