"""One question, asked through an interface until there is an answer, or a wish to go back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from questionnaire.answer_text import as_typed, asked_briefly, for_others_to_see, in_words
from questionnaire.screens.medicines import ask_medicines
from questionnaire.screens.why import why
from questionnaire.terminal.interface import Interface, Offer
from questionnaire.terminal.marks import Marks
from questionnaire.terminal.wording import NotUnderstood, parse_number, skips
from triage.conditions.leaf import NoAnswer
from triage.engine.answers import MAX_TEXT
from triage.engine.interview.events import Command, Confirmation, Doubt, Question, ReadBack
from triage.engine.proxy import about_another, only_they_feel
from triage.engine.response import Answer
from triage.rulebook.model import Item
from triage.rulebook.rulebook import Rulebook
from triage.text import NOT_SURE, RATHER_NOT

_AGAIN = ":again"
NOT_MEANT = "not meant"  # how a line says what is none of it
_COMMANDS = {":back": Command.BACK, ":review": Command.REVIEW}
_DOUBTS = {
    Doubt.ANSWER: "You were not sure before.",
    Doubt.MEDICINES: "Not all of the medicines are known to us.",
}


def ask(
    interface: Interface, question: Question, rulebook: Rulebook, keep: Callable[[Answer], None]
) -> Answer | Command:
    """The answer to a question, BACK or REVIEW. Help and "why we ask" are shown on the way.

    ``rulebook`` has the words to use. ``keep`` is given what is known of an answer that is not
    finished (a list of medicines).
    """
    prior = question.prior

    def noted(answer: Answer) -> None:
        nonlocal prior
        prior = answer
        keep(answer)

    item = question.item
    heading = next(s.title for s in rulebook.frame.sections if s.id == item.section)
    marks = Marks([Offer(option.code, option.text, option.typed_as) for option in item.options], prior)
    while True:
        interface.page(heading, _progress(question), recall=True)
        if question.in_doubt:
            them = "them" if about_another(rulebook, question.step.effective_answers) else "you"
            interface.say(f"{_DOUBTS[question.in_doubt]} So we ask this too. It may not be about {them}.")
        if item.id in only_they_feel(rulebook, question.step.effective_answers):
            interface.say("Go by what you see. What only they can feel, you cannot know.")
        if item.before:
            interface.say(item.before)
        reply = _once(
            interface, item, prior, marks, rulebook, noted, partial(_draw, interface, heading, question)
        )
        if reply in _COMMANDS:
            return _COMMANDS[reply]
        if reply == _AGAIN:
            continue
        if not isinstance(reply, str) or not reply.startswith(":"):
            interface.answered(asked_briefly(item), for_others_to_see(item, reply))
            return reply
        interface.page(heading, "")
        if reply == ":why":
            interface.say(*why(item, rulebook, question.step))
        else:
            interface.say(item.help or "There is no more to say about this one. “Not sure” is fine.", "")
            interface.remind(ticking=item.type == "choices")
        interface.line("Press Enter to go back to the question.")


def _draw(interface: Interface, heading: str, question: Question) -> None:
    """The page of a question begun anew; lines that follow each other need none."""
    if interface.rows is not None:
        interface.page(heading, _progress(question), recall=True)


def read_back(interface: Interface, step: ReadBack) -> Confirmation:
    """Whether a ticked line, or a number, is really so."""
    if step.number is not None:
        interface.page("Just to be sure", "")
        interface.say(f"You typed: {step.item.measured(step.number)}.", "")
        return Confirmation(interface.yes_no("Is that right?"))
    number = step.item.codes.index(step.code) + 1
    option = step.item.option(step.code)
    assert option is not None
    interface.page("Just to be sure", "")
    told = "ticked" if step.sure else "were not sure about"
    interface.say(f"You {told} {number}: {option.text}.", *([option.help] if option.help else []), "")
    asked = "Does this tick stay?" if step.sure else "Is this line true?"
    verdict = Confirmation(interface.yes_no(asked, _verdicts(step.sure, option.help)))
    if verdict is Confirmation.NO:
        interface.notice(f"{asked_briefly(step.item).rstrip('?')}: line {number} is taken off.")
    return verdict


def _verdicts(sure: bool, told: str | None) -> tuple[str, str, str]:
    """What y, n and u do with the line: whoever reads what is not meant might say “yes” to that.

    No numbers: somebody types that of the line once more.
    """
    slip = "or a mistake" if sure else "or not true"
    if NOT_MEANT in (told or ""):
        off = f"Take it off: it is only what is not meant, {slip}"
    else:
        off = "Take it off: I ticked it by mistake" if sure else "Take it off: it is not true"
    return "Keep the tick: it is true" if sure else "Tick it: it is true", off, NOT_SURE


def _progress(question: Question) -> str:
    if question.changing:
        return "changing an answer (b leaves it as it was)"
    if question.again:
        return "changing an answer"
    said = f"question {question.number}, "
    last = "the last one" if len(question.step.asking) <= 1 else "nearly done"
    said += f"about {question.to_go} to go" if question.to_go else last
    if question.opened > 1:  # the count went up: say why
        said += f" ({question.opened} more, because of your last answer)"
    return said


def _once(
    interface: Interface,
    item: Item,
    prior: Answer | None,
    marks: Marks,
    rulebook: Rulebook,
    keep: Callable[[Answer], None],
    draw: Callable[[], None],
) -> Answer | str:
    """The question asked once: an answer, or a command (":back", ":help", ":why")."""
    match item.type:
        case "choice":
            return _choice(interface, item, prior)
        case "choices":
            return _ticks(interface, item, marks, keep)
        case "integer" | "decimal":
            interface.question(item.text)
            interface.hint("Not sure? Type u." + (" Press Enter to skip it." if item.optional else ""))
            return _typed(interface, item, prior, parse_number)
        case "medicines":
            known = prior if isinstance(prior, tuple) else ()
            return ask_medicines(interface, item, rulebook, known, keep, draw)
        case "text":
            before = prior if isinstance(prior, str) else ""
            interface.question(item.text)
            interface.say(*([] if before else ["(Press Enter to skip it.)"]))
            interface.keys()
            typed = interface.line("Your words:", prior=before)
            if typed in ("unsure", "declined"):
                typed += "."  # these very words would be read back as "no answer"
            return typed if typed.startswith(":") else typed[:MAX_TEXT] or before or NoAnswer.DECLINED


def _choice(interface: Interface, item: Item, prior: Answer | None) -> Answer | str:
    offers = [Offer(option.code, option.text, option.typed_as) for option in item.options]
    offers.append(Offer(NoAnswer.UNSURE.value, NOT_SURE))
    if item.optional:
        offers.append(Offer(NoAnswer.DECLINED.value, RATHER_NOT))
    before = prior.value if isinstance(prior, NoAnswer) else str(prior or "")
    skip = NoAnswer.DECLINED.value if item.optional else ""
    picked = interface.pick(item.text, offers, prior=before, skip=skip)
    if picked in (NoAnswer.UNSURE.value, NoAnswer.DECLINED.value):
        return NoAnswer(picked)
    return picked


def _ticks(interface: Interface, item: Item, marks: Marks, keep: Callable[[Answer], None]) -> Answer | str:
    """A confirmed tick list, or a command. What is ticked by then is kept, whoever stops."""
    below = [item.after] if item.after else []
    answer: Answer | str = ":leave"
    try:
        answer = interface.tick(item.text, marks, below=below, skippable=item.optional)
    finally:
        if isinstance(answer, str) and marks.ticking and marks.so_far is not None:
            keep(marks.so_far)
    if not isinstance(answer, str):
        interface.echo(in_words(item, answer))
    return answer


def _typed(
    interface: Interface, item: Item, prior: Answer | None, parse: Callable[[str, Item], Answer]
) -> Answer | str:
    """A typed answer, asked for until it makes sense: the line again, or all that is shown."""
    interface.keys()
    while True:
        typed = interface.line("Your answer:", prior=as_typed(item, prior))
        if typed.startswith(":"):
            return typed
        if not typed and prior is not None:
            return prior
        if item.optional and skips(typed):
            return NoAnswer.DECLINED
        try:
            answer = parse(typed, item)
        except NotUnderstood as problem:
            if interface.wrong(str(problem)):
                return _AGAIN
            continue
        interface.echo(in_words(item, answer))
        return answer
