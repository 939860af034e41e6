"""`--add-allow` writes comments into real files, and nothing else in them changes."""

import difflib
import pathlib
import subprocess

import pytest

from mlvalue import cli

HEAD = "---\nstage: idea\nowner: Ana\ncustomer: {who: 12 agents, pains: [slow]}\nvalue: {metric: calls, how_it_pays: fewer calls}\n---\n\n# Calls\n\n"
HTML = "<!-- mlvalue: allow guarantee: the contract says so -->"
YAML = "# mlvalue: allow {}: the contract says so"


@pytest.fixture(name="file")
def document_in_a_repository(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "docs/designs").mkdir(parents=True)
    return tmp_path / "docs/designs/a.md"


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    capsys.readouterr()
    status = cli.main(("lint", "--output-format", "concise", "--today", "2026-11-30", *arguments))
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def added(before: str, after: str) -> list[str]:
    """The lines that are new or changed; none is gone."""
    changes = list(difflib.ndiff(before.split("\n"), after.split("\n")))
    return [line[2:] for line in changes if line.startswith("+ ")]


BODIES = {
    "a paragraph": (
        "Before.\n\nHere\nwe guarantee success, we\nguarantee growth.\n",
        f"Before.\n\n{HTML}\nHere\nwe guarantee success, we\nguarantee growth.\n",
    ),
    "below a heading": ("## Text\nWe guarantee success.\n", f"## Text\n{HTML}\nWe guarantee success.\n"),
    "a heading": ("Text.\n## We guarantee success\nText.\n", f"Text.\n{HTML}\n## We guarantee success\nText.\n"),
    "a heading with a line": ("We guarantee success\n---\nText.\n", f"{HTML}\nWe guarantee success\n---\nText.\n"),
    "an item": ("- one\n- we guarantee success  \n- three\n", f"- one\n- we guarantee success {HTML}  \n- three\n"),
    "an item of two lines": (
        "1. one\n2. in two lines\n   we guarantee success\n   or not\n",
        f"1. one\n2. in two lines\n   we guarantee success {HTML}\n   or not\n",
    ),
    "an item that breaks its line": ("- we guarantee success\\\n  and more\n", f"{HTML}\n- we guarantee success\\\n  and more\n"),
    "a table": ("| a | b |\n| - | - |\n| we guarantee success | c |\n", f"{HTML}\n| a | b |\n| - | - |\n| we guarantee success | c |\n"),
    "an admonition": ("!!! note\n\n    We guarantee success.\n", f"!!! note\n\n    {HTML}\n\n    We guarantee success.\n"),
    "a title of an admonition": ('!!! note "We guarantee success"\n\n    Text.\n', f'{HTML}\n!!! note "We guarantee success"\n\n    Text.\n'),
    "a note": ("> [!NOTE]\n> We guarantee success.\n", f"{HTML}\n> [!NOTE]\n> We guarantee success.\n"),
    "the last line without an end": ("We guarantee success.", f"{HTML}\nWe guarantee success."),
}


@pytest.mark.parametrize("where", BODIES)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_in_the_body_it_stands_above_the_block(file: pathlib.Path, capsys: pytest.CaptureFixture[str], where: str, end: str, mark: str) -> None:
    before, after = BODIES[where]
    file.write_bytes((mark + HEAD + before).replace("\n", end).encode())
    assert "guarantee" in run(capsys)[1]
    _, out, err = run(capsys, "--add-allow", " the contract says so ", "--select", "wording")
    assert file.read_bytes().decode() == (mark + HEAD + after).replace("\n", end)
    assert out == ""
    assert err.startswith("mlvalue: docs/designs/a.md: 1 comment for ")
    assert {line.partition("[")[2].partition("]")[0] for line in run(capsys)[1].splitlines()} <= {"unclear-delimiter"}
    assert run(capsys, "--add-allow", "again", "--select", "wording")[2] == ""
    assert file.read_bytes().decode() == (mark + HEAD + after).replace("\n", end)


FIELDS = {
    "a missing field": ("owner: Ana\n", "", ["stage: idea  " + YAML.format("missing-field")]),
    "behind another comment": ("stage: idea\nowner: Ana\n", "stage: idea # yet\n", ["stage: idea # yet  " + YAML.format("missing-field")]),
    "words in a field": (
        "how_it_pays: fewer calls}",
        "how_it_pays: we guarantee success}",
        ["value: {metric: calls, how_it_pays: we guarantee success}  " + YAML.format("guarantee")],
    ),
    "braces over two lines": (
        "metric: calls, how_it_pays: fewer calls}",
        "metric: we guarantee success,\n  how_it_pays: fewer calls}",
        ["value: {metric: we guarantee success,  " + YAML.format("guarantee")],
    ),
    "a text of several lines": (
        "value: {metric: calls, how_it_pays: fewer calls}",
        "value:\n  metric: calls\n  how_it_pays: >-\n    now\n    we guarantee success\n    and more",
        ["  " + YAML.format("guarantee")],
    ),
    "a plain text over two lines": (
        "value: {metric: calls, how_it_pays: fewer calls}",
        "value:\n  metric: we guarantee success\n    and more\n  how_it_pays: fewer calls",
        ["  " + YAML.format("guarantee")],
    ),
    "quotes over two lines in braces": (
        "{metric: calls, how_it_pays: fewer calls}",
        '{metric: calls, how_it_pays: "we guarantee success\n  and more"}',
        [YAML.format("guarantee")],
    ),
}


@pytest.mark.parametrize("where", FIELDS)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_in_front_matter_it_stands_at_the_end_of_the_line_or_above_the_field(
    file: pathlib.Path, capsys: pytest.CaptureFixture[str], where: str, end: str
) -> None:
    old, new, wanted = FIELDS[where]
    before = HEAD.replace(old, new)
    file.write_bytes(before.replace("\n", end).encode())
    assert run(capsys)[0] == 1
    status, out, _ = run(capsys, "--add-allow", "the contract says so")
    assert (status, out) == (0, "")
    after = file.read_bytes().decode()
    assert after.replace("\n", "").count("\r") == (after.count("\n") if end == "\r\n" else 0)
    assert added(before, after.replace("\r\n", "\n")) == wanted


def test_several_rules_at_one_place_get_a_comment_each(file: pathlib.Path, capsys: pytest.CaptureFixture[str], sample: str) -> None:
    loss = sample.replace("per_year: [400k, 600k, 800k]", "per_year: [1k, 2k, 300k]")
    file.write_text(loss + "\nWe guarantee success, with no exceptions, 100 % of the time.\n")
    rules = [line.partition("[")[2].partition("]")[0] for line in run(capsys)[1].splitlines()]
    assert len(set(rules)) > 4
    status, out, err = run(capsys, "--add-allow", "the contract says so")
    assert (status, out) == (0, "")
    assert err == f"mlvalue: docs/designs/a.md: {len(added(loss, file.read_text())) - 2} comments for {len(rules)} findings\n"
    assert run(capsys)[:2] == (0, "")


def test_what_cannot_be_allowed_is_told_and_shown(file: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(HEAD.replace("owner: Ana", "ownr: Ana") + "We guarantee success.\n")
    status, out, err = run(capsys, "--add-allow", "the contract says so")
    assert (status, out.count("\n")) == (1, 1)
    assert "error[unknown-field]" in out
    assert err.splitlines() == [
        "mlvalue: docs/designs/a.md: 1 comment for 1 finding",
        "mlvalue: docs/designs/a.md:3:1: unknown-field can't be allowed, it has to be mended",
    ]


def test_where_no_comment_can_stand_that_is_told(file: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = HEAD + "<div>\nWe guarantee success.\n</div>\n\nText.\n"
    file.write_text(before)
    status, _, err = run(capsys, "--add-allow", "the contract says so")
    assert (status, file.read_text()) == (1, before)
    assert "guarantee has no place for a comment that would allow it alone; mend it, or write the comment by hand" in err


@pytest.mark.parametrize("reason", ["", "  ", "two\nlines", "an arrow --> here", "a bell \a"])
def test_a_reason_that_no_comment_can_hold_is_refused(file: pathlib.Path, capsys: pytest.CaptureFixture[str], reason: str) -> None:
    file.write_text(HEAD + "We guarantee success.\n")
    before = file.read_bytes()
    status, out, err = run(capsys, f"--add-allow={reason}")
    assert (status, out, file.read_bytes()) == (2, "", before)
    assert "--add-allow" in err
    assert run(capsys, "--add-allow", "why", "-")[0] == 2


def test_only_what_the_run_shows_is_allowed(file: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
    file.write_text(HEAD + "We guarantee success.\n")
    for arguments in (["init", "--quiet"], ["add", "--all"], [*identity, "commit", "--quiet", "--message", "all"]):
        subprocess.run(["git", *arguments], check=True)
    file.write_text(HEAD + "We guarantee success.\n\nIt will definitely pay off.\n")
    assert run(capsys, "--since", "HEAD", "--add-allow", "the contract says so")[0] == 0
    assert file.read_text() == HEAD + f"We guarantee success.\n\n{HTML}\nIt will definitely pay off.\n"
    assert run(capsys)[1].count("\n") == 1


def test_a_linked_document_stays_a_link_with_its_mode(file: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    real = file.parent.parent / "real.md"
    real.write_text(HEAD + "We guarantee success.\n")
    real.chmod(0o600)
    file.symlink_to("../real.md")
    run(capsys, "--add-allow", "the contract says so")
    assert file.is_symlink()
    assert HTML in real.read_text()
    assert real.stat().st_mode & 0o777 == 0o600
