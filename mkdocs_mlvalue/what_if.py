"""What the script of a card is given: the numbers of a design, its words with holes for figures, and four sliders."""

import dataclasses
from collections.abc import Mapping

from mkdocs_mlvalue.language import Known, Language
from mlvalue.appraisal import Appraisal
from mlvalue.headline import PAYBACK, SAID, weak_evidence
from mlvalue.model import ESTIMATES
from mlvalue.saying import MINUS, TENTHS, to_say
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


SAME, LESS, MORE = to_say("as estimated"), to_say("{n}\N{NO-BREAK SPACE}% less"), to_say("{n}\N{NO-BREAK SPACE}% more")
DELAY = {"same": to_say("as planned"), "one": to_say("{n}\N{NO-BREAK SPACE}month later"), "more": to_say("{n}\N{NO-BREAK SPACE}months later")}
SLIDERS = (
    Slider("adoption", to_say("How many use it"), -75, 50, 5, {"same": SAME, "less": to_say("{n}\N{NO-BREAK SPACE}% fewer"), "more": MORE}),
    Slider("value", to_say("What it brings"), -75, 50, 5, {"same": SAME, "less": LESS, "more": MORE}),
    Slider("cost", to_say("What it costs"), -50, 150, 5, {"same": SAME, "less": LESS, "more": MORE}),
    Slider("delay", to_say("When it goes live"), 0, 24, 1, DELAY),
)


def sliders(language: Language) -> tuple[Slider, ...]:
    """The sliders in a *language*."""
    return tuple(
        dataclasses.replace(each, label=language.say(each.label), words={name: language.say(words) for name, words in each.words.items()}) for each in SLIDERS
    )


def given(appraisal: Appraisal, language: Language) -> dict[str, object]:
    """What `mlvalue-what-if.js` computes with; money in the currency of the design, shares, months.

    `said`, `tenths` and `payback` are the words of a headline in the page's *language*; only `{chance}`, `{low}`, `{high}`, `{percent}`, `{tenths}`
    and `{month}` are left to fill in.
    """
    option, kind = appraisal.chosen.option, weak_evidence(appraisal.design)
    years, months = language.number(appraisal.horizon_years), language.number(appraisal.horizon_years * 12)
    known = Known(years=years, months=months, kind=language.tell(kind or ""))
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
        "said": {case: language.say(sentence).format_map(known) for case, (_, sentence) in SAID.items() if case != "nothing"},
        "tenths": [language.say(words) for words in TENTHS],
        "payback": [language.say(words).format_map(known) for words in PAYBACK],
        "minus": MINUS,
        "thousands": language.group,
    }
