"""The command line under what systems do to it: odd names, closed doors, pipes, Ctrl-C, no git, no home, no place left.

What is about streams, signals, rights or the surroundings of a process is run as one; where only the answer counts, in ours.
"""

import contextlib
import io
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys

import pytest

from mlvalue import cli

CLEAN = "---\nstage: idea\nowner: Ana\ncustomer: {who: 12 agents, pains: [slow]}\nvalue: {metric: calls, how_it_pays: fewer calls}\n---\n\n# Calls\n"
WRONG = CLEAN.replace("stage: idea", "stage: Idea")
FORMATS = ["full", "concise", "json", "json-lines", "github", "gitlab", "sarif", "junit", "rdjson"]
MLVALUE = [sys.executable, "-m", "mlvalue"]
CONCISE = ["--output-format", "concise"]
AS_ANYBODY = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
"""The superuser may do everything; without these capabilities files are closed to it as to anybody."""


@pytest.fixture(name="repo")
def repository_of_one(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    (tmp_path / "docs/designs").mkdir(parents=True)
    (tmp_path / "docs/designs/a.md").write_text(WRONG)
    (tmp_path / "docs/index.md").write_text("# The site\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str | bytes, encoding: str = "utf-8") -> tuple[int, str, str]:
    """Run `mlvalue` in this process, its streams in an *encoding*."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding) for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = cli.main([os.fsdecode(argument) for argument in arguments])
    told, complained = (stream.buffer.getvalue().decode() for stream in (out, err) if isinstance(stream.buffer, io.BytesIO))
    return status, told, complained


def lint(*arguments: str | bytes) -> tuple[int, str, str]:
    return run("lint", *arguments)


def as_anybody(*arguments: str) -> tuple[int, str, str]:
    if AS_ANYBODY and not shutil.which("setpriv"):
        pytest.skip("the superuser needs setpriv to be refused anything")
    done = subprocess.run([*AS_ANYBODY, *MLVALUE, *arguments], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def files(*arguments: str) -> list[str]:
    found = json.loads(lint("--output-format", "json", *arguments)[1])["files"]
    assert isinstance(found, list)
    return found


def test_a_folder_stands_for_the_design_documents_below_it(repo: pathlib.Path) -> None:
    (repo / "docs/designs/b.md").write_text(CLEAN)
    for folder in ("docs", ".", "docs/designs", str(repo), "docs/../docs"):
        assert [pathlib.Path(file).name for file in files(folder)] == ["a.md", "b.md"]
    (repo / "mlvalue.toml").write_text('exclude = ["docs/designs/b.md"]\n')
    assert files("docs") == ["docs/designs/a.md"]


def test_a_folder_without_documents_of_the_settings_stands_for_its_markdown(repo: pathlib.Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    for top in (repo / "notes", outside):
        for folder in ("", "sub", ".git", ".venv", "node_modules/x", "lib/site-packages"):
            (top / folder).mkdir(parents=True, exist_ok=True)
            (top / folder / "n.markdown").write_text("# N\n")
    (repo / "notes/n.txt").write_text("N\n")
    assert files("notes") == ["notes/n.markdown", "notes/sub/n.markdown"]
    assert files(str(outside)) == [str(outside / "n.markdown"), str(outside / "sub/n.markdown")]
    assert files("notes/.git") == ["notes/.git/n.markdown"]


def test_folders_of_tools_hold_no_documents_unless_a_pattern_names_them(repo: pathlib.Path) -> None:
    for folder in (".designs", "node_modules/x"):
        (repo / folder).mkdir(parents=True)
        (repo / folder / "x.md").write_text(CLEAN)
    (repo / "mlvalue.toml").write_text('documents = ["**/*.md"]\n')
    assert files() == ["docs/designs/a.md", "docs/index.md"]
    assert files("--hook", "node_modules/x/x.md", "docs/index.md") == ["docs/index.md"]
    (repo / "mlvalue.toml").write_text('documents = [".designs/*.md"]\n')
    assert files() == [".designs/x.md"]


def test_an_empty_folder_is_told(repo: pathlib.Path) -> None:
    (repo / "x.md").mkdir()
    assert lint("x.md")[0] == 0
    assert "no documents found; no Markdown in x.md" in lint("x.md")[2]


def test_a_missing_path_hides_none_of_the_others(repo: pathlib.Path) -> None:
    status, out, err = lint(*CONCISE, "nowhere.md", "docs", "docs/designs/a.md/b.md")
    assert (status, out.count("\n")) == (2, 1)
    assert err == "mlvalue: can't read nowhere.md: no such file\nmlvalue: can't read docs/designs/a.md/b.md: Not a directory\n"
    assert lint("--diff", "nowhere.md", "docs")[0] == 2
    status, out, err = lint("--fix", "nowhere.md", "docs")
    assert (status, out, err) == (2, "1 document, no findings; 1 fixed\n", "mlvalue: can't read nowhere.md: no such file\n")
    assert (repo / "docs/designs/a.md").read_text() == CLEAN


def test_a_baseline_isnt_written_while_a_file_cant_be_read(repo: pathlib.Path) -> None:
    assert lint("--write-baseline", "nowhere.md", "docs") == (2, "", "mlvalue: can't read nowhere.md: no such file\n")
    assert not (repo / "mlvalue-baseline.toml").exists()


def test_a_file_is_read_once_by_whichever_path(repo: pathlib.Path) -> None:
    assert files("docs/designs/a.md", "./docs/designs/a.md", str(repo / "docs/designs/a.md"), "docs/designs/../designs/a.md", "docs") == ["docs/designs/a.md"]


@pytest.mark.parametrize("name", ["-dash.md", "--fix.md", "-q.md"])
def test_a_leading_dash_is_explained(repo: pathlib.Path, name: str) -> None:
    (repo / name).write_text(WRONG)
    status, out, err = lint(name)
    assert (status, out) == (2, "")
    assert err == f"mlvalue: `{name}` is read as an option, because it begins with `-`; to name the file write `-- {name}`, after all options\n"
    status, out, _ = lint(*CONCISE, "--", name)
    assert (status, out.startswith(f"{name}:2:8: ")) == (1, True)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["lnit"], "there is no command `lnit`; did you mean `lint`?\n"),
        (["xyzzy"], "there is no command `xyzzy`; there are lint, init, new, "),
        (["lint", "--output-fromat", "json"], "there is no option `--output-fromat`; did you mean `--output-format`?\n"),
        (["lint", "--sincee=main"], "there is no option `--sincee`; did you mean `--since=main`?\n"),
        (["lint", "--xyzzy"], "there is no option `--xyzzy`; `mlvalue lint --help` lists all\n"),
        (["lint", "--output-format", "jsn"], "`jsn` is no --output-format; did you mean `json`?\n"),
        (["lint", "--since"], "argument --since: expected one argument; a value that begins with `-` is written `--option=-value`; "),
        (["new", "Who", "to"], "`to` has no place here; a value with blanks needs quotes; `mlvalue new --help` lists all\n"),
        (["schema", "report_"], "`report_` is no NAME; did you mean `report`?\n"),
    ],
)
def test_what_is_misspelt_is_told_with_what_was_meant(repo: pathlib.Path, arguments: list[str], told: str) -> None:
    del repo
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert err.startswith(f"mlvalue: {told}")


def test_without_a_command_the_commands_are_shown() -> None:
    status, out, err = run()
    assert (status, out) == (2, "")
    assert "check design documents" in err


@pytest.fixture(name="names")
def files_with_odd_names(repo: pathlib.Path) -> list[bytes]:
    names = [b"\xff.md", b"a\nb.md", "ü mit Raum.md".encode(), b"x" * 252 + b".md", b"'\"&<%25>.md"]
    for name in names:
        pathlib.Path(os.fsdecode(bytes(repo) + b"/docs/designs/" + name)).write_text(WRONG)
    return [b"docs/designs/" + name for name in names]


@pytest.mark.parametrize("form", FORMATS)
def test_any_name_of_a_file_can_be_told(names: list[bytes], form: str) -> None:
    for encoding in ("utf-8", "ascii"):
        status, out, err = run("lint", "--output-format", form, encoding=encoding)
        assert (status, err) == (1, "")
        assert out
    assert lint("--fix", "--output-format", form, *names)[0] == 0


@pytest.mark.parametrize("environment", [{}, {"PYTHONIOENCODING": "ascii"}], ids=["utf-8", "ascii"])
def test_any_name_of_a_file_can_be_given_to_a_process(names: list[bytes], environment: dict[str, str]) -> None:
    done = subprocess.run([*MLVALUE, "lint", *names], capture_output=True, check=False, env=os.environ | environment)
    assert (done.returncode, done.stderr) == (1, b"")
    assert done.stdout.decode()
    assert subprocess.run([*MLVALUE, "lint", "--fix", *names], capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("form", ["full", "json"])
def test_whatever_is_done_to_its_streams_a_run_is_quiet(repo: pathlib.Path, form: str) -> None:
    command = f"{sys.executable} -m mlvalue lint --output-format {form}"
    del repo
    for redirected, status, told in (
        ("| true; exit ${PIPESTATUS[0]}", 1, ""),
        (">&-", 1, ""),
        (">&- 2>&- <&-", 1, ""),
        ("2>&-", 1, None),
        ("> /dev/full", 2, "mlvalue: No space left on device\n"),
        ("> /dev/full 2> /dev/full", 2, ""),
        ("nowhere.md 2> /dev/full", 2, None),
    ):
        done = subprocess.run(["bash", "-c", f"{command} {redirected}"], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr if told is not None else None) == (status, told), redirected
        assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.parametrize("form", FORMATS)
def test_a_pipe_that_is_closed_is_no_error_to_tell_in_any_format(repo: pathlib.Path, form: str) -> None:
    del repo
    command = f"{sys.executable} -m mlvalue lint --output-format {form} | true; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "")


def waiting(fifo: pathlib.Path, *arguments: str) -> tuple[subprocess.Popen[str], int]:
    """A run that waits for what the pipe *fifo* brings, and the end of the pipe to write to."""
    os.mkfifo(fifo)
    process = subprocess.Popen([*MLVALUE, "lint", *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    return process, os.open(fifo, os.O_WRONLY)


@pytest.mark.parametrize("option", [[], ["--fix"], ["--write-baseline"], ["--output-file", "report.txt"], ["--add-allow", "the contract says so"]])
def test_ctrl_c_is_quiet_and_leaves_nothing_half_written(repo: pathlib.Path, option: list[str]) -> None:
    (repo / "b.md").write_text(WRONG)
    process, end = waiting(repo / "fifo", *option, "docs/designs/a.md", "fifo", "b.md")
    process.send_signal(signal.SIGINT)
    assert (*process.communicate(), process.returncode) == ("", "", 130)
    os.close(end)
    assert (repo / "docs/designs/a.md").read_text() == (CLEAN if option == ["--fix"] else WRONG)
    assert (repo / "b.md").read_text() == WRONG
    assert sorted(path.name for path in repo.rglob("*")) == ["a.md", "b.md", "designs", "docs", "fifo", "index.md"]


def test_a_file_that_vanishes_meanwhile_is_told(repo: pathlib.Path) -> None:
    (repo / "b.md").write_text(CLEAN)
    process, end = waiting(repo / "fifo", *CONCISE, "fifo", "b.md", "docs/designs/a.md")
    (repo / "b.md").unlink()
    os.write(end, CLEAN.encode())
    os.close(end)
    out, err = process.communicate()
    assert (process.returncode, err) == (2, "mlvalue: can't read b.md: no such file\n")
    assert out.startswith("docs/designs/a.md:2:8: ")


def test_pipes_folders_and_circles_in_a_folder_are_passed_by(repo: pathlib.Path) -> None:
    os.mkfifo(repo / "docs/designs/fifo.md")
    (repo / "docs/designs/folder.md").mkdir()
    (repo / "docs/designs/circle").symlink_to("..")
    (repo / "docs/designs/.#a.md").symlink_to("ana@host.1")
    assert files() == files("docs") == ["docs/designs/a.md"]
    done = subprocess.run([*MLVALUE, "init", "--dry-run"], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1


def test_links_that_lead_nowhere_are_told(repo: pathlib.Path) -> None:
    (repo / "docs/designs/b.md").symlink_to("nowhere.md")
    (repo / "docs/designs/c.md").symlink_to("c.md")
    for arguments in ([], ["docs"]):
        status, out, err = lint(*CONCISE, *arguments)
        assert (status, out.count("\n")) == (2, 1)
        assert err == "mlvalue: can't read docs/designs/b.md: no such file\nmlvalue: can't read docs/designs/c.md: Too many levels of symbolic links\n"


def test_a_link_counts_by_its_own_name_in_a_hook_too(repo: pathlib.Path) -> None:
    (repo / "elsewhere.txt").write_text(CLEAN)
    (repo / "docs/designs/link.md").symlink_to("../../elsewhere.txt")
    assert files("--hook", "docs/designs/a.md", "docs/designs/link.md") == files() == ["docs/designs/a.md", "docs/designs/link.md"]


def test_closed_files_and_folders_are_told_and_the_rest_is_checked(repo: pathlib.Path) -> None:
    (repo / "docs/designs/b.md").write_text(WRONG)
    (repo / "docs/designs/sub").mkdir()
    (repo / "docs/private").mkdir()
    (repo / "docs/designs/a.md").chmod(0)
    for closed in ("docs/designs/sub", "docs/private"):
        (repo / closed).chmod(0)
    status, out, err = as_anybody("lint", *CONCISE)
    assert (status, out.count("\n"), out.startswith("docs/designs/b.md:2:8: ")) == (2, 1, True)
    assert err == "mlvalue: can't read docs/designs/a.md: Permission denied\nmlvalue: can't read docs/designs/sub: Permission denied\n"
    assert as_anybody("lint", "docs/private/x.md")[2] == "mlvalue: can't read docs/private/x.md: Permission denied\n"
    assert as_anybody("lint", "docs/private")[2] == "mlvalue: can't read docs/private: Permission denied\n"


def test_a_read_only_folder_is_told_by_all_that_write(repo: pathlib.Path) -> None:
    before = sorted(repo.rglob("*"))
    (repo / "docs/designs").chmod(0o555)
    repo.chmod(0o555)
    for arguments, told in (
        (["lint", "--fix"], "can't write docs/designs/a.md: Permission denied; it is as it was"),
        (["lint", "--write-baseline"], "can't write mlvalue-baseline.toml: Permission denied"),
        (["lint", "--output-file", "report.txt"], "can't write report.txt: Permission denied"),
        (["portfolio", "--output-file", "p.csv"], "can't write p.csv: Permission denied"),
        (["portfolio", "--output-folder", "out"], "can't write out/portfolio.csv: Permission denied"),
        (["new", "Title"], "can't write docs/designs/title.md: Permission denied"),
        (["init", "--yes"], "can't write REPO/mlvalue.toml: Permission denied; nothing was written"),
    ):
        status, _, err = as_anybody(*arguments)
        assert (status, err) == (2, f"mlvalue: {told}\n".replace("REPO", str(repo))), arguments
    for folder in (repo, repo / "docs/designs"):
        folder.chmod(0o755)
    assert sorted(repo.rglob("*")) == before


def test_the_portfolio_is_written_whole_or_not_at_all(repo: pathlib.Path) -> None:
    (repo / "p.csv").write_text("old\n")
    (repo / "p.csv").chmod(0o444)
    status, _, err = run("portfolio", "--output-format", "csv", "--output-file", "p.csv")
    assert (status, err) == (2, "mlvalue: can't write p.csv: the file is read-only\n")
    assert (repo / "p.csv").read_text() == "old\n"


def test_without_git_a_home_a_cache_or_a_place_for_temporary_files_all_is_the_same(repo: pathlib.Path) -> None:
    del repo
    expected = lint()
    bare = {"PYTHONPATH": os.environ.get("PYTHONPATH", ""), "PATH": ""}
    closed = {"MLVALUE_CACHE_DIR": "/proc/nowhere", "TMPDIR": "/proc"}
    for environment in (bare, os.environ | closed, bare | closed):
        done = subprocess.run([*MLVALUE, "lint"], capture_output=True, text=True, check=False, env=environment)
        assert (done.returncode, done.stdout, done.stderr) == expected
    done = subprocess.run([*MLVALUE, "lint", "--since", "HEAD"], capture_output=True, text=True, check=False, env=bare)
    assert (done.returncode, "git isn't installed" in done.stderr) == (2, True)


def test_a_folder_that_is_gone_is_told(repo: pathlib.Path) -> None:
    (repo / "gone").mkdir()
    command = f"cd gone; rmdir ../gone; {sys.executable} -m mlvalue lint"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "mlvalue: the current folder doesn't exist any more, or can't be entered; change to another one\n"


def test_thousands_of_paths_are_read_also_by_way_of_xargs(repo: pathlib.Path) -> None:
    (repo / "many").mkdir()
    for number in range(5000):
        (repo / f"many/{number} x.md").write_text("# N\n")
    command = f"find many -name '*.md' -print0 | xargs -0 {sys.executable} -m mlvalue lint --output-format concise"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.count("\n"), done.stderr) == (123, 5000, "")


def test_settings_with_line_ends_of_windows_are_read_and_wrong_ones_told_with_their_line(repo: pathlib.Path) -> None:
    (repo / "mlvalue.toml").write_bytes(b'documents = ["docs/designs/*.md"]\r\n\r\ncurrency = "EUR"\r\n')
    assert lint()[0] == 1
    (repo / "mlvalue.toml").write_bytes(b'documents = ["docs/designs/*.md"]\r\n\r\ncurency = "EUR"\r\n')
    assert lint()[2] == f"mlvalue: {repo}/mlvalue.toml:3: unknown setting `curency`; did you mean `currency`?\n"


def test_from_a_subfolder_and_in_a_submodule_the_settings_above_hold(repo: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (repo / "mlvalue.toml").write_text('documents = ["docs/designs/**/*.md"]\n')
    git = ["git", "-c", "user.name=Ana", "-c", "user.email=ana@example.org"]
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-qm", "all"]):
        subprocess.run([*git, *arguments], check=True)
    (repo / "docs/designs/b.md").write_text(WRONG)
    monkeypatch.chdir(repo / "docs")
    status, out, _ = lint(*CONCISE, "--since", "HEAD")
    assert (status, out.partition(":")[0]) == (1, "designs/b.md")
    inner = repo / "docs/designs/inner"
    inner.mkdir()
    subprocess.run([*git, "init", "-q"], check=True, cwd=inner)
    (inner / "c.md").write_text(WRONG)
    monkeypatch.chdir(inner)
    assert lint(*CONCISE)[1].splitlines()[-1].startswith("c.md:2:8: ")
    lint("--write-baseline")
    assert (repo / "mlvalue-baseline.toml").read_text().count("invalid-value") == 3
