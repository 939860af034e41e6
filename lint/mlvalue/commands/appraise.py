"""`mlvalue appraise`: the figures of one document."""

import argparse
import pathlib
import sys

from mlvalue import card, settings
from mlvalue.commands.options import Commands, add_today
from mlvalue.diagnostic import Severity
from mlvalue.formats.concise import concise
from mlvalue.paths import reviews
from mlvalue.report import Report


def add(commands: Commands) -> None:
    """Say how it is called."""
    parser = commands.add_parser("appraise", help="show the figures of one document")
    parser.add_argument("path", type=pathlib.Path, metavar="PATH")
    parser.add_argument("--output-format", choices=["text", "json"], default="text")
    add_today(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the figures; 1 if there are none because of errors."""
    conf = settings.load(pathlib.Path.cwd(), options.today)
    (found,) = reviews([options.path], conf)
    sys.stdout.write(card.as_json(found) if options.output_format == "json" else card.as_text(found))
    errors = [diagnostic for diagnostic in found.diagnostics if diagnostic.severity is Severity.ERROR]
    if found.design is None or (found.appraisal is None and errors):
        sys.stderr.write(concise(Report([found])))
        return 1
    return 0
