"""What is installed: complete, light, and free of site builders."""

import json
import pathlib
import subprocess
import sys
import zipfile

import jsonschema
import pytest
from once import Once

from mlvalue import definitions
from mlvalue.rules import RULES

MEGABYTES = 12


@pytest.fixture(name="wheel", scope="session")
def built_wheel(root: pathlib.Path, once: Once) -> pathlib.Path:
    def build(folder: pathlib.Path) -> None:
        subprocess.run([sys.executable, "-m", "build", "--wheel", "--outdir", folder, root], check=True, capture_output=True)

    (wheel,) = once("wheel", build).glob("*.whl")
    return wheel


def size(folder: pathlib.Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def test_the_wheel_holds_schemas_rule_pages_and_templates(wheel: pathlib.Path, root: pathlib.Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {f"mlvalue/schemas/{path.name}" for path in (root / "schemas").glob("*.json")} <= names
    assert {f"mlvalue/rules/{rule.family}/{rule.page.name}" for rule in RULES} <= names
    assert {"mkdocs_mlvalue/templates/mlvalue/card.html", "mkdocs_mlvalue/assets/mlvalue.css", "mlvalue/py.typed"} <= names


def test_a_hook_environment_is_light_and_works(wheel: pathlib.Path, tmp_path: pathlib.Path, sample: str) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "env"], check=True)
    before = size(tmp_path / "env")
    pip = [sys.executable, "-m", "pip", "--python", tmp_path / "env" / "bin" / "python"]
    subprocess.run([*pip, "install", "--quiet", wheel], check=True, capture_output=True)
    grown = (size(tmp_path / "env") - before) / 1e6
    assert grown <= MEGABYTES, f"{grown:.1f} MB"

    (tmp_path / "x.md").write_text(sample.replace("stage: approved", "stage: aproved"))
    done = subprocess.run([tmp_path / "env/bin/mlvalue", "lint", "x.md", "--output-format", "json"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert [found["rule"] for found in json.loads(done.stdout)["diagnostics"]] == ["invalid-value"]
    explained = subprocess.run([tmp_path / "env/bin/mlvalue", "explain", "guarantee"], capture_output=True, text=True, check=True)
    assert explained.stdout.startswith("# guarantee")


def test_the_linter_imports_no_site_builder() -> None:
    code = "import sys, mlvalue.cli; print([name for name in ('mkdocs', 'material', 'jinja2', 'markupsafe', 'numpy') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", ["design-doc", "report", "appraisal", "baseline"])
def test_a_schema_is_valid_and_describes_every_field(name: str) -> None:
    published = definitions.published(name)
    jsonschema.Draft202012Validator.check_schema(published)

    def undescribed(part: object, path: str) -> list[str]:
        if not isinstance(part, dict):
            return []
        found = []
        for key, field in part.get("properties", {}).items():
            wanted = {"title", "description"} | ({"examples"} if name == "design-doc" else set())
            if not wanted <= field.keys():
                found.append(f"{path}.{key}")
            found += undescribed(field, f"{path}.{key}")
        for key, definition in part.get("$defs", {}).items():
            found += undescribed(definition, key)
        return found

    assert undescribed(published, name) == []


def test_every_example_in_the_schema_is_valid() -> None:
    published = dict(definitions.published())
    for path in definitions.fields():
        definition = definitions.definition(path)
        for example in definition["examples"]:
            checked = {**definition, "$defs": published["$defs"], "$schema": published["$schema"]}
            jsonschema.Draft202012Validator(checked).validate(example)
