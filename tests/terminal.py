"""A command at a pseudo-terminal, answered as a person would."""

import contextlib
import os
import pathlib
import pty
import select
import signal
import subprocess
import sys

PATIENCE_SECONDS = 60
INTERRUPT = "\x03"
"""An answer that stands for Ctrl-C."""


def talk(
    folder: pathlib.Path, arguments: list[str], answers: list[tuple[str, str]], environment: dict[str, str] | None = None, *, module: bool = True
) -> tuple[int, str]:
    """Run `mlvalue`, or else a script, in *folder*; each answer is typed once its question was printed. The exit status, and all that was shown."""
    ours, theirs = pty.openpty()
    call = [sys.executable, *(["-m", "mlvalue"] if module else []), *arguments]
    process = subprocess.Popen(call, cwd=folder, stdin=theirs, stdout=theirs, stderr=theirs, env=os.environ | (environment or {}), start_new_session=True)
    os.close(theirs)
    shown, seen = "", 0
    try:
        for question, answer in answers:
            while question not in shown[seen:]:
                shown += _read(ours)
            seen = shown.index(question, seen) + len(question)
            if answer == INTERRUPT:
                _interrupt(process)
            else:
                os.write(ours, answer.encode())
        while rest := _read(ours):
            shown += rest
    finally:
        os.close(ours)
        status = process.wait(PATIENCE_SECONDS)
    return status, shown.replace("\r\n", "\n")


def _interrupt(process: "subprocess.Popen[bytes]") -> None:
    """Press Ctrl-C, again if the first came between the question and the reading of its answer."""
    while process.poll() is None:
        process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(2)


def _read(terminal: int) -> str:
    """What comes next; nothing at the end."""
    ready, _, _ = select.select([terminal], [], [], PATIENCE_SECONDS)
    if not ready:
        raise AssertionError("the command waits for something else")
    try:
        return os.read(terminal, 65536).decode()
    except OSError:
        return ""
