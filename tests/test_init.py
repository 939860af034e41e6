"""`mlvalue init` in repositories as they are: trees before and after."""

import json
import pathlib
import re
import stat
import textwrap
import tomllib

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from terminal import talk
from test_plugin import Site

import mlvalue
from mlvalue import cli
from mlvalue.adopt import jsonc_text, pre_commit, toml_text, yaml_text
from mlvalue.adopt.editors import PROBLEM

REV = f"v{mlvalue.__version__}"
SETTINGS = 'documents = ["docs/designs/**/*.md"]\ncurrency = "EUR"\n'
ENTRY = f"  - repo: https://github.com/mlvalue/mlvalue\n    rev: {REV}\n    hooks:\n      - id: mlvalue-lint\n"
FLOW = "{repo: https://github.com/mlvalue/mlvalue, rev: " + REV + ", hooks: [{id: mlvalue-lint}]}"
IDEA = "---\nstage: idea\nowner: Ana\ncustomer: {who: 12 agents, pains: [slow]}\nvalue: {metric: calls, how_it_pays: fewer calls}\n---\n\n# Calls\n"
PAGE = "<!-- mlvalue: portfolio -->\n"

HOOKS = [
    ("", f"repos:\n{ENTRY}"),
    ("# nothing yet", f"# nothing yet\nrepos:\n{ENTRY}"),
    ("---\n", f"---\nrepos:\n{ENTRY}"),
    ("repos: []\n", f"repos:\n{ENTRY}"),
    ("repos: []  # none yet\nfail_fast: true\n", f"repos:  # none yet\n{ENTRY}fail_fast: true\n"),
    ("repos:\n", f"repos:\n{ENTRY}"),
    ("fail_fast: true", f"fail_fast: true\nrepos:\n{ENTRY}"),
    ("{repos: []}\n", f"{{repos: [{FLOW}]}}\n"),
    ("repos: [{repo: local, hooks: []}]\n", f"repos: [{{repo: local, hooks: []}}, {FLOW}]\n"),
    ("repos: [\n  {repo: local, hooks: []},  # ours\n]\n", f"repos: [\n  {{repo: local, hooks: []}},  # ours\n  {FLOW},\n]\n"),
    (
        "repos:\n  - repo: local  # ours\n    hooks:\n      - id: x\n      # - id: y\n\n# and then\nci: {skip: [x]}\n",
        f"repos:\n  - repo: local  # ours\n    hooks:\n      - id: x\n      # - id: y\n{ENTRY}\n# and then\nci: {{skip: [x]}}\n",
    ),
    (
        "repos:\n- repo: local\n  hooks:\n  - id: x\n    args: ['--a',\n      '--b']\n",
        "repos:\n- repo: local\n  hooks:\n  - id: x\n    args: ['--a',\n      '--b']\n" + re.sub(r"^ {2}(?: {2}(?= {2}- id))?", "", ENTRY, flags=re.MULTILINE),
    ),
    (
        "repos:\n-   repo: local\n    hooks:\n    -   id: x\n        entry: |\n            a\n            # b\n",
        (
            "repos:\n-   repo: local\n    hooks:\n    -   id: x\n        entry: |\n            a\n            # b\n"
            f"-   repo: https://github.com/mlvalue/mlvalue\n    rev: {REV}\n    hooks:\n    -   id: mlvalue-lint\n"
        ),
    ),
    ("repos:\r\n  - repo: local\r\n    hooks:\r\n      - id: x", "repos:\r\n  - repo: local\r\n    hooks:\r\n      - id: x\r\n" + ENTRY.replace("\n", "\r\n")),
    (
        "repos:\n  - repo: local\n    hooks: []\n\n  # ours\n  - repo: local\n    hooks: []\n\nfail_fast: true\n",
        f"repos:\n  - repo: local\n    hooks: []\n\n  # ours\n  - repo: local\n    hooks: []\n\n{ENTRY}\nfail_fast: true\n",
    ),
    ("x: &files ['a']\nrepos:\n  - repo: local\n    hooks: *files\n", f"x: &files ['a']\nrepos:\n  - repo: local\n    hooks: *files\n{ENTRY}"),
    ("\N{ZERO WIDTH NO-BREAK SPACE}repos: []\n", f"\N{ZERO WIDTH NO-BREAK SPACE}repos:\n{ENTRY}"),
    (
        "repos:\n  - repo: git@github.com:mlvalue/mlvalue.git\n    rev: v0.0.1  # pinned\n    hooks: [{id: other}]\n",
        "repos:\n  - repo: git@github.com:mlvalue/mlvalue.git\n    rev: v0.0.1  # pinned\n    hooks: [{id: other}, {id: mlvalue-lint}]\n",
    ),
    (
        "repos:\n  - repo: https://github.com/mlvalue/mlvalue/\n    rev: v0.0.1\n  - repo: local\n    hooks: []\n",
        "repos:\n  - repo: https://github.com/mlvalue/mlvalue/\n    rev: v0.0.1\n    hooks:\n      - id: mlvalue-lint\n  - repo: local\n    hooks: []\n",
    ),
    ("- repo: local\n  hooks: []\n", "- repo: local\n  hooks: []\n" + re.sub(r"^ {2}", "", ENTRY, flags=re.MULTILINE)),
]
DONE = [
    "repos:\n  - repo: https://github.com/mlvalue/mlvalue\n    rev: main\n    hooks: [{id: mlvalue-lint}]\n",
    "repos:\n  - {repo: local, hooks: [{id: mlvalue-lint, name: ours, entry: mlvalue lint --hook, language: system}]}\n",
    "repos:\n  - repo: https://git.example.com/mirror/mlvalue\n    rev: v1\n    hooks:\n      - id: mlvalue-lint\n        args: []\n",
]

SITES = [
    ("site_name: X", "site_name: X\nplugins:\n  - search\n  - mlvalue\n"),
    ("plugins:\n  - search\n  - blog: {blog_dir: b}  # news\n# end\ntheme: readthedocs\n",) * 2,
    ("plugins: []\n", "plugins:\n  - mlvalue\n"),
    ("plugins:\n", "plugins:\n  - search\n  - mlvalue\n"),
    ("plugins: [search]  # all\n", "plugins: [search, mlvalue]  # all\n"),
    ("plugins:\n  search:\n  tags: {}\n", "plugins:\n  search:\n  tags: {}\n  mlvalue: {}\n"),
    ("plugins: {search: {}}\n", "plugins: {search: {}, mlvalue: {}}\n"),
    (
        "plugins:\n- search\nnav:\n- Home: index.md\n- More:\n  - A: a.md\n\n# looks\nextra: !ENV [A, b]\nx: !!python/name:os.path.join\n",
        (
            "plugins:\n- search\n- mlvalue\nnav:\n- Home: index.md\n- More:\n  - A: a.md\n- Portfolio: portfolio.md\n\n# looks\nextra: !ENV [A, b]\n"
            "x: !!python/name:os.path.join\n"
        ),
    ),
    ("nav: [index.md]\nplugins: [search, mlvalue]\n", "nav: [index.md, {Portfolio: portfolio.md}]\nplugins: [search, mlvalue]\n"),
    ("nav:\nplugins: [mlvalue: {lint: all}]\n", "nav:\nplugins: [mlvalue: {lint: all}]\n"),
]
SITES[1] = (SITES[1][0], SITES[1][0].replace("# news\n", "# news\n  - mlvalue\n"))


@pytest.fixture(name="repo")
def git_repository(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = cli.main(arguments)
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def plant(folder: pathlib.Path, tree: dict[str, str]) -> None:
    for name, text in tree.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode())


def grown(folder: pathlib.Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_bytes().decode() for path in sorted(folder.rglob("*")) if path.is_file()}


def only(part: str) -> list[str]:
    """Arguments that leave out all parts but one."""
    return [word for name in ("settings", "pre-commit", "mkdocs", "editors") if name != part for word in ("--skip", name)]


def test_an_empty_repository_gets_settings_and_the_hook_in_its_top_folder(
    repo: pathlib.Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (repo / "deep").mkdir()
    monkeypatch.chdir(repo / "deep")
    status, out, err = run(capsys, "init", "--yes")
    assert (status, err) == (0, "")
    assert grown(repo) == {"mlvalue.toml": SETTINGS, ".pre-commit-config.yaml": f"repos:\n{ENTRY}"}
    assert "--- /dev/null\n+++ b/mlvalue.toml\n@@ -0,0 +1,2 @@\n" in out
    assert out.endswith('2 files written\nnext: `pre-commit install`, or `prek install`\nnext: `mlvalue new "Title"` writes a first document\n')
    assert run(capsys, "init", "--yes") == (0, "nothing to do\n", "")
    assert run(capsys, "lint")[0] == 0


@pytest.mark.parametrize("arguments", [[], ["--dry-run"]])
def test_a_script_that_doesnt_say_yes_only_sees_the_diff(repo: pathlib.Path, capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    status, out, err = run(capsys, "init", *arguments)
    assert (status, grown(repo)) == (1, {})
    assert '+documents = ["docs/designs/**/*.md"]\n+currency = "EUR"\n' in out
    assert err == ("" if arguments else "mlvalue: nothing was written; `mlvalue init --yes` writes this\n")


@pytest.mark.parametrize(("before", "after"), HOOKS)
def test_the_hook_is_added_and_every_byte_stays(repo: pathlib.Path, capsys: pytest.CaptureFixture[str], before: str, after: str) -> None:
    plant(repo, {".pre-commit-config.yaml": before})
    assert run(capsys, "init", "--yes", *only("pre-commit"))[0] == 0
    assert grown(repo) == {".pre-commit-config.yaml": after}
    assert run(capsys, "init", "--yes", *only("pre-commit")) == (0, "nothing to do\n", "")


@pytest.mark.parametrize("before", DONE)
def test_a_hook_that_is_there_stays_as_it_is(repo: pathlib.Path, capsys: pytest.CaptureFixture[str], before: str) -> None:
    plant(repo, {".pre-commit-config.yaml": before})
    assert run(capsys, "init", "--yes", *only("pre-commit")) == (0, "nothing to do\n", "")


@pytest.mark.parametrize(("before", "after"), SITES)
@pytest.mark.parametrize("name", ["mkdocs.yml", "mkdocs.yaml"])
def test_a_site_gets_the_plugin_the_page_and_its_place(repo: pathlib.Path, capsys: pytest.CaptureFixture[str], name: str, before: str, after: str) -> None:
    plant(repo, {name: before})
    assert run(capsys, "init", "--yes", *only("mkdocs"))[0] == 0
    found = grown(repo)
    assert found[name] == after
    assert found["docs/portfolio.md"].endswith(f"\n\n{PAGE}")
    assert run(capsys, "init", "--yes", *only("mkdocs")) == (0, "nothing to do\n", "")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"docs/value.md": PAGE}, {}),
        ({"docs/portfolio.md": "# Photos\n"}, {"docs/design-portfolio.md": "", "mkdocs.yml": "nav: [{Portfolio: design-portfolio.md}]\nplugins: [mlvalue]\n"}),
        ({"docs/portfolio.md": PAGE}, {"mkdocs.yml": "nav: [{Portfolio: portfolio.md}]\nplugins: [mlvalue]\n"}),
    ],
)
def test_the_portfolio_stands_on_one_page(repo: pathlib.Path, capsys: pytest.CaptureFixture[str], before: dict[str, str], after: dict[str, str]) -> None:
    tree = {"mkdocs.yml": "nav: []\nplugins: [mlvalue]\n", **before}
    plant(repo, tree)
    run(capsys, "init", "--yes", *only("mkdocs"))
    found = grown(repo)
    changed = {name: text for name, text in found.items() if tree.get(name) != text}
    assert set(changed) == set(after)
    assert {name: yaml.safe_load(text) for name, text in changed.items() if name == "mkdocs.yml"} == {
        name: yaml.safe_load(text) for name, text in after.items() if name == "mkdocs.yml"
    }


def test_what_a_site_inherits_is_extended_where_it_stands(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(repo, {"mkdocs.yml": "INHERIT: base.yml\nnav: [index.md]\n", "base.yml": "docs_dir: pages\nplugins:\n  - search\n"})
    assert run(capsys, "init", "--yes", *only("mkdocs"))[0] == 0
    found = grown(repo)
    assert found.pop("pages/portfolio.md")
    assert found == {
        "mkdocs.yml": "INHERIT: base.yml\nnav: [index.md, {Portfolio: portfolio.md}]\n",
        "base.yml": "docs_dir: pages\nplugins:\n  - search\n  - mlvalue\n",
    }
    assert run(capsys, "init", "--yes", *only("mkdocs")) == (0, "nothing to do\n", "")


def test_what_lies_outside_is_left_to_the_user(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(repo, {"base.yml": "plugins: [search]\n", "site/mkdocs.yml": "INHERIT: ../base.yml\n", "site/docs/x.md": PAGE})
    status, out, _ = run(capsys, "init", "--yes", "--folder", "site")
    assert status == 0
    assert "which lies outside: add the plugin `mlvalue` there" in out
    assert (repo / "base.yml").read_text() == "plugins: [search]\n"


def test_a_computed_folder_of_pages_is_left_to_the_user(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(repo, {"mkdocs.yml": "docs_dir: !ENV [DOCS, docs]\nplugins: [search]\n"})
    status, out, _ = run(capsys, "init", "--yes", *only("mkdocs"))
    assert (status, set(grown(repo))) == (0, {"mkdocs.yml"})
    assert "note: `docs_dir` in mkdocs.yml is computed" in out


def test_a_site_that_was_extended_is_really_built(repo: pathlib.Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> None:
    site = Site(repo, caplog)
    plant(repo, {"mkdocs.yml": "site_name: Test\ntheme: {name: material, font: false}\nnav:\n  - Home: index.md\n", "docs/index.md": "# Home\n"})
    (repo / "mlvalue.toml").unlink()
    assert run(capsys, "init", "--yes")[0] == 0
    assert run(capsys, "new", "Order proposals", "--owner", "Ana")[0] == 0
    warnings = site.build()
    assert {re.findall(r"\[([a-z-]+)\]", warning)[0] for warning in warnings} == {"missing-field"}
    assert '<a href="../designs/order-proposals/">Order proposals</a>' in site.html("portfolio/index.html")
    assert (repo / "site/search/search_index.json").is_file()


def test_a_small_site_is_made_where_there_is_none(tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> None:
    home = tmp_path / "Größe: 1"
    site = Site(home, caplog)
    for name in ("mkdocs.yml", "docs/index.md"):
        (home / name).unlink()
    assert run(capsys, "init", "--yes", "--mkdocs", "--folder", str(home))[0] == 0
    plant(home, {"docs/designs/calls.md": IDEA})
    assert site.build(strict=True) == []
    assert "Calls" in site.text("portfolio/index.html")
    assert run(capsys, "init", "--yes", "--mkdocs", "--folder", str(home)) == (0, "nothing to do\n", "")


@pytest.mark.parametrize(
    ("before", "arguments", "after"),
    [
        ({"mlvalue.toml": "# ours\nhorizon_years = 5"}, [], {"mlvalue.toml": f"# ours\nhorizon_years = 5\n{SETTINGS}"}),
        ({"mlvalue.toml": "a = 1\n\n[rates]\n"}, [], {"mlvalue.toml": f"a = 1\n\n{SETTINGS}\n[rates]\n"}),
        ({"mlvalue.toml": "a = '''\n[x]\n'''\r\n"}, [], {"mlvalue.toml": "a = '''\n[x]\n'''\r\n" + SETTINGS.replace("\n", "\r\n")}),
        ({"mlvalue.toml": 'currency = "USD" # dollars\n'}, [], {"mlvalue.toml": f'currency = "USD" # dollars\n{SETTINGS.splitlines(keepends=True)[0]}'}),
        ({"mlvalue.toml": SETTINGS}, [], {"mlvalue.toml": SETTINGS}),
        ({"pyproject.toml": "[tool.mlvalue] # x\nhorizon_years = 2\n"}, [], {"pyproject.toml": f"[tool.mlvalue] # x\n{SETTINGS}horizon_years = 2\n"}),
        ({"pyproject.toml": "[project]\n"}, [], {"pyproject.toml": "[project]\n", "mlvalue.toml": SETTINGS}),
        ({"pyproject.toml": "[project]"}, ["--pyproject"], {"pyproject.toml": f"[project]\n\n[tool.mlvalue]\n{SETTINGS}"}),
        (
            {"pyproject.toml": "[tool.mlvalue.rates]\n"},
            [],
            {"pyproject.toml": f"[tool.mlvalue.rates]\n\n[tool.mlvalue]\n{SETTINGS}"},
        ),
        (
            {},
            ["--documents", "a/*.md", "--documents", "b/**/*.md", "--currency", "USD"],
            {"mlvalue.toml": 'documents = ["a/*.md", "b/**/*.md"]\ncurrency = "USD"\n'},
        ),
        ({"mkdocs.yml": "docs_dir: pages\n"}, [], {"mkdocs.yml": "docs_dir: pages\n", "mlvalue.toml": SETTINGS.replace("docs/", "pages/")}),
        (
            {
                "a/x.md": IDEA,
                "a/b/y.md": IDEA,
                "c d/z.md": IDEA,
                "README.md": "# Read\n",
                "site/x.md": IDEA,
                ".x/x.md": IDEA,
                "e/x.md": "---\nstage: idea\n---\n",
            },
            [],
            {"mlvalue.toml": 'documents = ["a/**/*.md", "c d/**/*.md"]\ncurrency = "EUR"\n'},
        ),
    ],
)
def test_settings_are_written_once_and_what_is_written_stays(
    repo: pathlib.Path, capsys: pytest.CaptureFixture[str], before: dict[str, str], arguments: list[str], after: dict[str, str]
) -> None:
    plant(repo, before)
    assert run(capsys, "init", "--yes", *only("settings"), *arguments)[0] == 0
    assert grown(repo) == {**before, **after}
    assert run(capsys, "init", "--yes", *only("settings"), *arguments) == (0, "nothing to do\n", "")


def test_settings_that_say_otherwise_are_kept_and_noted(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(repo, {"mlvalue.toml": SETTINGS})
    status, out, _ = run(capsys, "init", "--yes", "--currency", "USD")
    assert status == 0
    assert 'note: mlvalue.toml keeps currency = "EUR"; change it there if you want currency = "USD"\n' in out
    assert (repo / "mlvalue.toml").read_text() == SETTINGS


@pytest.mark.parametrize(
    ("before", "arguments", "told"),
    [
        ({".pre-commit-config.yaml": "repos:\n\t- x\n"}, [], ".pre-commit-config.yaml:2:1: "),
        ({".pre-commit-config.yaml": "repos: []\n---\na: 1\n"}, [], ".pre-commit-config.yaml:2:1: "),
        ({".pre-commit-config.yaml": "x: &x []\nrepos: *x\n"}, [], ".pre-commit-config.yaml:1: this is written in a way that can't be extended beyond doubt"),
        ({".pre-commit-config.yaml": "repos: 5\n"}, [], "add the hook by hand:\nrepos:\n  - repo: https://github.com/mlvalue/mlvalue\n"),
        ({"mkdocs.yml": "plugins: [search\n"}, [], "mkdocs.yml:1:10: "),
        ({"mkdocs.yml": "plugins: !ENV [P, [search]]\n"}, [], "mkdocs.yml:1: this is written in a way"),
        ({"mlvalue.toml": "documents = [\n"}, [], "mlvalue.toml: "),
        ({"pyproject.toml": "[tool\n"}, [], "pyproject.toml: "),
        ({"pyproject.toml": "tool = {mlvalue = {}}\n"}, [], "add by hand below `[tool.mlvalue]`:\ndocuments = "),
        ({}, ["--pyproject"], "leave out --pyproject"),
        ({}, ["--currency", "euro"], "'euro' is no currency; write three capital letters like EUR"),
        ({}, ["--documents", "../x"], "patterns begin at the folder of the settings"),
        ({}, ["--folder", "nowhere"], "no such folder: nowhere"),
        ({".vscode/tasks.json": '{"tasks": [}'}, [], ".vscode/tasks.json:1:12: this can't be read as JSON"),
        ({".helix/languages.toml": "[["}, [], ".helix/languages.toml: "),
    ],
)
def test_what_cant_be_extended_is_told_with_its_place_and_nothing_is_written(
    repo: pathlib.Path, capsys: pytest.CaptureFixture[str], before: dict[str, str], arguments: list[str], told: str
) -> None:
    plant(repo, before)
    status, out, err = run(capsys, "init", "--yes", *arguments)
    assert (status, out) == (2, "")
    assert told in err
    assert grown(repo) == before


@pytest.mark.parametrize("name", ["mlvalue.toml", ".pre-commit-config.yaml", "mkdocs.yml", ".vscode/tasks.json"])
def test_a_file_that_isnt_utf_8_or_no_file_is_told_with_its_place(repo: pathlib.Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    plant(repo, {name: "# a\n"})
    (repo / name).write_bytes("# a\n# Größe".encode("latin-1"))
    status, _, err = run(capsys, "init", "--yes")
    assert (status, f"{name}:2:5: byte 0xf6 is no UTF-8" in err) == (2, True)
    (repo / name).unlink()
    (repo / name).mkdir()
    status, _, err = run(capsys, "init", "--yes")
    assert (status, "Is a directory" in err, grown(repo)) == (2, True, {})


def test_a_file_that_cant_be_written_leaves_all_as_it_was(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    tree = {"mkdocs.yml": "docs_dir: mlvalue.toml/docs\n", "mlvalue.toml": SETTINGS}
    plant(repo, tree)
    status, _, err = run(capsys, "init", "--yes")
    assert (status, grown(repo)) == (2, tree)
    assert err.startswith("mlvalue: can't ")


def test_links_are_followed_and_modes_kept(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(repo, {"config/hooks.yaml": "repos: []\n"})
    (repo / "config/hooks.yaml").chmod(0o640)
    (repo / ".pre-commit-config.yaml").symlink_to("config/hooks.yaml")
    assert run(capsys, "init", "--yes", *only("pre-commit"))[0] == 0
    assert (repo / ".pre-commit-config.yaml").is_symlink()
    assert (repo / "config/hooks.yaml").read_text() == f"repos:\n{ENTRY}"
    assert stat.S_IMODE((repo / "config/hooks.yaml").stat().st_mode) == 0o640


def test_vs_code_gets_a_task_whose_pattern_reads_our_output(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = '{\n\t// tasks of the team\n\t"version": "2.0.0",\n\t"tasks": [\n\t\t{"label": "x"}, // last\n\t],\n}\n'
    plant(repo, {".vscode/tasks.json": before, "docs/designs/a b.md": IDEA.replace("owner: Ana\n", "")})
    assert run(capsys, "init", "--yes")[0] == 0
    text = (repo / ".vscode/tasks.json").read_text()
    assert text.startswith(before.partition("\t],")[0])
    first, second = jsonc_text.plain(text)["tasks"]
    assert (first["label"], second["command"], second["problemMatcher"]["pattern"]["regexp"]) == ("x", "mlvalue", PROBLEM)
    _, out, _ = run(capsys, *second["args"])
    assert [re.findall(PROBLEM, line)[0][:5] for line in out.splitlines()] == [("docs/designs/a b.md", "2", "8", "error", "missing-field")]
    assert run(capsys, "init", "--yes") == (0, "nothing to do\n", "")


@pytest.mark.parametrize("before", [None, "", "[]", '[\n  // mine\n  {"label": "x"} // last\n]\n'])
def test_zed_gets_a_task(repo: pathlib.Path, capsys: pytest.CaptureFixture[str], before: str | None) -> None:
    if before is not None:
        plant(repo, {".zed/tasks.json": before})
    assert run(capsys, "init", "--yes", "--editor", "zed", *only("editors"))[0] == 0
    text = (repo / ".zed/tasks.json").read_text()
    assert jsonc_text.plain(text)[-1] == {"label": "mlvalue lint", "command": "mlvalue", "args": ["lint", "--output-format", "concise"]}
    assert text.count("//") == (before or "").count("//")
    assert run(capsys, "init", "--yes", "--editor", "zed", *only("editors")) == (0, "nothing to do\n", "")


def test_helix_gets_the_language_server(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(repo, {".helix/languages.toml": '# ours\n[[language]]\nname = "python"'})
    assert run(capsys, "init", "--yes", *only("editors"))[0] == 0
    text = (repo / ".helix/languages.toml").read_text()
    assert text.startswith('# ours\n[[language]]\nname = "python"\n\n[language-server.mlvalue]\n')
    found = tomllib.loads(text)
    assert found["language-server"]["mlvalue"] == {"command": "mlvalue", "args": ["lsp"]}
    assert "mlvalue" in found["language"][1]["language-servers"]
    assert run(capsys, "init", "--yes", *only("editors")) == (0, "nothing to do\n", "")


@pytest.mark.parametrize(
    ("before", "told"),
    [
        ({".helix/languages.toml": '[[language]]\nname = "markdown"\n'}, "has a section for Markdown already; add it by hand"),
        ({".vscode/tasks.json": '{"version": "2.0.0"}'}, "has no list of tasks to extend; add it by hand:"),
        ({".idea/x.xml": ""}, "PyCharm keeps nothing in .idea that reaches front matter"),
    ],
)
def test_what_an_editor_needs_by_hand_is_noted(repo: pathlib.Path, capsys: pytest.CaptureFixture[str], before: dict[str, str], told: str) -> None:
    plant(repo, before)
    status, out, _ = run(capsys, "init", "--yes")
    assert (status, told in out) == (0, True)
    assert {name: text for name, text in grown(repo).items() if name in before} == before


def test_a_person_is_asked_before_anything_is_written(repo: pathlib.Path) -> None:
    plant(repo, {"notes/a.md": IDEA})
    questions = [("Which files are design documents [notes/**/*.md]: ", "\n"), ("Currency of all amounts [EUR]: ", "USD\n")]
    for answer in ("\n", "n\n", "\x04"):
        status, shown = talk(repo, ["init"], [*questions, ("Write these 2 files? [y/N] ", answer)])
        assert (status, set(grown(repo))) == (1, {"notes/a.md"})
    assert '+documents = ["notes/**/*.md"]' in shown
    status, shown = talk(repo, ["init"], [*questions, ("Write these 2 files? [y/N] ", "y\n")])
    assert (status, "2 files written" in shown) == (0, True)
    assert (repo / "mlvalue.toml").read_text() == 'documents = ["notes/**/*.md"]\ncurrency = "USD"\n'
    assert talk(repo, ["init"], []) == (0, "nothing to do\n")


def test_a_file_that_changes_at_the_question_isnt_overwritten(repo: pathlib.Path) -> None:
    plant(repo, {"mlvalue.toml": SETTINGS, ".pre-commit-config.yaml": "repos: []\n"})
    script = f"echo 'repos: [] # mine' > {repo}/.pre-commit-config.yaml"
    hooked = textwrap.dedent(f"""
        import builtins, subprocess, sys
        from mlvalue import cli
        asked = builtins.input
        def slow(question):
            answer = asked(question)
            subprocess.run({script!r}, shell=True, check=True)
            return answer
        builtins.input = slow
        sys.exit(cli.main(["init"]))
    """)
    (repo / "slow.py").write_text(hooked)
    status, shown = talk(repo, ["slow.py"], [("Write this file? [y/N] ", "y\n")], module=False)
    assert (status, "was changed meanwhile; nothing was written, run the command again" in shown) == (2, True)
    assert (repo / ".pre-commit-config.yaml").read_text() == "repos: [] # mine\n"


SCALARS = st.sampled_from(["a", "'b: c'", '"# d"', "e f", "null", "5", "'x, y'", "|\n            text\n            # no comment\n", ">-\n            text\n"])
STYLES = st.tuples(st.sampled_from([0, 2, 4]), st.sampled_from([1, 3]), st.sampled_from(["", "# c", "\n  # d", " # e\n\n# f"]), st.sampled_from(["\n", "\r\n"]))


@pytest.mark.no_cover
@given(st.lists(SCALARS, max_size=4), STYLES, st.booleans())
def test_whatever_a_list_looks_like_the_old_text_stays_around_the_new_lines(items: list[str], style: tuple[int, int, str, str], more: bool) -> None:  # noqa: FBT001 (drawn)
    indent, gap, comment, newline = style
    lines = [f"{' ' * indent}-{' ' * gap}repo: local\n{' ' * (indent + gap + 1)}name: {item}" for item in items]
    before = ("repos:\n" + "".join(f"{line.rstrip()}\n" for line in lines) + comment + ("\nlast: 1\n" if more else "")).replace("\n", newline)
    after = pre_commit.with_hook(before)
    assert pre_commit.with_hook(after) == after
    old, new = before.splitlines(), after.splitlines()
    added = [line for line in new if "mlvalue" in line or line.strip() in {"hooks:", "- hooks:", f"rev: {REV}"}]
    assert len(added) == 4
    start = new.index(added[0])
    assert new[:start] + new[start + 4 :] == old
    was, now = (yaml.safe_load(text) for text in (before, after))
    assert now == {**was, "repos": [*(was["repos"] or []), now["repos"][-1]]}


def test_an_entry_that_isnt_proved_isnt_written() -> None:
    with pytest.raises(yaml_text.StuckError):
        yaml_text.with_item("a: !!set {x}\n", ("a",), "y")
    assert toml_text.with_fields("a = 1\n", ("a",), {"b": "c"}) is None
    with pytest.raises(jsonc_text.UnreadableError):
        jsonc_text.with_item(json.dumps({"tasks": {}}), "tasks", {})
