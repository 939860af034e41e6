"""`mlvalue lint`: check design documents."""

import argparse
import os
import pathlib
import sys
from collections.abc import Sequence

from mlvalue import fixes, settings
from mlvalue.commands import old_findings
from mlvalue.commands.options import Commands, add_today
from mlvalue.formats import FORMATS
from mlvalue.paths import STDIN, documents, reviews
from mlvalue.report import Report
from mlvalue.review import Review
from mlvalue.rules import chosen, known


def add(commands: Commands) -> None:
    """Say how it is called."""
    parser = commands.add_parser("lint", help="check design documents", description="Check design documents; without paths those that the settings name.")
    parser.add_argument("paths", nargs="*", type=pathlib.Path, metavar="PATH", help="files or folders; - reads standard input")
    parser.add_argument("--stdin-filename", type=pathlib.Path, metavar="PATH", help="the name of what comes from standard input")
    parser.add_argument("--hook", action="store_true", help="leave out paths that the settings' `documents` don't name")
    _add_choice(parser)
    _add_fixes(parser)
    _add_output(parser)
    old_findings.add(parser)
    add_today(parser)
    parser.set_defaults(run=run)


def _add_choice(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("rules")
    group.add_argument("--select", action="extend", type=_names, default=[], metavar="NAMES", help="only these rules or families, parted by commas")
    group.add_argument("--ignore", action="extend", type=_names, default=[], metavar="NAMES", help="all but these rules or families")


def _add_fixes(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("fixes", "of findings that have one right answer").add_mutually_exclusive_group()
    group.add_argument("--fix", action="store_true", help="write them; of standard input, the fixed text goes to standard output")
    group.add_argument("--diff", action="store_true", help="show what --fix would write, and write nothing; 1 if there is anything")


def _add_output(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("output")
    group.add_argument("--output-format", choices=list(FORMATS), default="full")


def run(options: argparse.Namespace) -> int:
    """Check documents; 1 if there are errors."""
    conf = settings.load(pathlib.Path.cwd(), options.today)
    rules = chosen(conf, options.select, options.ignore)
    paths = documents(options.paths, conf, options.stdin_filename, only_named=options.hook)
    if options.diff and paths:
        return fixes.show(paths, conf, rules, options.stdin_filename, color=_wants_color())
    fixed = 0

    def look(some: Sequence[pathlib.Path]) -> list[Review]:
        nonlocal fixed
        given = some, conf, rules, options.stdin_filename
        looked, mended = fixes.fix(*given) if options.fix else (reviews(*given), 0)
        fixed += mended
        return looked

    found = old_findings.checked(paths, look, options, conf, rules)
    if not paths and not options.hook:
        print(f"mlvalue: no documents found; the settings name {', '.join(conf.documents)} below {conf.root}", file=sys.stderr)
        return 2 if conf.documents != settings.DOCUMENTS and not options.paths else 0
    is_quiet = options.hook and not fixed and not any(item.diagnostics for item in found)
    if (found and not is_quiet) or options.output_format == "json":
        stream = sys.stderr if options.fix and STDIN in paths else sys.stdout
        stream.write(FORMATS[options.output_format](Report(found, known(conf), conf.root, _wants_color(), fixed)))
    return 1 if any(item.errors for item in found) else 0


def _names(written: str) -> list[str]:
    return [name for name in written.split(",") if name.strip()]


def _wants_color() -> bool:
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (sys.stdout.isatty() and os.environ.get("TERM") != "dumb")
