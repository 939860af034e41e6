"""What tests share: the repository, and hypothesis without deadlines, because machines are noisy."""

import os
import pathlib
import signal
from collections.abc import Iterator

import pytest
from browsers import CHROMIUM, FLAGS
from hypothesis import settings
from once import Once
from playwright.sync_api import Browser, sync_playwright
from sites import Site

settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")

if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:  # so it is in the background of a script, and tests press Ctrl-C
    signal.signal(signal.SIGINT, signal.default_int_handler)

ROOT = pathlib.Path(__file__).parent.parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What a browser looks at isn't counted as covered; `no_cover` is for all tests that run for long what others count: the tracer takes as long again."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("no_cover")


@pytest.fixture(name="root", scope="session")
def repository() -> pathlib.Path:
    return ROOT


@pytest.fixture(name="sample", scope="session")
def sample_document() -> str:
    return (ROOT / "tests" / "sample.md").read_text(encoding="utf-8")


@pytest.fixture(name="once", scope="session")
def folders_of_the_run(tmp_path_factory: pytest.TempPathFactory) -> Once:
    own = tmp_path_factory.getbasetemp()
    return Once(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own)


@pytest.fixture(autouse=True)
def _no_run_of_github_actions(monkeypatch: pytest.MonkeyPatch) -> None:
    """What people read is followed by annotations there, which is a test of its own."""
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)


@pytest.fixture(name="site")
def empty_site(tmp_path: pathlib.Path, caplog: pytest.LogCaptureFixture) -> Site:
    return Site(tmp_path, caplog)


@pytest.fixture(name="browser", scope="session")
def chromium() -> Iterator[Browser]:
    assert CHROMIUM, "CI installs Chromium in .ci/run"
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
