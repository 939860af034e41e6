"""`mlvalue settings`: what is in force, and from where."""

import argparse
import dataclasses
import datetime
import json
import pathlib

from mlvalue import definitions, report, settings
from mlvalue.commands.options import Commands, add_today
from mlvalue.settings import Settings

NARROW = 60


def add(commands: Commands) -> None:
    """Say how it is called."""
    parser = commands.add_parser("settings", help="show what is in force, and from where")
    parser.add_argument("--output-format", choices=["text", "json"], default="text")
    add_today(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print each setting with its source, as TOML or as JSON."""
    conf = settings.load(pathlib.Path.cwd(), options.today)
    source = str(conf.file) if conf.file else None
    origins = {name: _origin(name, conf, options.today) for name in in_force(conf)}
    if options.output_format == "json":
        values = {name: {"value": value, "source": origins[name]} for name, value in in_force(conf).items()}
        print(report.dump({"file": source, "root": str(conf.root), "settings": values}), end="")
        return 0
    print(f"# {source or 'no mlvalue.toml and no [tool.mlvalue] in pyproject.toml, here or above: all is as it comes'}")
    width = max(len(f"{name} = {_toml(value)}") for name, value in in_force(conf).items() if len(_toml(value)) < NARROW)
    for name, value in in_force(conf).items():
        print(f"{f'{name} = {_toml(value)}':{width}}  # {origins[name]}")
    return 0


def in_force(conf: Settings) -> dict[str, object]:
    """The value of each setting, as a settings file writes it."""
    own = {field.name: getattr(conf.wording, field.name) for field in dataclasses.fields(conf.wording) if field.name != "source"}
    found = {name: getattr(conf, name) for name in settings.NAMES if name not in {"rates", "allow_words", "wording"}}
    found["rates"] = {name: {"rate": rate, "date": day} for name, (rate, day) in conf.dated_rates.items()}
    found["wording"] = {**own, "sections": dict(conf.wording.sections)}
    found["overrides"] = [dataclasses.asdict(override) for override in conf.overrides]
    return {name: _plain(found[name]) for name in definitions.published("settings")["properties"] if name in found and found[name] is not None}


def _origin(name: str, conf: Settings, today: str) -> str:
    if name == "as_of" and today:
        return "--today"
    if name in conf.written or (name == "wording" and "allow_words" in conf.written):
        return conf.file.name if conf.file else "default"
    return "default" if name != "as_of" else "SOURCE_DATE_EPOCH or the clock"


def _plain(value: object) -> object:
    """A value as JSON can hold it; paths as they are found from here."""
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, pathlib.Path | datetime.date) else value


def _toml(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(name) if not name.isidentifier() else name} = {_toml(item)}" for name, item in value.items() if item) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
