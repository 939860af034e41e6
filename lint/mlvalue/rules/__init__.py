"""All rules, by family. A rule and its page have one name; both stand in the folder of their family."""

import dataclasses
import pathlib
from collections.abc import Iterable, Mapping, Sequence

from mlvalue.diagnostic import Severity
from mlvalue.globs import matches
from mlvalue.rule import Rule
from mlvalue.rules.front_matter.ambiguous_scalar import ambiguous_scalar
from mlvalue.rules.front_matter.conflict_marker import conflict_marker
from mlvalue.rules.front_matter.duplicate_key import duplicate_key
from mlvalue.rules.front_matter.future_date import future_date
from mlvalue.rules.front_matter.invalid_value import invalid_value
from mlvalue.rules.front_matter.invalid_yaml import invalid_yaml
from mlvalue.rules.front_matter.missing_alternative import missing_alternative
from mlvalue.rules.front_matter.missing_field import missing_field
from mlvalue.rules.front_matter.missing_front_matter import missing_front_matter
from mlvalue.rules.front_matter.unclear_delimiter import unclear_delimiter
from mlvalue.rules.front_matter.unknown_field import unknown_field
from mlvalue.rules.front_matter.unrated_currency import unrated_currency
from mlvalue.rules.front_matter.unreadable_text import unreadable_text
from mlvalue.rules.front_matter.unreasoned_allow import unreasoned_allow
from mlvalue.rules.front_matter.unsupported_yaml import unsupported_yaml
from mlvalue.rules.front_matter.unused_allow import unused_allow
from mlvalue.rules.money.broken_link import broken_link
from mlvalue.rules.money.extraordinary_roi import extraordinary_roi
from mlvalue.rules.money.false_precision import false_precision
from mlvalue.rules.money.negative_npv import negative_npv
from mlvalue.rules.money.negative_p20 import negative_p20
from mlvalue.rules.money.reversed_range import reversed_range
from mlvalue.rules.money.self_validated import self_validated
from mlvalue.rules.money.simpler_option import simpler_option
from mlvalue.rules.money.stale_validation import stale_validation
from mlvalue.rules.money.unfunded_upkeep import unfunded_upkeep
from mlvalue.rules.money.wide_range import wide_range
from mlvalue.rules.adoption.adoption_mismatch import adoption_mismatch
from mlvalue.rules.adoption.impossible_users import impossible_users
from mlvalue.rules.adoption.optimistic_adoption import optimistic_adoption
from mlvalue.rules.adoption.unplanned_replacement import unplanned_replacement
from mlvalue.rules.record.disordered_actuals import disordered_actuals
from mlvalue.rules.record.stale_actuals import stale_actuals
from mlvalue.rules.wording import bundled, check, of_file
from mlvalue.rules.wording.exceeds_estimate import exceeds_estimate
from mlvalue.schema import nearest
from mlvalue.settings import Settings
from mlvalue.values import SettingsError


RULES: tuple[Rule, ...] = (
    ambiguous_scalar,
    conflict_marker,
    duplicate_key,
    future_date,
    invalid_value,
    invalid_yaml,
    missing_alternative,
    missing_field,
    missing_front_matter,
    unclear_delimiter,
    unknown_field,
    unrated_currency,
    unreadable_text,
    unreasoned_allow,
    unsupported_yaml,
    unused_allow,
    broken_link,
    extraordinary_roi,
    false_precision,
    negative_npv,
    negative_p20,
    reversed_range,
    self_validated,
    simpler_option,
    stale_validation,
    unfunded_upkeep,
    wide_range,
    adoption_mismatch,
    impossible_users,
    optimistic_adoption,
    unplanned_replacement,
    disordered_actuals,
    stale_actuals,
    *bundled(),
    exceeds_estimate,
)
"""Every rule that comes with mlvalue."""

FAMILIES = tuple(dict.fromkeys(rule.family for rule in RULES))


def known(settings: Settings) -> tuple[Rule, ...]:
    """Every rule there is, the organisation's own last.

    Raises:
        SettingsError: if a data file of the organisation can't be used, or has the name of another rule.
    """
    for file in settings.wording.rules:
        check(file, "wording-rule")
    for file in settings.wording.files:
        check(file, "wording-words")
    own = tuple(of_file(file) for file in settings.wording.rules)
    names = [rule.name for rule in (*RULES, *own)]
    double = next((name for name in names if names.count(name) > 1), None)
    if double:
        raise SettingsError(f"`wording.rules`: there is a rule `{double}` already; name the file otherwise")
    return tuple(_set(rule, settings.severity, settings.thresholds.get(rule.name, {})) for rule in (*RULES, *own))


def chosen(settings: Settings, select: Sequence[str] = (), ignore: Sequence[str] = ()) -> tuple[Rule, ...]:
    """The rules that *select* and *ignore*, and then the settings, name by rule or family: all where nothing is selected.

    A rule's own name goes before its family's, and what is ignored before what is selected. That a file can't be read is told whatever is selected.

    Raises:
        SettingsError: if there is no rule or family of a name, or no such threshold.
    """
    rules = known(settings)
    _refuse_unknown(settings, rules)
    _refuse_names((*select, *ignore), rules, "")
    unwanted = [*settings.ignore, *(name for name, level in settings.severity.items() if level == "off")]
    unwanted = [*ignore, *(name for name in unwanted if name not in select)]
    wanted = select or settings.select
    wanted = [*wanted, unreadable_text.name] if wanted else wanted  # what can't be read isn't without findings
    return tuple(rule for rule in rules if _is_on(rule, wanted, unwanted))


def applied(rules: Sequence[Rule], settings: Settings, path: pathlib.Path) -> tuple[Rule, ...]:
    """What the settings' `overrides` make of *rules* for the document at *path*."""
    relative = settings.relative(path) if settings.overrides else ""
    for override in settings.overrides:
        if relative and matches(override.paths, relative):
            off = [*override.ignore, *(name for name, level in override.severity.items() if level == "off")]
            rules = [_set(rule, override.severity, {}) for rule in rules if _is_on(rule, override.select, off)]
    return tuple(rules)


def _set(rule: Rule, levels: Mapping[str, str], thresholds: Mapping[str, float | str]) -> Rule:
    """A rule with the severity and the thresholds that settings give it."""
    level = levels.get(rule.name, levels.get(_plain(rule.family), "off"))
    if level != "off":
        rule = dataclasses.replace(rule, severity=Severity(level), is_set=True)
    return dataclasses.replace(rule, thresholds={**rule.thresholds, **thresholds}) if thresholds else rule


def _is_on(rule: Rule, select: Sequence[str], ignore: Sequence[str]) -> bool:
    wanted, unwanted = ({_plain(name) for name in given} for given in (select, ignore))
    for name in (rule.name, _plain(rule.family)):
        if name in unwanted or name in wanted:
            return name not in unwanted
    return not wanted


def _refuse_unknown(settings: Settings, rules: Sequence[Rule]) -> None:
    """Refuse names of rules, families and thresholds in the settings that there aren't."""
    for where, names in settings.rule_names():
        _refuse_names(names, rules, f"{settings.file}: `{where}`: ")
    limits = {rule.name: tuple(rule.thresholds) for rule in RULES}
    for name, thresholds in settings.thresholds.items():
        there = limits.get(name, ())
        for threshold in thresholds:
            if threshold not in there:
                hint = f"there {'is' if len(there) == 1 else 'are'} {', '.join(there)}" if there else "this rule has none"
                raise SettingsError(f"{settings.file}: `thresholds.{name}.{threshold}` is no threshold; {hint}")


def _refuse_names(given: Iterable[str], rules: Sequence[Rule], where: str) -> None:
    names = {rule.name for rule in rules} | {_plain(family) for family in FAMILIES}
    for name in sorted({_plain(name) for name in given} - names):
        near = nearest(name, tuple(sorted(names)), 0.5)
        raise SettingsError(f"{where}there is no rule or family `{name}`; " + (f"did you mean `{near}`?" if near else "`mlvalue rules` lists all"))


def _plain(name: str) -> str:
    return name.strip().replace("_", "-")
