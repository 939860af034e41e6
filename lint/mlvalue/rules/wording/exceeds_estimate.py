"""The body promises more than the front matter."""

from collections.abc import Iterator

from mlvalue.diagnostic import Finding, Severity
from mlvalue.rule import rule
from mlvalue.stated import Stated


@rule(Severity.ERROR, reads=Stated)
def exceeds_estimate(stated: Stated) -> Iterator[Finding]:
    """A figure of benefit, use, ROI or payback in prose that is better than the front matter's high end."""
    claim = stated.claim
    message = f"`{claim.words}` is better than the front matter allows, at most {stated.limit}: which of the two is right?"
    advice = f"write what `{stated.field}` says, or change it and say what is new"
    yield Finding(claim.span, message, advice, field=claim.field)
