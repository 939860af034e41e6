"""An organisation's own fields, merged into the published schema: `schema` of the settings to a Contract."""

import functools
import json
import pathlib
from collections.abc import Iterator, Mapping
from typing import Any

from mlvalue import definitions
from mlvalue.definitions import Contract
from mlvalue.schema import flaw
from mlvalue.settings import Settings
from mlvalue.values import SettingsError

Schema = Mapping[str, Any]
MERGED = ("properties", "required")
WORDS = ("title", "description", "examples")
ABOUT = ("$schema", "$id", "$comment", "type", *WORDS)
"""Keywords that say something about a schema and don't change it."""


def contract(settings: Settings) -> Contract:
    """What holds for front matter: the published schema with the organisation's own fields in it.

    Raises:
        SettingsError: if the file can't be read or can't be merged; the message names the place.
    """
    found = definitions.ours() if settings.schema is None else _contract(settings.schema, _text(settings.schema))
    with definitions.using(found):
        for column in settings.columns:
            if column not in definitions.fields():
                raise SettingsError(f"{settings.file}: `columns` names `{column}`, and no document has such a field")
    return found


def _text(file: pathlib.Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file}: can't be read: {error}") from error


@functools.lru_cache(maxsize=8)
def _contract(file: pathlib.Path, text: str) -> Contract:
    try:
        theirs = json.loads(text)
    except json.JSONDecodeError as error:
        raise SettingsError(f"{file}:{error.lineno}:{error.colno}: this is no JSON: {error.msg}") from error
    wrong = "the file is no object" if not isinstance(theirs, dict) else flaw(theirs)
    if wrong:
        raise SettingsError(f"{file}: {wrong}")
    try:
        content = merged(definitions.published(), theirs)
    except SettingsError as error:
        raise SettingsError(f"{file}: {error}") from None
    found = Contract(content, tuple(_added(definitions.published(), theirs)), file.name)
    _resolve_all(found, file)
    return found


def _resolve_all(contract: Contract, file: pathlib.Path) -> None:
    """Follow every `$ref`, so that one that leads nowhere is told here and not in a document."""
    try:
        with definitions.using(contract):
            definitions.fields()
    except (KeyError, TypeError) as error:
        raise SettingsError(f"{file}: a `$ref` leads nowhere: {error}; write one like #/$defs/text") from None


def merged(ours: Schema, theirs: Schema) -> Schema:
    """*theirs* in *ours*: more fields, more that is required, fewer values of an enum, other words. All else is refused.

    Raises:
        SettingsError: if something of ours would be widened or contradicted.
    """
    for keyword in theirs:
        if keyword not in (*MERGED, *ABOUT, "$defs"):
            raise SettingsError(f"`{keyword}` can't be merged; a schema of yours holds properties, required and $defs")
    double = set(theirs.get("$defs", {})) & set(ours["$defs"])
    if double:
        raise SettingsError(f"`$defs.{min(double)}` is ours already; name yours otherwise")
    found = {key: value for key, value in _with_fields(ours, theirs, "").items() if key != "$id"}
    return found | {key: theirs[key] for key in ("$id", "title") if key in theirs} | {"$defs": {**ours["$defs"], **theirs.get("$defs", {})}}


def _with_fields(ours: Schema, theirs: Schema, path: str) -> Schema:
    properties = dict(ours["properties"])
    for name, field in theirs.get("properties", {}).items():
        below = f"{path}{name}"
        properties[name] = _narrowed(properties[name], field, below) if name in properties else _named(field, name)
    required = [*ours.get("required", []), *theirs.get("required", [])]
    for name in required:
        if name not in properties:
            raise SettingsError(f"`{path}{name}` is required, and there is no such field; add it to properties")
    found = {**ours, "properties": properties}
    return {**found, "required": list(dict.fromkeys(required))} if required else found


def _narrowed(ours: Schema, theirs: Schema, path: str) -> Schema:
    """A field of ours with what an organisation says of it."""
    words = {key: theirs[key] for key in WORDS if key in theirs}
    for keyword in theirs:
        if keyword not in (*MERGED, *ABOUT, "enum") or (keyword in MERGED and "properties" not in ours) or (keyword == "enum" and "enum" not in ours):
            raise SettingsError(f"`{path}` is a field of ours, and its `{keyword}` can't be changed; give a field of your own another name")
    found = {**ours, **words}
    if "enum" in theirs:
        wider = [value for value in theirs["enum"] if value not in ours["enum"]]
        if wider or not theirs["enum"]:
            raise SettingsError(
                f"`{path}` can be {', '.join(ours['enum'])}; `{wider[0] if wider else 'nothing'}` can't be added, values can only be taken away"
            )
        found["enum"] = [value for value in ours["enum"] if value in theirs["enum"]]
    return _with_fields(found, theirs, f"{path}.") if "properties" in ours else found


def _named(field: object, name: str) -> object:
    """A field of theirs, with the words that messages and templates need."""
    if not isinstance(field, dict):
        raise SettingsError(f"`{name}` is {field!r}; write an object with a type, a title and a description")
    title = field.get("title", name.replace("_", " "))
    return {"title": title, "description": title, **field}


def _added(ours: Schema, theirs: Schema, path: str = "") -> Iterator[str]:
    """The paths of the fields that *ours* hasn't."""
    for name, field in theirs.get("properties", {}).items():
        if name not in ours["properties"]:
            yield f"{path}{name}"
        elif "properties" in ours["properties"][name]:
            yield from _added(ours["properties"][name], field, f"{path}{name}.")
