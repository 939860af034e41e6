"""The hook in a real git repository, by the real pre-commit and by prek."""

import pathlib
import shutil
import subprocess
import sys

import pytest

CLEAN = "---\nstage: idea\nowner: Ana\ncustomer: {who: 12 agents, pains: [slow]}\nvalue: {metric: calls, how_it_pays: fewer calls}\n---\n\n# Calls\n"
RUNNERS = ("pre-commit", "prek")


def git(folder: pathlib.Path, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
    return subprocess.run(["git", *identity, *arguments], cwd=folder, check=check, capture_output=True, text=True)


@pytest.fixture(name="hooks", scope="module")
def repository_with_the_manifest(root: pathlib.Path, tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """What a user's `repo:` names: the project as it is in the working tree, in a repository of its own."""
    folder = tmp_path_factory.mktemp("mlvalue")
    listed = git(root, "ls-files", "--cached", "--others", "--exclude-standard", "-z").stdout
    for name in listed.split("\0"):
        if name and (root / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(root / name, folder / name)
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "all")
    return folder


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
