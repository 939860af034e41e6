"""The published schemas as data: their fields, in order, each with its own words.

What holds for front matter is the published schema, or within `using` that with an organisation's own fields merged in.
"""

import contextlib
import contextvars
import dataclasses
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


@dataclasses.dataclass(frozen=True, eq=False)
class Contract:
    """A schema of front matter; *own* are the paths of the fields that an organisation added, *source* is its file's name."""

    content: Mapping[str, Any]
    own: tuple[str, ...] = ()
    source: str = ""

    def is_own(self, path: str) -> bool:
        """Say whether a field belongs to the organisation, or lies in one that does."""
        return any(path == own or path.startswith((f"{own}.", f"{own}[")) for own in self.own)


@functools.cache
def ours() -> Contract:
    """The published schema alone."""
    return Contract(published())


_IN_FORCE: contextvars.ContextVar[Contract | None] = contextvars.ContextVar("mlvalue_contract", default=None)


def in_force() -> Contract:
    """The contract that holds here."""
    return _IN_FORCE.get() or ours()


@contextlib.contextmanager
def using(contract: Contract) -> Iterator[None]:
    """Let a *contract* hold for a while; all functions of this module follow it."""
    token = _IN_FORCE.set(contract)
    try:
        yield
    finally:
        _IN_FORCE.reset(token)


def definition(path: str) -> Mapping[str, Any]:
    """The schema of the field at *path*, list items as `alternatives[]`; its own words win over those it refers to.

    Raises:
        KeyError: if the schema has no such field.
    """
    return _definition(in_force(), path)


@functools.lru_cache(maxsize=1024)
def _definition(contract: Contract, path: str) -> Mapping[str, Any]:
    schema: Mapping[str, Any] = {"$ref": "#"}
    for part in path.replace("[]", ".[]").split("."):
        schema = _resolved(contract, schema)
        schema = schema["items"] if part == "[]" else schema["properties"][part]
    return _resolved(contract, schema)


def fields() -> tuple[str, ...]:
    """The dotted paths of all fields, parents first, in the order of the schema."""
    return _fields(in_force())


@functools.lru_cache(maxsize=8)
def _fields(contract: Contract) -> tuple[str, ...]:
    def below(path: str, schema: Mapping[str, Any]) -> Iterator[str]:
        for name in schema.get("properties", {}):
            child = f"{path}.{name}" if path else name
            yield child
            resolved = _definition(contract, child)
            yield from below(child, resolved)
            if "properties" in (items := _resolved(contract, resolved.get("items", {}))):
                yield from below(f"{child}[]", items)

    return tuple(below("", contract.content))


def kinds(name: str) -> frozenset[str]:
    """What the fields of that *name* hold, wherever they stand: `text`, `share`, `object`; nothing where no field has that name."""
    return _kinds(in_force(), name)


@functools.lru_cache(maxsize=1024)
def _kinds(contract: Contract, name: str) -> frozenset[str]:
    found = (_definition(contract, path) for path in _fields(contract) if path.rpartition(".")[2] == name)
    return frozenset(str(schema.get("$defs") or schema.get("type", "")) for schema in found)


def examples(path: str) -> list[str]:
    """How the value of the field at *path* is written, for example; none where it is a choice of words or holds fields."""
    found = definition(path)
    if "properties" in found or "properties" in _resolved(in_force(), found.get("items", {})) or "enum" in found:
        return []
    return [f"[{', '.join(map(str, example))}]" if isinstance(example, list) else str(example) for example in found.get("examples", [])]


def generic(path: str) -> str:
    """A document's path as the schema's: `alternatives[2].share` is `alternatives[].share`."""
    return "".join("" if part.isdigit() else part for part in path.replace("[", "\0[\0").replace("]", "\0]").split("\0"))


def _resolved(contract: Contract, schema: Mapping[str, Any]) -> Mapping[str, Any]:
    if "$ref" not in schema:
        return schema
    target: Mapping[str, Any] = contract.content
    for part in schema["$ref"].removeprefix("#").strip("/").split("/"):
        target = target[part] if part else target
    own = {key: value for key, value in schema.items() if key != "$ref"}
    name = schema["$ref"].rpartition("/")[2]
    return {**target, **own, "$defs": name} if name != "#" else target
