"""Patterns of paths."""

import functools
import re
from collections.abc import Sequence


def matches(patterns: Sequence[str], relative: str) -> bool:
    """Say whether one of the *patterns* names a path, given from the root."""
    return any(glob(pattern).fullmatch(relative) for pattern in patterns)


@functools.cache
def glob(pattern: str) -> re.Pattern[str]:
    """A glob as a regular expression over posix paths: `**/` is any folders, `*` and `?` stay within one, a folder is all below it."""
    written = pattern.removeprefix("./")
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", written + "**" if written.endswith("/") else written)
    known = {"**/": "(?:[^/]+/)*", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    return re.compile("".join(known.get(part) or re.escape(part) for part in parts))
