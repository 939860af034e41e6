"""Allow-comments that allow nothing."""

from collections.abc import Iterator

from mlvalue.allow import Allow
from mlvalue.diagnostic import Finding, Severity
from mlvalue.rule import rule


@rule(Severity.WARNING, reads=Allow)
def unused_allow(allow: Allow) -> Iterator[Finding]:
    """An allow-comment for something that isn't found, or for a rule that doesn't exist."""
    if allow.near is not None:
        advice = f"did you mean `{allow.near}`?" if allow.near else "`mlvalue rules` lists all rules"
        yield Finding(allow.span, f"there is no rule `{allow.rule}`", advice)
    elif allow.reason and not allow.allowable:
        yield Finding(
            allow.span, f"`{allow.rule}` can't be allowed: nothing else in the document could be checked", "mend what it finds, and delete the comment"
        )
    elif allow.reason and allow.checked and not allow.hits:
        yield Finding(allow.span, f"`{allow.rule}` finds nothing here, so there is nothing to allow", "delete the comment")
