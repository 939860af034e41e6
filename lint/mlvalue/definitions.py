"""The published schemas as data: their fields, in order, each with its own words."""

import functools
import json
import pathlib
from collections.abc import Iterator, Mapping
from typing import Any


def folder() -> pathlib.Path:
    """Where the schemas lie: in the package, or else at the root of the checkout."""
    here = pathlib.Path(__file__).parent
    packaged = here / "schemas"
    return packaged if packaged.is_dir() else here.parent.parent / "schemas"


@functools.cache
def published(name: str = "design-doc") -> Mapping[str, Any]:
    """One of the published schemas."""
    content = (folder() / f"{name}.schema.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(content)
    return loaded


@functools.cache
def definition(path: str) -> Mapping[str, Any]:
    """The schema of the field at *path*, list items as `alternatives[]`; its own words win over those it refers to.

    Raises:
        KeyError: if the schema has no such field.
    """
    schema: Mapping[str, Any] = {"$ref": "#"}
    for part in path.replace("[]", ".[]").split("."):
        schema = _resolved(schema)
        schema = schema["items"] if part == "[]" else schema["properties"][part]
    return _resolved(schema)


def fields() -> Iterator[str]:
    """The dotted paths of all fields, parents first, in the order of the schema."""

    def below(path: str, schema: Mapping[str, Any]) -> Iterator[str]:
        for name in schema.get("properties", {}):
            child = f"{path}.{name}" if path else name
            yield child
            resolved = definition(child)
            yield from below(child, resolved)
            if "properties" in (items := _resolved(resolved.get("items", {}))):
                yield from below(f"{child}[]", items)

    yield from below("", published())


def generic(path: str) -> str:
    """A document's path as the schema's: `alternatives[2].share` is `alternatives[].share`."""
    return "".join("" if part.isdigit() else part for part in path.replace("[", "\0[\0").replace("]", "\0]").split("\0"))


def _resolved(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    if "$ref" not in schema:
        return schema
    target: Mapping[str, Any] = published()
    for part in schema["$ref"].removeprefix("#").strip("/").split("/"):
        target = target[part] if part else target
    own = {key: value for key, value in schema.items() if key != "$ref"}
    name = schema["$ref"].rpartition("/")[2]
    return {**target, **own, "$defs": name} if name != "#" else target
