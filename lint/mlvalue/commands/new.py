"""`mlvalue new`: a document from the template."""

import argparse
import contextlib
import dataclasses
import pathlib
import shutil
import subprocess
import sys

from mlvalue import definitions, new, settings, stages
from mlvalue.commands.options import Commands
from mlvalue.commands.questions import ask, is_terminal
from mlvalue.new import Draft
from mlvalue.organisation import contract
from mlvalue.paths import UsageError, relative
from mlvalue.places import STDIN
from mlvalue.settings import Settings

DESCRIPTION = """Write a design document with all fields that its stage asks for. What isn't answered is a hint in <...>, which counts as
missing. On a terminal you are asked; Enter leaves an answer out."""


def add(commands: Commands) -> None:
    """Say how it is called."""
    parser = commands.add_parser("new", help="write a document from the template", description=DESCRIPTION)
    parser.add_argument("title", nargs="?", default="", metavar="TITLE")
    parser.add_argument("--stage", choices=stages.STAGES, help="how far the design has come; idea if not given")
    parser.add_argument("--approach", choices=definitions.definition("approach")["enum"], default="ml", help="what it chooses; ml if not given")
    parser.add_argument("--owner", default="", metavar="NAME", help="who answers for the estimate")
    parser.add_argument("--set", action="append", default=[], metavar="FIELD=VALUE", help="a value of the front matter, like customer.who='48 planners'")
    parser.add_argument("--path", type=pathlib.Path, metavar="PATH", help="where to; else where the settings have documents; - prints")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the document, never over another one."""
    conf = settings.load(pathlib.Path.cwd())
    with definitions.using(contract(conf)):
        return _run(options, conf)


def _run(options: argparse.Namespace, conf: Settings) -> int:
    values = new.answers(options.set)
    if options.owner:
        values["owner"] = options.owner
    draft = Draft(options.title, options.stage or "idea", options.approach, values)
    if is_terminal():
        draft = _asked(draft, has_stage=bool(options.stage))
    text = new.write(draft)
    if options.path == STDIN:
        sys.stdout.write(text)
        return 0
    path = options.path or new.place(draft.title, conf)
    _create(relative(path), text)
    _tell(relative(path), conf, text)
    return 0


def _asked(draft: Draft, *, has_stage: bool) -> Draft:
    """The draft with the answers of a person to what is missing."""
    title = draft.title or ask("Title")
    stage = draft.stage if has_stage else ask(f"Stage ({', '.join(stages.STAGES)})", draft.stage)
    if stage not in stages.STAGES:
        raise UsageError(f"`{stage}` is no stage; there are {', '.join(stages.STAGES)}")
    values = dict(draft.values)
    for path in new.ASKED:
        if path not in values and path.partition(".")[0] not in values:
            answer = ask(definitions.definition(path)["title"], _git_name() if path == "owner" else "")
            values |= {path: answer} if answer else {}
    return dataclasses.replace(draft, title=title, stage=stage, values=values)


def _git_name() -> str:
    """The name that git writes into commits; empty without git or a name."""
    git = shutil.which("git")
    if not git:
        return ""
    found = subprocess.run([git, "config", "user.name"], capture_output=True, check=False)  # noqa: S603 (git itself, nothing of a user's)
    return found.stdout.decode(errors="replace").strip()


def _create(path: pathlib.Path, text: str) -> None:
    """Write a file that doesn't exist yet, whole or not at all."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file, contextlib.ExitStack() as undo:
            undo.callback(path.unlink)
            file.write(text.encode())
            file.flush()
            undo.pop_all()
    except FileExistsError as error:
        raise UsageError(f"{path} exists; say where else with --path, nothing was written") from error
    except OSError as error:
        raise UsageError(f"can't write {path}: {error.strerror}") from error


def _tell(path: pathlib.Path, conf: Settings, text: str) -> None:
    print(f"{path.as_posix()} written" + ("; what stands in <...> is yours to fill in" if "<" in text.partition("\n---\n")[0] else ""))
    if not conf.is_document(path):
        print(f"note: the settings' `documents` ({', '.join(conf.documents)}) don't name it, so the hook leaves it out", file=sys.stderr)
    print(f"next: `mlvalue lint {path.as_posix()}` says what is missing")
