"""An entry added to a list in JSON with comments, as text: comments, commas and order stay."""

import itertools
import json
import re
from typing import Any

TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|//[^\r\n]*|/\*.*?\*/|[\[\]{}:,]|[^\s\[\]{}:,"/]+|/', re.DOTALL)


class UnreadableError(ValueError):
    """No JSON with comments; *offset* is where."""

    def __init__(self, offset: int) -> None:
        """Keep the place."""
        super().__init__(f"offset {offset}")
        self.offset = offset


def plain(text: str) -> Any:  # noqa: ANN401 (whatever the file holds)
    """What JSON with comments says; commas before a closing bracket are allowed.

    Raises:
        UnreadableError: if it can't be read.
    """
    blank = list(text)
    tokens = _tokens(text)
    for match, after in itertools.zip_longest(tokens, tokens[1:]):
        if match.group() == "," and after and after.group() in {"]", "}"}:
            blank[match.start()] = " "
    for match in TOKEN.finditer(text):
        if match.group().startswith("/"):
            blank[match.start() : match.end()] = re.sub(r"[^\r\n]", " ", match.group())
    try:
        return json.loads("".join(blank))
    except json.JSONDecodeError as error:
        raise UnreadableError(error.pos) from error


def with_item(text: str, name: str, item: Any) -> str:  # noqa: ANN401 (JSON)
    """*text* with *item* at the end of the list *name* of the object that it holds, or of the list that it is if *name* is empty.

    Raises:
        UnreadableError: if the text can't be read, or has no such list.
    """
    before = plain(text)
    held = before.get(name) if name and isinstance(before, dict) else before
    place = _closing(text, name)
    if not isinstance(held, list) or place is None:
        raise UnreadableError(0)
    tokens = [match for match in _tokens(text) if match.end() <= place]
    last = tokens[-1]
    newline = "\r\n" if "\r\n" in text else "\n"
    step = _step(text)
    depth = step * (2 if name else 1)
    written = newline + depth + json.dumps(item, indent=step, ensure_ascii=False).replace("\n", newline + depth)
    comma = "" if last.group() in {",", "["} else ","
    own_line = not text[text.rfind("\n", 0, place) + 1 : place].strip()
    stop = len(text[:place].rstrip()) if own_line else place
    tail = text[stop:] if own_line else newline + depth.removesuffix(step) + text[place:]
    grown = text[: last.end()] + comma + text[last.end() : stop].rstrip(" \t") + written + tail
    wanted = {**before, name: [*held, item]} if name else [*held, item]
    if plain(grown) != wanted:
        raise UnreadableError(place)
    return grown


def _tokens(text: str) -> list[re.Match[str]]:
    """All but comments."""
    return [match for match in TOKEN.finditer(text) if not match.group().startswith(("//", "/*"))]


def _closing(text: str, name: str) -> int | None:
    """Where the list *name* ends: the offset of its closing bracket."""
    depth, opened, wanted = 0, -1, 1 if name else 0
    tokens = _tokens(text)
    for number, match in enumerate(tokens):
        sign = match.group()
        if sign == "[" and depth == wanted and opened < 0 and (not name or _is_key(tokens, number, name)):
            opened = depth
        depth += (sign in {"[", "{"}) - (sign in {"]", "}"})
        if sign == "]" and depth == opened:
            return match.start()
    return None


def _is_key(tokens: list[re.Match[str]], number: int, name: str) -> bool:
    return number > 1 and tokens[number - 1].group() == ":" and tokens[number - 2].group() == json.dumps(name)


def _step(text: str) -> str:
    """One step of indentation, as the text has it."""
    found = re.search(r"\n([ ]+|\t+)\S", text)
    return found.group(1) if found else "  "
