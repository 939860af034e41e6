"""The pages that code knows: the front matter reference from the schema, a page for each rule from the rules."""

import contextlib
import dataclasses
import datetime
import json
import pathlib
import re
import tomllib

import babel
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from mkdocs_mlvalue.language import LOCALES, language
from mlvalue import definitions, stages, template
from mlvalue.formats import FORMATS
from mlvalue.report import Report, dump
from mlvalue.review import review
from mlvalue.rule import Rule
from mlvalue.rules import RULES
from mlvalue.settings import load
from mlvalue.words import listed

DOCS = pathlib.Path(__file__).parent
EXAMPLE = pathlib.Path("docs/designs/claims-alerts.md")
PROMISE = "With that we guarantee fewer false alerts."
SAMPLE = re.compile(r"<!-- mlvalue-sample (?P<form>[a-z-]+) -->")
LANGUAGES = {"json": "json", "json-lines": "json", "gitlab": "json", "sarif": "json", "junit": "xml", "rdjson": "json"}
BENCHMARKS = DOCS.parent / "benchmarks"
FAMILIES = {
    "front_matter": "Front matter: its shape, and what each stage must have",
    "money": "Money: value and cost",
    "adoption": "Adoption: who will use it, and what it does to people",
    "record": "Record: what was delivered",
    "wording": "Wording: words that promise more than is known",
}
UNITS = {
    "money_range": "range of money: `[low, likely, high]`, each like `400k`, `1.2M` or `600000`",
    "cost_range": "range of money, never below 0",
    "share_range": "range of shares: `[50%, 70%, 85%]`",
    "money": "money: `52k`, `1.2M`, `600000`",
    "cost": "money, never below 0",
    "share": "share: `31%`",
    "day": "day: `2026-10-20`",
    "month": "month: `2026-10`",
    "day_or_month": "month or day: `2026-10`, `2026-10-20`",
    "text": "text",
    "string": "text",
    "texts": "list of texts",
    "text_or_number": "text or number",
    "integer": "whole number",
    "number": "number",
    "array": "list of entries",
    "object": "fields below",
}


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated pages to the site."""
    changelog = pathlib.Path(__file__).parent.parent / "CHANGELOG.md"
    pages = {"reference.md": reference(), "rules/index.md": overview(), "changelog.md": changelog.read_text(encoding="utf-8")}
    pages |= {f"rules/{rule.name}.md": rule.text() + f"\nFamily `{rule.family}`, {rule.severity}.{_thresholds(rule)}\n" for rule in RULES}
    pages["settings.md"] = settings()
    pages |= {f"schemas/{path.name}": path.read_text(encoding="utf-8") for path in sorted(definitions.folder().glob("*.json"))}
    for path, content in pages.items():
        files.append(File.generated(config, path, content=content))
    return files


def on_page_markdown(markdown: str, **_: object) -> str:
    """Put what was measured, one heading level down, and what is written in a format, where a page asks for it."""
    for name in ("as-found", "measured", "compared"):
        marker = f"<!-- mlvalue-{name} -->"
        if marker in markdown:
            table = (BENCHMARKS / f"{name.replace('-', '_')}.md").read_text(encoding="utf-8")
            markdown = markdown.replace(marker, table.replace("### ", "#### "))
    markdown = markdown.replace("<!-- mlvalue-layers -->", layers()).replace("<!-- mlvalue-languages -->", languages())
    return SAMPLE.sub(lambda match: f"```{LANGUAGES.get(match['form'], 'text')}\n{sample(match['form'])}```", markdown)


def layers() -> str:
    """The layers of the house, from the contract that is checked."""
    settings = tomllib.loads((DOCS.parent / "pyproject.toml").read_text(encoding="utf-8"))
    contract = settings["tool"]["importlinter"]["contracts"][0]
    lines = [layer.replace("mlvalue.", "").replace(" | ", ", ") for layer in contract["layers"]]
    return "\n".join(f"{number}. {', '.join(f'`{name}`' for name in line.split(', '))}" for number, line in enumerate(lines, 1))


def languages() -> str:
    """The languages that there are locale files for, and how each writes figures."""
    rows = []
    for name in sorted(path.stem for path in LOCALES.glob("*.po")):
        each = language(name)
        figures = (each.money(1_234_567, "EUR"), each.percent(0.55), each.tenths(0.93), each.day(datetime.date(2026, 3, 31)))
        rows.append(f"| {babel.Locale(name).display_name} | `{name}` | {' | '.join(figures)} |")
    heads = "| Language | `language` | An amount | A share | A chance | A day |\n| --- | --- | --- | --- | --- | --- |\n"
    return heads + "\n".join(rows)


def sample(form: str) -> str:
    """What *form* writes of an example document into which somebody put a promise; one finding that is allowed, and the rules of these two."""
    with contextlib.chdir(DOCS.parent):
        promised = f"{EXAMPLE.read_text(encoding='utf-8')}\n{PROMISE}\n"
        found = review(promised.encode(), EXAMPLE, load(pathlib.Path.cwd()))
        found = dataclasses.replace(found, allowed=found.allowed[:1])
        used = {diagnostic.rule for diagnostic in (*found.diagnostics, *(each.diagnostic for each in found.allowed))}
        text = FORMATS[form](Report([found], [rule for rule in RULES if rule.name in used], pathlib.Path.cwd()))
    if form != "sarif":
        return text
    log = json.loads(text)
    for rule in log["runs"][0]["tool"]["driver"]["rules"]:
        rule["help"] = dict.fromkeys(rule["help"], "...")
    return dump(log)


def _thresholds(rule: Rule) -> str:
    """How the settings change from where on a rule speaks."""
    if not rule.thresholds:
        return ""
    lines = "\n".join(f"{name} = {json.dumps(limit)}" for name, limit in rule.thresholds.items())
    return f" Its thresholds in the [settings](../settings.md), as they come:\n\n```toml\n[thresholds.{rule.name}]\n{lines}\n```"


def settings() -> str:
    """Every setting, with what it does, an example and what holds without it."""
    schema = definitions.published("settings")
    parts = [f"# Settings\n\n{schema['description']} `mlvalue settings` shows what is in force and from where.\n"]
    for name, setting in schema["properties"].items():
        default = "" if setting.get("default") in (None, [], {}) else f" Without it: `{json.dumps(setting['default'])}`."
        parts.append(f"## `{name}`\n\n{setting['description']}{default}\n\n```toml\n{_toml(name, setting['examples'][0])}\n```\n")
        if name == "wording":
            rows = "\n".join(f"| `{key}` | {inner['description']} | `{json.dumps(inner['examples'][0])}` |" for key, inner in setting["properties"].items())
            parts.append(f"| Below `[wording]` | What it does | For example |\n| --- | --- | --- |\n{rows}\n")
    rows = "\n".join(f"| [{rule.name}](rules/{rule.name}.md) | `{name}` | `{json.dumps(limit)}` |" for rule in RULES for name, limit in rule.thresholds.items())
    parts.append(f"## All thresholds\n\n| Rule | Threshold | As it comes |\n| --- | --- | --- |\n{rows}\n")
    return "\n".join(parts) + (DOCS / "settings_more.md").read_text(encoding="utf-8")


def _toml(name: str, value: object) -> str:
    """One setting as TOML, tables as people write them."""
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "\n".join(f"[[{name}]]\n" + "\n".join(f"{key} = {_inline(item)}" for key, item in entry.items()) for entry in value)
    if isinstance(value, dict):
        return f"[{name}]\n" + "\n".join(f"{key} = {_inline(item)}" for key, item in value.items())
    return f"{name} = {_inline(value)}"


def _inline(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {_inline(item)}" for key, item in value.items()) + "}"
    return json.dumps(value)


def overview() -> str:
    """All rules by family."""
    parts = ["# Rules\n\nAn `error` fails the commit, a `warning` is only shown. `mlvalue explain RULE` prints a rule's page in the terminal.\n"]
    for family in dict.fromkeys(rule.family for rule in RULES):
        rows = "\n".join(f"| [{rule.name}]({rule.name}.md) | {rule.severity} | {rule.summary} |" for rule in RULES if rule.family == family)
        parts.append(f"## {FAMILIES[family]}\n\n| Rule | Severity | Flags |\n| --- | --- | --- |\n{rows}\n")
    return "\n".join(parts)


def reference() -> str:
    """Every field, with what it is for, its values, and the stage that asks for it."""
    parts = ["# Front matter\n\n" + definitions.published()["description"] + "\n", _by_stage()]
    for path in definitions.fields():
        definition = definitions.definition(path)
        level = "##" if "." not in path else "###"
        facts = [f"*{_kind(path)}*"]
        if stage := stages.asked_from(path):
            facts.append("asked for when retired or dropped" if stage == "outcome" else f"asked for from stage `{stage}` on")
        parts.append(f"{level} `{path}`\n\n{definition['description']}\n\n{', '.join(facts)}. {_examples(path)}\n")
    return "\n".join(parts)


def _by_stage() -> str:
    rows = []
    for stage in stages.STAGES[:4]:
        names = listed([f"`{field}`" for field in stages.DEMANDS[stage]])
        rows.append(f"| {stage} | {names} |")
    rows.append(f"| retired, dropped | {listed([f'`{field}`' for field in stages.DEMANDS['outcome']])}, on top of the stage it had |")
    table = "| Stage | Fields on top of the stage before |\n| --- | --- |\n" + "\n".join(rows)
    return f"## What each stage must have\n\n{table}\n\n## Templates\n\n{_templates()}"


def _templates() -> str:
    parts = ["Copy one and replace what stands in `<...>`; a hint that stays counts as missing.\n"]
    parts += [f"Up to stage `{stage}`:\n\n```yaml\n{template.document(stage)}```\n" for stage in ("idea", "proposed", "live")]
    return "\n".join(parts)


def _kind(path: str) -> str:
    definition = definitions.definition(path)
    if "enum" in definition:
        return "one of " + listed([f"`{value}`" for value in definition["enum"]], "or")
    if isinstance(definition.get("type"), list) and "array" in definition["type"]:
        return "number of months, or range of them"
    return UNITS[definition.get("$defs") or definition["type"]]


def _examples(path: str) -> str:
    shown = [f"`{example}`" for example in definitions.examples(path)]
    return f"For example {listed(shown, 'or')}." if shown else ""
