"""More users than there are."""

from collections.abc import Iterator

from mlvalue.diagnostic import Finding, Severity
from mlvalue.model import Design
from mlvalue.rule import rule


@rule(Severity.ERROR, reads=Design)
def impossible_users(design: Design) -> Iterator[Finding]:
    """More users now than there can be."""
    if design.users and design.users[0] > design.users[1]:
        now, every = design.users
        yield Finding(
            "adoption.users.now",
            f"{now} use it now, more than the {every} in `adoption.users.all` who could",
            "check both numbers; `all` counts everybody who could use it",
        )
