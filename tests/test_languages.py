"""The languages of the site: every word in every locale file, and sites that are really built in each."""

import datetime
import io
import os
import pathlib
import re
import shutil
import string
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser

import babel
import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po
from examples import SAMPLE
from sites import CONFIG, Site

from mkdocs_mlvalue.language import LOCALES, UNITS, language
from mlvalue import settings as settings_files
from mlvalue.badge import retold
from mlvalue.headline import Promise
from mlvalue.portfolio import portfolio
from mlvalue.review import review
from mlvalue.units import Month

ROOT = pathlib.Path(__file__).parent.parent
TRANSLATED = ("de", "es", "fr", "pt")
LANGUAGES = ("en", *TRANSLATED)
PLURALS = {"fr": "nplurals=2; plural=(n > 1)"}
VOID = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
KEYWORDS = {"say": None, "say_html": None, "to_say": None, "count": (1, 2), "plural": (1, 2), "to_count": (1, 2)}
"""Functions whose first argument is what is said; of some, the second is what is said of several."""
METHODS = [("**/templates/**.html", "jinja2.ext:babel_extract"), ("**.py", "python")]
HEADER = """\
# What the site says, from English to {name}. A file mlvalue/locales/{language}.po of a theme's own folder says it otherwise.
# What is between braces are figures: they stay as they are. `UPDATE=1 pytest tests/test_languages.py` adds what is new.
msgid ""
msgstr ""
"Language: {language}\\n"
"Plural-Forms: {plurals}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def said() -> Iterator[tuple[str, str | tuple[str, str]]]:
    """What the code says: file, words."""
    for folder in ("mkdocs_mlvalue", "lint/mlvalue"):
        for file, _, words, _, _ in extract_from_dir(ROOT / folder, METHODS, keywords=KEYWORDS, options_map={"**/templates/**.html": {"trimmed": "true"}}):
            if words and isinstance(words, str | tuple):
                yield f"{folder}/{file}", words


@pytest.fixture(name="words", scope="module")
def all_words() -> dict[str, str | tuple[str, str]]:
    """By the words for one."""
    found: dict[str, str | tuple[str, str]] = {}
    for _, words in said():
        one = words if isinstance(words, str) else words[0]
        if not isinstance(found.get(one), tuple):
            found[one] = words
    return dict(sorted(found.items()))


def file_of(language: str) -> pathlib.Path:
    return LOCALES / f"{language}.po"


def catalog(language: str) -> Catalog:
    with file_of(language).open("rb") as content:
        return read_po(content, locale=language)


def holes(words: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(words) if name is not None}


def write(words: Mapping[str, str | tuple[str, str]], language: str) -> None:
    """Bring a locale file to what the code says; what is translated stays."""
    old = catalog(language) if file_of(language).exists() else Catalog(locale=language)
    new = Catalog(locale=language)
    plurals = PLURALS.get(language, "nplurals=2; plural=(n != 1)")
    new.mime_headers = [("Plural-Forms", plurals)]
    files = {words if isinstance(words, str) else words[0]: file for file, words in reversed(list(said()))}
    for one, ids in words.items():
        before = old.get(one)
        kept = before.string if before and isinstance(before.id, str) == isinstance(ids, str) else ""
        new.add(ids, kept, locations=[(files[one], None)])
    written = io.BytesIO()
    write_po(written, new, width=0, omit_header=True, sort_by_file=True, include_lineno=False)
    name = babel.Locale(language).get_display_name("en")
    head = HEADER.format(language=language, name=name, plurals=plurals)
    file_of(language).write_text(head + written.getvalue().decode(), encoding="utf-8")


def messages(language: str) -> list[Message]:
    return [message for message in catalog(language) if message.id]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_locale_file_holds_what_the_site_says_and_nothing_else(words: dict[str, str | tuple[str, str]], language: str) -> None:
    if os.environ.get("UPDATE"):
        write(words, language)
    held = {message.id if isinstance(message.id, str) else tuple(message.id) for message in messages(language)}
    assert held == set(words.values())


@pytest.mark.parametrize("language", TRANSLATED)
def test_everything_is_said_in_each_language_with_its_figures(language: str) -> None:
    for message in messages(language):
        strings = [message.string] if isinstance(message.string, str) else list(message.string)
        assert all(strings), message.id
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        assert {frozenset(holes(text)) for text in strings} == {frozenset(holes(text)) for text in ids}, message.id
        assert not message.fuzzy, message.id
        for given, told in zip((ids[0], ids[-1]), (strings[0], strings[-1]), strict=True):
            if given not in UNITS.values():
                assert given[-1:] in ".:?" if told[-1:] in ".:?" else given[-1:] not in ".:?", message.id
            assert (given[:1] == " ", given[-1:] == " ") == (told[:1] == " ", told[-1:] == " "), message.id


def test_other_languages_are_told_in_english_and_pages_say_so(site: Site) -> None:
    assert language("xx").say("Is it used?") == language("it").say("Is it used?") == "Is it used?"
    assert (language("it").tag, language("en_US").tag, language("not a tag!").tag) == ("en", "en-US", "en")
    site.write("docs/designs/orders.md", SAMPLE)
    site.write("mkdocs.yml", CONFIG.replace("font: false", "font: false, language: it"))
    assert site.build() == []
    assert '<div class="mlv mlv-portfolio" lang="en">' in site.html("index.html")
    assert '<section class="mlv mlv-card" aria-label="What this design is worth" lang="en">' in site.html("designs/orders/index.html")


class Texts(HTMLParser):
    """What is read, heard or pointed at in our elements of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.open: list[bool] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        ours = "mlv" in given.get("class", "").split() or any(self.open[-1:])
        if tag not in VOID:
            self.open.append(ours and given.get("lang") is None)
        if ours:
            self.texts += [given[name] for name in ("aria-label", "title", "data-label", "aria-valuetext") if name in given]

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if any(self.open[-1:]) and data.strip():
            self.texts.append(data.strip())


def pattern(words: str) -> re.Pattern[str] | None:
    """What *words* look like with their holes filled; None where hardly a word is left without them."""
    parts = re.split(r"{\w+}", words)
    return re.compile(".+".join(map(re.escape, parts)), re.DOTALL) if max(map(len, parts)) >= len(" than “") else None


@pytest.mark.parametrize("name", ["de", *(pytest.param(name, marks=pytest.mark.no_cover) for name in LANGUAGES if name != "de")])
def test_a_site_speaks_one_language(site: Site, root: pathlib.Path, name: str) -> None:
    for folder in ("designs", "notes", "pilots"):
        shutil.copytree(root / "docs" / folder, site.root / "docs" / folder)
    site.write("docs/index.md", "# Home\n\n" + "\n\n".join(f"<!-- mlvalue: {each} -->" for each in ("portfolio", "glossary", "record", "attention")))
    site.write("mkdocs.yml", CONFIG.replace("font: false", f"font: false, language: {name}"))
    assert site.build() == []
    pages = [site.html(str(page.relative_to(site.root / "site"))) for page in (site.root / "site").rglob("index.html")]
    texts = {text for page in pages for text in Texts(page).texts}
    said = language(name)
    for words in ("Which projects are safe bets?", "Should return", "What the columns mean", "Chance to pay back", "What if it turns out otherwise?", "cash"):
        assert said.say(words) in texts
    assert any(said.month(Month(2026, 9)) in text for text in texts)
    foreign = []
    for message in messages("en"):
        one, many = message.id if isinstance(message.id, tuple) else (message.id, message.id)
        said_here = said.plural(one, many, 2) if one != many else said.say(one)
        foreign += [found for words in (one, many) if said_here != many and (found := pattern(words))]
    assert (name == "en") == (not foreign)
    assert [text for text in texts if name != "en" and any(each.fullmatch(text) for each in foreign)] == []


@pytest.mark.parametrize("name", LANGUAGES)
def test_figures_are_written_as_people_write_them_there(name: str) -> None:
    forms = {
        "en": ("1.2M EUR", "\N{MINUS SIGN}5k EUR", "1,234 %", "Mar 2026", "31 Mar 2026", "a, b and c"),
        "de": ("1,2 Mio. EUR", "\N{MINUS SIGN}5 Tsd. EUR", "1.234 %", "März 2026", "31.03.2026", "a, b und c"),
        "fr": ("1,2 M EUR", "\N{MINUS SIGN}5 k EUR", "1 234 %", "mars 2026", "31 mars 2026", "a, b et c"),
        "es": ("1,2 M EUR", "\N{MINUS SIGN}5 mil EUR", "1.234 %", "mar 2026", "31 mar 2026", "a, b y c"),
        "pt": ("1,2 M EUR", "\N{MINUS SIGN}5 mil EUR", "1.234 %", "mar. de 2026", "31 de mar. de 2026", "a, b e c"),
    }
    said = language(name)
    written = (said.money(1_299_999, "EUR"), said.money(-4_960, "EUR"), said.percent(12.345), said.month(Month(2026, 3)), said.day(datetime.date(2026, 3, 31)))
    assert tuple(plain(text) for text in (*written, said.listed(["a", "b", "c"]))) == forms[name]


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


OWN = """\
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "Should return"
msgstr "Earns at least"

msgid "at least {percent} %"
msgstr "from {percant} % on"

msgid "{n} of {all}"
msgstr "{n of {all}"
"""


def test_a_theme_says_it_in_words_of_its_own_and_a_hole_that_isnt_there_is_told(site: Site) -> None:
    site.write("overrides/mlvalue/locales/en.po", OWN)
    site.write("docs/designs/orders.md", SAMPLE)
    site.write("mkdocs.yml", CONFIG.replace("font: false", "font: false, custom_dir: overrides"))
    file = site.root / "overrides/mlvalue/locales/en.po"
    assert site.build() == [
        f"mlvalue: {file}: “from {{percant}} % on” is not used: it must hold {{percent}}, like “at least {{percent}} %”",
        f"mlvalue: {file}: “{{n of {{all}}” is not used: it must hold {{all}}, {{n}}, like “{{n}} of {{all}}”",
    ]
    assert "Earns at least" in Texts(site.html("index.html")).texts
    assert "at least 55 %" in Texts(site.html("index.html")).texts


@pytest.mark.parametrize("content", [b"hello, world", b"\xff\xfe nothing", b"no gettext at all"])
def test_a_broken_locale_file_is_told_and_the_site_stands(site: Site, content: bytes) -> None:
    file = site.root / "overrides/mlvalue/locales/en.po"
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    site.write("docs/designs/orders.md", SAMPLE)
    site.write("mkdocs.yml", CONFIG.replace("font: false", "font: false, custom_dir: overrides"))
    assert any("is no gettext file, so none of it is used" in warning for warning in site.build())
    assert "Should return" in Texts(site.html("index.html")).texts


def test_what_a_document_may_promise_is_told_the_same_by_its_figures_alone(root: pathlib.Path) -> None:
    """The table knows only what other portfolios' files hold, too."""
    found = settings_files.load(root)
    whole = portfolio([review(path.read_bytes(), path, found, ()) for path in found.find_documents()], found)
    assert len({entry.headline.promise for entry in whole.entries}) == len(Promise)
    for entry in whole.entries:
        told = retold(whole.project(entry))
        assert (told.promise, told.roi) == (entry.headline.promise, entry.headline.roi)
        assert (str(told.short), str(told.sentence)) == (str(entry.headline.short), str(entry.headline.sentence))


@pytest.mark.parametrize(
    ("theme", "name"), [("{name: mkdocs, locale: pt_BR}", "pt-BR"), ("{name: readthedocs, locale: fr}", "fr"), ("{name: material, language: pt-BR}", "pt-BR")]
)
def test_each_theme_tells_its_language_in_its_own_way(site: Site, theme: str, name: str) -> None:
    site.write("docs/designs/orders.md", SAMPLE)
    site.write("mkdocs.yml", f"site_name: Test\nplugins: [mlvalue]\ntheme: {theme}\n")
    site.build()
    said = language(name)
    assert said.say("Which projects are safe bets?") in Texts(site.html("index.html")).texts
    assert said.tag == name
