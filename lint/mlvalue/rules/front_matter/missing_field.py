"""What a document lacks for its stage."""

import re
from collections.abc import Iterator

from mlvalue import template
from mlvalue.definitions import definition, generic
from mlvalue.diagnostic import Finding, Severity
from mlvalue.rule import rule
from mlvalue.schema import Violation, is_filler
from mlvalue.words import a_design, field, listed, shown

ELSEWHERE = {
    "title": "begin the body with a heading:\n  # <title of the design>",
    "value.evidence.kind": "try it small first, then write experiment, pilot, history, survey or analogy",
}
"""What to do where adding a line isn't it."""


@rule(Severity.ERROR, reads=Violation)
def missing_field(violation: Violation) -> Iterator[Finding]:
    """A field that the stage asks for and that isn't there, or only holds the place: `TBD`."""
    if violation.kind == "missing":
        yield Finding(violation.field, _message(violation), _advice(violation))


def _message(violation: Violation) -> str:
    path, written = violation.field, violation.written
    parent = path.rpartition(".")[0]
    needs = f"{a_design(violation.stage)} needs" if violation.stage else f"{field(parent)} needs" if parent else "your organisation asks for"
    if path == "value.evidence.kind" and written == "guess":
        return f"`{path}` is `guess`, and {needs} evidence that somebody looked at"
    if violation.names:
        inside = listed([f"`{path}.{name}`" for name in violation.names])
        return f"`{path}` is missing, and {needs} {inside}"
    state = "is missing"
    if written in ("", [], {}):
        state = "is empty"
    elif written is not None:
        state = f"is {shown(written)}, which counts as missing" if _is_placeholder(written) else "is incomplete"
    return f"{field(path)} {state}; {needs} {_purpose(path)}"


def _is_placeholder(written: object) -> bool:
    return is_filler(written) or (isinstance(written, list) and any(is_filler(item) for item in written))


def _purpose(path: str) -> str:
    """What the field is for, in one clause: the beginning of its description."""
    first = re.split(r"[.;:,] |[.]$", definition(generic(path))["description"])[0]
    return first if first[:2].isupper() else first[:1].lower() + first[1:]


def _advice(violation: Violation) -> str:
    path = violation.field
    if path in ELSEWHERE and (path == "title" or violation.written == "guess"):
        return ELSEWHERE[path]
    parent, _, name = path.rpartition(".")
    if "[" in path or (parent and "." in parent):
        return f"write `{name}: {template.hint(path)}`"
    if violation.in_braces and violation.written is None:
        return f"add inside the braces of `{parent}`: `{name}: {template.hint(path)}`"
    if violation.written is not None:
        return "write:\n" + "\n".join(template.below(parent, [name], 2))
    if violation.names:
        return "add:\n" + "\n".join(template.lines([f"{path}.{name}" for name in violation.names], 2))
    where = f" below `{parent}:`" if parent else ":"
    return f"add{where}\n" + "\n".join(template.below(parent, [name], 4 if parent else 2))
