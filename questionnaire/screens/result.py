"""The end of a sitting: the result on the screen, the page for the clinician, what to keep."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING

from questionnaire.program import program
from questionnaire.rendering import render, render_sheet
from questionnaire.screens.question import ask
from questionnaire.screens.saving import HTML, MARKDOWN, PDF, TEXT, choose_kind, save
from questionnaire.store import SessionProblem
from questionnaire.terminal.interface import Below, Interface, Offer
from triage.conditions.leaf import NoAnswer
from triage.diary.nights import FourWeeks
from triage.engine.assess import assess_with
from triage.engine.assessment import Assessment
from triage.engine.inference import Reasoner
from triage.engine.interview.events import Command, Question
from triage.engine.proxy import in_their_words
from triage.engine.response import Answer, Response
from triage.rulebook.rulebook import Rulebook

if TYPE_CHECKING:
    from triage.report.topics import Topic

Keep = Callable[[Response, str], None]  # the answers with one more, and which item it was


class Wish(Enum):
    """What the person wants after the result."""

    END = "end"
    CHANGE = "change"


class Ending:
    """What can be done once there is a result. Nothing is saved: no ``delete``, no ``name``."""

    def __init__(
        self,
        interface: Interface,
        reasoner: Reasoner,
        assessment: Assessment,
        keep: Keep,
        delete: Callable[[], None] | None,
        name: str = "",
        diary: FourWeeks | None = None,
    ) -> None:
        self.interface = interface
        self.reasoner = reasoner
        self.assessment = assessment
        self.keep = keep
        self.delete = delete
        self.name = name
        self.diary = diary
        self.unsaved = False  # a page was wanted, and is not saved yet

    def result(self) -> None:
        """The first page: what it looks like, how soon, what to do now."""
        from triage.report.first_page import first_page

        self.interface.document(
            first_page(self.assessment, self._words()), below=self._choices(self._topics())
        )

    def offer(self) -> Wish:
        """Ask what to read or to do now, until the person is done."""
        while True:
            told = self._topics()
            choices = self._choices(told)
            picked = self.interface.pick(choices.question, choices.offers, commands=False)
            if picked in told:
                self.interface.document(told[picked].document, below=choices)
                continue
            if picked == "answers":
                picked = self._about_answers()
            match picked:
                case "page":
                    self._save_page()
                case "sheet":
                    self._save_sheet()
                case "change":
                    return Wish.CHANGE
                case "delete":
                    if self._deleted():
                        return Wish.END
                case "end":
                    self.good_bye()
                    return Wish.END
                case "back":
                    self.result()

    def _topics(self) -> dict[str, Topic]:
        from triage.report.topics import topics

        return {topic.code: topic for topic in topics(self.assessment, self._words())}

    def _choices(self, told: Mapping[str, Topic]) -> Below:
        """What is asked under the result, and the result in brief."""
        said = self.assessment.disposition
        offers = [Offer(topic.code, topic.title) for topic in told.values()]
        offers.append(Offer("page", "Save a page for the clinician"))
        urgent = said.code in ("emergency", "same_day")
        offers.append(Offer("sheet", f"Save a sheet {'for the phone call' if urgent else 'to take home'}"))
        if self.delete is None:
            offers.append(Offer("change", "Look over my answers, or change one"))
        else:
            offers.append(Offer("answers", "Look over, change or delete my answers"))
        offers.append(Offer("end", "Keep my answers, and end" if self.delete else "End"))
        question = f"RESULT: {said.label.upper()}. What would you like to do now?"
        return Below(question, offers, f"How soon: {said.within}.")

    def _about_answers(self) -> str:
        offers = (
            Offer("change", "Look over my answers, or change one"),
            Offer("delete", "Delete my answers from this computer, and end"),
            Offer("back", "Back to the result"),
        )
        self.interface.page("", "")
        return self.interface.pick("What about your answers?", offers, commands=False)

    def good_bye(self) -> None:
        self.interface.page("", "")
        said = self.assessment.disposition
        self.interface.say(f"Your result: {said.label}. {said.within}.", "")
        if self.unsaved:
            self.interface.say("No page was saved.")
        if self.name:
            if self.unsaved:
                self.interface.say(f"To save it: {program()} summary -o page.pdf --format pdf")
            self.interface.say(
                f"Your answers are kept. To read the result again: {program()} sessions show {self.name}"
            )
            if said.code in ("routine", "self_care") and self.reasoner.rulebook.diary is not None:
                self.interface.say(f"To note each night in a few keys: {program()} diary")

    def _words(self) -> Rulebook:
        return in_their_words(self.reasoner.rulebook, self.assessment.effective_answers)

    def _deleted(self) -> bool:
        assert self.delete is not None
        if self.interface.yes_no("Delete all answers for good?") != "yes":
            return False
        try:
            self.delete()
        except SessionProblem as problem:
            self.interface.say(str(problem))
            return False
        self.interface.say("Your answers are deleted. A page that you saved stays where it is.")
        return True

    def _save_page(self) -> None:
        """Ask the few questions that only the page needs, if they are wanted, then write it."""
        offers = (
            Offer("words", "Add a few words of my own first (short questions, Enter skips)"),
            Offer("now", "Save it as it is"),
            Offer("back", "Back to the result"),
        )
        self.interface.page("", "")
        question = "The page has your answers and the result."
        wish = self.interface.pick(question, offers, commands=False)
        if wish == "back":
            return
        self.unsaved = True
        response = self._page_answers() if wish == "words" else self.assessment.response
        if response is None:
            self.unsaved = False
            return
        self.interface.page("", "")
        style = choose_kind(self.interface, (PDF, HTML, TEXT, MARKDOWN), "No page now")
        self.unsaved = False
        if style is None:
            return
        self.assessment = assess_with(self.reasoner, response)
        rulebook = self.reasoner.rulebook
        stem = f"leg-cramps-{self.assessment.date:%Y-%m-%d}"
        make = partial(render, self.assessment, rulebook, style, page=True, told=True, diary=self.diary)
        save(self.interface, "page", stem, style, make)

    def _save_sheet(self) -> None:
        self.interface.page("", "")
        style = choose_kind(self.interface, (PDF, HTML, TEXT), "No sheet now")
        if style is None:
            return
        stem = f"sheet-{self.assessment.date:%Y-%m-%d}"  # says nothing of what is on it
        make = partial(render_sheet, self.assessment, self.reasoner.rulebook, style)
        save(self.interface, "sheet", stem, style, make)

    def _page_answers(self) -> Response | None:
        """The answers with those for the page added; None if the person went back out."""
        response = self.assessment.response
        step = self.reasoner.step(response)
        rulebook = in_their_words(self.reasoner.rulebook, step.effective_answers)
        known = step.effective_answers
        page = [item for item in rulebook.items.values() if item.stage == "page"]
        items = [item for item in page if known[item.id] is not NoAnswer.UNREACHABLE]
        position = 0
        while position < len(items):
            item = items[position]
            before = response.get(item.id)
            question = Question(item, before, position + 1, len(items) - position - 1, 0, step)
            answer = ask(self.interface, question, rulebook, _nothing)
            if answer is Command.REVIEW:
                continue  # these few are not part of it
            if isinstance(answer, Command):
                if position == 0:
                    return None
                position -= 1
                continue
            response = response.with_answer(item.id, answer)
            self.keep(response, item.id)
            position += 1
        return response


def _nothing(_: Answer) -> None:
    """These answers are short: nothing is kept of one that is not finished."""
