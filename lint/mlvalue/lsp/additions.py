"""The lines of a missing field, with a hint for each value, in the place where its siblings in the schema would have it."""

import dataclasses

from mlvalue import stages, template
from mlvalue.composer import Node
from mlvalue.definitions import definition, generic, in_force
from mlvalue.diagnostic import Edit, Span
from mlvalue.document import Document
from mlvalue.text import LINE_END


@dataclasses.dataclass(frozen=True, slots=True)
class _Home:
    """The object that lacks *name*: its *path* and *node*."""

    path: str
    node: Node
    name: str


def added(document: Document, path: str) -> tuple[Edit, ...]:
    """The edit that adds the field at *path*, and those of the objects that hold it; none where something is written there or no place is sure."""
    if document.root is None or document.yaml is None or (path in document.nodes and document.value(path) is not None):
        return ()
    holder, _, name = path.rpartition(".")
    if path in document.nodes:
        return _below_its_key(document, path)
    parent = document.nodes.get(holder) if holder else document.root
    if parent is None or not isinstance(parent.value, dict):
        return ()
    home = _Home(holder, parent, name)
    return _in_braces(document, home) if holder and parent.flow else _on_lines(document, home)


def _lines(document: Document, path: str, indent: int) -> list[str]:
    """The lines of a field, of an object with the fields that the stage asks for."""
    below = [field for field in _demanded(document) if field.startswith(f"{path}.")]
    if below:
        depth = path.count(".")
        return [" " * indent + line[2 * depth :] for line in template.lines(below)[depth:]]
    if "[" in path:
        return [" " * indent + f"{path.rpartition('.')[2]}: {template.hint(path)}"]
    return template.below(path.rpartition(".")[0], [path.rpartition(".")[2]], indent)


def _demanded(document: Document) -> list[str]:
    stage, approach = document.data.get("stage", "idea"), document.data.get("approach", "ml")
    return stages.demanded(stage, str(approach), stages.rank(stage, document.data)) if isinstance(stage, str) and stage in stages.STAGES else []


def _on_lines(document: Document, home: _Home) -> tuple[Edit, ...]:
    """A line of its own, behind the last of those that the schema has before it, else before the first."""
    assert isinstance(home.node.value, dict)
    order = list((definition(generic(home.path)) if home.path else in_force().content)["properties"])
    children = [(order.index(name) if name in order else -1, node) for name, node in home.node.value.items() if node.key]
    if not children:
        return ()
    text = document.text
    before = [node for rank, node in children if 0 <= rank < order.index(home.name)]
    first = children[0][1].key
    assert first is not None
    indent = text.position(first.start)[1] - 1
    end = _line_end(document)
    if before:
        last = max(before, key=lambda node: node.span.start)
        start = _next_line(document, last)
    else:
        start = text.line_span(text.position(first.start)[0]).start
        if text.string[start : first.start].strip():
            return ()
    lines = _lines(document, f"{home.path}.{home.name}".removeprefix("."), indent)
    return (Edit(Span(start, start), "".join(line + end for line in lines)),)


def _next_line(document: Document, node: Node) -> int:
    """Where the line behind a field begins."""
    assert node.key is not None
    assert document.yaml is not None
    last = max(node.span.end, node.key.end)
    while last > node.key.end and document.text.string[last - 1].isspace():
        last -= 1
    line = document.text.position(last)[0]
    return min(document.text.line_starts[line], document.yaml.end)


def _in_braces(document: Document, home: _Home) -> tuple[Edit, ...]:
    """Behind the last field inside the braces."""
    assert isinstance(home.node.value, dict)
    lines = _lines(document, f"{home.path}.{home.name}", 0)
    if len(lines) > 1:
        return ()
    children = list(home.node.value.values())
    at = max(children[-1].span.end, children[-1].key.end if children[-1].key else 0) if children else home.node.span.start + 1
    return (Edit(Span(at, at), f"{', ' if children else ''}{lines[0].strip()}"),)


def _below_its_key(document: Document, path: str) -> tuple[Edit, ...]:
    """What belongs behind a key that stands there without a value."""
    node = document.nodes[path]
    if node.key is None or document.text.string[node.key.end : node.key.end + 1] != ":":
        return ()
    holder = document.nodes.get(path.rpartition(".")[0])
    lines = _lines(document, path, document.text.position(node.key.start)[1] - 1)
    written = lines[0].partition(":")[2]
    if len(lines) > 1 and holder and holder.flow:
        return ()
    end = _line_end(document)
    at = node.key.end + 1
    return (Edit(Span(at, at), written + "".join(end + line for line in lines[1:])),)


def _line_end(document: Document) -> str:
    found = LINE_END.search(document.text.string)
    return found.group() if found else "\n"
