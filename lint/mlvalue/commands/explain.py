"""`mlvalue explain`: a rule's page in the terminal."""

import argparse
import pathlib

from mlvalue import settings
from mlvalue.commands.options import Commands
from mlvalue.paths import UsageError
from mlvalue.rules import known
from mlvalue.schema import nearest


def add(commands: Commands) -> None:
    """Say how it is called."""
    parser = commands.add_parser("explain", help="explain a rule")
    parser.add_argument("rule", metavar="RULE")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the page of a rule."""
    names = {rule.name: rule for rule in known(settings.load(pathlib.Path.cwd()))}
    wanted = options.rule.replace("_", "-")
    if wanted not in names:
        near = nearest(wanted, tuple(names), 0.5)
        raise UsageError(f"there is no rule `{options.rule}`; " + (f"did you mean `{near}`?" if near else "`mlvalue rules` lists all"))
    rule = names[wanted]
    print(f"{rule.text().rstrip()}\n\nFamily {rule.family}, {rule.severity}. {rule.url}")
    return 0
