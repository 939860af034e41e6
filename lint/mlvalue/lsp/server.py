"""What an editor has open, and the reviews of it: one after the other, each text only in its newest state."""

import asyncio
import logging
import pathlib
from typing import Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path

import mlvalue
from mlvalue.lsp import wire
from mlvalue.lsp.folders import Folders, Judged
from mlvalue.lsp.positions import UTF_16, Positions, of_source
from mlvalue.settings import Settings
from mlvalue.values import SettingsError

LOG = logging.getLogger("mlvalue.lsp")


class Server(LanguageServer):
    """Keeps what is known of each open document.

    Texts come whole with each change: they are small, and pygls counts the lines of partial changes as Python does, not as editors do.
    """

    def __init__(self) -> None:
        """Know nothing yet."""
        super().__init__("mlvalue", mlvalue.__version__, text_document_sync_kind=types.TextDocumentSyncKind.Full)
        self.folders = Folders()
        self.judged: dict[str, Judged] = {}
        self.waiting: dict[str, None] = {}
        self.worker: asyncio.Task[None] | None = None
        self.told: dict[pathlib.Path, str] = {}
        self.is_asked_to_stop = False

    def report_server_error(self, error: Exception, source: Any) -> None:  # noqa: ANN401 (as pygls has it)
        """Log what went wrong with a message; the editor's user can't do anything about it."""
        LOG.error("%s: %s", getattr(source, "__name__", source), error)

    def positions(self, source: str) -> Positions:
        """The places of a text, counted as was agreed with the editor."""
        encoding = self.server_capabilities.position_encoding or UTF_16
        return of_source(source, str(getattr(encoding, "value", encoding)))

    def source(self, uri: str) -> str:
        """The text of an open document, "" where it isn't open."""
        return self.workspace.get_text_document(uri).source if uri in self.judged else ""

    def settings(self, uri: str) -> Settings | None:
        """The settings for an open document that they name; None for any other, and where they can't be used."""
        path = path_of(uri)
        try:
            found = self.folders.of(path) if path and uri in self.judged else None
        except SettingsError:
            return None
        return found if found and path and found.is_document(path) else None

    def opened(self, uri: str) -> None:
        """Begin to know a document."""
        self.judged[uri] = Judged()
        self.changed(uri)

    def closed(self, uri: str) -> None:
        """Forget a document and what was told of it."""
        self.judged.pop(uri, None)
        self.waiting.pop(uri, None)
        self._mark(uri, [])
        self._tell()

    def changed(self, *uris: str) -> None:
        """Review open texts anew, as soon as what is being reviewed now is done."""
        self.waiting |= dict.fromkeys(uri for uri in uris if uri in self.judged)
        if self.waiting and (self.worker is None or self.worker.done()):
            self.worker = asyncio.ensure_future(self._work())

    def settings_changed(self) -> None:
        """Read settings anew and review all that is open by them."""
        uris = [*self.workspace.folders, self.workspace.root_uri or ""]
        self.folders.forget(path for path in map(path_of, uris) if path)
        self.changed(*self.judged)

    async def known(self, uri: str) -> Judged:
        """What is known of the newest state of a document."""
        while self.worker and not self.worker.done():
            await asyncio.wait([self.worker])
        return self.judged.get(uri, Judged())

    async def _work(self) -> None:
        while self.waiting:
            uri = next(iter(self.waiting))
            del self.waiting[uri]
            try:
                await self._judge(uri)
            except Exception:
                LOG.exception("can't review %s", uri)

    async def _judge(self, uri: str) -> None:
        path = path_of(uri)
        if path is None:
            return
        document = self.workspace.get_text_document(uri)
        source, version = document.source, document.version
        judged = await asyncio.to_thread(self.folders.judge, source, path)
        if uri in self.waiting or uri not in self.judged:
            return
        self.judged[uri] = judged
        positions = self.positions(source)
        found = judged.review.diagnostics if judged.review else ()
        self._mark(uri, [wire.diagnostic(each, judged.review, uri, positions) for each in found if judged.review], version)
        self._tell()
        self._refresh()

    def _tell(self) -> None:
        """Say once what is wrong with a settings file, and mark the place in it; take the mark away when it is mended."""
        troubles = {judged.trouble.file: judged.trouble for judged in self.judged.values() if judged.trouble}
        for file in [file for file in self.told if file not in troubles]:
            del self.told[file]
            self._mark(from_fs_path(str(file)), [])
        for file, trouble in troubles.items():
            if self.told.get(file) != trouble.message:
                self.told[file] = trouble.message
                self.window_show_message(types.ShowMessageParams(types.MessageType.Error, f"mlvalue: {file}: {trouble.message}"))
                self._mark(from_fs_path(str(file)), [wire.trouble(trouble, Positions(trouble.text, self.positions("").encoding))])

    def _mark(self, uri: str | None, found: list[types.Diagnostic], version: int | None = None) -> None:
        if uri:
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, found, version))

    def _refresh(self) -> None:
        """Ask the editor to show the headline anew, where it can be asked."""
        able = self.client_capabilities.workspace
        if able and able.code_lens and able.code_lens.refresh_support:
            self.workspace_code_lens_refresh(None)
        if able and able.inlay_hint and able.inlay_hint.refresh_support:
            self.workspace_inlay_hint_refresh(None)


def path_of(uri: str) -> pathlib.Path | None:
    """The file of a document; None for one that has none, as what was never saved."""
    path = to_fs_path(uri)
    return pathlib.Path(path) if path and "\0" not in path else None
