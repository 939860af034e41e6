"""Values that YAML's two versions read differently."""

import re
from collections.abc import Iterator

from mlvalue.composer import Node
from mlvalue.definitions import in_force, kinds
from mlvalue.diagnostic import Finding, Fix, Severity, replacement
from mlvalue.document import Document
from mlvalue.rule import rule


@rule(Severity.ERROR, reads=Document)
def ambiguous_scalar(document: Document) -> Iterator[Finding]:
    """A value that MkDocs reads as something else than what is written."""
    for path, (node, kind) in document.ambiguous.items():
        if "doesn't exist" in kind:
            message = f"`{path}` is {node.raw}, {kind} for MkDocs, which drops the whole front matter because of it"
            yield Finding(node.mark, message, f'write a day of the calendar, or "{node.raw}" in quotes', field=path)
        elif path.split(".")[0].split("[")[0] in in_force().content["properties"]:
            message = f"`{path}` is `{node.raw}`, which MkDocs reads as {kind}"
            yield Finding(node.mark, message, f'write "{node.raw}" in quotes', field=path, fix=_fix(path, node))


def _fix(path: str, node: Node) -> Fix | None:
    """Quotes, where the field is a text: then it can mean nothing else."""
    holds = kinds(re.sub(r"\[\d+\]$", "", path).rpartition(".")[2])
    return replacement(node.span, f'"{node.raw}"') if holds and holds <= {"text", "texts"} else None
