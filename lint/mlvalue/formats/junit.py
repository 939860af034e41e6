"""Test results in the XML of JUnit, which Jenkins and most other build servers show."""

import collections
import re
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from mlvalue.diagnostic import Diagnostic, Severity
from mlvalue.places import from_root
from mlvalue.report import Report, with_help
from mlvalue.review import Review

UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML can't hold."""


def junit(report: Report) -> str:
    """A suite a document. An error is a test that fails, a warning one that passes and says something; a clean document is one that passes."""
    root = Element("testsuites", name="mlvalue")
    for path, reason in report.unread:
        _unread(root, from_root(path, report.root), reason)
    for review in report.reviews:
        _suite(root, from_root(review.path, report.root), review)
    for total in ("tests", "failures", "errors"):
        root.set(total, str(sum(int(suite.get(total, "0")) for suite in root)))
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _suite(root: Element, path: str, review: Review) -> None:
    tests = max(1, len(review.diagnostics))
    suite = SubElement(root, "testsuite", name=_fit(path), tests=str(tests), failures=str(review.errors), errors="0")
    seen: collections.Counter[str] = collections.Counter()
    for diagnostic in review.diagnostics:
        name = " ".join(filter(None, (diagnostic.rule, diagnostic.field)))
        seen[name] += 1
        # Build servers follow a test from run to run by its name, so it holds no line.
        _test(suite, path, f"{name} ({seen[name]})" if seen[name] > 1 else name, diagnostic)
    if not review.diagnostics:
        SubElement(suite, "testcase", name="no findings", classname=_fit(path))


def _test(suite: Element, path: str, name: str, diagnostic: Diagnostic) -> None:
    case = SubElement(suite, "testcase", name=_fit(name), classname=_fit(path))
    told = f"{path}:{diagnostic.line}:{diagnostic.column}: {with_help(diagnostic)}\n{diagnostic.url}"
    if diagnostic.severity is Severity.ERROR:
        SubElement(case, "failure", type=diagnostic.rule, message=_fit(diagnostic.message)).text = _fit(told)
    else:
        SubElement(case, "system-out").text = _fit(told)


def _unread(root: Element, path: str, reason: str) -> None:
    suite = SubElement(root, "testsuite", name=_fit(path), tests="1", failures="0", errors="1")
    SubElement(SubElement(suite, "testcase", name="can be read", classname=_fit(path)), "error", type="unread", message=_fit(reason))


def _fit(text: str) -> str:
    """*text* without what XML can't hold."""
    return UNFIT.sub("\N{REPLACEMENT CHARACTER}", text)
