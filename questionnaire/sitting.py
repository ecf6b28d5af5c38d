"""One sitting: the interview through a face, saved after every answer, up to the result."""

from __future__ import annotations

import contextlib
import datetime
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from questionnaire.asking import ask, read_back
from questionnaire.face import Face, Leave, Offer
from questionnaire.interview import (
    Command,
    Emergency,
    Interview,
    InterviewStep,
    Question,
    ReadBack,
    Recorded,
    Reply,
    Verdict,
    interview,
)
from questionnaire.transcript import Session, SessionProblem, Transcript, write_atomically
from triage.answers import parse_answers
from triage.assess import assess_with
from triage.assessment import Assessment
from triage.problems import Problem
from triage.reasoner import Reasoner
from triage.response import Answer, Response, plain
from triage.rulebook.model import Level
from triage.rulebook.rulebook import Rulebook
from triage.rulebook.source import Document as Source

Clock = Callable[[], datetime.datetime]


@dataclass
class Sitting:
    """Drives one interview. ``transcript`` is None if nothing is to be saved."""

    face: Face
    rulebook: Rulebook
    reasoner: Reasoner
    session: Session
    transcript: Transcript | None
    clock: Clock
    saved_at: Path | None = None
    warned: bool = False

    def run(self) -> Assessment:
        """Ask everything that is due and show the result. Raises ``Leave`` if the person stops."""
        response = self._resumed()
        drafts = parse_answers(self.session.drafts, self.rulebook, Source(self.session.id, None), (), [])
        running = interview(self.reasoner, response, self.session.order, drafts)
        response = self._drive(running)
        assessment = assess_with(self.reasoner, response)
        self._keep(response, tuple(self.session.order), finished=assessment.complete)
        self._result(assessment)
        return assessment

    def _resumed(self) -> Response:
        """The saved answers that still fit this rulebook; what does not is asked again, and said."""
        problems: list[Problem] = []
        place = Source(self.session.id, None)
        response = parse_answers(self.session.answers, self.rulebook, place, (), problems)
        if problems:
            self.face.say("The questions have changed since. Some will be asked again.")
        return response

    def _drive(self, running: Interview) -> Response:
        reply: Reply = None
        while True:
            try:
                step = running.send(reply)
            except StopIteration as stop:
                finished: Response = stop.value
                return finished
            reply = self._reply(step)

    def _reply(self, step: InterviewStep) -> Reply:
        match step:
            case Question():
                answer = ask(self.face, step, self.rulebook, self._drafting(step.item.id))
                if answer is Command.BACK and step.number == 1:
                    self.face.say("This is the first question.")
                return answer
            case ReadBack():
                return read_back(self.face, step)
            case Recorded():
                self._keep(step.response, step.order, finished=False)
            case Emergency():
                return self._emergency(step.response)
            case _:
                return self._reached(step.level)
        return None

    def _reached(self, level: Level) -> Verdict:
        """Said at once; the person may call first, go on, or undo a mistake."""
        words = self.rulebook.dispositions[level]
        self.face.page("", "")
        self.face.alarm(f"{words.label}.", f"When: {words.within}.", f"Where: {words.place}.")
        self.face.say("You can call first. Your answers are saved, and the rest can wait.", "")
        offers = (
            Offer("yes", "Go on: a few questions, to see whether it is even more urgent"),
            Offer("no", "I made a mistake: go back to the last question"),
        )
        return Verdict(self.face.pick("What would you like to do?", offers, commands=False))

    def _emergency(self, response: Response) -> Verdict:
        """The emergency page at once; then a way to undo a mistake."""
        from triage.report.person import person_document

        assessment = assess_with(self.reasoner, response)
        self.face.document(person_document(assessment, self.rulebook, full=False))
        offers = (
            Offer("yes", "I have read this"),
            Offer("no", "I made a mistake: go back to the last question"),
        )
        try:
            return Verdict(self.face.pick("Get help first. This can wait.", offers, commands=False))
        except Leave:
            return Verdict.YES  # the page has been shown, and the answers are saved

    def _result(self, assessment: Assessment) -> None:
        from triage.report.person import person_document

        if assessment.disposition.code != "emergency":  # that page has been shown already
            self.face.document(person_document(assessment, self.rulebook, full=False))
        with contextlib.suppress(Leave):  # all is answered and saved: leaving is ending
            self._offer_page(assessment)

    def _offer_page(self, assessment: Assessment) -> None:
        from triage.report.person import person_document

        question = "What would you like to do now?"
        while True:
            offers = [
                Offer("page", "Save a page for my clinician"),
                Offer("why", "Show all reasons, and where they come from"),
            ]
            if self.transcript is not None:
                offers.append(Offer("delete", "Delete my answers from this computer, and end"))
            offers.append(Offer("end", "Keep my answers, and end" if self.transcript else "End"))
            picked = self.face.pick(question, offers, commands=False)
            if picked == "page":
                self._save_page()
            elif picked == "why":
                self.face.document(person_document(assessment, self.rulebook))
            elif picked == "delete" and self.transcript is not None:
                if self.face.yes_no("Delete all answers for good?", unsure=False) == "no":
                    continue
                try:
                    self.transcript.delete(self.session.id)
                except SessionProblem as problem:
                    self.face.say(str(problem))
                    continue
                self.face.say("Your answers are deleted. A page that you saved stays where it is.")
                return
            else:
                return

    def _save_page(self) -> None:
        """Ask the few questions that only the page needs, then write it."""
        from triage.report.as_text import as_text
        from triage.report.clinician import clinician_document

        response = self._page_answers()
        if response is None:
            return
        assessment = assess_with(self.reasoner, response)
        text = as_text(clinician_document(assessment, self.rulebook))
        path = _free_path(Path.cwd(), f"leg-cramps-{assessment.date:%Y-%m-%d}", ".txt")
        try:
            write_atomically(path, text)
        except OSError as error:
            reason = (error.strerror or "it cannot be written").lower()
            self.face.say(f"The page could not be saved in {path}: {reason}.")
            return
        self.face.page("", "")
        self.face.say("The page is saved here:", str(path), "")
        self.face.say("You can print it, or show it on a screen. Others may be able to read it too.")

    def _page_answers(self) -> Response | None:
        """The answers with those for the page added; None if the person went back out."""
        response = self._resumed_from_session()
        items = [item for item in self.rulebook.items.values() if item.stage == "page"]
        position = 0
        while position < len(items):
            item = items[position]
            question = Question(item, response.get(item.id), position + 1, len(items) - position - 1)
            answer = ask(self.face, question, self.rulebook, self._drafting(item.id))
            if isinstance(answer, Command):
                if position == 0:
                    return None
                position -= 1
                continue
            response = response.with_answer(item.id, answer)
            order = (*(name for name in self.session.order if name != item.id), item.id)
            self._keep(response, order, finished=True)
            position += 1
        return response

    def _resumed_from_session(self) -> Response:
        return parse_answers(self.session.answers, self.rulebook, Source(self.session.id, None), (), [])

    def _drafting(self, item: str) -> Callable[[Answer], None]:
        """Saves an answer that is not finished, so that a long list is not lost."""

        def keep(answer: Answer) -> None:
            self.session = replace(self.session, drafts=plain(Response({item: answer})))
            self._save()

        return keep

    def _keep(self, response: Response, order: tuple[str, ...], *, finished: bool) -> None:
        self.session = replace(
            self.session, answers=plain(response), order=order, finished=finished, drafts={}
        )
        self._save()

    def _save(self) -> None:
        if self.transcript is None:
            return
        try:
            self.saved_at = self.transcript.save(self.session, self.clock())
        except SessionProblem as problem:
            if not self.warned:
                self.warned = True
                self.face.say(str(problem), "You can go on, but you cannot stop and resume later.")


def _free_path(folder: Path, stem: str, suffix: str) -> Path:
    """A path that does not exist yet: nothing is ever overwritten."""
    number = 1
    while os.path.lexists(path := folder / f"{stem}{f'-{number}' if number > 1 else ''}{suffix}"):
        number += 1
    return path
