"""One session: the interview through an interface, saved after every answer, up to the result."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, assert_never

from questionnaire.resuming import outdated, result_stands
from questionnaire.screens.diary_offer import answer_from, diary_of, may_answer, offer_diary
from questionnaire.screens.emergency import tell_emergency
from questionnaire.screens.interim import so_far
from questionnaire.screens.question import ask, read_back
from questionnaire.screens.reached import tell_reached
from questionnaire.screens.result import Ending, Wish
from questionnaire.screens.review import look_over
from questionnaire.store import Session, SessionProblem, SessionStore
from questionnaire.terminal.interface import Interface, Leave
from triage.engine.answers import parse_answers
from triage.engine.assess import assess_with
from triage.engine.assessment import Assessment
from triage.engine.inference import Reasoner
from triage.engine.interview.events import (
    Command,
    Emergency,
    Interview,
    InterviewStep,
    Question,
    Reached,
    ReadBack,
    Recorded,
    Reply,
    Review,
)
from triage.engine.interview.stages import interview
from triage.engine.proxy import in_their_words
from triage.engine.response import Answer, Response, plain
from triage.problems import Problem
from triage.rulebook.reading.source import YamlDocument
from triage.rulebook.rulebook import Rulebook

Clock = Callable[[], datetime.datetime]


@dataclass
class SessionController:
    """Drives one interview. ``transcript`` is None if nothing is to be saved."""

    interface: Interface
    rulebook: Rulebook
    reasoner: Reasoner
    session: Session
    transcript: SessionStore | None
    clock: Clock
    saved_at: Path | None = None
    warned: bool = False  # what was answered last is not in the file, and that was said
    let_go: Callable[[], None] | None = None  # of a session that could not be held at the beginning
    emergency_shown: bool = False  # that page was the last thing on the screen
    unfinished: dict[str, Answer] = field(default_factory=dict)  # half a list of medicines
    unfit: dict[str, object] = field(default_factory=dict)  # answers of other rules: kept, not counted
    # Reads the diary of nights; None where nobody can be asked whether to use it.
    read_diary: Callable[[], Mapping[str, Mapping[str, Any]]] | None = None

    def run(self) -> Assessment:
        """Ask everything that is due and show the result. Raises ``Leave`` if the person stops."""
        response = self._resumed()
        drafts, unfit = self._read(self.session.drafts)
        self.unfit |= {item: self.session.drafts[item] for item in unfit}  # set aside at an earlier resume
        result_read, at_once = False, result_stands(self.session, self.reasoner.step(response))
        while True:
            if not at_once:  # else nothing is saved anew: what was answered a while ago is not of today
                order = self.session.order
                running = interview(self.reasoner, response, order, drafts, result_read=result_read)
                response = self._drive(running)
                # A result of today leaves questions out: it is finished all the same.
                self._keep(response, self.session.order, finished=True)
            assessment = assess_with(self.reasoner, response)
            ending = Ending(
                self.interface, self.reasoner, assessment, self._keep_one, self._deleting(),
                self.session.id if self.saving else "", diary_of(self.session, self.rulebook),
            )  # fmt: skip
            if not self.emergency_shown:
                ending.result()
            try:
                wish = ending.offer()
            except Leave:  # all is answered and saved: leaving is ending
                ending.good_bye()
                wish = Wish.END
            if wish is Wish.END:
                return assessment
            response, _ = self._read(self.session.answers)
            drafts, result_read, at_once = Response(), True, False

    @property
    def saving(self) -> bool:
        """Whether everything answered so far is in the file."""
        return self.saved_at is not None and not self.warned

    def _read(self, answers: dict[str, object]) -> tuple[Response, list[str]]:
        """Saved answers that still fit this rulebook, and the ids of those that do not."""
        kept: dict[str, Answer] = {}
        unfit: list[str] = []
        for item, answer in answers.items():
            problems: list[Problem] = []
            one = parse_answers(
                {item: answer}, self.rulebook, YamlDocument(self.session.id, None), (), problems
            )
            if problems:
                unfit.append(item)
            else:
                kept.update(one.answers)
        return Response(kept), unfit

    def _resumed(self) -> Response:
        """The saved answers that still fit this rulebook; what does not is asked again, and said."""
        response, unfit = self._read(self.session.answers)
        self.unfit = {item: self.session.answers[item] for item in unfit}
        response = self._fresh(response)
        version = self.rulebook.frame.version
        again = [self.rulebook.items[item].text for item in unfit if item in self.rulebook.items]
        gone = len(unfit) - len(again)
        if self.session.answers and (unfit or self.session.rulebook_version != version):
            self.interface.page("", "")
            self.interface.say("The questions have changed since you stopped. Your answers are kept.")
            if again:
                self.interface.say("", "These will be asked again:")
                self.interface.listing(again)
            if gone:
                self.interface.say(
                    "", f"Answers to questions that are no longer asked: {gone}. They do not count."
                )
            self.interface.line("Press Enter to go on.", commands=False)
        self.session = replace(self.session, rulebook_version=version)
        return response

    def _fresh(self, response: Response) -> Response:
        """Without the danger signs of "now", if they were answered long ago."""
        again = outdated(self.session, self.clock(), self.rulebook, response)
        if again:
            self.interface.page("", "")
            self.interface.say(
                "You answered more than a day ago. Things can change, so some questions come again."
            )
            self.interface.line("Press Enter to go on.", commands=False)
        for item in again:
            response = response.with_answer(item, None)
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
        self.emergency_shown = isinstance(step, Emergency)
        match step:
            case Question():
                words = in_their_words(self.rulebook, step.step.effective_answers)
                begun = self.unfinished.get(step.item.id, step.prior)
                step = replace(step, prior=begun)
                if (told := self._from_diary(step)) is not None:
                    return told
                answer = ask(self.interface, step, words, self._drafting(step.item.id))
                if not isinstance(answer, Command) or (step.changing and answer is Command.BACK):
                    self.unfinished.pop(step.item.id, None)
                if answer is Command.BACK and step.number == 1 and not step.changing:
                    self.interface.notice("This is the first question.")
                return answer
            case ReadBack():
                return read_back(self.interface, step)
            case Recorded():
                self._keep(step.response, step.order, finished=False, drafts=step.drafts)
            case Emergency():
                return tell_emergency(self.interface, self.reasoner, step.response)
            case Review():
                return look_over(self.interface, step)
            case Reached():
                return tell_reached(self.interface, self.rulebook, step, saving=self.saving)
            case _:
                assert_never(step)
        return None

    def _from_diary(self, step: Question) -> str | None:
        """The answer that the diary gives to a question not answered yet, if the person wants that."""
        read, today = self.read_diary, self.clock().date()
        if not may_answer(self.rulebook, step):
            return None
        if self.session.diary is None and read is not None:
            self.read_diary = None  # once is enough, also where there is nothing in it
            used = offer_diary(self.interface, self.rulebook, read(), today, step.step.effective_answers)
            self.session = replace(self.session, diary=used)
            self._save()
        return answer_from(self.interface, self.rulebook, diary_of(self.session, self.rulebook), step)

    def so_far(self) -> list[str]:
        """What the answers say already, for someone who stops."""
        response, _ = self._read(self.session.answers)
        return so_far(self.rulebook, self.reasoner.step(response))

    def _deleting(self) -> Callable[[], None] | None:
        if self.transcript is None or self.saved_at is None:
            return None  # nothing is kept that could be deleted
        transcript, name = self.transcript, self.session.id
        return lambda: transcript.delete(name, held=True)

    def _drafting(self, item: str) -> Callable[[Answer], None]:
        """Saves an answer that is not finished, so that a long list is not lost."""

        def keep(answer: Answer) -> None:
            self.unfinished[item] = answer
            drafts = {**self.session.drafts, **plain(Response({item: answer}))}
            self.session = replace(self.session, drafts=drafts)
            self._save()

        return keep

    def _keep_one(self, response: Response, item: str) -> None:
        """An answer that only the clinician's page needs."""
        order = (*(name for name in self.session.order if name != item), item)
        self._keep(response, order, finished=True)

    def _keep(
        self, response: Response, order: tuple[str, ...], *, finished: bool, drafts: Response | None = None
    ) -> None:
        self.session = replace(
            self.session,
            answers=plain(response),
            order=order,
            finished=finished,
            drafts=self.unfit | plain(drafts or Response()) | plain(Response(dict(self.unfinished))),
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
                said = f"{problem} You can go on, but you cannot stop and resume later."
                self.interface.notice(said, wrong=True)
            return
        if self.warned:  # a full disk was cleared: what is written is the whole session
            self.warned = False
            self.let_go = self.let_go or self.transcript.hold(self.session.id)
            self.interface.notice("Your answers can be saved again. All of them are saved now.")

    def save_again(self) -> None:
        """One more try, for someone who stops, if the last one went wrong."""
        if self.warned:
            self._save()
