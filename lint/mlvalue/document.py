"""A Markdown file as a Document: its fields with their places, its passages of prose, its comments and its faults."""

import dataclasses
import functools
import re
from collections.abc import Mapping

from mlvalue import composer, front_matter, prose
from mlvalue.composer import Node
from mlvalue.definitions import published
from mlvalue.diagnostic import Span
from mlvalue.prose import Comment, Passage
from mlvalue.scalars import yaml_1_1_kind
from mlvalue.text import Fault, Text, decode

YAML_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#[ \t]*(mlvalue\b[^\r\n]*)", re.MULTILINE)
LINE_PLACE = re.compile(r"\{line (\d+)\}")


@dataclasses.dataclass(frozen=True)
class Document:
    """One Markdown file as its readers see it. *root* is the front matter's tree, None where it can't be read."""

    text: Text
    root: Node | None
    body: int
    opening: Span
    faults: tuple[Fault, ...]
    yaml: Span | None

    @functools.cached_property
    def nodes(self) -> Mapping[str, Node]:
        """All nodes of the front matter by their dotted path: `adoption.share`, `alternatives[0].name`."""
        return dict(composer.walk(self.root)) if self.root else {}

    @functools.cached_property
    def data(self) -> dict[str, object]:
        """The front matter as plain values."""
        value = composer.plain(self.root) if self.root else {}
        assert isinstance(value, dict)
        return value

    @functools.cached_property
    def _body(self) -> tuple[tuple[Passage, ...], tuple[Comment, ...], str]:
        return prose.read(self.text, self.body)

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The words of the body that a reader sees, without code, quotes, addresses and what is struck out."""
        return self._body[0]

    @property
    def heading(self) -> str:
        """The words of the first heading."""
        return self._body[2]

    @functools.cached_property
    def comments(self) -> tuple[Comment, ...]:
        """The comments of the front matter and of the body."""
        return (*self._yaml_comments(), *self._body[1])

    @functools.cached_property
    def ambiguous(self) -> dict[str, tuple[Node, str]]:
        """Plain scalars that YAML 1.1, and so MkDocs, takes for something else than YAML 1.2 does, and for what."""
        found = {}
        for path, node in self.nodes.items():
            if node.plain and isinstance(node.value, str):
                kind = yaml_1_1_kind(node.raw)
                if kind not in {"text", "a date"}:
                    found[path] = (node, kind)
        return found

    def value(self, path: str) -> object:
        """The plain value at a dotted path, None where there is none."""
        node = self.nodes.get(path)
        return composer.plain(node) if node else None

    def mark(self, path: str, *, on_key: bool = False) -> Span:
        """What to underline for the field at *path*, or else for the nearest that holds it, the stage that asks for it, the first line."""
        while path:
            node = self.nodes.get(path)
            if node:
                return node.key if on_key and node.key else node.mark
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return self.nodes["stage"].mark if "stage" in self.nodes else self.opening

    def _yaml_comments(self) -> list[Comment]:
        if self.yaml is None:
            return []
        scalars = [node.span for node in self.nodes.values() if not isinstance(node.value, dict | list)]
        return [
            Comment(match.group(1).strip(), Span(*match.span()), self._covered(match.start()))
            for match in YAML_COMMENT.finditer(self.text.string, *self.yaml)
            if not any(span.covers(match.start()) for span in scalars)
        ]

    def _covered(self, offset: int) -> Span:
        """A comment at the end of a line speaks of that line, one on a line of its own of the field below it."""
        line = self.text.line_span(self.text.position(offset)[0])
        if self.text.string[line.start : offset].strip():
            return line
        below = [node for node in self.nodes.values() if node.key and node.key.start > offset]
        if not below:
            return line
        node = min(below, key=lambda candidate: candidate.key or line)
        start = node.key.start if node.key else node.span.start
        return Span(start, max(node.span.end, start + 1))


def read(source: bytes) -> Document:
    """Read the bytes of a Markdown file. Nothing in them raises: what is wrong with them is `faults`."""
    text, faults = decode(source)
    head = front_matter.split(text)
    conflict = front_matter.conflict_marker(text, head)
    root = None
    unreadable = any(fault.rule == "unreadable-text" for fault in faults)
    if conflict:
        faults.append(conflict)
    elif not unreadable:
        root, found = composer.compose(text, head.yaml) if head.yaml else (None, [])
        faults.extend(head.faults if root and _is_ours(root) else (dataclasses.replace(fault, fix=None) for fault in head.faults))
        faults.extend(_numbered(text, fault) for fault in found)
    return Document(text, root, head.body, head.opening, tuple(faults), head.yaml)


def _is_ours(root: Node) -> bool:
    """Say whether any field is one of ours, so that what stands between two delimiters is front matter beyond doubt."""
    return isinstance(root.value, dict) and any(name in published()["properties"] for name in root.value)


def _numbered(text: Text, fault: Fault) -> Fault:
    """Write the line number where a fault's message names another place by its offset."""
    message = LINE_PLACE.sub(lambda match: f"on line {text.position(int(match.group(1)))[0]}", fault.message)
    return dataclasses.replace(fault, message=message)
