"""`mlvalue rules`: all rules, or one of an organisation tried on its own examples."""

import argparse
import pathlib

from mlvalue import report, settings, trial
from mlvalue.commands.options import Commands
from mlvalue.rules import known
from mlvalue.settings import Settings
from mlvalue.words import count


def add(commands: Commands) -> None:
    """Say how it is called."""
    parser = commands.add_parser("rules", help="list all rules, or try a rule of your own")
    parser.add_argument("--test", type=pathlib.Path, metavar="FILE", help="try a wording rule's data file on the examples in it")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """List the rules by family, or try one; 1 if an example fails."""
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
    results = trial.run(file, conf.wording)
    for result in results:
        print(f"{'ok    ' if result.passed else 'FAILED'}  {'flags ' if result.wanted else 'passes'}  {report.one_line(result.text)}")
    failed = sum(not result.passed for result in results)
    print(f"{file}: {count(len(results), 'example')}, {count(failed, 'failed', 'failed')}")
    return 1 if failed else 0
