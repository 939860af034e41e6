"""`mlvalue lint`: check design documents."""

import argparse
import pathlib
import sys
from collections.abc import Sequence

from mlvalue import fixes, settings
from mlvalue.commands import old_findings
from mlvalue.commands.options import Commands, add_today
from mlvalue.commands.reading import Reading
from mlvalue.formats import FORMATS
from mlvalue.output import Output, refuse, wants_color, write
from mlvalue.paths import documents, left_out
from mlvalue.places import STDIN, repository
from mlvalue.report import Report, printable
from mlvalue.review import Review
from mlvalue.rules import chosen, known
from mlvalue.settings import Settings
from mlvalue.words import count

DESCRIPTION = """Check design documents; without paths those that the settings' `documents` name. A folder stands for the design documents
below it, and where the settings name none there for all its Markdown, but for hidden folders, node_modules and site-packages. The exit
status is 0 if there are no errors, 1 if there are some, 2 if something can't be done or a file can't be read; the others are checked then."""


def add(commands: Commands) -> None:
    """Say how it is called."""
    parser = commands.add_parser("lint", help="check design documents", description=DESCRIPTION)
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
    group.add_argument("--output-format", choices=list(FORMATS), default="full", help="text for people, or what another tool reads (default: %(default)s)")
    group.add_argument("--output-file", type=pathlib.Path, metavar="FILE", help="write there; the summary goes to standard error")
    group.add_argument("--statistics", action="store_true", help="only count, by rule (in full, concise and json)")
    group.add_argument("--quiet", "-q", action="store_true", help="only what fails, and nothing where all is well")
    group.add_argument("--verbose", "-v", action="store_true", help="tell which settings hold and which documents are left out, on standard error")
    group.add_argument("--color", choices=["auto", "always", "never"], default="auto", help="goes before NO_COLOR and FORCE_COLOR")
    group.add_argument("--no-color", action="store_const", const="never", dest="color", help="the same as --color never")


def run(options: argparse.Namespace) -> int:
    """Check documents; 1 if there are errors, 2 if a file can't be read or written, or there is none where the settings say there are."""
    wanted = _output(options)
    refuse(wanted)
    conf = settings.load(pathlib.Path.cwd(), options.today)
    reading = Reading(options, conf, chosen(conf, options.select, options.ignore))
    paths = documents(options.paths, conf, options.stdin_filename, only_named=options.hook)
    if options.verbose:
        _tell(options, conf, paths)
    if options.diff and paths:
        return _show(paths, reading, wanted)
    found = old_findings.checked(paths, reading.reviews, options, conf, reading.rules)
    reading.tell()
    if not paths and not options.hook:
        _tell_none(options, conf)
    _write(found, reading, wanted)
    is_lost = not paths and conf.documents != settings.DOCUMENTS and not options.paths and not options.hook
    return 2 if is_lost or not reading.is_whole else int(any(item.errors for item in found))


def _output(options: argparse.Namespace) -> Output:
    is_taken = options.fix and STDIN in options.paths  # standard output, by the fixed text
    return Output(options.output_format, options.output_file, options.quiet, options.statistics, options.color, beside=is_taken)


def _show(paths: Sequence[pathlib.Path], reading: Reading, wanted: Output) -> int:
    """Show what --fix would write; 1 if there is anything, 2 if a file can't be read."""
    mended = reading.mended(paths)
    fixes.show(mended, color=wants_color(wanted))
    reading.tell()
    return int(any(document.fixed for document in mended)) if reading.is_whole else 2


def _write(found: Sequence[Review], reading: Reading, wanted: Output) -> None:
    """Write the report; where nothing was read, and in a hook where nothing is to be told, machines alone get one."""
    is_told = any(item.diagnostics for item in found) or reading.fixed or not reading.options.hook
    if wanted.file or not wanted.is_text or (found and is_told):
        root = repository(pathlib.Path.cwd(), reading.settings.root)
        write(Report(found, known(reading.settings), root, list(reading.unread.items()), fixed=reading.fixed), wanted)


def _tell_none(options: argparse.Namespace, conf: Settings) -> None:
    """Say where documents were looked for."""
    named = f"the settings name {', '.join(conf.documents)} below {conf.root}"
    looked = f"no Markdown in {', '.join(map(str, options.paths))} but what the settings' `exclude` may name; --verbose tells what is left out"
    print(f"mlvalue: no documents found; {printable(looked if options.paths else named)}", file=sys.stderr)


def _tell(options: argparse.Namespace, conf: Settings, paths: Sequence[pathlib.Path]) -> None:
    """Say what is read and by which settings; no time, because the same input has the same output."""
    told = [
        f"settings: {conf.file or 'no mlvalue.toml and no [tool.mlvalue], here or above: all is as it comes'}",
        count(len(paths), "document"),
        *(f"left out {path}: {reason}" for path, reason in left_out(options.paths, paths, conf)),
    ]
    for line in told:
        print(f"mlvalue: {printable(line)}", file=sys.stderr)


def _names(written: str) -> list[str]:
    return [name for name in written.split(",") if name.strip()]
