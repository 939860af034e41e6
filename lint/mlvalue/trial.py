"""A wording rule's data file tried on the examples in it."""

import dataclasses
import pathlib

from mlvalue import document
from mlvalue.claims import detector
from mlvalue.lexicon import FOLDER, LexiconError, head
from mlvalue.rules.wording import check
from mlvalue.settings import Words
from mlvalue.wording import claims


@dataclasses.dataclass(frozen=True, slots=True)
class Result:
    """An example of a data file: whether the rule should flag it (*wanted*), and whether it did as wanted."""

    text: str
    wanted: bool
    passed: bool


def run(file: pathlib.Path, own: Words) -> list[Result]:
    """Try the rule of *file* on its `must_flag` and `must_pass`.

    Raises:
        LexiconError: if the file can't be used, or has no examples.
    """
    check(file, "wording-rule")
    rule = head(file)
    if not rule.must_flag or not rule.must_pass:
        raise LexiconError(f"{file}: write examples that the rule must flag and must pass: must_flag = [...], must_pass = [...]")
    added = own if file.resolve().parent == FOLDER or file in own.rules else dataclasses.replace(own, rules=(*own.rules, file))
    known = detector(added)

    def flags(text: str) -> bool:
        return any(claim.rule == rule.name for claim in claims(document.read(text.encode()), known))

    wanted = [(text, True) for text in rule.must_flag] + [(text, False) for text in rule.must_pass]
    return [Result(text, want, flags(text) is want) for text, want in wanted]
