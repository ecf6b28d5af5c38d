"""One question, asked through a face until there is an answer, or a wish to go back."""

from __future__ import annotations

from collections.abc import Callable

from questionnaire.face import Face, Offer
from questionnaire.interview import Command, Question, ReadBack, Verdict
from questionnaire.medicines import ask_medicines
from questionnaire.wording import (
    NOT_SURE,
    RATHER_NOT,
    NotUnderstood,
    how_to_tick,
    parse_number,
    parse_ticks,
)
from triage.conditions.standing import Silence, Ticks
from triage.response import MAX_TEXT, Answer, MedicineAnswer
from triage.rulebook.model import Item
from triage.rulebook.rulebook import Rulebook


def ask(face: Face, question: Question, rulebook: Rulebook) -> Answer | Command:
    """The answer to a question, or BACK. Help and "why we ask" are shown on the way."""
    item = question.item
    heading = next(s.title for s in rulebook.frame.sections if s.id == item.section)
    face.page(heading, _progress(question))
    if item.before:
        face.say(item.before, "")
    while True:
        reply = _once(face, item, question.prior, rulebook)
        if reply == ":back":
            return Command.BACK
        if reply == ":help":
            face.say("", item.help or "There is no more to say about this one. Not sure is fine.", "")
        elif reply == ":why":
            face.say("", f"Why we ask: {item.why}", "")
        elif reply is not None:
            return reply


def read_back(face: Face, step: ReadBack) -> Verdict:
    """Whether a ticked line is really so. One key."""
    number = step.item.codes.index(step.code) + 1
    option = step.item.option(step.code)
    assert option is not None
    face.page("Just to be sure", "")
    if step.sure:
        face.say(f"You typed {number}: {option.text}.", "")
        question = "Is that right?"
    else:
        face.say(f"You were not sure about {number}: {option.text}.", "")
        question = "Is it so?"
    return Verdict(face.yes_no(question, unsure=not step.sure))


def _progress(question: Question) -> str:
    if question.to_go == 0:
        return f"question {question.number}, the last one"
    return f"question {question.number}, about {question.to_go} to go"


def _once(face: Face, item: Item, prior: Answer | None, rulebook: Rulebook) -> Answer | str | None:
    """One try: an answer, a command (":back"…), or None if what was typed made no sense."""
    match item.type:
        case "choice":
            return _choice(face, item, prior)
        case "choices":
            face.say(item.text, "")
            face.listing([option.text for option in item.options])
            face.say("", how_to_tick(item))
            if item.after:
                face.say("", item.after)
            return _typed(face, item, prior, parse_ticks)
        case "integer" | "decimal":
            face.say(item.text)
            skip = f" You can skip this: type {RATHER_NOT.lower()}." if item.optional else ""
            face.say(f"Not sure? Type u.{skip}")
            return _typed(face, item, prior, parse_number)
        case "medicines":
            known = prior if isinstance(prior, tuple) else ()
            return ask_medicines(face, item, rulebook, known)
        case "text":
            face.say("(You can skip this: just press Enter.)")
            typed = face.line(item.text, prior=_shown(item, prior))
            return typed if typed.startswith(":") else typed[:MAX_TEXT] or Silence.DECLINED


def _choice(face: Face, item: Item, prior: Answer | None) -> Answer | str:
    offers = [Offer(option.code, option.text) for option in item.options]
    offers.append(Offer(Silence.UNSURE.value, NOT_SURE))
    if item.optional:
        offers.append(Offer(Silence.DECLINED.value, RATHER_NOT))
    if prior is not None:
        face.say(f"Your answer before: {_shown(item, prior)}")
    picked = face.pick(item.text, offers)
    if picked in (Silence.UNSURE.value, Silence.DECLINED.value):
        return Silence(picked)
    return picked


def _typed(
    face: Face, item: Item, prior: Answer | None, parse: Callable[[str, Item], Answer]
) -> Answer | str | None:
    typed = face.line("Your answer:", prior=_shown(item, prior))
    if typed.startswith(":"):
        return typed
    if item.optional and typed.casefold() in (RATHER_NOT.lower(), "skip", "declined"):
        return Silence.DECLINED
    try:
        return parse(typed, item)
    except NotUnderstood as problem:
        face.say("", str(problem), "")
        return None


def _shown(item: Item, answer: Answer | None) -> str:
    """An earlier answer in the words in which it would be typed or picked."""
    if answer is None:
        return ""
    if isinstance(answer, Silence):
        return NOT_SURE if answer is Silence.UNSURE else RATHER_NOT
    if isinstance(answer, Ticks):
        ticked = [str(n) for n, code in enumerate(item.codes, 1) if code in answer.ticked]
        unsure = [f"{n}?" for n, code in enumerate(item.codes, 1) if code in answer.unsure]
        return " ".join([*ticked, *unsure]) or "0"
    if isinstance(answer, tuple):
        return ", ".join(entry.name for entry in answer if isinstance(entry, MedicineAnswer))
    if isinstance(answer, str):
        option = item.option(answer)
        return option.text if option else answer
    return f"{answer:g}"
