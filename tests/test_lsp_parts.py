"""What the language server is made of: functions from a text and a place to data. A `|` in an example is the cursor."""

import dataclasses
import json
import pathlib

import pytest
from examples import HERE, SAMPLE, SETTINGS, read
from hypothesis import given
from hypothesis import strategies as st

from mlvalue import schema, stages
from mlvalue.definitions import using
from mlvalue.diagnostic import Edit, Span, replacement
from mlvalue.lsp.actions import actions
from mlvalue.lsp.allowing import REASON, allowing
from mlvalue.lsp.completion import completions
from mlvalue.lsp.effects import effect
from mlvalue.lsp.hover import hover
from mlvalue.lsp.positions import Positions, of_source, span_of
from mlvalue.lsp.slots import slots
from mlvalue.lsp.wire import wanted
from mlvalue.organisation import contract
from mlvalue.review import Review, may_be_allowed, review
from mlvalue.rule import Rule
from mlvalue.rules import RULES
from mlvalue.text import Text
from mlvalue.units import Month

TOP = ["stage", "owner", "customer", "value", "title"]
NUMBERS = ["per_year", "share", "ramp_months", "build", "build_months", "run_per_year"]
BY_NAME: dict[str, Rule] = {rule.name: rule for rule in RULES}

COMPLETED = {
    "first key of an empty front matter": ("---\n|\n---\n", ["title", "stage", "owner", "customer", "value"]),
    "nothing but the opening line": ("---\n|", ["title", "stage", "owner", "customer", "value"]),
    "what is written isn't offered again": ("---\nstage: idea\nowner: x\n|\n---\n", ["title", "customer", "value"]),
    "keys of an object, by stage": ("---\nstage: approved\nvalue:\n  |\n---\n", ["metric", "how_it_pays", "kind", "per_year", "evidence", "validated_by"]),
    "the word that is being written": ("---\nstage: idea\ncus|\n---\n", ["title", "owner", "customer", "value"]),
    "inside braces": ("---\nstage: idea\ncustomer: {|}\n---\n", ["who", "pains"]),
    "inside braces, behind a comma": ("---\ncustomer: {who: x, |}\n---\n", ["pains", "needs", "consulted"]),
    "inside braces that nobody closed": ("---\nvalue: {metric: x, |\ncost:\n  build: 3\n---\n", ["how_it_pays"]),
    "braces inside braces": ("---\nvalue: {evidence: {|}}\n---\n", ["kind", "link"]),
    "a choice": ("---\nvalue: {kind: |}\n---\n", ["cash", "time", "risk", "other"]),
    "a choice behind its colon": ("---\nvalue:\n  kind:|\n---\n", ["cash", "time", "risk", "other"]),
    "a choice half written": ("---\nvalue:\n  kind: ca|\n---\n", ["cash", "time", "risk", "other"]),
    "the stage": ("---\nstage: |\n---\n", list(stages.STAGES)),
    "keys of an alternative": ("---\nalternatives:\n  - name: x\n    |\n---\n", ["type", *NUMBERS]),
    "keys of an alternative behind its dash": ("---\nalternatives:\n  - |\n---\n", ["name", "type", *NUMBERS]),
    "dashes as far left as their field": ("---\nalternatives:\n- name: x\n  type: no_ml\n  |\nstage: idea\n---\n", NUMBERS),
    "a second line of braces": ("---\nalternatives:\n  - {name: x, type: no_ml,\n     |}\n---\n", NUMBERS),
    "doing nothing needs no numbers": ("---\nalternatives:\n  - {type: nothing, |}\n---\n", ["name"]),
    "the type of the second alternative": ("---\nalternatives:\n  - {name: x, type: nothing}\n  - {type: |}\n---\n", ["nothing", "no_ml", "ml"]),
    "keys of a figure": ("---\nactuals:\n  - {to: 2027-01, |}\n---\n", ["value", "cost", "share", "how"]),
    "while a line above is broken": ("---\nowner: [x\nstage: proposed\nadoption:\n  |\n---\n", ["who", "users", "share", "ramp_months"]),
    "Windows line ends": ("---\r\nstage: idea\r\nvalue:\r\n  |\r\n---\r\n", ["metric", "how_it_pays"]),
    "text is the author's own": ("---\nowner: |\n---\n", []),
    "below a field that has its value": ("---\nowner: x\n  |\n---\n", []),
    "more of a text": ("---\nowner: some\n  more|\n---\n", []),
    "a block of text": ("---\nwhy_ml: >\n  st|\n---\n", []),
    "a comment": ("---\n# st|\n---\n", []),
    "the body": ("---\nstage: idea\n---\nst|\n", []),
    "no front matter": ("st|\n", []),
    "behind the closing line": ("---\nstage: idea\n---|\n", []),
}


def cut(marked: str) -> tuple[str, int]:
    before, _, after = marked.partition("|")
    return before + after, len(before)


def reviewed(text: str) -> Review:
    return review(text.encode(), HERE / "sample.md", SETTINGS)


def edited(text: str, edits: tuple[Edit, ...]) -> str:
    for _, edit in sorted(enumerate(edits), key=lambda each: (each[1].span.start, each[0]), reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


@pytest.mark.parametrize(("marked", "first"), COMPLETED.values(), ids=COMPLETED)
def test_completion_offers_what_is_possible_here(marked: str, first: list[str]) -> None:
    text, offset = cut(marked)
    found = [item.label for item in completions(Text(text), offset)]
    assert found[: len(first)] == first
    assert bool(found) == bool(first)


@pytest.mark.parametrize(
    ("marked", "label", "text", "snippet"),
    [
        ("---\n|\n---\n", "owner", "owner: ", "owner: ${1:<owner of the estimate>}"),
        (
            "---\n|\n---\n",
            "customer",
            "customer:",
            "customer:\n  who: ${1:<who has the problem and how many they are>}\n  pains: [${2:<what hurts them today>}]",
        ),
        ("---\n|\n---\n", "stage", "stage: ", "stage: ${1|idea,proposed,approved,live,retired,dropped|}"),
        ("---\nvalue: {|}\n---\n", "evidence", "evidence: ", "evidence: {kind: ${1:<experiment | pilot | history | survey | analogy | guess>}\\}"),
        ("---\nst|: idea\n---\n", "stage", "stage", ""),
        ("---\nvalue:\n  kind:|\n---\n", "cash", " cash", ""),
        ("---\nalternatives:\n  - |\n---\n", "name", "name: ", "name: ${1:<name of the alternative>}"),
    ],
)
def test_a_completion_is_written_as_it_must_stand(marked: str, label: str, text: str, snippet: str) -> None:
    source, offset = cut(marked)
    found = next(item for item in completions(Text(source), offset) if item.label == label)
    assert (found.text, found.snippet) == (text, snippet)


def test_fields_of_an_organisation_are_completed_like_ours(tmp_path: pathlib.Path) -> None:
    own = {"properties": {"cost_center": {"type": "string", "title": "Cost centre"}, "risk": {"enum": ["low", "high"]}}, "required": ["cost_center"]}
    (tmp_path / "acme.schema.json").write_text(json.dumps(own))
    with using(contract(dataclasses.replace(SETTINGS, schema=tmp_path / "acme.schema.json"))):
        assert [item.label for item in completions(Text("---\n"), 4)][:6] == ["title", "stage", "owner", "customer", "value", "cost_center"]
        assert [item.label for item in completions(Text("---\nrisk: "), 10)] == ["low", "high"]


def test_a_choice_says_what_each_word_means() -> None:
    found = {item.label: item.documentation for item in completions(Text("---\nvalue: {evidence: {kind: }}\n---\n"), 28)}
    assert found["pilot"] == "real use by a few"
    assert all(found.values())


@pytest.mark.parametrize("end", range(0, len(SAMPLE), 41))
def test_completion_and_hover_work_wherever_a_document_breaks_off(end: int) -> None:
    text = SAMPLE[:end]
    assert isinstance(completions(Text(text), end), list)
    hover(reviewed(text), BY_NAME, end)


@given(st.text(alphabet=" \n\r\t-[]{}:,#'\"|>ab\N{GRINNING FACE}", max_size=60))
def test_no_text_is_too_broken_to_have_places(inside: str) -> None:
    text = f"---\n{inside}"
    for offset in range(len(text) + 1):
        completions(Text(text), offset)


@given(st.text(alphabet="a\r\n\u2028\u00e9\N{GRINNING FACE}", max_size=40), st.sampled_from(["utf-8", "utf-16", "utf-32"]), st.booleans())
def test_a_place_leads_back_to_its_offset(text: str, encoding: str, has_mark: bool) -> None:  # noqa: FBT001 (a property's argument)
    positions = of_source(("\ufeff" if has_mark else "") + text, encoding)
    for offset in range(len(text) + 1):
        if offset in positions.text.line_starts or text[offset - 1 : offset] not in {"\r", "\n"}:
            line, character = positions.place(offset)
            at_end = text[offset - 1 : offset + 1] == "\r\n"
            assert positions.offset(line, character) == (offset - 1 if at_end else offset)


@pytest.mark.parametrize(("line", "character"), [(0, 99), (7, 0), (99, 99)])
def test_a_place_behind_the_end_is_the_end(line: int, character: int) -> None:
    assert Positions(Text("abc")).offset(line, character) == 3


EFFECTS = {
    "adoption.share": "Each percentage point of adoption is worth 9.5k EUR over 3 years. It neither earns nor loses at 26%.",
    "adoption.share[0]": "At its low end, the others likely, the design is worth 190k EUR less over 3 years.",
    "adoption.share[1]": "Each percentage point of adoption is worth 9.5k EUR over 3 years. It neither earns nor loses at 26%.",
    "adoption.ramp_months": "One month more until full use takes away 15k EUR over 3 years.",
    "value.per_year": "Each 1% of value per year is worth 6.7k EUR over 3 years.",
    "cost.build": "Each 1% of build cost takes away 1.4k EUR over 3 years.",
    "cost.build[2]": "At its high end, the others likely, the design is worth 80k EUR less over 3 years.",
    "cost.build_months": "One month more to build takes away 26k EUR over 3 years.",
    "cost.run_per_year": "Each 1% of run cost takes away 1.1k EUR over 3 years.",
    "alternatives[1].per_year[0]": "At its low end, the others likely, `min-max rule in the ERP` is worth 100k EUR less over 3 years.",
    "alternatives[0].name": "",
    "alternatives[7].share": "",
    "adoption.users": "",
    "share": "",
}


@pytest.mark.parametrize(("path", "told"), EFFECTS.items())
def test_a_number_is_told_by_what_it_changes(path: str, told: str) -> None:
    found = reviewed(SAMPLE)
    assert found.appraisal is not None
    assert effect(found.appraisal, path) == told


def test_each_percentage_point_is_worth_what_the_appraisal_gains_by_it() -> None:
    before, after = (reviewed(SAMPLE.replace("[50%, 70%, 85%]", share)).appraisal for share in ("[50%, 70%, 85%]", "[50%, 71%, 85%]"))
    assert before is not None
    assert after is not None
    gain = after.chosen.npv_likely - before.chosen.npv_likely
    assert float(f"{gain:.2g}") == 9500


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("stage: approved", "**Stage of the design**"),
        ("consulted: {", "**How and when they were asked**"),
        ("9 interviews", "**How they were asked**"),
        ("empty shelves", "**What hurts them today**"),
        ("type: no_ml", "**Type of the alternative**"),
        ("15k, 25k", "**Cost to build, once**"),
        ("Order proposals", ""),
        ("---\n\n# Order", ""),
    ],
)
def test_hovering_says_what_stands_there(words: str, told: str) -> None:
    found = hover(reviewed(SAMPLE), BY_NAME, SAMPLE.index(words) + 1)
    assert (found.markdown.split("\n")[0] if found else "") == told


def test_hovering_works_while_the_front_matter_cant_be_read() -> None:
    text = SAMPLE.replace("pains: [empty", "pains: [[[empty")
    found = hover(reviewed(text), BY_NAME, text.index("measured_by"))
    assert found is not None
    assert found.markdown.endswith("Asked for from stage `approved` on.")


@pytest.mark.parametrize("stage", ["idea", "proposed", "approved", "live", "retired"])
@pytest.mark.parametrize(
    "start",
    [
        "stage: {}\n",
        "stage: {}\ncustomer:\n  who: x\nvalue:\ncost: {{}}\n",
        "stage: {}\nvalue: {{metric: x}}\nadoption:\n    plan: x\nwhy_ml:\n",
        "x-own: 1\nstage: {}\ntags: [a]\n",
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_adding_what_lacks_leaves_only_values_to_write(stage: str, start: str, end: str) -> None:
    text = f"---\n{start.format(stage)}---\n\n# A title\n".replace("\n", end)
    for _ in range(2):
        offered = [action for action in actions(reviewed(text), Span(0, len(text)), SETTINGS) if action.title.startswith("Add")]
        text = edited(text, offered[-1].edits if offered else ())
    found = reviewed(text)
    assert found.document.faults == ()
    lacking = stages.missing(found.document, found.data, schema.violations(found.document, found.data), Month(2026, 11))
    assert [violation.field for violation in lacking if violation.written is None and violation.kind == "missing" and not violation.names] == []
    assert not [action for action in actions(found, span_of(found.diagnostics[0], found.document.text), SETTINGS) if action.title.startswith("Add")]
    assert "\n" not in text.replace(end, "")


PAGES = sorted((pathlib.Path(__file__).parent.parent / "lint/mlvalue/rules").glob("*/*.md"))


@pytest.mark.no_cover
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_an_allowing_comment_allows_once_it_has_a_reason(page: pathlib.Path) -> None:
    for example in read(page.read_text(encoding="utf-8")):
        text = example.document()
        found = reviewed(text)
        for each in found.diagnostics:
            edit = allowing(found, each, SETTINGS) if len(found.diagnostics) == 1 else None
            assert edit is None or may_be_allowed(each)
            if edit is None:
                continue
            waiting = reviewed(edited(text, (edit,)))
            assert "unreasoned-allow" in {other.rule for other in waiting.diagnostics}
            assert [other.rule for other in reviewed(edited(text, (edit,)).replace(REASON, "the contract says so")).diagnostics] == []


def test_every_slot_of_the_sample_is_a_field_of_it() -> None:
    found = reviewed(SAMPLE)
    places = slots(found.document.text)
    keys = {f"{slot.path}.{slot.name}".removeprefix(".") for slot in places.found if slot.kind == "key"}
    assert keys == {path for path, node in found.document.nodes.items() if node.key}
    assert all(found.document.nodes[path].span.start >= 0 for path in places.values)
    assert dataclasses.is_dataclass(places.found[0])


def test_fixes_are_offered_one_by_one_and_all_at_once_without_those_that_overlap() -> None:
    found = reviewed(SAMPLE.replace("Planners order", "It is guaranteed to work. Planners order"))
    (each,) = found.diagnostics
    start = found.document.text.string.index("guaranteed")
    fixes = [replacement(Span(start, start + 10), "meant"), replacement(Span(start + 5, start + 10), "x"), replacement(Span(start + 14, start + 18), "help")]
    with_fixes = dataclasses.replace(found, diagnostics=tuple(dataclasses.replace(each, fix=fix) for fix in fixes))
    offered = actions(with_fixes, Span(start, start), SETTINGS)
    assert [action.title for action in offered if action.is_fix] == ["Write `meant`", "Write `x`", "Write `help`", "Fix 2 findings of mlvalue"]
    assert offered[-1].kind == "source.fixAll.mlvalue"
    assert "It is meant to help. Planners" in edited(found.document.text.string, offered[-1].edits)


@pytest.mark.parametrize(
    ("only", "quick", "everything"),
    [
        (None, True, True),
        (["quickfix"], True, False),
        (["source"], False, True),
        (["source.fixAll"], False, True),
        (["source.fixAll.mlvalue"], False, True),
        (["refactor"], False, False),
    ],
)
def test_an_editor_gets_the_kinds_of_actions_that_it_asks_for(only: list[str] | None, quick: bool, everything: bool) -> None:  # noqa: FBT001 (an example's data)
    assert (wanted("quickfix", only), wanted("source.fixAll.mlvalue", only)) == (quick, everything)
