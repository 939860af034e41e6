"""`mlvalue lint --fix` and `--diff` as their users call them: files, standard input, symlinks, modes, disks that are full."""

import io
import json
import pathlib
import resource
import shutil
import stat
import subprocess
import sys

import jsonschema
import pytest

from mlvalue import cli, definitions

CLEAN = "---\nstage: idea\nowner: Ana\ncustomer: {who: 12 agents, pains: [slow]}\nvalue: {metric: calls, how_it_pays: fewer calls}\n---\n\n# Calls\n"
WRONG = CLEAN.replace("stage: idea", "stage: Idea").replace("pains:", "pians:")
ASKS = CLEAN.replace("owner: Ana\n", "")


@pytest.fixture(name="repo")
def repository_with_slips(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    folder = tmp_path / "docs" / "designs"
    folder.mkdir(parents=True)
    (folder / "a clean one.md").write_text(CLEAN)
    (folder / "wrong.md").write_text(WRONG)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = cli.main(["lint", *arguments])
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def test_fixes_are_written_and_what_is_left_is_told(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repo / "docs/designs/asks.md").write_text(ASKS)
    status, out, err = run(capsys, "--fix")
    assert (status, err) == (1, "")
    assert "docs/designs/asks.md:2:8: error[missing-field]" in out
    assert out.endswith("3 documents: 1 error, no warnings; 2 fixed\n")
    assert (repo / "docs/designs/wrong.md").read_text() == CLEAN
    assert (repo / "docs/designs/asks.md").read_text() == ASKS
    (repo / "docs/designs/asks.md").unlink()
    assert run(capsys, "--fix") == (0, "2 documents, no findings\n", "")


def test_a_finding_says_that_it_can_be_fixed(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repo / "docs/designs/asks.md").write_text(ASKS)
    status, out, _ = run(capsys)
    assert status == 1
    assert "    help: did you mean `pains`? [fixable with --fix]\n" in out
    assert out.count("[fixable with --fix]") == 2
    assert out.endswith("3 documents: 3 errors, no warnings; 2 can be fixed with --fix\n")


def test_a_diff_is_shown_and_nothing_written(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, "--diff")
    assert status == 1
    assert out == (
        "--- docs/designs/wrong.md\n+++ docs/designs/wrong.md\n@@ -1,7 +1,7 @@\n ---\n-stage: Idea\n+stage: idea\n owner: Ana\n"
        "-customer: {who: 12 agents, pians: [slow]}\n+customer: {who: 12 agents, pains: [slow]}\n"
        " value: {metric: calls, how_it_pays: fewer calls}\n ---\n \n"
    )
    assert err == "2 findings in 1 document can be fixed with --fix\n"
    assert (repo / "docs/designs/wrong.md").read_text() == WRONG
    (repo / "docs/designs/wrong.md").write_text(ASKS)
    assert run(capsys, "--diff") == (0, "", "")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_git_applies_the_diff_to_the_very_bytes_that_fix_writes(repo: pathlib.Path, newline: str) -> None:
    source = WRONG.replace("\n", newline).replace("# Calls", "# C\u00e4lls \U0001f600").removesuffix(newline)
    (repo / "docs/designs/a clean one.md").write_bytes(b"\xef\xbb\xbf" + source.encode())
    command = [sys.executable, "-m", "mlvalue", "lint"]
    shown = subprocess.run([*command, "--diff"], capture_output=True, check=False)
    copy = repo / "copy"
    shutil.copytree(repo / "docs", copy / "docs")
    subprocess.run(["git", "init", "-q"], cwd=copy, check=True)
    subprocess.run(["git", "-c", "core.autocrlf=false", "apply", "-p0", "--whitespace=nowarn"], cwd=copy, input=shown.stdout, check=True)
    subprocess.run([*command, "--fix"], capture_output=True, check=True)
    for name in ("a clean one.md", "wrong.md"):
        assert (copy / "docs/designs" / name).read_bytes() == (repo / "docs/designs" / name).read_bytes()
    assert (repo / "docs/designs/a clean one.md").read_bytes() == source.replace("Idea", "idea").replace("pians", "pains").encode()


def test_a_diff_has_the_colors_of_git_and_cant_steer_the_terminal(
    repo: pathlib.Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.delenv("NO_COLOR", raising=False)
    (repo / "docs/designs/wrong.md").write_text(WRONG.replace("# Calls", "\u202e# Calls").replace("owner: Ana", "owner: \u202eAna"))
    _, out, _ = run(capsys, "--diff")
    assert "\x1b[1m--- docs/designs/wrong.md\x1b[0m\n" in out
    assert "\x1b[36m@@ -1,7 +1,7 @@\x1b[0m\n ---\n\x1b[31m-stage: Idea\x1b[0m\n\x1b[32m+stage: idea\x1b[0m\n" in out
    assert "\u202e" not in out


def test_fix_and_diff_exclude_each_other(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    del repo
    assert cli.main(["lint", "--fix", "--diff"]) == 2
    assert "not allowed with" in capsys.readouterr().err


def test_only_what_chosen_rules_find_is_fixed(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "--fix", "--ignore", "unknown-field")
    assert (repo / "docs/designs/wrong.md").read_text() == CLEAN.replace("pains:", "pians:")
    run(capsys, "--fix", "--select", "wording")
    assert (repo / "docs/designs/wrong.md").read_text() == CLEAN.replace("pains:", "pians:")
    run(capsys, "--fix", "--select", "unknown-field")
    assert (repo / "docs/designs/wrong.md").read_text() == CLEAN


def test_a_sign_is_dropped_only_if_it_is_that_of_the_own_currency(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = repo / "docs/designs/wrong.md"
    source = CLEAN.replace("calls}\n", "calls, per_year: [$4k, $5k, $6k]}\n")
    file.write_text(source)
    run(capsys, "--fix")
    assert file.read_text() == source
    (repo / "mlvalue.toml").write_text('currency = "USD"\n')
    run(capsys, "--fix")
    assert file.read_text() == CLEAN.replace("calls}\n", "calls, per_year: [4k, 5k, 6k]}\n")


def stdin(monkeypatch: pytest.MonkeyPatch, source: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(source)))


def test_standard_input_is_fixed_to_standard_output(repo: pathlib.Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    del repo
    stdin(monkeypatch, WRONG.replace("owner: Ana\n", "").encode())
    status, out, err = run(capsys, "-", "--fix", "--stdin-filename", "docs/designs/x.md", "--output-format", "concise")
    assert (status, out) == (1, ASKS)
    assert err.startswith("docs/designs/x.md:2:8: error[missing-field]")
    stdin(monkeypatch, CLEAN.encode())
    assert run(capsys, "-", "--fix") == (0, CLEAN, "1 document, no findings\n")
    stdin(monkeypatch, WRONG.encode())
    status, out, _ = run(capsys, "-", "--diff", "--stdin-filename", "x.md")
    assert (status, out.partition("\n")[0]) == (1, "--- x.md")


def test_the_hook_is_quiet_when_there_is_nothing_to_tell(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(repo / "docs/designs/wrong.md")
    assert run(capsys, "--hook", "--fix", path) == (0, "1 document, no findings; 2 fixed\n", "")
    assert run(capsys, "--hook", "--fix", path) == (0, "", "")
    assert run(capsys, "--hook", "--diff", path) == (0, "", "")


def test_json_carries_each_fix_with_its_edits(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repo / "docs/designs/wrong.md").write_bytes(b"\xef\xbb\xbf" + WRONG.encode())
    _, out, _ = run(capsys, "docs/designs/wrong.md", "--output-format", "json")
    found = json.loads(out)
    jsonschema.validate(found, definitions.published("report"))
    assert [each["fix"] for each in found["diagnostics"]] == [
        {"title": "delete the byte order mark", "edits": [{"line": 1, "column": 0, "end_line": 1, "end_column": 1, "text": ""}]},
        {"title": "write `idea`", "edits": [{"line": 2, "column": 8, "end_line": 2, "end_column": 12, "text": "idea"}]},
        {"title": "write `pains`", "edits": [{"line": 4, "column": 28, "end_line": 4, "end_column": 33, "text": "pains"}]},
    ]


@pytest.mark.parametrize("source", [WRONG.encode("utf-16"), WRONG.replace("Ana", "\u00c4na").encode("latin-1"), WRONG.replace("Ana", "A\0na").encode()])
def test_what_is_no_text_is_never_touched(repo: pathlib.Path, capsys: pytest.CaptureFixture[str], source: bytes) -> None:
    (repo / "docs/designs/wrong.md").write_bytes(source)
    run(capsys, "--fix", "--ignore", "unreadable-text")
    assert (repo / "docs/designs/wrong.md").read_bytes() == source


def test_a_symlink_stays_one_and_a_mode_is_kept(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, link = repo / "docs/designs/wrong.md", repo / "docs/designs/link.md"
    target = repo / "elsewhere.txt"
    file.rename(target)
    target.chmod(0o640)
    file.symlink_to("../../elsewhere.txt")
    link.symlink_to("wrong.md")
    assert run(capsys, "--fix") == (0, "3 documents, no findings; 2 fixed\n", "")
    assert (file.readlink(), link.readlink()) == (pathlib.Path("../../elsewhere.txt"), pathlib.Path("wrong.md"))
    assert target.read_text() == CLEAN
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert sorted(path.name for path in repo.iterdir()) == ["docs", "elsewhere.txt"]


def test_a_read_only_file_is_told_and_the_others_are_fixed(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    closed = repo / "docs/designs/closed.md"
    closed.write_text(WRONG)
    closed.chmod(0o444)
    status, out, err = run(capsys, "--fix")
    assert (status, err) == (2, "mlvalue: can't write docs/designs/closed.md: the file is read-only; it is as it was\n")
    assert out.startswith("docs/designs/closed.md:2:8: error[invalid-value]")
    assert out.endswith("3 documents: 2 errors, no warnings; 2 fixed; 2 can be fixed with --fix\n")
    assert closed.read_text() == WRONG
    assert (repo / "docs/designs/wrong.md").read_text() == CLEAN


def test_a_write_that_fails_half_way_leaves_the_file_as_it_was(repo: pathlib.Path) -> None:
    source = WRONG + "Text.\n" * 200
    (repo / "docs/designs/wrong.md").write_text(source)
    before = sorted(path.name for path in (repo / "docs/designs").iterdir())
    result = subprocess.run(
        [sys.executable, "-m", "mlvalue", "lint", "--fix", "--select", "front_matter"],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (500, 500)),
    )
    assert (result.returncode, result.stderr) == (2, "mlvalue: can't write docs/designs/wrong.md: File too large; it is as it was\n")
    assert (repo / "docs/designs/wrong.md").read_text() == source
    assert sorted(path.name for path in (repo / "docs/designs").iterdir()) == before
