"""What the script of a card is given: the numbers of a design, its words with holes for figures, and four sliders."""

import dataclasses
from collections.abc import Mapping

from mkdocs_mlvalue.said import MINUS, NBSP
from mlvalue.appraisal import Appraisal
from mlvalue.headline import PAYBACK, SAID, TENTHS, weak_evidence
from mlvalue.model import ESTIMATES
from mlvalue.scenarios import BASES, SCENARIOS, SHARED_LUCK


@dataclasses.dataclass(frozen=True, slots=True)
class Slider:
    """One thing that may turn out otherwise, from *low* to *high* in steps of *step*: percent above the estimate, or months late.

    *words* are `same` (at 0), `less`, `more`, and `one` where 1 is said in its own way; `{n}` is the number without its sign.
    """

    name: str
    label: str
    low: int
    high: int
    step: int
    words: Mapping[str, str]

    @property
    def estimate_at(self) -> float:
        """Where on the slider the estimate is: 0 at its low end, 1 at its high end."""
        return -self.low / (self.high - self.low)


SLIDERS = (
    Slider("adoption", "How many use it", -75, 50, 5, {"same": "as estimated", "less": f"{{n}}{NBSP}% fewer", "more": f"{{n}}{NBSP}% more"}),
    Slider("value", "What it brings", -75, 50, 5, {"same": "as estimated", "less": f"{{n}}{NBSP}% less", "more": f"{{n}}{NBSP}% more"}),
    Slider("cost", "What it costs", -50, 150, 5, {"same": "as estimated", "less": f"{{n}}{NBSP}% less", "more": f"{{n}}{NBSP}% more"}),
    Slider("delay", "When it goes live", 0, 24, 1, {"same": "as planned", "one": f"1{NBSP}month later", "more": f"{{n}}{NBSP}months later"}),
)


def given(appraisal: Appraisal) -> dict[str, object]:
    """What `mlvalue-what-if.js` computes with; money in the currency of the design, shares, months.

    `said`, `tenths` and `payback` are the words of a headline; only `{chance}`, `{low}`, `{high}`, `{percent}`, `{tenths}`
    and `{month}` are left to fill in.
    """
    option, kind = appraisal.chosen.option, weak_evidence(appraisal.design)
    known = _Known(years=appraisal.horizon_years, months=appraisal.horizon_years * 12, kind=kind)
    return {
        **{name: dataclasses.astuple(getattr(option, name)) for name in ESTIMATES},
        "ramp_months": option.ramp_months,
        "horizon_years": appraisal.horizon_years,
        "discount_rate": appraisal.discount_rate,
        "is_idea": appraisal.design.stage == "idea",
        "is_weak": bool(kind),
        "scenarios": SCENARIOS,
        "shared_luck": SHARED_LUCK,
        "bases": BASES,
        "said": {case: sentence.format_map(known) for case, (_, sentence) in SAID.items() if case != "nothing"},
        "tenths": TENTHS,
        "payback": [words.format_map(known) for words in PAYBACK],
        "minus": MINUS,
        "thousands": ",",
    }


class _Known(dict[str, object]):
    """Figures that are known; holes for others stay."""

    def __missing__(self, name: str) -> str:
        return f"{{{name}}}"
