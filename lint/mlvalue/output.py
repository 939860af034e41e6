"""A report to where it is wanted: the terminal or a file, whole, only what fails, or counted."""

import collections
import dataclasses
import os
import pathlib
import sys
from typing import TextIO

from mlvalue import files
from mlvalue.diagnostic import Severity
from mlvalue.formats import FORMATS, TEXTS
from mlvalue.formats.concise import COLORS, paint
from mlvalue.formats.github import github
from mlvalue.paths import UsageError
from mlvalue.report import Report, dump, summary
from mlvalue.review import Review

COUNTED = (*TEXTS, "json")
"""Formats that have a form for statistics."""


@dataclasses.dataclass(frozen=True)
class Output:
    """What was asked for: a *form*, into a *file* or to the terminal; *quiet* is only what fails, *statistics* only counts.

    With *beside* standard output is taken by something else. With *color* ``auto`` the environment and the terminal decide.
    """

    form: str = "full"
    file: pathlib.Path | None = None
    quiet: bool = False
    statistics: bool = False
    color: str = "auto"
    beside: bool = False

    @property
    def is_text(self) -> bool:
        """Whether people read it."""
        return self.form in TEXTS


def refuse(output: Output) -> None:
    """Say what can't be done before anything is read.

    Raises:
        UsageError: if there is no place for the file, or no form for the counts.
    """
    if output.statistics and output.form not in COUNTED:
        raise UsageError(f"`--statistics` has no form in `{output.form}`; take {', '.join(COUNTED[:-1])} or {COUNTED[-1]}")
    if output.file:
        refuse_file(output.file)


def write(report: Report, output: Output) -> None:
    """Write *report*; beside a file, its summary goes to standard error.

    Raises:
        WriteError: if the file can't be written.
    """
    text = render(report, output)
    if output.file is None:
        _print(text, sys.stderr if output.beside else sys.stdout, is_text=output.is_text)
        return
    files.write(output.file, text.encode(errors="backslashreplace"))
    if not _is_silent(report, output):
        sys.stderr.write(summary(report.reviews, report.fixed) + "\n")


def render(report: Report, output: Output) -> str:
    """The text of *report* as it was asked for; in a run of GitHub Actions, what people read is followed by annotations."""
    report = dataclasses.replace(report, color=wants_color(output))
    shown = dataclasses.replace(report, reviews=[_failing(review) for review in report.reviews]) if output.quiet else report
    body = _statistics(shown, output) if output.statistics else FORMATS[output.form](shown)
    if output.form == "full" and not _is_silent(report, output):
        body += ("\n" if body else "") + summary(report.reviews, report.fixed) + "\n"
    if output.is_text and output.file is None and not output.statistics and os.environ.get("GITHUB_ACTIONS") == "true":
        body += github(shown)
    return body


def refuse_file(file: pathlib.Path) -> None:
    """Say that there is no place for a *file* before anything is read.

    Raises:
        UsageError: if it is a folder, or there is none for it.
    """
    try:
        is_folder, has_folder = file.is_dir(), file.parent.is_dir()
    except OSError as error:
        raise UsageError(f"can't write {file}: {error.strerror}") from error
    if is_folder:
        raise UsageError(f"can't write {file}: it is a folder; name a file in it, like {file / 'report'}")
    if not has_folder:
        raise UsageError(f"can't write {file}: there is no folder {file.parent}; make it first")


def _failing(review: Review) -> Review:
    return dataclasses.replace(review, diagnostics=tuple(each for each in review.diagnostics if each.severity is Severity.ERROR))


def _is_silent(report: Report, output: Output) -> bool:
    """Whether there is nothing to tell to somebody who wants to hear of failures alone."""
    return output.quiet and not any(review.errors for review in report.reviews)


def _statistics(report: Report, output: Output) -> str:
    """How often each rule found something, the most frequent first."""
    counts = collections.Counter((each.rule, each.family, each.severity) for review in report.reviews for each in review.diagnostics)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    if output.form == "json":
        return dump([{"rule": rule, "family": family, "severity": severity, "count": count} for (rule, family, severity), count in ordered])
    widest = len(str(max(counts.values(), default=0)))
    rows = [f"{count:{widest}}  {paint(f'{severity:7}', COLORS[severity], color=report.color)}  {rule}\n" for (rule, _, severity), count in ordered]
    return "".join(rows)


def _print(text: str, stream: TextIO, *, is_text: bool) -> None:
    """Put *text* on a *stream*; what a machine reads is UTF-8 there, whatever the terminal is."""
    if is_text or not hasattr(stream, "buffer"):
        stream.write(text)
        return
    stream.flush()
    stream.buffer.write(text.encode(errors="backslashreplace"))


def wants_color(output: Output) -> bool:
    """Whether to color text: as asked for, else as NO_COLOR, then FORCE_COLOR say, else on a terminal."""
    if output.color != "auto" or output.file:
        return output.color == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (sys.stdout.isatty() and os.environ.get("TERM") != "dumb")
