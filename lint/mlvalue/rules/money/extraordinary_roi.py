"""Claims that need better evidence."""

from collections.abc import Iterator

from mlvalue.appraisal import Appraisal
from mlvalue.diagnostic import Finding, Severity
from mlvalue.rule import rule
from mlvalue.words import percent


@rule(Severity.WARNING, reads=Appraisal, thresholds={"roi": "500%"})
def extraordinary_roi(appraisal: Appraisal, *, roi: float) -> Iterator[Finding]:
    """A likely ROI above 500 % on evidence that is weaker than a pilot."""
    likely, evidence = appraisal.chosen.roi_likely, appraisal.design.evidence
    if likely is not None and likely > roi and evidence and evidence.weaker_than("pilot"):
        message = f"the likely case returns {percent(likely)} of its cost, and the evidence is of kind `{evidence.kind}`"
        yield Finding("value.evidence.kind", message, "check the numbers, or run a pilot before you promise so much")
