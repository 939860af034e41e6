"""Questions to a person at a terminal."""

import sys


def is_terminal() -> bool:
    """Say whether somebody can be asked: both input and output are a terminal."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def ask(question: str, default: str = "") -> str:
    """The answer on one line; *default* for Enter, and where the input ends."""
    shown = f" [{default}]" if default else ""
    try:
        return input(f"{question}{shown}: ").strip() or default
    except EOFError:
        print()
        return default


def agrees(question: str) -> bool:
    """Say whether the answer is yes; Enter is no."""
    try:
        return input(f"{question} [y/N] ").strip().lower() in {"y", "yes"}
    except EOFError:
        print()
        return False
