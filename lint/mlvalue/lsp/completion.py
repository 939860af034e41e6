"""What can be written where the cursor is: keys, those that the stage asks for first, and the words of a choice."""

import dataclasses
import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from mlvalue import stages, template
from mlvalue.definitions import definition, generic, in_force
from mlvalue.diagnostic import Span
from mlvalue.lsp.braces import Slot
from mlvalue.lsp.slots import Slots, slots
from mlvalue.text import Text

HINT = re.compile(r"<[^<>\r\n]*>")
MEANING = r"`{}`: ([^.]*(?:\.(?=\S)[^.]*)*)"
LAST = 1000
"""Behind all that a stage asks for."""


@dataclasses.dataclass(frozen=True, slots=True)
class Completion:
    """Something to write into *span*: as plain *text*, or as a *snippet* whose hints an editor steps through. *order* is its place in the list."""

    label: str
    kind: Literal["field", "word"]
    span: Span
    text: str
    snippet: str
    detail: str
    documentation: str
    order: int


def completions(text: Text, offset: int) -> list[Completion]:
    """What can be written at *offset*, in the order in which it is likely wanted."""
    places = slots(text)
    slot = places.at(offset)
    if slot is None:
        return []
    span = slot.span if slot.span.start <= offset <= slot.span.end else Span(offset, offset)
    found = list(_keys(slot, places, span)) if slot.kind == "key" else []
    return sorted(found or _words(slot, span, text), key=lambda completion: completion.order)


def _keys(slot: Slot, places: Slots, span: Span) -> Iterator[Completion]:
    stage = places.values.get("stage", "idea")
    stage = stage if stage in stages.STAGES else "idea"
    possible = _fields(slot.path)
    wanted = _wanted(slot.path, stage, places) if possible else set()
    written = set(places.names.get(slot.path, ())) - {slot.name}
    for index, (name, field) in enumerate(possible.items()):
        if name in written:
            continue
        path = f"{slot.path}.{name}" if slot.path else name
        text, snippet = (name, "") if slot.colon else _lines(path, name, stage, flow=slot.flow)
        asked = f"asked for at stage {stage}" if name in wanted else ""
        order = index if name in wanted else LAST + index
        yield Completion(name, "field", span, text, snippet, asked, document(field), order)


def _fields(path: str) -> Mapping[str, Any]:
    """The fields that the object at *path* can hold."""
    try:
        schema = definition(generic(path)) if path else in_force().content
    except KeyError:
        return {}
    found: Mapping[str, Any] = schema.get("properties", {})
    return {name: definition(f"{generic(path)}.{name}" if path else name) for name in found}


def _wanted(path: str, stage: str, places: Slots) -> set[str]:
    """The names in the object at *path* that the stage asks for, or that its own kind does."""
    if path.endswith("]"):
        required = set(definition(generic(path)).get("required", ()))
        compared = path.startswith("alternatives[") and places.values.get(f"{path}.type") != "nothing"
        return required | set(stages.NUMBERS) if compared else required
    prefix = f"{path}." if path else ""
    below = [field.removeprefix(prefix) for field in stages.demanded(stage, places.values.get("approach", "ml")) if field.startswith(prefix)]
    schema = definition(generic(path)) if path else in_force().content
    return {field.partition(".")[0] for field in below} | set(schema.get("required", ()))


def _lines(path: str, name: str, stage: str, *, flow: bool) -> tuple[str, str]:
    """A key with its colon, as plain text and with hints for its value."""
    field = definition(generic(path))
    below = [asked for asked in stages.demanded(stage, "ml") if asked.startswith(f"{path}.")]
    if "[" in path:
        lines = [f"{name}: {template.hint(path)}"]
    elif below and not flow:
        lines = template.lines(below)
        lines = [line[2 * path.count(".") :] for line in lines[path.count(".") :]]
    else:
        lines = template.below(path.rpartition(".")[0], [name], 0)
    holds_lines = not flow and ("properties" in field or path in {"alternatives", "actuals"})
    text = f"{name}:" if holds_lines else f"{name}: "
    if flow and len(lines) > 1:
        return text, ""
    return text, _snippet("\n".join(lines), field)


def _snippet(lines: str, field: Mapping[str, Any]) -> str:
    """Lines whose hints are places to step through; a choice is offered as one."""
    if "enum" in field:
        return f"{lines.partition(':')[0]}: ${{1|{','.join(map(str, field['enum']))}|}}"
    count = 0

    def place(match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return f"${{{count}:{match.group()}}}"

    escaped = lines.replace("\\", "\\\\").replace("$", "\\$").replace("}", "\\}")
    return HINT.sub(place, escaped)


def _words(slot: Slot, span: Span, text: Text) -> Iterator[Completion]:
    try:
        field = definition(generic(slot.path)) if slot.path else {}
    except KeyError:
        return
    gap = " " if text.string[span.start - 1 : span.start] == ":" else ""
    for index, word in enumerate(map(str, field.get("enum", ()))):
        meaning = re.search(MEANING.format(re.escape(word)), field["description"])
        yield Completion(word, "word", span, gap + word, "", field["title"], meaning.group(1).strip() if meaning else "", index)


def document(field: Mapping[str, Any]) -> str:
    """What a field means, as Markdown."""
    return f"**{field['title']}**\n\n{field['description']}"
