"""The command line. Exit status 0 clean, 1 findings, 2 usage, settings or a missing file."""

import argparse
import io
import os
import re
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
        options = _options(arguments)
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


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """What *arguments* ask for.

    Raises:
        UsageError: if there is one that the command doesn't know.
    """
    parser = argparse.ArgumentParser(prog="mlvalue", description="Honest business cases for machine learning, written in git.")
    parser.add_argument("--version", action="version", version=f"mlvalue {mlvalue.__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")
    for command in COMMANDS:
        command.add(commands)
    options, unknown = parser.parse_known_args(arguments)
    if unknown:
        raise UsageError(_unknown(unknown[0], commands.choices[options.command].format_help()))
    return options


def _unknown(written: str, usage: str) -> str:
    """What is wrong with an argument that a command doesn't know, and what was most likely meant."""
    import difflib  # noqa: PLC0415 (only for who needs it)

    name = written.partition("=")[0]
    if not name.startswith("-"):
        return f"`{name}` is one argument too many"
    near = difflib.get_close_matches(name, re.findall(r"(?<![a-z-])--[a-z-]+", usage), 1, 0.6)
    return f"there is no option `{name}`; " + (f"did you mean `{near[0]}`?" if near else "--help shows all")
