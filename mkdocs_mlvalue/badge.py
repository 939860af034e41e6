"""A design's headline as a badge: a few words with a tone, and what they mean for who reads or hears them."""

import dataclasses

from mlvalue.entry import Entry
from mlvalue.headline import Promise


@dataclasses.dataclass(frozen=True, slots=True)
class Badge:
    """*tone* is `good`, `open`, `poor`, `none` or `broken`: the end of a CSS class; colour never says what words don't."""

    tone: str
    text: str
    meaning: str


def badge(entry: Entry) -> Badge:
    """The badge of one document."""
    said = entry.headline
    if entry.review.errors:
        return Badge("broken", "incomplete", "This document has findings to mend before its figures can be trusted.")
    if entry.stage in {"dropped", "retired"}:
        return Badge("none", entry.stage, "This design is over; its outcome is told in the document.")
    if said.promise is Promise.RETURN:
        tone = "good" if (said.roi or 0) > 0 else "open"
        return Badge(tone, said.short, said.sentence)
    tones = {Promise.RANGE: "open", Promise.CHANCE: "poor", Promise.NONE: "none"}
    return Badge(tones[said.promise], said.short, said.sentence)
