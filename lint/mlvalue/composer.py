"""YAML to nodes that know their place: the only module that knows YAML.

Built on parser events, because loaders crash on nested input, resolve YAML 1.1 and forget positions.
"""

import dataclasses
from collections.abc import Iterator

import yaml

from mlvalue.diagnostic import Edit, Fix, Span
from mlvalue.scalars import resolve, yaml_1_1_kind
from mlvalue.text import Fault, Text
from mlvalue.yaml_errors import in_own_words

MAX_DEPTH = 32
MAX_CHARACTERS = 64 * 1024
PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclasses.dataclass(slots=True)
class Node:
    """A value in the front matter: `value` is a scalar, a list of nodes or a dict of nodes; *key* is the span of its key."""

    span: Span
    value: "str | int | float | bool | list[Node] | dict[str, Node] | None"
    raw: str = ""
    key: Span | None = None
    plain: bool = False
    flow: bool = True

    @property
    def mark(self) -> Span:
        """What to underline: the value where it fits on a line of its own, else its key."""
        block = isinstance(self.value, dict | list) and not self.flow
        if self.key and (block or self.span.start == self.span.end):
            return self.key
        return self.span


def compose(text: Text, span: Span) -> tuple[Node | None, list[Fault]]:
    """Compose the YAML in *span* of *text*; None where no tree can be had."""
    source = text.string[span.start : span.end]
    if len(source) > MAX_CHARACTERS:
        message = f"the front matter has {len(source):,} characters; {MAX_CHARACTERS:,} are the limit"
        return None, [Fault("unsupported-yaml", Span(span.start, span.start + 1), message, "move text into the body")]
    composer = _Composer(span.start)
    try:
        for event in yaml.parse(source, Loader=PARSER):
            composer.take(event)
            if composer.stopped:
                return None, composer.faults
    except yaml.YAMLError as error:
        return None, [_too_deep(text, span) if "nesting depth" in str(error) else in_own_words(error, text, span)]
    root = composer.root
    if root is None or not isinstance(root.value, dict):
        message = "the front matter is no list of `field: value` lines"
        return None, [*composer.faults, Fault("invalid-yaml", text.line_span(text.position(span.start)[0]), message, "write `stage: idea` and so on")]
    for number, first, second in composer.copies:
        composer.faults[number] = dataclasses.replace(composer.faults[number], fix=_without_copy(text, first, second))
    return root, composer.faults


def _without_copy(text: Text, first: Node, second: Node) -> Fix | None:
    """Delete the *second* of two fields of one name that say the very same, where it has its lines to itself."""
    assert second.key is not None
    string = text.string
    start = text.line_span(text.position(second.key.start)[0]).start
    end = max(second.span.end, second.key.end)
    last = text.position(end)[0]
    stop = end if string[end - 1] in "\r\n" else text.line_starts[last] if last < len(text.line_starts) else len(string)
    same = string[slice(*first.span)] == string[slice(*second.span)] and first.value is not None
    alone = not string[start : second.key.start].strip() and string[end:stop].strip() == ""
    return Fix("delete the second of the two", (Edit(Span(start, stop), ""),)) if same and alone else None


def _too_deep(text: Text, span: Span) -> Fault:
    """What newer parsers find before they tell of a first bracket: the place of the one that is too many."""
    depth = 1
    for offset in range(*span):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(text.string[offset], 0)
        if depth > MAX_DEPTH:
            return _depth_fault(offset)
    return _depth_fault(span.start)


def _depth_fault(offset: int) -> Fault:
    return Fault("unsupported-yaml", Span(offset, offset + 1), f"more than {MAX_DEPTH} levels inside each other", "flatten it; no field is so deep")


class _Composer:
    """Takes events one by one; holds the open collections on a stack, never recurses."""

    def __init__(self, offset: int) -> None:
        self.offset = offset
        self.root: Node | None = None
        self.faults: list[Fault] = []
        self.stopped = False
        self.stack: list[Node] = []
        self.keys: list[Node | None] = []
        self.documents = 0
        self.copies: list[tuple[int, Node, Node]] = []

    def take(self, event: yaml.Event) -> None:
        assert event.start_mark is not None
        assert event.end_mark is not None
        span = Span(event.start_mark.index + self.offset, event.end_mark.index + self.offset)
        if isinstance(event, yaml.DocumentStartEvent):
            self._document(event, span)
        elif isinstance(event, yaml.AliasEvent):
            self._refuse(span, f"`*{event.anchor}` is an alias, which design documents don't use", "write the value out")
            self._add(Node(span, None, f"*{event.anchor}"))
        elif isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent):
            self._node(event, span)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._close(span)

    def _document(self, event: yaml.DocumentStartEvent, span: Span) -> None:
        self.documents += 1
        if event.tags or event.version:
            self._refuse(span, "`%` directives are not for front matter", "delete the line")
        if self.documents > 1:
            self._refuse(span, "a second YAML document begins inside the front matter", "keep one, between the two `---` lines")
            self.stopped = True

    def _node(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, span: Span) -> None:
        if event.anchor:
            here = Span(span.start, span.start + 1 + len(event.anchor))
            self._refuse(here, f"`&{event.anchor}` is an anchor, which design documents don't use", "write the value out where it is needed")
        if event.tag:
            self._refuse(Span(span.start, span.start + 1), f"`{event.tag}` is a tag, which design documents don't use", "delete it")
        if isinstance(event, yaml.ScalarEvent):
            plain = event.implicit[0] and not event.style
            end = span.start + len(event.value) if plain and "\n" not in event.value else span.end
            value = resolve(event.value) if plain else event.value
            self._add(Node(Span(span.start, min(end, span.end)), value, event.value, plain=plain))
            return
        node = Node(span, {} if isinstance(event, yaml.MappingStartEvent) else [], flow=bool(event.flow_style))
        if len(self.stack) >= MAX_DEPTH:
            self.faults.append(_depth_fault(span.start))
            self.stopped = True
            return
        self._add(node)
        self.stack.append(node)
        self.keys.append(None)

    def _close(self, span: Span) -> None:
        node = self.stack.pop()
        self.keys.pop()
        last = _last(node)
        node.span = Span(node.span.start, span.end if node.flow or last is None else max(last.span.end, last.key.end if last.key else 0))

    def _add(self, node: Node) -> None:
        if not self.stack:
            self.root = node
            return
        parent = self.stack[-1]
        if isinstance(parent.value, list):
            parent.value.append(node)
        elif self.keys[-1] is None:
            self.keys[-1] = node
        else:
            key, self.keys[-1] = self.keys[-1], None
            self._field(parent, key, node)

    def _field(self, parent: Node, key: Node, node: Node) -> None:
        assert isinstance(parent.value, dict)
        name = self._name(key)
        node.key = key.span
        if name not in parent.value:
            parent.value[name] = node
            return
        self.copies.append((len(self.faults), parent.value[name], node))
        first = parent.value[name].key
        assert first is not None
        self.faults.append(
            Fault(
                "duplicate-key",
                key.span,
                f"`{name}` stands here a second time; the first is {{line {first.start}}}",
                f"keep one of the two `{name}`",
                also=first,
            )
        )

    def _name(self, key: Node) -> str:
        if isinstance(key.value, dict | list):
            self._refuse(key.span, "a field's name can't be a list or a set of fields", "write a plain name, then `:`")
            return f"\0{key.span.start}"
        name = key.raw
        if key.plain and name == "<<":
            self._refuse(key.span, "`<<` merges fields from elsewhere, which design documents don't use", "write the fields out")
        elif key.plain and len(self.stack) == 1 and (not isinstance(key.value, str) or yaml_1_1_kind(name) != "text"):
            kind = yaml_1_1_kind(name)
            self._refuse(key.span, f"the field name `{name}` is {kind} to YAML, no text", f'write "{name}" in quotes, or another name')
        return name

    def _refuse(self, span: Span, message: str, advice: str) -> None:
        self.faults.append(Fault("unsupported-yaml", span, message, advice))


def _last(node: Node) -> Node | None:
    children = list(node.value.values()) if isinstance(node.value, dict) else node.value
    return children[-1] if isinstance(children, list) and children else None


def walk(root: Node) -> Iterator[tuple[str, Node]]:
    """All nodes below *root* with their dotted paths, in the order of the document."""
    stack = [("", root)]
    while stack:
        path, node = stack.pop()
        if path:
            yield path, node
        if isinstance(node.value, dict):
            children = [(f"{path}.{name}" if path else name, child) for name, child in node.value.items()]
        elif isinstance(node.value, list):
            children = [(f"{path}[{index}]", child) for index, child in enumerate(node.value)]
        else:
            continue
        stack.extend(reversed(children))


def plain(root: Node) -> object:
    """The same tree as plain Python values."""
    if isinstance(root.value, dict):
        return {name: plain(node) for name, node in root.value.items()}
    if isinstance(root.value, list):
        return [plain(node) for node in root.value]
    return root.value
