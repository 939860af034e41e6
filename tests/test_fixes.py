"""Fixes: what has one right answer is written, and not a byte else, whole or not at all."""

import difflib
import functools
import os
import pathlib
import re

import pytest
from examples import EXAMPLE, SAMPLE, SETTINGS, Example
from hypothesis import given
from hypothesis import strategies as st

from mlvalue.fixes import mended
from mlvalue.review import Review, review
from mlvalue.rules import RULES
from mlvalue.text import BOM

ROOT = pathlib.Path(__file__).parent.parent
PAGE = ROOT / "tests" / "cases" / "fixes.md"
CASE = re.compile(rf"^## (?P<title>[^\n]+)\n\n{EXAMPLE.pattern.removeprefix('^')}(?:\n```diff\n(?P<diff>.*?)^```\n)?", EXAMPLE.flags)
CASES = [pytest.param(match, id=match["title"]) for match in CASE.finditer(PAGE.read_text(encoding="utf-8"))]
WRONG = SAMPLE.replace("share: [50%, 70%", "share: [50%, 70").replace("stage: approved", "stage: Approved")


@functools.lru_cache(maxsize=64)
def reviewed(source: bytes) -> Review:
    """What is found, once for the same bytes: a test asks for it before and after fixes, which are rounds of it themselves."""
    return review(source, ROOT / "tests" / "sample.md", SETTINGS)


def fixed(source: bytes) -> bytes:
    """All fixes, as often as there are any."""
    for _ in range(10):
        source, times = mended(reviewed(source), source)
        if not times:
            return source
    raise AssertionError("fixes don't come to an end")


def changes(before: str, after: str) -> str:
    lines = difflib.unified_diff(before.split("\n"), after.split("\n"), n=0, lineterm="")
    return "".join(f"{line}\n" for line in list(lines)[2:] if not line.startswith("@@"))


def findings(source: bytes) -> list[tuple[str, str]]:
    return [(each.rule, each.message) for each in reviewed(source).diagnostics]


def document(case: re.Match[str]) -> str:
    return Example(case["kind"], case["source"], "").document()


def test_the_cases_show_what_is_fixed() -> None:
    page = PAGE.read_text(encoding="utf-8")

    def fresh(case: re.Match[str]) -> str:
        before = document(case)
        diff = changes(before, fixed(before.encode()).decode())
        return case.group().partition("\n```diff\n")[0] + (f"\n```diff\n{diff}```\n" if diff else "")

    updated = CASE.sub(fresh, page)
    if os.environ.get("UPDATE"):
        PAGE.write_text(updated, encoding="utf-8")
    else:
        assert page == updated
    assert len(CASES) == page.count("\n## ")


def test_the_page_of_a_rule_that_has_fixes_tells_of_them() -> None:
    rules = {each.rule for case in CASE.finditer(PAGE.read_text(encoding="utf-8")) for each in reviewed(document(case).encode()).diagnostics if each.fix}
    assert rules == {rule.name for rule in RULES if re.search("`--fix` (?:writes|puts|deletes)", rule.text())}


@pytest.mark.parametrize("case", [case for case in CASES if case.values[0]["diff"]])  # type: ignore[index, union-attr]
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_what_is_fixed_is_gone_and_nothing_new_appears(case: re.Match[str], newline: str) -> None:
    before = document(case).replace("\n", newline).encode()
    after = fixed(before)
    assert reviewed(before).diagnostics
    assert set(findings(after)) < set(findings(before))
    assert not any(each.fix for each in reviewed(after).diagnostics)
    assert fixed(after) == after
    assert after.replace(newline.encode(), b"").count(b"\n") == 0
    if newline == "\n":
        assert changes(before.decode(), after.decode()) == case["diff"]


def edited(source: bytes) -> list[tuple[bytes, bytes]]:
    """The bytes before each place that one round of fixes changes, and behind the last."""
    text = source.decode().removeprefix(BOM)
    edits = sorted(edit for each in reviewed(source).diagnostics if each.fix for edit in each.fix.edits)
    kept, end = [], 0
    for span, new in edits:
        kept.append((text[end : max(span.start, 0)].encode(), new.encode()))
        end = max(span.end, 0)
    return [*kept, (text[end:].encode(), b"")]


@pytest.mark.parametrize("case", CASES)
def test_only_the_spans_of_edits_change(case: re.Match[str]) -> None:
    source = document(case).replace("# ", "# \U0001f600\u2028\u0085 ", 1).encode()
    assert mended(reviewed(source), source)[0] == b"".join(kept + new for kept, new in edited(source))


MUTATIONS = (
    (r"(?<=\n)  ", "\t"),
    (r"(?<=\n)  ", ""),
    (r"(?<=\d)%", ""),
    (r"(?<=\d)k", ",000"),
    (r"(?<=\d)k", "K"),
    (r"(\d{4})-(\d\d)-(\d\d)", r"\3.\2.\1"),
    (r"(\d{4})-(\d\d)", r"\1/\2"),
    (r"(?<=[\n ])(\w)(\w)(\w+): ", r"\1\3\2: "),
    (r"(?<=[\n ])(\w+): ", lambda match: f"{match[1].upper()}: "),
    (r"(?<=[\n ])(\w+): ", r"\1:"),
    (r"(?<=: )(\w+)(?=\n)", lambda match: match[1].capitalize()),
    (r"(?<=: )(\w+)(?=[,}\n])", r'"\1"'),
    (r"(?<=\n)(\w+: [^\n]*\n)", r"\1\1"),
    (r"\n---\n", "\n...\n"),
    (r"\n---\n", "\n ----\n"),
    (r"\A---", "\n\n----"),
    (r"\A", BOM),
    (r"(?<=: )(\w+ \w)", r"\1: "),
    (r"\[([^\]\[]*)\]", r"\1"),
)
DESIGNS = sorted(path for path in (ROOT / "docs" / "designs").glob("*.md"))


@st.composite
def slips(draw: st.DrawFn, most: int) -> tuple[str, str]:
    """An example document as it is, and with slips."""
    whole = draw(st.sampled_from([path.read_text(encoding="utf-8") for path in DESIGNS] + [SAMPLE]))
    head, end, body = whole.partition("\n---\n")
    source = head + end
    for _ in range(draw(st.integers(1, most))):
        pattern, new = draw(st.sampled_from(MUTATIONS))
        places = [match.span() for match in re.finditer(pattern, source)]
        if places:
            start, stop = draw(st.sampled_from(places))
            match = re.compile(pattern).search(source, start)
            assert match is not None
            source = source[: match.start()] + (new(match) if callable(new) else match.expand(new)) + source[match.end() :]
            del stop
    return whole, source + body


@pytest.mark.no_cover
@given(slips(most=1), st.sampled_from(["\n", "\r\n", "\r"]))
def test_one_slip_in_an_example_leaves_no_more_findings_than_it_made(pair: tuple[str, str], newline: str) -> None:
    clean, broken = (text.replace("\n", newline).encode() for text in pair)
    after = fixed(broken)
    assert len(findings(after)) <= max(len(findings(broken)), len(findings(clean)))
    assert fixed(after) == after


@pytest.mark.no_cover
@given(slips(most=4))
def test_many_slips_in_an_example_never_touch_its_body(pair: tuple[str, str]) -> None:
    broken = pair[1].encode()
    after = fixed(broken)
    body = pair[0].encode().partition(b"\n---\n")[2]
    assert after.endswith(body)
    if reviewed(broken).document.root is not None:
        assert reviewed(after).document.root is not None
        assert len(findings(after)) <= len(findings(broken)) or reviewed(broken).design is None


@pytest.mark.no_cover
@given(st.data())
def test_no_text_at_all_is_fixed_for_ever(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(SAMPLE)))
    inserted = data.draw(st.text(st.sampled_from(list("\t\n\r :[]{}&*!%#-'\"|>?,@`~<.a1\u0085\u2028\ufeff\U0001f600")), max_size=6))
    source = (SAMPLE[:start] + inserted + SAMPLE[data.draw(st.integers(start, min(start + 9, len(SAMPLE)))) :]).encode()
    after = fixed(source)
    assert fixed(after) == after
