"""Allow-comments without a reason."""

from collections.abc import Iterator

from mlvalue.allow import Allow
from mlvalue.diagnostic import Finding, Severity
from mlvalue.rule import rule


@rule(Severity.ERROR, reads=Allow)
def unreasoned_allow(allow: Allow) -> Iterator[Finding]:
    """An allow-comment that doesn't say why."""
    if not allow.reason:
        yield Finding(
            allow.span,
            f"this allows `{allow.rule or '...'}` without a reason, so it allows nothing",
            f"write `mlvalue: allow {allow.rule or 'RULE'}: why it is right here`",
        )
