"""The one path from the bytes of a document to all we know of it."""

import dataclasses
import pathlib
import re
import urllib.parse
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from mlvalue import definitions, model, schema, stages
from mlvalue import document as documents
from mlvalue.allow import Allow, allows
from mlvalue.appraisal import Appraisal, appraise
from mlvalue.claims import detector
from mlvalue.diagnostic import Diagnostic, Finding, Severity, Span
from mlvalue.document import Document
from mlvalue.model import Design
from mlvalue.organisation import contract
from mlvalue.remedies import mended
from mlvalue.rule import Rule
from mlvalue.rules import applied, chosen, known
from mlvalue.schema import Violation, nearest
from mlvalue.settings import Settings
from mlvalue.stated import stated
from mlvalue.units import Month
from mlvalue.wording import claims

SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
WEB = ("http:", "https:", "mailto:")
ALLOWABLE = ("missing-field", "missing-alternative", "future-date", "unrated-currency")
"""Rules on front matter whose findings leave a document readable."""
WEAKER = ("ambiguous-scalar", "missing-field")
"""Rules whose findings follow from another where both underline the same place."""


@dataclasses.dataclass(frozen=True)
class Allowed:
    """What a comment allows, and the *reason* that it gives."""

    diagnostic: Diagnostic
    reason: str


@dataclasses.dataclass(frozen=True)
class Review:
    """All we know of one document. *design* is None while the shape of its front matter is wrong, *appraisal* while numbers lack.

    *allowed* are findings that a comment allows, *known* those that a baseline has, *older* those that a revision had: none is in *diagnostics*.
    """

    path: pathlib.Path
    document: Document
    data: Mapping[str, Any]
    design: Design | None
    appraisal: Appraisal | None
    diagnostics: tuple[Diagnostic, ...]
    allowed: tuple[Allowed, ...]
    known: tuple[Diagnostic, ...] = ()
    older: tuple[Diagnostic, ...] = ()

    @property
    def title(self) -> str:
        """The name of the design: its title, its first heading, else its file's name."""
        title = self.data.get("title")
        return title if isinstance(title, str) else self.document.heading or self.path.stem

    @property
    def errors(self) -> int:
        """How many findings fail a commit."""
        return sum(diagnostic.severity is Severity.ERROR for diagnostic in self.diagnostics)


def review(source: bytes, path: pathlib.Path, settings: Settings, rules: Sequence[Rule] | None = None, shown: pathlib.Path | None = None) -> Review:
    """Review the *source* of the document at *path* by *rules* (those of the settings where None); diagnostics call it *shown*. Nothing in it raises.

    Raises:
        SettingsError: if a data file that the settings name can't be used.
    """
    with definitions.using(contract(settings)):
        return _review(source, path, settings, rules, shown or path)


def _review(source: bytes, path: pathlib.Path, settings: Settings, rules: Sequence[Rule] | None, shown: pathlib.Path) -> Review:
    document = documents.read(source)
    data: dict[str, Any] = {}
    violations: list[Violation] = []
    design = appraisal = None
    if document.root:
        data = schema.filled(document)
        violations = mended(schema.violations(document, data), document, settings.currency)
        if all(violation.kind == "missing" for violation in violations):
            design = model.parse(data, document.heading, settings.as_of, settings.currencies, lambda link: _exists(link, path))
            appraisal = appraise(design, settings.horizon_years, settings.discount_rate)
        violations += stages.missing(document, data, violations, Month(settings.as_of.year, settings.as_of.month))
    everything = known(settings)
    rules = applied(chosen(settings) if rules is None else rules, settings, path)
    subjects: list[object] = [document, *violations, *(subject for subject in (design, appraisal) if subject)]
    if any(rule.family == "wording" for rule in rules):
        subjects += _wording(document, appraisal, settings)
    comments = allows(document)
    found = _without_echoes(_found(rules, subjects, document))
    kept, allowed = _sifted(found, comments)
    _mark_unchecked(comments, everything, rules, subjects)
    kept += _found(rules, comments, document)
    return Review(
        path,
        document,
        data,
        design,
        appraisal,
        tuple(sorted((_diagnostic(*each, shown, document) for each in kept), key=_order)),
        tuple(sorted((Allowed(_diagnostic(*each, shown, document), reason) for each, reason in allowed), key=lambda each: _order(each.diagnostic))),
    )


Found = tuple[Rule, Finding, Span]


def _found(rules: Iterable[Rule], subjects: Iterable[object], document: Document) -> list[Found]:
    """What each rule finds in the subjects that it reads, with its place."""

    def each() -> Iterator[Found]:
        for subject in subjects:
            for rule in rules:
                if isinstance(subject, rule.reads):
                    for finding in rule.findings(subject):
                        where = finding.where
                        yield rule, finding, document.mark(where, on_key=finding.on_key) if isinstance(where, str) else where

    return list(each())


def _without_echoes(found: list[Found]) -> list[Found]:
    """Of two findings of different rules on the shape of the same place, keep the one that tells the cause."""
    strong = {span for rule, _, span in found if rule.family == "front_matter" and rule.name not in WEAKER}
    causes = strong | {span for rule, _, span in found if rule.name == "missing-field"}

    def is_echo(rule: Rule, span: Span) -> bool:
        told = causes if rule.name == "ambiguous-scalar" else strong
        return rule.name in WEAKER and (span in told or any(cause.covers(span.start) for cause in told if rule.name == "ambiguous-scalar"))

    return [each for each in found if not is_echo(each[0], each[2])]


def _sifted(found: list[Found], comments: list[Allow]) -> tuple[list[Found], list[tuple[Found, str]]]:
    """Findings that stay, and those that a comment with a reason allows, with it."""
    kept, allowed = [], []
    for each in found:
        rule, _, span = each
        allow = next(
            (comment for comment in comments if comment.rule == rule.name and comment.reason and may_be_allowed(rule) and comment.covers.covers(span.start)),
            None,
        )
        if allow is None:
            kept.append(each)
        else:
            allow.hits += 1
            allowed.append((each, allow.reason))
    return kept, allowed


def may_be_allowed(rule: Rule | Diagnostic) -> bool:
    """What keeps a document from being read can't be allowed: nothing else would be checked."""
    name = rule.name if isinstance(rule, Rule) else rule.rule
    return rule.family != "front_matter" or name in ALLOWABLE


def _wording(document: Document, appraisal: Appraisal | None, settings: Settings) -> list[object]:
    """What the prose promises, and where it promises more than the front matter."""
    found = claims(document, detector(settings.wording))
    better = [figure for claim in found if claim.kind and appraisal and (figure := stated(claim, appraisal))]
    spans = [figure.claim.span for figure in better]
    plain = [claim for claim in found if not claim.kind and not any(span.start < claim.span.end and claim.span.start < span.end for span in spans)]
    return [*plain, *better]


def _mark_unchecked(comments: list[Allow], everything: Sequence[Rule], rules: Sequence[Rule], subjects: Sequence[object]) -> None:
    """Tell the comments for rules that don't exist, or that had nothing to read, so that nobody calls them unused."""
    names = {rule.name: rule for rule in everything}
    for comment in comments:
        rule = names.get(comment.rule)
        if rule is None:
            comment.near = nearest(comment.rule.replace("_", "-"), tuple(names), 0.6)
        else:
            comment.allowable = may_be_allowed(rule)
            comment.checked = rule in rules and (rule.family == "wording" or any(isinstance(subject, rule.reads) for subject in subjects))


def _diagnostic(rule: Rule, finding: Finding, span: Span, path: pathlib.Path, document: Document) -> Diagnostic:
    end = min(max(span.end, span.start + 1), len(document.text.string)) or span.end
    line, column = document.text.position(span.start)
    end_line, end_column = document.text.position(max(end, span.start))
    if end_line != line and end == span.start + 1:
        end_line, end_column = line, column
    return Diagnostic(
        path=path.as_posix(),
        line=line,
        column=column,
        end_line=end_line,
        end_column=end_column,
        rule=rule.name,
        family=rule.family,
        severity=rule.severity if rule.is_set else finding.severity or rule.severity,
        message=finding.message,
        help=finding.help,
        field=finding.where if isinstance(finding.where, str) else finding.field,
        url=rule.url,
        fix=finding.fix,
    )


def _order(diagnostic: Diagnostic) -> tuple[int, int, str, str]:
    return diagnostic.line, diagnostic.column, diagnostic.rule, diagnostic.message


def _exists(link: str, path: pathlib.Path) -> bool:
    """Say whether a link of the document at *path* leads to a file; addresses on the web aren't opened."""
    if not link:
        return True
    if SCHEME.match(link):
        return link.lower().startswith(WEB) and len(link.partition(":")[2].strip("/")) > 0
    try:
        target = urllib.parse.unquote(re.split("[#?]", link, maxsplit=1)[0])
        return bool(target) and (path.parent / target).is_file()
    except (OSError, ValueError):
        return False
