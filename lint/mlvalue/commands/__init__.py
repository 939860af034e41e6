"""What `mlvalue` can be asked to do, one module each: `add` says how it is called, `run` does it and gives the exit status."""

from mlvalue.commands import appraise, explain, fetch, init, lint, lsp, new, portfolio, rules, schema, settings

COMMANDS = (lint, init, new, appraise, portfolio, explain, rules, settings, schema, fetch, lsp)
"""In the order of `mlvalue --help`."""
