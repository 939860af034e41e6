"""A portfolio outside of the site: as a table, for a spreadsheet, as JSON, and among the portfolios of others."""

import csv
import dataclasses
import functools
import http.server
import io
import json
import pathlib
import threading
from collections.abc import Iterator
from xml.etree import ElementTree

import jsonschema
import pytest

from mlvalue import cli, definitions
from mlvalue.project import Project

IDEA = "---\nstage: idea\nowner: Ana\ncustomer: {who: 12 agents, pains: [slow]}\nvalue: {metric: calls, how_it_pays: fewer calls}\n---\n\n# Calls\n\n"
SAMPLE = (pathlib.Path(__file__).parent / "sample.md").read_text(encoding="utf-8")


@pytest.fixture(name="repo")
def repository(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    root = tmp_path / "shop"
    (root / "docs/designs").mkdir(parents=True)
    (root / "mlvalue.toml").write_text('as_of = "2026-11-30"\nname = "Shop"\n')
    (root / "docs/designs/orders.md").write_text(SAMPLE, encoding="utf-8")
    (root / "docs/designs/calls.md").write_text(IDEA)
    monkeypatch.chdir(root)
    return root


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = cli.main(arguments)
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def test_the_table_has_a_row_for_every_document_and_what_they_are_worth_together(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repo / "docs/designs/broken.md").write_text("---\nstage: [\n---\n")
    status, out, err = run(capsys, "portfolio")
    assert (status, err) == (0, "")
    lines = out.splitlines()
    assert [line.split("  ")[0] for line in lines[1:4]] == ["Order proposals", "Calls", "broken"]
    assert lines[1].split() == ["Order", "proposals", "approved", "at", "least", "55", "%", "160,000", "EUR", "9", "in", "10", "-", "Ana", "Pereira"]
    assert lines[5] == "cash: 160,000 EUR or more in 1 design under way, at a cost of 251,777 EUR"
    assert lines[6] == "1 design needs attention"


def test_the_json_is_as_its_schema_says_and_the_schema_knows_every_name(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    del repo
    _, out, _ = run(capsys, "portfolio", "--output-format", "json")
    schema = definitions.published("portfolio")
    jsonschema.Draft202012Validator.check_schema(schema)
    found = json.loads(out)
    jsonschema.Draft202012Validator(schema).validate(found)
    assert list(schema["$defs"]["project"]["properties"]) == [field.name for field in dataclasses.fields(Project) if field.name != "horizon_years"]
    assert (found["name"], found["version"], [each["title"] for each in found["projects"]]) == ("Shop", 1, ["Order proposals", "Calls"])
    orders, calls = found["projects"]
    assert (orders["path"], orders["stage"], orders["roi_promised"], orders["npv_likely"], orders["chance"]) == (
        "docs/designs/orders.md",
        "approved",
        0.55,
        415222.0,
        0.9424,
    )
    assert (calls["roi_promised"], calls["npv_p20"], calls["promise"]) == (None, None, "none")


def test_the_spreadsheet_runs_no_formula_and_keeps_numbers(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number, title in enumerate(["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", 'a "quoted", title', "Ökonomie 🙂"]):
        (repo / f"docs/designs/x{number}.md").write_text(
            IDEA.replace("stage: idea", f"title: {json.dumps(title, ensure_ascii=False)}\nstage: idea"), encoding="utf-8"
        )
    losing = SAMPLE.replace("per_year: [400k, 600k, 800k]", "per_year: [1k, 2k, 3k]")
    (repo / "docs/designs/loses.md").write_text(losing, encoding="utf-8")
    _, out, _ = run(capsys, "portfolio", "--output-format", "csv")
    assert out.startswith("\N{ZERO WIDTH NO-BREAK SPACE}source,path,url,title,")
    assert out.count("\r\n") == len(out.splitlines())
    rows = list(csv.DictReader(io.StringIO(out.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}"), newline="")))
    titles = {row["title"] for row in rows}
    assert {"'=1+1", "'+1", "'-1", "'@SUM(A1)", 'a "quoted", title', "Ökonomie 🙂"} <= titles
    assert not any(title.strip(" ").startswith(("=", "+", "-", "@", "\t")) for title in titles)
    (lost,) = [row for row in rows if row["path"].endswith("loses.md")]
    assert float(lost["npv_likely"]) < 0


def test_lines_are_flat_and_all_have_the_same_names(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repo / "mlvalue.toml").write_text('as_of = "2026-11-30"\ncolumns = ["customer.who"]\n')
    _, out, _ = run(capsys, "portfolio", "--output-format", "json-lines")
    rows = [json.loads(line) for line in out.splitlines()]
    assert len(rows) == 2
    assert rows[0].keys() == rows[1].keys()
    assert not any(isinstance(value, dict | list) for row in rows for value in row.values())
    assert rows[1]["fields.customer.who"] == "12 agents"


def test_the_same_documents_give_the_same_bytes_in_a_file(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a", "b"):
        assert run(capsys, "portfolio", "--output-format", "json", "--output-file", f"{name}.json") == (0, "", "")
    assert (repo / "a.json").read_bytes() == (repo / "b.json").read_bytes()


def test_a_folder_of_all_forms_holds_badges_that_can_be_heard_and_a_feed_that_readers_take(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repo / "docs/designs/live.md").write_text(
        (pathlib.Path(__file__).parent.parent / "docs/designs/bake-plan.md").read_text(encoding="utf-8"), encoding="utf-8"
    )
    (repo / "docs/designs/broken.md").write_text("---\nstage: [\n---\n# <b> & co\n")
    status, out, _ = run(capsys, "portfolio", "--output-folder", "out")
    assert (status, out) == (0, "12 files written to out\n")
    svg = ElementTree.parse(repo / "out/badges/docs/designs/orders.svg").getroot()
    name = "{http://www.w3.org/2000/svg}"
    assert svg.attrib["role"] == "img"
    assert svg.findtext(f"{name}title") == "Order proposals: at least 55 %"
    assert svg.findtext(f"{name}desc") == "Should return at least 55 % of its cost in 3 years: 8 in 10 futures do better."
    assert "incomplete" in (repo / "out/badges/docs/designs/broken.svg").read_text(encoding="utf-8")
    assert json.loads((repo / "out/badges/docs/designs/orders.json").read_text(encoding="utf-8")) == {
        "schemaVersion": 1,
        "label": "should return",
        "message": "at least 55 %",
        "color": "1b6e3c",
        "isError": False,
    }
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ElementTree.parse(repo / "out/portfolio.atom").getroot()
    entries = feed.findall(f"{atom}entry")
    assert all(entry.findtext(f"{atom}{part}") for entry in entries for part in ("id", "title", "updated", "summary"))
    assert len({entry.findtext(f"{atom}id") for entry in entries}) == len(entries) >= 4
    days = [str(entry.findtext(f"{atom}updated")) for entry in entries]
    assert days == sorted(days, reverse=True)
    assert feed.findtext(f"{atom}updated") == days[0]
    assert any("figures" in str(entry.findtext(f"{atom}title")) for entry in entries)


@pytest.fixture(name="other")
def other_portfolio(repo: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> pathlib.Path:
    file = repo.parent / "logistics" / "portfolio.json"
    file.parent.mkdir()
    assert cli.main(["portfolio", "--output-format", "json", "--output-file", str(file)]) == 0
    text = file.read_text(encoding="utf-8").replace('"name": "Shop"', '"name": "Logistics"').replace('"title": "Order proposals"', '"title": "Truck loads"')
    file.write_text(text.replace('"currency": "EUR"', '"currency": "USD"'), encoding="utf-8")
    capsys.readouterr()
    return file


def test_projects_of_another_portfolio_stand_beside_ours_and_say_whose_they_are(
    repo: pathlib.Path, other: pathlib.Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = f'as_of = "2026-11-30"\nsources = ["../{other.parent.name}/portfolio.json"]\n'
    (repo / "mlvalue.toml").write_text(settings)
    _, out, _ = run(capsys, "portfolio")
    assert [line.split("  ")[0] for line in out.splitlines()[1:5]] == ["Order proposals", "Logistics: Truck loads", "Calls", "Logistics: Calls"]
    assert "cash: 160,000 EUR or more in 1 design under way" in out
    (repo / "mlvalue.toml").write_text(settings + '[rates]\nUSD = {rate = 0.5, date = "2026-10-20"}\n')
    _, out, _ = run(capsys, "portfolio")
    assert "cash: 240,000 EUR or more in 2 designs under way" in out


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("{", "is no JSON"),
        ("[]", "is no portfolio; `mlvalue portfolio --output-format json` writes one"),
        ('{"version": 2}', "has version 2, and this mlvalue reads version 1; bring both to the same release"),
        ('{"version": 1, "projects": []}', "is not as the schema asks"),
        (None, "can't be read: No such file or directory"),
    ],
)
def test_a_portfolio_that_cant_be_read_is_told_and_hides_no_other(
    repo: pathlib.Path, other: pathlib.Path, capsys: pytest.CaptureFixture[str], content: str | None, told: str
) -> None:
    broken = repo / "broken.json"
    if content is not None:
        broken.write_text(content)
    (repo / "mlvalue.toml").write_text(f'as_of = "2026-11-30"\nsources = ["broken.json", "{other.as_posix()}"]\n')
    status, out, err = run(capsys, "portfolio")
    assert status == 1
    assert f"mlvalue: broken.json: {told}" in err or told in err
    assert "Logistics: Truck loads" in out


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(name="address")
def web_server(other: pathlib.Path) -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(other.parent)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/portfolio.json"
    server.shutdown()
    server.server_close()


def test_addresses_are_read_by_fetch_alone_and_what_was_there_stays(
    repo: pathlib.Path, other: pathlib.Path, address: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MLVALUE_CACHE_DIR", str(repo.parent / "cache"))
    (repo / "mlvalue.toml").write_text(f'as_of = "2026-11-30"\nsources = ["{address}"]\n')
    status, out, err = run(capsys, "portfolio")
    assert status == 1
    assert "nothing is here yet; run `mlvalue fetch`" in err
    assert run(capsys, "fetch")[:2] == (0, f"{address}: read\n1 address, no failed\n")
    status, out, _ = run(capsys, "portfolio")
    assert status == 0
    assert "Logistics: Truck loads" in out
    other.write_text('{"version": 9}')
    status, out, _ = run(capsys, "fetch")
    assert status == 1
    assert "has version 9" in out
    assert "Logistics: Truck loads" in run(capsys, "portfolio")[1]
    (repo / "mlvalue.toml").write_text('sources = ["http://127.0.0.1:9/portfolio.json"]\n')
    status, out, _ = run(capsys, "fetch")
    assert status == 1
    assert "can't be read" in out
