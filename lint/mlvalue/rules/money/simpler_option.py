"""Designs that something simpler equals."""

from collections.abc import Iterator

from mlvalue.appraisal import Appraisal, Valuation
from mlvalue.diagnostic import Finding, Severity
from mlvalue.rule import rule
from mlvalue.words import amount


@rule(Severity.WARNING, reads=Appraisal, thresholds={"characters": 40})
def simpler_option(appraisal: Appraisal, *, characters: float) -> Iterator[Finding]:
    """A simpler or cheaper option that is worth as much as the chosen one, or more."""
    design = appraisal.design
    rival = _rival(appraisal)
    if rival is None or design.is_decided:
        return
    half = "" if rival.npv_likely >= appraisal.chosen.npv_likely else f", and is better in {int((1 - appraisal.beats(rival)) * 10)} of 10 futures"
    worth, chosen = amount(rival.npv_likely, design.currency), amount(appraisal.chosen.npv_likely, design.currency)
    message = f"`{rival.option.name}` is worth {worth} in the likely case, the chosen design {chosen}{half}"
    answer = design.texts.get("why_ml", "")
    if design.approach == "no_ml":
        yield Finding(f"{rival.option.field}.name", message, "choose the cheaper one, or say in an allow-comment what speaks against it")
    elif len(answer) < characters:
        written = f"has {len(answer)} characters" if answer else "is missing"
        yield Finding("why_ml", f"{message}; `why_ml` {written}", f"answer in at least {characters:g} characters, or choose the simpler one", Severity.ERROR)
    else:
        yield Finding("why_ml", message, "choose the simpler one, or say at the end of this line why it isn't enough: # mlvalue: allow simpler-option: REASON")


def _rival(appraisal: Appraisal) -> Valuation | None:
    """The option that the chosen one should fear most: the best without ML, else the best cheaper one."""
    chosen, simple = appraisal.chosen, appraisal.simple
    if appraisal.design.approach == "ml" and simple and (simple.npv_likely >= chosen.npv_likely or appraisal.beats(simple) <= 1 / 2):
        return simple
    cheaper = [other for other in appraisal.valuations[1:] if other.option.type == "ml" and other.pv_costs < chosen.pv_costs]
    equals = [other for other in cheaper if other.npv_likely >= chosen.npv_likely]
    return max(equals, key=lambda valuation: valuation.npv_likely, default=None)
