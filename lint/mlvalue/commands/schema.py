"""`mlvalue schema`: the JSON Schema of front matter, with the organisation's own fields, or another of our schemas."""

import argparse
import pathlib

from mlvalue import definitions, report, settings
from mlvalue.commands.options import Commands
from mlvalue.organisation import contract

FRONT_MATTER = "design-doc"


def add(commands: Commands) -> None:
    """Say how it is called."""
    names = sorted(path.name.removesuffix(".schema.json") for path in definitions.folder().glob("*.schema.json"))
    parser = commands.add_parser("schema", help="print the JSON Schema of front matter, your own fields merged in")
    parser.add_argument("name", nargs="?", choices=names, default=FRONT_MATTER, metavar="NAME", help=f"another schema: {', '.join(names)}")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print a schema."""
    conf = settings.load(pathlib.Path.cwd())
    print(report.dump(contract(conf).content if options.name == FRONT_MATTER else definitions.published(options.name)), end="")
    return 0
