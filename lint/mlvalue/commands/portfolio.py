"""`mlvalue portfolio`: all design documents side by side, without a site."""

import argparse
import pathlib
import sys
from collections.abc import Mapping

from mlvalue import settings
from mlvalue.commands.options import Commands, add_today
from mlvalue.exports import EXPORTS, files
from mlvalue.files import WriteError, write
from mlvalue.output import refuse_file
from mlvalue.paths import documents, reviews
from mlvalue.portfolio import portfolio
from mlvalue.report import one_line
from mlvalue.words import count


def add(commands: Commands) -> None:
    """Say how it is called."""
    parser = commands.add_parser("portfolio", help="lay all designs side by side", description="Lay design documents side by side, as text or as data.")
    parser.add_argument("paths", nargs="*", type=pathlib.Path, metavar="PATH", help="files or folders; without them those that the settings name")
    parser.add_argument("--output-format", choices=list(EXPORTS), default="text")
    parser.add_argument("--output-file", type=pathlib.Path, metavar="FILE", help="write to a file")
    parser.add_argument("--output-folder", type=pathlib.Path, metavar="FOLDER", help="write all forms and the badges into a folder")
    add_today(parser)
    parser.set_defaults(run=run)


def _fill(folder: pathlib.Path, contents: Mapping[str, str]) -> None:
    for name, content in contents.items():
        target = folder / name
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise WriteError(target, error.strerror or "there is no place for its folder") from error
        write(target, content.encode(errors="backslashreplace"))
    print(f"{count(len(contents), 'file')} written to {folder}")


def run(options: argparse.Namespace) -> int:
    """Write the portfolio; 1 if another portfolio that it names can't be read."""
    if options.output_file:
        refuse_file(options.output_file)
    conf = settings.load(pathlib.Path.cwd(), options.today)
    found = portfolio(reviews(documents(options.paths, conf), conf), conf)
    text = EXPORTS[options.output_format](found)
    if options.output_folder:
        _fill(options.output_folder, files(found))
    elif options.output_file:
        write(options.output_file, text.encode(errors="backslashreplace"))
    else:
        sys.stdout.write(text)
    for problem in found.problems:
        print(f"mlvalue: {one_line(problem)}", file=sys.stderr)
    return 1 if found.problems else 0
