"""Certainty that nobody has."""

import re
from collections.abc import Iterator

from mlvalue.diagnostic import Finding, Severity
from mlvalue.document import Document
from mlvalue.rule import rule

TRIGGER = re.compile(
    r"\bguarantee(?:s|d|ing)?\b|\b(?:we|I) (?:hereby |can )?promise\b|\b(?:is|are) (?:certain|sure|bound|destined) to\b"
    r"|\b(?:is|are) a given\b|\bforegone conclusion\b|\b(?:can|may|will) (?:bank|count|rely) on\b"
    r"|\b(?:without|beyond) (?:question|(?:a |any )?doubt)\b|\bno doubt (?:that|about)\b"
    r"|\bwill (?:definitely|certainly|surely|undoubtedly|inevitably)\b|\b(?:definitely|certainly|surely|undoubtedly|inevitably) will\b"
    r"|\b(?:cannot|can't|can not) (?:fail|go wrong)\b|\brest assured\b|\bfail-?proof\b|\bfoolproof\b|\ba sure thing\b|\b100 ?% (?:certain|sure)\b",
    re.IGNORECASE,
)
"""Phrases that tell certainty."""

EXCUSE = re.compile(
    r"\b(?:no one|nobody|none|not?(?! only)|never|nor|neither|without|cannot|can't|don't|doesn't|didn't|isn't|aren't|won't|refused?|declined?"
    r"|rather than|instead of)\b(?:[^\w:;]+[\w%'-]+){0,7}?[^\w:;]+$"
    r"|\b(?:if|unless|whether|would|could|might|may|asks?|asked|claims?|claimed|says?|said|advertis\w+)\b[^,;]*$",
    re.IGNORECASE,
)
"""What, before such a phrase, denies it, makes it conditional or lays it into somebody else's mouth."""

TECHNICAL = re.compile(
    r"\b(?:SLA|service level|contract(?:s|ual(?:ly)?)?|by (?:specification|construction|design|protocol)|warranty|bank guarantees?"
    r"|delivery guarantees?|exactly[- ]once|at[- ](?:least|most)[- ]once|idempoten\w+|(?:memory|type) safety|borrow checker|protocol"
    r"|database|queue|schema|consisten\w+|ordering|convergence|bound on|theorem|lemma|vendor|supplier|provider|manufacturer)\b",
    re.IGNORECASE,
)
"""Words of a sentence about a property of a component, or a contract, and not about an outcome."""

SENTENCE = re.compile(r"[^.!?]+(?:[.!?]+(?=\s|$)|$)|[^.!?]+[.!?](?=\S)")


@rule(Severity.ERROR, reads=Document)
def guarantee(document: Document) -> Iterator[Finding]:
    """An outcome that is told as certain."""
    for passage in document.passages:
        for sentence in SENTENCE.finditer(passage.text):
            words = sentence.group()
            for match in TRIGGER.finditer(words):
                if _is_excused(words, match):
                    continue
                start = sentence.start() + match.start()
                message = f"`{match.group()}` tells an outcome as certain: what makes it so, and who bears the loss if it fails?"
                yield Finding(
                    passage.span(start, start + len(match.group())),
                    message,
                    "say what you expect and from what: expect 4 to 9 % fewer calls, pilot of March, 12 agents",
                )
                break


def _is_excused(words: str, match: re.Match[str]) -> bool:
    """Asked, negated, conditional or told of somebody else; or a property of a component and no outcome."""
    return words.rstrip().endswith("?") or EXCUSE.search(words[: match.start()]) is not None or TECHNICAL.search(words) is not None
