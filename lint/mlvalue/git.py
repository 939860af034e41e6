"""What git knows of the files at another time. Asks only for objects: no index and no setting of a hook can confuse it."""

import os
import pathlib
import subprocess
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from mlvalue.paths import UsageError

LOCAL = (
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_CONFIG",
    "GIT_DIR",
    "GIT_GRAFT_FILE",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_NAMESPACE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_SHALLOW_FILE",
    "GIT_WORK_TREE",
)
"""What a hook of another repository, or of this one, may have set; `git rev-parse --local-env-vars` lists them."""
REGULAR = b"100"
"""How the modes of files begin that are neither links nor repositories."""


class Tree(NamedTuple):
    """The files of a repository at some time: ids of their content by path from the *top* of the working tree."""

    top: pathlib.Path
    ids: Mapping[str, str]


def tree(folder: pathlib.Path, revision: str) -> Tree:
    """The files at *revision* of the repository that *folder* is in; `main...` means where `HEAD` left `main`.

    Raises:
        UsageError: if there is no git, no repository or no such revision.
    """
    asked = _run(folder, "rev-parse", "--show-toplevel")
    if asked.returncode:
        raise UsageError(f"--since needs a git repository, and {folder} is in none that git can use: {_said(asked)}")
    top = pathlib.Path(os.fsdecode(asked.stdout.removesuffix(b"\n")))
    found = _resolved(top, revision)
    if not found:
        return Tree(top, {})
    listed = _run(top, "ls-tree", "-r", "-z", "--full-tree", found)
    if listed.returncode:
        raise UsageError(f"--since {revision}: git can't read its files: {_said(listed)}")
    ids = {}
    for entry in listed.stdout.split(b"\0")[:-1]:
        facts, _, path = entry.partition(b"\t")
        mode, _, name = facts.split(b" ")
        if mode.startswith(REGULAR):
            ids[os.fsdecode(path)] = name.decode()
    return Tree(top, ids)


def contents(top: pathlib.Path, ids: Sequence[str]) -> dict[str, bytes]:
    """The contents of several *ids*.

    Raises:
        UsageError: if one isn't in this clone and can't be fetched.
    """
    done = _run(top, "cat-file", "--batch", given="".join(f"{name}\n" for name in ids).encode()) if ids else None
    found: dict[str, bytes] = {}
    cursor = 0
    for name in ids:
        assert done is not None
        end = done.stdout.find(b"\n", cursor)
        facts = done.stdout[cursor : max(end, cursor)].split()
        if len(facts) != len(("id", "type", "size")):
            raise UsageError(f"--since: git lacks an earlier version of a document ({name[:12]}): {_said(done)}")
        cursor = end + 1 + int(facts[2]) + 1
        found[name] = done.stdout[end + 1 : cursor - 1]
    return found


def _resolved(top: pathlib.Path, revision: str) -> str:
    """The id of the tree of a *revision*; empty for the `HEAD` of a repository without commits."""
    found = _id(top, f"{revision}^{{tree}}")
    if not found and "..." in revision:
        found = _fork(top, revision)
    elif not found and revision.endswith(".."):
        found = _id(top, f"{revision.removesuffix('..')}^{{tree}}")
    if found or (revision in {"HEAD", "@"} and not _run(top, "symbolic-ref", "--quiet", "HEAD").returncode):
        return found
    shallow = _run(top, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true"
    if shallow:
        raise UsageError(
            f"--since {revision}: this clone is shallow and doesn't hold it; fetch more history, "
            "like `git fetch --unshallow`, or `fetch-depth: 0` for actions/checkout"
        )
    raise UsageError(f"--since {revision}: git knows no such revision here; write a branch, tag or commit like origin/main, HEAD~3 or main...")


def _fork(top: pathlib.Path, revision: str) -> str:
    """The tree where two branches parted, empty if they never were one."""
    ours, _, theirs = revision.partition("...")
    ends = [_id(top, f"{name or 'HEAD'}^{{commit}}") for name in (ours, theirs)]
    base = _run(top, "merge-base", *ends).stdout.decode().strip() if all(ends) else ""
    return _id(top, f"{base}^{{tree}}") if base else ""


def _id(top: pathlib.Path, revision: str) -> str:
    if "\0" in revision or revision.startswith("^"):
        return ""
    return _run(top, "rev-parse", "--verify", "--quiet", "--end-of-options", revision).stdout.decode().strip()


def _run(folder: pathlib.Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    environment = {name: value for name, value in os.environ.items() if name not in LOCAL} | {"LC_ALL": "C"}
    try:
        return subprocess.run(["git", *arguments], cwd=folder, env=environment, input=given, capture_output=True, check=False)
    except FileNotFoundError as error:
        raise UsageError("--since asks git what has changed, and git isn't installed or not on the PATH") from error


def _said(done: subprocess.CompletedProcess[bytes]) -> str:
    """What git complained of, on one line."""
    return " ".join(os.fsdecode(done.stderr).split()).removeprefix("fatal: ") or f"exit status {done.returncode}"
