"""What other tools read: golden files, the schemas that those tools publish, and paths that are hard to write."""

import io
import itertools
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import urllib.parse
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from typing import Any

import jsonschema
import pytest
import xmlschema

from mlvalue import cli, definitions
from mlvalue.formats import FORMATS, TEXTS

DATA = pathlib.Path(__file__).parent / "data" / "formats"
SCHEMAS = DATA / "schemas"
MACHINES = tuple(name for name in FORMATS if name not in TEXTS)
HARD = ("ein paar Größen.md", 'it\'s "quoted".md', "100%.md", "no #1.md", "a,b:c.md", "[x](1) {0}.md", "größe/ä ö%20.md", "ünï<&>🥐.md")
SURE = "We guarantee fewer calls."


@pytest.fixture(name="repo")
def repository_of_documents(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    folder = tmp_path / "repo"
    shutil.copytree(DATA / "docs", folder / "docs")
    (folder / ".git").mkdir()
    monkeypatch.chdir(folder)
    return folder


def lint(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    cli.main(["lint", "--today", "2026-11-30", *arguments])
    return capsys.readouterr().out


def commands(text: str) -> Iterator[tuple[str, dict[str, str], str]]:
    """Read workflow commands as the runner does."""
    for line in text.splitlines():
        match = re.fullmatch("::(?P<level>[a-z]+) (?P<properties>.*?)::(?P<message>.*)", line)
        assert match, line
        pairs = [pair.split("=", 1) for pair in match["properties"].split(",")]
        plain = {name: value.replace("%3A", ":").replace("%2C", ",") for name, value in pairs}
        plain = {name: value.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%") for name, value in plain.items()}
        yield match["level"], plain, match["message"].replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")


def published(name: str) -> Any:  # noqa: ANN401 (JSON)
    return json.loads((SCHEMAS / name).read_text(encoding="utf-8"))


def check_json(text: str) -> list[str]:
    report = json.loads(text)
    jsonschema.Draft202012Validator(definitions.published("report")).validate(report)
    return [entry["path"] for entry in report["diagnostics"]]


def check_lines(text: str) -> list[str]:
    schema = {**definitions.published("report"), "$ref": "#/$defs/diagnostic"}
    schema = {"$defs": schema["$defs"], "$ref": "#/$defs/diagnostic"}
    entries = [json.loads(line) for line in text.splitlines()]
    for entry in entries:
        jsonschema.Draft202012Validator(schema).validate(entry)
    return [entry["path"] for entry in entries]


def check_github(text: str) -> list[str]:
    found = list(commands(text))
    for level, properties, message in found:
        assert level in {"error", "warning"}
        assert set(properties) <= {"file", "line", "endLine", "col", "endColumn", "title"}
        assert message
    return [properties["file"] for _, properties, _ in found]


def check_gitlab(text: str) -> list[str]:
    entries = json.loads(text)
    jsonschema.validate(entries, published("gitlab-documented.json"))
    for entry in entries:
        jsonschema.validate(entry, published("gitlab-codeclimate.json"))
    assert len({entry["fingerprint"] for entry in entries}) == len(entries)
    return [entry["location"]["path"] for entry in entries]


def check_sarif(text: str) -> list[str]:
    log = json.loads(text)
    jsonschema.Draft4Validator(published("sarif-2.1.0.json"), format_checker=jsonschema.FormatChecker()).validate(log)
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    return [urllib.parse.unquote(location(result)["uri"]) for result in run["results"] if not result.get("suppressions")]


def check_junit(text: str) -> list[str]:
    xmlschema.XMLSchema(SCHEMAS / "junit-10.xsd").validate(io.StringIO(text))
    root = ET.fromstring(text)
    for node, name in itertools.product([root, *root], ("tests", "failures", "errors")):
        tags = {"tests": "testcase", "failures": "failure", "errors": "error"}
        assert node.get(name) == str(len(list(node.iter(tags[name]))))
    return [case.get("classname", "") for case in root.iter("testcase") if len(case)]


def check_rdjson(text: str) -> list[str]:
    report = json.loads(text)
    jsonschema.Draft4Validator(published("reviewdog-rdf.json")).validate(report)
    return [entry["location"]["path"] for entry in report["diagnostics"]]


CHECKS: dict[str, Callable[[str], list[str]]] = {
    "json": check_json,
    "json-lines": check_lines,
    "github": check_github,
    "gitlab": check_gitlab,
    "sarif": check_sarif,
    "junit": check_junit,
    "rdjson": check_rdjson,
}


def location(result: dict[str, Any]) -> dict[str, Any]:
    (place,) = result["locations"]
    found: dict[str, Any] = place["physicalLocation"]["artifactLocation"]
    return found


def results(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(lint(capsys, "--output-format", "sarif", *arguments))["runs"][0]["results"]
    return found


def without_rules(text: str) -> str:
    """SARIF without what changes with a page of any rule."""
    log = json.loads(text)
    driver = log["runs"][0]["tool"]["driver"]
    del driver["rules"], driver["semanticVersion"]
    for result in log["runs"][0]["results"]:
        del result["ruleIndex"]
    return json.dumps(log, indent=2, ensure_ascii=False) + "\n"


def test_every_machine_format_is_checked_here() -> None:
    assert tuple(CHECKS) == MACHINES


def test_every_format_has_a_section_and_a_sample_on_its_page(root: pathlib.Path) -> None:
    page = (root / "docs" / "formats.md").read_text(encoding="utf-8")
    assert re.findall("^## ([a-z-]+)$", page, re.MULTILINE) == list(FORMATS)
    assert re.findall("<!-- mlvalue-sample ([a-z-]+) -->", page) == list(FORMATS)


@pytest.mark.parametrize("form", FORMATS)
def test_a_format_writes_what_its_golden_file_holds(repo: pathlib.Path, capsys: pytest.CaptureFixture[str], form: str) -> None:
    del repo
    out = lint(capsys, "--output-format", form)
    out = without_rules(out) if form == "sarif" else re.sub(r'"version": "[^"]+"', '"version": "0"', out)
    golden = DATA / f"{form}.golden"
    if os.environ.get("UPDATE"):
        golden.write_text(out, encoding="utf-8")
    assert golden.read_text(encoding="utf-8") == out


@pytest.mark.parametrize("form", MACHINES)
def test_a_machine_reads_what_was_found(repo: pathlib.Path, capsys: pytest.CaptureFixture[str], form: str) -> None:
    del repo
    paths = CHECKS[form](lint(capsys, "--output-format", form))
    assert set(paths) == {"docs/designs/findings.md", "docs/designs/no-utf8.md", "docs/designs/warned.md"}


@pytest.mark.parametrize("form", MACHINES)
def test_a_report_of_nothing_is_valid(repo: pathlib.Path, capsys: pytest.CaptureFixture[str], form: str) -> None:
    assert CHECKS[form](lint(capsys, "--output-format", form, "docs/designs/clean.md")) == []
    (repo / "README.md").write_text(SURE)
    assert CHECKS[form](lint(capsys, "--output-format", form, "--hook", "README.md")) == []
    shutil.rmtree(repo / "docs")
    assert CHECKS[form](lint(capsys, "--output-format", form)) == []
    (repo / "mlvalue.toml").write_text('documents = ["elsewhere/*.md"]')
    assert CHECKS[form](lint(capsys, "--output-format", form)) == []


@pytest.mark.parametrize("form", MACHINES)
def test_a_path_may_hold_any_character(repo: pathlib.Path, capsys: pytest.CaptureFixture[str], form: str) -> None:
    for name in HARD:
        (repo / name).parent.mkdir(exist_ok=True)
        (repo / name).write_text(f"{SURE}\n", encoding="utf-8")
    assert set(CHECKS[form](lint(capsys, "--output-format", form, "--select", "wording", *HARD))) == set(HARD)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no file that can be opened and not be read")
@pytest.mark.parametrize("form", MACHINES)
def test_a_file_that_cant_be_read_is_told_and_hides_no_other(repo: pathlib.Path, capsys: pytest.CaptureFixture[str], form: str) -> None:
    (repo / "docs/designs/memory.md").symlink_to("/proc/self/mem")
    status = cli.main(["lint", "--output-format", form])
    out, err = capsys.readouterr()
    assert (status, err) == (2, "mlvalue: can't read docs/designs/memory.md: Input/output error\n")
    assert "docs/designs/findings.md" in CHECKS[form](out)
    if form not in {"json-lines", "gitlab", "rdjson"}:  # these have no place for it
        assert "Input/output error" in out


def test_a_machine_gets_utf_8_whatever_the_terminal_is(repo: pathlib.Path) -> None:
    del repo
    command = [sys.executable, "-m", "mlvalue", "lint", "--output-format", "json", "--select", "invalid-value", "x ä🥐.md"]
    pathlib.Path("x ä🥐.md").write_text("---\nstage: Größe\n---\n", encoding="utf-8")
    done = subprocess.run(command, capture_output=True, check=False, env={**os.environ, "PYTHONIOENCODING": "ascii"})
    report = json.loads(done.stdout.decode())
    assert report["files"] == ["x ä🥐.md"]
    assert "Größe" in report["diagnostics"][0]["message"]


def test_xml_holds_no_character_that_it_cant(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repo / "x.md").write_text('---\nstage: "\\x01\\e[31m\\uFFFE]]>"\n---\n', encoding="utf-8")
    out = lint(capsys, "--output-format", "junit", "x.md")
    assert check_junit(out)
    assert not re.search("[\x00-\x08\x0b-\x1f\ufffe\uffff]", out)


def test_a_document_cant_add_a_workflow_command(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repo / "x.md").write_text('---\nstage: "a\\n::add-mask::b\\r\\n::error::c%0A"\n---\n', encoding="utf-8")
    out = lint(capsys, "--output-format", "github", "x.md")
    assert all(line.startswith("::error file=x.md,line=") for line in out.splitlines())
    assert any("::error::c%0A" in message for _, _, message in commands(out))


def test_github_gets_columns_only_where_they_are_of_one_line(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    del repo
    found = [properties for _, properties, _ in commands(lint(capsys, "--output-format", "github", "docs/designs/findings.md"))]
    assert {(entry["line"] == entry["endLine"], "col" in entry) for entry in found} == {(True, True), (False, False)}
    assert {entry["title"] for entry in found} >= {"mlvalue: guarantee", "mlvalue: invalid-value"}


def test_reviewdog_counts_columns_in_bytes(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = (repo / "docs/designs/findings.md").read_bytes().split(b"\n")
    for entry in json.loads(lint(capsys, "--output-format", "rdjson", "docs/designs/findings.md"))["diagnostics"]:
        start, end = (entry["location"]["range"][name] for name in ("start", "end"))
        if entry["code"]["value"] == "guarantee" and start["line"] == end["line"]:
            assert lines[start["line"] - 1][start["column"] - 1 : end["column"] - 1] == b"guarantee fewer"


def test_paths_begin_at_the_root_of_the_repository(repo: pathlib.Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(repo / "docs")
    for form, path in (("sarif", "docs/designs/findings.md"), ("gitlab", "docs/designs/findings.md"), ("github", "docs/designs/findings.md")):
        assert set(CHECKS[form](lint(capsys, "--output-format", form, "designs/findings.md"))) == {path}
    for form in ("json", "rdjson"):  # these are read where the command runs
        assert set(CHECKS[form](lint(capsys, "--output-format", form, "designs/findings.md"))) == {"designs/findings.md"}


def test_a_worktree_is_a_root_too_and_without_git_the_folder_of_the_settings(
    repo: pathlib.Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (repo / ".git").rmdir()
    (repo / ".git").write_text("gitdir: elsewhere\n")
    monkeypatch.chdir(repo / "docs" / "designs")
    assert location(results(capsys, "findings.md")[0])["uri"] == "docs/designs/findings.md"
    (repo / ".git").unlink()
    (repo / "docs" / "mlvalue.toml").write_text("")
    assert location(results(capsys, "findings.md")[0])["uri"] == "designs/findings.md"
    (repo / "docs" / "mlvalue.toml").unlink()
    assert location(results(capsys, "findings.md")[0])["uri"] == "findings.md"


def test_a_file_elsewhere_has_an_absolute_address(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = repo.parent / "an other ä.md"
    other.write_text(SURE)
    place = location(results(capsys, str(other), "--select", "wording")[0])
    assert (place["uri"], "uriBaseId" in place) == (other.as_uri(), False)
    assert check_gitlab(lint(capsys, str(other), "--select", "wording", "--output-format", "gitlab")) == [other.as_posix()]


def test_a_linked_document_is_called_by_its_own_name(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repo / "link.md").symlink_to("docs/designs/findings.md")
    assert location(results(capsys, "link.md")[0])["uri"] == "link.md"


@pytest.mark.parametrize("form", MACHINES)
def test_standard_input_is_called_as_it_is_told(repo: pathlib.Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], form: str) -> None:
    del repo
    for arguments, shown in ((["--stdin-filename", "docs/new.md"], "docs/new.md"), ([], "-")):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(SURE.encode())))
        assert set(CHECKS[form](lint(capsys, "-", "--output-format", form, *arguments))) == {shown}


def test_sarif_names_no_place_of_this_machine(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = lint(capsys, "--output-format", "sarif")
    assert str(repo) not in out
    (run,) = json.loads(out)["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert set(run["originalUriBaseIds"]) == {"%SRCROOT%"}
    assert all(location(result)["uriBaseId"] == "%SRCROOT%" for result in run["results"])
    assert [artifact["location"]["uri"] for artifact in run["artifacts"]] == [f"docs/designs/{name}.md" for name in ("clean", "findings", "no-utf8", "warned")]
    assert run["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]


@pytest.mark.no_cover
def test_sarif_describes_every_rule(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repo / "mlvalue.toml").write_text('wording.rules = ["astrology.toml"]\n')
    (repo / "astrology.toml").write_text(
        'summary = "A horoscope instead of data."\nmessage = "`{words}`: where is the data?"\nmodest = "say what was measured"\n'
        'must_flag = ["The stars align."]\nmust_pass = ["Will they?"]\n[[trigger]]\nseverity = "error"\nphrases = "stars align"\n'
    )
    rules = json.loads(lint(capsys, "--output-format", "sarif"))["runs"][0]["tool"]["driver"]["rules"]
    guarantee = next(rule for rule in rules if rule["id"] == "guarantee")
    assert guarantee["name"] == "WordingGuarantee"
    assert guarantee["shortDescription"] == {"text": "An outcome that is told as certain."}
    assert guarantee["fullDescription"]["text"].endswith("What makes it certain, and who bears the loss if it fails?")
    assert guarantee["help"]["markdown"].startswith("# guarantee\n")
    assert guarantee["helpUri"] == "https://mlvalue.github.io/mlvalue/rules/guarantee/"
    assert guarantee["defaultConfiguration"] == {"level": "error"}
    assert guarantee["properties"]["tags"] == ["wording"]
    own = next(rule for rule in rules if rule["id"] == "astrology")
    assert (own["fullDescription"], "helpUri" in own) == ({"text": "A horoscope instead of data."}, False)
    for rule in rules:
        assert "```" not in rule["fullDescription"]["text"]
        assert rule["fullDescription"]["text"].startswith(rule["shortDescription"]["text"])


def test_what_a_comment_allows_is_suppressed_with_its_reason(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    del repo
    (allowed,) = [result for result in results(capsys) if "suppressions" in result]
    assert allowed["ruleId"] == "guarantee"
    assert allowed["suppressions"] == [{"kind": "inSource", "status": "accepted", "justification": "the contract's own words"}]


def fingerprints(capsys: pytest.CaptureFixture[str], text: str) -> list[str]:
    pathlib.Path("x.md").write_text(text, encoding="utf-8")
    return [result["partialFingerprints"]["mlvalue/v1"] for result in results(capsys, "x.md")]


FRONT = "---\nstage: ide\nowner: Ana\n---\n\n"


def test_a_fingerprint_survives_lines_above_and_changed_neighbours(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    del repo
    before = fingerprints(capsys, f"{FRONT}# A\n\nOne.\n\n{SURE}\n\nTwo.\n")
    assert len(set(before)) == len(before) > 1
    for text in (
        f"{FRONT}# A\n\nMore.\n\nAnd more.\n\nOne.\n\n{SURE}\n\nTwo.\n",
        f"{FRONT}# A\n\nOther.\n\n{SURE}\n\nWords.\n",
        f"{FRONT}# A\n\nOne.\n\nWe  guarantee fewer calls. \n\nTwo.\n",
        f"---\n# a comment\nstage: ide\nowner: Ana\n---\n\n# A\n\nOne.\n\n{SURE}\n",
        (f"{FRONT}# A\n\nOne.\n\n{SURE}\n\nTwo.\n").replace("\n", "\r\n"),
    ):
        assert fingerprints(capsys, text) == before, text
    assert fingerprints(capsys, f"{FRONT}# A\n\nWe guarantee more calls.\n") != before


def test_two_equal_findings_differ_and_allowing_one_leaves_the_other(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    del repo
    first, second = fingerprints(capsys, f"{FRONT}# A\n\n{SURE}\n\n# B\n\n{SURE}\n")[-2:]
    assert first != second
    allowed = f"{FRONT}# A\n\n<!-- mlvalue: allow guarantee: the contract's words -->\n{SURE}\n\n# B\n\n{SURE}\n"
    assert fingerprints(capsys, allowed)[-2:] == [second, first]


def test_equal_findings_of_two_files_differ_for_gitlab_and_stay_when_lines_move(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    def entries() -> dict[str, str]:
        out = lint(capsys, "--output-format", "gitlab", "--select", "wording", "x.md", "y.md")
        check_gitlab(out)
        return {entry["location"]["path"]: entry["fingerprint"] for entry in json.loads(out)}

    for name in ("x.md", "y.md"):
        (repo / name).write_text(SURE)
    before = entries()
    (repo / "x.md").write_text(f"# A title\n\n{SURE}")
    assert entries() == before


SLIP = "---\nstage: idea\nowner: Änä 🥐\ncustomer: {who: 12 agents, pians: [slow]}\nvalue: {metric: calls, how_it_pays: fewer calls}\n---\n\n# Calls\n"


def test_the_one_right_answer_is_a_suggestion_for_reviewdog_and_a_fix_in_sarif(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(repo / "docs")
    (repo / "slip.md").write_text(SLIP, encoding="utf-8")
    told = lint(capsys, "slip.md", "--output-format", "rdjson")
    check_rdjson(told)
    (suggestion,) = [each for entry in json.loads(told)["diagnostics"] for each in entry.get("suggestions", ())]
    line = SLIP.split("\n")[suggestion["range"]["start"]["line"] - 1].encode()
    begin, end = (suggestion["range"][name]["column"] - 1 for name in ("start", "end"))
    assert (line[:begin] + suggestion["text"].encode() + line[end:]).decode() == "customer: {who: 12 agents, pains: [slow]}"
    log = lint(capsys, "slip.md", "--output-format", "sarif")
    check_sarif(log)
    (fix,) = [each for result in json.loads(log)["runs"][0]["results"] for each in result.get("fixes", ())]
    ((replacement,),) = [change["replacements"] for change in fix["artifactChanges"]]
    region = replacement["deletedRegion"]
    written = SLIP.split("\n")[region["startLine"] - 1]
    mended = written[: region["startColumn"] - 1] + replacement["insertedContent"]["text"] + written[region["endColumn"] - 1 :]
    assert mended == "customer: {who: 12 agents, pains: [slow]}"


def test_a_byte_order_mark_has_no_place_for_them(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(repo / "docs")
    (repo / "bom.md").write_text(SLIP.replace("pians", "pains"), encoding="utf-8-sig")
    for form, check in (("rdjson", check_rdjson), ("sarif", check_sarif)):
        text = lint(capsys, "bom.md", "--output-format", form)
        check(text)
        assert "unclear-delimiter" in text
        assert '"suggestions"' not in text
        assert '"fixes"' not in text
