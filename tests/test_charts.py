"""The pictures: golden files, what every one must have, and what must hold for any portfolio."""

import datetime
import json
import os
import pathlib
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from markupsafe import escape

from mkdocs_mlvalue.charts import CARD_CHARTS, CHARTS
from mkdocs_mlvalue.drawing import NAMESPACES, SIZE, WIDTH, Picture, Place, extent
from mkdocs_mlvalue.language import Language
from mlvalue import settings as settings_files
from mlvalue.entry import Entry
from mlvalue.portfolio import Portfolio, portfolio
from mlvalue.review import review
from mlvalue.settings import Settings

ROOT = pathlib.Path(__file__).parent.parent
GOLDEN = ROOT / "tests" / "data" / "charts"
SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}href"
ENGLISH = Language()
SETTINGS = Settings(root=ROOT, as_of=datetime.date(2026, 11, 30), dated_rates={"USD": (0.5, datetime.date(2026, 10, 20))})


def place(name: str) -> Place:
    return Place(f"mlv-{name}", lambda entry: f"{entry.review.path.stem}/", ENGLISH)


def side_by_side(documents: Sequence[str]) -> Portfolio:
    return portfolio([review(text.encode(), ROOT / f"docs/designs/d{index}.md", SETTINGS, ()) for index, text in enumerate(documents)], SETTINGS)


@pytest.fixture(name="example", scope="module")
def example_portfolio() -> Portfolio:
    found = settings_files.load(ROOT)
    return portfolio([review(path.read_bytes(), path, found, ()) for path in found.find_documents()], found)


def pictures(whole: Portfolio) -> Iterator[tuple[str, Picture]]:
    for name, chart in CHARTS.items():
        yield name, chart.draw(whole, place(name))
    for entry in whole.entries:
        for name, card_chart in CARD_CHARTS.items():
            yield name, card_chart.draw(entry, place(name))


def entry_of(whole: Portfolio, name: str) -> Entry:
    return next(entry for entry in whole.entries if entry.review.path.stem == name)


@pytest.mark.parametrize("name", [*CHARTS, *CARD_CHARTS])
def test_a_picture_of_the_example_portfolio_is_as_it_was(example: Portfolio, name: str) -> None:
    picture = CHARTS[name].draw(example, place(name)) if name in CHARTS else CARD_CHARTS[name].draw(entry_of(example, "order-proposals"), place(name))
    file = GOLDEN / f"{name}.svg"
    if os.environ.get("UPDATE"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(picture.svg + "\n", encoding="utf-8")
    assert picture.svg + "\n" == file.read_text(encoding="utf-8")


def test_there_is_a_golden_file_for_every_chart_and_no_other() -> None:
    assert {path.stem for path in GOLDEN.glob("*.svg")} == {*CHARTS, *CARD_CHARTS}


def test_a_chart_is_one_module_of_its_name() -> None:
    modules = {path.stem.replace("_", "-") for path in (ROOT / "mkdocs_mlvalue/charts").glob("*.py")} - {"--init--"}
    assert modules == {*CHARTS, *CARD_CHARTS}
    for name, chart in [*CHARTS.items(), *CARD_CHARTS.items()]:
        source = (ROOT / f"mkdocs_mlvalue/charts/{name.replace('-', '_')}.py").read_text(encoding="utf-8")
        assert source.startswith(f'"""{chart.question} ')


def tree(svg: str) -> ET.Element:
    return ET.fromstring(svg)


def check(picture: Picture) -> None:
    """What every drawing must have."""
    root = tree(picture.svg)
    children = list(root)
    assert [child.tag for child in children[:2]] == [f"{SVG}title", f"{SVG}desc"]
    assert root.get("aria-labelledby") == f"{children[0].get('id')} {children[1].get('id')}"
    assert all(child.text for child in children[:2])
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    has_links = root.find(f".//{SVG}a") is not None
    assert root.get("role") == ("group" if has_links else "img")
    assert all(link.get("aria-label") and link.get(XLINK) for link in root.iter(f"{SVG}a"))
    assert not re.search(r"\b(?:nan|inf)\b|style=|<script|http", picture.svg.replace(NAMESPACES, ""), re.IGNORECASE)
    assert picture.rows
    assert all(len(row.cells) == len(picture.heads) for row in picture.rows)
    check_place(root)


def check_place(root: ET.Element) -> None:
    """Nothing is outside, and no words are upon others."""
    _, _, width, height = map(float, (root.get("viewBox") or "").split())
    assert width == WIDTH
    words = []
    for element in root.iter():
        at = {
            key: float(value)
            for key, value in element.attrib.items()
            if key in {"x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width", "height"} and "%" not in value
        }
        if element is root:
            continue
        across = [at[key] for key in ("x", "x1", "x2") if key in at] + ([at["cx"] - at["r"], at["cx"] + at["r"]] if "cx" in at else [])
        down = [at[key] for key in ("y", "y1", "y2") if key in at] + ([at["cy"] - at["r"], at["cy"] + at["r"]] if "cy" in at else [])
        if "width" in at:
            across.append(at["x"] + at["width"])
            down.append(at["y"] + at["height"])
            assert at["width"] >= 0
            assert at["height"] >= 0
        if element.tag == f"{SVG}text":
            long = extent(element.text or "")
            left = at["x"] - long * {"middle": 0.5, "end": 1.0}.get(element.get("text-anchor", ""), 0.0)
            across += [left, left + long]
            words.append((left, at["y"] - 0.7 * SIZE, left + long, at["y"], element.text))
        for x, y in re.findall(r"(-?[\d.]+),(-?[\d.]+)", element.get("points", "")):
            across.append(float(x))
            down.append(float(y))
        assert all(-0.1 <= value <= width + 0.1 for value in across), (element.attrib, element.text)
        assert all(-0.1 <= value <= height + 0.1 for value in down), (element.attrib, element.text)
    for index, one in enumerate(words):
        for other in words[index + 1 :]:
            apart = one[0] >= other[2] or other[0] >= one[2] or one[1] >= other[3] or other[1] >= one[3]
            assert apart or not one[4] or not other[4], (one, other)


def test_every_picture_of_the_example_portfolio_has_all_it_must(example: Portfolio) -> None:
    drawn = [picture for _, picture in pictures(example) if picture.svg]
    assert len(drawn) > len(CHARTS) + len(example.entries)
    for picture in drawn:
        check(picture)


def test_every_number_on_a_mark_is_in_the_table_too(example: Portfolio) -> None:
    for name, picture in pictures(example):
        if picture.svg and name in {"money", "ml-needed", "safe-bets", "promises", "use", "stages"}:
            told = " ".join(cell for row in picture.rows for cell in row.cells)
            for label in (
                text.text or "" for link in tree(picture.svg).iter(f"{SVG}a") for text in link.iter(f"{SVG}text") if text.get("text-anchor") != "end"
            ):
                for figure in re.findall(r"\N{MINUS SIGN}?[\d.]+[kM]?\N{NO-BREAK SPACE}(?:EUR|%)", label):
                    assert figure in told, (name, label)


def test_a_link_is_as_large_as_a_finger_needs(example: Portfolio) -> None:
    for _, picture in pictures(example):
        for link in tree(picture.svg).iter(f"{SVG}a") if picture.svg else []:
            hit = link.find(f"{SVG}rect")
            assert hit is not None
            assert min(float(hit.get("width", "0")), float(hit.get("height", "0"))) >= 26


def test_twenty_dots_never_promise_more_than_the_futures_hold(example: Portfolio) -> None:
    for entry in example.entries:
        picture = CARD_CHARTS["futures"].draw(entry, place("futures"))
        if picture.svg:
            dots = list(tree(picture.svg).iter(f"{SVG}circle"))
            won = sum("dot--good" in dot.get("class", "") for dot in dots)
            assert len(dots) == 20
            assert entry.review.appraisal
            assert won <= 20 * entry.review.appraisal.chosen.chance < won + 1
            assert f"In {won} of 20 futures" in picture.reading


def test_what_rests_on_a_guess_is_dashed_and_said_so(example: Portfolio) -> None:
    for name in ("safe-bets", "money", "ml-needed"):
        picture = CHARTS[name].draw(example, place(name))
        mark = next(link for link in tree(picture.svg).iter(f"{SVG}a") if "Shop assistant chat" in link.get("aria-label", ""))
        assert any("--weak" in element.get("class", "") for element in mark.iter())
        assert "Dashed: 1 design that rests on nothing better than a guess or an analogy and promises nothing." in picture.notes
    assert "so nothing is promised" in " ".join(CARD_CHARTS["futures"].draw(entry_of(example, "member-chat"), place("futures")).notes)


def test_what_isnt_drawn_is_counted_below(example: Portfolio) -> None:
    for name in ("safe-bets", "money", "ml-needed"):
        assert "Not drawn: 2 ideas, which promise nothing yet and 3 that are over." in CHARTS[name].draw(example, place(name)).notes


def test_no_expert_word_is_in_a_picture(example: Portfolio) -> None:
    for _, picture in pictures(example):
        said = " ".join([picture.svg, picture.reading, *picture.heads, *picture.notes])
        assert not re.search(r"\b(?:P10|P20|P50|P90|NPV|ROI)\b", said)


@pytest.mark.parametrize("name", [*CHARTS])
def test_without_documents_a_sentence_says_so(name: str) -> None:
    picture = CHARTS[name].draw(side_by_side([]), place(name))
    assert picture.svg == ""
    assert picture.reading.endswith(".")


@pytest.mark.parametrize("name", [*CARD_CHARTS])
def test_without_figures_a_sentence_says_so(example: Portfolio, name: str) -> None:
    picture = CARD_CHARTS[name].draw(entry_of(example, "roof-photos"), place(name))
    assert picture.svg == ""
    assert picture.reading.startswith("There are no figures yet")


def test_many_designs_are_cut_off_and_counted(sample: str) -> None:
    whole = side_by_side([sample.replace("# Order proposals", f"# Design {index}") for index in range(30)])
    for name in ("safe-bets", "money", "ml-needed"):
        picture = CHARTS[name].draw(whole, place(name))
        assert picture.svg.count("<a ") == 30
        assert picture.svg.count("__unit--more") == 6
        assert [row.more for row in picture.rows] == [False] * 24 + [True] * 6
        assert any("6 more for which there is no room" in note for note in picture.notes)
    assert "6 designs without a square" in " ".join(CHARTS["stages"].draw(whole, place("stages")).notes)


def test_another_currency_is_drawn_in_the_sites(sample: str) -> None:
    dollars = sample.replace("owner:", "currency: USD\nowner:")
    rows = {row.cells[0]: row.cells for row in CHARTS["money"].draw(side_by_side([dollars, sample.replace("# Order", "# Other order")]), place("money")).rows}
    assert rows["Order proposals"][2] == f"{ENGLISH.money(80_000, 'EUR')} or more"
    assert rows["Other order proposals"][2] == f"{ENGLISH.money(160_000, 'EUR')} or more"
    unrated = CHARTS["money"].draw(side_by_side([sample.replace("owner:", "currency: JPY\nowner:")]), place("money"))
    assert unrated.svg == ""
    assert "Not drawn: 1 in a currency without a rate." in unrated.notes


def test_words_of_a_document_are_escaped(sample: str) -> None:
    evil = sample.replace("# Order proposals", "").replace("stage: approved", 'stage: approved\ntitle: "</svg><script>alert(1)</script>&\\x07"')
    for _, picture in pictures(side_by_side([evil])):
        if picture.svg:
            check(picture)
            assert "<script" not in picture.svg
            assert str(escape("<script>")) in picture.svg or "<a " not in picture.svg


three = st.tuples(*[st.integers(0, 10**9) | st.integers(0, 3)] * 3).map(sorted)
shares = st.tuples(*[st.integers(0, 100)] * 3).map(lambda amounts: [f"{share}%" for share in sorted(amounts)])
titles = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=80)


@st.composite
def documents(draw: st.DrawFn) -> str:
    stage = draw(st.sampled_from(["idea", "proposed", "approved", "live", "retired", "dropped"]))
    months = draw(st.integers(0, 24) | st.tuples(*[st.integers(0, 24)] * 3).map(sorted))
    data = {
        "title": draw(titles),
        "stage": stage,
        "owner": "Ana",
        "currency": draw(st.sampled_from(["EUR", "USD", "JPY"])),
        "approach": draw(st.sampled_from(["ml", "ml", "no_ml"])),
        "value": {
            "kind": draw(st.sampled_from(["cash", "time", "risk", "other"])),
            "per_year": draw(three),
            "evidence": {"kind": draw(st.sampled_from(["guess", "analogy", "survey", "pilot"])), "link": "https://example.com"},
        },
        "cost": {"build": draw(three), "build_months": months, "run_per_year": draw(three)},
        "adoption": {"share": draw(shares), "ramp_months": draw(st.integers(0, 36)), "users": {"now": 1, "all": 10}},
        "approved": {"by": "board", "date": "2025-01-02", "spending_from": f"20{draw(st.integers(15, 35))}-0{draw(st.integers(1, 9))}"},
        "alternatives": [
            {"name": "nothing", "type": "nothing"},
            {
                "name": "rule",
                "type": "no_ml",
                "per_year": draw(three),
                "share": draw(shares),
                "ramp_months": 3,
                "build": [1, 2, 3],
                "build_months": 2,
                "run_per_year": [1, 2, 3],
            },
        ],
    }
    if draw(st.booleans()) and stage in {"live", "retired", "dropped"}:
        amounts = draw(st.lists(st.tuples(st.integers(-(10**6), 10**8), st.integers(0, 10**8), st.integers(0, 100)), max_size=3))
        data["actuals"] = [
            {"to": f"2026-0{index + 2}", "value": value, "cost": cost, "share": f"{share}%", "how": "x"} for index, (value, cost, share) in enumerate(amounts)
        ]
    if draw(st.integers(0, 9)) == 0:
        del data["cost"]
    return f"---\n{json.dumps(data, ensure_ascii=True)}\n---\n\nBody.\n"


@pytest.mark.no_cover
@settings(max_examples=40, phases=[Phase.explicit, Phase.generate])
@given(st.lists(documents(), max_size=6))
def test_any_portfolio_is_drawn_within_its_picture_and_without_words_upon_words(texts: list[str]) -> None:
    whole = side_by_side(texts)
    for _, picture in pictures(whole):
        assert picture.reading.endswith(".")
        if picture.svg:
            check(picture)


@pytest.mark.no_cover
@settings(max_examples=10, phases=[Phase.explicit, Phase.generate])
@given(st.lists(documents(), max_size=4))
def test_the_same_portfolio_gives_the_same_bytes(texts: list[str]) -> None:
    assert [picture for _, picture in pictures(side_by_side(texts))] == [picture for _, picture in pictures(side_by_side(texts))]
