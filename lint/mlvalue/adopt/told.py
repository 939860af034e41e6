"""What is told of a file that can't be read or extended: where, why, and what to do by hand."""

import contextlib
import pathlib
from collections.abc import Iterator

import yaml

from mlvalue.adopt.yaml_text import StuckError
from mlvalue.diagnostic import Span
from mlvalue.paths import UsageError
from mlvalue.text import Text
from mlvalue.yaml_errors import in_own_words


@contextlib.contextmanager
def editing_yaml(path: pathlib.Path, part: str, advice: str) -> Iterator[None]:
    """Tell in which file of which *part* of the set-up something is wrong, and what to do by hand.

    Raises:
        UsageError: instead of a parser's error.
    """
    try:
        yield
    except yaml.YAMLError as error:
        raise UsageError(f"{broken_yaml(path, error)}\nNothing was written. Mend it first, or leave it out with `--skip {part}`.") from error
    except StuckError as stuck:
        raise UsageError(
            f"{path}:{stuck.line}: this is written in a way that can't be extended beyond doubt. Nothing was written; {advice}\n"
            f"Then run this again, or leave it out with `--skip {part}`."
        ) from stuck


def broken_yaml(path: pathlib.Path, error: yaml.YAMLError) -> str:
    """Where YAML can't be read, and why."""
    text = Text(path.read_text(encoding="utf-8-sig"))
    fault = in_own_words(error, text, Span(0, len(text.string)))
    line, column = text.position(fault.span.start)
    return f"{path}:{line}:{column}: {fault.message}; {fault.help}"
