"""`mlvalue fetch`: read the portfolios of other repositories that the settings name by address, so that a build needs no network."""

import argparse
import pathlib

from mlvalue import cache, settings, sources
from mlvalue.commands.options import Commands
from mlvalue.report import one_line
from mlvalue.words import count

SECONDS = 30
LARGEST = 64 * 1024 * 1024
"""Bytes that a portfolio has at most: thousands of projects are a few megabytes."""


def add(commands: Commands) -> None:
    """Say how it is called."""
    parser = commands.add_parser("fetch", help="read other portfolios that the settings name by address")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Read each address of `sources` into the cache; 1 if one can't be read. What was there before stays then."""
    del options
    conf = settings.load(pathlib.Path.cwd())
    addresses = [source for source in conf.sources if sources.is_address(source)]
    failed = 0
    for address in addresses:
        problem = _fetch(address)
        failed += bool(problem)
        print(one_line(f"{address}: {problem or 'read'}"))
    print(f"{count(len(addresses), 'address', 'addresses')}, {count(failed, 'failed', 'failed')}")
    return 1 if failed else 0


def _fetch(address: str) -> str:
    import urllib.error  # noqa: PLC0415 (every command would wait for what this one needs)
    import urllib.request  # noqa: PLC0415

    try:
        with urllib.request.urlopen(address, timeout=SECONDS) as answer:  # noqa: S310 (http and https alone, as `is_address` says)
            content = answer.read(LARGEST + 1)
    except (urllib.error.URLError, OSError, ValueError) as error:
        return f"can't be read: {getattr(error, 'reason', error)}"
    if len(content) > LARGEST:
        return f"is larger than {LARGEST // 1024 // 1024} MB"
    _, problem = sources.parsed(content)
    if not problem:
        cache.keep(sources.kept(address), content)
    return problem
