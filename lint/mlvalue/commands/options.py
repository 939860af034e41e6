"""Options that several commands share."""

import argparse
from typing import TypeAlias

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 (argparse has no other name for it)
"""What a command adds its parser to."""


def add_today(parser: argparse.ArgumentParser) -> None:
    """Add `--today`, which date rules take for today."""
    parser.add_argument("--today", default="", metavar="DAY", help="what date rules take for today, like 2026-11-30")
