"""An editor without a screen: a real client that speaks with `mlvalue lsp` over its standard input and output."""

import asyncio
import pathlib
import sys
import threading
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, TypeVar

from lsprotocol import types
from pygls.lsp.client import LanguageClient

PATIENCE = 60
T = TypeVar("T")
FULL = types.ClientCapabilities(
    workspace=types.WorkspaceClientCapabilities(
        code_lens=types.CodeLensWorkspaceClientCapabilities(refresh_support=True),
        did_change_watched_files=types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True),
        workspace_edit=types.WorkspaceEditClientCapabilities(document_changes=True),
    ),
    text_document=types.TextDocumentClientCapabilities(
        code_lens=types.CodeLensClientCapabilities(),
        completion=types.CompletionClientCapabilities(completion_item=types.ClientCompletionItemOptions(snippet_support=True)),
    ),
)
"""What VS Code and Neovim can do."""


class Editor:
    """Has folders and files open, and waits for answers."""

    def __init__(self, *folders: pathlib.Path, able: types.ClientCapabilities = FULL) -> None:
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.news = threading.Condition()
        self.published: dict[str, types.PublishDiagnosticsParams] = {}
        self.messages: list[str] = []
        self.refreshes = 0
        self.watched: list[str] = []
        self.versions: dict[str, int] = {}
        self.log = b""
        self.client = LanguageClient("editor", "1")
        self._listen()
        self.call(self.client.start_io(sys.executable, "-m", "mlvalue", "lsp"))
        opened = [types.WorkspaceFolder(folder.as_uri(), folder.name) for folder in folders]
        self.told = self.call(self.client.initialize_async(types.InitializeParams(able, workspace_folders=opened))).capabilities
        self.reading = asyncio.run_coroutine_threadsafe(self._read_log(), self.loop)
        self.say(self.client.initialized, types.InitializedParams())

    def _listen(self) -> None:
        @self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def published(params: types.PublishDiagnosticsParams) -> None:
            with self.news:
                self.published[params.uri] = params
                self.news.notify_all()

        @self.client.feature(types.WINDOW_SHOW_MESSAGE)
        def shown(params: types.ShowMessageParams) -> None:
            with self.news:
                self.messages.append(params.message)
                self.news.notify_all()

        @self.client.feature(types.WORKSPACE_CODE_LENS_REFRESH)
        def refreshed(_: None) -> None:
            with self.news:
                self.refreshes += 1
                self.news.notify_all()

        @self.client.feature(types.CLIENT_REGISTER_CAPABILITY)
        def registered(params: types.RegistrationParams) -> None:
            with self.news:
                self.watched += [watcher["globPattern"] for each in params.registrations for watcher in each.register_options["watchers"]]
                self.news.notify_all()

    @property
    def process(self) -> asyncio.subprocess.Process:
        found = self.client._server  # noqa: SLF001 (pygls hides the process)
        assert found is not None
        return found

    async def _read_log(self) -> None:
        assert self.process.stderr is not None
        self.log = await self.process.stderr.read()

    def call(self, question: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(question, self.loop).result(PATIENCE)

    def say(self, method: Callable[[Any], None], params: object) -> None:
        async def send() -> None:
            method(params)

        self.call(send())

    def ask(self, method: str, params: object) -> object:
        async def send() -> object:
            return await asyncio.wrap_future(self.client.protocol.send_request(method, params))

        return self.call(send())

    def wait(self, condition: Callable[[], T]) -> T:
        with self.news:
            assert self.news.wait_for(condition, PATIENCE), "the server told nothing"
            return condition()

    def open(self, file: pathlib.Path | str, text: str) -> list[types.Diagnostic]:
        """Open a file with a *text*, which is nowhere on disk, and wait for what is found in it."""
        uri = uri_of(file)
        self.versions[uri] = 1
        self.say(self.client.text_document_did_open, types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, "markdown", 1, text)))
        return self.findings(file)

    def change(self, file: pathlib.Path, *texts: str) -> list[types.Diagnostic]:
        """Type, as fast as one can, and wait for what is found in the last of *texts*."""
        uri = uri_of(file)
        for text in texts:
            self.versions[uri] += 1
            document = types.VersionedTextDocumentIdentifier(self.versions[uri], uri)
            change = types.TextDocumentContentChangeWholeDocument(text)
            self.say(self.client.text_document_did_change, types.DidChangeTextDocumentParams(document, [change]))
        return self.findings(file)

    def findings(self, file: pathlib.Path | str) -> list[types.Diagnostic]:
        uri = uri_of(file)
        self.wait(lambda: uri in self.published and self.published[uri].version == self.versions[uri])
        return list(self.published[uri].diagnostics)

    def settings_change(self) -> None:
        self.published.clear()
        self.say(self.client.workspace_did_change_watched_files, types.DidChangeWatchedFilesParams([]))

    def hover(self, file: pathlib.Path, place: types.Position) -> str | None:
        asked = types.HoverParams(types.TextDocumentIdentifier(uri_of(file)), place)
        found = self.call(self.client.text_document_hover_async(asked))
        assert found is None or isinstance(found.contents, types.MarkupContent)
        return found.contents.value if found and isinstance(found.contents, types.MarkupContent) else None

    def complete(self, file: pathlib.Path, place: types.Position) -> Sequence[types.CompletionItem]:
        asked = types.CompletionParams(types.TextDocumentIdentifier(uri_of(file)), place)
        found = self.call(self.client.text_document_completion_async(asked))
        assert found is None or not isinstance(found, types.CompletionList)
        return found or []

    def actions(self, file: pathlib.Path, where: types.Range, only: Sequence[str] | None = None) -> dict[str, types.CodeAction]:
        context = types.CodeActionContext([], [types.CodeActionKind(kind) if kind == "quickfix" else kind for kind in only] if only else None)
        asked = types.CodeActionParams(types.TextDocumentIdentifier(uri_of(file)), where, context)
        found = self.call(self.client.text_document_code_action_async(asked)) or []
        return {action.title: action for action in found if isinstance(action, types.CodeAction)}

    def lens(self, file: pathlib.Path) -> list[str]:
        asked = types.CodeLensParams(types.TextDocumentIdentifier(uri_of(file)))
        found = self.call(self.client.text_document_code_lens_async(asked)) or []
        return [lens.command.title for lens in found if lens.command]

    def leave(self, *, politely: bool = True) -> int:
        """Say goodbye, wait for the end of the server's process, and give its exit status."""
        if politely:
            self.call(self.client.shutdown_async(None))
        self.say(self.client.exit, None)
        status = self.call(self.process.wait())
        self.reading.result(PATIENCE)
        self.call(self.client.stop())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(PATIENCE)
        return status


def uri_of(file: pathlib.Path | str) -> str:
    return file if isinstance(file, str) else file.as_uri()


def applied(text: str, action: types.CodeAction) -> str:
    """*text* with the edits of an *action*, whose places count in UTF-16."""
    assert action.edit is not None
    assert action.edit.document_changes
    (change,) = action.edit.document_changes
    assert isinstance(change, types.TextDocumentEdit)
    lines = text.splitlines(keepends=True)

    def offset(place: types.Position) -> int:
        before = sum(len(line) for line in lines[: place.line])
        line = lines[place.line] if place.line < len(lines) else ""
        return before + len(line.encode("utf-16-le")[: 2 * place.character].decode("utf-16-le"))

    edits = [
        (offset(edit.range.start), number, offset(edit.range.end), edit.new_text)
        for number, edit in enumerate(change.edits)
        if isinstance(edit, types.TextEdit)
    ]
    for start, _, end, written in sorted(edits, reverse=True):
        text = text[:start] + written + text[end:]
    return text


def place(text: str, words: str) -> types.Position:
    """Where *words* begin in *text*, whose lines before hold nothing but the first 65,536 characters."""
    before = text[: text.index(words)]
    return types.Position(before.count("\n"), len(before) - before.rfind("\n") - 1)
