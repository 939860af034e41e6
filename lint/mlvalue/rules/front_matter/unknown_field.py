"""Field names that aren't in the schema."""

from collections.abc import Iterator

from mlvalue.diagnostic import Finding, Severity
from mlvalue.rule import rule
from mlvalue.schema import Violation
from mlvalue.words import field, listed


@rule(Severity.ERROR, reads=Violation)
def unknown_field(violation: Violation) -> Iterator[Finding]:
    """A field that is misspelt, unknown, or at the wrong indentation."""
    if violation.kind != "unknown":
        return
    if violation.expected == "strayed":
        names = listed([f"`{name}`" for name in violation.names])
        verb = "belongs" if len(violation.names) == 1 else "belong"
        yield Finding(violation.field, f"{names} {verb} to `{violation.near}`, but without indentation", f"indent by two spaces, below `{violation.near}:`")
    elif violation.near:
        yield Finding(violation.field, f"{field(violation.field)} is no field here", f"did you mean `{violation.near}`?")
    else:
        advice = f"the fields here are {listed(violation.names)}"
        if violation.written is None:
            advice = f"text with a comma needs quotes inside {{ }}; {advice}"
        yield Finding(violation.field, f"{field(violation.field)} is no field here", f"{advice}; your own may begin with `x-`")
