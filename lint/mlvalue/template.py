"""The lines that an author has yet to write, with a hint for each value; a hint left in place counts as missing."""

from collections.abc import Mapping, Sequence
from typing import Any

from mlvalue import definitions, stages

RANGE = "[<low>, <likely>, <high>]"


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


def document(stage: str) -> str:
    """A whole front matter for a design that comes to *stage*, all hints."""
    fields = [*stages.demanded(stage, "ml"), *definitions.in_force().own]
    ordered = sorted(fields, key=definitions.fields().index)
    text = "\n".join(lines([field for field in ordered if field != "stage"]))
    return f"---\nstage: {stage}\n{text}\n---\n"


def _field(path: str, name: str, indent: int) -> list[str]:
    pad = " " * indent
    if path == "alternatives":
        return [f"{pad}alternatives:", *alternative("nothing", indent), *alternative("no_ml", indent)]
    definition = definitions.definition(path)
    if "properties" in definition:
        children = definition["properties"]
        required = definition.get("required") or list(children)
        inside = ", ".join(f"{child}: {_hint(definitions.definition(f'{path}.{child}'))}" for child in required)
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
