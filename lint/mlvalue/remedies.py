"""The one right answer to what is wrong with a field, where there is exactly one; everything else stays a question to the author."""

import dataclasses
import itertools
import re
from collections.abc import Callable, Iterable, Sequence

from mlvalue import readings, units
from mlvalue.composer import Node
from mlvalue.definitions import definition, generic
from mlvalue.diagnostic import Edit, Fix, Span, replacement
from mlvalue.document import Document
from mlvalue.scalars import NUMBER
from mlvalue.schema import Violation
from mlvalue.words import shown

MONTHS = re.compile(r"([0-9]+) ?months?")
PLAIN = re.compile(r"(?!(?:y|n|yes|no|on|off|true|false|null)$)[a-z][a-z_]*", re.IGNORECASE)
"""A value that needs no quotes."""
ONE_THING = re.compile(r"[^\W\d_](?:(?! and | or )[^:#,;\[\]{}'\"&*!|>%@`\\\n\t])*")
"""A text that is no list of several things, and that YAML reads the same inside of brackets."""


def mended(violations: Iterable[Violation], document: Document, currency: str) -> list[Violation]:
    """The *violations* of a *document*, each with its fix where there is one; *currency* is that of the site."""
    own = document.data.get("currency")
    money = own if isinstance(own, str) and re.fullmatch("[A-Z]{3}", own) else currency
    given = list(violations)
    targets = [_target(violation) for violation in given]
    found = []
    for violation, target in zip(given, targets, strict=True):
        if violation.kind == "unknown":
            fix = _of_strayed(violation, document) if violation.expected == "strayed" else None
            fix = fix or (_of_name(violation, document, target) if targets.count(target) == 1 else None)
        else:
            fix = _of_value(violation, document, money) if violation.kind == "value" else None
        found.append(dataclasses.replace(violation, fix=fix) if fix else violation)
    return found


def _target(violation: Violation) -> str:
    """The field that a misspelt name stands for."""
    parent, dot, _ = violation.field.rpartition(".")
    return f"{parent}{dot}{violation.near}" if violation.kind == "unknown" else f"={violation.field}"


def _of_name(violation: Violation, document: Document, target: str) -> Fix | None:
    """The right name for a misspelt one, if no field has it yet, and if what stands there has the shape of what belongs there."""
    node = document.nodes.get(violation.field)
    name = violation.field.rpartition(".")[2]
    if node is None or node.key is None or node.value is None or not violation.near or violation.expected == "strayed" or target in document.nodes:
        return None
    if document.text.string[slice(*node.key)].strip("'\"") != name:
        return None
    if readings.misspelt(name, violation.names) != violation.near or not _has_shape(node, target):
        return None
    return replacement(node.key, violation.near)


def _of_strayed(violation: Violation, document: Document) -> Fix | None:
    """The indentation that fields lost which stand right below the fields of the object that lacks them."""
    assert document.root is not None
    fields = document.root.value
    home = document.nodes[violation.near]
    if not isinstance(fields, dict) or (home.value is not None and (home.flow or not isinstance(home.value, dict))):
        return None
    behind = list(fields)[list(fields).index(violation.near) + 1 :]
    if tuple(behind[: len(violation.names)]) != violation.names:
        return None
    siblings = [node.key for node in home.value.values() if node.key] if isinstance(home.value, dict) else []
    indent = " " * (document.text.position(siblings[0].start)[1] - 1 if siblings else 2)
    last = fields[violation.names[-1]]
    first = fields[violation.names[0]].key
    assert first is not None
    assert last.key is not None
    starts = [document.text.line_span(line) for line in document.text.lines(Span(first.start, max(last.key.end, last.span.end)))]
    edits = tuple(Edit(Span(line.start, line.start), indent) for line in starts if document.text.string[slice(*line)].strip())
    return Fix(f"indent below `{violation.near}:`", edits)


def _has_shape(node: Node, target: str) -> bool:
    """Say whether *node* has fields of its own just where *target* has."""
    return isinstance(node.value, dict) == ("properties" in definition(generic(target)))


def _of_value(violation: Violation, document: Document, currency: str) -> Fix | None:
    node = document.nodes.get(violation.field)
    if node is None or node.span.start == node.span.end:
        return None
    expected = violation.expected
    if isinstance(node.value, list):
        return _of_range(node, expected, document, currency)
    if not _is_simple(node, document):
        return None
    if expected == "share" and violation.field.endswith("]"):
        return _of_point(violation.field, document)
    written = _meant(node, violation, currency)
    return replacement(node.span, written) if written else None


def _is_simple(node: Node, document: Document) -> bool:
    """Say whether a scalar stands on one line just as it is read, or in quotes."""
    written = document.text.string[slice(*node.span)]
    if isinstance(node.value, dict | list) or "\n" in written or "\r" in written:
        return False
    return written == node.raw if node.plain else written.startswith(("'", '"'))


def _meant(node: Node, violation: Violation, currency: str) -> str | None:
    """How to write a scalar, by the kind of its field."""
    raw, expected = node.raw, violation.expected
    say: Callable[[], str | None] = {
        **dict.fromkeys(("money", "cost"), lambda: _amount(raw, expected, currency)),
        **dict.fromkeys(("day", "month", "day_or_month"), lambda: _date(raw, expected)),
        **dict.fromkeys(("number", "integer", "months"), lambda: _number(raw, violation) if isinstance(node.value, str) else None),
        **dict.fromkeys(("text", "text_or_number"), lambda: f'"{raw}"' if isinstance(node.value, bool | int | float) else None),
        "texts": lambda: f"[{raw}]" if node.plain and isinstance(node.value, str) and ONE_THING.fullmatch(raw) else None,
        "share": lambda: readings.share(raw),
        "enum": lambda: readings.misspelt(raw, [name for name in violation.names if isinstance(name, str) and PLAIN.fullmatch(name)]),
        "string": lambda: raw.upper() if violation.field == "currency" and re.fullmatch("[A-Za-z]{3}", raw) else None,
    }.get(expected, lambda: None)
    return say()


def _amount(raw: str, expected: str, currency: str) -> str | None:
    written = readings.money(raw, currency)
    return written if written and not (expected == "cost" and written.startswith("-")) else None


def _date(raw: str, expected: str) -> str | None:
    written = readings.date(raw)
    if written and expected == "month":
        written = written[: len("2026-10")]
    return None if written and expected == "day" and len(written) < len("2026-10-20") else written


def _number(raw: str, violation: Violation) -> str | None:
    schema = definition(generic(violation.field))
    months = MONTHS.fullmatch(raw)
    written = months[1] if months and violation.field.endswith("_months") else readings.number(raw)
    if not written or not NUMBER.fullmatch(written) or (violation.expected == "integer" and "." in written):
        return None
    return written if schema.get("minimum", 0) <= float(written) <= schema.get("maximum", units.LARGEST) else None


def _of_point(path: str, document: Document) -> Fix | None:
    """The unit of the one share of a range that lacks it, where the others leave one reading."""
    parent = document.nodes[path[: path.rfind("[")]]
    return _of_range(parent, "share_range", document, "") if isinstance(parent.value, list) else None


def _of_range(node: Node, expected: str, document: Document, currency: str) -> Fix | None:
    """The right points of a range, each in its own place."""
    items = node.value
    assert isinstance(items, list)
    if not all(isinstance(item.value, str | int | float) and _is_simple(item, document) for item in items):
        return None
    raw = [item.raw for item in items]
    if expected in {"money_range", "cost_range"} and len(raw) > 3:  # noqa: PLR2004 (low, likely, high)
        return _joined(items, document)
    if len(raw) != 3:  # noqa: PLR2004 (the same)
        return None
    if expected == "share_range":
        written: Sequence[str | None] = readings.shares(raw) or ()
    elif expected in {"money_range", "cost_range"}:
        kind = "cost" if expected == "cost_range" else "money"
        written = [text if units.MONEY.fullmatch(text) else _amount(text, kind, currency) for text in raw]
    else:
        written = [text if NUMBER.fullmatch(text) else readings.number(text) for text in raw] if expected == "months" else ()
    edits = tuple(Edit(item.span, text) for item, text in zip(items, written, strict=False) if text and text != item.raw)
    title = f"write {shown([text or '' for text in written])}"
    return Fix(title, edits) if written and all(written) and edits else None


def _joined(items: Sequence[Node], document: Document) -> Fix | None:
    """Amounts in place of groups of digits that commas cut apart, `[400,000, 600,000, 800,000]`."""
    apart = [document.text.string[one.span.end : other.span.start] for one, other in itertools.pairwise(items)]
    if not all(re.fullmatch(r",[ ]*", between) for between in apart):
        return None
    found = readings.amounts([item.raw for item in items], apart)
    if not found:
        return None
    edits = tuple(Edit(Span(items[start].span.start, items[end - 1].span.end), text) for start, end, text in found if end - start > 1)
    return Fix(f"write {shown([text for _, _, text in found])}", edits)
