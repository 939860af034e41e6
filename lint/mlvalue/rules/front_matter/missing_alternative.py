"""Alternatives that must have been compared."""

from collections.abc import Iterator

from mlvalue import template
from mlvalue.diagnostic import Finding, Severity
from mlvalue.rule import rule
from mlvalue.schema import Violation
from mlvalue.words import field, listed


@rule(Severity.ERROR, reads=Violation)
def missing_alternative(violation: Violation) -> Iterator[Finding]:
    """A design that wasn't compared with doing nothing, and with something simpler."""
    if violation.kind != "alternative":
        return
    kind = violation.expected
    lines = "\n".join(template.alternative(kind))
    if kind == "nothing" and violation.written:
        yield Finding(violation.field, f"doing nothing stands here {violation.written} times", "keep one alternative of type `nothing`")
    elif kind == "nothing":
        yield Finding(
            violation.field, "no alternative has type `nothing`, so nobody can see what happens without the design", f"add below `alternatives:`\n{lines}"
        )
    elif violation.names:
        missing = listed([f"`{name}`" for name in violation.names])
        yield Finding(violation.field, f"{field(violation.field)} lacks {missing}, so the design can't be compared with it", f"complete it:\n{lines}")
    else:
        what = "a model" if kind == "ml" else "anything simpler than a model"
        yield Finding(violation.field, f"no alternative has type `{kind}`: nobody can see what {what} would bring", f"add below `alternatives:`\n{lines}")
