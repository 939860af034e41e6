"""The command line as its users call it."""

import io
import json
import pathlib
import subprocess
import sys

import jsonschema
import pytest

from mlvalue import cli, definitions

CLEAN = "---\nstage: idea\nowner: Ana\ncustomer: {who: 12 agents, pains: [slow]}\nvalue: {metric: calls, how_it_pays: fewer calls}\n---\n\n# Calls\n"
BROKEN = CLEAN.replace("owner: Ana\n", "")
WARNED = CLEAN.replace("# Calls\n", "# Calls\n\n<!-- mlvalue: allow guarantee: no need -->\nText.\n")


@pytest.fixture(name="repo")
def repository_of_two(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    folder = tmp_path / "docs" / "designs"
    folder.mkdir(parents=True)
    (folder / "a clean one.md").write_text(CLEAN)
    (folder / "broken.md").write_text(BROKEN)
    (tmp_path / "README.md").write_text("# Read me\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = cli.main(arguments)
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def test_without_paths_the_documents_of_the_settings_are_linted(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    del repo
    status, out, _ = run(capsys, "lint")
    assert status == 1
    assert out.startswith("docs/designs/broken.md:2:8: error[missing-field] `owner` is missing")
    assert "2 | stage: idea\n  |        ^^^^\n    help: add:\n            owner: <owner of the estimate>\n" in out
    assert out.endswith("2 documents: 1 error, no warnings\n")


def test_a_clean_document_exits_with_0(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    del repo
    assert run(capsys, "lint", "docs/designs/a clean one.md") == (0, "1 document, no findings\n", "")


def test_warnings_are_shown_and_exit_with_0(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repo / "docs/designs/broken.md").write_text(WARNED)
    status, out, _ = run(capsys, "lint")
    assert status == 0
    assert "warning[unused-allow]" in out


def test_settings_are_found_upward_and_paths_shown_from_here(repo: pathlib.Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    (repo / "mlvalue.toml").write_text("")
    monkeypatch.chdir(repo / "docs")
    status, out, _ = run(capsys, "lint", "--output-format", "concise")
    assert (status, out.partition(":")[0]) == (1, "designs/broken.md")


def test_explicit_paths_are_taken_as_they_are(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    del repo
    status, out, _ = run(capsys, "lint", "README.md")
    assert status == 1
    assert "missing-front-matter" in out


def test_the_hook_leaves_other_files_alone(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    del repo
    assert run(capsys, "lint", "--hook", "README.md") == (0, "", "")
    status, out, _ = run(capsys, "lint", "--hook", "README.md", "docs/designs/broken.md")
    assert status == 1
    assert "1 document: 1 error" in out


def test_a_folder_stands_for_the_files_below_it(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    del repo
    status, out, _ = run(capsys, "lint", "docs", "docs/designs/broken.md", "--output-format", "json")
    assert status == 1
    assert json.loads(out)["files"] == ["docs/designs/a clean one.md", "docs/designs/broken.md"]


def test_the_json_report_is_as_its_schema_says(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    del repo
    _, out, _ = run(capsys, "lint", "--output-format", "json")
    report = json.loads(out)
    jsonschema.Draft202012Validator(definitions.published("report")).validate(report)
    (found,) = report["diagnostics"]
    assert (found["line"], found["column"], found["end_line"], found["end_column"]) == (2, 8, 2, 12)
    assert (found["rule"], found["family"], found["field"]) == ("missing-field", "front_matter", "owner")
    assert found["url"].endswith("/rules/missing-field/")


def test_standard_input_has_the_name_it_is_given(repo: pathlib.Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    del repo
    for arguments, shown in ((["--stdin-filename", "docs/designs/x.md"], "docs/designs/x.md"), ([], "-")):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(BROKEN.encode())))
        status, out, _ = run(capsys, "lint", "-", "--output-format", "concise", *arguments)
        assert (status, out.partition(":")[0]) == (1, shown)


@pytest.mark.parametrize(
    ("arguments", "settings", "told"),
    [
        (["lint", "nowhere.md"], "", "can't read nowhere.md: no such file"),
        (["appraise", "nowhere.md"], "", "can't read nowhere.md: no such file"),
        (["explain", "garantee"], "", "did you mean `guarantee`?"),
        (["explain", "xyzzy"], "", "`mlvalue rules` lists all"),
        (["lint", "--today", "tomorrow"], "", "`--today` is 'tomorrow'; write a day like 2026-11-30"),
        (["lint"], "document = []", "unknown setting `document`; did you mean `documents`?"),
        (["lint"], "xyzzy = 1", "unknown setting `xyzzy`; there are documents, exclude"),
        (["lint"], "documents = 'docs'", "`documents` is 'docs'; write a list of patterns like [\"docs/designs/**/*.md\"]"),
        (["lint"], "documents = ['../x.md']", "patterns begin at the folder of the settings"),
        (["lint"], "currency = 'euro'", "'euro' is no currency; write three capital letters like EUR"),
        (["lint"], "rates.USD = 0.9", "the rate of USD is 0.9; write {rate = 0.92"),
        (["lint"], "rates = 3", "`rates` is 3"),
        (["lint"], "discount_rate = 10", "`discount_rate` is 10; write a share per year like 0.1"),
        (["lint"], "horizon_years = 2.5", "`horizon_years` is 2.5; write a whole number of years like 3"),
        (["lint"], "as_of = 'soon'", "`as_of` is 'soon'; write a day like 2026-11-30"),
        (["lint"], "documents = [", "mlvalue.toml: "),
    ],
)
def test_what_cant_be_done_is_told_with_status_2(
    repo: pathlib.Path, capsys: pytest.CaptureFixture[str], arguments: list[str], settings: str, told: str
) -> None:
    (repo / "mlvalue.toml").write_text(settings)
    status, out, err = run(capsys, *arguments)
    assert (status, out) == (2, "")
    assert told in err
    assert "Traceback" not in err


def test_settings_that_are_no_text_are_told(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repo / "mlvalue.toml").write_bytes(b"\xff")
    assert run(capsys, "lint")[0] == 2


def test_pyproject_counts_where_it_has_a_table_of_ours(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repo / "docs" / "pyproject.toml").write_text("[tool.other]\nx = 1\n")
    (repo / "pyproject.toml").write_text('[tool.mlvalue]\ndocuments = ["docs/designs/a*.md"]\nas_of = 2026-11-30\n')
    assert run(capsys, "lint") == (0, "1 document, no findings\n", "")


def test_no_documents_at_all_is_said(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    status, out, err = run(capsys, "lint")
    assert (status, out) == (0, "")
    assert "no documents found; the settings name docs/designs/**/*.md" in err


@pytest.mark.parametrize(("variables", "colored"), [({"FORCE_COLOR": "1"}, True), ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False), ({}, False)])
def test_color_is_for_terminals_unless_told_otherwise(
    repo: pathlib.Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], variables: dict[str, str], *, colored: bool
) -> None:
    del repo
    for name in ("FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert ("\x1b[" in run(capsys, "lint")[1]) is colored


def test_a_document_cant_steer_the_terminal(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repo / "docs/designs/broken.md").write_text(CLEAN.replace("stage: idea", 'stage: "\\e[31m\u202ered"'))
    out = run(capsys, "lint")[1]
    assert "\x1b" not in out
    assert "\u202e" not in out


@pytest.mark.parametrize(
    ("arguments", "variables", "settings", "is_late"),
    [
        (["--today", "2027-01-05"], {}, "", False),
        (["--today", "2026-01-05"], {}, "", True),
        ([], {"SOURCE_DATE_EPOCH": "1767225600"}, "", True),
        ([], {"SOURCE_DATE_EPOCH": "1767225600"}, "as_of = '2026-11-30'", False),
        (["--today", "2026-01-05"], {"SOURCE_DATE_EPOCH": "1798761600"}, "as_of = '2026-11-30'", True),
    ],
)
def test_today_is_an_input(
    repo: pathlib.Path,
    root: pathlib.Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    variables: dict[str, str],
    settings: str,
    *,
    is_late: bool,
) -> None:
    (repo / "mlvalue.toml").write_text(settings)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    _, out, _ = run(capsys, "lint", str(root / "tests" / "sample.md"), "--output-format", "concise", *arguments)
    assert ("future-date" in out) is is_late


def test_a_wrong_epoch_is_told(repo: pathlib.Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    del repo
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    status, _, err = run(capsys, "lint")
    assert status == 2
    assert "SOURCE_DATE_EPOCH" in err


def test_an_appraisal_shows_each_option_beside_the_others(root: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "appraise", str(root / "docs/designs/order-proposals.md"))
    assert status == 0
    assert "Should return at least 55 % of its cost in 3 years: 8 in 10 futures do better." in out
    rows = {line[:34].strip(): line[34:].split() for line in out.splitlines()}
    assert rows["NPV, likely case"] == ["415,222", "192,420"]
    assert rows["break-even adoption"] == ["26%", "(13", "of", "48)", "15%", "(8", "of", "48)"]
    assert rows["likely cash flow: in, out"] == ["year", "0", "year", "1", "year", "2", "year", "3"]


@pytest.mark.no_cover
def test_an_appraisal_as_json_is_as_its_schema_says(root: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in sorted((root / "docs" / "designs").glob("*.md")):
        status, out, _ = run(capsys, "appraise", str(path), "--output-format", "json")
        assert status == 0
        jsonschema.Draft202012Validator(definitions.published("appraisal")).validate(json.loads(out))
    _, out, _ = run(capsys, "appraise", str(root / "docs/designs/order-proposals.md"), "--output-format", "json")
    chosen, rule = json.loads(out)["options"]
    assert (chosen["chosen"], chosen["type"], chosen["payback_month_p80"], chosen["break_even_users"]) == (True, "ml", 23, 13)
    assert chosen["roi_p20"] == pytest.approx(0.5781, abs=1e-4)
    assert rule["chosen_better_share"] == pytest.approx(0.9136, abs=1e-4)


def test_a_broken_document_isnt_appraised(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repo / "x.md").write_text(CLEAN.replace("stage: idea", "stage: aproved"))
    status, out, err = run(capsys, "appraise", "x.md")
    assert status == 1
    assert "can't be appraised" in out
    assert "did you mean" not in err
    assert "x.md:2:8: error[invalid-value]" in err
    status, out, _ = run(capsys, "appraise", "x.md", "--output-format", "json")
    assert (status, json.loads(out)["options"]) == (1, [])


def test_an_idea_is_appraised_as_no_figures_yet(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repo / "x.md").write_text(CLEAN)
    status, out, _ = run(capsys, "appraise", "x.md")
    assert status == 0
    assert "There are no figures yet" in out


def test_rules_are_listed_and_explained(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "rules")
    assert status == 0
    assert "  guarantee              error    An outcome that is told as certain." in out
    status, out, _ = run(capsys, "explain", "simpler_option")
    assert status == 0
    assert out.startswith("# simpler-option\n")


def test_a_closed_pipe_is_no_traceback(root: pathlib.Path) -> None:
    command = f"{sys.executable} -m mlvalue rules | head -n 1; {sys.executable} -m mlvalue lint {root}/docs/designs --output-format json | head -c 10"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    assert done.stdout.startswith("front_matter")


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(["--version"])
    assert stopped.value.code == 0
    assert capsys.readouterr().out.startswith("mlvalue 0.")


def test_usage_errors_exit_with_2() -> None:
    assert cli.main(["lint", "--no-such-option"]) == 2


def test_an_unreadable_file_is_told(repo: pathlib.Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def refuse(path: pathlib.Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    del repo
    monkeypatch.setattr(pathlib.Path, "read_bytes", refuse)
    status, _, err = run(capsys, "lint")
    assert status == 2
    assert "can't read docs/designs/a clean one.md: Permission denied" in err


@pytest.mark.parametrize("settings", ["rates = true", "rates = []", "rates.USD = {rate = inf, date = '2026-01-01'}", "as_of = '20261130'"])
def test_settings_of_a_wrong_kind_are_told(repo: pathlib.Path, capsys: pytest.CaptureFixture[str], settings: str) -> None:
    (repo / "mlvalue.toml").write_text(settings)
    status, _, err = run(capsys, "lint")
    assert status == 2
    assert "mlvalue.toml:" in err


@pytest.mark.parametrize("pattern", [".", "docs/designs", "***", "docs/designs/[a].md", "nothing/*.md"])
def test_documents_that_name_no_file_are_told_with_status_2(repo: pathlib.Path, capsys: pytest.CaptureFixture[str], pattern: str) -> None:
    (repo / "mlvalue.toml").write_text(f'documents = ["{pattern}"]')
    status, _, err = run(capsys, "lint")
    assert (status, "no documents found" in err) in {(2, True), (1, False)}


@pytest.mark.parametrize("pattern", ["docs/**", "docs/**/*.md", "**/*.md", "./docs/designs/*.md", "docs/designs/broken.md", "*/*/b?oken.md"])
def test_the_hook_and_a_plain_run_agree_on_documents(repo: pathlib.Path, capsys: pytest.CaptureFixture[str], pattern: str) -> None:
    (repo / "mlvalue.toml").write_text(f'documents = ["{pattern}"]')
    everything = [str(path.relative_to(repo)) for path in sorted(repo.rglob("*")) if path.is_file()]
    plain = json.loads(run(capsys, "lint", "--output-format", "json")[1])["files"]
    hooked = json.loads(run(capsys, "lint", "--hook", *everything, "--output-format", "json")[1])["files"]
    assert sorted(plain) == sorted(hooked)
    assert "docs/designs/broken.md" in plain


def test_a_table_of_tools_that_is_none_is_left_alone(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repo / "pyproject.toml").write_text("tool = 1 # mlvalue\n")
    assert run(capsys, "lint")[0] == 1


def test_a_terminal_that_lacks_a_character_gets_an_escape(repo: pathlib.Path) -> None:
    (repo / "x.md").write_text(BROKEN.replace("idea", "idea # \U0001f600"), encoding="utf-8")
    environment = {"PYTHONIOENCODING": "ascii", "PATH": ""}
    done = subprocess.run([sys.executable, "-m", "mlvalue", "lint", "x.md"], capture_output=True, text=True, check=False, env=environment)
    assert (done.returncode, done.stderr) == (1, "")
    assert "\\U0001f600" in done.stdout


def test_a_full_disk_is_told(root: pathlib.Path) -> None:
    command = f"{sys.executable} -m mlvalue lint {root}/tests/sample.md > /dev/full"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("mlvalue: No space left")


@pytest.mark.no_cover
def test_a_long_list_and_many_stars_take_no_longer_than_they_are_long(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repo / "x.md").write_text(CLEAN.replace("pains: [slow]", "pains: [" + "[],1," * 6000 + "x]") + "\n" + "*a " * 20000)
    assert run(capsys, "lint", "x.md")[0] == 1
