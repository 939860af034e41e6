"""Settings: which rules hold where and how gravely, from where on they speak, and an organisation's own fields."""

import json
import pathlib

import jsonschema
import pytest

from mlvalue import cli, definitions, settings
from mlvalue.organisation import contract

IDEA = "---\nstage: idea\nowner: Ana\ncustomer: {who: 12 agents, pains: [slow]}\nvalue: {metric: calls, how_it_pays: fewer calls}\n---\n\n# Calls\n\n"
OVER = IDEA + "Fewer calls are guaranteed.\n"
ACME = {
    "properties": {
        "cost_center": {"type": "string", "title": "Cost centre", "description": "The cost centre that pays.", "pattern": "^[0-9]{4}$", "examples": ["4711"]},
        "risk_class": {"enum": ["low", "high"]},
        "reviewed": {"type": "boolean"},
        "budget": {"$ref": "#/$defs/money"},
        "team_size": {"type": "integer", "minimum": 1},
        "value": {"properties": {"kpi_owner": {"$ref": "#/$defs/text"}, "kind": {"enum": ["cash", "time"]}}, "required": ["metric"]},
    },
    "required": ["cost_center"],
}


@pytest.fixture(name="repo")
def repository(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    (tmp_path / "docs/designs/ideas").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    return tmp_path


def lint(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[str]]:
    """The exit status, and `path severity[rule]` of each finding, or what is told on standard error."""
    status = cli.main(["lint", "--output-format", "concise", *arguments])
    out, err = capsys.readouterr()
    return status, [f"{line.split(':')[0]} {line.split(' ')[1]}" for line in out.splitlines()] or err.splitlines()


@pytest.mark.parametrize(
    ("table", "arguments", "found"),
    [
        ("", (), ["error[guarantee]"]),
        ("ignore = ['wording']", (), []),
        ("ignore = ['guarantee']", (), []),
        ("select = ['front_matter']", (), []),
        ("select = ['guarantee']", (), ["error[guarantee]"]),
        ("select = ['guarantee']\nignore = ['wording']", (), ["error[guarantee]"]),
        ("select = ['wording']\nignore = ['guarantee']", (), []),
        ("ignore = ['wording']", ("--select", "guarantee"), ["error[guarantee]"]),
        ("ignore = ['guarantee']", ("--select", "guarantee"), ["error[guarantee]"]),
        ("ignore = ['guarantee']", ("--select", "wording"), []),
        ("select = ['front_matter']", ("--select", "wording"), ["error[guarantee]"]),
        ("severity.guarantee = 'warning'", (), ["warning[guarantee]"]),
        ("severity.wording = 'warning'", (), ["warning[guarantee]"]),
        ("severity = {wording = 'warning', guarantee = 'error'}", (), ["error[guarantee]"]),
        ("severity.guarantee = 'off'", (), []),
        ("severity.wording = 'off'", (), []),
        pytest.param("allow_words = ['are guaranteed']", (), [], marks=pytest.mark.no_cover),  # makes tables of all phrases
        ("[[overrides]]\npaths = ['docs/designs/a.md']\nignore = ['wording']", (), []),
        ("[[overrides]]\npaths = ['docs/designs/ideas/']\nignore = ['wording']", (), ["error[guarantee]"]),
        ("[[overrides]]\npaths = ['**/a.md']\nseverity.guarantee = 'warning'", (), ["warning[guarantee]"]),
        ("[[overrides]]\npaths = ['**/a.md']\nseverity.guarantee = 'off'", (), []),
        ("[[overrides]]\npaths = ['**']\nselect = ['front_matter']", (), []),
        ("severity.guarantee='off'\n[[overrides]]\npaths = ['**/a.md']\nseverity.guarantee = 'error'", (), []),
    ],
)
def test_settings_say_which_rules_hold_where_and_how_gravely(
    repo: pathlib.Path, capsys: pytest.CaptureFixture[str], table: str, arguments: tuple[str, ...], found: list[str]
) -> None:
    (repo / "mlvalue.toml").write_text(table)
    (repo / "docs/designs/a.md").write_text(OVER)
    status, lines = lint(capsys, *arguments)
    assert lines == [f"docs/designs/a.md {label}" for label in found]
    assert status == (1 if any(label.startswith("error") for label in found) else 0)


def test_excluded_files_are_no_documents_but_can_be_asked_for(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repo / "mlvalue.toml").write_text("exclude = ['docs/designs/ideas/', '**/README.md']")
    for name in ("a.md", "README.md", "ideas/b.md"):
        (repo / "docs/designs" / name).write_text(OVER)
    assert [line.split()[0] for line in lint(capsys)[1]] == ["docs/designs/a.md"]
    assert lint(capsys, "--hook", "docs/designs/README.md") == (0, [])
    assert lint(capsys, "docs/designs/README.md")[0] == 1


SAMPLE = (pathlib.Path(__file__).parent / "sample.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("table", "change", "rule"),
    [
        ("[thresholds.optimistic-adoption]\nlikely = '60%'", ("", ""), "optimistic-adoption"),
        ("[thresholds.optimistic-adoption]\nlow = '40%'", ("", ""), "optimistic-adoption"),
        ("[thresholds.unfunded-upkeep]\nshare = '50%'", ("", ""), "unfunded-upkeep"),
        ("[thresholds.extraordinary-roi]\nroi = '1%'", ("kind: pilot", "kind: history"), "extraordinary-roi"),
        ("[thresholds.wide-range]\ntimes = 1.9", ("", ""), "wide-range"),
        ("[thresholds.false-precision]\ntimes = 3", ("kind: pilot", "kind: analogy"), "false-precision"),
        ("[thresholds.stale-validation]\nmonths = 0", ("", ""), "stale-validation"),
    ],
)
def test_a_stricter_threshold_flags_what_was_fine(
    repo: pathlib.Path, capsys: pytest.CaptureFixture[str], table: str, change: tuple[str, str], rule: str
) -> None:
    document = repo / "docs/designs/a.md"
    document.write_text(SAMPLE.replace(*change) if change[0] else SAMPLE)
    day = "as_of = '2026-11-30'\n"
    (repo / "mlvalue.toml").write_text(day)
    assert not any(f"[{rule}]" in line for line in lint(capsys, "--select", rule)[1])
    (repo / "mlvalue.toml").write_text(day + table)
    assert any(f"[{rule}]" in line for line in lint(capsys, "--select", rule)[1])


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("selct = []", "mlvalue.toml:1: unknown setting `selct`; did you mean `select`?"),
        ("documents = ['a.md']\nexlude = []", "mlvalue.toml:2: unknown setting `exlude`; did you mean `exclude`?"),
        ("select = 'wording'", "mlvalue.toml:1: `select` is 'wording'; write a list of rules or families like [\"wording\"]"),
        ("ignore = ['garantee']", "`ignore`: there is no rule or family `garantee`; did you mean `guarantee`?"),
        ("severity.guarantee = 'fatal'", '`severity.guarantee` is \'fatal\'; write "error", "warning" or "off"'),
        ("severity.xyzzy = 'off'", "`severity`: there is no rule or family `xyzzy`; `mlvalue rules` lists all"),
        ("overrides = 3", "`overrides` is 3; write [[overrides]] with paths"),
        ("[[overrides]]\nignore = ['wording']", "`overrides.paths` is []; write a list of patterns"),
        ("[[overrides]]\npath = ['a.md']", "unknown setting `overrides.path`; did you mean `paths`?"),
        ("[thresholds.guarantee]\ntimes = 3", "`thresholds.guarantee.times` is no threshold; this rule has none"),
        ("[thresholds.wide-range]\nfactor = 3", "`thresholds.wide-range.factor` is no threshold; there is times"),
        (
            "[thresholds.optimistic-adoption]\nlow = 'much'",
            "mlvalue.toml:2: `thresholds.optimistic-adoption.low` is 'much'; write a number, or a share like \"90%\"",
        ),
        ("schema = 'acme.json'", "`schema` is 'acme.json', and there is no such file in"),
        ("schema = 3", '`schema` is 3; write the path of a JSON Schema, like "acme.schema.json"'),
        ("columns = ['cost_centre']", "`columns` names `cost_centre`, and no document has such a field"),
        ("exclude = ['/etc']", "patterns begin at the folder of the settings"),
        ("allow_words = ['']", "`allow_words` is ['']; write a list of texts"),
    ],
)
def test_a_wrong_setting_is_told_with_its_line_and_what_to_write(repo: pathlib.Path, capsys: pytest.CaptureFixture[str], table: str, told: str) -> None:
    (repo / "mlvalue.toml").write_text(table)
    (repo / "docs/designs/a.md").write_text(IDEA)
    status, lines = lint(capsys)
    assert status == 2
    assert told in " ".join(lines)


def test_the_schema_of_settings_names_what_the_reader_knows_and_all_its_examples_load(repo: pathlib.Path) -> None:
    schema = definitions.published("settings")
    assert tuple(sorted(schema["properties"])) == tuple(sorted(settings.NAMES))
    validator = jsonschema.Draft202012Validator(schema)
    (repo / "acme.schema.json").write_text(json.dumps(ACME))
    for name, described in schema["properties"].items():
        for example in described["examples"]:
            validator.validate({name: example})
            (repo / "mlvalue.toml").write_text(as_toml(name, example))
            loaded = settings.load(repo)
            assert name in loaded.written
            if "default" in described and name not in {"rates", "allow_words", "wording"}:
                assert getattr(settings.load(repo.parent), name) in (
                    described["default"],
                    tuple(described["default"]) if isinstance(described["default"], list) else ...,
                )


def as_toml(name: str, value: object) -> str:
    def inline(item: object) -> str:
        if isinstance(item, dict):
            return "{" + ", ".join(f'"{key}" = {inline(each)}' for key, each in item.items()) + "}"
        return "[" + ", ".join(map(inline, item)) + "]" if isinstance(item, list) else json.dumps(item)

    return f"{name} = {inline(value)}\n"


def test_settings_in_force_are_shown_with_their_source_and_can_be_read_back(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repo / "mlvalue.toml").write_text(
        "currency = 'GBP'\nseverity.guarantee = 'warning'\n[rates]\nUSD = {rate = 0.8, date = '2026-10-20'}\n[wording]\nallowed = ['zero hunger']\n"
    )
    assert cli.main(["settings", "--today", "2026-11-30"]) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"# {repo / 'mlvalue.toml'}\n")
    lines = {line.split(" = ")[0]: line.rpartition("# ")[2] for line in out.splitlines()[1:]}
    assert (lines["currency"], lines["as_of"], lines["discount_rate"], lines["wording"]) == ("mlvalue.toml", "--today", "default", "mlvalue.toml")
    (repo / "mlvalue.toml").write_text(out)
    assert cli.main(["settings"]) == 0
    again = capsys.readouterr().out
    assert [line.rpartition("# ")[0].rstrip() for line in again.splitlines()[1:]] == [line.rpartition("# ")[0].rstrip() for line in out.splitlines()[1:]]


def test_settings_as_json_name_their_source(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repo / "pyproject.toml").write_text("[tool.mlvalue]\nhorizon_years = 5\n")
    assert cli.main(["settings", "--output-format", "json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["settings"]["horizon_years"] == {"value": 5, "source": "pyproject.toml"}
    assert shown["settings"]["currency"] == {"value": "EUR", "source": "default"}


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('cost_center: "4711"', ""),
        ('cost_center: "47"', "error[invalid-value] `cost_center` is `47`, which acme.schema.json doesn't allow"),
        ("cost_center: 4711", "error[invalid-value] `cost_center` is 4711, which is a number to YAML and no text"),
        ("", "error[missing-field] `cost_center` is missing; your organisation asks for the cost centre that pays"),
        ("cost_center: TBD", "error[missing-field] `cost_center` is `TBD`, which counts as missing"),
        ('cost_centre: "4711"', "error[unknown-field] `cost_centre` is no field here"),
        ('cost_center: "4711"\nreviewed: maybe', "error[invalid-value] `reviewed` is `maybe`, which is neither true nor false"),
        ('cost_center: "4711"\nrisk_class: lo', "error[invalid-value] `risk_class` is `lo`, which is none of its values"),
        ('cost_center: "4711"\nbudget: 80_000', "error[invalid-value] `budget` is `80_000`, which is no amount of money"),
        ('cost_center: "4711"\nteam_size: 0', "error[invalid-value] `team_size` is 0, and must be at least 1"),
    ],
)
def test_fields_of_an_organisation_are_linted_like_ours(repo: pathlib.Path, capsys: pytest.CaptureFixture[str], line: str, told: str) -> None:
    (repo / "acme.schema.json").write_text(json.dumps(ACME))
    (repo / "mlvalue.toml").write_text("schema = 'acme.schema.json'\n")
    (repo / "docs/designs/a.md").write_text(IDEA.replace("---\n", f"---\n{line}\n".replace("\n\n", "\n"), 1))
    status = cli.main(["lint", "--output-format", "concise"])
    out = capsys.readouterr().out
    assert (status == 0) == (not told)
    assert told in out
    assert len(out.splitlines()) == bool(told), out
    if line.count("\n"):
        assert out.startswith("docs/designs/a.md:3:")


@pytest.mark.parametrize(
    ("schema", "told"),
    [
        ("{", "acme.schema.json:1:2: this is no JSON"),
        ("[]", "acme.schema.json: the file is no object"),
        ('{"properties": {"x": {"type": "nonsense"}}}', "properties.x.type is no JSON Schema: 'nonsense'"),
        ('{"additionalProperties": false}', "`additionalProperties` can't be merged; a schema of yours holds properties, required and $defs"),
        ('{"required": ["x"]}', "`x` is required, and there is no such field; add it to properties"),
        ('{"properties": {"stage": {"enum": ["idea", "live", "zombie"]}}}', "`stage` can be idea, proposed"),
        ('{"properties": {"owner": {"type": "integer", "minimum": 3}}}', "`owner` is a field of ours, and its `minimum` can't be changed"),
        ('{"properties": {"x": {"$ref": "#/$defs/nothing"}}}', "a `$ref` leads nowhere"),
        ('{"$defs": {"text": {"type": "string"}}}', "`$defs.text` is ours already"),
    ],
)
def test_a_schema_that_cant_be_merged_is_told_with_its_place(repo: pathlib.Path, capsys: pytest.CaptureFixture[str], schema: str, told: str) -> None:
    (repo / "acme.schema.json").write_text(schema)
    (repo / "mlvalue.toml").write_text("schema = 'acme.schema.json'\n")
    (repo / "docs/designs/a.md").write_text(IDEA)
    status, lines = lint(capsys)
    assert status == 2
    assert told in " ".join(lines)


def test_the_merged_schema_is_printed_valid_and_has_both_kinds_of_fields(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repo / "acme.schema.json").write_text(json.dumps(ACME))
    (repo / "mlvalue.toml").write_text("schema = 'acme.schema.json'\n")
    assert cli.main(["schema"]) == 0
    printed = json.loads(capsys.readouterr().out)
    jsonschema.Draft202012Validator.check_schema(printed)
    assert printed == contract(settings.load(repo)).content
    assert {"cost_center", "owner"} <= printed["properties"].keys()
    assert printed["properties"]["value"]["properties"]["kind"]["enum"] == ["cash", "time"]
    assert "kpi_owner" in printed["properties"]["value"]["properties"]
    validator = jsonschema.Draft202012Validator(printed)
    assert not validator.is_valid({"stage": "idea"})
    assert validator.is_valid({"stage": "idea", "cost_center": "4711", "tags": ["a"]})
    assert cli.main(["schema", "settings"]) == 0
    assert json.loads(capsys.readouterr().out) == definitions.published("settings")


def test_one_organisations_fields_dont_leak_into_the_next_run(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repo / "acme.schema.json").write_text(json.dumps(ACME))
    (repo / "mlvalue.toml").write_text("schema = 'acme.schema.json'\n")
    (repo / "docs/designs/a.md").write_text(IDEA)
    assert lint(capsys)[0] == 1
    (repo / "mlvalue.toml").write_text("")
    assert lint(capsys)[0] == 0
    assert "cost_center" not in definitions.fields()
