"""New documents from the template, by flags and at a terminal."""

import itertools
import json
import pathlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from terminal import INTERRUPT, talk

from mlvalue import cli, definitions, document, new, stages, template

ANSWERS = {
    "customer.who": "48 planners, in 12 regions",
    "customer.pains": "empty shelves, at weekends",
    "value.metric": "lines out of stock: from 6.1 % to 4.9 %",
    "value.how_it_pays": "fewer lost sales x 31 % margin # checked",
}
CASES = list(itertools.product(stages.STAGES, ("ml", "no_ml")))
SETS = [argument for field, value in ANSWERS.items() for argument in ("--set", f"{field}={value}")]


@pytest.fixture(name="repo")
def empty_repository(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = cli.main(arguments)
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def findings(capsys: pytest.CaptureFixture[str], path: str) -> list[str]:
    """The rules that the linter finds broken in the document at *path*."""
    cli.main(["lint", path, "--output-format", "json"])
    return [found["rule"] for found in json.loads(capsys.readouterr().out)["diagnostics"]]


@pytest.mark.parametrize(("stage", "approach"), CASES)
def test_a_new_document_lacks_what_is_to_be_answered_and_nothing_else(
    repo: pathlib.Path, capsys: pytest.CaptureFixture[str], stage: str, approach: str
) -> None:
    del repo
    assert run(capsys, "new", "Orders", "--stage", stage, "--approach", approach)[0] == 0
    assert set(findings(capsys, "docs/designs/orders.md")) == {"missing-field"}


def test_an_idea_with_all_answers_is_clean(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, "new", "Order proposals", "--owner", "Ana: Pereira", *SETS)
    assert (status, err) == (0, "")
    assert out == "docs/designs/order-proposals.md written\nnext: `mlvalue lint docs/designs/order-proposals.md` says what is missing\n"
    found = document.read((repo / "docs/designs/order-proposals.md").read_bytes())
    assert found.heading == "Order proposals"
    assert {field: found.value(field) for field in ANSWERS} == {**ANSWERS, "customer.pains": [ANSWERS["customer.pains"]]}
    assert found.value("owner") == "Ana: Pereira"
    assert "#" not in (repo / "docs/designs/order-proposals.md").read_text().partition("\n---\n")[0].replace("# checked", "")
    assert findings(capsys, "docs/designs/order-proposals.md") == []


@pytest.mark.parametrize(("stage", "approach"), CASES)
def test_every_hint_has_its_meaning_and_an_example_above_it(stage: str, approach: str) -> None:
    lines = template.explained(stage, approach).splitlines()
    hints = [number for number, line in enumerate(lines) if ": <" in line or ": [<" in line or "{" in line]
    for number in hints:
        if lines[number].lstrip().startswith(("#", "- {", "ramp_months: <months from go-live to full use>, ")):
            continue
        assert lines[number - 1].lstrip().startswith("#")
        name = lines[number].partition(":")[0].strip()
        assert name in {path.rpartition(".")[2] for path in definitions.fields()}
    assert any("Example: 48 store planners in 12 regions" in line for line in lines)


def test_a_value_of_every_field_of_the_schema_can_be_given(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    del repo
    for path in definitions.fields():
        definition = definitions.definition(path)
        if "[]" in path or path in new.FIXED or "properties" in definition:
            continue
        example = template.example(definition["examples"][0])
        status, out, err = run(capsys, "new", "T", "--stage", "retired", "--path", "-", "--set", f"{path}={example}")
        assert (status, err) == (0, "")
        assert template.example(document.read(out.encode()).value(path)) == example


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], 'a document needs a title: mlvalue new "Order proposals"'),
        (["  "], "a document needs a title"),
        (["T\x1b[2J"], "(U+001B); leave it out"),
        (["T\nU"], "(U+000A); leave it out"),
        (["T\udcff"], "(U+DCFF); leave it out"),
        (["日本"], "no file name can be made of the title `日本`; say where with --path"),
        (["T", "--set", "owner"], "--set owner has no value; write it like --set customer.who='48 planners'"),
        (["T", "--set", "stage=idea"], "--set stage isn't needed: there is --stage"),
        (["T", "--set", "title=x"], "--set title isn't needed: the title is given as such"),
        (["T", "--set", "customer.whom=x"], "there is no field `customer.whom`; did you mean `customer.who`?"),
        (["T", "--set", "customer=x"], "`customer` is a set of fields; set `customer.who`, "),
        (["T", "--set", "value.kind=gold"], "`value.kind` can't be `gold`; write cash, time, risk or other"),
        (["T", "--set", "cost.build=[1k, 2k"], "`cost.build` can't be `[1k, 2k`; write it like [90k, 140k, 220k]"),
        (["T", "--set", "cost.build=5k"], "`cost.build` can't be `5k`"),
        (["T", "--set", "cost.build_months=*x"], "`cost.build_months` can't be `*x`"),
        (["T", "--set", "value.evidence.kind=pilot}"], "`value.evidence.kind` can't be `pilot}`"),
        (["T", "--set", "customer={who: x}", "--set", "customer.who=y"], "`customer` and `customer.who` are both set; set the whole or its fields"),
    ],
)
def test_what_cant_be_written_is_told_and_nothing_is_written(repo: pathlib.Path, capsys: pytest.CaptureFixture[str], arguments: list[str], told: str) -> None:
    status, out, err = run(capsys, "new", *arguments)
    assert (status, out) == (2, "")
    assert told in err
    assert list(repo.iterdir()) == []


def test_fields_of_an_organisation_are_asked_for_and_can_be_given(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = {"cost_center": {"type": "string", "title": "Cost centre", "pattern": "^[0-9]{4}$"}, "risk_class": {"enum": ["low", "high"]}}
    (repo / "acme.schema.json").write_text(json.dumps({"properties": own, "required": ["cost_center"]}))
    (repo / "mlvalue.toml").write_text("schema = 'acme.schema.json'\n")
    status, out, _ = run(capsys, "new", "T", "--path", "-", "--set", "cost_center=4711")
    assert (status, 'cost_center: "4711"\n# risk class\nrisk_class: <low | high>\n' in out) == (0, True)
    assert run(capsys, "new", "T", "--set", "cost_center=x") == (2, "", "mlvalue: `cost_center` can't be `x`\n")
    assert run(capsys, "new", "T", "--set", "risk_class=x") == (2, "", "mlvalue: `risk_class` can't be `x`; write low or high\n")
    assert run(capsys, "new", "T", "--set", "owner=Ana")[0] == 0
    assert set(findings(capsys, "docs/designs/t.md")) == {"missing-field"}


def test_an_existing_document_is_never_overwritten(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repo / "x.md").write_text("mine")
    (repo / "dangling.md").symlink_to("nowhere.md")
    for name in ("x.md", "dangling.md"):
        status, _, err = run(capsys, "new", "T", "--path", name)
        assert (status, err) == (2, f"mlvalue: {name} exists; say where else with --path, nothing was written\n")
    assert (repo / "x.md").read_text() == "mine"
    assert not (repo / "nowhere.md").exists()


def test_a_folder_that_cant_be_made_is_told(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repo / "docs").write_text("a file")
    status, _, err = run(capsys, "new", "T")
    assert status == 2
    assert "can't write docs/designs/t.md: " in err


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Größere Bestellungen für Übersee", "groessere-bestellungen-fuer-uebersee"),
        ("Gro\N{LATIN SMALL LETTER O}\N{COMBINING DIAERESIS}ße", "grooesse"),
        ("Crème brûlée, señor!", "creme-brulee-senor"),
        ("Don't ask -- why?", "dont-ask-why"),
        ("../../etc/passwd", "etc-passwd"),
        ("CON.md", "con-md"),
        ("word " * 30, "word-word-word-word-word-word-word-word-word-word-word-word"),
        ("x" * 99, "x" * 60),
        ("日本", ""),
    ],
)
def test_a_title_becomes_a_file_name(title: str, name: str) -> None:
    assert new.slug(title) == name


@pytest.mark.parametrize(
    ("documents", "path"),
    [
        ('["docs/designs/**/*.md"]', "docs/designs/t.md"),
        ('["./ml/*-design.md", "x/*.md"]', "ml/t-design.md"),
        ('["ml/*/README.md"]', "ml/t/README.md"),
        ('["ml/**"]', "--path"),
        ('["README.md"]', "--path"),
        ('["ml/*/*.md"]', "--path"),
    ],
)
def test_the_settings_say_where_a_document_goes(repo: pathlib.Path, capsys: pytest.CaptureFixture[str], documents: str, path: str) -> None:
    (repo / "mlvalue.toml").write_text(f"documents = {documents}\n")
    status, _, err = run(capsys, "new", "T")
    if path == "--path":
        assert (status, "doesn't say where a new document goes; say it with --path" in err) == (2, True)
    else:
        assert (status, (repo / path).is_file()) == (0, True)


def test_a_place_that_the_settings_dont_name_is_noted(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = run(capsys, "new", "T", "--path", "notes/t.md")
    assert (status, (repo / "notes/t.md").is_file()) == (0, True)
    assert "don't name it, so the hook leaves it out" in err


@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1))
def test_any_text_is_read_back_as_it_was_given(written: str) -> None:
    for in_braces, text in ((False, "a: {}\n"), (True, "a: {{b: {}, c: d}}\n")):
        found = document.read(f"---\n{text.format(new.scalar(written, in_braces=in_braces))}---\n".encode())
        assert [fault for fault in found.faults if fault.rule != "unreadable-text"] == []
        assert found.value("a.b" if in_braces else "a") == written
        assert not found.ambiguous


def test_a_person_is_asked_for_what_an_idea_needs(repo: pathlib.Path) -> None:
    typed = [
        ("Title: ", "Größere Bestellungen\n"),
        ("Stage (idea, proposed, approved, live, retired, dropped) [idea]: ", "\n"),
        ("Owner of the estimate [Git Person]: ", "\n"),
        ("Who has the problem, and how many they are: ", "48 planners\n"),
        ("What hurts them today: ", "\n"),
        (": ", "lines out of stock\n"),
        (": ", "\n"),
    ]
    (repo / "gitconfig").write_text("[user]\nname = Git Person\n")
    status, shown = talk(repo, ["new"], typed, {"GIT_CONFIG_GLOBAL": str(repo / "gitconfig"), "GIT_CONFIG_NOSYSTEM": "1"})
    assert status == 0
    assert "docs/designs/groessere-bestellungen.md written; what stands in <...> is yours to fill in" in shown
    text = (repo / "docs/designs/groessere-bestellungen.md").read_text(encoding="utf-8")
    assert text.startswith("---\nstage: idea\nowner: Git Person\ncustomer:\n  who: 48 planners\n  # What hurts these people today")
    assert "  pains: [<what hurts them today>]\nvalue:\n  metric: lines out of stock\n" in text
    assert "\n# Größere Bestellungen\n" in text


def test_what_flags_say_isnt_asked(repo: pathlib.Path) -> None:
    status, shown = talk(repo, ["new", "Orders", "--stage", "dropped", "--owner", "Ana", *SETS], [])
    assert (status, "Title" in shown, "Owner" in shown) == (0, False, False)


def test_a_stage_that_doesnt_exist_is_told_at_the_terminal(repo: pathlib.Path) -> None:
    status, shown = talk(repo, ["new", "Orders"], [("Stage", "ready\n")])
    assert (status, list(repo.iterdir())) == (2, [])
    assert "`ready` is no stage; there are idea, proposed, approved, live, retired, dropped" in shown


def test_an_interrupt_at_a_question_writes_nothing(repo: pathlib.Path) -> None:
    status, shown = talk(repo, ["new"], [("Title: ", "Orders\n"), ("Stage", INTERRUPT)])
    assert (status, "Traceback" in shown, list(repo.iterdir())) == (130, False, [])
