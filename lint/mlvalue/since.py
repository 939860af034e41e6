"""What is new since a revision: documents that changed, and of their findings those that the revision didn't have."""

import collections
import dataclasses
import hashlib
import os
import pathlib
import re
import urllib.parse
from collections.abc import Iterator, Mapping, Sequence

from mlvalue import git
from mlvalue.definitions import generic
from mlvalue.diagnostic import Diagnostic, Severity
from mlvalue.paths import UsageError, source
from mlvalue.places import STDIN
from mlvalue.review import Review, review
from mlvalue.rule import Rule
from mlvalue.settings import Settings
from mlvalue.text import LINE_END
from mlvalue.walk import MARKDOWN

ALIKE = 0.5
"""Share of the bytes in equal lines from which on a new document is an old one under another name, as for git."""


@dataclasses.dataclass(frozen=True)
class Since:
    """What documents were: earlier content, and where it stood, by the path of today; only of those that changed. *tree* is all that was there."""

    earlier: Mapping[pathlib.Path, tuple[pathlib.Path, bytes] | None]
    tree: git.Tree

    @property
    def paths(self) -> list[pathlib.Path]:
        """The documents that changed, in the order given."""
        return list(self.earlier)

    def narrowed(self, found: Review, settings: Settings, rules: Sequence[Rule]) -> Review:
        """A review with only the findings that its document didn't have; the others are *older*."""
        before = self.earlier.get(found.path)
        if before is None:
            return found
        path, content = before
        was = review(content, path, settings, rules)
        was = dataclasses.replace(was, diagnostics=tuple(diagnostic for diagnostic in was.diagnostics if not self._led_to_a_file(diagnostic, was)))
        new = set(_new(found, was))
        return dataclasses.replace(
            found,
            diagnostics=tuple(diagnostic for index, diagnostic in enumerate(found.diagnostics) if index in new),
            older=tuple(diagnostic for index, diagnostic in enumerate(found.diagnostics) if index not in new),
        )

    def _led_to_a_file(self, diagnostic: Diagnostic, was: Review) -> bool:
        """Say whether evidence that is gone today was there at the revision."""
        link = was.document.value(diagnostic.field) if diagnostic.rule == "broken-link" else None
        if not isinstance(link, str):
            return False
        target = was.path.parent / urllib.parse.unquote(re.split("[#?]", link, maxsplit=1)[0])
        return "\0" not in link and _name(target, self.tree.top) in self.tree.ids


def since(revision: str, paths: Sequence[pathlib.Path], settings: Settings) -> Since:
    """Which of the documents at *paths* changed since *revision*: edited, added, renamed, staged or not, untracked or not.

    Raises:
        UsageError: if git can't tell.
    """
    if STDIN in paths:
        raise UsageError("--since compares files, and standard input is none")
    tree = git.tree(settings.root, revision)
    now = {path: _content(path) for path in paths}
    names = {path: _name(path, tree.top) for path in now}
    changed = [path for path in now if not _is_same(now[path], tree.ids.get(names[path], ""))]
    olds = {path: names[path] for path in changed if names[path] in tree.ids}
    olds |= _renamed({path: now[path] for path in changed if path not in olds}, tree)
    contents = git.contents(tree.top, sorted({tree.ids[name] for name in olds.values()}))
    earlier: dict[pathlib.Path, tuple[pathlib.Path, bytes] | None] = {}
    for path in changed:
        content = contents[tree.ids[olds[path]]] if path in olds else None
        if content is None:
            earlier[path] = None
        elif _lines(content) != _lines(now[path]) or olds[path] != names[path]:
            earlier[path] = (path if olds[path] == names[path] else tree.top / olds[path], content)
    return Since(earlier, tree)


def _content(path: pathlib.Path) -> bytes:
    """The bytes of a file; of one that can't be read none, which whoever reviews it will tell."""
    try:
        return source(path)
    except UsageError:
        return b""


def _name(path: pathlib.Path, top: pathlib.Path) -> str:
    """The path of a file as git has it, through symbolic links; of one outside a path that git has no file of."""
    return pathlib.PurePath(os.path.relpath(os.path.realpath(path), top.resolve())).as_posix()


def _is_same(content: bytes, name: str) -> bool:
    """Say whether *content* has the *name* that git gives it."""
    made = hashlib.sha1(usedforsecurity=False) if len(name) == hashlib.sha1(usedforsecurity=False).digest_size * 2 else hashlib.sha256()
    made.update(b"blob %d\0" % len(content) + content)
    return made.hexdigest() == name


def _renamed(added: Mapping[pathlib.Path, bytes], tree: git.Tree) -> dict[pathlib.Path, str]:
    """Which of the *added* documents are files that are gone: those that are equal, then by most lines in common."""
    gone = [name for name in sorted(tree.ids) if name.endswith(MARKDOWN) and not os.path.lexists(tree.top / name)] if added else []
    contents = git.contents(tree.top, sorted({tree.ids[name] for name in gone}))
    lines = {name: _lines(contents[tree.ids[name]]) for name in gone}
    found: dict[pathlib.Path, str] = {}
    equal = {tuple(written): name for name, written in lines.items()}
    for path, content in added.items():
        name = equal.pop(tuple(_lines(content)), "")
        if name:
            found[path] = name
            del lines[name]
    alike = [(-share, str(path), name, path) for path, content in added.items() if path not in found for name, share in _alike(_lines(content), lines)]
    for _, _, name, path in sorted(alike):
        if path not in found and name in lines:
            found[path] = name
            del lines[name]
    return found


def _alike(lines: Sequence[bytes], others: Mapping[str, Sequence[bytes]]) -> Iterator[tuple[str, float]]:
    """The names of texts that share enough of their *lines*, and how much, in bytes: blank lines are nothing in common."""
    counted, size = collections.Counter(lines), sum(map(len, lines))
    for name, other in others.items():
        smaller, larger = sorted((size, sum(map(len, other))))
        if smaller >= ALIKE * larger > 0:
            share = sum(len(line) * times for line, times in (counted & collections.Counter(other)).items()) / larger
            if share >= ALIKE:
                yield name, share


def _lines(content: bytes) -> list[bytes]:
    """Lines without their ends, which git may have changed."""
    return [line.encode(errors="surrogateescape") for line in LINE_END.split(content.decode(errors="surrogateescape"))]


Known = tuple[str, str, str]
"""What a finding is known by though lines moved and the words beside it changed: its rule, its field, and the words that it marks."""


def _new(found: Review, was: Review) -> Iterator[int]:
    """Which findings there weren't: those in the same line are matched first, and never an error with what was a warning."""
    before = list(_known(was))
    left = collections.Counter((name, diagnostic.severity) for (name, _), diagnostic in zip(before, was.diagnostics, strict=True))
    lines = collections.Counter(before)
    now = list(enumerate(zip(_known(found), found.diagnostics, strict=True)))
    unmoved = {index for index, (known, _) in now if lines[known] > 0 and not lines.subtract([known])}
    for index, ((name, _), diagnostic) in sorted(now, key=lambda each: each[0] not in unmoved):
        taken = next(((name, severity) for severity in (diagnostic.severity, Severity.ERROR) if left[(name, severity)] > 0), None)
        if taken is None:
            yield index
        else:
            left[taken] -= 1


def _known(review: Review) -> Iterator[tuple[Known, str]]:
    """What each finding is known by, and its line. A field that isn't there marks what asks for it, which says nothing."""
    text = review.document.text
    for diagnostic in review.diagnostics:
        first, last = text.line_span(diagnostic.line), text.line_span(diagnostic.end_line)
        is_absent = bool(diagnostic.field) and diagnostic.field not in review.document.nodes
        marked = "" if is_absent else text.string[first.start + diagnostic.column - 1 : last.start + diagnostic.end_column - 1]
        known = (diagnostic.rule, generic(diagnostic.field), " ".join(marked.casefold().split()))
        yield known, text.string[slice(*first)].strip()
