"""The language server as an editor meets it: a real process, spoken with over its standard input and output."""

import pathlib
import subprocess
import sys
from collections.abc import Iterator

import pytest
from editor import FULL, Editor, applied, place
from lsprotocol import types
from pygls.exceptions import JsonRpcException

IDEA = """---
stage: idea
owner: \N{GRINNING FACE} Ana
customer: {who: 12 agents, pains: [slow]}
value: {metric: calls, how_it_pays: fewer calls}
---

# Calls
"""
EMOJI = "\n\N{GRINNING FACE}\N{GRINNING FACE} is guaranteed to work.\n"
ALL = types.Range(types.Position(0, 0), types.Position(200, 0))


@pytest.fixture(name="root", scope="module")
def folder_that_is_open(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    root = tmp_path_factory.mktemp("repo with a space")
    (root / "docs" / "designs").mkdir(parents=True)
    return root


@pytest.fixture(name="editor", scope="module")
def editor_that_is_open(root: pathlib.Path) -> Iterator[Editor]:
    editor = Editor(root)
    yield editor
    assert editor.leave() == 0
    assert b"Traceback" not in editor.log


@pytest.fixture(name="file")
def document_of_ours(root: pathlib.Path, request: pytest.FixtureRequest) -> pathlib.Path:
    return root / "docs" / "designs" / f"{request.node.originalname[:60]}.md"


def where(found: types.Diagnostic) -> tuple[int, int, int, int]:
    return found.range.start.line, found.range.start.character, found.range.end.line, found.range.end.character


def test_places_count_as_the_editor_counts_and_findings_go_when_they_are_mended(editor: Editor, file: pathlib.Path) -> None:
    text = IDEA + EMOJI
    (found,) = editor.open(file, text)
    assert (found.code, where(found), found.severity) == ("guarantee", (9, 8, 9, 26), types.DiagnosticSeverity.Error)
    assert found.source == "mlvalue"
    assert found.code_description is not None
    assert found.code_description.href.endswith("/rules/guarantee/")
    assert "\nhelp: " in found.message
    assert editor.change(file, IDEA) == []


@pytest.mark.parametrize(("counted", "column"), [("utf-8", 12), ("utf-32", 6)])
def test_an_editor_may_count_otherwise(root: pathlib.Path, file: pathlib.Path, counted: str, column: int) -> None:
    able = types.ClientCapabilities(general=types.GeneralClientCapabilities(position_encodings=[types.PositionEncodingKind(counted)]))
    editor = Editor(root, able=able)
    (found,) = editor.open(file, IDEA + EMOJI)
    assert where(found) == (9, column, 9, column + 18)
    assert editor.leave() == 0


def test_windows_line_ends_and_a_byte_order_mark_shift_nothing(editor: Editor, file: pathlib.Path) -> None:
    found = editor.open(file, ("\ufeff" + IDEA + EMOJI).replace("\n", "\r\n"))
    assert [(each.code, where(each)) for each in found] == [("unclear-delimiter", (0, 1, 0, 4)), ("guarantee", (9, 8, 9, 26))]


def test_typing_fast_shows_what_is_written_last(editor: Editor, file: pathlib.Path) -> None:
    editor.open(file, IDEA)
    texts = [IDEA + EMOJI * count for count in range(1, 30)]
    assert len(editor.change(file, *texts)) == 29


def test_a_second_key_leads_to_the_first(editor: Editor, file: pathlib.Path) -> None:
    (found,) = editor.open(file, IDEA.replace("value:", "owner: Tom\nvalue:"))
    assert found.code == "duplicate-key"
    assert found.related_information is not None
    (related,) = found.related_information
    assert (related.location.uri, related.location.range.start.line, related.location.range.end.character) == (file.as_uri(), 2, 5)


def test_other_markdown_is_left_alone(editor: Editor, root: pathlib.Path) -> None:
    file = root / "README.md"
    assert editor.open(file, EMOJI) == []
    assert editor.hover(file, types.Position(1, 10)) is None
    assert editor.complete(file, types.Position(0, 0)) == []
    assert editor.actions(file, ALL) == {}
    assert editor.lens(file) == []


def test_hovering_tells_what_a_field_means_and_what_it_changes(editor: Editor, file: pathlib.Path, sample: str) -> None:
    editor.open(file, sample)
    told = editor.hover(file, place(sample, "share: [50%"))
    assert told is not None
    assert told.startswith("**Adoption share once the ramp is over**\n\nShare of the possible use")
    assert "For example `[50%, 70%, 85%]`. Asked for from stage `proposed` on." in told
    assert told.endswith("Each percentage point of adoption is worth 9.5k EUR over 3 years. It neither earns nor loses at 26%.")
    assert editor.hover(file, place(sample, "Planners order")) is None


def test_hovering_words_that_are_underlined_tells_the_rule(editor: Editor, file: pathlib.Path) -> None:
    editor.open(file, IDEA + EMOJI)
    told = editor.hover(file, types.Position(9, 10))
    assert told is not None
    assert told.startswith("**guarantee**: ")
    assert "/rules/guarantee/" in told


def test_completion_offers_what_the_stage_asks_for_first(editor: Editor, file: pathlib.Path) -> None:
    text = IDEA.replace("stage: idea", "stage: proposed").replace("value: {", "cost:\n  \nvalue: {")
    editor.open(file, text)
    found = editor.complete(file, types.Position(5, 2))
    assert [item.label for item in sorted(found, key=lambda item: item.sort_text or "")] == ["build", "build_months", "run_per_year", "people_days"]
    assert isinstance(found[0].text_edit, types.TextEdit)
    assert found[0].text_edit.new_text == "build: [${1:<low>}, ${2:<likely>}, ${3:<high>}]"
    assert found[0].insert_text_format is types.InsertTextFormat.Snippet
    assert (found[0].detail, found[3].detail) == ("asked for at stage proposed", None)


def test_missing_fields_are_added_with_hints_and_then_wait_for_values(editor: Editor, file: pathlib.Path) -> None:
    text = IDEA.replace("stage: idea", "stage: proposed")
    assert len(editor.open(file, text)) == 8
    offered = editor.actions(file, ALL)
    changed = applied(text, offered["Add all 8 missing fields"])
    assert "  per_year: [<low>, <likely>, <high>]\n" not in changed
    assert "per_year: [<low>, <likely>, <high>]" in changed
    found = editor.change(file, changed)
    assert {each.code for each in found} == {"missing-field"}
    assert not [title for title in editor.actions(file, ALL) if title.startswith("Add")]


def test_a_fix_mends_what_has_one_right_answer_and_so_does_saving(editor: Editor, file: pathlib.Path) -> None:
    text = ("\ufeff" + IDEA.replace("stage: idea", "stage: ideaa").replace("owner:", "ownre:")).replace("\n", "\r\n")
    assert {found.code for found in editor.open(file, text)} == {"invalid-value", "unknown-field", "unclear-delimiter"}
    one = editor.actions(file, types.Range(types.Position(1, 8), types.Position(1, 8)), ["quickfix"])["Write `idea`"]
    assert one.is_preferred
    assert "invalid-value" not in {found.code for found in editor.change(file, applied(text, one))}
    editor.change(file, text)
    saved = editor.actions(file, ALL, ["source.fixAll"])
    assert list(saved) == ["Fix 3 findings of mlvalue"]
    mended = applied(text, saved["Fix 3 findings of mlvalue"])
    assert mended == IDEA.replace("\n", "\r\n")
    assert editor.change(file, mended) == []


def test_allowing_waits_for_a_reason(editor: Editor, file: pathlib.Path) -> None:
    text = IDEA + EMOJI
    editor.open(file, text)
    changed = applied(text, editor.actions(file, ALL)["Allow `guarantee` here, with a reason"])
    assert {each.code for each in editor.change(file, changed)} == {"guarantee", "unreasoned-allow"}
    assert editor.change(file, changed.replace("<why it is right here>", "the contract says so")) == []


def test_the_headline_stands_above_the_document_or_what_lacks(editor: Editor, file: pathlib.Path, sample: str) -> None:
    editor.open(file, sample)
    assert editor.lens(file) == ["Should return at least 55 % of its cost in 3 years: 8 in 10 futures do better."]
    refreshes = editor.refreshes
    editor.change(file, sample.replace("  share: [50%, 70%, 85%]\n", ""))
    assert editor.lens(file) == ["1 field is missing for an approved design"]
    assert editor.wait(lambda: editor.refreshes > refreshes)
    editor.change(file, "---\nstage: {\n---\n")
    assert editor.lens(file) == ["No figures: the front matter can't be read"]


def test_the_lens_shows_the_figures_when_it_is_clicked(editor: Editor, file: pathlib.Path, sample: str) -> None:
    editor.open(file, sample)
    editor.call(editor.client.workspace_execute_command_async(types.ExecuteCommandParams("mlvalue.figures", [file.as_uri()])))
    told = editor.wait(lambda: next((message for message in editor.messages if message.startswith("Order proposals: ")), ""))
    assert "NPV: 160,000 EUR or more in 8 of 10 futures" in told


def test_an_editor_without_lenses_gets_a_hint(root: pathlib.Path, file: pathlib.Path) -> None:
    editor = Editor(root, able=types.ClientCapabilities())
    editor.open(file, IDEA)
    hints = editor.call(editor.client.text_document_inlay_hint_async(types.InlayHintParams(types.TextDocumentIdentifier(file.as_uri()), ALL)))
    assert hints is not None
    assert [(hint.position.line, hint.label) for hint in hints] == [(0, " There are no figures yet, so nothing is promised.")]
    assert editor.leave() == 0


def test_settings_that_change_change_what_is_told(tmp_path: pathlib.Path) -> None:
    editor = Editor(tmp_path, able=FULL)
    file = tmp_path / "notes" / "a.md"
    assert editor.open(file, IDEA + EMOJI) == []
    assert editor.wait(lambda: "**/*.toml" in editor.watched)
    (tmp_path / "mlvalue.toml").write_text('documents = ["notes/*.md"]\n')
    editor.settings_change()
    assert [found.code for found in editor.findings(file)] == ["guarantee"]
    (tmp_path / "mlvalue.toml").write_text('documents = ["notes/*.md"]\nignore = ["guarantee"]\n')
    editor.published.clear()
    editor.say(editor.client.text_document_did_save, types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(file.as_uri())))
    assert editor.findings(file) == []
    assert editor.leave() == 0


def test_settings_with_errors_are_told_once_and_the_server_lives_on(tmp_path: pathlib.Path) -> None:
    file, other, settings = tmp_path / "docs/designs/a.md", tmp_path / "docs/designs/b.md", tmp_path / "mlvalue.toml"
    settings.write_text('currency = "EUR"\nhorizon_years = 2.5\n')
    editor = Editor(tmp_path)
    assert editor.open(file, IDEA + EMOJI) == editor.open(other, IDEA) == []
    told = editor.wait(lambda: editor.published.get(settings.as_uri()))
    assert told is not None
    assert [where(found) for found in told.diagnostics] == [(1, 0, 1, 19)]
    assert len([message for message in editor.messages if "horizon_years" in message]) == 1
    settings.write_text('currency = "EUR"\nhorizon_years = \n')
    editor.settings_change()
    assert editor.wait(lambda: settings.as_uri() in editor.published and where(editor.published[settings.as_uri()].diagnostics[0])[0] == 1)
    settings.write_text('currency = "EUR"\n')
    editor.settings_change()
    assert [found.code for found in editor.findings(file)] == ["guarantee"]
    assert editor.wait(lambda: settings.as_uri() in editor.published and not editor.published[settings.as_uri()].diagnostics)
    assert editor.leave() == 0


def test_each_folder_has_its_own_settings(tmp_path: pathlib.Path) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder, rule in zip(folders, ("guarantee", "missing-field"), strict=True):
        folder.mkdir()
        (folder / "mlvalue.toml").write_text(f'documents = ["*.md"]\nselect = ["{rule}"]\n')
    editor = Editor(*folders)
    text = IDEA.replace("owner: \N{GRINNING FACE} Ana\n", "") + EMOJI
    assert [[found.code for found in editor.open(folder / "a.md", text)] for folder in folders] == [["guarantee"], ["missing-field"]]
    assert editor.leave() == 0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\0",
        "---",
        "---\n",
        "---\n---\n",
        "---\nstage: {\n",
        "---\n\tstage: x\n---\n",
        "\ud800",
        "---\n" + "a: [" * 999 + "\n---\n",
        "x" * 300_000,
        "\r\r\n\n\u2028\x85",
    ],
    ids=["nothing", "nul", "dashes", "open", "empty", "broken", "tab", "surrogate", "deep", "long", "line ends"],
)
def test_nothing_that_is_open_stops_the_server(editor: Editor, file: pathlib.Path, text: str) -> None:
    found = editor.open(file, text)
    assert all("Traceback" not in each.message for each in found)
    editor.hover(file, types.Position(1, 3))
    editor.complete(file, types.Position(1, 3))
    editor.actions(file, ALL)
    editor.lens(file)
    assert editor.change(file, IDEA) == []
    editor.say(editor.client.text_document_did_close, types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(file.as_uri())))


def test_a_document_without_a_file_is_left_alone(editor: Editor, root: pathlib.Path) -> None:
    uri = "untitled:Untitled-1"
    document = types.TextDocumentItem(uri, "markdown", 1, EMOJI)
    editor.say(editor.client.text_document_did_open, types.DidOpenTextDocumentParams(document))
    asked = types.HoverParams(types.TextDocumentIdentifier(uri), types.Position(1, 10))
    assert editor.call(editor.client.text_document_hover_async(asked)) is None
    assert editor.open(root.parent / "elsewhere" / "docs" / "designs" / "a.md", EMOJI) == []


def test_a_question_that_nobody_knows_is_answered_without_a_traceback(editor: Editor) -> None:
    with pytest.raises(JsonRpcException, match="Method Not Found") as raised:
        editor.ask("mlvalue/unknown", {})
    assert "raceback" not in str(vars(raised.value))


def test_closing_a_document_takes_its_findings_away(editor: Editor, file: pathlib.Path) -> None:
    assert editor.open(file, EMOJI)
    editor.say(editor.client.text_document_did_close, types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(file.as_uri())))
    assert editor.wait(lambda: not editor.published[file.as_uri()].diagnostics)


def test_an_editor_that_leaves_without_a_word_leaves_no_process(tmp_path: pathlib.Path) -> None:
    assert Editor(tmp_path).leave(politely=False) == 1
    ended = subprocess.run([sys.executable, "-m", "mlvalue", "lsp", "--stdio"], stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (1, b"", b"")


def test_without_pygls_the_command_says_what_to_install() -> None:
    code = "import sys; sys.modules['pygls'] = sys.modules['lsprotocol'] = None; from mlvalue.cli import main; sys.exit(main(['lsp']))"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == "mlvalue: the language server needs pygls; pip install 'mlvalue[lsp]'\n"
