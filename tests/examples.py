"""Examples in Markdown: fenced documents, each followed by the diagnostics that it gets."""

import dataclasses
import datetime
import pathlib
import re

from mlvalue.review import Review, review
from mlvalue.settings import Settings

HERE = pathlib.Path(__file__).parent
SAMPLE = (HERE / "sample.md").read_text(encoding="utf-8")
SETTINGS = Settings(root=HERE, as_of=datetime.date(2026, 11, 30))
EXAMPLE = re.compile(
    r"^(?P<fence>`{3,})(?P<kind>yaml|markdown|text)\n(?P<source>.*?)^(?P=fence)\n(?:\n```diagnostics\n(?P<expected>.*?)^```\n)?", re.MULTILINE | re.DOTALL
)


@dataclasses.dataclass(frozen=True)
class Example:
    kind: str
    source: str
    expected: str

    def document(self) -> str:
        """The whole document: the sample with other fields or another body, or the text itself."""
        if self.kind == "text":
            return self.source
        head, _, body = SAMPLE.removeprefix("---\n").partition("\n---\n")
        if self.kind == "markdown":
            return f"---\n{head}\n---\n\n{self.source}"
        return f"---\n{merged(head, self.source)}\n---\n{body}"

    def review(self) -> Review:
        return review(self.document().encode(), HERE / "sample.md", SETTINGS)


def read(page: str) -> list[Example]:
    return [Example(match["kind"], match["source"], match["expected"] or "") for match in EXAMPLE.finditer(page)]


def updated(page: str, *, places: bool) -> str:
    """The *page* with the diagnostics that its examples really get."""

    def replace(match: re.Match[str]) -> str:
        example = Example(match["kind"], match["source"], "")
        found = diagnostics(example.review(), places=places)
        block = f"{match['fence']}{match['kind']}\n{match['source']}{match['fence']}\n"
        return block + (f"\n```diagnostics\n{found}```\n" if found else "")

    return EXAMPLE.sub(replace, page)


def diagnostics(found: Review, *, places: bool) -> str:
    lines = []
    for each in found.diagnostics:
        place = f"{each.line}:{each.column}-{each.end_line}:{each.end_column} {each.severity}[{each.rule}]" if places else f"{each.rule}:"
        lines.append(f"{place} {each.message}\n")
        if places and each.help:
            lines.append("    " + each.help.replace("\n", "\n    ") + "\n")
    return "".join(lines)


def merged(base: str, changes: str) -> str:
    """The YAML of *base* with the fields of *changes* in place of its own, line by line so that both stay as written."""
    fields = _blocks(base, 0)
    for name, block in _blocks(changes, 0).items():
        inner = _blocks("\n".join(block.split("\n")[1:]), 2)
        if name in fields and inner and not any(line.strip().startswith("- ") for line in block.split("\n")):
            head, *rest = fields[name].split("\n")
            first = block.split("\n")[0]
            children = _blocks("\n".join(rest), 2) | inner
            fields[name] = "\n".join([first if first.rstrip() != f"{name}:" else head, *children.values()])
        else:
            fields[name] = block
    return "\n".join(fields.values())


def _blocks(text: str, indent: int) -> dict[str, str]:
    """Lines at *indent* with what is below them, by the name before the colon."""
    found: dict[str, str] = {}
    name = ""
    for line in text.rstrip("\n").split("\n"):
        match = re.match(rf" {{{indent}}}([^\s:#-][^:]*):", line)
        if match:
            name = match[1]
            found[name] = line
        elif name:
            found[name] += "\n" + line
    return found
