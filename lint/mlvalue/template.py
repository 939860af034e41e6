"""The lines that an author has yet to write, with a hint for each value; a hint left in place counts as missing."""

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from mlvalue import definitions, stages

RANGE = "[<low>, <likely>, <high>]"
COMMENT_WIDTH = 110
LONGEST_EXAMPLE = 160
NO_VALUES: Mapping[str, str] = {}


def lines(paths: Sequence[str], indent: int = 0) -> list[str]:
    """YAML for the fields at *paths* (of one parent, or of the top level), each below its parents."""
    written: list[str] = []
    open_parents: tuple[str, ...] = ()
    for path in paths:
        *parents, name = path.split(".")
        for depth, parent in enumerate(parents):
            if open_parents[: depth + 1] != tuple(parents[: depth + 1]):
                written.append(" " * (indent + 2 * depth) + f"{parent}:")
        open_parents = tuple(parents)
        written += _field(path, name, indent + 2 * len(parents))
    return written


def below(parent: str, names: Sequence[str], indent: int) -> list[str]:
    """YAML for the fields *names* of *parent*, without the parent's own line."""
    return [line for name in names for line in _field(f"{parent}.{name}" if parent else name, name, indent)]


def document(stage: str, approach: str = "ml") -> str:
    """A whole front matter for a design that comes to *stage*, all hints."""
    return "---\n" + "\n".join([*_first(stage, approach), *lines(_asked(stage, approach))]) + "\n---\n"


def explained(stage: str, approach: str = "ml", values: Mapping[str, str] = NO_VALUES) -> str:
    """The same with *values*, YAML by dotted path, and above each hint what the field means, with an example.

    There is no `title`: the first heading is it.
    """
    written = _first(stage, approach)
    asked = [path for path in _asked(stage, approach) if path != "title"]
    inner = {path: _holder(path, asked) for path in values}
    fields = dict.fromkeys([*asked, *(holder for path, holder in inner.items() if holder not in {"stage", "approach"})])
    ordered = sorted(fields, key=definitions.fields().index)
    seen: set[str] = set()
    for path in ordered:
        *parents, name = path.split(".")
        for depth in range(len(parents)):
            above = ".".join(parents[: depth + 1])
            if above not in seen:
                written.append("  " * depth + f"{parents[depth]}:")
                seen.add(above)
        indent = 2 * len(parents)
        field = _field(path, name, indent, {key: value for key, value in values.items() if inner[key] == path}, approach)
        is_open = any("<" in line for line in field) and path not in values
        written += [*(comment(path, indent) if is_open else []), *field]
    return "---\n" + "\n".join(written) + "\n---\n"


def comment(path: str, indent: int) -> list[str]:
    """What a field means, with an example, as YAML comments."""
    definition = definitions.definition(path)
    shown = next((example(value) for value in definition.get("examples", ())), "")
    said = [definition["description"], *([f"Example: {shown}"] if shown and len(shown) <= LONGEST_EXAMPLE else [])]
    return [" " * indent + f"# {line}" for text in said for line in textwrap.wrap(text, COMMENT_WIDTH - indent, break_long_words=False, break_on_hyphens=False)]


def _first(stage: str, approach: str) -> list[str]:
    return [f"stage: {stage}", *([f"approach: {approach}"] if approach != "ml" else [])]


def example(value: object) -> str:
    """An example of the schema, as front matter writes it."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name}: {example(inner)}" for name, inner in value.items()) + "}"
    return "[" + ", ".join(map(example, value)) + "]" if isinstance(value, list) else str(value)


def _asked(stage: str, approach: str) -> list[str]:
    """The fields that a stage asks for and those of the organisation, in the order of the schema."""
    fields = [*stages.demanded(stage, approach), *definitions.in_force().own]
    return sorted((field for field in fields if field != "stage"), key=definitions.fields().index)


def _holder(path: str, asked: Sequence[str]) -> str:
    """The field on whose line the value at *path* is written: itself, or the one in braces around it."""
    parent = path.rpartition(".")[0]
    return parent if parent in asked or "." in parent else path


def _field(path: str, name: str, indent: int, values: Mapping[str, str] = NO_VALUES, approach: str = "ml") -> list[str]:
    pad = " " * indent
    if path in values:
        return [f"{pad}{name}: {values[path]}"]
    if path == "alternatives":
        other = "ml" if approach == "no_ml" else "no_ml"
        return [f"{pad}alternatives:", *alternative("nothing", indent), *alternative(other, indent)]
    definition = definitions.definition(path)
    if "properties" in definition:
        children = definition["properties"]
        wanted = definition.get("required") or list(children)
        shown = [child for child in children if child in wanted or f"{path}.{child}" in values]
        inside = ", ".join(f"{child}: {values.get(f'{path}.{child}') or _hint(definitions.definition(f'{path}.{child}'))}" for child in shown)
        return [f"{pad}{name}: {{{inside}}}"]
    if path == "actuals":
        entry = definitions.definition("actuals[]")["required"]
        inside = ", ".join(f"{child}: {_hint(definitions.definition(f'actuals[].{child}'))}" for child in entry)
        return [f"{pad}actuals:", f"{pad}  - {{{inside}}}"]
    return [f"{pad}{name}: {_hint(definition)}"]


def alternative(kind: str, indent: int = 0) -> list[str]:
    """The line of one alternative of a type, with numbers where its type needs them."""
    pad = " " * (indent + 2)
    if kind == "nothing":
        return [f"{pad}- {{name: do nothing, type: nothing}}"]
    numbers = [f"{name}: {_hint(definitions.definition(f'alternatives[].{name}'))}" for name in stages.NUMBERS]
    first, second = ", ".join(numbers[:2]), ", ".join(numbers[2:])
    return [f"{pad}- {{name: <its name>, type: {kind}, {first},", f"{pad}   {second}}}"]


def hint(path: str) -> str:
    """The hint for the value of one field."""
    return _hint(definitions.definition(definitions.generic(path)))


def _hint(definition: Mapping[str, Any]) -> str:
    kind = definition.get("$defs", "")
    if kind.endswith("_range"):
        return RANGE
    if "enum" in definition:
        return f"<{' | '.join(definition['enum'])}>"
    hint = definition["title"][:1].lower() + definition["title"][1:]
    if kind in {"day", "month"}:
        hint = {"day": "YYYY-MM-DD", "month": "YYYY-MM"}[kind]
    hint = hint.replace(",", " and" if " and " not in hint else "")
    return f"[<{hint}>]" if kind == "texts" else f"<{hint}>"
