"""The page that compares linters says of mlvalue and ruff what their command lines do now."""

import pathlib

import pytest

from benchmarks.compare import NAMES, NOT_RUN, Answer, answers, page, told
from benchmarks.features import FEATURES, FILES

KEPT = pathlib.Path(__file__).parent.parent / "benchmarks" / "compared.md"
HERE = ("mlvalue", "ruff")


@pytest.fixture(name="kept", scope="module")
def kept_answers() -> dict[tuple[str, str], dict[str, str]]:
    return told(KEPT.read_text(encoding="utf-8"))


def test_each_question_is_answered_for_each_tool(kept: dict[tuple[str, str], dict[str, str]]) -> None:
    assert list(kept) == [(feature.group, feature.question) for feature in FEATURES]
    assert len(kept) == len({feature.question for feature in FEATURES})
    assert all(set(found) == set(NAMES) and all(found.values()) for found in kept.values())


def test_something_is_tried_of_each_tool_for_each_question() -> None:
    assert all(set(feature.tried) == set(FILES) and all(feature.tried.values()) for feature in FEATURES)


def test_the_answers_of_mlvalue_and_ruff_are_what_their_command_lines_do(kept: dict[tuple[str, str], dict[str, str]]) -> None:
    now = {(feature.group, feature.question): {name: found[name].text for name in HERE} for feature, found in answers(HERE, timed=False).items()}
    assert len(now) > 50
    assert {key: {name: kept[key][name] for name in HERE} for key in now} == now


def test_a_tool_that_is_not_here_is_told_as_not_run() -> None:
    found = {FEATURES[0]: dict.fromkeys(NAMES, Answer(NOT_RUN))}
    assert set(told("".join(page(found)))[FEATURES[0].group, FEATURES[0].question].values()) == {NOT_RUN}
