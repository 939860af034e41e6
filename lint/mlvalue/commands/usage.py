"""The words of a command line to options; what can't be understood is told with what was most likely meant."""

import argparse
import difflib
import os
from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

from mlvalue.paths import UsageError


class Parser(argparse.ArgumentParser):
    """Reads as argparse does, without abbreviations, which a new option would make ambiguous."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 (those of argparse)
        """Take what argparse takes."""
        super().__init__(**{"allow_abbrev": False, **settings})
        self.words: Sequence[str] = ()

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> tuple[Any, list[str]]:  # noqa: ANN401
        """What is written to options.

        Raises:
            UsageError: if there is a word that is no option and has no place.
        """
        self.words = [str(word) for word in args or ()]
        options, unknown = super().parse_known_args(args, namespace)
        if unknown:
            raise UsageError(self._unknown(unknown[0]))
        return options, []

    def error(self, message: str) -> NoReturn:
        """Tell what is wrong.

        Raises:
            UsageError: always.
        """
        files = [word for word in self.words if word.startswith("-") and os.path.lexists(word)]
        if files:
            raise UsageError(_dashed(files[0]))
        missing = "; a value that begins with `-` is written `--option=-value`" if "expected one argument" in message else ""
        raise UsageError(f"{message}{missing}; {self._help()}")

    def _check_value(self, action: argparse.Action, value: Any) -> None:  # noqa: ANN401 (whatever a choice can be)
        if action.choices is None or value in action.choices:
            return
        names = [str(choice) for choice in action.choices]
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 (argparse has no other name for it)
            raise UsageError(f"there is no command `{value}`; {_meant(str(value), names)}")
        called = action.option_strings[0] if action.option_strings else action.metavar or action.dest
        raise UsageError(f"`{value}` is no {called}; {_meant(str(value), names)}")

    def _unknown(self, word: str) -> str:
        if not word.startswith("-"):
            return f"`{word}` has no place here; a value with blanks needs quotes; {self._help()}"
        if os.path.lexists(word):
            return _dashed(word)
        name, _, value = word.partition("=")
        near = _near(name, self._option_string_actions)
        if near:
            return f"there is no option `{name}`; did you mean `{near}{'=' if value else ''}{value}`?"
        return f"there is no option `{name}`; {self._help()}"

    def _help(self) -> str:
        return f"`{self.prog} --help` lists all"


def _dashed(file: str) -> str:
    return f"`{file}` is read as an option, because it begins with `-`; to name the file write `-- {file}`, after all options"


def _meant(word: str, names: Sequence[str]) -> str:
    near = _near(word, names)
    return f"did you mean `{near}`?" if near else f"there are {', '.join(names)}"


def _near(word: str, names: Iterable[str]) -> str:
    return next(iter(difflib.get_close_matches(word, list(names), 1, 0.6)), "")
