"""A baseline in a repository that has findings already: it hides what was there, and only ever shrinks."""

import json
import pathlib
import subprocess
import tomllib

import jsonschema
import pytest

from mlvalue import cli, definitions

CLEAN = "---\nstage: idea\nowner: Ana\ncustomer: {who: 12 agents, pains: [slow]}\nvalue: {metric: calls, how_it_pays: fewer calls}\n---\n\n# Calls\n"
OWNERLESS = CLEAN.replace("owner: Ana\n", "")
PROMISE = "\nWe guarantee success.\n"
NAME = "mlvalue-baseline.toml"


@pytest.fixture(name="repo")
def old_repository(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    folder = tmp_path / "docs" / "designs"
    folder.mkdir(parents=True)
    (folder / "a.md").write_text(OWNERLESS + PROMISE * 2)
    (folder / "ü b.md").write_text("# Before there was front matter\n")
    (folder / "clean.md").write_text(CLEAN)
    (tmp_path / "mlvalue.toml").write_text("")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    capsys.readouterr()
    status = cli.main(("lint", *arguments))
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def test_what_was_there_is_recorded_a_line_each_and_fails_no_more(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys)[0] == 1
    status, out, err = run(capsys, "--write-baseline")
    assert (status, err) == (0, f"mlvalue: {NAME}: 4 findings in 2 documents recorded\n")
    assert (repo / NAME).read_text().partition("[findings]\n")[2].splitlines() == [
        '"docs/designs/a.md".guarantee = {errors = 2}',
        '"docs/designs/a.md".missing-field = {errors = 1}',
        '"docs/designs/ü b.md".missing-front-matter = {errors = 1}',
    ]
    assert out == "3 documents, no findings (4 findings known in the baseline)\n"
    assert run(capsys) == (0, out, "")


def test_a_baseline_is_as_its_schema_says(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "--write-baseline")
    jsonschema.Draft202012Validator(definitions.published("baseline")).validate(tomllib.loads((repo / NAME).read_text()))


def test_where_a_rule_finds_more_all_it_finds_there_is_shown(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "--write-baseline")
    (repo / "docs/designs/a.md").write_text(OWNERLESS + PROMISE * 3)
    status, out, _ = run(capsys)
    assert status == 1
    assert out.count("error[guarantee]") == 3
    assert "missing-field" not in out
    assert "2 of the 3 `guarantee` here are known, 1 new; nobody can tell which, so mend any 1" in out
    assert out.endswith("3 documents: 3 errors, no warnings (2 findings known in the baseline)\n")


@pytest.mark.parametrize("form", ["concise", "json"])
def test_what_is_known_is_in_no_format(repo: pathlib.Path, capsys: pytest.CaptureFixture[str], form: str) -> None:
    del repo
    run(capsys, "--write-baseline")
    _, out, _ = run(capsys, "--output-format", form)
    assert out == "" if form == "concise" else json.loads(out)["diagnostics"] == []


def test_a_finding_that_got_graver_is_new(repo: pathlib.Path, capsys: pytest.CaptureFixture[str], sample: str) -> None:
    loss = sample.replace("per_year: [400k, 600k, 800k]", "per_year: [1k, 2k, 3k]")
    (repo / "docs/designs/a.md").write_text(loss.replace("stage: approved", "stage: proposed"))
    run(capsys, "--write-baseline", "--select", "negative-npv", "--today", "2026-11-30")
    assert "negative-npv = {warnings = 1}" in (repo / NAME).read_text()
    (repo / "docs/designs/a.md").write_text(loss)
    status, out, _ = run(capsys, "--select", "negative-npv", "--today", "2026-11-30")
    assert (status, out.count("error[negative-npv]")) == (1, 1)
    assert "the baseline has no errors of `negative-npv` here, and there are 1 now" in out


def test_what_is_mended_is_told_and_pruned(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "--write-baseline")
    (repo / "docs/designs/a.md").write_text(CLEAN + PROMISE)
    (repo / "docs/designs/ü b.md").unlink()
    with (repo / NAME).open("a") as file:
        file.write('"docs/designs/clean.md".no-such-rule = {errors = 1}\n"README.md".guarantee = {warnings = 1}\n')
    (repo / "README.md").write_text("# Read me\n")
    before = (repo / NAME).read_bytes()
    status, _, err = run(capsys)
    assert status == 0
    assert err.splitlines() == [
        "mlvalue: README.md: guarantee 1 recorded, and it is no document of the settings",
        "mlvalue: docs/designs/a.md: guarantee 2 recorded, 1 found",
        "mlvalue: docs/designs/a.md: missing-field 1 recorded, none found",
        "mlvalue: docs/designs/clean.md: no-such-rule 1 recorded, and there is no such rule",
        "mlvalue: docs/designs/ü b.md: missing-front-matter 1 recorded, and there is no such file",
        "mlvalue: run `mlvalue lint --prune-baseline` to forget what is mended",
    ]
    assert (repo / NAME).read_bytes() == before
    status, _, err = run(capsys, "--prune-baseline")
    assert (status, err) == (0, f"mlvalue: {NAME}: 1 finding in 1 document left, 5 fewer\n")
    assert (repo / NAME).read_text().partition("[findings]\n")[2] == '"docs/designs/a.md".guarantee = {errors = 1}\n'
    assert run(capsys)[2] == ""
    assert run(capsys, "--prune-baseline")[2].endswith("left, as before\n")


@pytest.mark.parametrize("option", ["--write-baseline", "--prune-baseline"])
def test_a_baseline_never_grows(repo: pathlib.Path, capsys: pytest.CaptureFixture[str], option: str) -> None:
    run(capsys, "--write-baseline")
    (repo / "docs/designs/a.md").write_text(OWNERLESS + PROMISE * 3)
    (repo / "docs/designs/new.md").write_text(OWNERLESS)
    before = (repo / NAME).read_bytes()
    status, out, err = run(capsys, option)
    assert (repo / NAME).read_bytes() == before
    if option == "--write-baseline":
        assert (status, out) == (2, "")
        assert "only ever shrinks" in err
        assert (
            "delete the file to start anew:\n  docs/designs/a.md: guarantee 2 recorded, 3 found\n  docs/designs/new.md: missing-field none recorded, 1 found"
            in err
        )
    else:
        assert (status, out.count("error[")) == (1, 4)


def test_writing_again_prunes(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "--write-baseline")
    (repo / "docs/designs/a.md").write_text(CLEAN)
    assert run(capsys, "--write-baseline")[0] == 0
    assert "a.md" not in (repo / NAME).read_text()


def test_a_run_on_some_documents_or_rules_says_nothing_of_others(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "--write-baseline")
    (repo / "docs/designs/a.md").write_text(CLEAN)
    before = (repo / NAME).read_bytes()
    for arguments in (["docs/designs/clean.md"], ["--hook", "docs/designs/clean.md"], ["--select", "money"]):
        assert run(capsys, *arguments)[2] == ""
        run(capsys, "--prune-baseline", *arguments)
        assert (repo / NAME).read_bytes() == before
    assert "a.md: guarantee 2 recorded, none found" in run(capsys, "--hook", "docs/designs/a.md")[2]


def test_in_a_front_matter_that_cannot_be_read_nothing_is_mended(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "--write-baseline")
    (repo / "docs/designs/a.md").write_text(OWNERLESS.replace("stage: idea", "stage: [idea") + PROMISE * 2)
    status, out, err = run(capsys)
    assert (status, err) == (1, "")
    assert out.count("error[") == 1
    assert "invalid-yaml" in out


def test_git_merges_two_branches_that_mend_different_documents(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    def git(*arguments: str) -> None:
        identity = ["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *identity, *arguments], cwd=repo, check=True, capture_output=True)

    run(capsys, "--write-baseline")
    git("init", "--quiet", "--initial-branch=main")
    git("add", "--all")
    git("commit", "--message", "all")
    git("branch", "other")
    for branch, name, mended in (("main", "a.md", OWNERLESS), ("other", "\u00fc b.md", CLEAN)):
        git("switch", "--quiet", branch)
        (repo / "docs/designs" / name).write_text(mended)
        run(capsys, "--prune-baseline")
        git("commit", "--all", "--message", branch)
    git("merge", "main")
    assert (repo / NAME).read_text().partition("[findings]\n")[2] == '"docs/designs/a.md".missing-field = {errors = 1}\n'
    assert run(capsys) == (0, "3 documents, no findings (1 finding known in the baseline)\n", "")


def test_it_is_used_from_any_folder_and_can_be_left_out(repo: pathlib.Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "--write-baseline")
    monkeypatch.chdir(repo / "docs" / "designs")
    assert run(capsys, "a.md") == (0, "1 document, no findings (3 findings known in the baseline)\n", "")
    assert run(capsys, "--no-baseline", "a.md")[0] == 1


def test_a_baseline_may_lie_elsewhere(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "--write-baseline", "--baseline", "ci.toml")
    assert not (repo / NAME).exists()
    assert run(capsys)[0] == 1
    assert run(capsys, "--baseline", "ci.toml")[0] == 0


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"version = 2\n", "`version` is 2, and this mlvalue reads version 1"),
        (b"<<<<<<< HEAD\n", "(at line 1, column 1); after a merge keep one of two lines"),
        (b'version = 1\n[findings]\n"a.md".guarantee = {errors = 1}\n"a.md".guarantee = {errors = 2}\n', "(at line 4"),
        (b'version = 1\n[findings]\n"a.md".guarantee = 3\n', ":3: `guarantee` of 'a.md' is 3; write a line like `\"docs/x.md\".guarantee = {errors = 2}`"),
        (b'version = 1\n[findings]\n"a.md".guarantee = {errors = 0}\n', "`guarantee` of 'a.md' is {\"errors\": 0}"),
        (b'version = 1\n[findings]\n"a.md".guarantee = {errors = true}\n', "write a line like"),
        (b'version = 1\n[findings]\n"a.md".guarantee = {}\n', "write a line like"),
        (b'version = 1\n[findings]\n"a.md" = 3\n', ":3: 'a.md' is 3"),
        (b"version = 1\nfindings = 3\n", "'findings' where only lines below [findings] belong"),
        (b"version = 1\nmore = 3\n", "'more' where only lines below [findings] belong"),
        (b"\xff", "byte 1 is no UTF-8"),
    ],
)
def test_a_broken_baseline_is_told_with_its_place_and_kept(repo: pathlib.Path, capsys: pytest.CaptureFixture[str], content: bytes, told: str) -> None:
    (repo / NAME).write_bytes(content)
    for arguments in ([], ["--write-baseline"], ["--prune-baseline"]):
        status, out, err = run(capsys, *arguments)
        assert (status, out) == (2, "")
        assert err.startswith(f"mlvalue: {NAME}:")
        assert told in err
    assert (repo / NAME).read_bytes() == content


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--prune-baseline"], f"no such file: {NAME}; `mlvalue lint --write-baseline` makes a baseline"),
        (["--baseline", "x.toml"], "no such file: x.toml"),
        (["--baseline", "docs"], "docs: can't be read"),
        (["--no-baseline", "--write-baseline"], "--write-baseline and --no-baseline don't go together"),
        (["--write-baseline", "-"], "standard input is no file of the repository"),
        (["--write-baseline", "--baseline", "nowhere/x.toml"], "can't write nowhere/x.toml: No such file or directory"),
    ],
)
def test_what_cannot_be_done_is_told(repo: pathlib.Path, capsys: pytest.CaptureFixture[str], arguments: list[str], told: str) -> None:
    del repo
    status, _, err = run(capsys, *arguments)
    assert status == 2
    assert told in err


def test_a_linked_baseline_is_written_where_it_lies_and_keeps_its_mode(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "--write-baseline")
    (repo / "real.toml").write_bytes((repo / NAME).read_bytes())
    (repo / "real.toml").chmod(0o640)
    (repo / NAME).unlink()
    (repo / NAME).symlink_to("real.toml")
    (repo / "docs/designs/a.md").write_text(CLEAN)
    run(capsys, "--prune-baseline")
    assert (repo / NAME).is_symlink()
    assert (repo / "real.toml").stat().st_mode & 0o777 == 0o640
    assert "a.md" not in (repo / "real.toml").read_text()
    assert sorted(path.name for path in repo.iterdir()) == ["docs", NAME, "mlvalue.toml", "real.toml"]
