"""Options of `mlvalue lint` for a repository that has findings already: a baseline, `--since` and `--add-allow`."""

import argparse
import pathlib
import sys
from collections.abc import Callable, Sequence
from typing import TypeAlias

from mlvalue import allowing, baseline, report
from mlvalue.baseline import Entries, Run
from mlvalue.paths import UsageError, relative
from mlvalue.places import STDIN
from mlvalue.review import Review
from mlvalue.rule import Rule
from mlvalue.rules import known
from mlvalue.settings import Settings
from mlvalue.words import count


def add(parser: argparse.ArgumentParser) -> None:
    """Say how they are called."""
    group = parser.add_argument_group("starting in an old repository")
    which = group.add_mutually_exclusive_group()
    which.add_argument("--baseline", type=pathlib.Path, metavar="FILE", help=f"the baseline; else {baseline.NAME} beside the settings")
    which.add_argument("--no-baseline", action="store_true", help="show what the baseline has, too")
    change = group.add_mutually_exclusive_group()
    change.add_argument("--write-baseline", action="store_true", help="record the findings, so that only new ones fail")
    change.add_argument("--prune-baseline", action="store_true", help="delete from the baseline what is mended")
    change.add_argument("--since", metavar="REV", help="only documents that changed since a git revision, and only what it didn't find in them")
    group.add_argument("--add-allow", metavar="REASON", help="write comments that allow the findings into the documents")


Look: TypeAlias = Callable[[Sequence[pathlib.Path]], list[Review]]
"""What makes reviews of files."""


def checked(paths: Sequence[pathlib.Path], look: Look, options: argparse.Namespace, conf: Settings, rules: Sequence[Rule]) -> list[Review]:
    """The reviews of the documents at *paths*, without the findings that are old by these options.

    Raises:
        UsageError: if the options don't go together or can't be followed.
        SettingsError: if the baseline can't be used.
    """
    reason = None if options.add_allow is None else allowing.sensible(options.add_allow)
    if STDIN in paths and (reason or options.write_baseline or options.prune_baseline):
        raise UsageError("standard input is no file of the repository; name the file")
    changes = None
    if options.since is not None:
        from mlvalue.since import since  # noqa: PLC0415 (subprocess takes time to import)

        changes = since(options.since, paths, conf)
        paths = changes.paths
        if not paths and not options.hook:
            _tell(f"no document changed since {options.since}")
    entries: Entries | None = None

    def new() -> list[Review]:
        nonlocal entries
        run = Run(look(paths), rules, known(conf), conf, whole=not (options.paths or options.hook or changes))
        entries = _entries(options, run) if entries is None else entries
        found = baseline.sifted(entries, run, noted=changes is None)
        return [changes.narrowed(review, conf, rules) for review in found] if changes else found

    found = new()
    if reason:
        for line in allowing.add(found, conf, rules, reason):
            _tell(line)
        found = new()
    return found


def _entries(options: argparse.Namespace, run: Run) -> Entries:
    """The entries of the baseline, empty where there is none, after it was written or pruned or what is stale in it told."""
    file = relative(options.baseline or run.settings.root / baseline.NAME)
    asked = "--write-baseline" if options.write_baseline else "--prune-baseline" if options.prune_baseline else ""
    if options.no_baseline:
        if asked:
            raise UsageError(f"{asked} and --no-baseline don't go together; leave one out")
        return {}
    if options.write_baseline:
        return _written(file, run)
    if not file.exists():
        if options.baseline or asked:
            raise UsageError(f"no such file: {file}; `mlvalue lint --write-baseline` makes a baseline")
        return {}
    entries = baseline.read(file)
    if options.prune_baseline:
        return _pruned(file, entries, run)
    lines = baseline.stale(entries, run)
    for line in lines:
        _tell(line)
    if lines:
        _tell(f"{baseline.PRUNE} to forget what is mended")
    return entries


def _written(file: pathlib.Path, run: Run) -> Entries:
    if not file.exists():
        entries: Entries = run.found()
        baseline.write(file, entries)
        _tell(f"{file}: {_size(entries)} recorded")
        return entries
    entries = baseline.read(file)
    excess = baseline.excess(entries, run)
    if excess:
        more = "\n  ".join(excess)
        raise UsageError(f"{file} only ever shrinks, and these findings are beyond it; mend them, or delete the file to start anew:\n  {more}")
    return _pruned(file, entries, run)


def _pruned(file: pathlib.Path, entries: Entries, run: Run) -> Entries:
    left = baseline.pruned(entries, run)
    if left != entries:
        baseline.write(file, left)
    _tell(f"{file}: {_size(left)} left" + (f", {_total(entries) - _total(left)} fewer" if left != entries else ", as before"))
    return left


def _size(entries: Entries) -> str:
    documents = {path for (path, _), counts in entries.items() if counts.all}
    return f"{count(_total(entries), 'finding')} in {count(len(documents), 'document')}"


def _total(entries: Entries) -> int:
    return sum(counts.all for counts in entries.values())


def _tell(line: str) -> None:
    print(f"mlvalue: {report.printable(line)}", file=sys.stderr)
