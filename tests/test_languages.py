"""The languages of the site: every word in every locale file, and sites that are really built in each."""

import io
import os
import pathlib
import string
from collections.abc import Iterator, Mapping

import babel
import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from mkdocs_mlvalue.language import LOCALES

ROOT = pathlib.Path(__file__).parent.parent
TRANSLATED: tuple[str, ...] = ()
LANGUAGES = ("en", *TRANSLATED)
PLURALS = {"fr": "nplurals=2; plural=(n > 1)"}
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
            assert given[-1:] in ".:?" if told[-1:] in ".:?" else given[-1:] not in ".:?", message.id
            assert (given[:1] == " ", given[-1:] == " ") == (told[:1] == " ", told[-1:] == " "), message.id
