"""What a rule is: a check with a name, a family, a severity, and a page beside it."""

import dataclasses
import inspect
import pathlib
import sys
from collections.abc import Callable, Iterator, Mapping

from mlvalue.diagnostic import Finding, Severity
from mlvalue.document import Document
from mlvalue.values import threshold

DOCS = "https://mlvalue.github.io/mlvalue/rules/"


@dataclasses.dataclass(frozen=True, slots=True)
class Rule:
    """A named check. *reads* is the one type of subject that *check* is shown, with its *thresholds* by name.

    *is_set* says that the settings decided its severity, whatever a single finding says.
    """

    name: str
    family: str
    severity: Severity
    reads: type
    check: Callable[..., Iterator[Finding]]
    summary: str
    page: pathlib.Path
    thresholds: Mapping[str, float | str] = dataclasses.field(default_factory=dict)
    is_set: bool = False

    @property
    def url(self) -> str:
        """Where its page is published."""
        return f"{DOCS}{self.name}/"

    def findings(self, subject: object) -> Iterator[Finding]:
        """What it finds in a *subject* of the type that it reads."""
        return self.check(subject, **{name: threshold(limit, name) for name, limit in self.thresholds.items()})

    def text(self) -> str:
        """Its page; of an organisation's rule without one, its name and summary."""
        return self.page.read_text(encoding="utf-8") if self.page.suffix == ".md" else f"# {self.name}\n\n{self.summary}\n\nDefined in {self.page}.\n"


def rule(severity: Severity, reads: type, thresholds: Mapping[str, float | str] | None = None) -> Callable[[Callable[..., Iterator[Finding]]], Rule]:
    """Make a Rule of a check: its name, family and page follow from where it stands, its summary is its docstring.

    *thresholds* are keyword arguments of the check, as settings write them: `90%` or a number.
    """

    def make(check: Callable[..., Iterator[Finding]]) -> Rule:
        family = check.__module__.split(".")[-2]
        page = pathlib.Path(str(sys.modules[check.__module__].__file__)).with_suffix(".md")
        return Rule(check.__name__.replace("_", "-"), family, severity, reads, check, inspect.getdoc(check) or "", page, thresholds or {})

    return make


def faults(document: Document, name: str) -> Iterator[Finding]:
    """The faults of *document* that the rule of that *name* reports."""
    for fault in document.faults:
        if fault.rule == name:
            yield Finding(fault.span, fault.message, fault.help, fix=fault.fix)
