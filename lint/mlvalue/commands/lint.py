"""`mlvalue lint`: check design documents."""

import argparse
import pathlib
import sys
from collections.abc import Mapping, Sequence

from mlvalue import fixes, settings
from mlvalue.commands import old_findings
from mlvalue.commands.options import Commands, add_today
from mlvalue.formats import FORMATS
from mlvalue.output import Output, refuse, wants_color, write
from mlvalue.paths import UnreadableError, documents, left_out, missing, reviews
from mlvalue.places import STDIN, repository
from mlvalue.report import Report, printable
from mlvalue.review import Review
from mlvalue.rule import Rule
from mlvalue.rules import chosen, known
from mlvalue.settings import Settings
from mlvalue.words import count


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
    group.add_argument("--output-format", choices=list(FORMATS), default="full", help="text for people, or what another tool reads (default: %(default)s)")
    group.add_argument("--output-file", type=pathlib.Path, metavar="FILE", help="write there; the summary goes to standard error")
    group.add_argument("--statistics", action="store_true", help="only count, by rule (in full, concise and json)")
    group.add_argument("--quiet", "-q", action="store_true", help="only what fails, and nothing where all is well")
    group.add_argument("--verbose", "-v", action="store_true", help="tell which settings hold and which documents are left out, on standard error")
    group.add_argument("--color", choices=["auto", "always", "never"], default="auto", help="goes before NO_COLOR and FORCE_COLOR")
    group.add_argument("--no-color", action="store_const", const="never", dest="color", help="the same as --color never")


def run(options: argparse.Namespace) -> int:
    """Check documents; 1 if there are errors, 2 if a file can't be read."""
    is_taken = options.fix and STDIN in options.paths  # standard output, by the fixed text
    wanted = Output(options.output_format, options.output_file, options.quiet, options.statistics, options.color, beside=is_taken)
    refuse(wanted)
    conf = settings.load(pathlib.Path.cwd(), options.today)
    rules = chosen(conf, options.select, options.ignore)
    is_recording = options.write_baseline or options.prune_baseline  # a file that isn't read must not count as one without findings
    unread = {} if is_recording else dict.fromkeys(missing(options.paths), "no such file")
    there = [path for path in options.paths if path not in unread] or options.paths
    paths = documents(there, conf, options.stdin_filename, only_named=options.hook)
    if options.verbose:
        _tell(there, conf, paths)
    if options.diff and paths:
        changes = fixes.show(paths, conf, rules, options.stdin_filename, color=wants_color(wanted))
        _tell_unread(unread)
        return 2 if unread else changes
    fixed = 0

    def look(some: Sequence[pathlib.Path]) -> list[Review]:
        nonlocal fixed
        given = some, conf, rules, options.stdin_filename
        if options.fix:
            looked, mended = fixes.fix(*given)
            fixed += mended
            return looked
        if is_recording:
            return reviews(*given)
        looked, missed = _reviewed(*given)
        unread.update(missed)
        return looked

    found = old_findings.checked(paths, look, options, conf, rules)
    _tell_unread(unread)
    if not paths and not options.hook:
        print(f"mlvalue: no documents found; the settings name {', '.join(conf.documents)} below {conf.root}", file=sys.stderr)
    is_quiet = not found or (options.hook and not fixed and not any(item.diagnostics for item in found))
    if wanted.file or not wanted.is_text or not is_quiet:
        root = repository(pathlib.Path.cwd(), conf.root)
        write(Report(found, known(conf), root, list(unread.items()), fixed=fixed), wanted)
    if unread or (not paths and conf.documents != settings.DOCUMENTS and not options.paths and not options.hook):
        return 2
    return 1 if any(item.errors for item in found) else 0


def _reviewed(
    paths: Sequence[pathlib.Path], conf: Settings, rules: Sequence[Rule], name: pathlib.Path | None
) -> tuple[list[Review], list[tuple[pathlib.Path, str]]]:
    """The reviews of the files at *paths*, and those that can't be read; one such file doesn't hide what is found in the others."""
    found, unread = [], []
    for path in paths:
        try:
            found += reviews([path], conf, rules, name)
        except UnreadableError as error:
            unread.append((error.path, error.reason))
    return found, unread


def _tell_unread(unread: Mapping[pathlib.Path, str]) -> None:
    for path, reason in unread.items():
        print(f"mlvalue: {printable(str(UnreadableError(path, reason)))}", file=sys.stderr)


def _tell(given: Sequence[pathlib.Path], conf: Settings, paths: Sequence[pathlib.Path]) -> None:
    """Say what is read and by which settings; no time, because the same input has the same output."""
    told = [
        f"settings: {conf.file or 'no mlvalue.toml and no [tool.mlvalue], here or above: all is as it comes'}",
        count(len(paths), "document"),
        *(f"left out {path}: {reason}" for path, reason in left_out(given, paths, conf)),
    ]
    for line in told:
        print(f"mlvalue: {printable(line)}", file=sys.stderr)


def _names(written: str) -> list[str]:
    return [name for name in written.split(",") if name.strip()]
