"""What `mlvalue` can be asked to do, one module each: `add` says how it is called, `run` does it and gives the exit status."""

from mlvalue.commands import appraise, explain, lint, rules, schema, settings

COMMANDS = (lint, appraise, explain, rules, settings, schema)
"""In the order of `mlvalue --help`."""
