"""Rules of their own for some documents: `[[overrides]]` of the settings."""

import dataclasses
from collections.abc import Mapping

from mlvalue import values
from mlvalue.values import SettingsError

OVERRIDE = ("paths", "select", "ignore", "severity")
RULES = 'a list of rules or families like ["wording"]'


@dataclasses.dataclass(frozen=True)
class Override:
    """What holds for documents that *paths* name, on top of all else: rules switched on, off, or made graver or lighter."""

    paths: tuple[str, ...]
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, str] = dataclasses.field(default_factory=dict)


def read(value: object) -> tuple[Override, ...]:
    """The entries of `overrides`.

    Raises:
        SettingsError: if one can't be used.
    """
    if not isinstance(value, list):
        raise SettingsError(f'`overrides` is {value!r}; write [[overrides]] with paths = ["docs/ideas/**"] below it', "overrides")
    found = []
    for item in value:
        table = values.table(item, "overrides", '[[overrides]] with paths = ["docs/ideas/**"] below it')
        values.refuse_unknown(table, OVERRIDE, "overrides.")
        found.append(
            Override(
                values.patterns(table.get("paths", []), "overrides.paths", may_be_empty=False),
                values.texts(table.get("select", []), "overrides.select", RULES),
                values.texts(table.get("ignore", []), "overrides.ignore", RULES),
                values.levels(table.get("severity", {}), "overrides.severity"),
            )
        )
    return tuple(found)
