"""`mlvalue init`: set up a repository, by extending what it has."""

import argparse
import pathlib
import sys
from collections.abc import Sequence

from mlvalue import report, values
from mlvalue.adopt import found, own_settings
from mlvalue.adopt.changes import Change, write
from mlvalue.adopt.editors import EDITORS
from mlvalue.adopt.plan import PARTS, Wanted, plan
from mlvalue.commands.options import Commands
from mlvalue.commands.questions import agrees, ask, is_terminal
from mlvalue.paths import UsageError
from mlvalue.words import count

DESCRIPTION = """Write or extend the settings, .pre-commit-config.yaml, mkdocs.yml and an editor's tasks. The changes are shown first; on a
terminal you are asked before anything is written, in a script --yes writes. What the files hold stays, byte for byte."""


def add(commands: Commands) -> None:
    """Say how it is called."""
    parser = commands.add_parser("init", help="set up a repository", description=DESCRIPTION)
    parser.add_argument("--folder", type=pathlib.Path, metavar="PATH", help="where; else the top of the git repository, or the current folder")
    parser.add_argument("--documents", action="append", metavar="PATTERN", help="which files are design documents; else where some are found")
    parser.add_argument("--currency", metavar="CODE", help="three capital letters, EUR if not given")
    parser.add_argument("--pyproject", action="store_true", help="settings as [tool.mlvalue] in pyproject.toml")
    parser.add_argument("--mkdocs", action="store_true", help="make a small site where there is none")
    parser.add_argument("--editor", action="append", default=[], choices=list(EDITORS), help="set up this editor, even if its folder doesn't exist")
    parser.add_argument("--skip", action="append", default=[], choices=PARTS, help="leave this part alone")
    group = parser.add_mutually_exclusive_group()
    group.add_argument("--yes", action="store_true", help="write without asking")
    group.add_argument("--dry-run", action="store_true", help="only show what would be written")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Show the changes and write them if that is wanted; 1 if there is something to do and it wasn't done."""
    folder = options.folder or found.root(pathlib.Path.cwd())
    if not folder.is_dir():
        raise UsageError(f"no such folder: {folder}")
    changes, notes = plan(_wanted(options, folder))
    if not changes:
        _show_notes(notes if options.editor else [])
        print("nothing to do")
        return 0
    diff = "".join(change.diff(folder) for change in changes)
    sys.stdout.write("\t".join(map(report.printable, diff.split("\t"))))
    _show_notes(notes)
    if not _is_wanted(options, changes):
        return 1
    write(changes)
    _show_next(changes)
    return 0


def _wanted(options: argparse.Namespace, folder: pathlib.Path) -> Wanted:
    present = {} if "settings" in options.skip else own_settings.written(folder, in_pyproject=options.pyproject)
    asks = is_terminal() and not options.yes and not options.dry_run and "settings" not in options.skip
    documents = options.documents or present.get("documents") or found.documents(folder)
    currency = options.currency or present.get("currency") or "EUR"
    if asks and not options.documents and "documents" not in present:
        documents = ask("Which files are design documents", " ".join(documents)).split()
    if asks and not options.currency and "currency" not in present:
        currency = ask("Currency of all amounts", currency)
    try:
        values.patterns(documents, "documents", may_be_empty=False)
        values.currency(currency, "currency")
    except values.SettingsError as error:
        raise UsageError(str(error)) from error
    return Wanted(folder, documents, currency, options.pyproject, options.mkdocs, options.editor, options.skip)


def _is_wanted(options: argparse.Namespace, changes: Sequence[Change]) -> bool:
    if options.yes:
        return True
    if options.dry_run:
        return False
    if is_terminal():
        return agrees(f"Write {'this file' if len(changes) == 1 else f'these {len(changes)} files'}?")
    print("mlvalue: nothing was written; `mlvalue init --yes` writes this", file=sys.stderr)
    return False


def _show_notes(notes: Sequence[str]) -> None:
    for note in notes:
        print(f"note: {report.printable(note)}")


def _show_next(changes: Sequence[Change]) -> None:
    """What was written, and what makes it work."""
    print(f"{count(len(changes), 'file')} written")
    names = {change.path.name for change in changes}
    if names & {".pre-commit-config.yaml", ".pre-commit-config.yml"}:
        print("next: `pre-commit install`, or `prek install`")
    if names & {"mkdocs.yml", "mkdocs.yaml"}:
        print('next: `pip install "mlvalue[mkdocs]"` where the site is built')
    if any(change.path.parent.name == ".helix" for change in changes):
        print('next: `pip install "mlvalue[lsp]"` where the editor finds it')
    if names & {"mlvalue.toml", "pyproject.toml"}:
        print('next: `mlvalue new "Title"` writes a first document')
