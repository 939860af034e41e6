"""The command line. Exit status 0 clean, 1 findings, 2 usage, settings or a missing file."""

import argparse
import io
import os
import sys
from collections.abc import Sequence

import mlvalue
from mlvalue import report
from mlvalue.commands import COMMANDS
from mlvalue.paths import UsageError
from mlvalue.values import SettingsError


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
    for command in COMMANDS:
        command.add(commands)
    return parser
