"""The result as the person reads it: how soon first, then why, then what to do."""

from __future__ import annotations

from collections.abc import Iterable

from triage.assessment import Assessment, Finding, Given
from triage.report.document import Banner, Block, Bullets, Document, Section, Text
from triage.rulebook.model import Verdict
from triage.rulebook.rulebook import Rulebook

EVIDENCE: dict[Verdict, str] = {
    "supported": "well supported by studies",
    "plausible": "likely, but little studied",
    "contested": "studies do not agree",
    "unproven": "no good studies",
    "refuted": "studies speak against it",
}
BRIEF = 4  # so many of each kind of advice are shown in full on the short page
_NOT_SURE = "You were not sure about this. If it is so, then this holds:"
_URGENT = ("emergency", "same_day")
_KINDS = {
    "try": "What you can try",
    "ask": "What to ask a pharmacist or clinician",
    "avoid": "What to leave alone",
    "know": "Good to know",
}


def person_document(assessment: Assessment, rulebook: Rulebook, *, full: bool = True) -> Document:
    """The document for the person who answered. At an emergency it holds only what to do.

    ``full`` adds the reasons for everything and where it comes from; without it the page is short
    enough to be read at night.
    """
    code = assessment.disposition.code
    sections = [_disposition(assessment), *_why(assessment, full)]
    if code not in _URGENT and code != "unfinished":
        sections += [*_patterns(assessment, full), *_factors(assessment, full)]
    sections += _advice(assessment, full)
    if code != "emergency":
        sections += [*_unknown(assessment), _sooner(assessment)]
        if full:
            sections += _sources(assessment, rulebook)
    return Document("Your result", tuple(sections), assessment.always)


def _disposition(assessment: Assessment) -> Section:
    said = assessment.disposition
    lines = [("When", said.within), ("Where", said.place)]
    titles = [flag.title for flag in _setting(assessment)]
    if said.code in _URGENT and titles:
        lines.insert(0, ("Because of", "; ".join(titles)))
    return Section("", (Banner(said.code, said.label, tuple(lines)), Bullets.of(*said.do)))


def _setting(assessment: Assessment) -> list[Finding]:
    """The red flags that set the disposition, private ones (mood, safety) first."""
    flags = [f for f in assessment.red_flags if f.id in assessment.disposition.because]
    return sorted(flags, key=lambda flag: (not flag.private, not flag.certain))


def _why(assessment: Assessment, full: bool) -> list[Section]:
    """Why it is so urgent. Less urgent cards come after it, never beside a "today"."""
    flags = _setting(assessment)
    others = [flag for flag in assessment.red_flags if flag not in flags]
    sections: list[Section] = []
    if flags:
        sections.append(Section("Why we say this", (_flags(flags, True),)))
    if others and assessment.disposition.code not in _URGENT:
        sections.append(Section("Also worth telling the clinician", (_flags(others, full),)))
    return sections


def _flags(flags: Iterable[Finding], full: bool) -> Bullets:
    return Bullets(tuple((flag.title, _flag_details(flag, full)) for flag in flags))


def _flag_details(flag: Finding, full: bool) -> tuple[str, ...]:
    if not full:
        return (flag.because,) if flag.certain else (_NOT_SURE, flag.because)
    details = [flag.because]
    if not flag.certain:
        details.insert(0, _NOT_SURE)
    if flag.do_now:
        details.append(f"What to do: {flag.do_now}")
    said = flag.for_ if flag.certain else (*flag.for_, *flag.unknown)
    details += [f"Your answer: {remark.text}" for remark in said]
    return tuple(details)


def _patterns(assessment: Assessment, full: bool) -> list[Section]:
    if not assessment.patterns:
        return []
    entries = []
    for pattern in assessment.patterns:
        details = [pattern.because]
        if full:
            details += [f"For it: {remark.text}" for remark in pattern.for_]
        details += [f"Against it: {remark.text}" for remark in pattern.against]
        details += [f"Not known: {remark.text}" for remark in pattern.unknown]
        entries.append((pattern.title, tuple(details)))
    return [Section("What this looks like", (Bullets(tuple(entries)),))]


def _factors(assessment: Assessment, full: bool) -> list[Section]:
    shown = [f for f in assessment.factors if f.evidence in ("supported", "plausible", "contested")]
    if not shown:
        return []
    entries = []
    for factor in shown:
        details = [factor.because]
        named = [r.text for r in factor.for_ if r.item == "medicines"]
        if named and not full:
            details.append(f"{'; '.join(named)}.")
        if full:
            details += [f"Your answer: {remark.text}" for remark in factor.for_]
            details += [f"Against it: {remark.text}" for remark in factor.against]
        entries.append((f"{factor.title} ({EVIDENCE[factor.evidence]})", tuple(details)))
    intro = Text("These are linked with leg cramps. None of them is proven to be the cause of yours.")
    return [Section("What may play a part", (intro, Bullets(tuple(entries))))]


def _advice(assessment: Assessment, full: bool) -> list[Section]:
    sections: list[Section] = []
    for kind, title in _KINDS.items():
        given = [advice for advice in assessment.advice if advice.kind == kind]
        if given:
            shown = given if full else given[:BRIEF]
            entries = tuple((advice.title, _advice_details(advice, full)) for advice in shown)
            blocks: list[Block] = [Bullets(entries)]
            if rest := [advice.title for advice in given[len(shown) :]]:
                blocks.append(Text(f"Also possible: {'; '.join(rest)}. See “all reasons” for how."))
            sections.append(Section(title, tuple(blocks)))
    if assessment.withheld:
        entries = tuple((advice.title, advice.why) for advice in assessment.withheld)
        intro = Text("Often advised for cramps, but not safe for you without asking first:")
        sections.append(Section("Not for you for now", (intro, Bullets(entries))))
    return sections


def _advice_details(advice: Given, full: bool) -> tuple[str, ...]:
    details = [advice.text, *(f"Take care: {caution}" for caution in advice.cautions)]
    if full:
        details.append(f"Why: {advice.because} ({EVIDENCE[advice.evidence]})")
        stop = advice.stop_rule
        details.append(f"When to stop: {stop}" if advice.kind == "try" else stop)
    return tuple(details)


def _sources(assessment: Assessment, rulebook: Rulebook) -> list[Section]:
    """Every citation behind what is shown, in the order of the page."""
    findings = (*assessment.red_flags, *assessment.patterns, *assessment.factors)
    keys = dict.fromkeys(key for finding in findings for key in finding.sources)
    keys |= dict.fromkeys(key for advice in assessment.advice for key in advice.sources)
    cited = [rulebook.sources[key] for key in keys]
    lines = [f"{source.citation} ({source.kind}, {source.checked})" for source in cited]
    return [Section("Where this comes from", (Bullets.of(*lines),))] if lines else []


def _unknown(assessment: Assessment) -> list[Section]:
    blocks: list[Block] = []
    asked = [u for u in assessment.unresolved if u.remark.answer != "not_asked"]
    if asked:
        blocks.append(Text("You were not sure about these. A “yes” could mean that you need help sooner:"))
        blocks.append(Bullets.of(*(u.remark.text for u in asked)))
    unlisted = [m.name for m in assessment.medicines if not m.generic]
    if unlisted:
        names = ", ".join(unlisted)
        blocks.append(Text(f"We do not know this medicine: {names}. Ask a pharmacist about it."))
    return [Section("What we could not tell", tuple(blocks))] if blocks else []


def _sooner(assessment: Assessment) -> Section:
    blocks: list[Block] = []
    if assessment.disposition.move_up:
        blocks.append(Bullets.of(*assessment.disposition.move_up))
    blocks += [Text(line) for line in assessment.safety_net]
    return Section("When to get help sooner", tuple(blocks))
