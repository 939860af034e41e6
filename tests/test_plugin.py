"""Real sites, really built."""

import json
import pathlib
import re
import shutil

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, ConfigurationError, PluginError
from sites import CONFIG, IDEA, Site


def test_a_design_page_shows_its_card_below_its_heading(site: Site, sample: str) -> None:
    site.write("docs/designs/orders.md", sample)
    assert site.build(strict=True) == []
    html = site.html("designs/orders/index.html")
    assert html.index("</h1>") < html.index('class="mlv mlv-card"') < html.index("Planners order from a proposal")
    card = site.text("designs/orders/index.html")
    assert "at least 55 %" in card
    assert "Should return at least 55 % of its cost in 3 years: 8 in 10 futures do better." in card
    assert "Chance to pay back 9 in 10" in card
    assert "Money back by month 23" in card
    assert "Must be used by 27 % (13 of 48)" in card
    assert "Matters most its value per year moves what it is worth from 190k EUR to 630k EUR" in card
    assert "Over the simple option 220k EUR more than “min-max rule in the ERP”" in card
    assert "min-max rule in the ERP without ML 86k EUR or more 190k EUR 44k EUR 9 in 10, by month 12" in card
    assert "Rests on a pilot ( open the evidence ). Checked by Tom Berg, Finance, on 20 Oct 2026. Approved by supply board on 2 Nov 2026" in card


def test_the_portfolio_has_a_row_for_every_document(site: Site, sample: str) -> None:
    site.write("docs/designs/orders.md", sample)
    site.write("docs/designs/deep/calls.md", IDEA + "# Calls & \\<more>\n")
    assert site.build(strict=True) == []
    html = site.html("index.html")
    assert html.count('<th scope="row"') == 2
    assert '<a href="designs/orders/">Order proposals</a>' in html
    assert '<a href="designs/deep/calls/">Calls &amp; &lt;more&gt;</a>' in html
    words = site.text("index.html")
    assert "1 idea 0 proposed 1 approved 0 live 0 retired 0 dropped" in words
    assert "cash 160k EUR or more, added up over 1 design" in words
    assert "Order proposals approved at least 55 % 9 in 10 by month 23 220k EUR better in 9 in 10 0 % planned 70 % a pilot Ana Pereira" in words
    assert "idea no figures yet unknown unknown unknown unknown Ana" in words


def test_fields_of_an_organisation_are_columns_of_the_portfolio(site: Site) -> None:
    site.write("acme.schema.json", '{"properties": {"cost_center": {"type": "string", "title": "Cost centre"}, "audited": {"type": "boolean"}}}')
    site.write("mlvalue.toml", 'as_of = "2026-11-30"\nschema = "acme.schema.json"\ncolumns = ["cost_center", "audited", "customer.pains"]\n')
    site.write("docs/designs/a.md", IDEA.replace("stage: idea", 'stage: idea\ncost_center: "4711 <b>"\naudited: true') + "# A\n")
    site.write("docs/designs/b.md", IDEA + "# B\n")
    assert site.build(strict=True) == []
    html = site.html("index.html")
    heads = re.findall(r'<th scope="col" [^>]*data-column="([^"]*)"[^>]*>([^<]*)</th>', html)
    assert heads[-3:] == [("cost_center", "Cost centre"), ("audited", "audited"), ("customer.pains", "What hurts them today")]
    assert '<td role="cell" data-label="Cost centre" data-sort="4711 &lt;b&gt;"><span class="mlv-cell">4711 &lt;b&gt;</span></td>' in html
    assert '<td role="cell" data-label="Cost centre" data-sort=""><span class="mlv-cell"><span class="mlv-quiet">unknown</span></span></td>' in html
    assert '<td role="cell" data-label="audited" data-sort="yes"><span class="mlv-cell">yes</span></td>' in html


def test_a_column_that_no_document_can_have_stops_the_build(site: Site) -> None:
    site.write("mlvalue.toml", 'columns = ["cost_centre"]\n')
    with pytest.raises((PluginError, Abort)):
        site.build()
    assert "`columns` names `cost_centre`, and no document has such a field" in site.caplog.text


@pytest.mark.no_cover
def test_links_hold_without_directory_urls(site: Site, sample: str) -> None:
    site.write("docs/designs/orders.md", sample.replace("https://example.com/pilot", "../pilots/a%20b.md#found"))
    site.write("docs/pilots/a b.md", "# Pilot\n")
    site.write("docs/reports/all.md", "# All\n\n<!--mlvalue:portfolio-->\n")
    assert site.build(strict=True, use_directory_urls=False) == []
    assert '<a href="../designs/orders.html">Order proposals</a>' in site.html("reports/all.html")
    assert '<a href="../pilots/a%20b.html#found">open the evidence</a>' in site.html("designs/orders.html")
    assert site.build(strict=True) == []
    assert '<a href="../../pilots/a%20b/#found">open the evidence</a>' in site.html("designs/orders/index.html")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("share: [50%, 70%", "share: [50, 70%"), "error[invalid-value] low in `adoption.share` is 50, which is no share"),
        (("  risk: planners go back to their spreadsheet after two bad proposals in a row\n", ""), "error[missing-field] `adoption.risk` is missing"),
        (("pains: [empty", "pains: ['empty"), "error[invalid-yaml] the quote that opens here is never closed"),
        (("Ana Pereira", "Ana Pereira\nowner: Tom"), "error[duplicate-key]"),
        (("---\nstage", "---\n\0stage"), "error[unreadable-text]"),
        (("---\nstage", "stage"), "error[missing-front-matter]"),
        (("run_per_year: [40k, 55k, 80k]\n", "run_per_year: [4k, 5k, 8k]\n"), "warning[unfunded-upkeep]"),
    ],
)
def test_a_document_with_findings_is_a_warning_and_never_vanishes(site: Site, sample: str, change: tuple[str, str], told: str) -> None:
    assert change[0] in sample
    site.write("docs/designs/orders.md", sample.replace(*change, 1))
    warnings = site.build()
    assert len([warning for warning in warnings if "docs/designs/orders.md:" in warning and told in warning]) == 1
    assert '<a href="designs/orders/">' in site.html("index.html")
    html = site.html("designs/orders/index.html")
    assert "in this document" in site.text("designs/orders/index.html")
    body = re.search(r"<article.*?</article>", html, re.DOTALL)
    assert body
    assert "ramp_months" not in body.group().split("</section>")[-1] or "missing-front" in told
    with pytest.raises(Abort, match=r"Aborted with \d+ warning"):
        site.build(strict=True)


def test_wording_is_for_the_commit_unless_told_otherwise(site: Site) -> None:
    site.write("docs/designs/calls.md", IDEA + "# Calls\n\nLower costs are guaranteed.\n\n<!-- mlvalue: allow guarantee: quoted -->\nGains are guaranteed.\n")
    assert site.build(strict=True) == []
    site.write("mkdocs.yml", CONFIG.replace("mlvalue]", "{mlvalue: {lint: all}}]"))
    assert [warning for warning in site.build() if "error[guarantee]" in warning]
    assert "1 finding kept on purpose" in site.text("designs/calls/index.html")


def test_text_is_escaped_and_scripts_arent_linked(site: Site, sample: str) -> None:
    evil = sample.replace("Ana Pereira", '"Ana <img src=x onerror=alert(1)>"').replace("min-max rule in the ERP", '"rule </table><script>alert(1)</script>"')
    evil = evil.replace("https://example.com/pilot", '"javascript:alert(1)"').replace("supply board", "'\"><b>'")
    site.write("docs/designs/orders.md", evil)
    warnings = site.build()
    assert [warning for warning in warnings if "broken-link" in warning]
    for name in ("index.html", "designs/orders/index.html"):
        html = site.html(name)
        assert "<img src=x" not in html
        assert "<script>alert" not in html
        assert 'href="javascript' not in html
    assert "&lt;script&gt;alert(1)" in site.html("designs/orders/index.html")


def test_a_directive_in_code_stays_code(site: Site) -> None:
    site.write("docs/index.md", "# Home\n\n```\n<!-- mlvalue: portfolio -->\n```\n\n`<!-- mlvalue: portfolio -->`\n")
    site.write("docs/designs/calls.md", IDEA + "# Calls\n")
    assert site.build(strict=True) == []
    assert "mlv-portfolio" not in site.html("index.html")


def test_a_site_without_documents_says_so(site: Site) -> None:
    assert site.build(strict=True) == []
    assert "There are no design documents yet" in site.text("index.html")


def test_a_theme_overrides_a_template(site: Site) -> None:
    site.write("mkdocs.yml", CONFIG.replace("font: false", "font: false, custom_dir: overrides"))
    site.write("overrides/mlvalue/card.html", "<p>our own card of {{ entry.review.title }}</p>")
    site.write("docs/designs/calls.md", IDEA + "# Calls\n")
    site.build(strict=True)
    assert "<p>our own card of Calls</p>" in site.html("designs/calls/index.html")


@pytest.mark.no_cover
def test_other_themes_show_the_same(site: Site, sample: str) -> None:
    for theme in ("mkdocs", "readthedocs"):
        site.write("mkdocs.yml", f"site_name: Test\nplugins: [mlvalue]\ntheme: {theme}\n")
        site.write("docs/designs/orders.md", sample)
        assert site.build(strict=True) == []
        assert "at least 55 %" in site.html("index.html")
        assert '<link href="../../mlvalue.css" rel="stylesheet"' in site.html("designs/orders/index.html").replace(" />", "")


@pytest.mark.no_cover
def test_serving_forgets_the_build_before(site: Site, sample: str) -> None:
    site.write("docs/designs/orders.md", sample)
    config = load_config(str(site.root / "mkdocs.yml"))
    config.plugins.on_startup(command="serve", dirty=False)
    build(config)
    site.write("docs/designs/orders.md", sample.replace("[400k, 600k, 800k]", "[500k, 700k, 900k]"))
    site.write("docs/designs/calls.md", IDEA + "# Calls\n")
    assert "at least 55 %" in site.text("index.html").partition("Order proposals")[2].partition("Ana")[0]
    build(config)
    assert "at least 90 %" in site.text("index.html").partition("Order proposals")[2].partition("Ana")[0]
    assert site.html("index.html").count('<th scope="row"') == 2
    (site.root / "docs/designs/orders.md").unlink()
    build(config)
    assert site.html("index.html").count('<th scope="row"') == 1


def test_a_dirty_build_knows_the_pages_that_it_skips(site: Site, sample: str) -> None:
    site.write("docs/designs/orders.md", sample)
    site.write("docs/designs/calls.md", IDEA + "# Calls\n")
    config = load_config(str(site.root / "mkdocs.yml"))
    build(config)
    site.write("docs/index.md", "# Home again\n\n<!-- mlvalue: portfolio -->\n")
    build(config, dirty=True)
    assert "Home again" in site.html("index.html")
    assert site.html("index.html").count('<th scope="row"') == 2


def test_wrong_settings_stop_the_build_with_a_message(site: Site) -> None:
    site.write("mlvalue.toml", "documnts = []\n")
    with pytest.raises((PluginError, Abort)):
        site.build()
    assert "did you mean `documents`" in site.caplog.text


def test_a_wrong_option_is_refused(site: Site) -> None:
    site.write("mkdocs.yml", CONFIG.replace("mlvalue]", "{mlvalue: {lint: some}}]"))
    with pytest.raises((ConfigurationError, Abort)):
        site.build()


@pytest.mark.no_cover
def test_the_same_documents_give_the_same_bytes(site: Site, root: pathlib.Path) -> None:
    shutil.copytree(root / "docs" / "designs", site.root / "docs" / "designs")
    shutil.copytree(root / "docs" / "pilots", site.root / "docs" / "pilots")
    shutil.copytree(root / "docs" / "notes", site.root / "docs" / "notes")
    assert site.build(strict=True) == []
    first = site.html("index.html")
    assert site.build(strict=True) == []
    assert re.sub(r"Build Date.*", "", site.html("index.html")) == re.sub(r"Build Date.*", "", first)
    assert first.count('<th scope="row"') == len(list((root / "docs" / "designs").glob("*.md")))


def test_nothing_on_the_site_is_loaded_from_another_host(site: Site, sample: str) -> None:
    site.write("docs/designs/orders.md", sample)
    site.build(strict=True)
    for name in ("index.html", "designs/orders/index.html"):
        loaded = re.findall(r'<(?:script|img|link|iframe)[^>]*?(?:src|href)="([^"]+)"', site.html(name))
        assert loaded
        assert not [address for address in loaded if re.match(r"(?:https?:)?//", address)]


def test_the_search_finds_a_design_by_customer_and_metric_and_no_table(site: Site, sample: str) -> None:
    site.write("docs/designs/orders.md", sample)
    assert site.build(strict=True) == []
    entries = json.loads(site.html("search/search_index.json"))["docs"]
    (page,) = [entry for entry in entries if entry["location"] == "designs/orders/"]
    assert "48 store planners in 12 regions" in page["text"]
    assert "lines out of stock at close" in page["text"]
    assert "data-search-exclude" in site.html("index.html")
    assert [entry["location"] for entry in entries if "better in" in entry["text"] or "Show all" in entry["text"]] == []


def test_designs_stand_below_their_stages_in_the_navigation(site: Site, sample: str) -> None:
    site.write("mkdocs.yml", (site.root / "mkdocs.yml").read_text(encoding="utf-8").replace("mlvalue]", "{mlvalue: {nav_by_stage: true}}]"))
    site.write("docs/designs/orders.md", sample)
    site.write("mlvalue.toml", 'as_of = "2026-11-30"\nexclude = ["docs/designs/index.md"]\n')
    site.write("docs/designs/index.md", "# Designs\n")
    site.write("docs/designs/calls.md", IDEA + "# Calls\n")
    assert site.build(strict=True) == []
    (nav,) = re.findall(r'<nav class="md-nav md-nav--primary.*?</nav>\s*</div>', site.html("designs/orders/index.html"), re.DOTALL)
    words = " ".join(re.sub(r"<[^>]+>", " ", nav).split())
    places = [words.index(word) for word in ("Designs", "Approved", "Order proposals", "Idea", "Calls")]
    assert places == sorted(places)


def test_tags_and_blog_are_left_in_peace(site: Site, sample: str) -> None:
    config = (site.root / "mkdocs.yml").read_text(encoding="utf-8")
    site.write("mkdocs.yml", config.replace("[search, mlvalue]", "[search, tags, blog, mlvalue]"))
    site.write("docs/designs/orders.md", sample.replace("---\n", "---\ntags: [supply]\n", 1))
    site.write("docs/blog/index.md", "# Blog\n")
    site.write("docs/blog/posts/first.md", "---\ndate: 2026-11-01\n---\n\n# First\n\nA post with <!-- mlvalue: badge designs/orders.md -->.\n")
    site.write("docs/tags.md", "# Tags\n\n<!-- material/tags -->\n")
    assert site.build(strict=True) == []
    assert "Order proposals" in site.html("tags/index.html")
    assert "mlv-badge--good" in site.html("blog/2026/11/01/first/index.html")
