"""The rules of the house that no tool knows."""

import pathlib

import pytest

from mlvalue import definitions, document, schema, stages, template
from mlvalue.lexicon import SHARED
from mlvalue.rules import RULES

ROOT = pathlib.Path(__file__).parent.parent
MODULES = sorted([*(ROOT / "lint").rglob("*.py"), *(ROOT / "mkdocs_mlvalue").rglob("*.py")])


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_has_at_most_250_lines(module: pathlib.Path) -> None:
    assert len(module.read_text(encoding="utf-8").splitlines()) <= 250


def test_every_rule_module_is_in_rules() -> None:
    modules = {path.stem.replace("_", "-") for path in (ROOT / "lint/mlvalue/rules").glob("*/*.py") if path.stem != "__init__"}
    modules |= {path.stem.replace("_", "-") for path in (ROOT / "lint/mlvalue/rules/wording").glob("*.toml") if path.stem not in SHARED}
    assert modules | {"forbidden-word"} == {rule.name for rule in RULES}
    assert {path.stem for path in (ROOT / "lint/mlvalue/rules").glob("*/*.md")} == {rule.name.replace("-", "_") for rule in RULES}
    assert len({rule.name for rule in RULES}) == len(RULES)


def test_every_field_that_a_stage_demands_is_in_the_schema() -> None:
    known = set(definitions.fields())
    assert {field for names in stages.DEMANDS.values() for field in names} <= known


@pytest.mark.parametrize("stage", ["idea", "proposed", "approved", "live", "retired"])
def test_a_template_is_read_and_all_its_hints_count_as_missing(stage: str) -> None:
    found = document.read((template.document(stage) + "\n# A title\n").encode())
    assert found.faults == ()
    data = schema.filled(found)
    assert set(data) <= {"stage", "alternatives"}
    assert {violation.kind for violation in schema.violations(found, data)} <= {"missing"}
