"""Rules on words that promise more than is known: each a data file of phrases, with its page beside it."""

import pathlib
from collections.abc import Callable, Iterator

from mlvalue.diagnostic import Finding, Severity
from mlvalue.lexicon import FOLDER, LexiconError, Wording, head, names, table_of
from mlvalue.rule import Rule
from mlvalue.schema import mismatch
from mlvalue.wording import Claim
from mlvalue.words import listed

MOST_SHOWN = 3
FORBIDDEN = Wording("forbidden-word", "A word that the settings forbid.", "error", "`{words}` is a word that the settings forbid here", "say it in other words")


def of_file(file: pathlib.Path) -> Rule:
    """The rule of a data file: one of ours, or an organisation's own.

    Raises:
        LexiconError: if the file can't be read.
    """
    page = file.with_suffix(".md")
    return _rule(head(file), page if page.is_file() else file)


def check(file: pathlib.Path, schema: str) -> None:
    """Compare an organisation's data *file* with the published *schema*.

    Raises:
        LexiconError: if it isn't of that shape; the message names the place.
    """
    wrong = mismatch(schema, table_of(file))
    if wrong:
        raise LexiconError(f"{file}: {wrong}")


def bundled() -> tuple[Rule, ...]:
    """The wording rules that come with mlvalue and have nothing but phrases."""
    files = [FOLDER / f"{name.replace('-', '_')}.toml" for name in names()]
    plain = [of_file(file) for file in files if not file.with_suffix(".py").is_file()]
    return (*plain, _rule(FORBIDDEN, FOLDER / "forbidden_word.md"))


def _rule(wording: Wording, page: pathlib.Path) -> Rule:
    return Rule(wording.name, "wording", Severity(wording.severity), Claim, _check(wording), wording.summary, page)


def _check(wording: Wording) -> Callable[[Claim], Iterator[Finding]]:
    def check(claim: Claim) -> Iterator[Finding]:
        if claim.rule == wording.name:
            yield Finding(claim.span, wording.message.format(words=claim.words) + _also(claim), wording.modest, claim.severity, claim.field)

    return check


def _also(claim: Claim) -> str:
    """More words of the same section, which are no findings of their own."""
    if not claim.others:
        return ""
    more = [f"`{words}`" for words in dict.fromkeys(claim.others)]
    rest = len(more) - MOST_SHOWN
    shown = [*more[:MOST_SHOWN], f"{rest} more"] if rest > 0 else more
    return f" (in the same section: {listed(shown)})"
