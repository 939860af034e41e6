"""`--since` in real git repositories: documents that changed, and only what the revision didn't have."""

import pathlib
import shutil
import subprocess

import pytest

from mlvalue import cli

CLEAN = "---\nstage: idea\nowner: Ana\ncustomer: {who: 12 agents, pains: [slow]}\nvalue: {metric: calls, how_it_pays: fewer calls}\n---\n\n# Calls\n"
OWNERLESS = CLEAN.replace("owner: Ana\n", "")
OLD = OWNERLESS + "\nWe guarantee success.\n"
IDENTITY = ["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false", "-c", "protocol.file.allow=always"]


def git(folder: pathlib.Path, *arguments: str) -> str:
    return subprocess.run(["git", *IDENTITY, *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


def commit(folder: pathlib.Path, message: str = "all") -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", message)


def write(folder: pathlib.Path, name: str, text: str) -> pathlib.Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path


@pytest.fixture(name="repo")
def repository_with_old_findings(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"):
        monkeypatch.delenv(name, raising=False)
    repo = tmp_path / "repo"
    write(repo, "docs/designs/a.md", OLD)
    write(repo, "docs/designs/b.md", OLD)
    git(repo, "init", "--quiet", "--initial-branch=main")
    commit(repo)
    monkeypatch.chdir(repo)
    return repo


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    capsys.readouterr()
    status = cli.main(("lint", "--output-format", "concise", *arguments))
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def places(out: str) -> list[str]:
    """`a.md:9 guarantee` for each line of a report."""
    return [f"{line.split(':')[0].removeprefix('docs/designs/')}:{line.split(':')[1]} {line.split('[')[1].split(']')[0]}" for line in out.splitlines()]


def test_nothing_changed_is_nothing_found(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    del repo
    assert run(capsys)[0] == 1
    assert run(capsys, "--since", "HEAD") == (0, "", "mlvalue: no document changed since HEAD\n")


def test_of_a_changed_document_only_what_is_new_is_shown(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(repo, "docs/designs/a.md", OLD.replace("# Calls\n", "# Calls\n\nSome words above.\n") + "\nIt will definitely pay off.\n")
    status, out, _ = run(capsys, "--since", "HEAD")
    assert (status, places(out)) == (1, ["a.md:13 guarantee"])
    assert cli.main(["lint", "--since", "HEAD"]) == 1
    assert capsys.readouterr().out.endswith("1 document: 1 error, no warnings (2 findings from before)\n")


def test_of_equal_findings_the_one_in_a_new_line_is_new(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(repo, "docs/designs/a.md", OLD.replace("# Calls\n", "# Calls\n\nThis is a word: we guarantee success.\n"))
    assert places(run(capsys, "--since", "HEAD")[1]) == ["a.md:9 guarantee"]


def test_an_old_finding_in_a_reworded_line_stays_old(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(repo, "docs/designs/a.md", OLD.replace("We guarantee success.", "With this, we guarantee\nsuccess."))
    assert run(capsys, "--since", "HEAD")[:2] == (0, "")


def test_staged_untracked_and_committed_changes_count(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(repo, "switch", "--quiet", "--create", "work")
    write(repo, "docs/designs/committed.md", OWNERLESS)
    commit(repo)
    write(repo, "docs/designs/staged.md", OWNERLESS)
    git(repo, "add", "--all")
    write(repo, "docs/designs/un tracked ü.md", OWNERLESS)
    wanted = ["committed.md:2 missing-field", "staged.md:2 missing-field", "un tracked ü.md:2 missing-field"]
    assert places(run(capsys, "--since", "main")[1]) == wanted
    assert places(run(capsys, "--since", "HEAD")[1]) == wanted[1:]


def test_three_dots_mean_where_the_branch_began(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(repo, "switch", "--quiet", "--create", "work")
    write(repo, "docs/designs/work.md", OWNERLESS)
    commit(repo)
    git(repo, "switch", "--quiet", "main")
    write(repo, "docs/designs/a.md", CLEAN)
    commit(repo)
    git(repo, "switch", "--quiet", "work")
    assert places(run(capsys, "--since", "main...")[1]) == ["work.md:2 missing-field"]
    assert places(run(capsys, "--since", "main")[1]) == ["a.md:2 missing-field", "a.md:9 guarantee", "work.md:2 missing-field"]
    assert run(capsys, "--since", "main..")[1] == run(capsys, "--since", "main")[1]


@pytest.mark.parametrize("staged", [True, False])
def test_a_renamed_document_keeps_its_old_findings(repo: pathlib.Path, capsys: pytest.CaptureFixture[str], *, staged: bool) -> None:
    (repo / "docs/designs/a.md").rename(repo / "docs/designs/-a new\nname.md")
    write(repo, "docs/designs/-a new\nname.md", OLD + "\nIt will definitely pay off.\n")
    if staged:
        git(repo, "add", "--all")
    status, out, _ = run(capsys, "--since", "HEAD")
    assert (status, out.count("\n")) == (1, 1)
    assert out.startswith("docs/designs/-a new name.md:11:")


def test_a_moved_folder_is_followed_file_by_file(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(repo, "docs/designs/c.md", OLD + "\nAnother one.\n")
    commit(repo)
    (repo / "docs/designs").rename(repo / "docs/moved")
    write(repo, "docs/designs/d.md", OWNERLESS.replace("12 agents", "40 planners").replace("# Calls", "# Plans\n\nQuite another text\nof several\nlines."))
    assert run(capsys, "--since", "HEAD", "docs/moved")[:2] == (0, "")
    assert "d.md:2 missing-field" in places(run(capsys, "--since", "HEAD")[1])


def test_evidence_is_looked_for_beside_the_document(repo: pathlib.Path, capsys: pytest.CaptureFixture[str], sample: str) -> None:
    linked = sample.replace("https://example.com/pilot", "pilot.md#results")
    write(repo, "docs/designs/pilot.md", CLEAN)
    write(repo, "docs/designs/a.md", linked)
    commit(repo)
    write(repo, "docs/designs/a.md", linked + "\nMore.\n")
    assert run(capsys, "--since", "HEAD", "--select", "broken-link")[:2] == (0, "")

    (repo / "docs/designs/pilot.md").unlink()
    assert places(run(capsys, "--since", "HEAD", "--select", "broken-link")[1]) == ["a.md:14 broken-link"]

    git(repo, "checkout", "--quiet", "docs/designs/pilot.md")
    (repo / "docs/designs/below").mkdir()
    git(repo, "mv", "docs/designs/a.md", "docs/designs/below/a.md")
    assert places(run(capsys, "--since", "HEAD", "--select", "broken-link")[1]) == ["below/a.md:14 broken-link"]


def test_a_warning_that_became_an_error_is_new(repo: pathlib.Path, capsys: pytest.CaptureFixture[str], sample: str) -> None:
    loss = sample.replace("per_year: [400k, 600k, 800k]", "per_year: [1k, 2k, 3k]")
    write(repo, "docs/designs/a.md", loss.replace("stage: approved", "stage: proposed"))
    commit(repo)
    write(repo, "docs/designs/a.md", loss.replace("stage: approved", "stage: proposed") + "\nMore.\n")
    assert run(capsys, "--since", "HEAD", "--select", "negative-npv")[:2] == (0, "")
    write(repo, "docs/designs/a.md", loss)
    assert run(capsys, "--since", "HEAD", "--select", "negative-npv")[0] == 1


def test_a_document_that_could_not_be_read_had_none_of_its_findings(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(repo, "docs/designs/a.md", OLD.replace("stage: idea", "stage: [idea"))
    commit(repo)
    write(repo, "docs/designs/a.md", OLD)
    assert places(run(capsys, "--since", "HEAD")[1]) == ["a.md:2 missing-field"]


def test_other_line_ends_are_no_change(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(repo, "docs/designs/a.md", OLD.replace("\n", "\r\n"))
    assert run(capsys, "--since", "HEAD")[2] == "mlvalue: no document changed since HEAD\n"


def test_what_a_hook_sets_confuses_nothing(repo: pathlib.Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    write(repo, "docs/designs/a.md", OLD + "\nIt will definitely pay off.\n")
    monkeypatch.setenv("GIT_DIR", "/nowhere/.git")
    monkeypatch.setenv("GIT_INDEX_FILE", "/nowhere/index")
    monkeypatch.setenv("GIT_WORK_TREE", "/nowhere")
    assert places(run(capsys, "--since", "HEAD")[1]) == ["a.md:11 guarantee"]


def test_a_first_commit_has_no_head_and_all_is_new(tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "docs/designs/a.md", OWNERLESS)
    git(tmp_path, "init", "--quiet")
    monkeypatch.chdir(tmp_path)
    assert places(run(capsys, "--since", "HEAD")[1]) == ["a.md:2 missing-field"]
    assert run(capsys, "--since", "main")[0] == 2


def test_links_submodules_and_linked_work_trees_are_no_trouble(repo: pathlib.Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    other = repo.parent / "other"
    write(other, "docs/designs/c.md", OWNERLESS)
    git(other, "init", "--quiet", "--initial-branch=main")
    commit(other)
    git(repo, "submodule", "--quiet", "add", str(other), "docs/designs/sub")
    (repo / "docs/designs/link.md").symlink_to("a.md")
    (repo / "docs/designs/outside.md").symlink_to(other / "docs/designs/c.md")
    (repo / "docs/designs/dangling.md").symlink_to("nowhere.md")
    commit(repo)
    git(repo, "worktree", "add", "--quiet", "-b", "second", "../second")
    assert places(run(capsys, "--since", "HEAD")[1]) == ["outside.md:2 missing-field", "sub/docs/designs/c.md:2 missing-field"]
    write(repo, "docs/designs/a.md", OLD + "\nIt will definitely pay off.\n")
    assert {"a.md:11 guarantee", "link.md:11 guarantee"} <= set(places(run(capsys, "--since", "HEAD")[1]))
    monkeypatch.chdir(repo.parent / "second")
    assert "a.md" not in run(capsys, "--since", "HEAD")[1]


def test_from_a_folder_below_and_with_paths(repo: pathlib.Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    write(repo, "mlvalue.toml", "")
    for name in ("a.md", "b.md"):
        write(repo, f"docs/designs/{name}", OLD + "\nIt will definitely pay off.\n")
    monkeypatch.chdir(repo / "docs" / "designs")
    assert places(run(capsys, "--since", "HEAD", "b.md")[1]) == ["b.md:11 guarantee"]
    assert places(run(capsys, "--since", "HEAD")[1]) == ["a.md:11 guarantee", "b.md:11 guarantee"]


def test_with_a_baseline_it_says_which_are_new(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "--write-baseline")
    write(repo, "docs/designs/a.md", OLD + "\nIt will definitely pay off.\n")
    assert places(run(capsys)[1]) == ["a.md:9 guarantee", "a.md:11 guarantee"]
    assert places(run(capsys, "--since", "HEAD")[1]) == ["a.md:11 guarantee"]
    cli.main(["lint", "--since", "HEAD"])
    assert "nobody can tell" not in capsys.readouterr().out


@pytest.mark.parametrize("revision", ["nowhere", "-x", "--all", "", "a b", "main...nowhere", "^HEAD", "HEAD:docs/designs/a.md"])
def test_an_unknown_revision_is_told(repo: pathlib.Path, capsys: pytest.CaptureFixture[str], revision: str) -> None:
    del repo
    status, out, err = run(capsys, f"--since={revision}")
    assert (status, out) == (2, "")
    assert err == f"mlvalue: --since {revision}: git knows no such revision here; write a branch, tag or commit like origin/main, HEAD~3 or main...\n"


def test_a_shallow_clone_is_told_what_to_fetch(repo: pathlib.Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    commit(repo, "second")
    git(repo.parent, "clone", "--quiet", "--depth", "1", f"file://{repo}", "shallow")
    monkeypatch.chdir(repo.parent / "shallow")
    status, _, err = run(capsys, "--since", "HEAD~1")
    assert status == 2
    assert "this clone is shallow and doesn't hold it; fetch more history, like `git fetch --unshallow`, or `fetch-depth: 0`" in err
    assert run(capsys, "--since", "HEAD")[0] == 0


def test_no_repository_and_no_git_are_told(tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "docs/designs/a.md", OLD)
    monkeypatch.chdir(tmp_path)
    status, _, err = run(capsys, "--since", "HEAD")
    assert status == 2
    assert "--since needs a git repository, and" in err
    assert "not a git repository" in err
    monkeypatch.setenv("PATH", str(tmp_path))
    assert shutil.which("git") is None
    status, _, err = run(capsys, "--since", "HEAD")
    assert (status, err) == (2, "mlvalue: --since asks git what has changed, and git isn't installed or not on the PATH\n")


def test_standard_input_has_no_revision(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    del repo
    assert run(capsys, "--since", "HEAD", "-") == (2, "", "mlvalue: --since compares files, and standard input is none\n")
