"""A command line tried in a folder of small files, and what can be seen of it: exit status, output, files."""

import dataclasses
import json
import os
import pathlib
import re
import resource
import shlex
import signal
import subprocess
import sys
import tempfile
import urllib.parse
import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping
from typing import Any

import jsonschema

ROOT = pathlib.Path(__file__).parent.parent
SCHEMAS = ROOT / "tests" / "data" / "formats" / "schemas"
PEERS = ROOT / ".venv" / "peers"
PEERS_PY = ROOT / ".venv" / "peers-py"
PATIENCE = 120
ROUNDS = 3
SHOWN = 110
CASE = re.compile(r"^## (?P<name>.*?)\n\n```text\n(?P<text>.*?)^```\n\n```diagnostics\n(?P<line>\d+):(?P<column>\d+)-", re.MULTILINE | re.DOTALL)


@dataclasses.dataclass(frozen=True, slots=True)
class Done:
    """What a command line left behind: exit *status*, *out*, *err*, and the files of *folder*."""

    status: int
    out: str
    err: str
    folder: pathlib.Path

    @property
    def told(self) -> str:
        """All that was said, without colours."""
        return re.sub("\x1b\\[[0-9;]*[A-Za-z]", "", self.out + self.err)

    def brief(self) -> str:
        """The exit status and the first line that was said."""
        lines = [line.strip() for line in self.told.replace(str(self.folder), ".").replace(str(ROOT), "$ROOT").splitlines() if line.strip()]
        first = lines[0] if lines else ""
        return f"exit status {self.status}" + (f", {first[:SHOWN]}{'...' if len(first) > SHOWN else ''}" if first else ", silent")


Holds = Callable[[Done], bool | str]
"""Whether the question is answered by yes; or the answer itself, where it is a number."""


@dataclasses.dataclass(frozen=True, slots=True)
class Trial:
    """A shell *line*, and what *holds* of it if the answer is *answer*; with *files* beside those that its tool always gets.

    It is interrupted after some *interrupt* seconds where that isn't 0. *measured* is a line that is timed after *line* was run.
    """

    line: str
    holds: Holds
    answer: str = "yes"
    files: Mapping[str, str] = dataclasses.field(default_factory=dict)
    interrupt: float = 0
    measured: str = ""


Seen = dict[tuple[str, float, tuple[tuple[str, str], ...]], Done]
"""What lines that were run already left behind, by line, interrupt and files."""


def run(trial: Trial, files: Mapping[str, str], work: pathlib.Path, seen: Seen) -> tuple[str, Done]:
    """The answer, "" if *trial* doesn't hold, and what it left, in a new folder of *work* with *files*; a line that was *seen* isn't run again."""
    files = {**files, **trial.files}
    key = trial.line, trial.interrupt, tuple(sorted(files.items()))
    done = seen.get(key)
    if not done or trial.measured:
        folder = pathlib.Path(tempfile.mkdtemp(dir=work)) / "repo"
        for path, content in files.items():
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content.encode())
        surroundings = _surroundings(folder, work / "bin")
        done = seen[key] = _shell(trial, folder, surroundings)
        if trial.measured:
            return f"{_ratio(trial.measured, folder, surroundings):.1f} x", done
    try:
        held = trial.holds(done)
    except (ValueError, KeyError, IndexError, TypeError, OSError, ET.ParseError):
        held = False  # what should be read isn't there, or isn't what it should be
    return (held if isinstance(held, str) else trial.answer if held else ""), done


def _surroundings(folder: pathlib.Path, bin_folder: pathlib.Path) -> dict[str, str]:
    """No network, no settings of a user, no build server, whoever runs this; $TOOLS holds the tools alone, without git."""
    kept = {name: os.environ[name] for name in ("MLVALUE_CACHE_DIR", "XDG_CACHE_HOME") if name in os.environ}
    git = {f"GIT_{who}_{what}": "a@example.com" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    nowhere = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9")
    places = {"ROOT": str(ROOT), "TOOLS": str(bin_folder), "PEERS": str(PEERS / "node_modules"), "HOME": str(folder.parent)}
    return (
        kept
        | git
        | nowhere
        | places
        | {"PATH": f"{bin_folder}:{os.environ['PATH']}", "LANG": "C.UTF-8", "TERM": "xterm-256color", "GIT_CONFIG_GLOBAL": os.devnull}
    )


def _shell(trial: Trial, folder: pathlib.Path, surroundings: Mapping[str, str]) -> Done:
    command = ["/bin/bash", "-c", trial.line]
    process = subprocess.Popen(
        command, cwd=folder, env=surroundings, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    if trial.interrupt:
        try:
            process.wait(trial.interrupt)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGINT)
    try:
        out, err = process.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        out, err = process.communicate()
    return Done(process.returncode, out.decode("utf-8", "replace"), err.decode("utf-8", "replace"), folder)


def _ratio(line: str, folder: pathlib.Path, surroundings: Mapping[str, str]) -> float:
    """How many times the processor time of a Python that does nothing *line* takes; both in turn, the least of some rounds.

    Not the time on the clock, which others that use the machine make longer.
    """
    taken: dict[str, list[float]] = {line: [], f"{shlex.quote(sys.executable)} -c pass": []}
    for _ in range(ROUNDS):
        for each, seconds in taken.items():
            begin = _spent()
            subprocess.run(["/bin/bash", "-c", f"{each} > /dev/null 2>&1"], cwd=folder, env=surroundings, check=False)
            seconds.append(_spent() - begin)
    ours, empty = (min(seconds) for seconds in taken.values())
    return ours / empty


def _spent() -> float:
    """Seconds of processor time of all that was run and has ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


# What can hold.


def told(*patterns: str) -> Holds:
    """All *patterns* are found in what was said."""
    return lambda done: all(re.search(pattern, done.told, re.IGNORECASE | re.MULTILINE) for pattern in patterns)


def status(*allowed: int) -> Holds:
    """The exit status is one of *allowed*."""
    return lambda done: done.status in allowed


def both(*conditions: Holds) -> Holds:
    """All *conditions* hold."""
    return lambda done: all(condition(done) for condition in conditions)


def out(text: str) -> Holds:
    """Standard output is *text*, but for white space at its ends."""
    return lambda done: done.out.strip() == text


def has_json(check: Callable[[Any], object] = bool) -> Holds:
    """Standard output is JSON of which *check* is true."""
    return lambda done: bool(check(json.loads(done.out)))


def json_lines(done: Done) -> bool:
    """Each line of standard output is an object, and there is one."""
    return all(isinstance(json.loads(line), dict) for line in done.out.splitlines()) and bool(done.out)


def valid(schema: str) -> Holds:
    """Standard output is valid by a published schema."""
    validator = _validator(schema)
    return has_json(validator.is_valid)


def _validator(schema: str) -> jsonschema.protocols.Validator:
    contract = json.loads((SCHEMAS / schema).read_text(encoding="utf-8"))
    kind = jsonschema.validators.validator_for(contract)
    return kind(contract, format_checker=kind.FORMAT_CHECKER)


def code_quality(done: Done) -> bool:
    """Standard output is a list of what GitLab's parser takes."""
    validator = _validator("gitlab-codeclimate.json")
    entries = json.loads(done.out)
    return bool(entries) and all(validator.is_valid(entry) for entry in entries)


def junit(done: Done) -> bool:
    """Standard output is test results with a failure in it."""
    root = ET.fromstring(done.out)  # noqa: S314 (what a tool wrote that we ran)
    return root.tag.startswith("testsuite") and any(True for _ in root.iter("failure"))


def sarif_results(text: str) -> list[dict[str, Any]]:
    """The results in a SARIF log."""
    found: list[dict[str, Any]] = json.loads(text)["runs"][0]["results"]
    return found


def relative_uris(done: Done) -> bool:
    """Each place in the SARIF log is relative to a root."""
    places = [each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for each in sarif_results(done.out)]
    return bool(places) and not any(urllib.parse.urlparse(uri).scheme or uri.startswith("/") for uri in places)


def same_fingerprints(done: Done) -> bool:
    """before.sarif and after.sarif know a finding by the same fingerprint, at another line."""
    logs = [sarif_results((done.folder / name).read_text(encoding="utf-8"))[0] for name in ("before.sarif", "after.sarif")]
    lines = [each["locations"][0]["physicalLocation"]["region"]["startLine"] for each in logs]
    return lines[0] != lines[1] and logs[0]["partialFingerprints"] == logs[1]["partialFingerprints"] != {}


def suppressed_in_sarif(done: Done) -> bool:
    """What was suppressed is in the log, and says so."""
    return any(each.get("suppressions") for each in sarif_results(done.out))


def colours(done: Done) -> bool:
    """Something is coloured."""
    return "\x1b[" in done.out + done.err


def silent_errors(done: Done) -> bool:
    """Nothing was said on standard error."""
    return not done.err.strip()


def stopped(done: Done) -> bool:
    """Ended by the interrupt, without a traceback."""
    return done.status != 0 and "Traceback" not in done.err


def once(text: str) -> Holds:
    """*text* is said exactly once."""
    return lambda done: done.told.count(text) == 1


def capability(name: str) -> Holds:
    """A language server answered that it can do *name*."""

    def holds(done: Done) -> bool:
        replies = re.split(r"Content-Length: \d+\r\n(?:[^\r\n]+\r\n)*\r\n", done.out)
        return any(json.loads(reply)["result"]["capabilities"].get(name) for reply in replies if '"capabilities"' in reply)

    return holds


# The front matters that are broken in twelve ways.


def _cases() -> dict[str, re.Match[str]]:
    page = (ROOT / "tests" / "cases" / "broken_front_matter.md").read_text(encoding="utf-8")
    return {f"{number:02}-{re.sub('[^a-z]+', '-', match['name'].lower()).strip('-')}": match for number, match in enumerate(CASE.finditer(page), 1)}


CASES = _cases()
VALID = (ROOT / "tests" / "sample.md").read_text(encoding="utf-8")
TEXTS = {"00-none": VALID, **{name: match["text"] for name, match in CASES.items()}}
"""The twelve, and one without a mistake."""
BROKEN = {f"broken/{name}.md": text for name, text in TEXTS.items()}
FRONTS = {f"front/{name}.yaml": "\n" + text.split("\n---\n")[0].removeprefix("---\n") + "\n" for name, text in TEXTS.items()}
"""The YAML alone, its lines where they were."""


def _about(file: str, told_of: str) -> str:
    """What was said about a file: from each line that names it to the next that names another."""
    found, is_on = [], False
    for line in told_of.splitlines():
        named = re.search(r"(?:broken|front)/\d\d-[a-z-]+", line)
        is_on = named[0] == file if named else is_on
        found += [line] * is_on
    return "\n".join(found)


def placed(folder: str, done: Done) -> int:
    """For how many files of *folder* the mistake was told with its line and column."""
    right = 0
    for name, match in CASES.items():
        place = rf":{match['line']}:{match['column']}\b|line {match['line']}, column {match['column']}\b"
        right += bool(re.search(place, _about(f"{folder}/{name}", done.told)))
    return right


def single(folder: str, done: Done) -> int:
    """For how many files of *folder* exactly one thing was said that isn't said of a document without a mistake, too."""
    always = _gist(f"{folder}/00-none", done.told)
    return sum(len(re.findall(rf"{folder}/{name}\b", done.told)) == 1 and _gist(f"{folder}/{name}", done.told) != always for name in CASES)


def _gist(file: str, told_of: str) -> str:
    """What is said first about a file, without its name and places."""
    said = re.sub(r"\S*\d\S*", "", _about(file, told_of)).split("\n")
    return "\n".join(line.strip() for line in said[:2])
