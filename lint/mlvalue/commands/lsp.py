"""`mlvalue lsp`: the language server for editors."""

import argparse

from mlvalue.commands.options import Commands
from mlvalue.paths import UsageError


def add(commands: Commands) -> None:
    """Say how it is called."""
    parser = commands.add_parser("lsp", help="serve an editor", description="Speak the Language Server Protocol on standard input and output.")
    parser.add_argument("--stdio", action="store_true", help="what some editors add to every server's command; it is so anyway")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Serve until the editor is done; 1 if it left without saying so."""
    del options
    try:
        from mlvalue.lsp.features import serve  # noqa: PLC0415 (pygls takes half a second, and is an extra)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in {"pygls", "lsprotocol", "cattrs", "attrs", "attr"}:
            raise
        raise UsageError("the language server needs pygls; pip install 'mlvalue[lsp]'") from error
    return serve()
