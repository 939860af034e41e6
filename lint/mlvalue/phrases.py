r"""The language in which the data files of the wording rules write phrases, read into steps from word to word.

`a b` one after the other (a hyphen between them is a blank), `a|b` either, `(a b|c)` a group, `[a]` perhaps, `a~` with inflections,
`a*` any ending, `<class>` a word of a class, `...` up to four words, `....` up to ten, `!a` not a, `^` and `$` the sentence's ends,
`\\(` a bracket that is written.
"""

import dataclasses
import functools
import re
from collections.abc import Iterator, Mapping
from typing import Any

LEXER = re.compile(r"\\.|\.{3,4}|[()\[\]|!^$]|<[a-z][^<>]*>|[<>]|[^\s()\[\]|!^$<>\\]+")
GAPS = {"...": 4, "....": 10}
VOWELS = "aeiou"
KINDS = ("money", "scaled", "percent", "full", "multiple", "time", "number", "date")
"""Kinds of numbers; with an s behind it, a range of them."""

Element = frozenset[str]
"""Names of words of which one stands in a place: `word`, `begin*`, `-word` behind a hyphen, `<letter` of a class, `#kind` of a number, `\\sign`."""
Step = int | tuple[Any, ...]
"""A number n from 0 on is a word of the element n, and ~n one that may be missing; the others are tuples:

`("|", steps, steps)` is one of several, `("?", steps, steps)` the same or nothing, `("*", m, n)` from m to n words, `(".", n)` up to n words or marks
inside of a clause, `("!", steps)` what may not follow, `("^",)` and `("$",)` the sentence's ends.
"""
Steps = tuple[Any, ...]
"""The steps of a phrase, one behind the other."""


class PhraseError(ValueError):
    """A phrase that can't be read; its message quotes it."""


@dataclasses.dataclass(frozen=True)
class Grammar:
    """What a phrase may refer to: *tags* gives a class its letters, *macros* a name its phrase. *elements* are those of all phrases that were read."""

    tags: Mapping[str, str]
    macros: Mapping[str, str]
    elements: list[Element] = dataclasses.field(default_factory=list)
    _numbers: dict[Element, int] = dataclasses.field(default_factory=dict, compare=False)
    _read: dict[str, Steps] = dataclasses.field(default_factory=dict, compare=False)

    def element(self, names: Element) -> int:
        """The number of an element."""
        found = self._numbers.setdefault(names, len(self.elements))
        if found == len(self.elements):
            self.elements.append(names)
        return found

    def phrases(self, written: str) -> Iterator[Steps]:
        """Read a line of phrases, which `|` may part.

        Raises:
            PhraseError: if brackets don't match, a class isn't known, or no word must be there.
        """
        tokens = LEXER.findall(written.lower())
        parser = _Parser(written, tokens, self)
        while True:
            steps = parser.sequence()
            if not any(map(_has_word, steps)):
                raise PhraseError(f"`{written}` stands everywhere, as no word must be there: write one that isn't in square brackets, `<word>` or a gap")
            yield steps
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

    def macro(self, name: str) -> Steps:
        """What a name stands for, read once."""
        if name not in self._read:
            self._read[name] = _group(_Parser(self.macros[name], LEXER.findall(self.macros[name]), self).alternatives(), "|")
        return self._read[name]


@dataclasses.dataclass(slots=True)
class _Parser:
    written: str
    tokens: list[str]
    grammar: Grammar
    at: int = 0

    def alternatives(self) -> list[Steps]:
        """`a b|c d` up to a closing bracket or the end; words one beside the other are one element."""
        options = [self.sequence()]
        while self.at < len(self.tokens) and self.tokens[self.at] == "|":
            self.at += 1
            option = self.sequence()
            if _is_element(option) and _is_element(options[-1]):
                options[-1] = self.element(self.grammar.elements[options[-1][0]] | self.grammar.elements[option[0]])
            else:
                options.append(option)
        return options

    def sequence(self) -> Steps:
        """Items one after the other."""
        steps: Steps = ()
        while self.at < len(self.tokens) and self.tokens[self.at] not in {"|", ")", "]"}:
            steps = _joined(steps, self.item())
        if not steps:
            raise PhraseError(f"something is missing in `{self.written}`")
        return steps

    def item(self) -> Steps:
        """One word, class, gap, group or end."""
        sign = self.tokens[self.at]
        self.at += 1
        if sign.startswith("\\"):
            return self.element(frozenset([sign]))
        if sign in GAPS:
            return ((".", GAPS[sign]),)
        if sign in {"^", "$"}:
            return ((sign,),)
        if sign == "!":
            return (("!", self.item()),)
        if sign in {"(", "["}:
            return self.group(sign)
        return self.named(sign[1:-1]) if sign.startswith("<") else self.word(sign)

    def group(self, sign: str) -> Steps:
        """What stands in brackets: in square ones it may be missing."""
        options = self.alternatives()
        if self.tokens[self.at : self.at + 1] != [")" if sign == "(" else "]"]:
            raise PhraseError(f"`{sign}` in `{self.written}` is never closed")
        self.at += 1
        return _group(options, "|" if sign == "(" else "?")

    def named(self, name: str) -> Steps:
        """A class, a union of classes, a kind of number, or a phrase that has a name."""
        if name.removesuffix("s") in KINDS:
            return self.element(frozenset([f"#{name}"]))
        if name == "word":
            return (("*", 1, 1),)
        if name in self.grammar.macros:
            return self.grammar.macro(name)
        return self.element(frozenset(f"<{self.grammar.letters_of(each, self.written)}" for each in name.split("+")))

    def word(self, token: str) -> Steps:
        """A word, with inflections, with any ending, or several with hyphens, of which each but the first has its own."""
        if token.endswith("~"):
            return self.element(inflected(token[:-1]) - {""})
        first, *others = [token] if token.endswith("*") else re.split(r"(?<=\w)-(?=\w)", token)
        steps = self.element(frozenset([first]))
        for other in others:
            steps += self.element(frozenset([f"-{other}"]))
        return steps

    def element(self, names: Element) -> Steps:
        """The step of one element."""
        return (self.grammar.element(names),)


def _is_element(steps: Steps) -> bool:
    return len(steps) == 1 and isinstance(steps[0], int) and steps[0] >= 0


def _group(options: list[Steps], kind: str) -> Steps:
    """The steps of a group; of one word that may be missing there is a shorter step."""
    if len(options) == 1 and kind == "|":
        return options[0]
    if len(options) == 1 and _is_element(options[0]):
        return (~options[0][0],)
    return (("*", 0, 1),) if options == [(("*", 1, 1),)] else ((kind, *options),)


def _has_word(step: Step) -> bool:
    """Say whether a *step* takes a word that is named."""
    if isinstance(step, int):
        return step >= 0
    return step[0] == "|" and all(any(map(_has_word, option)) for option in step[1:])


def _joined(steps: Steps, others: Steps) -> Steps:
    """Some *steps* and *others* behind them; any words and more of them are one step."""
    last, first = steps[-1:], others[:1]
    if last and isinstance(last[0], tuple) and isinstance(first[0], tuple) and last[0][0] == first[0][0] == "*":
        return (*steps[:-1], ("*", last[0][1] + first[0][1], last[0][2] + first[0][2]), *others[1:])
    return steps + others


def lines(text: str) -> Iterator[str]:
    """The phrases of a block, one a line, without blank lines and comments; after a `|` one goes on in the next line, if that is indented."""
    phrase = ""
    for line in text.splitlines():
        written = line.partition("#")[0].strip() if not line.lstrip().startswith("<") else line.strip()
        if phrase.endswith("|") and line[:1].isspace():
            phrase += written
        else:
            if phrase:
                yield phrase
            phrase = written
    if phrase:
        yield phrase


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
