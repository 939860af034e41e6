"""Valid front matter to a Design: frozen, typed, in units a reader can trust. Months are months, rates are shares."""

import dataclasses
import datetime
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from mlvalue import stages, units
from mlvalue.units import Month

EVIDENCE = ("guess", "analogy", "survey", "history", "pilot", "experiment")
"""Kinds of evidence, the weakest first."""


ESTIMATES = ("per_year", "share", "build", "build_months", "run_per_year")
"""The five inputs that are ranges."""


@dataclasses.dataclass(frozen=True, slots=True)
class Estimate:
    """Three points: 1 in 10 below `low`, half above `likely`, 1 in 10 above `high`."""

    low: float
    likely: float
    high: float

    @property
    def is_point(self) -> bool:
        """Say whether there is no range at all."""
        return self.low == self.high


@dataclasses.dataclass(frozen=True, slots=True)
class Option:
    """One way to solve the problem that has all its numbers, in order: the chosen design, or an alternative.

    *per_year* is money per year if everybody used it, *share* the share of that use once *ramp_months* are over, *build*
    money once, *build_months* months from first spending to go-live, *run_per_year* money per year from go-live on.
    *field* is the front matter path of an alternative, empty for the design itself.
    """

    name: str
    type: str
    chosen: bool
    field: str
    per_year: Estimate
    share: Estimate
    build: Estimate
    build_months: Estimate
    run_per_year: Estimate
    ramp_months: float

    def path(self, name: str) -> str:
        """The front matter path of one of its estimates."""
        if self.field:
            return f"{self.field}.{name}"
        return {"per_year": "value.per_year", "share": "adoption.share"}.get(name, f"cost.{name}")


@dataclasses.dataclass(frozen=True, slots=True)
class Evidence:
    """What the value rests on. *found* is False where *link* names a file that doesn't exist."""

    kind: str
    link: str
    found: bool

    def weaker_than(self, kind: str) -> bool:
        """Say whether it is weaker than evidence of *kind*."""
        return EVIDENCE.index(self.kind) < EVIDENCE.index(kind)


@dataclasses.dataclass(frozen=True, slots=True)
class Validation:
    """Who checked the value, and when."""

    name: str
    role: str
    date: datetime.date


@dataclasses.dataclass(frozen=True, slots=True)
class Approval:
    """Who approved the design; *spending_from* is month 0 of its estimate."""

    by: str
    date: datetime.date
    spending_from: Month


@dataclasses.dataclass(frozen=True, slots=True)
class Actual:
    """Figures of the period since the entry before: money that came and went, and the share of use at its end."""

    to: Month
    value: float
    cost: float
    share: float
    how: str
    note: str


@dataclasses.dataclass(frozen=True)
class Design:
    """A design document's front matter. Texts that aren't there are empty, other fields None. *as_of* is the day it is read."""

    title: str
    stage: str
    owner: str
    approach: str
    currency: str
    is_rated: bool
    as_of: datetime.date
    texts: Mapping[str, str]
    options: tuple[Option, ...]
    estimates: Mapping[str, Estimate]
    written: Mapping[str, tuple[str, ...]]
    evidence: Evidence | None
    validated_by: Validation | None
    approved: Approval | None
    users: tuple[int, int] | None
    consulted: Month | None
    actuals: tuple[Actual, ...]
    alternatives: tuple[Mapping[str, Any], ...]

    @property
    def chosen(self) -> Option | None:
        """The chosen design as an option, None while it lacks numbers."""
        return next((option for option in self.options if option.chosen), None)

    @property
    def is_decided(self) -> bool:
        """Say whether nothing is left to decide: retired or dropped."""
        return self.stage in {"retired", "dropped"}

    @property
    def go_live(self) -> Month | None:
        """The planned month of go-live: likely build months after the first spending."""
        months = self.estimates.get("cost.build_months")
        return self.approved.spending_from.plus(round(months.likely)) if self.approved and months else None

    @property
    def measured_share(self) -> float | None:
        """The use that was measured last: the newest actual share, else users now of all, None where nobody uses it yet."""
        if self.actuals:
            return self.actuals[-1].share
        if self.users and self.users[0]:
            return self.users[0] / self.users[1]
        return None


def parse(data: Mapping[str, Any], heading: str, as_of: datetime.date, currencies: Sequence[str], exists: Callable[[str], bool]) -> Design:
    """Parse front matter *data* that violates no schema.

    *currencies* are those that can be added up, the site's own first. *exists* tells whether a linked file is there.
    """
    title = str(data.get("title") or heading)
    approach = data.get("approach", "ml")
    adoption, value = data.get("adoption", {}), data.get("value", {})
    alternatives = tuple(data.get("alternatives", ()))
    ranges = _ranges(data)
    chosen = _option({**value, **adoption, **data.get("cost", {}), "name": title, "type": approach}, "")
    others = [_option(alternative, f"alternatives[{index}]") for index, alternative in enumerate(alternatives)]
    evidence = value.get("evidence")
    checked, approved = value.get("validated_by"), data.get("approved")
    users = adoption.get("users")
    when = data.get("customer", {}).get("consulted", {}).get("when")
    return Design(
        title=title,
        stage=data.get("stage", "idea"),
        owner=data.get("owner", ""),
        approach=approach,
        currency=data.get("currency", currencies[0]),
        is_rated=data.get("currency", currencies[0]) in currencies,
        as_of=as_of,
        texts=_texts(data),
        options=tuple(option for option in (chosen, *others) if option),
        estimates={path: estimate(value) for path, value in ranges.items()},
        written={path: tuple(str(item) for item in value) if isinstance(value, list) else (str(value),) for path, value in ranges.items()},
        evidence=Evidence(evidence["kind"], evidence.get("link", ""), exists(evidence.get("link", ""))) if "kind" in (evidence or {}) else None,
        validated_by=checked and Validation(checked.get("name", ""), checked.get("role", ""), units.day(checked["date"]))
        if "date" in (checked or {})
        else None,
        approved=_approval(approved),
        users=(int(users["now"]), int(users["all"])) if users and {"now", "all"} <= users.keys() else None,
        consulted=units.month(when) if when else None,
        actuals=tuple(_actual(entry) for entry in data.get("actuals", ()) if {"to", "value", "cost", "share"} <= entry.keys()),
        alternatives=alternatives,
    )


def _approval(approved: Mapping[str, Any] | None) -> Approval | None:
    if not approved or not {"date", "spending_from"} <= approved.keys():
        return None
    return Approval(approved.get("by", ""), units.day(approved["date"]), units.month(approved["spending_from"]))


def _actual(entry: Mapping[str, Any]) -> Actual:
    return Actual(
        units.month(entry["to"]),
        units.money(entry["value"]),
        units.money(entry["cost"]),
        units.share(entry["share"]),
        entry.get("how", ""),
        entry.get("note", ""),
    )


def estimate(value: object) -> Estimate:
    """An estimate from a range of amounts, shares or months, or from one number of months."""
    items = value if isinstance(value, list) else [value, value, value]
    numbers = [units.share(item) if str(item).rstrip().endswith("%") else units.money(item) for item in items]
    return Estimate(*numbers)


def _option(data: Mapping[str, Any], field: str) -> Option | None:
    if stages.lacking_numbers(data) or not data.get("type"):
        return None
    estimates = [estimate(data[name]) for name in ESTIMATES]
    if not all(each.low <= each.likely <= each.high for each in estimates):
        return None
    named = dict(zip(ESTIMATES, estimates, strict=True))
    return Option(data.get("name", ""), data.get("type", ""), chosen=not field, field=field, ramp_months=float(data["ramp_months"]), **named)


def _ranges(data: Mapping[str, Any]) -> dict[str, Any]:
    """All ranges of the document as written, those of alternatives too, by their path."""
    places = [("value", data.get("value", {})), ("adoption", data.get("adoption", {})), ("cost", data.get("cost", {}))]
    places += [(f"alternatives[{index}]", alternative) for index, alternative in enumerate(data.get("alternatives", ()))]
    return {f"{path}.{name}": fields[name] for path, fields in places for name in ESTIMATES if name in fields}


def _texts(data: Mapping[str, Any], path: str = "") -> dict[str, str]:
    """All texts by their path; lists of texts are joined by commas."""
    found = {}
    for name, value in data.items():
        here = f"{path}.{name}" if path else name
        if isinstance(value, str):
            found[here] = value
        elif isinstance(value, Mapping):
            found |= _texts(value, here)
        elif isinstance(value, list) and all(isinstance(item, str) for item in value):
            found[here] = ", ".join(value)
    return found
