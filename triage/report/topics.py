"""What stands behind the first page, by topic: each is read only by whoever wants it."""

from __future__ import annotations

from dataclasses import dataclass

from triage.engine.assessment import Assessment
from triage.report.document import Document, DocumentPart, Paragraph
from triage.report.person import PersonPage, person_document
from triage.report.telephone import telephone_script
from triage.rulebook.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic: what it is called where it is offered, and what can be read of it."""

    code: str
    title: str
    document: Document


def topics(assessment: Assessment, rulebook: Rulebook) -> tuple[Topic, ...]:
    """The topics of this result, in the order in which they are offered.

    Beside a page that stands alone there is one only: what the other answers say. It can wait.
    """
    page = _Topics(assessment, rulebook, full=False)
    if assessment.disposition.alone:
        return (page.rest(),)
    everything = Topic("all", rulebook.page.sentence("topic_all"), person_document(assessment, rulebook))
    match assessment.disposition.code:
        case "unfinished":
            made = [page.reasons()]
        case "emergency":
            return (page.until_help(),)
        case "same_day":
            made = [page.until_seen(), everything]
        case _:
            made = [page.reasons(), page.parts(), page.things_to_try(), everything]
    return tuple(topic for topic in made if topic.document.sections)


class _Topics(PersonPage):
    def until_help(self) -> Topic:
        """The emergency has nothing but what to do; that which no red flag may hide stands there too."""
        parts = [*self.steps(), *self.why(), *self.besides(), *self.crisis()]
        return self.topic("until", "topic_until_help", parts)

    def until_seen(self) -> Topic:
        said = tuple(Paragraph(sentence) for sentence in telephone_script(self.assessment, self.rulebook))
        phone = DocumentPart(self.sentence("topic_phone"), said)
        parts = [*self.besides(), phone, *self.steps(), *self.why(), self.sooner(), *self.unknown()]
        return self.topic("until", "topic_until_seen", parts)

    def reasons(self) -> Topic:
        parts = [*(self.why() or self.calm()), *self.steps(), self.sooner()]
        return self.topic("why", "topic_why", parts)

    def parts(self) -> Topic:
        parts = [*self.patterns(), *self.factors(), *self.medicines(), *self.unknown()]
        return self.topic("part", "topic_part", parts)

    def things_to_try(self) -> Topic:
        return self.topic("try", "topic_try", self.advice())

    def rest(self) -> Topic:
        first = DocumentPart("", (Paragraph(self.sentence("can_wait")),))
        parts = [first, *self.others(), *self.patterns(), *self.factors(), self.sooner()]
        return self.topic("rest", "topic_rest", parts)

    def topic(self, code: str, name: str, parts: list[DocumentPart]) -> Topic:
        said, title = tuple(part for part in parts if part.blocks), self.sentence(name)
        return Topic(code, title, Document(title, said, self.assessment.always))
