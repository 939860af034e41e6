"""Values of another kind than their field's."""

import dataclasses
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from mlvalue import units
from mlvalue.definitions import definition, generic, in_force
from mlvalue.diagnostic import Finding, Severity
from mlvalue.rule import rule
from mlvalue.schema import Violation
from mlvalue.words import field, listed, shown

RANGES = {"money_range": "money", "cost_range": "cost", "share_range": "share", "months": "number"}
NOUNS = {
    "money": "no amount of money", "cost": "no cost", "share": "no share", "number": "no number", "months": "no number of months", "integer": "no whole number",
    "day": "no day", "month": "no month", "day_or_month": "no month or day", "text": "no text", "text_or_number": "no text",
}  # fmt: skip


@rule(Severity.ERROR, reads=Violation)
def invalid_value(violation: Violation) -> Iterator[Finding]:
    """A value that its field can't have."""
    if violation.kind != "value":
        return
    expected = violation.expected
    say: Callable[[Violation], tuple[str, str]] = {
        **dict.fromkeys(RANGES, _range),
        "money": _money, "cost": _money, "share": _share, "enum": _enum, "string": _currency, "day": _day, "month": _day, "day_or_month": _day,
        "text": _text, "text_or_number": _text, "texts": _texts, "object": _object, "array": _array, "own": _own,
    }.get(expected, _number)  # fmt: skip
    message, advice = say(violation)
    yield Finding(violation.field, f"{field(violation.field)} {message}", advice, fix=violation.fix)


def _is(violation: Violation) -> str:
    written = violation.written
    if isinstance(written, list):
        return f"is the list {shown(written)}"
    return "is empty" if written is None else f"is {shown(written)}"


def _example(violation: Violation) -> Any:  # noqa: ANN401 (an example is whatever its field holds)
    return definition(generic(violation.field)).get("examples", [6])[0]


def _currency(violation: Violation) -> tuple[str, str]:
    return f"{_is(violation)}, which is no currency", "write three capital letters like EUR"


def _money(violation: Violation) -> tuple[str, str]:
    raw = str(violation.written)
    if violation.expected == "cost" and raw.startswith("-"):
        return f"{_is(violation)}, and no cost is below 0", f"write {units.meant_money(raw.lstrip('-')) or 'an amount like 90k'}, or count it as value"
    meant = units.meant_money(raw) if not isinstance(violation.written, list | dict | bool) else None
    limit = f" of at most {units.write_money(units.LARGEST)}" if meant is None and re.fullmatch(r"[0-9.eE+]+(?:k|M|bn)?", raw) else ""
    return f"{_is(violation)}, which is {NOUNS[violation.expected]}{limit}", f"write {meant}" if meant else "write an amount like 400k, 1.2M or 600000"


def _share(violation: Violation) -> tuple[str, str]:
    raw = str(violation.written)
    readings = units.meant_share(raw)
    if not readings and units.SHARE.fullmatch(raw if "%" in raw else f"{raw}%"):
        return f"{_is(violation)}, and nobody can use it more than fully", "write a share from 0% to 100%"
    if len(readings) > 1:
        return f"{_is(violation)}, which can mean two shares", f"write {readings[0]} or {readings[1]}"
    return f"{_is(violation)}, which is no share", f"write {readings[0]}" if readings else "write a share like 70%"


def _number(violation: Violation) -> tuple[str, str]:
    written = violation.written
    if isinstance(written, int | float) and not isinstance(written, bool):
        schema = definition(generic(violation.field))
        limit = f"at least {schema['minimum']}" if written < schema.get("minimum", written) else f"at most {schema.get('maximum')}"
        if written < schema.get("minimum", written) or written > schema.get("maximum", written):
            return f"is {written}, and must be {limit}", f"write a number that is {limit}"
    return f"{_is(violation)}, which is {NOUNS.get(violation.expected, 'no number')}", f"write a plain number like {_example(violation)}"


def _range(violation: Violation) -> tuple[str, str]:
    written, expected = violation.written, violation.expected
    example = shown(_example(violation) if isinstance(_example(violation), list) else [4, 6, 9])
    unit = {"share_range": "shares", "months": "months"}.get(expected, "amounts")
    if expected == "months" and not isinstance(written, list):
        return _number(violation)
    if not isinstance(written, list):
        return f"{_is(violation)}, one value where three are needed", f"write low, likely and high, like {example}"
    raw = [str(item) for item in written]
    meant = units.meant_range(raw) if expected != "share_range" else None
    if meant:
        return f"is {len(raw)} numbers to YAML, because the commas inside them separate", f"write {shown(meant)}"
    if len(raw) != len(("low", "likely", "high")):
        return f"has {len(raw)} {unit[:-1] if len(raw) == 1 else unit}, and a range has three", f"write low, likely and high, like {example}"
    wrong = definition(generic(violation.field) + "[]").get("$defs") or "number"
    fixes = [_fixed(item, wrong) for item in raw]
    advice = f"write {shown(fixes)}" if all(fixes) else f"write low, likely and high, like {example}"
    return f"is {shown(written)}, and these are no {unit}", advice


def _fixed(raw: str, kind: str) -> str:
    if kind == "share":
        return next(iter(units.meant_share(raw)), "")
    return raw if units.MONEY.fullmatch(raw) else units.meant_money(raw) or ""


def _enum(violation: Violation) -> tuple[str, str]:
    choices = listed(violation.names, "or")
    return f"{_is(violation)}, which is none of its values", f"did you mean `{violation.near}`? It can be {choices}" if violation.near else f"write {choices}"


def _day(violation: Violation) -> tuple[str, str]:
    raw = str(violation.written)
    form = {"day": "2026-10-20", "month": "2026-10", "day_or_month": "2026-10 or 2026-10-20"}[violation.expected]
    meant = units.meant_day(raw)
    if meant and violation.expected == "month":
        meant = meant[: len("2026-10")]
    if meant and violation.expected == "day" and len(meant) < len("2026-10-20"):
        return f"{_is(violation)}, which lacks the day", f"write the day too, like {meant}-15"
    exists = "which is no day of the calendar" if re.fullmatch(r"\d{4}-\d\d(-\d\d)?", raw) and not meant else f"which is {NOUNS[violation.expected]}"
    return f"{_is(violation)}, {exists}", f"write {meant}" if meant and meant != raw else f"write it in the form {form}"


def _text(violation: Violation) -> tuple[str, str]:
    written = violation.written
    if isinstance(written, list):
        joined = ", ".join(str(item) for item in written)
        return f"{_is(violation)} where one text is expected", f'write the text, in quotes if it begins with a bracket: "{joined}"'
    if isinstance(written, dict):
        first = next(iter(written), "")
        return "is a set of fields where a text is expected", f"write the text behind the colon; in quotes if `{first}:` belongs to it"
    if written in ("", None):
        return "is empty", f"write a text like `{_example(violation)}`" if "examples" in definition(generic(violation.field)) else "write a text, or delete it"
    kind = "true or false" if isinstance(written, bool) else "a number"
    return f"{_is(violation)}, which is {kind} to YAML and no text", f'write "{shown(written).strip("`")}" in quotes'


def _texts(violation: Violation) -> tuple[str, str]:
    if isinstance(violation.written, str):
        item = violation.written if re.fullmatch(r"[^:#,\[\]{}'\"]+", violation.written) else '"' + violation.written.replace('"', "'") + '"'
        return f"{_is(violation)}, one text where a list is expected", f"write [{item}]"
    return f"{_is(violation)} where a list of texts is expected", f"write {shown(_example(violation))}"


def _object(violation: Violation) -> tuple[str, str]:
    example = ", ".join(f"{name}: {value}" for name, value in _example(violation).items())
    return f"{_is(violation)}, but it has fields of its own", f"write them like {{{example}}}; there are {listed(violation.names)}"


def _array(violation: Violation) -> tuple[str, str]:
    return f"{_is(violation)}, but it is a list of entries", f"begin each entry with `- ` on a line below `{violation.field}:`"


def _own(violation: Violation) -> tuple[str, str]:
    """A field of the organisation, by its kind in JSON Schema."""
    wanted, written = definition(generic(violation.field)), violation.written
    kind = wanted.get("type")
    if kind == "string" and not isinstance(written, str):
        return _text(violation)
    if kind in {"number", "integer"}:
        return _number(dataclasses.replace(violation, expected=str(kind)))
    if kind == "object" and not isinstance(written, dict) and wanted.get("examples"):
        return _object(violation)
    if kind == "array" and not isinstance(written, list):
        return f"{_is(violation)} where a list is expected", f"write a list like {shown(wanted['examples'][0]) if wanted.get('examples') else '[one, two]'}"
    if kind == "boolean":
        return f"{_is(violation)}, which is neither true nor false", "write true or false"
    return f"{_is(violation)}, which {in_force().source} doesn't allow", _wanted(wanted)


def _wanted(schema: Mapping[str, Any]) -> str:
    """What to write into a field of the organisation: like its example, else in its form."""
    if not schema.get("examples"):
        return f"write it in the form {schema.get('pattern', 'that is asked for')}"
    example = schema["examples"][0]
    is_safe = not isinstance(example, str) or re.fullmatch(r"[A-Za-z][^:#]*", example)
    return "write something like " + (shown(example).strip("`") if is_safe else f'"{example}"')
