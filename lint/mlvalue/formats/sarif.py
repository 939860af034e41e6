"""SARIF 2.1.0, which code scanning of GitHub and others read, and editors show."""

import pathlib
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import mlvalue
from mlvalue.diagnostic import Diagnostic
from mlvalue.fingerprint import fingerprints
from mlvalue.places import STDIN, address, is_inside
from mlvalue.report import Report, dump, with_help
from mlvalue.review import Review
from mlvalue.rule import DOCS, Rule
from mlvalue.rules import RULES
from mlvalue.text import Text

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
ROOT = "%SRCROOT%"
FINGERPRINT = "mlvalue/v1"
OURS = {rule.name for rule in RULES}
"""Rules whose pages are on our site."""


def sarif(report: Report) -> str:
    """One run, with all rules, all documents, and what was found; findings that a comment allows are suppressed there, with the reason."""
    numbers = {rule.name: number for number, rule in enumerate(report.rules)}
    run = {
        "tool": {"driver": _driver(report.rules)},
        "automationDetails": {"id": "mlvalue/lint/"},
        "invocations": [_invocation(report)],
        "originalUriBaseIds": {ROOT: {"description": {"text": "The root of the repository."}}},
        "artifacts": [{"location": _artifact(review.path, report.root), "mimeType": "text/markdown", "roles": ["analysisTarget"]} for review in report.reviews],
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\r", "\n"],
        "results": [result for index, review in enumerate(report.reviews) for result in _results(review, index, report.root, numbers)],
    }
    return dump({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _driver(rules: Iterable[Rule]) -> dict[str, Any]:
    return {"name": "mlvalue", "semanticVersion": mlvalue.__version__, "informationUri": DOCS, "rules": [_rule(rule) for rule in rules]}


def _rule(rule: Rule) -> dict[str, Any]:
    """A rule with its page; an organisation's own may have none, and none of them is on our site."""
    page = rule.text() if rule.page.suffix == ".md" else f"# {rule.name}\n\n{rule.summary}\n"
    described = {
        "id": rule.name,
        "name": "".join(part.capitalize() for part in re.split("[-_]", f"{rule.family}-{rule.name}")),
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": _description(page)},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"level": rule.severity},
        "properties": {"tags": [rule.family.replace("_", "-")], "problem.severity": rule.severity},
    }
    return described | ({"helpUri": rule.url} if rule.name in OURS else {})


def _description(page: str) -> str:
    """What a page says before its first example, without the title, each paragraph on a line."""
    prose = page.split("\n```", 1)[0].split("\n\n")[1:]
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in prose if paragraph.strip())


def _invocation(report: Report) -> dict[str, Any]:
    """Whether all could be read; what couldn't is told."""
    told = [
        {
            "level": "error",
            "message": {"text": f"can't read it: {reason}"},
            "locations": [{"physicalLocation": {"artifactLocation": _artifact(path, report.root)}}],
        }
        for path, reason in report.unread
    ]
    return {"executionSuccessful": not told, "toolExecutionNotifications": told}


def _results(review: Review, index: int, root: pathlib.Path, numbers: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    kept, allowed = fingerprints(review)
    place = {**_artifact(review.path, root), "index": index}
    for diagnostic, known_by in zip(review.diagnostics, kept, strict=True):
        yield _result(diagnostic, place, known_by, numbers) | _fixes(diagnostic, place, review.document.text)
    for each, known_by in zip(review.allowed, allowed, strict=True):
        suppression = {"kind": "inSource", "status": "accepted", "justification": each.reason}
        yield _result(each.diagnostic, place, known_by, numbers) | {"suppressions": [suppression]}


def _result(diagnostic: Diagnostic, place: Mapping[str, Any], fingerprint: str, numbers: Mapping[str, int]) -> dict[str, Any]:
    region = {
        "startLine": diagnostic.line,
        "startColumn": diagnostic.column,
        "endLine": diagnostic.end_line,
        "endColumn": diagnostic.end_column,
    }
    return {
        "ruleId": diagnostic.rule,
        "ruleIndex": numbers[diagnostic.rule],
        "level": diagnostic.severity,
        "message": {"text": with_help(diagnostic)},
        "locations": [{"physicalLocation": {"artifactLocation": place, "region": region}}],
        "partialFingerprints": {FINGERPRINT: fingerprint},
    }


def _fixes(diagnostic: Diagnostic, place: Mapping[str, Any], text: Text) -> dict[str, Any]:
    """The one right answer, where there is one and all of it has a place: a byte order mark has none."""
    fix = diagnostic.fix
    if fix is None or any(span.start < 0 for span, _ in fix.edits):
        return {}
    replacements = []
    for span, written in fix.edits:
        (line, column), (end_line, end_column) = text.position(span.start), text.position(span.end)
        region = {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}
        replacements.append({"deletedRegion": region, "insertedContent": {"text": written}})
    return {"fixes": [{"description": {"text": fix.title}, "artifactChanges": [{"artifactLocation": place, "replacements": replacements}]}]}


def _artifact(path: pathlib.Path, root: pathlib.Path) -> dict[str, Any]:
    """Where a file lies: from the root where it can be told so, as then the report means the same on every machine."""
    if path == STDIN:
        return {"uri": "-", "description": {"text": "Standard input."}}
    return {"uri": address(path, root), **({"uriBaseId": ROOT} if is_inside(path, root) else {})}
