"""The queries of the page on thousands of repositories, each run over a folder of a thousand portfolios."""

import json
import pathlib
import random
import re

import duckdb
import pytest
import sqlglot

from mlvalue import definitions

PAGE = (pathlib.Path(__file__).parent.parent / "docs/queries.md").read_text(encoding="utf-8")
VIEW, *QUERIES = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)
STAGES = ("idea", "proposed", "approved", "live", "retired", "dropped")
REPOSITORIES = 1000


def row(luck: random.Random, number: int, project: int) -> dict[str, object]:
    """A line as `json-lines` writes it, with every name of the schema."""
    stage = luck.choice(STAGES)
    has_figures = stage != "idea"
    amounts = {name: float(luck.randrange(-50_000, 500_000)) if has_figures else None for name in ("npv_p20", "npv_likely", "extra_over_simple")}
    values: dict[str, object] = {
        name: "" if described["type"] == "string" else 0 if described["type"] == "integer" else None
        for name, described in definitions.published("portfolio")["$defs"]["project"]["properties"].items()
        if name != "fields"
    }
    values |= amounts | {
        "title": f"Project {number}-{project}",
        "path": f"docs/designs/{project}.md",
        "stage": stage,
        "approach": luck.choice(("ml", "ml", "no_ml")),
        "owner": luck.choice(("Ana", "Tom", "Elif")),
        "kind": luck.choice(("cash", "time", "risk")),
        "currency": luck.choice(("EUR", "USD")),
        "evidence": luck.choice(("guess", "pilot", "experiment", "")),
        "promise": luck.choice(("return", "range", "chance")) if has_figures else "none",
        "cost": float(luck.randrange(10_000, 300_000)) if has_figures else None,
        "roi_promised": luck.randrange(0, 40) / 20 if has_figures else None,
        "chance": luck.randrange(0, 100) / 100 if has_figures else None,
        "payback_month_p80": luck.randrange(6, 36) if has_figures else None,
    }
    if stage == "live":
        values |= {"share_planned": 0.7, "share_measured": luck.random(), "newest_figures": luck.choice(("", f"2026-{luck.randrange(1, 12):02}"))}
        values |= {"promised_value": 1000.0, "delivered_value": float(luck.randrange(0, 1500))}
    return {"portfolio": f"team-{number:04}", "as_of": "2026-11-30", "horizon_years": 3, "discount_rate": 0.1} | values


@pytest.fixture(name="rows", scope="module")
def all_rows() -> list[dict[str, object]]:
    luck = random.Random(11)  # noqa: S311 (made-up projects)
    return [row(luck, number, project) for number in range(REPOSITORIES) for project in range(luck.randrange(1, 6))]


@pytest.fixture(name="base", scope="module")
def database(rows: list[dict[str, object]], tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    folder = tmp_path_factory.mktemp("many") / "portfolios"
    folder.mkdir()
    for name in {str(each["portfolio"]) for each in rows}:
        lines = [json.dumps(each) for each in rows if each["portfolio"] == name]
        (folder / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert len(list(folder.iterdir())) == REPOSITORIES
    base = duckdb.connect()
    base.execute(VIEW.replace("portfolios/", f"{folder.as_posix()}/"))
    base.execute("CREATE TABLE kept AS SELECT * FROM projects; DROP VIEW projects; ALTER TABLE kept RENAME TO projects")  # read once for all queries
    return base


@pytest.mark.no_cover
@pytest.mark.parametrize("query", QUERIES, ids=[query.split("\n")[0][:60] for query in QUERIES])
def test_every_query_answers_over_a_thousand_portfolios(base: duckdb.DuckDBPyConnection, query: str) -> None:
    found = base.sql(query)
    assert len(found.columns) >= 3
    assert found.fetchall() == base.sql(query).fetchall() != []


def test_what_is_under_way_is_added_up_by_currency_and_kind(base: duckdb.DuckDBPyConnection, rows: list[dict[str, object]]) -> None:
    counted = [each for each in rows if each["stage"] in {"proposed", "approved", "live"} and each["promise"] != "range"]
    wanted = sorted({(each["currency"], each["kind"]) for each in counted})
    found = base.sql(QUERIES[0]).fetchall()
    assert [(currency, kind) for currency, kind, *_ in found] == wanted
    currency, kind, number, worth, _ = found[0]
    mine = [each for each in counted if (each["currency"], each["kind"]) == (currency, kind)]
    assert (number, worth) == (len(mine), sum(float(str(each["npv_p20"])) for each in mine))


@pytest.mark.parametrize("query", QUERIES, ids=[query.split("\n")[0][:60] for query in QUERIES])
@pytest.mark.parametrize("dialect", ["spark", "databricks", "trino", "athena"])
def test_every_query_means_the_same_to_the_sql_of_a_cluster(query: str, dialect: str) -> None:
    here, there = sqlglot.parse_one(query, dialect="duckdb"), sqlglot.parse_one(query, dialect=dialect)
    for division in (*here.find_all(sqlglot.exp.Div), *there.find_all(sqlglot.exp.Div)):  # of amounts, which all engines divide alike
        division.set("typed", None)
        division.set("safe", None)
    # A cast that fails is null in Spark and an error elsewhere; the queries cast only what can be cast.
    assert here.sql(dialect="duckdb") == there.sql(dialect="duckdb").replace("TRY_CAST", "CAST")
