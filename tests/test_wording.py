"""The wording rules on labelled sentences, their data files, and what an organisation adds."""

import collections
import datetime
import json
import marshal
import os
import pathlib
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Container, Iterator, Sequence

import jsonschema
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from benchmarks.wording import Sentence, by_rule, ours, read, score
from mlvalue import claims, cli, definitions, document, lexicon, signs, tables, wording
from mlvalue.diagnostic import Severity
from mlvalue.index import Index
from mlvalue.lexicon import FOLDER, SHARED, LexiconError
from mlvalue.phrases import Grammar, PhraseError, lines
from mlvalue.quantities import TIMES, marks, quantities
from mlvalue.review import review
from mlvalue.rules import RULES, chosen
from mlvalue.sentences import Sentences
from mlvalue.settings import PROFILES, Settings, Words

HERE = pathlib.Path(__file__).parent / "wording"
FILES = sorted(HERE.glob("*.jsonl"))
ROWS = [json.loads(line) for file in FILES for line in file.read_text(encoding="utf-8").splitlines()]
SETTINGS = Settings(root=HERE, as_of=datetime.date(2026, 11, 30))
OVER = [row["text"] for row in ROWS if row["label"] == "over" and row["category"] != "exceeds-estimate"][::9]
DATA = sorted(path for path in FOLDER.glob("*.toml") if path.stem not in SHARED)


def found(text: str, own: Words = Words()) -> list[tuple[str, str]]:  # noqa: B008 (frozen)
    return [(claim.rule, claim.words) for claim in wording.claims(document.read(text.encode()), claims.detector(own)) if not claim.kind]


def test_the_sentences_are_many_balanced_and_of_many_domains() -> None:
    assert len(ROWS) >= 1500
    assert len({row["id"] for row in ROWS}) == len({row["text"] for row in ROWS}) == len(ROWS)
    labels = collections.Counter(row["label"] for row in ROWS)
    assert abs(labels["over"] - labels["ok"]) <= 0.03 * len(ROWS)
    by_category = collections.defaultdict(list)
    for row in ROWS:
        by_category[row["category"]].append(row)
    ours_by_name = {rule.name for rule in RULES if rule.family == "wording"} - {"forbidden-word"}
    assert set(by_category) == ours_by_name
    assert min(len(rows) for rows in by_category.values()) >= 60
    domains = {
        "banking",
        "energy",
        "retail",
        "health",
        "public services",
        "logistics",
        "media",
        "manufacturing",
        "insurance",
        "telecoms",
        "hiring",
        "education",
    }
    assert all(len({row["domain"] for row in rows} & domains) >= 10 for name, rows in by_category.items() if name != "exceeds-estimate")
    held_out = sum(row["id"].startswith(("c-", "f-", "g-", "h-", "o")) for row in ROWS)
    assert held_out >= len(ROWS) / 3


@pytest.mark.no_cover
@pytest.mark.parametrize("file", FILES, ids=lambda path: path.stem)
def test_the_rules_tell_over_promises_from_honest_sentences(file: pathlib.Path) -> None:
    sentences = read([file])
    marked = {sentence.name: ours(sentence) for sentence in sentences}
    counts = score((sentence.over, bool(marked[sentence.name])) for sentence in sentences)
    assert counts.precision >= 0.95
    assert counts.recall >= 0.85
    numeric = {"unsourced-number", "point-estimate", "best-case"}
    right = [sentence.over for sentence in sentences if numeric & {each.rule for each in marked[sentence.name]}]
    assert sum(right) / len(right) >= 0.98
    assert {name for name, _, _ in by_rule(sentences, marked)} >= {sentence.category for sentence in sentences}


@pytest.mark.parametrize(("begin", "errors", "warnings"), [("tech", 0.05, 0.5), ("ml", 0.1, 1.0)])
def test_sober_documents_stay_silent(begin: str, errors: float, warnings: float) -> None:
    words = 0
    counts: collections.Counter[str] = collections.Counter()
    for file in sorted((HERE / "sober").glob(f"{begin}-*.md")):
        words += wording.count_words(document.read(file.read_bytes()))
        counts.update(each.severity for each in review(file.read_bytes(), file, SETTINGS, chosen(SETTINGS, ("wording",))).diagnostics)
    assert words > 15_000
    assert 1000 * counts["error"] / words <= errors
    assert 1000 * counts["warning"] / words <= warnings


@pytest.mark.parametrize("text", OVER)
def test_the_same_words_quoted_coded_or_struck_out_are_nobodys_promise(text: str) -> None:
    flat = " ".join(text.replace("#", "").replace("|", " ").replace("`", "").replace("~", "").split())
    quoted = f"> {flat}\n"
    coded = f"```\n{flat}\n```\n"
    struck = f"~~{flat.replace('*', '').strip()}~~\n"
    assert found(quoted) == found(coded) == found(struck) == []


class Unscreened:
    """Takes every phrase for possible, so that all are tried."""

    def __init__(self, numbers: Sequence[int]) -> None:
        self.numbers = list(numbers)

    def standing(self, sentences: Sequence[str], _known: Container[int]) -> dict[int, list[int]]:
        return dict.fromkeys(range(len(sentences)), self.numbers)


class Following:
    """Follows every phrase, as if none had been met before."""

    def __init__(self, index: Index) -> None:
        self.index = index

    def standing(self, sentences: Sequence[str], _known: Container[int]) -> dict[int, list[int]]:
        return self.index.standing(sentences)


def marked_up(text: str) -> list[str]:
    head, _, last = text.rpartition(" ")
    half = len(last) // 2
    begin, end = last[:half], last[half:]
    ways = [
        last,
        f"**{begin}**{end}",
        f"_{last}_",
        f"[{last}](https://example.org/a_(b) 'c')",
        f"[{begin}](x.md){end}",
        f"<b>{begin}</b>{end}",
        f"{begin}<!-- c -->{end}",
        f"{begin}\u00ad{end}",
        f"{begin}&shy;{end}",
        f"`code` {last} {{ .note }}",
        f"~~or~~ {last}",
        f"[^1] {last}\n\n[^1]: e.g. no. 5, approx. 10x of f1",
        last.upper(),
        f"-{last} 5",
    ]
    return [f"{head} {way}" for way in ways]


@pytest.mark.no_cover
def test_a_look_at_the_words_alone_changes_no_claim() -> None:
    quick, first, full = (claims.Detector(tables.tables(Words())) for _ in range(3))
    first.index, first.excusing = Following(first.index), Following(first.excusing)
    count = sum(len(trigger.phrases) for trigger in lexicon.lexicon().triggers)
    full.index, full.excusing = Unscreened(range(count)), Unscreened(range(count, len(full.phrases)))
    texts = [row["text"] for row in ROWS] + [marked for text in OVER for marked in marked_up(text)]
    texts += [file.read_text(encoding="utf-8") for file in sorted((HERE / "sober").glob("*.md"))]
    for text in texts:
        read = document.read(text.encode())
        expected = wording.claims(read, full)
        assert wording.claims(read, quick) == expected, text
        assert wording.claims(read, first) == expected, text


PIECES = [
    *(
        " ",
        " ",
        "\n",
        "\0",
        "\x1f",
        "\u2028",
        "\ue0ff",
        "e.g.",
        "etc.",
        "no.",
        "A.",
        "Dr. Who",
        "cf",
        ".",
        "?",
        "!",
        "...",
        '."',
        ".)",
        "[^1]",
        ",",
        "-",
        "\u2013",
    ),
    *(
        "Costs",
        "fall",
        "isn't",
        "half",
        "a third",
        "2.5",
        "5 %",
        "EUR 5k",
        "12",
        "months",
        "by",
        "to",
        "May",
        "2026",
        "q1",
        "\u0130",
        "\U0001f600",
        "\ufffc",
        "(",
    ),
]


def cut(texts: list[str]) -> list[list[tuple[int, str, str]]]:
    read = Sentences(texts, claims.detector().pieces)
    found: list[list[tuple[int, str, str]]] = [[] for _ in texts]
    for number, marked in enumerate(read.signs):
        place, sentence = read.read(number) if marked else (0, None)
        if sentence:
            assert len(sentence.spans) == len(sentence.signs)
            assert texts[place].replace("\0", " ")[sentence.start :].startswith(sentence.text)
            found[place].append((sentence.start, sentence.text, sentence.signs))
    return found


@pytest.mark.no_cover
@given(st.lists(st.lists(st.sampled_from(PIECES)).map("".join), max_size=4))
@example(["Costs fall etc.", "no. 5 is e.g.\nhalf", "", "\n", "Who? A. Costs"])
def test_texts_are_cut_into_sentences_together_as_each_alone(texts: list[str]) -> None:
    assert cut(texts) == [sentences for text in texts for sentences in cut([text])]


def test_a_phrase_goes_on_behind_a_bar_in_an_indented_line() -> None:
    assert list(lines("# Stars\n(stars|\n  planets|  # wanderers\n  moons) align\n\nin the stars\n")) == ["(stars|planets|moons) align", "in the stars"]
    assert list(lines("stars|\nmoons")) == ["stars|", "moons"]
    with pytest.raises(PhraseError, match="something is missing"):
        list(Grammar({}, {}).phrases("stars|"))


@pytest.mark.parametrize("word", ["**guaran**teed", "guaran\u00adteed", "g<!-- c -->uaranteed", "&#103;uaranteed", "<b>guaran</b>teed"])
def test_markup_inside_of_a_word_hides_no_promise(word: str) -> None:
    assert [rule for rule, _ in found(f"Lower waste is {word}.")] == [rule for rule, _ in found("Lower waste is guaranteed.")] == ["guarantee"]


@pytest.mark.parametrize("file", DATA, ids=lambda path: path.stem)
def test_a_data_file_is_as_its_schema_says_and_has_a_page(file: pathlib.Path) -> None:
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(definitions.published("wording-rule")).validate(table)
    assert "{words}" in table["message"]
    assert table["message"].endswith("?")
    assert file.with_suffix(".md").is_file()


@pytest.mark.parametrize(("name", "schema"), [("words", "wording-words"), ("excuses", "wording-excuses")])
def test_what_the_rules_share_is_as_its_schema_says(name: str, schema: str) -> None:
    table = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(definitions.published(schema))
    jsonschema.Draft202012Validator(definitions.published(schema)).validate(table)


def test_headings_have_known_profiles() -> None:
    assert set(tomllib.loads((FOLDER / "sections.toml").read_text(encoding="utf-8"))) == set(PROFILES)


def test_the_severity_of_a_rule_is_its_gravest() -> None:
    for file in DATA:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
        grave = any(trigger["severity"] in {"error", "value"} for trigger in table["trigger"])
        assert grave or table["severity"] == "warning", file


@pytest.mark.no_cover
def test_the_tables_are_the_same_every_time_and_kept(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MLVALUE_CACHE_DIR", str(tmp_path))
    first = tables.tables(Words())
    (kept,) = tmp_path.iterdir()
    content = kept.read_bytes()
    assert tables.tables(Words()) == first
    kept.write_bytes(b"broken")
    assert tables.tables(Words()) == first
    assert kept.read_bytes() == content


@pytest.fixture(name="few")
def two_rules_alone(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[pathlib.Path]:
    """The phrases of two rules, whose tables are made in no time, and a folder to keep them."""
    few, kept = tmp_path_factory.mktemp("few"), tmp_path_factory.mktemp("cache")
    for name in (*SHARED, "guarantee", "absolute"):
        shutil.copy(FOLDER / f"{name}.toml", few)
    for module in (lexicon, tables):
        monkeypatch.setattr(module, "FOLDER", few)
    monkeypatch.setenv("MLVALUE_CACHE_DIR", str(kept))
    claims.detector.cache_clear()
    yield kept
    claims.detector.cache_clear()


@pytest.mark.no_cover
@pytest.mark.parametrize("broken", [b"broken", b"", marshal.dumps(1)])
def test_tables_that_are_kept_and_broken_are_made_again(few: pathlib.Path, broken: bytes) -> None:
    first = tables.tables(Words())
    (kept,) = few.iterdir()
    content = kept.read_bytes()
    kept.write_bytes(broken)
    assert tables.tables(Words()) == first
    assert kept.read_bytes() == content


@pytest.mark.no_cover
def test_tables_that_cant_be_kept_are_made_every_time(few: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = tables.tables(Words())
    (kept,) = few.iterdir()
    monkeypatch.setenv("MLVALUE_CACHE_DIR", str(kept / "no folder"))
    assert tables.tables(Words()) == first


@pytest.mark.parametrize(
    ("written", "name", "low", "high"),
    [
        ("6.3 million", "scaled", 6.3e6, 6.3e6),
        ("1,1 mio. eur", "money", 1.1e6, 1.1e6),
        ("900.000 \N{EURO SIGN}", "money", 9e5, 9e5),
        ("$1.2m to $1.8m", "moneys", 1.2e6, 1.8e6),
        ("850 keur", "money", 85e4, 85e4),
        ("1.200,50 euro", "money", 1200.5, 1200.5),
        ("0.9 and 1.4 million", "scaleds", 9e5, 1.4e6),
        ("6.1 % to 4.9 %", "percents", 6.1, 4.9),
        ("12 +/- 3 %", "percents", 9, 15),
        ("20 percent", "percent", 20, 20),
        ("100 %", "full", 100, 100),
        ("half", "multiple", 0.5, 0.5),
        ("twice", "multiple", 2, 2),
        ("a third", "multiple", 1 / 3, 1 / 3),
        ("twelvefold", "multiple", 12, 12),
        ("10x", "multiple", 10, 10),
        ("half a year", "time", 0.5, 0.5),
        ("18 months", "time", 1.5, 1.5),
        ("thirty-six", "number", 36, 36),
        ("12,345", "number", 12345, 12345),
        ("3 march 2025", "date", 0, 0),
        ("q3 2027", "date", 0, 0),
        ("2026-10-20", "date", 0, 0),
    ],
)
def test_a_number_is_read_with_its_kind_and_its_range(written: str, name: str, low: float, high: float) -> None:
    text = f"it is {written}."
    assert list(marks(text)) == [(6, 6 + len(written), name)]
    (number,) = quantities(text)
    assert (number.low, number.high) == pytest.approx((low, high))


UNITS = [
    *((f" {unit}", "money") for unit in ("EUR", "euros", "$", "\u20ac", "US$", "CHF", "pounds", "sterling", "yen", "inr", "aud")),
    *((f"{scale} EUR", "money") for scale in ("k", "m", " k", " mio", " mio.", " mrd.", " bn", " thousand", "-million", " billion", " hundred")),
    *((f"{scale}eur", "money") for scale in "ktm"),
    *((unit, "scaled") for unit in ("k", " mn", " mm", " bn", " thousand", " millions", "-hundred")),
    *((unit, "percent") for unit in ("%", " %", " per cent", " percent", " percentage points", " pct", " pp", " p.p.")),
    *((f" {unit}{plural}", "time") for unit in TIMES for plural in ("", "s")),
    *((unit, "time") for unit in ("-minute", " min", " mins")),
    *((unit, "multiple") for unit in ("x", " x", "-fold", "fold", " times", "\u00d7")),
    *((f"{to}7", "numbers") for to in ("-", " - ", "\u2013", " \u2014 ", "..", "...", " \u2026 ", " to ", " and ", " or ", " bis ", " up to ", " through ")),
    *((f"{to}1", "numbers") for to in ("\u00b1", " +/- ", " +- ", " plus or minus ")),
]


@pytest.mark.parametrize(("unit", "name"), UNITS)
def test_what_stands_behind_a_number_belongs_to_it(unit: str, name: str) -> None:
    for low in ("5", "2.5", *(["five"] if not unit[0].isalpha() or unit == "fold" else [])):
        written = f"{low}{unit}".lower()
        assert list(marks(f"it is {written} so")) == [(6, 6 + len(written), name)]


@pytest.mark.no_cover
@pytest.mark.usefixtures("few")
def test_an_organisation_allows_knows_and_forbids_words() -> None:
    assert found("Zero errors is our programme.") != []
    assert found("Zero errors is our programme.", Words(allowed=("zero errors",))) == []
    assert found("A stockout free shop.", Words(technical=("stockout free",))) == []
    assert found("A lovely synergy.", Words(forbidden=("synergy",))) == [("forbidden-word", "synergy")]
    assert found('The word "synergy" is out.', Words(forbidden=("synergy",))) == []
    named = Words(sections=(("off", ("quotes of customers",)),))
    assert found("# T\n\n## Quotes of customers\n\nLower waste is guaranteed.\n", named) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Users will love it. The canteen has a [menu](menu.md).", 1),
        ("No-shows fall by 33 %, as [the pilot](p.md) showed. Users will love it.", 1),
        ("Users will<br>love it.", 1),
        ("Use <code>users will love it</code> here, <s>users will love it</s>, <kbd>users will love it</kbd>.", 0),
        ("Use <code>users</code>: users will love it.", 1),
        ("<S><strong>Waste falls.</strong> Users will love it.</S> Or not.", 0),
        ("<s>Or not.</span> Users will love it.", 1),
        ("Lower waste is <ins>guaran</ins>teed.<hr>Users will<unknown>love it.", 2),
        ("Users will love it and never go back to the warranty forms.", 2),
        ("Users will not at all in any case love it.", 0),
        ("Users might perhaps come to love it.", 0),
        ("---\n\n# A\n\nUsers will love it.", 1),
    ],
)
def test_what_belongs_to_a_sentence_and_what_does_not(text: str, expected: int) -> None:
    assert len(found(text)) == expected


@pytest.mark.parametrize("title", ["Business value of the design", "Value of the model", "Features and benefits"])
def test_a_heading_that_names_the_worth_is_about_it(title: str) -> None:
    text = f"# T\n\n## {title}\n\nWaiting falls by 12 %.\n"
    (claim,) = wording.claims(document.read(text.encode()), claims.detector())
    assert (claim.rule, claim.severity) == ("unsourced-number", Severity.ERROR)
    assert set(tomllib.loads((FOLDER / "sections.toml").read_text(encoding="utf-8"))["value"]) >= wording.WORTH


@pytest.mark.parametrize("source", [b"\xff\xfeU\x00s\x00", b"Text\0 with NUL"])
def test_a_file_that_cant_be_read_is_told_whatever_is_selected(source: bytes) -> None:
    (diagnostic,) = review(source, HERE, SETTINGS, chosen(SETTINGS, ("wording",))).diagnostics
    assert diagnostic.rule == "unreadable-text"
    assert review(source, HERE, SETTINGS, chosen(SETTINGS, ("wording",), ("unreadable-text",))).diagnostics == ()


@pytest.mark.usefixtures("few")
def test_settings_bring_rules_and_words_of_an_organisation(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "stars.toml").write_text(
        'summary = "Astrology."\nmessage = "`{words}` is astrology: where is the data?"\nmodest = "say what was measured"\n'
        'must_flag = ["The stars align."]\nmust_pass = ["The star schema.", "Will the stars align?"]\n'
        "[[trigger]]\nseverity = \"error\"\nphrases = '''\nstars align\n'''\n"
    )
    (tmp_path / "words.toml").write_text('allowed = ["zero errors"]\n[sections]\nvalue = ["what we win"]\n')
    (tmp_path / "mlvalue.toml").write_text('[wording]\nrules = ["stars.toml"]\nfiles = ["words.toml"]\nforbidden = ["synergy"]\n')
    (tmp_path / "x.md").write_text("The stars align. Zero errors is our programme, with synergy.\n")
    monkeypatch.chdir(tmp_path)
    assert cli.main(["lint", "--select", "wording", "--output-format", "concise", "x.md"]) == 1
    assert [line.split(" ")[1] for line in capsys.readouterr().out.splitlines()] == ["error[stars]", "error[forbidden-word]"]
    assert cli.main(["lint", "--select", "stars", "--ignore", "forbidden-word", "--output-format", "concise", "x.md"]) == 1
    assert capsys.readouterr().out.count("\n") == 1
    assert cli.main(["rules", "--test", "stars.toml"]) == 0
    assert "3 examples, no failed" in capsys.readouterr().out
    assert cli.main(["explain", "stars"]) == 0
    assert "Astrology." in capsys.readouterr().out
    (tmp_path / "stars.toml").write_text((tmp_path / "stars.toml").read_text().replace("The star schema.", "The stars align."))
    assert cli.main(["rules", "--test", "stars.toml"]) == 1
    assert "FAILED  passes  The stars align." in capsys.readouterr().out


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("phrases", "stars.toml"),
        ('summary = "x"', "is not as the schema asks"),
        ('summary = "x"\nmessage = "{words}?"\nmodest = "y"\n[[trigger]]\nseverity = "error"\nphrases = "(a"', "never closed"),
        ('summary = "x"\nmessage = "{words}?"\nmodest = "y"\n[[trigger]]\nseverity = "error"\nphrases = "<nobody knows>"', "no class"),
        ('summary = "x"\nmessage = "{words}?"\nmodest = "y"\n[[trigger]]\nseverity = "error"\nphrases = "a"\nnot_excused_by = "luck"', "no excuse `luck`"),
    ],
)
def test_a_broken_data_file_is_told_with_its_name(
    content: str, message: str, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "stars.toml").write_text(content)
    (tmp_path / "mlvalue.toml").write_text('[wording]\nrules = ["stars.toml"]\n')
    (tmp_path / "x.md").write_text("Text.\n")
    monkeypatch.chdir(tmp_path)
    assert cli.main(["lint", "--select", "wording", "x.md"]) == 2
    told = capsys.readouterr().err
    assert "stars.toml" in told
    assert message in told


def test_wording_is_checked_in_any_markdown_with_or_without_front_matter() -> None:
    rules = chosen(SETTINGS, ("wording",))
    for head in ("", "---\ntitle: x\n---\n\n", "---\nbroken: [\n---\n\n"):
        told = review((head + "# T\n\nLower waste is guaranteed.\n").encode(), HERE / "x.md", SETTINGS, rules)
        assert [each.rule for each in told.diagnostics] == ["guarantee"]


def test_measured_evidence_in_the_front_matter_is_a_source_of_numbers(sample: str) -> None:
    head = sample.partition("\n---\n")[0]
    body = "\n---\n\n# Bills\n\nNo-shows fall by 33 %.\n"
    assert found(head + body) == []
    assert found(head.replace("kind: pilot", "kind: guess") + body) == [("unsourced-number", "fall by 33 %")]


@pytest.mark.parametrize("written", ["(a", "a)", "a|", "[a", "<unknown>", "", "a ||b"])
def test_a_phrase_that_cant_be_read_is_told(written: str) -> None:
    with pytest.raises(PhraseError):
        list(Grammar({"people": "A"}, {}).phrases(written))


@pytest.mark.parametrize("written", ["<word> <word>", "[maybe]", "... ^ $", "(a|<word>)", "!a", "[a] ... [b]"])
def test_a_phrase_that_would_stand_everywhere_is_refused(written: str) -> None:
    with pytest.raises(PhraseError, match="stands everywhere"):
        list(Grammar({}, {}).phrases(written))


def test_too_many_words_are_told(few: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signs, "MOST", 10)
    with pytest.raises(LexiconError, match="too many words"):
        tables.tables(Words(technical=("zero hunger",)))
    assert list(few.iterdir()) == []


@pytest.mark.parametrize("odd", ["\ue0ff", "\ue003", "\xff", "\u0130\u0130", "\x00"])
def test_no_character_shifts_the_places_of_claims(odd: str) -> None:
    text = f"---\ntitle: |\n  Model\n  {odd}\n  {odd} more\nstage: idea\n---\n# A\n\n{odd}\n\n{odd} Savings are guaranteed. {odd}\n"
    (claim,) = wording.claims(document.read(text.encode()), claims.detector())
    assert claim.words == "Savings are guaranteed"
    assert text[claim.span.start : claim.span.end] == claim.words


def test_a_data_file_without_examples_cant_be_tried(tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "stars.toml"
    file.write_text('summary = "x"\nmessage = "{words}?"\nmodest = "y"\n[[trigger]]\nseverity = "error"\nphrases = "stars align"\n')
    assert cli.main(["rules", "--test", str(file)]) == 2
    assert "must_flag" in capsys.readouterr().err
    assert issubclass(LexiconError, ValueError)
    assert Sentence("n", "t", over=True, category="c").over


@pytest.mark.no_cover
def test_the_tables_are_the_same_bytes_in_every_process(tmp_path: pathlib.Path) -> None:
    code = "from mlvalue import settings, tables; tables.tables(settings.Words())"
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "MLVALUE_CACHE_DIR": str(tmp_path / seed)}
        subprocess.run([sys.executable, "-c", code], env=environment, check=True)
    first, second = ({file.name: file.read_bytes() for file in (tmp_path / seed).iterdir()} for seed in ("1", "2"))
    assert len(first) == 1
    assert first == second
