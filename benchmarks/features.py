"""What linters are compared by: questions in plain words, and for each tool the command lines that answer them."""

import dataclasses
import json
from collections.abc import Callable, Mapping

from benchmarks import trials
from benchmarks.trials import BROKEN, FRONTS, Done, Trial, both, has_json, out, status, told, valid

Trials = tuple[Trial, ...]

HEAD = "---\nstage: idea\nowner: Ana\ncustomer: {who: 12 agents, pains: [slow]}\nvalue: {metric: calls, how_it_pays: fewer calls}\n---\n\n# Calls\n\n"
SCHEMA = json.dumps({"type": "object", "properties": {"stage": {"enum": ["idea", "live"]}}})
ESLINT = 'export default [{rules: {"no-var": "error", "no-debugger": "error"}}];\n'
FILES: dict[str, dict[str, str]] = {
    "mlvalue": {"docs/designs/a.md": HEAD + "We guarantee fewer calls.\n", "docs/designs/clean.md": HEAD + "A page.\n"},
    "ruff": {"a.py": "import os\n", "clean.py": "print(1)\n"},
    "eslint": {"eslint.config.mjs": ESLINT, "a.js": "var count = 1;\nconsole.log(count);\n", "clean.js": "console.log(1);\n"},
    "check-jsonschema": {"schema.json": SCHEMA, "a.yaml": "stage: ideal\n", "clean.yaml": "stage: idea\n"},
}
"""What a tool's folder holds at first: a file with one finding, and a clean one."""

CHECK = "check-jsonschema --schemafile schema.json"
LINTED = (("docs/designs/a.md", ".md", "mlvalue lint"), ("a.py", ".py", "ruff check"), ("a.js", ".js", "eslint"), ("a.yaml", ".yaml", CHECK))
"""A file with one finding for each tool, and what checks it."""
LINKED = "ln -s $PEERS node_modules; "
"""With the packages for eslint that others publish."""
HELP = {"mlvalue": "mlvalue lint --help", "ruff": "ruff check --help", "eslint": "eslint --help", "check-jsonschema": "check-jsonschema --help"}
COMMIT = "git init -q; git add .; git commit -qm before; "


def _rpc(method: str, number: int, parameters: object = None) -> str:
    message: dict[str, object] = {"jsonrpc": "2.0", "method": method} | ({"id": number} if number else {})
    body = json.dumps(message | ({} if parameters is None else {"params": parameters}))
    return f"Content-Length: {len(body)}\r\n\r\n{body}"


ABLE = {"textDocument": {"codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}}}, "hover": {}, "completion": {}}}
SESSION = {
    "editor.rpc": _rpc("initialize", 1, {"processId": None, "rootUri": None, "capabilities": ABLE})
    + _rpc("initialized", 0, {})
    + _rpc("shutdown", 2)
    + _rpc("exit", 0)
}
"""An editor that asks what a language server can do, and leaves."""


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class Feature:
    """A *question*, and what is tried of each tool, in this order; the first trial that holds is the answer, and if none does it is no."""

    group: str
    question: str
    tried: Mapping[str, Trials]

    @property
    def is_timed(self) -> bool:
        """Whether its answers are times, which no two runs share."""
        return any(trial.measured for tried in self.tried.values() for trial in tried)


def _feature(group: str, question: str, mlvalue: Trials, ruff: Trials, eslint: Trials, schema: Trials) -> Feature:
    return Feature(group, question, {"mlvalue": mlvalue, "ruff": ruff, "eslint": eslint, "check-jsonschema": schema})


def _one(line: str, holds: trials.Holds, answer: str = "yes", files: Mapping[str, str] | None = None) -> Trials:
    return (Trial(line, holds, answer, files or {}),)


def _lacks(tool: str, word: str) -> Trials:
    """Where there is nothing to try: does the help know a word for it?"""
    return _one(f"{HELP[tool]} | grep -iE -e '{word}'", status(0), "its help names it")


def _form(question: str, form: tuple[str, str, str, str], holds: trials.Holds) -> Feature:
    """Whether there is a format, under the names that the four would have for it; for eslint as a package of others, too."""
    ours, ruffs, eslints, schemas = form
    return _feature(
        "Formats",
        question,
        _one(f"mlvalue lint --output-format {ours}", holds),
        _one(f"ruff check --output-format {ruffs}", holds),
        _one(f"eslint -f {eslints.split('/')[-1].removeprefix('formatter-')} .", holds) + _one(f"{LINKED}eslint -f {eslints} .", holds, "not by itself"),
        _one(f"{CHECK} -o {schemas} a.yaml", holds),
    )


SARIF_ESLINT = f"{LINKED}eslint -f @microsoft/eslint-formatter-sarif ."


def _sarif(question: str, holds: trials.Holds) -> Feature:
    return _form(question, ("sarif", "sarif", "@microsoft/sarif", "sarif"), holds)


def _moved(lint: str, file: str, first: str) -> str:
    """A finding, then lines above it, then the finding again; *first* is the line that it stands in."""
    return f"{lint} > before.sarif; sed -i 's|^{first}|\\n\\n&|' {file}; {lint} > after.sarif"


FORMATS = (
    _feature(
        "Formats",
        "Shows the line with a mark below the words it means",
        _one("mlvalue lint", told(r"^ *\| +\^+")),
        _one("ruff check", told(r"^ *\| +\^+")),
        _one("eslint .", told(r"^ *\| +\^+")) + _one(f"{LINKED}eslint -f codeframe .", told(r"^ *\| +\^+"), "not by itself"),
        _one(f"{CHECK} a.yaml", told(r"^ *\| +\^+")),
    ),
    _form("One line for each finding, with file, line and column", ("concise", "concise", "unix", "text"), told(r"a\.[a-z]+:\d+:\d+: ")),
    _form("JSON", ("json", "json", "json", "json"), has_json()),
    _form("JSON, an object a line", ("json-lines", "json-lines", "json-lines", "json-lines"), trials.json_lines),
    _form("Annotations for GitHub", ("github", "github", "github-annotations", "github"), told(r"^::error .*file=.*line=\d+")),
    _feature(
        "Formats",
        "Annotates by itself in GitHub Actions",
        _one("GITHUB_ACTIONS=true mlvalue lint", told("^::error ")),
        _one("GITHUB_ACTIONS=true ruff check", told("^::error ")),
        _one("GITHUB_ACTIONS=true eslint .", told("^::error ")),
        _one(f"GITHUB_ACTIONS=true {CHECK} a.yaml", told("^::error ")),
    ),
    _feature(
        "Formats",
        "Code Quality for GitLab, valid by the schema of its parser",
        _one("mlvalue lint --output-format gitlab", trials.code_quality),
        _one("ruff check --output-format gitlab", trials.code_quality),
        _one("eslint -f gitlab .", trials.code_quality)
        + _one(f"{LINKED}ESLINT_CODE_QUALITY_REPORT=all.json eslint -f gitlab . > /dev/null; cat all.json", trials.code_quality, "not by itself"),
        _one(f"{CHECK} -o gitlab a.yaml", trials.code_quality),
    ),
    _sarif("SARIF", lambda done: bool(trials.sarif_results(done.out))),
    _sarif("SARIF that is valid by the OASIS schema", valid("sarif-2.1.0.json")),
    _sarif("SARIF with paths relative to the repository", trials.relative_uris),
    _feature(
        "Formats",
        "SARIF knows a finding again when lines were inserted above it",
        _one(_moved("mlvalue lint --output-format sarif", "docs/designs/a.md", "We"), trials.same_fingerprints),
        _one(_moved("ruff check --output-format sarif", "a.py", "import"), trials.same_fingerprints),
        _one(LINKED + _moved("eslint -f @microsoft/eslint-formatter-sarif .", "a.js", "var"), trials.same_fingerprints, "not by itself"),
        _one(_moved(f"{CHECK} -o sarif a.yaml", "a.yaml", "stage"), trials.same_fingerprints),
    ),
    _feature(
        "Formats",
        "SARIF holds what a comment allows, as suppressed",
        _one(
            "sed -i 's|^We|<!-- mlvalue: allow guarantee: the words of the contract -->\\n&|' docs/designs/a.md; mlvalue lint --output-format sarif",
            trials.suppressed_in_sarif,
        ),
        _one("sed -i 's|$|  # noqa: F401|' a.py; ruff check --output-format sarif", trials.suppressed_in_sarif),
        _one(
            f"{LINKED}sed -i '1i // eslint-disable-next-line no-var' a.js; eslint -f @microsoft/eslint-formatter-sarif .",
            trials.suppressed_in_sarif,
            "not by itself",
        ),
        _one(f"{CHECK} -o sarif a.yaml", trials.suppressed_in_sarif),
    ),
    _form("JUnit", ("junit", "junit", "junit", "junit"), trials.junit),
    _form("reviewdog, valid by its schema", ("rdjson", "rdjson", "rdjson", "rdjson"), valid("reviewdog-rdf.json")),
    _feature(
        "Formats",
        "Writes to a file",
        _one("mlvalue lint --output-format json --output-file all.json; cat all.json", told(r"[{\[]", "guarantee")),
        _one("ruff check --output-format json --output-file all.json; cat all.json", told(r"[{\[]", "F401")),
        _one("eslint -f json --output-file all.json .; cat all.json", told(r"[{\[]", "no-var")),
        _lacks("check-jsonschema", "--output-file"),
    ),
    _feature(
        "Formats",
        "Counts findings by rule",
        _one("mlvalue lint --statistics", told(r"^ *1\s.*guarantee")),
        _one("ruff check --statistics", told(r"^ *1\s.*(F401|unused-import)")),
        _one("eslint --stats .", told(r"^ *1\s.*no-var")),
        _lacks("check-jsonschema", "statistics"),
    ),
)

SETTINGS = (
    _feature(
        "Settings",
        "Shows the settings in force",
        _one("mlvalue settings", told("^documents", "^discount_rate")),
        _one("ruff check --show-settings a.py", told(r"linter\.line_length|line_length")),
        _one("eslint --print-config a.js", told("no-var")),
        _lacks("check-jsonschema", "show-|print-|in force"),
    ),
    _feature(
        "Settings",
        "... and from which file",
        _one("echo 'horizon_years = 4' > mlvalue.toml; mlvalue settings", told(r"horizon_years = 4 .*mlvalue\.toml", "# default")),
        _one("echo 'line-length = 99' > ruff.toml; ruff check --show-settings a.py", told(r"99 .*ruff\.toml|ruff\.toml.*\n.*99|Settings path: .*ruff\.toml")),
        _one("eslint --print-config a.js", told(r"eslint\.config\.mjs")),
        _lacks("check-jsonschema", "show-|print-|in force"),
    ),
    _feature(
        "Settings",
        "Refuses a misspelt setting",
        _one("echo 'selct = [\"money\"]' > mlvalue.toml; mlvalue lint docs/designs/clean.md", both(told("selct"), lambda done: done.status != 0)),
        _one("echo 'selct = [\"F\"]' > ruff.toml; ruff check clean.py", both(told("selct"), lambda done: done.status != 0)),
        _one("echo 'export default [{ruls: {}}];' > eslint.config.mjs; eslint clean.js", both(told("ruls"), lambda done: done.status != 0)),
        _one("check-jsonschema --schemfile schema.json clean.yaml", both(told("schemfile"), lambda done: done.status != 0)),
    ),
    _feature(
        "Settings",
        "... and says what was meant",
        _one("echo 'selct = [\"money\"]' > mlvalue.toml; mlvalue lint", told("did you mean|similar")),
        _one("echo 'selct = [\"F\"]' > ruff.toml; ruff check", told("did you mean|similar")),
        _one("echo 'export default [{ruls: {}}];' > eslint.config.mjs; eslint .", told("did you mean|similar")),
        _one("check-jsonschema --schemfile schema.json a.yaml", told("did you mean|similar")),
    ),
    _feature(
        "Settings",
        "Says what was meant by a misspelt option",
        _one("mlvalue lint --selct money", told("did you mean|similar|--select")),
        _one("ruff check --selct F", told("did you mean|similar|--select")),
        _one("eslint --quite .", told("did you mean|similar|--quiet")),
        _one("check-jsonschema --schemfile schema.json a.yaml", told("did you mean|similar|--schemafile")),
    ),
    _feature(
        "Settings",
        "... and by a misspelt rule",
        _one("mlvalue lint --select guarante", told("did you mean|similar")),
        _one("ruff check --select F4011", told("did you mean|similar")),
        _one("eslint --rule 'no-vra: 2' .", told("did you mean|similar")),
        _lacks("check-jsonschema", "rule"),
    ),
    _feature(
        "Settings",
        "Wrong settings exit with 2",
        _one("echo 'select = 7' > mlvalue.toml; mlvalue lint", status(2)),
        _one("echo 'select = 7' > ruff.toml; ruff check", status(2)),
        _one("echo 'export default [{rules: 7}];' > eslint.config.mjs; eslint .", status(2)),
        _one("check-jsonschema --schemafile no.json a.yaml", status(2)),
    ),
    _feature(
        "Settings",
        "A severity for each rule",
        _one("echo 'severity = {guarantee = \"warning\"}' > mlvalue.toml; mlvalue lint", both(status(0), told("guarantee"))),
        _lacks("ruff", "severity"),
        _one("""sed -i 's/"no-var": "error"/"no-var": "warn"/' eslint.config.mjs; eslint .""", both(status(0), told("no-var"))),
        _lacks("check-jsonschema", "severity"),
    ),
    _feature(
        "Settings",
        "Other rules for some files",
        _one(
            'cp docs/designs/a.md docs/designs/b.md; printf \'[[overrides]]\\npaths = ["**/a.md"]\\nignore = ["guarantee"]\\n\' > mlvalue.toml; mlvalue lint',
            lambda done: "b.md" in done.told and "a.md" not in done.told,
        ),
        _one(
            'cp a.py b.py; printf \'[lint.per-file-ignores]\\n"a.py" = ["F401"]\\n\' > ruff.toml; ruff check',
            lambda done: "b.py" in done.told and "a.py" not in done.told,
        ),
        _one(
            'cp a.js b.js; sed -i \'s/];/, {files: ["a.js"], rules: {"no-var": "off"}}];/\' eslint.config.mjs; eslint .',
            lambda done: "b.js" in done.told and "a.js" not in done.told,
        ),
        _lacks("check-jsonschema", "per-file|overrides"),
    ),
    _feature(
        "Settings",
        "Explains a rule without the network",
        _one("mlvalue explain guarantee", both(status(0), told("guarantee", r"(.*\n){6}"))),
        _one("ruff rule F401", both(status(0), told("unused", r"(.*\n){6}"))),
        _lacks("eslint", "explain"),
        _lacks("check-jsonschema", "explain"),
    ),
)

ALLOW = "<!-- mlvalue: allow guarantee: the words of the contract -->"
OLD = (
    _feature(
        "An old repository",
        "Suppresses a finding in place",
        _one(f"sed -i 's|^We|{ALLOW}\\n&|' docs/designs/a.md; mlvalue lint", status(0)),
        _one("sed -i 's|$|  # noqa: F401|' a.py; ruff check", status(0)),
        _one("sed -i '1i // eslint-disable-next-line no-var' a.js; eslint .", status(0)),
        _lacks("check-jsonschema", "comment|suppress|ignore"),
    ),
    _feature(
        "An old repository",
        "Demands a reason for it",
        _one("sed -i 's|^We|<!-- mlvalue: allow guarantee -->\\n&|' docs/designs/a.md; mlvalue lint", both(status(1), told("reason"))),
        _one("sed -i 's|$|  # noqa: F401|' a.py; ruff check --preview --select ALL", told("noqa.*reason|reason.*noqa|suppress.*reason")),
        _one("sed -i '1i // eslint-disable-next-line no-var' a.js; eslint .", status(1))
        + _one(
            f"{LINKED}sed -i '1i // eslint-disable-next-line no-var' a.js; "
            'echo \'import plugin from "@eslint-community/eslint-plugin-eslint-comments"; '
            'export default [{plugins: {c: plugin}, rules: {"no-var": 2, "c/require-description": 2}}];\' > eslint.config.mjs; eslint .',
            both(status(1), told("require-description")),
            "not by itself",
        ),
        _lacks("check-jsonschema", "reason"),
    ),
    _feature(
        "An old repository",
        "Tells suppressions that nothing needs",
        _one(f"echo '{ALLOW}' >> docs/designs/clean.md; mlvalue lint docs/designs/clean.md", told("unused-allow")),
        _one("sed -i 's|$|  # noqa: F401|' clean.py; ruff check --extend-select RUF100 clean.py", told("unused")),
        _one("sed -i '1i // eslint-disable-next-line no-var' clean.js; eslint clean.js", told("unused")),
        _lacks("check-jsonschema", "unused"),
    ),
    _feature(
        "An old repository",
        "Writes the suppressing comments, with a reason",
        _one("mlvalue lint --add-allow 'the words of the contract'; cat docs/designs/a.md; mlvalue lint", both(status(0), told("allow guarantee: the words"))),
        _one("ruff check --add-noqa='the words'; cat a.py; ruff check", both(status(0), told("noqa: F401 the words"))),
        _one("eslint --suppress-all .; grep eslint-disable a.js", status(0)),
        _lacks("check-jsonschema", "suppress"),
    ),
    _feature(
        "An old repository",
        "Records what is there, so that only new findings fail",
        _one(
            "mlvalue lint --write-baseline; mlvalue lint && sed 's/guarantee/ensure/' docs/designs/a.md > docs/designs/b.md; mlvalue lint",
            both(status(1), told("b.md")),
        ),
        _lacks("ruff", "baseline"),
        _one("eslint --suppress-all .; eslint . && cp a.js b.js; eslint .", both(status(1), told("b.js"))),
        _lacks("check-jsonschema", "baseline"),
    ),
    _feature(
        "An old repository",
        "... and that record never grows",
        _one(
            "mlvalue lint --write-baseline; mlvalue lint && cp docs/designs/a.md docs/designs/b.md; mlvalue lint --write-baseline; mlvalue lint",
            both(status(1), told("b.md")),
        ),
        _lacks("ruff", "baseline"),
        _one("eslint --suppress-all .; eslint . && cp a.js b.js; eslint --suppress-all .; eslint .", both(status(1), told("b.js"))),
        _lacks("check-jsonschema", "baseline"),
    ),
    _feature(
        "An old repository",
        "... tells what is mended, and forgets it on demand",
        _one(
            "mlvalue lint --write-baseline; sed -i /guarantee/d docs/designs/a.md; mlvalue lint; mlvalue lint --prune-baseline; cat mlvalue-baseline.toml",
            lambda done: "guarantee 1 recorded, none found" in done.told and "a.md" not in done.out,
        ),
        _lacks("ruff", "baseline"),
        _one(
            "eslint --suppress-all .; sed -i s/var/const/ a.js; eslint .; eslint --prune-suppressions .; cat eslint-suppressions.json",
            lambda done: "suppressions left" in done.told and "a.js" not in done.out.rpartition("{")[2],
        ),
        _lacks("check-jsonschema", "baseline"),
    ),
    _feature(
        "An old repository",
        "Shows only what came since a git revision",
        _one(
            f"{COMMIT}echo 'It will certainly pay.' >> docs/designs/a.md; mlvalue lint --since HEAD",
            lambda done: done.status == 1 and "certain" in done.told and "guarantee fewer" not in done.told,
        ),
        _lacks("ruff", "since|revision"),
        _lacks("eslint", "since|revision"),
        _lacks("check-jsonschema", "since|revision"),
    ),
)

SLIP = "sed -i s/^owner/ownr/ docs/designs/clean.md; "
FIXES = (
    _feature(
        "Fixes",
        "Writes what has one right answer",
        _one(f"{SLIP}mlvalue lint --fix docs/designs/clean.md; cat docs/designs/clean.md", both(status(0), told("^owner: Ana"))),
        _one("ruff check --fix a.py; wc -c < a.py", told("fixed", r"^0$")),
        _one("eslint --fix a.js; cat a.js", told("^(let|const) count")),
        _lacks("check-jsonschema", "--fix"),
    ),
    _feature(
        "Fixes",
        "Shows that as a diff, and writes nothing",
        _one(f"{SLIP}mlvalue lint --diff; cat docs/designs/clean.md", told(r"^-ownr: Ana", r"^\+owner: Ana", r"^ownr: Ana")),
        _one("ruff check --diff; cat a.py", told("^-import os", "^import os")),
        _one("eslint --fix-dry-run .", told(r"^-var count", r"^\+(let|const) count")),
        _lacks("check-jsonschema", "diff"),
    ),
    _feature(
        "Fixes",
        "A second run changes nothing",
        _one(
            f"{SLIP}mlvalue lint --fix > /dev/null; cp docs/designs/clean.md once; mlvalue lint --fix > /dev/null; "
            "cmp once docs/designs/clean.md && grep -q ^owner once",
            status(0),
        ),
        _one("ruff check --fix a.py; cp a.py once; ruff check --fix a.py; cmp once a.py", status(0)),
        _one("eslint --fix a.js; cp a.js once; eslint --fix a.js; cmp once a.js && ! grep -q var once", status(0)),
        _lacks("check-jsonschema", "--fix"),
    ),
    _feature(
        "Fixes",
        "Keeps line ends and a missing last line end",
        _one(
            f"{SLIP}sed -i 's/$/\\r/' docs/designs/clean.md; truncate -s -2 docs/designs/clean.md; sed s/^ownr/owner/ docs/designs/clean.md > wanted; "
            "mlvalue lint --fix > /dev/null; cmp wanted docs/designs/clean.md",
            status(0),
        ),
        _one("printf 'import os\\r\\nx = 1\\r\\nprint(x)' > a.py; printf 'x = 1\\r\\nprint(x)' > wanted; ruff check -q --fix a.py; cmp wanted a.py", status(0)),
        _one("printf 'var x = 1;\\r\\nconsole.log(x);' > a.js; sed s/var/let/ a.js > wanted; eslint --fix a.js; cmp wanted a.js", status(0)),
        _lacks("check-jsonschema", "--fix"),
    ),
    _feature(
        "Fixes",
        "Fixes standard input to standard output",
        _one(f"{SLIP}mlvalue lint - --fix < docs/designs/clean.md 2> /dev/null", told("^owner: Ana")),
        _one("printf 'import os\\nprint(1)\\n' | ruff check --fix - 2> /dev/null", out("print(1)")),
        _one("eslint --stdin --fix < a.js", told("^(let|const) count"))
        + _one("eslint --stdin --fix-dry-run -f json < a.js", told(r'"output":"(let|const) count'), "inside of JSON"),
        _lacks("check-jsonschema", "--fix"),
    ),
)


def _copies(content: str, ending: str, number: int) -> dict[str, str]:
    return {f"n/{each:04}.{ending}": content for each in range(number)}


LINE = (
    _feature(
        "The command line",
        "Reads standard input under a name",
        _one("mlvalue lint - --stdin-filename docs/designs/b.md < docs/designs/a.md", told("docs/designs/b.md:")),
        _one("ruff check --stdin-filename lib/b.py - < a.py", told("lib/b.py")),
        _one("eslint --stdin --stdin-filename lib/b.js < a.js", told("lib/b.js")),
        _one(f"{CHECK} --default-filetype yaml - < a.yaml", told("ideal"), "without a name"),
    ),
    _feature(
        "The command line",
        "0 if all is well, 1 with findings, 2 for a wrong call",
        _one("for x in docs/designs/clean.md docs/designs/a.md --no-such; do mlvalue lint $x > /dev/null 2>&1; echo -n $?; done", out("012")),
        _one("for x in clean.py a.py --no-such; do ruff check $x > /dev/null 2>&1; echo -n $?; done", out("012")),
        _one("for x in clean.js a.js --no-such; do eslint $x > /dev/null 2>&1; echo -n $?; done", out("012")),
        _one(f"for x in clean.yaml a.yaml --no-such; do {CHECK} $x > /dev/null 2>&1; echo -n $?; done", out("012")),
    ),
    _feature(
        "The command line",
        "Colours a pipe with FORCE_COLOR",
        _one("FORCE_COLOR=1 mlvalue lint", trials.colours),
        _one("FORCE_COLOR=1 ruff check", trials.colours),
        _one("FORCE_COLOR=1 eslint .", trials.colours),
        _one(f"FORCE_COLOR=1 {CHECK} a.yaml", trials.colours),
    ),
    _feature(
        "The command line",
        "No colour on a terminal with NO_COLOR",
        *(
            _one(f"script -qec '{line}' /dev/null | grep -q $'\\e' && ! NO_COLOR=1 script -qec '{line}' /dev/null | grep -q $'\\e\\[[0-9;]*m'", status(0))
            for line in ("mlvalue lint", "ruff check", "eslint .", f"{CHECK} a.yaml")
        ),
    ),
    _feature(
        "The command line",
        "Says nothing when its pipe is closed",
        _one("mlvalue lint n | true", trials.silent_errors, files=_copies(f"{HEAD}We guarantee fewer calls.\n", "md", 400)),
        _one("ruff check | true", trials.silent_errors, files=_copies("import os\n", "py", 400)),
        _one("eslint . | true", trials.silent_errors, files=_copies("var x = 1;\n", "js", 1500)),
        _one(f"{CHECK} n/*.yaml | true", trials.silent_errors, files=_copies("stage: ideal\n", "yaml", 1500)),
    ),
    _feature(
        "The command line",
        "Stops at Ctrl-C without a traceback",
        *(
            (Trial(f"exec {line} < <(sleep 60)", trials.stopped, interrupt=2),)
            for line in ("mlvalue lint -", "ruff check -", "eslint --stdin", f"{CHECK} --default-filetype yaml -")
        ),
    ),
    _feature(
        "The command line",
        "Tells a missing file, and checks the others",
        _one("mlvalue lint missing.md docs/designs/a.md", told(r"missing\.md", "guarantee fewer")),
        _one("ruff check missing.py a.py", told(r"missing\.py", "F401")),
        _one("eslint missing.js a.js", told(r"missing\.js", "no-var")),
        _one(f"{CHECK} missing.yaml a.yaml", told(r"missing\.yaml", "ideal")),
    ),
    _feature(
        "The command line",
        "Tells a file that isn't UTF-8, and checks the others",
        _one(r"printf '\xff\xfe\xe4' > docs/designs/b.md; mlvalue lint", told(r"b\.md", "guarantee fewer")),
        _one(r"printf '\xff\xfe\xe4' > b.py; ruff check", told(r"b\.py", "F401")),
        _one(r"printf '\xff\xfe\xe4' > b.js; eslint .", told(r"b\.js", "no-var")),
        _one(rf"printf '\xff\xfe\xe4' > b.yaml; {CHECK} b.yaml a.yaml", told(r"b\.yaml", "ideal")),
    ),
    _feature(
        "The command line",
        "Takes a folder for the files in it",
        _one("mlvalue lint docs", told("guarantee fewer")),
        _one("mkdir lib; mv a.py lib; ruff check lib", told("F401")),
        _one("mkdir lib; mv a.js lib; eslint lib", told("no-var")),
        _one(f"mkdir lib; mv a.yaml lib; {CHECK} lib", told("ideal")),
    ),
    _feature(
        "The command line",
        "Takes 2,000 paths",
        _one("mlvalue lint n/*.md", both(status(0), told("2,?000")), files=_copies(HEAD, "md", 2000)),
        _one("ruff check n/*.py", status(0), files=_copies("print(1)\n", "py", 2000)),
        _one("eslint n/*.js", status(0), files=_copies("console.log(1);\n", "js", 2000)),
        _one(f"{CHECK} n/*.yaml", status(0), files=_copies("stage: idea\n", "yaml", 2000)),
    ),
    _feature(
        "The command line",
        "Blanks, umlauts and emoji in a path",
        *(_one(f"cp {file} 'größe 1 🥐{ending}'; {lint} 'größe 1 🥐{ending}'", both(status(1), told(f"größe 1 🥐{ending}"))) for file, ending, lint in LINTED),
    ),
    _feature(
        "The command line",
        "A path that begins with a dash",
        *(_one(f"cp {file} ./-a{ending}; {lint} -- -a{ending}", both(status(1), told(f"-a{ending}"))) for file, ending, lint in LINTED),
    ),
    _feature(
        "The command line",
        "A link that leads to its own folder",
        _one("ln -s . docs/designs/loop; mlvalue lint docs", both(status(1), trials.once("error[guarantee]"))),
        _one("ln -s . loop; ruff check .", both(status(1), trials.once("F401"))),
        _one("ln -s . loop; eslint .", both(status(1), trials.once("no-var"))),
        _one(f"ln -s . loop; {CHECK} .", both(status(1), trials.once("ideal"))),
    ),
    _feature(
        "The command line",
        "Works where there is no git",
        *(
            _one(f"export PATH=$TOOLS; ! command -v git && {line}", both(status(1), told(word)))
            for line, word in (("mlvalue lint", "guarantee"), ("ruff check", "F401"), ("eslint .", "no-var"), (f"{CHECK} a.yaml", "ideal"))
        ),
    ),
    _feature(
        "The command line",
        "Remembers what it found in files that don't change",
        _lacks("mlvalue", "cache"),
        _one("ruff check; ls .ruff_cache", status(0)),
        _one("eslint --cache .; ls .eslintcache", status(0)),
        _lacks("check-jsonschema", "cache of results|incremental"),
    ),
)


def _server(question: str, capability: str) -> Feature:
    holds = trials.capability(capability)
    return _feature(
        "In an editor",
        question,
        _one("mlvalue lsp < editor.rpc", holds, files=SESSION),
        _one("ruff server < editor.rpc", holds, files=SESSION),
        _one("eslint --lsp < editor.rpc", holds, files=SESSION)
        + _one("$PEERS/.bin/vscode-eslint-language-server --stdio < editor.rpc", holds, "not by itself", files=SESSION),
        _one("check-jsonschema --lsp < editor.rpc", holds, files=SESSION),
    )


EDITOR = (
    _server("Is a language server", "textDocumentSync"),
    _server("... with fixes as actions", "codeActionProvider"),
    _server("... tells what is under the cursor", "hoverProvider"),
    _server("... completes what is written", "completionProvider"),
)

DESIGN = "check-jsonschema --schemafile $ROOT/schemas/design-doc.schema.json"


def _front_matter(question: str, count: Callable[[str, Done], int]) -> Feature:
    """How many of the broken documents *count* counts; for check-jsonschema also of their YAML alone, which a script would have to cut out."""

    def holds(done: Done) -> str:
        return f"{count('broken', done)} of {len(trials.CASES)}"

    def alone(done: Done) -> str:
        return f"{holds(done)}; {count('front', done)} of the YAML alone"

    return _feature(
        "Mistakes in front matter",
        question,
        _one("mlvalue lint --today 2026-11-30 --output-format concise broken", holds, files=BROKEN),
        _one("ruff check --output-format concise broken/*.md", holds, files=BROKEN),
        _one("eslint broken/*.md", holds, files=BROKEN),
        _one(f"{DESIGN} --force-filetype yaml broken/*.md; {DESIGN} front/*.yaml", alone, files=BROKEN | FRONTS),
    )


FRONT_MATTER = (
    _front_matter("Twelve documents with one mistake each: told with line and column", trials.placed),
    _front_matter("... told by one message", trials.single),
)

REAL = "$ROOT/docs/designs/claims-alerts.md"
FRONT = f"sed -n '2,/^---$/p' {REAL} | sed '$d' > real.yaml; "


def _timed(question: str, number: int) -> Feature:
    def copies(file: str, ending: str) -> str:
        return f"mkdir -p docs/designs/n; for i in $(seq {number}); do cp {file} docs/designs/n/$i.{ending}; done"

    return _feature(
        "Processor time, as a multiple of `python -c pass`",
        question,
        (Trial(f"rm docs/designs/*.md; {copies(REAL, 'md')}", status(0), measured="mlvalue lint"),),
        (Trial(copies("$ROOT/lint/mlvalue/review.py", "py"), status(0), measured="ruff check --isolated --no-cache docs"),),
        (Trial(copies("$PEERS/eslint/lib/cli.js", "js"), status(0), measured="eslint docs"),),
        (Trial(FRONT + copies("real.yaml", "yaml"), status(0), measured=f"{DESIGN} docs/designs/n/*.yaml"),),
    )


TIME = (_timed("One document", 1), _timed("300 documents", 300))

FEATURES = (*FORMATS, *SETTINGS, *OLD, *FIXES, *LINE, *EDITOR, *FRONT_MATTER, *TIME)
