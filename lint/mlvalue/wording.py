"""A document's over-promises: its passages and text fields, each judged by the profile of its section."""

import collections
import dataclasses
import functools
import itertools
import re
from collections.abc import Iterable, Iterator

from mlvalue.claims import Detector, Hit
from mlvalue.composer import Node
from mlvalue.diagnostic import Severity, Span
from mlvalue.document import Document
from mlvalue.prose import Passage
from mlvalue.schema import is_filler

FIELDS = {
    "title": "summary",
    "description": "summary",
    "value.metric": "value",
    "value.how_it_pays": "value",
    "why_ml": "value",
    "adoption.plan": "adoption",
    "adoption.who": "adoption",
    "customer.who": "adoption",
    "customer.needs": "technical",
    "adoption.measured_by": "technical",
    "outcome.why": "technical",
    "outcome.lesson": "technical",
}
"""The profile of each text field; fields that name things or tell facts aren't here."""
MEASURED = ("experiment", "pilot", "history", "survey")
"""Kinds of evidence that stand for a source of the numbers in the prose."""
NUMERIC = ("unsourced-number", "point-estimate", "best-case")
"""Rules on figures: a figure below a heading about cost is no benefit."""
WORTH = frozenset(("value", "benefit", "benefits", "business case", "savings", "saving", "roi", "payback", "worth", "how it pays"))
"""Words of a heading that leave no doubt what its section is about, whatever else it names."""
INDEXED = re.compile(r"\[\d+\]$")
WORD = re.compile(r"[^\W_]+(?:[.'][^\W_]+)*")


@dataclasses.dataclass(frozen=True, slots=True)
class Claim:
    """An over-promise with its place, and the path of the field where it isn't in the body.

    *others* are more words of its section. *kind* says which figure of the front matter the words are to be compared with.
    """

    rule: str
    severity: Severity
    span: Span
    words: str
    field: str = ""
    others: tuple[str, ...] = ()
    kind: str = ""
    sentence: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class _Field:
    """A text field of the front matter, read as it is written."""

    text: str
    context: str = ""
    links: tuple[Span, ...] = ()


def claims(document: Document, detector: Detector) -> tuple[Claim, ...]:
    """All over-promises in *document*, in the order of its text; several warnings of one rule in one section are one."""
    fields = list(_fields(document))
    sections = [
        (kind, list(section))
        for headings, section in itertools.groupby(document.passages, key=lambda passage: passage.headings)
        if (kind := profile(headings, detector)) != "off"
    ]
    hits = iter(detector.hits([*(_Field(str(node.value)) for _, node in fields), *(passage for _, passages in sections for passage in passages)]))
    found = [claim for path, node in fields for claim in _of_field(document, path, node, next(hits))]
    for kind, passages in sections:
        claimed = [pair for passage, each in zip(passages, hits, strict=False) if each for pair in _of_passage(passage, kind, each)]
        sure = [pair for pair in claimed if pair[0].severity is Severity.ERROR and pair[1]]
        about_software = kind == "technical" and document.root is None
        if len(sure) < len(claimed) and (about_software or (kind == "other" and _is_technical(passages, detector))):
            claimed = sure
        found += _joined(claim for claim, _ in claimed)
    if document.value("value.evidence.kind") in MEASURED:
        found = list(_lowered(found))
    return tuple(sorted(found, key=lambda claim: claim.span))


def _lowered(found: Iterable[Claim]) -> Iterator[Claim]:
    """What is left where the front matter names measured evidence: numbers have their source there, single ones are still no range."""
    for claim in found:
        if claim.rule in {"point-estimate", "best-case"} and not claim.kind:
            yield dataclasses.replace(claim, severity=Severity.WARNING)
        elif claim.rule != "unsourced-number":
            yield claim


@functools.lru_cache(maxsize=256)
def profile(headings: tuple[str, ...], detector: Detector) -> str:
    """The profile that holds below *headings*: of the nearest that has one, `summary` where there is none above, else `other`."""
    for depth, title in reversed(list(enumerate(headings))):
        named = _named(title, detector)
        if named and (depth or len(headings) == 1 or named == "off"):
            return named
    return "summary" if len(headings) <= 1 else "other"


def _is_technical(passages: Iterable[Passage], detector: Detector) -> bool:
    """Say whether a section speaks of software: a word in forty is jargon or code."""
    words = collections.Counter(WORD.findall("\n".join(passage.content for passage in passages).lower()))
    jargon = sum(times for word, times in words.items() if detector.classes.is_jargon(word))
    return jargon + sum(passage.content.count("`") for passage in passages) / 2 > words.total() / 40


def _of_passage(passage: Passage, kind: str, hits: Iterable[Hit]) -> Iterator[tuple[Claim, bool]]:
    for hit in hits:
        severity = _severity(hit, kind)
        if severity:
            words = " ".join(hit.words.split())
            yield Claim(hit.rule, severity, passage.span(hit.start, hit.end), words, "", (), hit.kind, hit.sentence), hit.is_bound


def _fields(document: Document) -> Iterator[tuple[str, Node]]:
    """The text fields of the front matter that are read, with their paths."""
    for path, node in document.nodes.items():
        if INDEXED.sub("", path) in FIELDS and isinstance(node.value, str) and not is_filler(node.value):
            yield path, node


def _of_field(document: Document, path: str, node: Node, hits: Iterable[Hit]) -> Iterator[Claim]:
    has_range = "value.per_year" in document.nodes
    for hit in hits:
        severity = _severity(hit, FIELDS[INDEXED.sub("", path)])
        if severity and not (has_range and hit.rule in NUMERIC):
            written = document.text.string[node.span.start : node.span.end]
            place = written.find(hit.words)
            span = Span(node.span.start + place, node.span.start + place + len(hit.words)) if place >= 0 else node.span
            yield Claim(hit.rule, severity, span, hit.words, path, (), hit.kind, hit.sentence)


def _severity(hit: Hit, kind: str) -> Severity | None:
    if hit.rule in NUMERIC and kind == "cost":
        return None
    grave = hit.severity == "error" or (hit.severity == "value" and kind in {"value", "summary", "adoption"})
    if grave:
        return Severity.ERROR
    return None if kind == "technical" else Severity.WARNING


def _joined(found: Iterable[Claim]) -> list[Claim]:
    """One warning of each rule for a section; the others' words are kept with it."""
    kept: list[Claim] = []
    places: dict[str, int] = {}
    for claim in found:
        if claim.severity is Severity.ERROR:
            kept.append(claim)
        elif claim.rule in places:
            first = kept[places[claim.rule]]
            kept[places[claim.rule]] = dataclasses.replace(first, others=(*first.others, claim.words))
        else:
            places[claim.rule] = len(kept)
            kept.append(claim)
    return kept


@functools.lru_cache(maxsize=256)
def _named(title: str, detector: Detector) -> str:
    """The profile of the name that stands in a *title*: that of worth, else the longest."""
    words = re.findall(r"[a-z][a-z;-]*", title.lower())
    parts = (" ".join(words[begin : begin + count]) for begin in range(len(words)) for count in range(1, detector.longest_heading + 1))
    names = [part for part in parts if part in detector.headings]
    return detector.headings[min(names, key=lambda name: (name not in WORTH, -len(name), name))] if names else ""


def count_words(document: Document) -> int:
    """How many words of prose a reader sees."""
    return sum(len(WORD.findall(passage.text)) for passage in document.passages)
