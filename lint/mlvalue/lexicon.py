"""The data files of the wording rules: classes of words, excuses, and each rule's triggers, made ready for a search."""

import dataclasses
import pathlib
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from mlvalue.phrases import Grammar, PhraseError, Steps, inflected, lines
from mlvalue.settings import Words
from mlvalue.values import SettingsError

FOLDER = pathlib.Path(__file__).parent / "rules" / "wording"
SHARED = ("words", "excuses", "sections")
"""Data files beside the rules that are no rules."""
LETTERS = "ABDEFGHIJKLMNOPQRSTUVWXYZabdefghijklmnoprstuvwxyz"
"""One for each class; `c` and `q` are taken by capitals and quotes."""


@dataclasses.dataclass(frozen=True)
class Excuse:
    """Words that make a sentence honest. *scope* says where they must stand: before, after, near or over the trigger, or in the sentence."""

    name: str
    scope: str
    reach: int
    phrases: tuple[Steps, ...]


@dataclasses.dataclass(frozen=True)
class Trigger:
    """Phrases of one rule that weigh the same. *severity* is error, warning, or value: error in sections on value, else warning.

    *target* holds letters of classes, one of which must be in the sentence; without it the severity is *unbound*, "" for silence.
    *kind* says which figure of the front matter a number in the phrase is to be compared with, "" for none.
    """

    rule: str
    severity: str
    target: str
    unbound: str
    excuses: frozenset[str]
    phrases: tuple[Steps, ...]
    kind: str = ""


@dataclasses.dataclass(frozen=True)
class Wording:
    """What one rule's data file says of it."""

    name: str
    summary: str
    severity: str
    message: str
    modest: str
    must_flag: tuple[str, ...] = ()
    must_pass: tuple[str, ...] = ()


class LexiconError(SettingsError):
    """A data file that can't be used; its message names the place."""


@dataclasses.dataclass(frozen=True, eq=False)
class Lexicon:
    """All that the detector knows.

    *headings* are words of headings with their profile, the longest first; *common* are words of the language, the
    commonest first.
    """

    excuses: tuple[Excuse, ...]
    triggers: tuple[Trigger, ...]
    headings: tuple[tuple[str, str], ...]
    common: tuple[str, ...]
    classes: "Classes"
    grammar: Grammar


class Classes:
    """Classes of words with a letter each; a word may belong to several, by itself or by its ending."""

    def __init__(self, letters: Mapping[str, str], known: dict[str, str], endings: Iterable[tuple[tuple[str, ...], str, Collection[str]]]) -> None:
        """Take the letter of each class, the letters of each *known* word, and those of *endings*, with exceptions."""
        self.letters = letters
        self.known = known
        self.endings = list(endings)
        self.tagged: dict[str, str] = {}

    @classmethod
    def of(cls, sources: Iterable[Mapping[str, Mapping[str, str]]]) -> "Classes":
        """Take the classes of several *sources*: what a later one says of a class is added to it."""
        tables = [(name, table) for source in sources for name, table in source.items()]
        found = cls({name: LETTERS[number] for number, name in enumerate(dict.fromkeys(name for name, _ in tables))}, {}, ())
        for name, table in tables:
            letter = found.letters[name]
            for written in table.get("words", "").split():
                for word in inflected(written[:-1]) if written.endswith("~") else (written,):
                    found.known[word] = found.known.get(word, "") + letter
            if "endings" in table:
                found.endings.append((tuple(table["endings"].split()), letter, frozenset(table.get("not", "").split())))
        return found

    def is_jargon(self, word: str) -> bool:
        """Say whether a lower-case *word* is jargon of software."""
        return self.letters["code"] in self.tag(word)

    def tag(self, word: str) -> str:
        """The letters of *word*'s classes."""
        tags = self.tagged.get(word)
        if tags is None:
            tags = self.known.get(word, "")
            for endings, letter, others in self.endings:
                if letter not in tags and word.endswith(endings) and word not in others and len(word) > 4:  # noqa: PLR2004 (shorter words have no such ending)
                    tags += letter
            self.tagged[word] = tags
        return tags


def names() -> tuple[str, ...]:
    """The wording rules that come with mlvalue, by name."""
    return tuple(sorted(path.stem.replace("_", "-") for path in FOLDER.glob("*.toml") if path.stem not in SHARED))


def head(file: pathlib.Path) -> Wording:
    """What a rule's data *file* says of it, without its phrases.

    Raises:
        LexiconError: if the file can't be read or lacks something.
    """
    table = table_of(file)
    try:
        texts = [table[name] for name in ("summary", "message", "modest")]
    except KeyError as error:
        raise LexiconError(f"{file}: `{error.args[0]}` is missing") from None
    examples = [tuple(table.get(name, ())) for name in ("must_flag", "must_pass")]
    return Wording(file.stem.replace("_", "-"), texts[0], table.get("severity", "warning"), texts[1], texts[2], *examples)


def lexicon(own: Words = Words()) -> Lexicon:  # noqa: B008 (frozen)
    """Read the data files and what an organisation adds to them.

    Raises:
        LexiconError: if a file can't be read or a phrase in it can't be understood.
    """
    words, excused = (table_of(FOLDER / f"{name}.toml") for name in ("words", "excuses"))
    added = [(file, table_of(file)) for file in own.files]
    classes = Classes.of([words["classes"], *(table.get("classes", {}) for _, table in added)])
    grammar = Grammar(classes.letters, words["macros"])
    excuses = [Excuse(table["name"], table["scope"], table.get("reach", 99), tuple(_phrases(grammar, FOLDER, table["phrases"]))) for table in excused["excuse"]]
    honest = [
        (own.source, "\n".join((*own.allowed, *own.technical))),
        *((file, "\n".join((*table.get("allowed", ()), *table.get("technical", ())))) for file, table in added),
    ]
    excuses.append(Excuse("technical", "over", 0, tuple(phrase for file, block in honest for phrase in _phrases(grammar, file, block))))
    known = frozenset(excuse.name for excuse in excuses) | {"question", "quoted", "name"}
    files = [*(FOLDER / f"{name.replace('-', '_')}.toml" for name in names()), *own.rules]
    triggers = [trigger for file in files for trigger in _triggers(file, grammar, known)]
    banned = [(own.source, "\n".join(own.forbidden)), *((file, "\n".join(table.get("forbidden", ()))) for file, table in added)]
    phrases = tuple(phrase for file, block in banned for phrase in _phrases(grammar, file, block))
    triggers.append(Trigger("forbidden-word", "error", "", "", frozenset({"quoted"}), phrases))
    titles = [table_of(FOLDER / "sections.toml"), dict(own.sections), *(table.get("sections", {}) for _, table in added)]
    named = {title.lower(): profile for table in titles for profile, headings in table.items() for title in headings}
    headings = tuple(sorted(named.items(), key=lambda pair: (-len(pair[0]), pair)))
    return Lexicon(tuple(excuses), tuple(triggers), headings, tuple(words["frequency"]["words"].split()), classes, grammar)


def table_of(file: pathlib.Path) -> dict[str, Any]:
    """A data file as a table.

    Raises:
        LexiconError: if it can't be read or isn't TOML.
    """
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise LexiconError(f"{file}: can't be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LexiconError(f"{file}: {error}") from error


def _phrases(grammar: Grammar, file: pathlib.Path | None, block: str) -> Iterator[Steps]:
    try:
        for written in lines(block):
            yield from grammar.phrases(written)
    except PhraseError as error:
        raise LexiconError(f"{file}: {error}") from error


def _triggers(file: pathlib.Path, grammar: Grammar, known: frozenset[str]) -> Iterator[Trigger]:
    for table in table_of(file).get("trigger", ()):
        excused = set(table.get("not_excused_by", "").split())
        if excused - known:
            raise LexiconError(f"{file}: there is no excuse `{min(excused - known)}`; there are {', '.join(sorted(known))}")
        target = "".join(grammar.letters_of(name, file.name) for name in table.get("target", "").split())
        phrases = tuple(_phrases(grammar, file, table["phrases"]))
        yield Trigger(file.stem.replace("_", "-"), table["severity"], target, table.get("unbound", ""), known - excused, phrases, table.get("kind", ""))
