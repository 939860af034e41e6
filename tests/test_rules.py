"""Every rule page and every case gets exactly the diagnostics it shows. UPDATE=1 writes them: read that diff."""

import os
import pathlib

import pytest
from examples import SAMPLE, Example, diagnostics, read, updated

from mlvalue.rule import Rule
from mlvalue.rules import RULES

PAGES = [pytest.param(rule.page, rule, id=rule.name) for rule in RULES]
CASES = sorted((pathlib.Path(__file__).parent / "cases").glob("*.md"))


def check(page: pathlib.Path, *, places: bool) -> list[Example]:
    text = page.read_text(encoding="utf-8")
    fresh = updated(text, places=places)
    if os.environ.get("UPDATE"):
        page.write_text(fresh, encoding="utf-8")
        text = fresh
    assert text == fresh
    return read(text)


def test_the_sample_document_has_no_findings() -> None:
    assert diagnostics(Example("text", SAMPLE, "").review(), places=True) == ""


@pytest.mark.parametrize(("page", "rule"), PAGES)
def test_a_rule_page_shows_what_its_rule_finds(page: pathlib.Path, rule: Rule) -> None:
    examples = check(page, places=False)
    named = [line.partition(":")[0] for example in examples for line in example.expected.splitlines()]
    if rule.name == "forbidden-word":
        assert named == [], "it flags what settings forbid, and the sample's forbid nothing"
        return
    assert rule.name in named
    assert set(named) == {rule.name}, "an example has findings of one rule, its own"
    assert any(not example.expected for example in examples), "a page shows how it is right, too"


@pytest.mark.parametrize(("page", "rule"), PAGES)
def test_a_rule_page_begins_with_its_name_and_summary(page: pathlib.Path, rule: Rule) -> None:
    assert page.read_text(encoding="utf-8").startswith(f"# {rule.name}\n\n{rule.summary}\n\n")


@pytest.mark.parametrize("page", CASES, ids=lambda page: str(page.stem))
def test_a_case_gets_the_diagnostics_it_shows(page: pathlib.Path) -> None:
    assert check(page, places=True)
