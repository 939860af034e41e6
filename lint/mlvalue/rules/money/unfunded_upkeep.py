"""Running costs that nobody planned."""

import math
from collections.abc import Iterator

from mlvalue.diagnostic import Finding, Severity
from mlvalue.model import Design
from mlvalue.rule import rule
from mlvalue.words import amount, percent


@rule(Severity.WARNING, reads=Design, thresholds={"share": "10%"})
def unfunded_upkeep(design: Design, *, share: float) -> Iterator[Finding]:
    """Costs to run of less than a tenth of the costs to build, or of nothing."""
    build, run = design.estimates.get("cost.build"), design.estimates.get("cost.run_per_year")
    if build is None or run is None or run.likely >= share * build.likely > 0 or run.likely > build.likely == 0:
        return
    if not run.low <= run.likely <= run.high:
        return
    part = percent(math.floor(run.likely / build.likely * 100) / 100) if build.likely else ""
    what = "nothing" if run.likely == 0 else f"{amount(run.likely, design.currency)} a year, {part} of the build"
    little = f"{percent(share)} of the build, {amount(share * build.likely, design.currency)}, is little"
    advice = f"plan for serving, labels, monitoring, retraining and support; {little}"
    yield Finding("cost.run_per_year", f"running it is to cost {what}: who maintains it?", advice)
