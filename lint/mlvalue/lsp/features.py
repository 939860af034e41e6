"""What an editor tells the server and asks it, message by message."""

import asyncio
import functools
import logging
import os
import pathlib
import sys
from collections.abc import Awaitable, Callable
from typing import Any

from lsprotocol import types
from pygls.capabilities import get_capability

from mlvalue.definitions import using
from mlvalue.diagnostic import Span
from mlvalue.lsp import actions, lens, wire
from mlvalue.lsp.completion import completions
from mlvalue.lsp.folders import Judged
from mlvalue.lsp.hover import hover
from mlvalue.lsp.server import LOG, Server, path_of
from mlvalue.organisation import contract
from mlvalue.rules import known

TRIGGERS = [" ", ":", "{", ",", "["]
WATCHED = ("**/*.toml", "**/*.schema.json")
"""Settings, the data files and the schema that they may name."""
Feature = Callable[..., Awaitable[Any]]


def serve() -> int:
    """Speak with an editor on standard input and output until it says that it is done; 1 if it left without a word."""
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="mlvalue lsp: %(message)s")
    logging.getLogger("pygls").setLevel(logging.CRITICAL)
    server = Server()
    for method, (feature, options) in FEATURES.items():
        server.feature(method, options)(_calm(feature))
    server.command(wire.FIGURES)(_calm(show_figures))
    server.start_io()
    sys.stdout = pathlib.Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 (pygls closed it when the editor said exit)
    return 0 if server.is_asked_to_stop else 1


def _calm(feature: Feature) -> Feature:
    """A feature that answers nothing where it fails, and logs why; an editor must never see a traceback."""

    @functools.wraps(feature)
    async def calm(ls: Server, *arguments: Any) -> Any:  # noqa: ANN401 (whatever the protocol has for the feature)
        try:
            return await feature(ls, *arguments)
        except Exception:  # noqa: BLE001 (any mistake of ours)
            LOG.exception("%s failed", feature.__name__)
            return None

    return calm


def _can(ls: Server, ability: str) -> bool:
    """Say whether the editor has an *ability*, by its path in what it told of itself."""
    told = get_capability(ls.client_capabilities, ability)
    return told is not None and told is not False


async def initialized(ls: Server, _: types.InitializedParams) -> None:
    """Learn which folders are open; ask the editor to tell when a settings file changes, if it can."""
    ls.settings_changed()
    if _can(ls, "workspace.did_change_watched_files.dynamic_registration"):
        watch = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher(glob) for glob in WATCHED])
        asked = types.Registration("mlvalue-settings", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, watch)
        ls.client_register_capability(types.RegistrationParams([asked]))


async def shut_down(ls: Server, _: None) -> None:
    """Remember that the editor said goodbye."""
    ls.is_asked_to_stop = True


async def opened(ls: Server, params: types.DidOpenTextDocumentParams) -> None:
    """A document is open now."""
    ls.opened(params.text_document.uri)


async def changed(ls: Server, params: types.DidChangeTextDocumentParams) -> None:
    """A document has other words now."""
    ls.changed(params.text_document.uri)


async def closed(ls: Server, params: types.DidCloseTextDocumentParams) -> None:
    """A document isn't open any more."""
    ls.closed(params.text_document.uri)


async def settings_changed(ls: Server, _: object) -> None:
    """Settings may be others now; so may links to files that were just saved."""
    ls.settings_changed()


async def complete(ls: Server, params: types.CompletionParams) -> list[types.CompletionItem]:
    """What can be written at a place; it doesn't wait for a review."""
    uri = params.text_document.uri
    settings = ls.settings(uri)
    if settings is None:
        return []
    positions = ls.positions(ls.source(uri))
    snippets = _can(ls, "text_document.completion.completion_item.snippet_support")
    with using(contract(settings)):
        found = completions(positions.text, positions.offset(params.position.line, params.position.character))
    return [wire.completion(each, positions, snippets=snippets) for each in found]


async def explain(ls: Server, params: types.HoverParams) -> types.Hover | None:
    """What is to be said of a place."""
    judged = await ls.known(params.text_document.uri)
    if judged.review is None or judged.settings is None:
        return None
    positions = ls.positions(ls.source(params.text_document.uri))
    offset = positions.offset(params.position.line, params.position.character)
    with using(contract(judged.settings)):
        found = hover(judged.review, {rule.name: rule for rule in known(judged.settings)}, offset)
    return wire.hover(found, positions) if found else None


async def act(ls: Server, params: types.CodeActionParams) -> list[types.CodeAction]:
    """What can be done about the findings at a place."""
    uri = params.text_document.uri
    judged = await ls.known(uri)
    if judged.review is None or judged.settings is None:
        return []
    positions = ls.positions(ls.source(uri))
    touched = Span(*(positions.offset(place.line, place.character) for place in (params.range.start, params.range.end)))
    only = [str(getattr(kind, "value", kind)) for kind in params.context.only] if params.context.only else None
    versioned = _can(ls, "workspace.workspace_edit.document_changes")
    version = ls.workspace.get_text_document(uri).version if versioned else None
    document = types.OptionalVersionedTextDocumentIdentifier(uri, version)
    with using(contract(judged.settings)):
        offered = await asyncio.to_thread(actions.actions, judged.review, touched, judged.settings)
    found = [each for each in offered if wire.wanted(each.kind, only)]
    return [wire.action(each, judged.review, document, positions) for each in found]


async def show_lens(ls: Server, params: types.CodeLensParams) -> list[types.CodeLens]:
    """The headline, above the first line."""
    uri = params.text_document.uri
    found = _lens(await ls.known(uri))
    return [wire.lens(found, uri, ls.positions(ls.source(uri)))] if found else []


async def show_hint(ls: Server, params: types.InlayHintParams) -> list[types.InlayHint]:
    """The headline behind the first line, where the editor has no lenses."""
    uri = params.text_document.uri
    found = None if _can(ls, "text_document.code_lens") else _lens(await ls.known(uri))
    return [wire.hint(found, ls.positions(ls.source(uri)))] if found else []


def _lens(judged: Judged) -> lens.Lens | None:
    if judged.review is None or judged.settings is None:
        return None
    with using(contract(judged.settings)):
        return lens.lens(judged.review, judged.settings)


async def show_figures(ls: Server, uri: str) -> None:
    """Show the figures behind the headline."""
    judged = await ls.known(uri)
    if judged.review and path_of(uri):
        ls.window_show_message(types.ShowMessageParams(types.MessageType.Info, lens.figures(judged.review)))


KINDS = types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix, actions.FIX_ALL])
FEATURES: dict[str, tuple[Feature, Any]] = {
    types.INITIALIZED: (initialized, None),
    types.SHUTDOWN: (shut_down, None),
    types.TEXT_DOCUMENT_DID_OPEN: (opened, None),
    types.TEXT_DOCUMENT_DID_CHANGE: (changed, None),
    types.TEXT_DOCUMENT_DID_CLOSE: (closed, None),
    types.TEXT_DOCUMENT_DID_SAVE: (settings_changed, None),
    types.WORKSPACE_DID_CHANGE_WATCHED_FILES: (settings_changed, None),
    types.WORKSPACE_DID_CHANGE_CONFIGURATION: (settings_changed, None),
    types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS: (settings_changed, None),
    types.TEXT_DOCUMENT_COMPLETION: (complete, types.CompletionOptions(trigger_characters=TRIGGERS)),
    types.TEXT_DOCUMENT_HOVER: (explain, None),
    types.TEXT_DOCUMENT_CODE_ACTION: (act, KINDS),
    types.TEXT_DOCUMENT_CODE_LENS: (show_lens, None),
    types.TEXT_DOCUMENT_INLAY_HINT: (show_hint, None),
}
