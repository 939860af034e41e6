"""Front matter against the published schema: the only module that knows jsonschema."""

import collections
import dataclasses
import difflib
import functools
import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

import jsonschema

from mlvalue import units
from mlvalue.definitions import Contract, definition, fields, generic, in_force, published
from mlvalue.diagnostic import Fix
from mlvalue.document import Document

FILLER = re.compile(
    r"[(\[]?(?:tbd|tba|fixme|wip)\b.*|todo(?:[:.].*)?|(?-i:TODO)\b.*|n[./]?a\.?|x{2,}|\?+|\.+|\u2026|-+"
    r"|lorem ipsum.*|to be (?:done|defined|determined|decided|announced)|<[^<>]*>",
    re.IGNORECASE | re.DOTALL,
)
OURS = ("money", "cost", "share", "money_range", "cost_range", "share_range", "text", "texts", "text_or_number", "day", "month", "day_or_month", "enum")
"""Kinds of values that have words of their own; an organisation may use them by `$ref`, too."""
NEVER_FILLED = ("currency", "approach")
"""Fields with a default, which a filler must not silently bring about."""
NEAR_TOP_LEVEL = 0.8
NEAR = 0.6


@dataclasses.dataclass(frozen=True, slots=True)
class Violation:
    """A value of another shape than the schema's, an unknown field, or a missing one.

    *kind* is `value`, `unknown` or `missing`; *expected* names the schema's definition of the value (`share`, `text`,
    `enum`, `object`, ...); *near* is what was most likely meant; *names* are the fields or values that are possible here;
    *in_braces* says that the object lacking a field is written in braces; *fix* is the one right answer where there is one.
    """

    kind: str
    field: str
    expected: str = ""
    written: object = None
    near: str = ""
    names: tuple[str, ...] = ()
    stage: str = ""
    in_braces: bool = False
    fix: Fix | None = None


def is_filler(value: object) -> bool:
    """Say whether a text only stands in for a value: `TBD`, `???`, the template's `<hint>`."""
    if not isinstance(value, str):
        return False
    visible = "".join(character for character in value if unicodedata.category(character) != "Cf").strip()
    return not visible or FILLER.fullmatch(visible) is not None


def filled(document: Document) -> dict[str, Any]:
    """The front matter without fillers: what counts as written. A range with a filler is none."""
    names = {path.rpartition(".")[2] for path in fields()}

    def without(value: object) -> object:
        if isinstance(value, dict):
            pairs = ((name, without(child)) for name, child in value.items())
            return {name: child for name, child in pairs if child not in (None, [], {}) or (child is None and name not in names)}
        if isinstance(value, list):
            kept = [child for child in map(without, value) if child not in (None, {})]
            return [] if len(kept) < len(value) and not any(isinstance(child, dict) for child in kept) else kept
        return None if is_filler(value) else value

    ours = in_force().content["properties"]
    return {
        name: filled
        for name, value in document.data.items()
        if (filled := without(value) if name in ours and name not in NEVER_FILLED else value) not in (None, {}, [])
    }


def violations(document: Document, data: Mapping[str, Any]) -> list[Violation]:
    """All that is wrong with the shape of *data*, the document's front matter without fillers: one mistake, one violation."""
    found: list[Violation] = []
    for error in _validator(in_force()).iter_errors(data):
        found.extend(_translated(error, document))
    found.extend(_impossible_days(document))
    found.extend(_misspelt(document))
    found.extend(_strayed(document))
    faulty = {fault.span for fault in document.faults}
    found = [violation for violation in found if violation.kind != "unknown" or document.mark(violation.field, on_key=True) not in faulty]
    return _without_echoes(_ranges_at_once(found, document))


@functools.lru_cache(maxsize=8)
def _validator(contract: Contract) -> Any:  # noqa: ANN401 (jsonschema's validators are made at run time)
    return jsonschema.Draft202012Validator(contract.content, format_checker=jsonschema.FormatChecker(["date"]))


def _path(parts: Any) -> str:  # noqa: ANN401 (a deque of names and numbers from jsonschema, which is untyped here)
    path = ""
    for part in parts:
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else str(part)
    return path


def _translated(error: Any, document: Document) -> Iterator[Violation]:  # noqa: ANN401 (an error of jsonschema, whose parts are untyped)
    path = _path(error.absolute_path)
    if error.validator == "additionalProperties":
        known = tuple(error.schema["properties"])
        for name in error.instance:
            if name not in known and not name.startswith("x-"):
                yield Violation("unknown", f"{path}.{name}", near=nearest(name, known, NEAR), names=known, written=error.instance[name])
    elif error.validator == "required":
        for name in error.validator_value:
            if name not in error.instance:
                field = f"{path}.{name}" if path else name
                yield Violation("missing", field, written="" if field in document.nodes and document.value(field) is None else document.value(field))
    else:
        yield _value(path, document)


def _value(path: str, document: Document) -> Violation:
    """The violation at *path*, or of the whole range where its number of items is the mistake."""
    schema = definition(generic(path))
    expected = schema.get("$defs") or ("enum" if "enum" in schema else schema.get("type"))
    if isinstance(expected, list):
        expected = "months" if "array" in expected else "number"
    if expected in {"alternative", "actual"}:
        expected = "object"
    if expected not in OURS and in_force().is_own(path):
        expected = "own"
    written = document.value(path)
    names = tuple(schema.get("enum") or schema.get("properties") or ())
    near = nearest(str(written), names, NEAR) if "enum" in schema else ""
    return Violation("value", path, str(expected), written, near, names)


def nearest(name: str, candidates: tuple[str, ...], cutoff: float) -> str:
    """The candidate that *name* most likely means, else nothing."""
    lowered = name.lower().replace("-", "_").replace(" ", "_")
    scrambled = [candidate for candidate in candidates if sorted(candidate) == sorted(lowered)]
    if cutoff < NEAR_TOP_LEVEL:
        scrambled += [candidate for candidate in candidates if lowered and (candidate.startswith(f"{lowered}_") or lowered.startswith(f"{candidate}_"))]
    return next(iter(scrambled or difflib.get_close_matches(lowered, candidates, 1, cutoff)), "")


def _impossible_days(document: Document) -> Iterator[Violation]:
    """Days that no calendar has, where a month would do too."""
    when = document.value("customer.consulted.when")
    try:
        if isinstance(when, str) and not is_filler(when):
            units.month(when)
    except ValueError:
        yield Violation("value", "customer.consulted.when", "day_or_month", when)


def _misspelt(document: Document) -> Iterator[Violation]:
    """Keys at the top level that are nearly ours; all others are left alone."""
    ours = tuple(in_force().content["properties"])
    for name in document.data:
        near = "" if name in ours or name.startswith("x-") else nearest(name, ours, NEAR_TOP_LEVEL)
        if near:
            yield Violation("unknown", name, near=near, names=ours)


def _strayed(document: Document) -> Iterator[Violation]:
    """Fields that lost their indentation: at the top level, behind an object that lacks just them."""
    assert document.root is not None
    keys = document.root.value if isinstance(document.root.value, dict) else {}
    parent = ""
    lost: list[str] = []
    for name in [*keys, ""]:
        home = definition(parent).get("properties", {}) if parent else {}
        if name and name not in in_force().content["properties"] and name in home and f"{parent}.{name}" not in document.nodes:
            lost.append(name)
            continue
        if lost:
            yield Violation("unknown", lost[0], expected="strayed", near=parent, names=tuple(lost))
            lost = []
        if name in in_force().content["properties"]:
            parent = name


def _without_echoes(found: list[Violation]) -> list[Violation]:
    """Drop what follows from another mistake: items of a wrong range, fields that are only misspelt or strayed."""
    there = {name for violation in found if violation.kind == "unknown" for name in meant(violation)}
    wrong = {violation.field for violation in found if violation.kind == "value"}
    seen: dict[tuple[str, str], Violation] = {}
    for violation in found:
        echo = any(violation.field.startswith((f"{field}.", f"{field}[")) for field in wrong)
        if not echo and not (violation.kind == "missing" and violation.field in there):
            seen.setdefault((violation.kind, violation.field), violation)
    return list(seen.values())


def meant(violation: Violation) -> tuple[str, ...]:
    """The fields that are there under a wrong name or in a wrong place."""
    if violation.expected == "strayed":
        return (violation.near, *(f"{violation.near}.{name}" for name in violation.names))
    return (violation.field[: violation.field.rfind(".") + 1] + violation.near,)


def _ranges_at_once(found: list[Violation], document: Document) -> list[Violation]:
    """Two or three wrong items of one range are one mistake."""
    wrong = collections.Counter(violation.field.rpartition("[")[0] for violation in found if violation.kind == "value" and violation.field.endswith("]"))
    many = [owner for owner, times in wrong.items() if times > 1 and "properties" not in definition(generic(owner) + "[]")]
    kept = [violation for violation in found if violation.kind != "value" or violation.field.rpartition("[")[0] not in many]
    for owner in many:
        expected = definition(generic(owner)).get("$defs") or "months"
        kept.append(Violation("value", owner, expected, document.value(owner)))
    return kept


def mismatch(name: str, table: Mapping[str, Any]) -> str:
    """Where and how *table* isn't what the published schema *name* asks for, "" where it is."""
    error = next(iter(jsonschema.Draft202012Validator(published(name)).iter_errors(table)), None)
    if error is None:
        return ""
    place = ".".join(str(part) for part in error.absolute_path) or "the file"
    return f"{place} is not as the schema asks: {error.message[:160]}"


def flaw(schema: Mapping[str, Any]) -> str:
    """What is wrong with an organisation's *schema*, "" where nothing is."""
    try:
        jsonschema.Draft202012Validator.check_schema(schema)
    except jsonschema.SchemaError as error:
        place = ".".join(str(part) for part in error.absolute_path) or "the file"
        return f"{place} is no JSON Schema: {error.message[:160]}"
    return ""
