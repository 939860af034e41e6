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
        message = f"{names} {verb} to `{violation.near}`, but without indentation"
        advice = f"indent by two spaces, below `{violation.near}:`"
    else:
        message = f"{field(violation.field)} is no field here"
        advice = f"did you mean `{violation.near}`?" if violation.near else _choices(violation)
    yield Finding(violation.field, message, advice, on_key=True, fix=violation.fix)


def _choices(violation: Violation) -> str:
    comma = "text with a comma needs quotes inside { }; " if violation.written is None else ""
    return f"{comma}the fields here are {listed(violation.names)}; your own may begin with `x-`"
