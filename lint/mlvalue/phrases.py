r"""The language in which the data files of the wording rules write phrases, made into regular expressions over tagged sentences.

`a b` one after the other (a hyphen between them is a blank), `a|b` either, `(a b|c)` a group, `[a]` perhaps, `a~` with inflections,
`a*` any ending, `<class>` a word of a class, `...` up to four words, `....` up to ten, `!a` not a, `^` and `$` the sentence's ends,
`\\(` a bracket that is written.
"""

import dataclasses
import functools
import re
from collections.abc import Iterator, Mapping

from mlvalue.ways import ANY, Way, both, one, together

LEXER = re.compile(r"\\.|\.{3,4}|[()\[\]|!^$]|<[a-z][^<>]*>|[<>]|[^\s()\[\]|!^$<>\\]+")
GAPS = {"...": 4, "....": 10}
CLAUSE = r"[.;:!?()]"
VOWELS = "aeiou"
KINDS = ("money", "scaled", "percent", "full", "multiple", "time", "number", "date")
"""Kinds of numbers; with an s behind it, a range of them."""


class PhraseError(ValueError):
    """A phrase that can't be read; its message quotes it."""


@dataclasses.dataclass(frozen=True)
class Phrase:
    """A phrase as *written*; a sentence can hold it only in one of its *ways*."""

    written: str
    source: str
    ways: tuple[Way, ...]


@dataclasses.dataclass(frozen=True)
class Grammar:
    """What a phrase may refer to: *tags* gives a class its letters, *macros* a name its phrase."""

    tags: Mapping[str, str]
    macros: Mapping[str, str]
    _read: dict[str, "_Part"] = dataclasses.field(default_factory=dict, compare=False)

    def phrases(self, written: str) -> Iterator[Phrase]:
        """Read a line of phrases, which `|` may part.

        Raises:
            PhraseError: if brackets don't match or a class isn't known.
        """
        tokens = LEXER.findall(written.lower())
        parser = _Parser(written, tokens, self)
        while True:
            part = parser.sequence()
            yield Phrase(written, part.source, part.ways)
            if parser.at == len(tokens):
                return
            if tokens[parser.at] != "|":
                raise PhraseError(f"`{tokens[parser.at]}` in `{written}` closes nothing")
            parser.at += 1

    def letters_of(self, name: str, written: str) -> str:
        """The letter of a class.

        Raises:
            PhraseError: if there is no such class.
        """
        if name not in self.tags:
            raise PhraseError(f"there is no class <{name}>, as `{written}` has it; there are {', '.join(self.tags)}")
        return self.tags[name]

    def macro(self, name: str) -> "_Part":
        """The part that a name stands for, read once."""
        if name not in self._read:
            part = _Parser(self.macros[name], LEXER.findall(self.macros[name]), self).alternatives()
            self._read[name] = _Part(f"(?:{part.source})", part.ways)
        return self._read[name]


@dataclasses.dataclass(slots=True)
class _Part:
    source: str
    ways: tuple[Way, ...] = ANY


@dataclasses.dataclass(slots=True)
class _Parser:
    written: str
    tokens: list[str]
    grammar: Grammar
    at: int = 0

    def alternatives(self) -> _Part:
        """`a b|c d` up to a closing bracket or the end."""
        options = [self.sequence()]
        while self.at < len(self.tokens) and self.tokens[self.at] == "|":
            self.at += 1
            options.append(self.sequence())
        if len(options) == 1:
            return options[0]
        source = "(?:" + "|".join(option.source for option in options) + ")"
        return _Part(source, together(way for option in options for way in option.ways))

    def sequence(self) -> _Part:
        """Items one after the other."""
        whole = _Part("")
        while self.at < len(self.tokens) and self.tokens[self.at] not in {"|", ")", "]"}:
            part = self.item()
            whole.source += part.source
            whole.ways = both(whole.ways, part.ways) if whole.source != part.source else part.ways
        if not whole.source:
            raise PhraseError(f"something is missing in `{self.written}`")
        return whole

    def item(self) -> _Part:
        """One word, class, gap, group or end."""
        sign = self.tokens[self.at]
        self.at += 1
        if sign.startswith("\\"):
            return _Part(f" {re.escape(sign[1:])}/[^ ]*+", (one(frozenset([sign[1:]])),))
        if sign in GAPS:
            return _Part(f"(?: (?!{CLAUSE})[^ ]+){{0,{GAPS[sign]}}}?")
        if sign in {"^", "$"}:
            return _Part(r"^(?: [^\w #][^ ]*)*" if sign == "^" else r"(?: [^\w #][^ ]*)*$")
        if sign == "!":
            return _Part(f"(?![^ ])(?!{self.item().source})")
        if sign in {"(", "["}:
            return self.group(sign)
        return self.named(sign[1:-1]) if sign.startswith("<") else _word(sign)

    def group(self, sign: str) -> _Part:
        """What stands in brackets: in square ones it may be missing."""
        part = self.alternatives()
        if self.tokens[self.at : self.at + 1] != [")" if sign == "(" else "]"]:
            raise PhraseError(f"`{sign}` in `{self.written}` is never closed")
        self.at += 1
        return part if sign == "(" else _Part(f"(?:{part.source})?")

    def named(self, name: str) -> _Part:
        """A class, a union of classes, a kind of number, or a phrase that has a name."""
        if name.removesuffix("s") in KINDS:
            return _word(f"#{name}")
        if name == "word":
            return _Part(r" -?\w[^ /]*+/[^ ]*+")
        if name in self.grammar.macros:
            return self.grammar.macro(name)
        letters = "".join(self.grammar.letters_of(each, self.written) for each in name.split("+"))
        return _Part(rf" [^ /]++/[^ ]*?[{letters}][^ ]*+", (Way(tags=(letters,)),))


def lines(text: str) -> Iterator[str]:
    """The phrases of a block, one a line, without blank lines and comments."""
    for line in text.splitlines():
        phrase = line.partition("#")[0].strip() if not line.lstrip().startswith("<") else line.strip()
        if phrase:
            yield phrase


def _word(token: str) -> "_Part":
    source, words = _literal(token)
    singles: list[tuple[Way, ...]] = [(one(each),) for each in words]
    ways = functools.reduce(both, singles[1:], singles[0])
    return _Part(source, ways)


@functools.cache
def _literal(token: str) -> tuple[str, tuple[frozenset[str], ...]]:
    if token.endswith("~"):
        forms = inflected(token[:-1])
        return f" -?{_any_of(forms)}/[^ ]*+", (forms,)
    if token.endswith("*"):
        return f" -?{re.escape(token[:-1])}[^ /]*+/[^ ]*+", (frozenset([token]),)
    parts = [part for part in re.split(r"(?<=\w)-(?=\w)", token) if part]
    source = f" -?{re.escape(parts[0])}/[^ ]*+" + "".join(f" -{re.escape(part)}/[^ ]*+" for part in parts[1:])
    return source, tuple(frozenset([part]) for part in parts)


def _any_of(forms: frozenset[str]) -> str:
    return "(?:" + "|".join(re.escape(form) for form in sorted(forms, key=lambda form: (-len(form), form))) + ")"


@functools.cache
def inflected(word: str) -> frozenset[str]:
    """The forms of a regular verb or noun, in British and American spelling: `optimise` gives `optimizes`, too."""
    forms: set[str] = set()
    for base in {word, *_spellings(word)}:
        forms |= {base, *_forms(base)}
    return frozenset(forms)


def _spellings(word: str) -> Iterator[str]:
    if word.endswith("ise"):
        yield word[:-3] + "ize"
    if word.endswith("yse"):
        yield word[:-3] + "yze"
    if "our" in word[2:]:
        yield word[:2] + word[2:].replace("our", "or", 1)


def _forms(word: str) -> list[str]:
    if word.endswith("y") and word[-2:-1] not in VOWELS:
        return [word[:-1] + "ies", word[:-1] + "ied", word + "ing"]
    if word.endswith("e"):
        return [word + "s", word + "d", word[:-1] + "ing"]
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return [word + "es", word + "ed", word + "ing"]
    doubled = [word + word[-1] + ending for ending in ("ed", "ing")] if re.search(r"[^aeiou][aeiou][bdglmnprt]$", word) else []
    return [word + "s", word + "ed", word + "ing", *doubled]
