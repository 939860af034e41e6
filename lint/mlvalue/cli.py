"""The command line: lint, appraise, explain, rules. Exit status 0 clean, 1 findings, 2 usage, settings or a missing file."""

import argparse
import io
import os
import pathlib
import sys
from collections.abc import Sequence

import mlvalue
from mlvalue import card, report, settings, trial
from mlvalue.diagnostic import Severity
from mlvalue.review import Review, review
from mlvalue.rule import Rule
from mlvalue.rules import chosen, known
from mlvalue.schema import nearest
from mlvalue.settings import Settings, SettingsError
from mlvalue.words import count

STDIN = pathlib.Path("-")


class UsageError(Exception):
    """Something on the command line can't be done."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `mlvalue` with *arguments*; the exit status."""
    try:
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")
        options = _parser().parse_args(arguments)
        status: int = options.run(options)
        sys.stdout.flush()
    except (UsageError, SettingsError) as error:
        print(f"mlvalue: {report.printable(str(error))}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        print(f"mlvalue: {error.strerror}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="mlvalue", description="Honest business cases for machine learning, written in git.")
    parser.add_argument("--version", action="version", version=f"mlvalue {mlvalue.__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    lint = commands.add_parser("lint", help="check design documents", description="Check design documents; without paths those that the settings name.")
    lint.add_argument("paths", nargs="*", type=pathlib.Path, metavar="PATH", help="files or folders; - reads standard input")
    lint.add_argument("--output-format", choices=list(report.FORMATS), default="full")
    lint.add_argument("--stdin-filename", type=pathlib.Path, metavar="PATH", help="the name of what comes from standard input")
    lint.add_argument("--hook", action="store_true", help="leave out paths that the settings' `documents` don't name")
    lint.add_argument("--select", action="extend", type=_names, default=[], metavar="NAMES", help="only these rules or families, parted by commas")
    lint.add_argument("--ignore", action="extend", type=_names, default=[], metavar="NAMES", help="all but these rules or families")
    lint.set_defaults(run=_lint)

    appraise = commands.add_parser("appraise", help="show the figures of one document")
    appraise.add_argument("path", type=pathlib.Path, metavar="PATH")
    appraise.add_argument("--output-format", choices=["text", "json"], default="text")
    appraise.set_defaults(run=_appraise)
    for command in (lint, appraise):
        command.add_argument("--today", default="", metavar="DAY", help="what date rules take for today, like 2026-11-30")

    explain = commands.add_parser("explain", help="explain a rule")
    explain.add_argument("rule", metavar="RULE")
    explain.set_defaults(run=_explain)

    rules = commands.add_parser("rules", help="list all rules, or try a rule of your own")
    rules.add_argument("--test", type=pathlib.Path, metavar="FILE", help="try a wording rule's data file on the examples in it")
    rules.set_defaults(run=_rules)
    return parser


def _lint(options: argparse.Namespace) -> int:
    conf = settings.load(pathlib.Path.cwd(), options.today)
    rules = chosen(conf, options.select, options.ignore)
    reviews = [_review(path, conf, options.stdin_filename, rules) for path in _paths(options, conf)]
    if not reviews and not options.hook:
        print(f"mlvalue: no documents found; the settings name {', '.join(conf.documents)} below {conf.root}", file=sys.stderr)
        return 2 if conf.documents != settings.DOCUMENTS and not options.paths else 0
    is_quiet = options.hook and not any(item.diagnostics for item in reviews)
    if (reviews and not is_quiet) or options.output_format == "json":
        sys.stdout.write(report.FORMATS[options.output_format](reviews, _wants_color()))
    return 1 if any(item.errors for item in reviews) else 0


def _paths(options: argparse.Namespace, conf: Settings) -> list[pathlib.Path]:
    """The files to lint, in the order given; folders stand for the Markdown files below them."""
    if not options.paths:
        return [] if options.hook else [_relative(path) for path in conf.find_documents()]
    found: list[pathlib.Path] = []
    for path in options.paths:
        name = options.stdin_filename or path if path == STDIN else path
        if path != STDIN and not path.exists():
            raise UsageError(f"no such file: {path}")
        if options.hook and not path.is_dir() and not conf.is_document(name):
            continue
        inside = sorted(inner for inner in path.rglob("*.md") if inner.is_file() and (not options.hook or conf.is_document(inner)))
        found += inside if path.is_dir() else [path]
    return list(dict.fromkeys(found))


def _relative(path: pathlib.Path) -> pathlib.Path:
    return pathlib.Path(os.path.relpath(path))


def _names(written: str) -> list[str]:
    return [name for name in written.split(",") if name.strip()]


def _review(path: pathlib.Path, conf: Settings, stdin_filename: pathlib.Path | None = None, rules: Sequence[Rule] | None = None) -> Review:
    if path == STDIN:
        if sys.stdin is None:
            raise UsageError("there is no standard input to read")
        return review(sys.stdin.buffer.read(), stdin_filename or STDIN, conf, rules)
    try:
        source = path.read_bytes()
    except OSError as error:
        raise UsageError(f"can't read {path}: {error.strerror}") from error
    return review(source, path, conf, rules)


def _wants_color() -> bool:
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (sys.stdout.isatty() and os.environ.get("TERM") != "dumb")


def _appraise(options: argparse.Namespace) -> int:
    conf = settings.load(pathlib.Path.cwd(), options.today)
    if options.path != STDIN and not options.path.is_file():
        raise UsageError(f"no such file: {options.path}")
    found = _review(options.path, conf)
    sys.stdout.write(card.as_json(found) if options.output_format == "json" else card.as_text(found))
    errors = [diagnostic for diagnostic in found.diagnostics if diagnostic.severity is Severity.ERROR]
    if found.design is None or (found.appraisal is None and errors):
        sys.stderr.write(report.concise([found]))
        return 1
    return 0


def _explain(options: argparse.Namespace) -> int:
    names = {rule.name: rule for rule in known(settings.load(pathlib.Path.cwd()))}
    wanted = options.rule.replace("_", "-")
    if wanted not in names:
        near = nearest(wanted, tuple(names), 0.5)
        raise UsageError(f"there is no rule `{options.rule}`; " + (f"did you mean `{near}`?" if near else "`mlvalue rules` lists all"))
    rule = names[wanted]
    print(f"{rule.text().rstrip()}\n\nFamily {rule.family}, {rule.severity}. {rule.url}")
    return 0


def _rules(options: argparse.Namespace) -> int:
    conf = settings.load(pathlib.Path.cwd())
    if options.test:
        return _try(options.test, conf)
    everything = known(conf)
    widest = max(len(rule.name) for rule in everything)
    for family in dict.fromkeys(rule.family for rule in everything):
        print(family)
        for rule in everything:
            if rule.family == family:
                print(f"  {rule.name:{widest}}  {rule.severity:7}  {rule.summary}")
    return 0


def _try(file: pathlib.Path, conf: Settings) -> int:
    """Run a wording rule on its own examples."""
    results = trial.run(file, conf.wording)
    for result in results:
        print(f"{'ok    ' if result.passed else 'FAILED'}  {'flags ' if result.wanted else 'passes'}  {report.one_line(result.text)}")
    failed = sum(not result.passed for result in results)
    print(f"{file}: {count(len(results), 'example')}, {count(failed, 'failed', 'failed')}")
    return 1 if failed else 0
