"""The findings that a repository had when it began: counts by document and rule, which only ever get smaller."""

import collections
import dataclasses
import json
import os
import pathlib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from mlvalue import files
from mlvalue.appraisal import Appraisal
from mlvalue.diagnostic import Diagnostic, Severity
from mlvalue.model import Design
from mlvalue.review import Review
from mlvalue.rule import Rule
from mlvalue.schema import Violation
from mlvalue.settings import Settings
from mlvalue.values import SettingsError
from mlvalue.words import count

NAME = "mlvalue-baseline.toml"
VERSION = 1
HEAD = f"""\
#:schema https://mlvalue.github.io/mlvalue/schemas/baseline.schema.json
# Findings that don't fail. `mlvalue lint --prune-baseline` deletes what is mended; nothing is ever added.
version = {VERSION}

[findings]
"""
BARE = re.compile(r"[A-Za-z0-9_-]+")
PRUNE = "run `mlvalue lint --prune-baseline`"


class Counts(NamedTuple):
    """How many findings a rule has in one document."""

    errors: int
    warnings: int

    @property
    def all(self) -> int:
        """Findings of both severities."""
        return self.errors + self.warnings

    def covers(self, other: "Counts") -> bool:
        """Say whether *other* is neither more findings nor graver ones."""
        return other.all <= self.all and other.errors <= self.errors

    def lowered(self, other: "Counts") -> "Counts":
        """What is left of these when only *other* is found."""
        errors = min(self.errors, other.errors)
        return Counts(errors, min(self.all, other.all) - errors)


NONE = Counts(0, 0)
Entries = Mapping[tuple[str, str], Counts]
"""Counts by the path of a document from the settings' folder, and rule."""


@dataclasses.dataclass(frozen=True)
class Run:
    """What was checked: the *reviews* by the rules *chosen* among those *known*; *whole* if no document was left out."""

    reviews: Sequence[Review]
    chosen: Sequence[Rule]
    known: Sequence[Rule]
    settings: Settings
    whole: bool

    def found(self) -> dict[tuple[str, str], Counts]:
        """How much each rule found in each document."""
        graves = collections.Counter((self.key(review), found.rule, found.severity) for review in self.reviews for found in review.diagnostics)
        names = {(path, rule) for path, rule, _ in graves}
        return {name: Counts(graves[(*name, Severity.ERROR)], graves[(*name, Severity.WARNING)]) for name in names}

    def key(self, review: Review) -> str:
        """The path of a document as the baseline has it."""
        path = review.path.parent.resolve() / review.path.name
        return os.fsencode(pathlib.Path(os.path.relpath(path, self.settings.root.resolve())).as_posix()).decode(errors="replace")

    def checked(self) -> dict[tuple[str, str], Counts]:
        """What was found, and nothing for each rule that had something to read in a document and found nothing there."""
        silent = {(self.key(review), rule.name): NONE for review in self.reviews for rule in self.chosen if _had_something_to_read(rule, review)}
        return silent | self.found()


def _had_something_to_read(rule: Rule, review: Review) -> bool:
    """Say whether a rule's silence means anything: in a front matter that can't be read, nothing is missing."""
    subjects = {Violation: review.document.root, Design: review.design, Appraisal: review.appraisal}
    return subjects.get(rule.reads, rule) is not None


def read(file: pathlib.Path) -> dict[tuple[str, str], Counts]:
    """The entries of a baseline.

    Raises:
        SettingsError: if the file can't be read or isn't as its schema says.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
        table = tomllib.loads(text)
    except OSError as error:
        raise SettingsError(f"{file}: can't be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{file}: byte {error.start + 1} is no UTF-8; restore the file from git") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{file}: {error}; after a merge keep one of two lines for the same document and rule, then {PRUNE}") from error
    if table.get("version") != VERSION:
        raise SettingsError(f"{file}: `version` is {table.get('version')!r}, and this mlvalue reads version {VERSION}; {_again(file)}")
    unknown = set(table) - {"version", "findings"}
    if unknown or not isinstance(table.get("findings", {}), dict):
        raise SettingsError(f"{file}: there is {min(unknown or {'findings'})!r} where only lines below [findings] belong; {_again(file)}")
    found: dict[tuple[str, str], Counts] = {}
    for path, rules in table.get("findings", {}).items():
        line = next((number for number, line in enumerate(text.splitlines(), 1) if line.lstrip().startswith(_quoted(path))), 1)
        found |= {(path, rule): counts for rule, counts in _rules(f"{file}:{line}", path, rules)}
    return found


def _rules(place: str, path: str, rules: object) -> Iterator[tuple[str, Counts]]:
    form = f"write a line like `{_line('docs/x.md', 'guarantee', Counts(2, 0))}`"
    if not isinstance(rules, dict):
        raise SettingsError(f"{place}: {path!r} is {rules!r}; {form}")
    for rule, counts in rules.items():
        sizes = list(counts.values()) if isinstance(counts, dict) else []
        if not sizes or set(counts) - {"errors", "warnings"} or not all(isinstance(size, int) and not isinstance(size, bool) and size > 0 for size in sizes):
            raise SettingsError(f"{place}: `{rule}` of {path!r} is {json.dumps(counts, default=str)}; {form}")
        yield rule, Counts(counts.get("errors", 0), counts.get("warnings", 0))


def _again(file: pathlib.Path) -> str:
    return f"delete {file.name} and write it again with `mlvalue lint --write-baseline`"


def write(file: pathlib.Path, entries: Entries) -> None:
    """Write a baseline: a line for each document and rule, sorted, so that git merges it.

    Raises:
        WriteError: if the file can't be written.
    """
    lines = [_line(*name, counts) for name, counts in sorted(entries.items()) if counts.all]
    files.write(file, (HEAD + "".join(f"{line}\n" for line in lines)).encode())


def _line(path: str, rule: str, counts: Counts) -> str:
    sizes = [f"{name} = {size}" for name, size in zip(Counts._fields, counts, strict=True) if size]
    return f"{_quoted(path)}.{rule if BARE.fullmatch(rule) else _quoted(rule)} = {{{', '.join(sizes)}}}"


def _quoted(text: str) -> str:
    """A TOML key; JSON escapes the same, but for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def grown(entries: Entries, run: Run) -> dict[tuple[str, str], Counts]:
    """What was found beyond a baseline."""
    return {name: counts for name, counts in sorted(run.found().items()) if not entries.get(name, NONE).covers(counts)}


def pruned(entries: Entries, run: Run) -> dict[tuple[str, str], Counts]:
    """A baseline without what is mended; what wasn't checked stays."""
    checked = run.checked()
    gone = {name for name in entries if _why_gone(name, run)}
    return {name: counts.lowered(checked.get(name, counts)) for name, counts in entries.items() if name not in gone}


def stale(entries: Entries, run: Run) -> list[str]:
    """What a baseline holds that isn't there any more, a line each."""
    checked = run.checked()
    lines = []
    for name, counts in sorted(entries.items()):
        path, rule = name
        why = _why_gone(name, run)
        left = checked.get(name, counts).all
        if why or left < counts.all:
            lines.append(f"{path}: {rule} {counts.all} recorded, " + (why or f"{left or 'none'} found"))
    return lines


def _why_gone(name: tuple[str, str], run: Run) -> str:
    """Why an entry can't be of use any more, so far as a run can tell: one of some documents says nothing of others."""
    path, rule = name
    reviewed = {run.key(review) for review in run.reviews}
    if path not in reviewed and not run.whole:
        return ""
    if path not in reviewed:
        return "and it is no document of the settings" if (run.settings.root / path).is_file() else "and there is no such file"
    return "" if any(known.name == rule for known in run.known) else "and there is no such rule"


def sifted(entries: Entries, run: Run, *, noted: bool = True) -> list[Review]:
    """The reviews, without the findings that a baseline has; where a rule found more, all of them stay, and say why if *noted*."""
    beyond = grown(entries, run)
    return [_sifted(review, run.key(review), entries if noted else {}, beyond) for review in run.reviews]


def _sifted(review: Review, path: str, entries: Entries, beyond: Entries) -> Review:
    kept, known = [], []
    for diagnostic in review.diagnostics:
        name = (path, diagnostic.rule)
        if name in beyond:
            kept.append(_noted(diagnostic, entries.get(name, NONE), beyond[name]))
        else:
            known.append(diagnostic)
    return dataclasses.replace(review, diagnostics=tuple(kept), known=tuple(known))


def _noted(diagnostic: Diagnostic, had: Counts, has: Counts) -> Diagnostic:
    """A finding that says why it is shown though the baseline has its rule."""
    if not had.all:
        return diagnostic
    if has.all > had.all:
        note = f"{had.all} of the {has.all} `{diagnostic.rule}` here are known, {has.all - had.all} new; nobody can tell which, so mend any {has.all - had.all}"
    else:
        note = f"the baseline has {count(had.errors, 'error')} of `{diagnostic.rule}` here, and there are {has.errors} now"
    return dataclasses.replace(diagnostic, help="\n".join(filter(None, (diagnostic.help, note))))


def excess(entries: Entries, run: Run) -> list[str]:
    """What was found beyond a baseline, a line each."""
    return [
        f"{path}: {rule} {entries.get((path, rule), NONE).all or 'none'} recorded, {found.all} found" for (path, rule), found in grown(entries, run).items()
    ]
