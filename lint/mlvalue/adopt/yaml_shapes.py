"""What a YAML parser sees, without places and style: to prove that an edited text says what it said before, and one entry more."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import yaml

Data: TypeAlias = "str | Sequence[Data] | Mapping[str, Data]"
Shape: TypeAlias = tuple[Any, ...]
"""A tag and a text, a tag and shapes, or a tag and pairs of shapes."""
TAG = "tag:yaml.org,2002:"


def of_node(node: yaml.Node | None, above: tuple[int, ...] = ()) -> Shape:
    """The shape of a tree; an anchor within itself is told by its depth."""
    if node is None:
        return ()
    if id(node) in above:
        return ("itself", above.index(id(node)))
    path = (*above, id(node))
    if isinstance(node, yaml.MappingNode):
        return (node.tag, tuple((of_node(key, path), of_node(value, path)) for key, value in node.value))
    if isinstance(node, yaml.SequenceNode):
        return (node.tag, tuple(of_node(item, path) for item in node.value))
    return (node.tag, node.value)


def of_data(data: Data) -> Shape:
    """The shape that *data* shall have."""
    if isinstance(data, str):
        return (TAG + "str", data)
    if isinstance(data, Mapping):
        return (TAG + "map", tuple((of_data(name), of_data(value)) for name, value in data.items()))
    return (TAG + "seq", tuple(map(of_data, data)))


def grown(shape: Shape, path: tuple[str | int, ...], addition: Shape, *, is_field: bool) -> Shape:
    """*shape* with *addition*, an item or a pair, at the end of what lies at *path*; nothing, there, becomes a collection."""
    if not path:
        if not shape or shape[0] == TAG + "null":
            return (TAG + ("map" if is_field else "seq"), (addition,))
        return (shape[0], (*shape[1], addition)) if isinstance(shape[1], tuple) else shape
    tag, parts = shape
    step = path[0]
    if isinstance(step, int):
        return (tag, tuple(grown(part, path[1:], addition, is_field=is_field) if index == step else part for index, part in enumerate(parts)))
    places = [index for index, (key, _) in enumerate(parts) if key[1] == step]
    pairs = [(key, grown(value, path[1:], addition, is_field=is_field) if places[-1:] == [index] else value) for index, (key, value) in enumerate(parts)]
    return (tag, tuple(pairs))
