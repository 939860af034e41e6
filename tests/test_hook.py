"""The hook in a real git repository, by the real pre-commit and by prek."""

import contextlib
import pathlib
import shutil
import subprocess
import sys

import pytest
from once import Once

from mlvalue import cli

CLEAN = "---\nstage: idea\nowner: Ana\ncustomer: {who: 12 agents, pains: [slow]}\nvalue: {metric: calls, how_it_pays: fewer calls}\n---\n\n# Calls\n"
RUNNERS = ("pre-commit", "prek")


def git(folder: pathlib.Path, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
    return subprocess.run(["git", *identity, *arguments], cwd=folder, check=check, capture_output=True, text=True)


@pytest.fixture(name="hooks", scope="module")
def repository_with_the_manifest(root: pathlib.Path, once: Once) -> pathlib.Path:
    """What a user's `repo:` names: the project as it is in the working tree, in a repository of its own."""

    def copy(folder: pathlib.Path) -> None:
        listed = git(root, "ls-files", "--cached", "--others", "--exclude-standard", "-z").stdout
        for name in listed.split("\0"):
            if name and (root / name).is_file():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(root / name, folder / name)
        git(folder, "init", "--quiet", "--initial-branch=main")
        git(folder, "add", "--all")
        git(folder, "commit", "--quiet", "--message", "all")

    return once("mlvalue", copy)


@pytest.fixture(name="repo", params=RUNNERS)
def repository_of_a_user(request: pytest.FixtureRequest, hooks: pathlib.Path, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    revision = git(hooks, "rev-parse", "HEAD").stdout.strip()
    cache = hooks.parent / f"cache-{request.param}"
    monkeypatch.setenv("PRE_COMMIT_HOME", str(cache))
    monkeypatch.setenv("PREK_HOME", str(cache))
    monkeypatch.delenv("GIT_INDEX_FILE", raising=False)
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    (tmp_path / ".pre-commit-config.yaml").write_text(f"repos:\n- repo: {hooks}\n  rev: {revision}\n  hooks: [{{id: mlvalue-lint}}]\n")
    git(tmp_path, "add", ".pre-commit-config.yaml")
    runner = pathlib.Path(sys.executable).parent / str(request.param)
    subprocess.run([runner, "install"], cwd=tmp_path, check=True, capture_output=True)
    return tmp_path


def write(repo: pathlib.Path, name: str, text: str, *, stage: bool = True) -> None:
    path = repo / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    if stage:
        git(repo, "add", name)


def test_a_commit_is_refused_until_its_document_is_complete(repo: pathlib.Path) -> None:
    write(repo, "README.md", "# Read me\n")
    write(repo, "docs/designs/calls.md", CLEAN.replace("owner: Ana\n", ""))
    refused = git(repo, "commit", "--message", "first", check=False)
    said = refused.stdout + refused.stderr
    assert refused.returncode == 1
    assert "docs/designs/calls.md:2:8: error[missing-field] `owner` is missing" in said
    assert "README" not in said
    assert git(repo, "rev-list", "--all", "--count").stdout.strip() == "0"

    write(repo, "docs/designs/calls.md", CLEAN)
    git(repo, "commit", "--message", "second")
    assert git(repo, "ls-files").stdout.split() == [".pre-commit-config.yaml", "README.md", "docs/designs/calls.md"]


def test_what_is_staged_counts_and_not_the_working_tree(repo: pathlib.Path) -> None:
    write(repo, "docs/designs/calls.md", CLEAN)
    write(repo, "docs/designs/calls.md", "not even front matter\n", stage=False)
    git(repo, "commit", "--message", "the staged one is complete")
    assert (repo / "docs/designs/calls.md").read_text() == "not even front matter\n"

    git(repo, "add", "docs/designs/calls.md")
    write(repo, "docs/designs/calls.md", CLEAN, stage=False)
    refused = git(repo, "commit", "--message", "the staged one is broken", check=False)
    assert refused.returncode == 1
    assert "missing-front-matter" in refused.stdout + refused.stderr


def test_a_readme_alone_passes(repo: pathlib.Path) -> None:
    write(repo, "README.md", "We guarantee everything.\n")
    git(repo, "commit", "--message", "read me")


def test_a_warning_is_shown_though_the_commit_passes(repo: pathlib.Path) -> None:
    write(repo, "docs/designs/calls.md", CLEAN + "\n<!-- mlvalue: allow guarantee: no need -->\nText.\n")
    done = git(repo, "commit", "--message", "with a warning")
    assert "warning[unused-allow]" in done.stdout + done.stderr


def configure(repo: pathlib.Path, arguments: str) -> None:
    """Give the hook arguments."""
    config = repo / ".pre-commit-config.yaml"
    config.write_text(config.read_text().replace("{id: mlvalue-lint}", f"{{id: mlvalue-lint, args: [{arguments}]}}"))
    git(repo, "add", ".pre-commit-config.yaml")


def lint(repo: pathlib.Path, *arguments: str) -> None:
    with contextlib.chdir(repo):
        assert cli.main(["lint", *arguments]) == 0


OLD = CLEAN.replace("owner: Ana\n", "") + "\nWe guarantee success.\n"


def test_in_an_old_repository_a_baseline_lets_pass_what_was_there(repo: pathlib.Path) -> None:
    write(repo, "docs/designs/old.md", OLD)
    write(repo, "docs/designs/older.md", "# Before there was front matter\n")
    git(repo, "commit", "--no-verify", "--message", "before")
    lint(repo, "--write-baseline")
    write(repo, "docs/designs/old.md", OLD + "\nMore words.\n")
    git(repo, "add", "mlvalue-baseline.toml")
    git(repo, "commit", "--message", "a baseline, and a change that brings nothing new")

    write(repo, "docs/designs/old.md", OLD + "\nIt will definitely pay off.\n")
    refused = git(repo, "commit", "--message", "a second promise", check=False)
    said = refused.stdout + refused.stderr
    assert refused.returncode == 1
    assert "1 of the 2 `guarantee` here are known, 1 new" in said
    assert "missing-field" not in said

    write(repo, "docs/designs/old.md", CLEAN)
    done = git(repo, "commit", "--message", "mended")
    assert "docs/designs/old.md: guarantee 1 recorded, none found" in done.stdout + done.stderr
    assert "older.md" not in done.stdout + done.stderr
    lint(repo, "--prune-baseline")
    assert "old.md" not in (repo / "mlvalue-baseline.toml").read_text()
    assert "older.md" in (repo / "mlvalue-baseline.toml").read_text()


def test_with_since_a_hook_refuses_only_what_a_commit_brings(repo: pathlib.Path) -> None:
    configure(repo, "--since, HEAD")
    write(repo, "docs/designs/new.md", OLD)
    refused = git(repo, "commit", "--message", "the first commit of all, where there is no HEAD", check=False)
    assert "missing-field" in refused.stdout + refused.stderr
    git(repo, "mv", "docs/designs/new.md", "docs/designs/-old ü.md")
    git(repo, "commit", "--no-verify", "--message", "before")

    write(repo, "docs/designs/-old ü.md", OLD + "\nMore words.\n")
    git(repo, "commit", "--message", "a change that brings nothing new")
    git(repo, "mv", "docs/designs/-old ü.md", "docs/designs/renamed.md")
    git(repo, "commit", "--message", "a new name brings nothing new either")

    write(repo, "docs/designs/renamed.md", OLD + "\nMore words.\n\nIt will definitely pay off.\n")
    for arguments in ([], ["docs/designs/renamed.md"], ["--all"]):
        refused = git(repo, "commit", "--message", "a second promise", *arguments, check=False)
        said = refused.stdout + refused.stderr
        assert refused.returncode == 1
        assert "docs/designs/renamed.md:13:" in said
        assert "1 document: 1 error, no warnings (2 findings from before)" in said

    write(repo, "docs/designs/renamed.md", OLD)
    write(repo, "docs/designs/renamed.md", OLD + "\nIt will definitely pay off.\n", stage=False)
    git(repo, "commit", "--message", "only what is staged counts")


def test_with_since_a_branch_is_checked_in_a_linked_work_tree(repo: pathlib.Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    configure(repo, "--since, main...")
    write(repo, "docs/designs/old.md", OLD)
    git(repo, "commit", "--no-verify", "--message", "before")
    tree = tmp_path_factory.mktemp("tree") / "linked"
    git(repo, "worktree", "add", "--quiet", "-b", "work", str(tree))
    write(tree, "docs/designs/old.md", OLD + "\nMore words.\n")
    git(tree, "commit", "--message", "nothing new")
    write(tree, "docs/designs/old.md", OLD + "\nIt will definitely pay off.\n")
    refused = git(tree, "commit", "--message", "a second promise", check=False)
    assert refused.returncode == 1
    assert "1 document: 1 error" in refused.stdout + refused.stderr


def test_a_hook_that_fixes_shows_the_change_before_it_is_committed(repo: pathlib.Path) -> None:
    config = repo / ".pre-commit-config.yaml"
    write(repo, config.name, config.read_text().replace("{id: mlvalue-lint}", "{id: mlvalue-lint, args: [--fix]}"))
    write(repo, "docs/designs/calls.md", CLEAN.replace("pains:", "pians:"))
    refused = git(repo, "commit", "--message", "with a slip", check=False)
    assert refused.returncode == 1
    assert "files were modified by this hook" in (refused.stdout + refused.stderr).lower()
    assert (repo / "docs/designs/calls.md").read_text() == CLEAN

    git(repo, "add", "docs/designs/calls.md")
    git(repo, "commit", "--message", "without it")
