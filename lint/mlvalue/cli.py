"""The command line. Exit status 0 clean, 1 findings, 2 usage, settings or a missing file."""

import contextlib
import io
import os
import sys
from collections.abc import Sequence

import mlvalue
from mlvalue import report
from mlvalue.commands import COMMANDS
from mlvalue.commands.usage import Parser
from mlvalue.files import WriteError
from mlvalue.paths import UsageError
from mlvalue.values import SettingsError

INTERRUPTED = 130
EPILOG = "`mlvalue COMMAND --help` tells the options of a command. https://mlvalue.github.io/mlvalue/"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `mlvalue` with *arguments*; the exit status."""
    _open_streams()
    try:
        status = _run(sys.argv[1:] if arguments is None else arguments)
        sys.stdout.flush()
    except (UsageError, SettingsError, WriteError) as error:
        status = _failed(str(error))
    except BrokenPipeError:
        status = 1
    except OSError as error:
        status = _failed(_reason(error))
    except KeyboardInterrupt:
        status = INTERRUPTED
    _close_streams()
    return status


def _run(arguments: Sequence[str]) -> int:
    parser = _parser()
    options = parser.parse_args(arguments)
    if not options.run:
        parser.print_help(sys.stderr)
        return 2
    status: int = options.run(options)
    return status


def _parser() -> Parser:
    parser = Parser(prog="mlvalue", description="Honest business cases for machine learning, written in git.", epilog=EPILOG)
    parser.add_argument("--version", action="version", version=f"mlvalue {mlvalue.__version__}")
    parser.set_defaults(run=None)
    commands = parser.add_subparsers(metavar="COMMAND", title="commands")
    for command in COMMANDS:
        command.add(commands)
    return parser


def _open_streams() -> None:
    """Make sure that there is somewhere to write, and that each character can be: what the caller closed leads nowhere."""
    for name, number in (("stdout", 1), ("stderr", 2)):
        if getattr(sys, name) is None:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            if nowhere != number:
                os.dup2(nowhere, number)
            setattr(sys, name, os.fdopen(number, "w"))
        stream = getattr(sys, name)
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _close_streams() -> None:
    """Write what is left; where that can't be done, let Python not try again at its end, and complain."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _failed(message: str) -> int:
    with contextlib.suppress(OSError):
        print(f"mlvalue: {report.printable(message)}", file=sys.stderr)
    return 2


def _reason(error: OSError) -> str:
    """What the system refused, with the file where it names one."""
    try:
        os.getcwd()  # noqa: PTH109 (only whether there is one)
    except OSError:
        return "the current folder doesn't exist any more, or can't be entered; change to another one"
    place = f"{os.fsdecode(error.filename)}: " if isinstance(error.filename, str | bytes) else ""
    return f"{place}{error.strerror or error}"
