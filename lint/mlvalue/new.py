"""A new design document: the template's front matter with the answers that there are, and headings with a question each."""

import dataclasses
import pathlib
import re
import unicodedata
from collections.abc import Mapping

from mlvalue import definitions, document, schema, stages, template
from mlvalue.paths import UsageError
from mlvalue.scalars import resolve, yaml_1_1_kind
from mlvalue.settings import Settings
from mlvalue.words import listed, shown

SECTIONS = (
    ("Problem", "What goes wrong today, for whom, how often, and how do you know?"),
    ("Value", "Which figure should change, from what to what, and how does that turn into money? What is that estimate based on?"),
    ("Design", "What does a person see or do differently on the day it is in use? What is the simplest version of it?"),
    ("Adoption", "Who has to change how they work, why would they want to, and how will you see whether they do?"),
    ("Alternatives", "What happens if you do nothing? What could be done without a model, and why isn't that enough?"),
    ("Risks", "What could go wrong, for whom, how would you notice, and what would make you stop?"),
)
OUTCOME = ("Outcome", "What came of it, why did it end, and what should others know before they try again?")
LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "oe", "å": "aa", "ł": "l", "đ": "d", "ð": "d", "þ": "th"})
LONGEST_SLUG = 60
BARE = re.compile(r"\w(?:[\w .,()/%+'\u2019=-]|:(?=\S))*")
INDICATORS = re.compile(r"[:,]")
FIXED = ("stage", "approach", "title")
"""Fields that have an option of their own; the heading is the title."""
ASKED = tuple(field for field in stages.DEMANDS["idea"] if field not in FIXED)
"""What a person is asked for at a terminal: all that an idea needs."""


@dataclasses.dataclass(frozen=True)
class Draft:
    """What is known of a new document. *values* are what was answered, by dotted path, as a person writes it."""

    title: str
    stage: str = "idea"
    approach: str = "ml"
    values: Mapping[str, str] = dataclasses.field(default_factory=dict)


def write(draft: Draft) -> str:
    """The text of the document.

    Raises:
        UsageError: if a value isn't one that its field can have.
    """
    title = draft.title.strip()
    for written in (title, *draft.values.values()):
        _refuse_unprintable(written)
    if not title:
        raise UsageError('a document needs a title: mlvalue new "Order proposals"')
    values = {path: _yaml(path, value.strip()) for path, value in draft.values.items() if value.strip()}
    sections = (*SECTIONS, OUTCOME) if draft.stage in {"retired", "dropped"} else SECTIONS
    body = "\n".join(f"## {heading}\n\n<!-- {question} -->\n" for heading, question in sections)
    for path, value in values.items():
        _check(path, draft.values[path], template.explained(draft.stage, draft.approach, {path: value}))
    text = f"{template.explained(draft.stage, draft.approach, values)}\n# {title}\n\n{body}"
    if not document.read(text.encode()).heading:
        raise UsageError(f"the title {shown(title)} has no words that a heading would show; write it in words")
    return text


def slug(title: str) -> str:
    """A file name for a title: `Größere Bestellungen` is `groessere-bestellungen`; empty if no letter can be written in ASCII."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", title).lower().translate(LETTERS))
    words = re.findall(r"[a-z0-9]+", re.sub(r"['\u2019]|[^\x00-\x7f]", "", plain))
    name = "-".join(words)
    return name if len(name) <= LONGEST_SLUG else name[: LONGEST_SLUG + 1].rpartition("-")[0] or name[:LONGEST_SLUG]


def place(title: str, conf: Settings) -> pathlib.Path:
    """Where the settings would have a document of that title: the first pattern of `documents`, with the slug for its `*`.

    Raises:
        UsageError: if that can't be said.
    """
    name = slug(title)
    if not name:
        raise UsageError(f"no file name can be made of the title {shown(title)}; say where with --path docs/designs/name.md")
    pattern = conf.documents[0].removeprefix("./").replace("**/", "")
    path = conf.root / pattern.replace("**", "*").replace("*", name, 1)
    if "*" not in pattern or "*" in path.name + str(path.parent) or "?" in pattern or not conf.is_document(path):
        raise UsageError(f"the settings' first pattern, {conf.documents[0]}, doesn't say where a new document goes; say it with --path")
    return path


def answers(pairs: list[str]) -> dict[str, str]:
    """`customer.who=48 planners` by field.

    Raises:
        UsageError: if it isn't of that form, or there is no such field.
    """
    known = [path for path in definitions.fields() if "[]" not in path and path not in FIXED]
    found = {}
    for pair in pairs:
        path, equals, value = pair.partition("=")
        path = path.strip()
        if not equals:
            raise UsageError(f"--set {pair} has no value; write it like --set customer.who='48 planners'")
        if path in FIXED:
            raise UsageError(f"--set {path} isn't needed: " + ("the title is given as such" if path == "title" else f"there is --{path}"))
        if path not in known:
            near = schema.nearest(path, tuple(known), schema.NEAR)
            raise UsageError(f"there is no field `{path}`; " + (f"did you mean `{near}`?" if near else "the page on front matter lists all"))
        if "properties" in definitions.definition(path) and not value.strip().startswith("{"):
            inside = listed([f"`{path}.{name}`" for name in definitions.definition(path)["properties"]])
            raise UsageError(f"`{path}` is a set of fields; set {inside} one by one")
        found[path] = value
    _refuse_overlaps(found)
    return found


def _refuse_overlaps(found: Mapping[str, str]) -> None:
    for path in found:
        for other in found:
            if other.startswith(f"{path}."):
                raise UsageError(f"`{path}` and `{other}` are both set; set the whole or its fields")


def _yaml(path: str, written: str) -> str:
    """A value as YAML: text in quotes where it must be, a list or range as it is written."""
    definition = definitions.definition(path)
    kind = definition.get("$defs") or definition.get("type")
    in_braces = path.count(".") > 1 or (path.count(".") == 1 and path.partition(".")[0] == "approved")
    if kind == "texts":
        return written if written.startswith("[") else f"[{scalar(written, in_braces=True)}]"
    is_text = kind in ("text", "string") or (kind == "text_or_number" and isinstance(resolve(written), str))
    if is_text and "enum" not in definition:
        return scalar(written, in_braces=in_braces)
    return written


def scalar(written: str, *, in_braces: bool) -> str:
    """Text as YAML: bare where every reader takes it for that text, else in double quotes."""
    bare = BARE.fullmatch(written) and not (in_braces and INDICATORS.search(written))
    if bare and yaml_1_1_kind(written) == "text" and isinstance(resolve(written), str):
        return written
    return '"' + written.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _refuse_unprintable(written: str) -> None:
    bad = next((character for character in written if unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}), "")
    if bad:
        raise UsageError(f"{written.encode(errors='backslashreplace').decode()!r} holds a character that can't be shown (U+{ord(bad):04X}); leave it out")


def _check(path: str, value: str, text: str) -> None:
    """Refuse a value of another kind than its field's, or one that breaks the document."""
    found = document.read(text.encode())
    wrong = schema.violations(found, schema.filled(found)) if found.root else []
    places = [violation.field for violation in wrong if violation.kind != "missing"]
    if found.faults or path not in found.nodes or any(field == path or field.startswith((f"{path}.", f"{path}[")) for field in places):
        definition = definitions.definition(path)
        like = listed(definition["enum"], "or") if "enum" in definition else template.example(next(iter(definition.get("examples", ())), ""))
        raise UsageError(f"`{path}` can't be {shown(value)}" + (f"; write {'' if 'enum' in definition else 'it like '}{like}" if like else ""))
