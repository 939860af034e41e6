"""What a run of the linter has to tell, before it takes the form of text or of a file for a machine."""

import dataclasses
import json
import pathlib
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from mlvalue.diagnostic import Diagnostic, Severity
from mlvalue.review import Review
from mlvalue.rule import Rule
from mlvalue.words import count


@dataclasses.dataclass(frozen=True)
class Report:
    """The reviews of one run, the rules there are, and the *root* folder that paths for other tools are relative to.

    *unread* are the files that couldn't be read, with the reason. *color* is for terminals. *fixed* counts the findings that
    were there before `--fix`.
    """

    reviews: Sequence[Review]
    rules: Sequence[Rule] = ()
    root: pathlib.Path = pathlib.Path()
    unread: Sequence[tuple[pathlib.Path, str]] = ()
    color: bool = False
    fixed: int = 0


def dump(value: Any) -> str:  # noqa: ANN401 (whatever JSON can hold)
    """JSON for machines and people, ending with a line break."""
    return json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def dump_lines(values: Iterable[Any]) -> str:
    """JSON Lines: each of *values* on a line of its own."""
    return "".join(json.dumps(value, ensure_ascii=False, allow_nan=False) + "\n" for value in values)


def with_help(diagnostic: Diagnostic) -> str:
    """What a diagnostic says and what to write, for readers that have one place for both."""
    return f"{diagnostic.message}\n\nhelp: {diagnostic.help}" if diagnostic.help else diagnostic.message


def summary(reviews: Sequence[Review], fixed: int = 0) -> str:
    """How many documents were read, what was found, and what of it was *fixed* or can be."""
    fixable = sum(diagnostic.fix is not None for review in reviews for diagnostic in review.diagnostics)
    end = (f"; {fixed} fixed" if fixed else "") + (f"; {fixable} can be fixed with --fix" if fixable else "")
    found = [diagnostic.severity for review in reviews for diagnostic in review.diagnostics]
    errors, warnings = found.count(Severity.ERROR), found.count(Severity.WARNING)
    set_aside = {
        "allowed with a reason": sum(len(review.allowed) for review in reviews),
        "known in the baseline": sum(len(review.known) for review in reviews),
        "from before": sum(len(review.older) for review in reviews),
    }
    told = [f"{count(size, 'finding')} {why}" for why, size in set_aside.items() if size]
    kept = f" ({', '.join(told)})" if told else ""
    if not found:
        return f"{count(len(reviews), 'document')}, no findings{kept}{end}"
    return f"{count(len(reviews), 'document')}: {count(errors, 'error')}, {count(warnings, 'warning')}{kept}{end}"


def printable(text: str) -> str:
    """*text* without characters that would steer a terminal."""
    return "".join(
        character if character == "\n" or unicodedata.category(character) not in {"Cc", "Cf", "Cs"} else "\N{REPLACEMENT CHARACTER}" for character in text
    )


def one_line(text: str) -> str:
    """*text* on one line of a terminal."""
    return printable(text.replace("\n", " "))


def width(text: str) -> int:
    """Columns that *text* takes on a terminal: two for wide characters, none for combining ones."""
    return sum(0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
