"""Where the output goes, and how much of it."""

import json
import os
import pathlib
import stat
import subprocess
import sys

import jsonschema
import pytest

from mlvalue import cli, definitions

FRONT = "---\nstage: idea\nowner: Ana\ncustomer: {who: 12 agents, pains: [slow]}\nvalue: {metric: calls, how_it_pays: fewer calls}\n---\n\n# Calls\n\n"
CLEAN = f"{FRONT}Text.\n"
SURE = f"{FRONT}We guarantee fewer calls.\n\n# More\n\nWe guarantee fewer calls.\n"
WARNED = f"{FRONT}<!-- mlvalue: allow guarantee: no need -->\nText.\n"


@pytest.fixture(name="repo")
def repository_of_three(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    folder = tmp_path / "docs" / "designs"
    folder.mkdir(parents=True)
    for name, text in (("clean", CLEAN), ("sure", SURE), ("warned", WARNED)):
        (folder / f"{name}.md").write_text(text)
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = cli.main(["lint", *arguments])
    captured = capsys.readouterr()
    return status, captured.out, captured.err


@pytest.mark.parametrize("form", ["full", "concise", "json", "json-lines", "github", "gitlab", "sarif", "junit", "rdjson"])
def test_a_file_holds_what_the_terminal_would_show_and_the_summary_is_told(repo: pathlib.Path, capsys: pytest.CaptureFixture[str], form: str) -> None:
    _, shown, _ = run(capsys, "--output-format", form)
    status, out, err = run(capsys, "--output-format", form, "--output-file", "report.txt")
    assert (status, out, err) == (1, "", "3 documents: 2 errors, 1 warning\n")
    assert (repo / "report.txt").read_bytes() == shown.encode()


def test_a_file_is_written_also_where_nothing_was_found(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["docs/designs/clean.md"], ["--hook", "docs/designs/clean.md"], ["--hook"]):
        assert run(capsys, *arguments, "--output-file", "report.txt")[0] == 0
        assert (repo / "report.txt").read_text().endswith(", no findings\n")
        (repo / "report.txt").unlink()


def test_a_file_is_replaced_whole_keeps_its_mode_and_leaves_no_other(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repo / "real.txt").write_text("old " * 10_000)
    (repo / "real.txt").chmod(0o640)
    (repo / "link.txt").symlink_to("real.txt")
    before = sorted(path.name for path in repo.iterdir())
    run(capsys, "--output-file", "link.txt", "--output-format", "concise")
    assert (repo / "link.txt").is_symlink()
    assert (repo / "real.txt").read_text().count("\n") == 3
    assert stat.S_IMODE((repo / "real.txt").stat().st_mode) == 0o640
    assert sorted(path.name for path in repo.iterdir()) == before


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ("out/report.txt", "can't write out/report.txt: there is no folder out; make it first"),
        ("docs", "can't write docs: it is a folder; name a file in it, like docs/report"),
        ("docs/designs/clean.md/report.txt", "can't write docs/designs/clean.md/report.txt: there is no folder docs/designs/clean.md; make it first"),
        ("x" * 300, f"can't write {'x' * 300}: File name too long"),
    ],
)
def test_a_file_that_cant_be_written_is_told(repo: pathlib.Path, capsys: pytest.CaptureFixture[str], file: str, told: str) -> None:
    status, out, err = run(capsys, "--output-file", file)
    assert (status, out, err) == (2, "", f"mlvalue: {told}\n")
    assert not (repo / "out").exists()


@pytest.mark.skipif(not pathlib.Path("/dev/stdout").exists(), reason="no such device here")
def test_a_device_is_written_to_and_not_replaced(repo: pathlib.Path) -> None:
    command = [sys.executable, "-m", "mlvalue", "lint", "--output-format", "json", "--output-file"]
    done = subprocess.run([*command, "/dev/stdout"], capture_output=True, text=True, check=False, cwd=repo)
    assert len(json.loads(done.stdout)["files"]) == 3
    subprocess.run([*command, "/dev/null"], capture_output=True, text=True, check=False, cwd=repo)
    assert not pathlib.Path("/dev/null").is_file()


def test_statistics_count_by_rule_and_severity(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    del repo
    counts = "2  error    guarantee\n1  warning  unused-allow\n"
    assert run(capsys, "--statistics") == (1, f"{counts}\n3 documents: 2 errors, 1 warning\n", "")
    assert run(capsys, "--statistics", "--output-format", "concise") == (1, counts, "")
    status, out, _ = run(capsys, "--statistics", "--output-format", "json")
    schema = definitions.published("report")
    jsonschema.Draft202012Validator({"$defs": schema["$defs"], "$ref": "#/$defs/counts"}).validate(json.loads(out))
    assert status == 1
    assert [(entry["rule"], entry["severity"], entry["count"]) for entry in json.loads(out)] == [("guarantee", "error", 2), ("unused-allow", "warning", 1)]
    assert run(capsys, "--statistics", "docs/designs/clean.md") == (0, "1 document, no findings\n", "")


def test_statistics_have_no_form_for_most_machines(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    del repo
    assert run(capsys, "--statistics", "--output-format", "sarif") == (
        2,
        "",
        "mlvalue: `--statistics` has no form in `sarif`; take full, concise or json\n",
    )


def test_quiet_shows_what_fails_and_nothing_where_all_is_well(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    del repo
    assert run(capsys, "--quiet", "docs/designs/clean.md", "docs/designs/warned.md") == (0, "", "")
    assert run(capsys, "-q", "--output-file", "report.txt", "docs/designs/warned.md") == (0, "", "")
    status, out, _ = run(capsys, "--quiet")
    assert (status, out.count("error["), out.count("warning[")) == (1, 2, 0)
    assert out.endswith("\n\n3 documents: 2 errors, 1 warning\n")
    _, out, _ = run(capsys, "--quiet", "--output-format", "json")
    assert {entry["severity"] for entry in json.loads(out)["diagnostics"]} == {"error"}


def test_verbose_tells_settings_and_what_is_left_out(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, _, err = run(capsys, "--verbose", "docs/designs/clean.md")
    assert err == "mlvalue: settings: no mlvalue.toml and no [tool.mlvalue], here or above: all is as it comes\nmlvalue: 1 document\n"
    (repo / "mlvalue.toml").write_text('exclude = ["**/sure.md"]\n')
    (repo / "README.md").write_text("# Read me\n")
    status, _, err = run(capsys, "-v")
    assert status == 0
    assert err == (
        f"mlvalue: settings: {repo / 'mlvalue.toml'}\nmlvalue: 2 documents\nmlvalue: left out docs/designs/sure.md: the settings' `exclude` names it\n"
    )
    _, _, err = run(capsys, "-v", "--hook", "README.md", "docs")
    assert "mlvalue: left out README.md: the settings' `documents` don't name it\n" in err
    assert "mlvalue: left out docs/designs/sure.md: the settings' `exclude` names it\n" in err
    assert run(capsys, "-v", "--hook", "README.md", "docs")[2] == err


@pytest.mark.parametrize(
    ("arguments", "variables", "colored"),
    [
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
        (["--no-color"], {"FORCE_COLOR": "1"}, False),
        (["--color", "auto"], {"FORCE_COLOR": "1"}, True),
        (["--no-color", "--color", "always"], {}, True),
        ([], {}, False),
    ],
)
@pytest.mark.parametrize("more", [[], ["--statistics"]])
def test_the_option_for_color_goes_before_the_environment(
    repo: pathlib.Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    variables: dict[str, str],
    more: list[str],
    *,
    colored: bool,
) -> None:
    for name in ("FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert ("\x1b[" in run(capsys, *arguments, *more)[1]) is colored
    run(capsys, *arguments, "--output-file", "report.txt")
    assert ("\x1b[" in (repo / "report.txt").read_text()) is ("always" in arguments)


@pytest.mark.parametrize("form", ["full", "concise"])
def test_in_github_actions_text_is_followed_by_annotations(
    repo: pathlib.Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    plain = run(capsys, "--output-format", form)[1]
    commands = run(capsys, "--output-format", "github")[1]
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert run(capsys, "--output-format", form)[1] == plain + commands
    run(capsys, "--output-format", form, "--output-file", "report.txt")
    assert (repo / "report.txt").read_text() == plain
    assert "::error" not in run(capsys, "--statistics")[1]
    assert json.loads(run(capsys, "--output-format", "json")[1])
    monkeypatch.setenv("GITHUB_ACTIONS", "false")
    assert run(capsys, "--output-format", form)[1] == plain


def test_the_same_documents_have_the_same_output(repo: pathlib.Path) -> None:
    for form in ("full", "sarif", "junit"):
        command = [sys.executable, "-m", "mlvalue", "lint", "--output-format", form, "--verbose"]
        both = [subprocess.run(command, capture_output=True, check=False, cwd=repo, env={**os.environ, "PYTHONHASHSEED": seed}) for seed in ("1", "2")]
        assert (both[0].stdout, both[0].stderr) == (both[1].stdout, both[1].stderr)
