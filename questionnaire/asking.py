"""One question, asked through a face until there is an answer, or a wish to go back."""

from __future__ import annotations

from collections.abc import Callable

from questionnaire.face import Face, Offer
from questionnaire.interview import Command, Question, ReadBack, Verdict
from questionnaire.medicines import ask_medicines
from questionnaire.wording import (
    HOW_TO_TICK,
    NONE_OF_THESE,
    NOT_SURE,
    RATHER_NOT,
    NotUnderstood,
    parse_number,
    parse_ticks,
)
from triage.answers import MAX_TEXT
from triage.conditions.standing import Silence, Ticks
from triage.response import Answer, MedicineAnswer
from triage.rulebook.model import Item
from triage.rulebook.rulebook import Rulebook

DENSE = 12  # longer lists than this go without empty lines, so that 24 rows are enough


def ask(
    face: Face, question: Question, rulebook: Rulebook, keep: Callable[[Answer], None]
) -> Answer | Command:
    """The answer to a question, or BACK. Help and "why we ask" are shown on the way.

    ``keep`` is given what is known of an answer that is not finished (a list of medicines).
    """
    prior = question.prior

    def noted(answer: Answer) -> None:
        nonlocal prior
        prior = answer
        keep(answer)

    item = question.item
    heading = next(s.title for s in rulebook.frame.sections if s.id == item.section)
    while True:
        face.page(heading, _progress(question), dense=len(item.options) > DENSE)
        if item.before:
            face.say(item.before)
        reply = _once(face, item, prior, rulebook, noted)
        if reply == ":back":
            return Command.BACK
        if not isinstance(reply, str) or not reply.startswith(":"):
            return reply
        face.page(heading, "")
        if reply == ":why":
            face.say(f"Why we ask: {item.why}", "")
        else:
            face.say(item.help or "There is no more to say about this one. “Not sure” is fine.", "")
        face.line("Press Enter to go back to the question.", commands=False)


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
        return f"question {question.number}, nearly done"
    return f"question {question.number}, about {question.to_go} to go"


def _once(
    face: Face, item: Item, prior: Answer | None, rulebook: Rulebook, keep: Callable[[Answer], None]
) -> Answer | str:
    """The question asked once: an answer, or a command (":back", ":help", ":why")."""
    match item.type:
        case "choice":
            return _choice(face, item, prior)
        case "choices":
            face.say(item.text)
            face.listing([option.text for option in item.options], dense=len(item.options) > DENSE)
            if item.after:
                face.say(item.after)
            face.say(HOW_TO_TICK)
            return _typed(face, item, prior, parse_ticks)
        case "integer" | "decimal":
            face.say(item.text)
            face.say("Not sure? Type u." + (" To skip it, type skip." if item.optional else ""))
            return _typed(face, item, prior, parse_number)
        case "medicines":
            known = prior if isinstance(prior, tuple) else ()
            return ask_medicines(face, item, rulebook, known, keep)
        case "text":
            face.say(item.text, "(Press Enter to skip it.)")
            face.keys()
            before = prior if isinstance(prior, str) else ""
            typed = face.line("Your words:", prior=before)
            if typed in ("unsure", "declined"):
                typed += "."  # these very words would be read back as "no answer"
            return typed if typed.startswith(":") else typed[:MAX_TEXT] or before or Silence.DECLINED


def _choice(face: Face, item: Item, prior: Answer | None) -> Answer | str:
    offers = [Offer(option.code, option.text) for option in item.options]
    offers.append(Offer(Silence.UNSURE.value, NOT_SURE))
    if item.optional:
        offers.append(Offer(Silence.DECLINED.value, RATHER_NOT))
    before = prior.value if isinstance(prior, Silence) else str(prior or "")
    picked = face.pick(item.text, offers, prior=before)
    if picked in (Silence.UNSURE.value, Silence.DECLINED.value):
        return Silence(picked)
    return picked


def _typed(
    face: Face, item: Item, prior: Answer | None, parse: Callable[[str, Item], Answer]
) -> Answer | str:
    """A typed answer, asked for until it makes sense; only the line is asked again."""
    face.keys()
    while True:
        typed = face.line("Your answer:", prior=_shown(item, prior))
        if typed.startswith(":"):
            return typed
        if not typed and prior is not None:
            return prior
        if item.optional and typed.casefold() in (RATHER_NOT.lower(), "skip", "declined"):
            return Silence.DECLINED
        try:
            answer = parse(typed, item)
        except NotUnderstood as problem:
            face.say(str(problem))
            continue
        face.echo(_understood(item, answer))
        return answer


def _understood(item: Item, answer: Answer) -> str:
    """The answer in words, so that a person can hear what was taken."""
    if isinstance(answer, Ticks):
        lines = [o.text for o in item.options if o.code in answer.ticked]
        lines += [f"{o.text} (not sure)" for o in item.options if o.code in answer.unsure]
        return "; ".join(lines) or NONE_OF_THESE
    if isinstance(answer, int | float):
        return f"{answer:g} {item.unit}"
    return _shown(item, answer)


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
