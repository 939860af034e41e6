"""Our data as the protocol has them."""

from collections.abc import Iterable

from lsprotocol import types

from mlvalue.diagnostic import Diagnostic, Severity, Span
from mlvalue.lsp.actions import Action
from mlvalue.lsp.completion import Completion
from mlvalue.lsp.folders import Trouble
from mlvalue.lsp.hover import Hover
from mlvalue.lsp.lens import Lens
from mlvalue.lsp.positions import Positions, span_of
from mlvalue.review import Review

SOURCE = "mlvalue"
FIGURES = "mlvalue.figures"
"""The command behind the lens."""
SEVERITIES = {Severity.ERROR: types.DiagnosticSeverity.Error, Severity.WARNING: types.DiagnosticSeverity.Warning}


def range_of(span: Span, positions: Positions) -> types.Range:
    """A span as lines and characters."""
    return types.Range(types.Position(*positions.place(span.start)), types.Position(*positions.place(span.end)))


def diagnostic(found: Diagnostic, review: Review, uri: str, positions: Positions) -> types.Diagnostic:
    """A finding with its message and help, the rule as its code, and the second place where one is known."""
    span = span_of(found, review.document.text)
    other = next((fault.also for fault in review.document.faults if fault.also and fault.rule == found.rule and fault.span.start == span.start), None)
    related = [types.DiagnosticRelatedInformation(types.Location(uri, range_of(other, positions)), "the first is here")] if other else None
    return types.Diagnostic(
        range=range_of(span, positions),
        message=f"{found.message}\nhelp: {found.help}" if found.help else found.message,
        severity=SEVERITIES[found.severity],
        code=found.rule,
        code_description=types.CodeDescription(found.url),
        source=SOURCE,
        related_information=related,
    )


def trouble(found: Trouble, positions: Positions) -> types.Diagnostic:
    """What is wrong with a settings file."""
    return types.Diagnostic(range_of(found.span, positions), found.message, types.DiagnosticSeverity.Error, source=SOURCE)


def hover(found: Hover, positions: Positions) -> types.Hover:
    """What is said of a place."""
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, found.markdown), range_of(found.span, positions))


def completion(found: Completion, positions: Positions, *, snippets: bool) -> types.CompletionItem:
    """Something to write, with places to step through where the editor knows *snippets*."""
    snippet = found.snippet if snippets else ""
    return types.CompletionItem(
        label=found.label,
        kind=types.CompletionItemKind.Field if found.kind == "field" else types.CompletionItemKind.EnumMember,
        detail=found.detail or None,
        documentation=types.MarkupContent(types.MarkupKind.Markdown, found.documentation) if found.documentation else None,
        sort_text=f"{found.order:04}",
        filter_text=found.label,
        insert_text_format=types.InsertTextFormat.Snippet if snippet else types.InsertTextFormat.PlainText,
        insert_text_mode=types.InsertTextMode.AdjustIndentation,
        text_edit=types.TextEdit(range_of(found.span, positions), snippet or found.text),
    )


def action(found: Action, review: Review, document: types.OptionalVersionedTextDocumentIdentifier, positions: Positions) -> types.CodeAction:
    """Edits to choose from a menu."""
    edits = [types.TextEdit(range_of(edit.span, positions), edit.text) for edit in found.edits]
    return types.CodeAction(
        title=found.title,
        kind=found.kind,
        diagnostics=[diagnostic(each, review, document.uri, positions) for each in found.diagnostics],
        is_preferred=True if found.is_fix else None,
        edit=types.WorkspaceEdit(changes={document.uri: edits})
        if document.version is None
        else types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(document, list(edits))]),
    )


def lens(found: Lens, uri: str, positions: Positions) -> types.CodeLens:
    """A sentence above a line, which shows the figures when it is clicked."""
    return types.CodeLens(range_of(found.span, positions), types.Command(found.title, FIGURES, arguments=[uri]))


def hint(found: Lens, positions: Positions) -> types.InlayHint:
    """The same sentence behind the line, for editors without lenses."""
    return types.InlayHint(types.Position(*positions.place(found.span.end)), f" {found.title}", padding_left=True)


def wanted(kind: str, only: Iterable[str] | None) -> bool:
    """Say whether an editor that asks for some kinds of actions wants one of *kind*."""
    return only is None or any(kind == asked or kind.startswith(f"{asked}.") for asked in only)
