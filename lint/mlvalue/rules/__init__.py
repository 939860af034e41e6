"""All rules, by family. A rule and its page have one name; both stand in the folder of their family."""

from collections.abc import Sequence

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
from mlvalue.settings import Settings, SettingsError


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
    return (*RULES, *own)


def chosen(settings: Settings, select: Sequence[str] = (), ignore: Sequence[str] = ()) -> tuple[Rule, ...]:
    """The rules whose name or family is in *select* (all where it is empty) and not in *ignore*.

    Raises:
        SettingsError: if there is no rule or family of a name.
    """
    rules = known(settings)
    names = {rule.name for rule in rules} | set(FAMILIES)
    wanted, unwanted = ({name.strip().replace("_", "-") for name in given} for given in (select, ignore))
    families = {family.replace("_", "-"): family for family in FAMILIES}
    for name in sorted(wanted | unwanted):
        if families.get(name, name) not in names:
            near = nearest(name, tuple(sorted(names)), 0.5)
            raise SettingsError(f"there is no rule or family `{name}`; " + (f"did you mean `{near}`?" if near else "`mlvalue rules` lists all"))

    def holds(rule: Rule, given: set[str]) -> bool:
        return rule.name in given or rule.family.replace("_", "-") in given

    return tuple(rule for rule in rules if (not wanted or holds(rule, wanted)) and not holds(rule, unwanted))
