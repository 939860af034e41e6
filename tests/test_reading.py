"""Bytes to documents: exact places whatever the line ends and characters, and no input that raises."""

import datetime
import pathlib
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it.token import Token

from mlvalue import blocks, card, document, inline, marks, portfolio, prose, simple
from mlvalue.review import Review, review
from mlvalue.settings import Settings

SETTINGS = Settings(root=pathlib.Path(), as_of=datetime.date(2026, 11, 30))
SAMPLE = (pathlib.Path(__file__).parent / "sample.md").read_text(encoding="utf-8")


def reviewed(source: bytes | str) -> Review:
    return review(source.encode() if isinstance(source, str) else source, pathlib.Path("x.md"), SETTINGS)


def places(source: bytes | str) -> list[tuple[str, int, int, int, int]]:
    return [(each.rule, each.line, each.column, each.end_line, each.end_column) for each in reviewed(source).diagnostics]


WRONG = SAMPLE.replace("share: [50%, 70", "share: [50, 70").replace("that they can change.", "that is guaranteed to help.")


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_places_are_the_same_with_every_line_end(newline: str) -> None:
    assert places(WRONG.replace("\n", newline)) == [("invalid-value", 23, 11, 23, 13), ("guarantee", 38, 32, 38, 50)]


def test_columns_count_code_points() -> None:
    source = SAMPLE.replace("  who: store planners\n", "  who: 'pl\u00e4nners \u2028\U0001f600'\n").replace("share: [50%, 70", "share: ['\U0001f600', 50, 70")
    source = source.replace("Planners order", "\U0001f600 Gains **are** guaran**teed**. Planners order")
    assert places(source) == [("invalid-value", 23, 10, 23, 29), ("guarantee", 38, 3, 38, 29)]


def test_a_byte_order_mark_is_told_and_shifts_nothing() -> None:
    assert places(b"\xef\xbb\xbf" + WRONG.encode()) == [("unclear-delimiter", 1, 1, 1, 4), *places(WRONG)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (SAMPLE.encode("utf-16"), ("unreadable-text", 1, 1, 1, 2)),
        (SAMPLE.replace("Pereira", "P\u00e9reira").encode("latin-1"), ("unreadable-text", 3, 13, 3, 14)),
        (SAMPLE.replace("Pereira", "P\0").encode(), ("unreadable-text", 3, 13, 3, 14)),
        (b"\xef\xbb\xbf---\nowner: \xff\n---\n", ("unreadable-text", 2, 8, 2, 9)),
        (SAMPLE.replace("Pereira", "P\x01").encode(), ("invalid-yaml", 3, 13, 3, 14)),
        (b"", ("missing-front-matter", 1, 1, 1, 1)),
        (b"---\n" + b"# " + b"x" * 65536 + b"\n---\n", ("unsupported-yaml", 2, 1, 2, 2)),
        (b"---\na: " + b"[" * 200_000 + b"\n---\n", ("unsupported-yaml", 2, 1, 2, 2)),
        (b"---\na: " + b"[" * 60_000 + b"\n---\n", ("unsupported-yaml", 2, 35, 2, 36)),
        (b"---\na: &a [*a]\n---\n", ("unsupported-yaml", 2, 4, 2, 6)),
    ],
)
def test_what_cant_be_read_is_a_finding_at_its_place(source: bytes, expected: tuple[str, int, int, int, int]) -> None:
    assert expected in places(source)
    assert all(each.help for each in reviewed(source).diagnostics)


def test_front_matter_that_ends_with_the_file_is_told() -> None:
    assert places(SAMPLE.split("\n---\n")[0] + "\n---")[-1] == ("unclear-delimiter", 34, 1, 34, 4)


MARKDOWN = """---
stage: idea
---

# Heading is *guaranteed*

Term guaranteed[^1] in a [link guaranteed](guaranteed.md "guaranteed").

- item guaranteed
    1. nested
       guaranteed
- `guaranteed` ~~guaranteed~~ <span title="guaranteed">guaranteed</span> ![guaranteed](x.png) <https://guaranteed.example>

| a | guaranteed \\| x |
| --- | --- |
| guaranteed | b |

> guaranteed

```text
guaranteed
```

    guaranteed

<div>guaranteed</div>

&lt; guar&#97;nteed and guar\\
anteed

[^1]: note guaranteed
"""


def test_passages_are_what_a_reader_sees_and_lead_back_to_their_place() -> None:
    found = document.read(MARKDOWN.encode())
    lines = []
    for passage in found.passages:
        offsets = [passage.offset(index) for index in range(len(passage.text))]
        assert offsets == sorted(offsets)
        with pytest.raises(IndexError):
            passage.offset(len(passage.text))
        start = passage.text.find("guaranteed")
        while start >= 0:
            span = passage.span(start, start + len("guaranteed"))
            lines.append((found.text.position(span.start), found.text.string[span.start : span.end]))
            start = passage.text.find("guaranteed", start + 1)
    assert [(place, text) for place, text in lines] == [
        ((5, 15), "guaranteed"),
        ((7, 6), "guaranteed"),
        ((7, 32), "guaranteed"),
        ((9, 8), "guaranteed"),
        ((11, 8), "guaranteed"),
        ((12, 56), "guaranteed"),
        ((14, 7), "guaranteed"),
        ((16, 3), "guaranteed"),
        ((26, 6), "guaranteed"),
        ((28, 6), "guar&#97;nteed"),
        ((31, 12), "guaranteed"),
    ]


@pytest.mark.parametrize("heading", ["# A `name` & *more*", "A `name` & *more*\n==="])
def test_the_title_is_the_first_heading_without_its_markup(heading: str) -> None:
    assert document.read(f"---\nstage: idea\n---\n\n{heading}\n".encode()).heading == "A name & more"


REFERENCES = {"A": {"href": "x.md", "title": ""}, "A B": {"href": "x.md", "title": ""}}


def seen(content: str, found: marks.Marks) -> tuple[object, ...]:
    shown = inline.shown(content, *found)
    return shown.text, shown.places, shown.links, shown.comments


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("**Strong *and* weak**, __un__ d**er** s_core_d _", "Strong and weak, un der s_core_d _"),
        ("`a*b` *`c` d*: 2 * 3, 5 _, ~4 & a < b", "\ufffc \ufffc d: 2 * 3, 5 _, ~4 & a < b"),
        ("**see [a *b* `]` c](x.md#d)** ([e](https://f.example/g_h?i=1))", "see a b \ufffc c (e)"),
        ("[ ] to do, [^1] and [a [b](c)]", "[ ] to do, [^1] and [a b]"),
    ],
)
def test_simple_markup_needs_no_parser(content: str, text: str) -> None:
    found = simple.read(content, {})
    assert found
    assert inline.shown(content, *found).text == text


PIECES = ["a", " ", ".", "\\", "*", "**", "_", "`", "[", "]", "[a]", "[*", "*](a)", "](a)", "](file:b)", "![a](b)", "<a>", "&amp;", "~~", "\u2014"]


@settings(max_examples=1000)
@given(st.lists(st.sampled_from(PIECES), max_size=8), st.sampled_from([{}, REFERENCES]))
def test_simple_markup_is_read_as_the_parser_would(pieces: list[str], references: dict[str, object]) -> None:
    content = "".join(pieces)
    found = simple.read(content, references)
    assert found is None or seen(content, found) == seen(content, marks.read(content, {"references": references}))


values = st.recursive(
    st.sampled_from(
        ["", "~", "0", "-1", "1.5", "true", "no", "70%", "160%", "400k", "text", "'q'", "2026-10-20", "2026-02-30", "TBD", "<x>", ".nan", "1e5", "9" * 20]
    ),
    lambda inner: (
        st.lists(inner, max_size=4).map(lambda items: "[" + ", ".join(items) + "]")
        | st.dictionaries(st.sampled_from(["name", "type", "kind", "to", "now", "all", "x"]), inner, max_size=3).map(
            lambda items: "{" + ", ".join(f"{key}: {value}" for key, value in items.items()) + "}"
        )
    ),
    max_leaves=6,
)


@given(st.integers(0, 33), values)
def test_no_value_in_any_field_raises(number: int, value: str) -> None:
    lines = SAMPLE.split("\n")
    head, colon, _ = lines[number].partition(": ")
    lines[number] = f"{head}{colon or ' '}{value}"
    found = reviewed("\n".join(lines))
    for each in found.diagnostics:
        assert 1 <= each.line <= len(lines) + 1
        assert (each.line, each.column) <= (each.end_line, each.end_column)


@pytest.mark.no_cover
@given(
    st.sampled_from(["who", "link", "kind", "name", "role", "date", "now", "all", "type", "per_year", "share", "ramp_months", "build", "by", "how", "when"]),
    values,
)
def test_no_value_inside_braces_raises(name: str, value: str) -> None:
    found = reviewed(re.sub(rf"(?<=[{{ ]){name}: (?:\[[^]]*\]|[^,}}\n]*)", f"{name}: {value}", SAMPLE))
    assert portfolio.portfolio([found], SETTINGS).entries
    assert card.as_json(found)
    assert card.as_text(found)


@pytest.mark.no_cover
@given(st.data())
def test_no_cut_or_inserted_text_raises(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(SAMPLE)))
    end = data.draw(st.integers(start, min(start + 40, len(SAMPLE))))
    inserted = data.draw(st.text(st.sampled_from(list("\t\n\r :[]{}&*!%#-'\"|>?,@`~<.a1\0\x01\u0085\u2028\ufeff😀")), max_size=6))
    reviewed(SAMPLE[:start] + inserted + SAMPLE[end:])


WRITTEN = [
    *("", "", "word", "Term:", "# Head", "## C#", "### a ##", "#x", "- item", "* item", "-", "- [x] task", "- `code`", "- **bold**", "- - deep", "- > q"),
    *("1. one", "2. two", "10. ten", "1) one", "7", "2026 was", "1.5 million", "a | b", "| 1 | 2 |", "| 1 |", "||", "```", "`code` text", "> quote", ">"),
    *("<div>", "<!-- c -->", "!!! note", '=== "Tab"', "===", "---", "- - -", "***", "**Bold.** text", "_em_ x", "[link](u) x", "[a]: u", "-\ttab", "\xa0"),
    *("```py", "``` ", "````", "```` a`b", "``` x ```", "~~~", "~~~~ `a`", "~~~\t", "```\ncode\n```", "~~~\n```\n~~~", "```\n\n   ```", "```\n ```x\n```"),
    *("# a | b\n|---|---|", "| a | b |\n|---|:--|", "| a | b |\n|---|---|\n| 1 |", "| a | b |\n|---|---|\n| 1 \\| 2 |", "- item\n\n  more", "- item\n\n-\n"),
]


def read(tokens: list[Token]) -> list[object]:
    found: list[object] = []
    for index, token in enumerate(tokens):
        if token.type == "inline" or token.type in prose.SEEN:
            opener = (tokens[index - 1].type, tokens[index - 1].tag) if token.type == "inline" else ()
            found.append((token.type, token.content, token.map if token.content else None, *opener))
    return found


def outermost(tokens: list[Token]) -> list[object]:
    return [(token.type, token.map) for token in tokens if token.level == 0 and token.map and token.nesting >= 0]


@pytest.mark.no_cover
@settings(max_examples=900)
@given(st.lists(st.tuples(st.sampled_from(["", "", "", "", " ", "   ", "    ", "      ", "\t", "> ", "- "]), st.sampled_from(WRITTEN)), min_size=1, max_size=9))
@example([("", "| a | b |\n|---|---|\n| 1 |")])
@example([("", "- item\n\tmore")])
@example([("- ", "- deep\n    word"), ("      ", "* item")])
def test_quick_rules_find_the_blocks_that_the_others_find(lines: list[tuple[str, str]]) -> None:
    markdown = "\n".join(indent + written for indent, written in lines).replace("\n", "\r\n")
    slow: dict[str, object] = {}
    quick: dict[str, object] = {}
    expected, found = blocks.parser(quick=False).parse(markdown, slow), blocks.parse(markdown, quick)
    assert (read(found), outermost(found), quick) == (read(expected), outermost(expected), slow)


@given(st.binary(max_size=200))
def test_no_bytes_raise(source: bytes) -> None:
    reviewed(source)
    reviewed(b"---\n" + source + b"\n---\n")
