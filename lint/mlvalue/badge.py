"""A project's headline as a badge: a few words with a tone, and what they mean for who reads or hears them."""

import dataclasses
import html

from mlvalue.headline import SAID, WEAK, Headline, Promise, coarse_percent, in_case
from mlvalue.project import Project
from mlvalue.report import dump, width
from mlvalue.saying import Chance, Saying, to_say

LABEL = "should return"
COLORS = {"good": "#1b6e3c", "open": "#7a5300", "poor": "#a3301d", "none": "#555555", "broken": "#a3301d"}
"""White text on each has a contrast of at least 4.5 to 1."""
OVER = {"retired": to_say("retired"), "dropped": to_say("dropped")}
TONES = {Promise.RANGE: "open", Promise.CHANCE: "poor", Promise.NONE: "none"}
CHARACTER = 7
"""Width of a character in an image, in its units: wide enough for the fonts that browsers take."""


@dataclasses.dataclass(frozen=True, slots=True)
class Badge:
    """*tone* is `good`, `open`, `poor`, `none` or `broken`; colour never says what words don't."""

    tone: str
    text: Saying
    meaning: Saying


def badge(project: Project) -> Badge:
    """The badge of one project."""
    if project.errors:
        return Badge("broken", Saying(to_say("incomplete")), Saying(to_say("This document has findings to mend before its figures can be trusted.")))
    if project.stage in OVER:
        return Badge("none", Saying(OVER[project.stage]), Saying(to_say("This design is over; its outcome is told in the document.")))
    said = retold(project)
    tone = TONES.get(said.promise) or ("good" if (project.roi_promised or 0) > 0 else "open")
    return Badge(tone, said.short, said.sentence)


def retold(project: Project) -> Headline:
    """The headline of a project by its figures alone, the same as that of its document."""
    years, (low, high) = project.horizon_years, (project.roi_p10, project.roi_p90)
    match Promise(project.promise):
        case Promise.RETURN:
            roi = project.roi_promised or 0.0
            return dataclasses.replace(in_case("return", percent=round(roi * 100), years=years), roi=roi)
        case Promise.RANGE if low is not None and high is not None:
            return in_case("range", low=coarse_percent(low), high=coarse_percent(high), years=years, kind=Saying(WEAK.get(project.evidence, WEAK[""])))
        case Promise.CHANCE if project.chance is not None and (low is not None or (project.npv_p20 or 0.0) < 0):
            return in_case("chance", chance=Chance(project.chance), years=years)
        case Promise.CHANCE:
            return in_case("free")
        case _:
            return in_case(next((case for case in ("idea", "nothing") if SAID[case][0] == project.headline), "nothing"))


def as_svg(project: Project) -> str:
    """The badge as an image for README files and wikis: named for who can't see it, no script, nothing from elsewhere."""
    it = badge(project)
    left, right = (CHARACTER * width(text) + 16 for text in (LABEL, str(it.text)))
    said, meaning = html.escape(f"{project.title}: {it.text}"), html.escape(str(it.meaning))
    middles = (left / 2, left + right / 2)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="20" viewBox="0 0 {left + right} 20" role="img" aria-labelledby="t d">'
        f'<title id="t">{said}</title><desc id="d">{meaning}</desc>'
        f'<clipPath id="r"><rect width="{left + right}" height="20" rx="4"/></clipPath>'
        f'<g clip-path="url(#r)"><rect width="{left}" height="20" fill="#444444"/><rect x="{left}" width="{right}" height="20" fill="{COLORS[it.tone]}"/></g>'
        '<g fill="#ffffff" font-family="DejaVu Sans,Verdana,sans-serif" font-size="11" text-anchor="middle" aria-hidden="true">'
        f'<text x="{middles[0]:g}" y="14">{LABEL}</text><text x="{middles[1]:g}" y="14">{html.escape(str(it.text))}</text></g></svg>\n'
    )


def as_endpoint(project: Project) -> str:
    """The badge as shields.io reads it from an address."""
    it = badge(project)
    return dump({"schemaVersion": 1, "label": LABEL, "message": str(it.text), "color": COLORS[it.tone].removeprefix("#"), "isError": it.tone == "broken"})
