"""Comments that ask for something, and pictures on real pages."""

import pathlib
import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mkdocs.exceptions import Abort
from sites import IDEA, Site

from mkdocs_mlvalue.charts import CARD_CHARTS, CHARTS
from mkdocs_mlvalue.columns import COLUMNS
from mkdocs_mlvalue.directives import Directive, DirectiveError, filled, line_of, parse
from mkdocs_mlvalue.table import FILTERS


def test_a_directive_is_a_name_with_arguments_and_options() -> None:
    found = parse('<!-- mlvalue: chart futures "designs/a b.md" stage=live group="two words" -->')
    assert found.name == "chart"
    assert found.arguments == ("futures", "designs/a b.md")
    assert found.options == {"stage": "live", "group": "two words"}


@pytest.mark.parametrize("comment", ["<!-- mlvalue: -->", '<!-- mlvalue: chart "use -->'])
def test_a_directive_that_cant_be_read_is_refused(comment: str) -> None:
    with pytest.raises(DirectiveError):
        parse(comment)


@given(st.text(st.sampled_from("ab <!->m:lvaue=\"'\n`~"), max_size=60))
def test_any_text_is_left_as_it_is_but_for_its_directives(text: str) -> None:
    asked: list[Directive] = []
    refused: list[str] = []

    def fill(directive: Directive, number: int) -> str:
        asked.append(directive)
        assert number == len(asked) + len(refused)
        return directive.comment

    assert filled(text, fill, lambda comment, *_: refused.append(comment)) == text
    for comment in refused:
        assert line_of(text, comment, 0) >= 1


def test_a_line_is_told_past_front_matter_and_code() -> None:
    source = "---\ntitle: x\n---\n\n```\n<!-- mlvalue: x -->\n```\n`<!-- mlvalue: x -->`\n\n<!-- mlvalue: x -->\n\n<!-- mlvalue: x -->\n"
    assert line_of(source, "<!-- mlvalue: x -->", 0) == 10
    assert line_of(source, "<!-- mlvalue: x -->", 1) == 12


WRONG = {
    "chrt use": "`chrt` is nothing that can be shown; did you mean `chart`?",
    "chart": "it names no chart; write one of safe-bets, money, stages",
    "chart safe-bet": "there is no chart `safe-bet`; did you mean `safe-bets`?",
    "chart use designs/orders.md": "the chart `use` shows the whole portfolio; leave out `designs/orders.md`",
    "chart use stage=live": "`stage` is no option of `chart`",
    "chart futures": "it names no document, and this page is none; write one of designs/orders.md",
    "chart futures designs/order.md": "`designs/order.md` is no design document; did you mean `designs/orders.md`?",
    "chart futures a.md b.md": "it names 2 documents; write one of them",
    "portfolio all": "`all` is no option of `portfolio`; write options like stage=live, or leave it out",
    "portfolio stag=live": "there is no option `stag`; there are stage, kind, evidence",
    "portfolio columns=stage,wort": "there is no column `wort`; there are stage, return",
    "badge designs/order.md": "`designs/order.md` is no design document; did you mean `designs/orders.md`?",
    "badge designs/orders.md stage=live": "`stage` is no option of `badge`; leave it out",
    "card": "it names no document, and this page is none; write one of designs/orders.md",
    'chart "use': "a quotation mark in it is never closed",
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_directive_is_a_warning_with_page_and_line(site: Site, sample: str, wrong: str) -> None:
    site.write("mkdocs.yml", "site_name: Test\nplugins: [mlvalue]\ntheme: mkdocs\n")
    site.write("docs/designs/orders.md", sample)
    site.write("docs/index.md", f"---\ntitle: Home\n---\n# Home\n\n<!-- mlvalue: chart use -->\n\n<!-- mlvalue: {wrong} -->\n")
    (warning,) = site.build()
    assert warning.startswith(f"mlvalue: docs/index.md:8: `<!-- mlvalue: {wrong} -->`: {WRONG[wrong]}")
    assert site.html("index.html").count("<figure") == 1
    with pytest.raises(Abort):
        site.build(strict=True)


def test_charts_stand_on_any_page_with_links_and_ids_of_their_own(site: Site, sample: str) -> None:
    site.write("docs/designs/orders.md", sample)
    site.write(
        "docs/designs/deep/other.md",
        sample.replace("# Order", "# Other order") + "\n<!-- mlvalue: chart tornado -->\n\n<!-- mlvalue: chart futures ../orders.md -->\n",
    )
    asked = "\n\n".join(
        [*(f"<!-- mlvalue: chart {name} -->" for name in CHARTS), *(f"<!-- mlvalue: chart {name} designs/orders.md -->" for name in CARD_CHARTS)]
    )
    site.write(
        "docs/about/pictures.md",
        f"# Pictures\n\n{asked}\n\n<!-- mlvalue: portfolio -->\n\n<!-- mlvalue: chart money -->\n\n| a | b |\n| --- | --- |\n| c | d |\n",
    )
    assert site.build(strict=True) == []
    html = site.html("about/pictures/index.html")
    assert html.count("<figure") == 2 * len(CHARTS) + len(CARD_CHARTS) + 1
    assert 'href="../../designs/orders/" aria-label="Order proposals, should return at least 55 %"' in html
    assert site.html("designs/deep/other/index.html").count("<figure") == 5
    for page in ("about/pictures/index.html", "designs/deep/other/index.html", "index.html", "designs/orders/index.html"):
        ids = re.findall(r' id="([^"]+)"', site.html(page))
        assert len(ids) == len(set(ids)), page
        for target in re.findall(r'aria-labelledby="(mlv[^"]+)"', site.html(page)):
            assert set(target.split()) <= set(ids)
        for svg in re.findall(r'<svg [^>]*class="mlv-chart__svg".*?</svg>', site.html(page), re.DOTALL):
            ET.fromstring(svg)


def test_a_card_shows_its_pictures_and_a_portfolio_its_questions(site: Site, sample: str) -> None:
    site.write("docs/designs/orders.md", sample)
    site.write("docs/designs/calls.md", IDEA + "# Calls\n")
    assert site.build(strict=True) == []
    card = site.text("designs/orders/index.html")
    assert "In 18 of 20 futures it earns more than it costs within 3 years." in card
    assert "As expected, 140k EUR go out at the start, and after year 3, 560k EUR are left; the money is back in year 2." in card
    assert "What moves the result most is its value per year: from 190k EUR to 630k EUR." in card
    assert "<figure" not in site.html("designs/calls/index.html")
    words = site.text("index.html")
    assert "Which projects are safe bets? 1 of 1 design under way should earn back at least the cost within 3 years, each in 8 of 10 futures." in words
    assert "Nothing is live yet, so nothing can be used." in words
    assert "No design has delivered figures yet, so no promise can be checked." in words
    assert "Not drawn: 1 idea, which promises nothing yet." in words
    html = site.html("index.html")
    for target in re.findall(r'<a href="#(mlv[^"]+)"', html):
        assert html.count(f'id="{target}"') == 1
    contents = re.search(r'<nav class="md-nav md-nav--secondary".*?</nav>', html, re.DOTALL)
    assert contents is None or "safe bets" not in contents.group()


def test_comments_for_the_linter_are_left_alone(site: Site) -> None:
    site.write("docs/index.md", "# Home\n\n<!-- mlvalue: allow guarantee: quoted -->\n\n<!-- mlvalue-other -->\n")
    assert site.build(strict=True) == []


def test_a_theme_overrides_the_frame_of_a_chart(site: Site, sample: str) -> None:
    site.write("mkdocs.yml", (site.root / "mkdocs.yml").read_text(encoding="utf-8").replace("font: false", "font: false, custom_dir: overrides"))
    site.write("overrides/mlvalue/chart.html", "<p>{{ chart.question }} In our words: {{ picture.reading }}</p>{{ svg }}")
    site.write("docs/designs/orders.md", sample)
    assert site.build(strict=True) == []
    assert "<p>Where is the money? In our words: The most is in" in site.html("index.html")


def test_badge_card_record_and_attention_stand_anywhere(site: Site, sample: str) -> None:
    site.write("docs/designs/orders.md", sample)
    live = pathlib.Path(__file__).parent.parent / "docs/designs/bake-plan.md"
    site.write("docs/designs/bake.md", live.read_text(encoding="utf-8"))
    site.write("docs/pilots/x.md", "# Pilot\n")
    asked = (
        "# Team\n\n| Plan | Promise |\n| --- | --- |\n| orders | <!-- mlvalue: badge designs/orders.md --> |\n\n"
        "In a line: <!-- mlvalue: badge designs/orders.md -->, so far.\n\n"
        "<!-- mlvalue: card designs/orders.md -->\n\n<!-- mlvalue: record -->\n\n<!-- mlvalue: attention -->\n\n<!-- mlvalue: attention stage=approved -->\n"
    )
    site.write("docs/team.md", asked)
    site.build()
    html = site.html("team/index.html")
    badge = '<a class="mlv-badge mlv-badge--good" href="../designs/orders/"'
    assert len(re.findall(rf'<td>\s*<span class="mlv mlv-inline">\s*{badge}', html)) == 1
    assert re.search(rf'<p>In a line: <span class="mlv mlv-inline">\s*{badge}[^<]*</a>\s*</span>, so far.</p>', html)
    assert html.count('class="mlv mlv-card"') == 1
    words = " ".join(re.sub(r"<[^>]+>", " ", html).replace("\N{NO-BREAK SPACE}", " ").split())
    assert "Bake plan for in-store bakeries live 27k EUR of 60k EUR to Sept 2026 41 % planned 70 %" in words
    assert "delivered 27k EUR of 60k EUR promised to Sept 2026" in words
    assert "Nothing needs attention." in words


def test_a_page_scopes_its_portfolio_by_options(site: Site, sample: str) -> None:
    site.write("docs/designs/orders.md", sample)
    site.write("docs/designs/calls.md", IDEA + "# Calls\n")
    site.write("docs/designs/more.md", IDEA.replace("owner: Ana", "owner: Tom") + "# More\n")
    site.write("docs/ideas.md", "# Ideas\n\n<!-- mlvalue: portfolio stage=idea group=owner columns=owner,customer sort=-design charts=no -->\n")
    site.write("docs/none.md", "# None\n\n<!-- mlvalue: portfolio stage=live -->\n")
    assert site.build(strict=True) == []
    html = site.html("ideas/index.html")
    assert re.findall(r'data-column="([^"]*)"', html) == ["design", "owner", "customer"]
    assert [name.strip() for name in re.findall(r'class="mlv-group"><th[^>]*>([^<]*)<', html)] == ["Ana", "Tom"]
    assert "Order proposals" not in re.sub(r"<nav.*?</nav>", "", html, flags=re.DOTALL)
    assert "<figure" not in html
    assert "2 idea 0 proposed 0 approved" in site.text("ideas/index.html")
    assert "No design is like that." in site.text("none/index.html")


def test_the_page_on_directives_names_every_column_and_filter(root: pathlib.Path) -> None:
    page = (root / "docs/directives.md").read_text(encoding="utf-8")
    assert [name for name in (*COLUMNS, *FILTERS) if f"`{name}`" not in page] == []
