"""Numbers, fields and stages as a message says them."""

import re

SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
POINTS = ("low", "likely", "high")
RANGES = ("per_year", "share", "build", "build_months", "run_per_year")
ITEM = re.compile(r"(alternatives|actuals)\[(\d+)\]\.?(.*)")


def amount(value: float, currency: str = "") -> str:
    """An amount of money to the unit: `415,222 EUR`."""
    return f"{value:,.0f} {currency}".rstrip()


def percent(share: float, digits: int = 0) -> str:
    """A share as front matter writes it: ``0.7`` is `70%`."""
    written = f"{share * 100:,.{digits}f}"
    return (written.rstrip("0").rstrip(".") if digits else written) + "%"


def spaced_percent(share: float) -> str:
    """A share as prose writes it, in whole percent: ``0.7`` is `70 %`."""
    return f"{share * 100:,.0f} %"


def count(number: int, singular: str, plural: str = "") -> str:
    """`1 error`, `2 errors`, `no errors`."""
    return f"{number or 'no'} {singular if number == 1 else plural or singular + 's'}"


def field(path: str) -> str:
    """A field by its path; what lies in a list by its place there, counted from 1."""
    owner, bracket, index = path.removesuffix("]").rpartition("[")
    if bracket and index.isdigit() and path.endswith("]") and owner not in {"alternatives", "actuals"}:
        place = POINTS[int(index)] if owner.rpartition(".")[2] in RANGES and int(index) < len(POINTS) else f"item {int(index) + 1}"
        return f"{place} in {field(owner)}"
    match = ITEM.fullmatch(path)
    if not match:
        return f"`{path}`"
    item = f"alternative {int(match.group(2)) + 1}" if match.group(1) == "alternatives" else f"entry {int(match.group(2)) + 1} of `actuals`"
    return f"`{match.group(3)}` of {item}" if match.group(3) else item


def shown(written: object) -> str:
    """A value as it stands in the document."""
    if isinstance(written, list):
        return "[" + ", ".join(str(item) for item in written) + "]"
    if isinstance(written, dict):
        return "a set of fields"
    if isinstance(written, bool):
        return f"`{str(written).lower()}`"
    return str(written) if isinstance(written, int | float) else f"`{written}`"


def a_design(stage: str) -> str:
    """`an idea`, `a proposed design`, `an approved design`."""
    if stage == "idea":
        return "an idea"
    return f"{'an' if stage[:1] in 'aeiou' else 'a'} {stage} design"


def listed(names: tuple[str, ...] | list[str], last: str = "and") -> str:
    """`a, b and c`."""
    return f" {last} ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)
