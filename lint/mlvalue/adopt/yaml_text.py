"""Entries added to YAML as text, so that every byte that was there stays.

A parser says where; several ways to write the entry are tried, and the first one after which the parser sees exactly
the old tree and the entry is taken. What can't be proved so is not written.
"""

import dataclasses
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

import yaml

from mlvalue.adopt.yaml_shapes import Data, Shape, grown, of_data, of_node

Path: TypeAlias = tuple[str | int, ...]
LIST = re.compile(r"^([ ]*(?:-[ ]+)*)[\w-]+:[ ]*(?:#.*)?\r?\n(?:[ ]*(?:#.*)?\r?\n)*([ ]*)(-[ ]+)\S", re.MULTILINE)
"""A field, and the dash of the list below it."""
COLLECTIONS = ("tag:yaml.org,2002:seq", "tag:yaml.org,2002:map")
"""Lists and maps as such; others, like `!ENV [A, B]`, mean something else."""
NOTHING = "tag:yaml.org,2002:null"


class StuckError(Exception):
    """An entry that can't be added beyond doubt. *line* is where it would belong."""

    def __init__(self, line: int) -> None:
        """Keep the line, counted from 1."""
        super().__init__(f"line {line}")
        self.line = line


def tree(text: str) -> yaml.Node | None:
    """The nodes of *text* with their places; None where it holds nothing.

    Raises:
        yaml.YAMLError: if it can't be read, or holds several documents.
    """
    found: yaml.Node | None = yaml.compose(text, Loader=yaml.SafeLoader)
    return found


def child(node: yaml.Node | None, *path: str | int) -> yaml.Node | None:
    """The node below *node* at *path*, None if there is none."""
    for step in path:
        if isinstance(node, yaml.MappingNode):
            node = next((value for key, value in reversed(node.value) if key.value == step), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
        else:
            return None
    return node


def scalars(node: yaml.Node | None) -> list[str]:
    """All scalars of a tree, without keys."""
    if isinstance(node, yaml.MappingNode):
        return [text for _, value in node.value for text in scalars(value)]
    if isinstance(node, yaml.SequenceNode):
        return [text for item in node.value for text in scalars(item)]
    return [node.value] if isinstance(node, yaml.ScalarNode) else []


def texts(node: yaml.Node | None) -> list[str]:
    """What a scalar, or the items of a list and the keys of a map say."""
    if isinstance(node, yaml.ScalarNode):
        return [node.value]
    if isinstance(node, yaml.MappingNode):
        return [key.value for key, _ in node.value]
    if isinstance(node, yaml.SequenceNode):
        return list(itertools.chain.from_iterable(texts(item) for item in node.value))
    return []


def with_item(text: str, path: Path, item: Data) -> str:
    """*text* with *item* at the end of the list at *path*, which may be empty.

    Raises:
        StuckError: if that can't be done beyond doubt.
    """
    return _proved(text, path, ("", item))


def with_field(text: str, path: Path, name: str, value: Data) -> str:
    """*text* with the field *name* at the end of the map at *path*.

    Raises:
        StuckError: if that can't be done beyond doubt.
    """
    return _proved(text, path, (name, value))


def block(data: Data, offset: int = 2, gap: int = 2) -> list[str]:
    """*data* as lines of YAML in block style; a list stands *offset* columns in, its content *gap* behind the dash."""
    if isinstance(data, Mapping):
        lines = []
        for name, value in data.items():
            if isinstance(value, Sequence) and not isinstance(value, str):
                lines += [f"{name}:", *(" " * offset + line for line in block(value, offset, gap))]
            else:
                lines.append(f"{name}: {flow(value)}")
        return lines
    if isinstance(data, str):
        return [data]
    items = [block(item, offset, gap) for item in data]
    return [("-" if not number else "").ljust(gap) + line for item in items for number, line in enumerate(item)]


def flow(data: Data) -> str:
    """*data* on one line."""
    if isinstance(data, str):
        return data
    if isinstance(data, Mapping):
        return "{" + ", ".join(f"{name}: {flow(value)}" for name, value in data.items()) + "}"
    return "[" + ", ".join(map(flow, data)) + "]"


def _proved(text: str, path: Path, entry: tuple[str, Data]) -> str:
    root = tree(text)
    node = child(root, *path) if path else root
    if isinstance(node, yaml.CollectionNode) and node.tag not in COLLECTIONS:
        raise StuckError(node.start_mark.line + 1)
    name, value = entry
    addition: Shape = (of_data(name), of_data(value)) if name else of_data(value)
    wanted = grown(of_node(root), path, addition, is_field=bool(name))
    for attempt in _Place(text, root, node, path).attempts(entry):
        try:
            seen = of_node(tree(attempt))
        except yaml.YAMLError:
            continue
        if seen == wanted:
            return attempt
    raise StuckError(node.start_mark.line + 1 if node else 1)


@dataclasses.dataclass(frozen=True)
class _Place:
    """Where an entry belongs: in *node* of *text*."""

    text: str
    root: yaml.Node | None
    node: yaml.Node | None
    path: Path

    def attempts(self, entry: tuple[str, Data]) -> Iterator[str]:
        """The text with the entry, in ways of which the first that is proved holds."""
        name, value = entry
        offset, gap = self._style()
        short = f"{name}: {flow(value)}" if name else flow(value)
        if self.node is None or (isinstance(self.node, yaml.ScalarNode) and self.node.tag == NOTHING) or not self.node.value:
            data: Data = {name: value} if name else [value]
            yield from self._filled(block(data, offset, gap), flow(data), 0 if name else offset)
        elif isinstance(self.node, yaml.CollectionNode) and self.node.flow_style:
            yield from self._in_brackets(short)
        else:
            lines = [*self._blank(), *block({name: value} if name else [value], offset, gap)]
            for position in self._ends():
                yield self._inserted(position, lines, self.node.start_mark.column)

    def _filled(self, lines: list[str], short: str, offset: int) -> Iterator[str]:
        """In place of nothing: on the lines below the field, or in its brackets."""
        if self.node is None or not self.path:
            start = 0 if self.node is None else self.node.start_mark.index
            if self.node is None or self.node.start_mark.index == self.node.end_mark.index:
                yield self._inserted(len(self.text), lines, 0)
            else:
                yield self.text[:start] + short + self.text[self.node.end_mark.index :]
            return
        holder = child(self.root, *self.path[:-1])
        assert isinstance(holder, yaml.MappingNode)
        key = next(key for key, value in reversed(holder.value) if value is self.node)
        start, end = self.node.start_mark.index, self.node.end_mark.index
        cut = self.text[:start].rstrip(" ") if start < end else self.text[:end]
        rest = self.text[end:].partition("\n")
        emptied = _Place(cut + self.text[end:], None, None, ())
        if not rest[0].strip() or rest[0].lstrip().startswith("#"):
            below = len(cut) + len(rest[0]) + len(rest[1])
            yield emptied._inserted(below, lines, key.start_mark.column + offset)
        yield f"{self.text[:start].rstrip(' ')} {short}{self.text[end:]}"

    def _in_brackets(self, short: str) -> Iterator[str]:
        """Behind the last entry in brackets, on a line of its own if that one has one."""
        assert self.node is not None
        last = self.node.value[-1][1] if isinstance(self.node, yaml.MappingNode) else self.node.value[-1]
        end = last.end_mark.index
        tail = self.text[end : self.node.end_mark.index - 1]
        has_comma = tail.lstrip().startswith(",")
        first = self.node.value[-1][0] if isinstance(self.node, yaml.MappingNode) else last
        before = self.text[self.text.rfind("\n", 0, first.start_mark.index) + 1 : first.start_mark.index]
        if not before.strip() and "\n" in tail:
            line, _, _ = tail.partition("\n")
            stop = end + len(line.rstrip("\r"))
            comma = "," if has_comma else ""
            yield self.text[:end] + ("" if has_comma else ",") + self.text[end:stop] + self._newline + before + short + comma + self.text[stop:]
        yield f"{self.text[:end]}, {short}{self.text[end:]}"

    def _ends(self) -> Iterator[int]:
        """Where a collection in block style may end: before comments and blank lines that lead over to what follows, or behind them."""
        assert self.node is not None
        end = self.node.end_mark.index
        end = self.text.rfind("\n", 0, end) + 1 if not self.text[self.text.rfind("\n", 0, end) + 1 : end].strip() else end
        close = end
        while close:
            start = self.text.rfind("\n", 0, close - 1) + 1
            line = self.text[start:close]
            indent = len(line) - len(line.lstrip(" "))
            if line.strip() and not (line.lstrip(" ").startswith("#") and indent <= max(self.node.start_mark.column - 1, 0)):
                break
            close = start
        yield from (end, close) if not self.path else (close, end)

    def _blank(self) -> list[str]:
        """A blank line where the last entry has one above it."""
        assert self.node is not None
        if not self.path or len(self.node.value) < 2:  # noqa: PLR2004 (the first entry has nothing to be parted from)
            return []
        last = self.node.value[-1][0] if isinstance(self.node, yaml.MappingNode) else self.node.value[-1]
        above = self.text[: last.start_mark.index].replace("\r", "").split("\n")[:-1]
        while above and above[-1].lstrip().startswith("#"):
            above.pop()
        return [""] if above and not above[-1].strip() else []

    def _inserted(self, position: int, lines: Sequence[str], indent: int) -> str:
        """*lines* at *position*, which is the beginning of a line or the end of the text."""
        before = self.text[:position]
        lead = "" if not before or before.endswith("\n") else self._newline
        return before + lead + "".join((" " * indent + line).rstrip() + self._newline for line in lines) + self.text[position:]

    @property
    def _newline(self) -> str:
        return "\r\n" if "\r\n" in self.text else "\n"

    def _style(self) -> tuple[int, int]:
        """How far lists stand in from their field, and their content from the dash, as in the last list of the text."""
        style = (2, 2)
        for match in LIST.finditer(self.text):
            offset = len(match.group(2)) - len(match.group(1))
            style = (offset, len(match.group(3))) if offset >= 0 else style
        return style
