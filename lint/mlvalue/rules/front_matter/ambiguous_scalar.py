"""Values that YAML's two versions read differently."""

from collections.abc import Iterator

from mlvalue.definitions import in_force
from mlvalue.diagnostic import Finding, Severity
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
            yield Finding(node.mark, f"`{path}` is `{node.raw}`, which MkDocs reads as {kind}", f'write "{node.raw}" in quotes', field=path)
