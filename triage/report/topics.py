"""What stands behind the first page, by topic: each is read only by whoever wants it."""

from __future__ import annotations

from dataclasses import dataclass

from triage.engine.assessment import Assessment, MedicineNote
from triage.report.adding import kind_of
from triage.report.document import Block, Bullets, Document, DocumentPart, Paragraph
from triage.report.person import PersonPage, person_document
from triage.report.telephone import telephone_script
from triage.rulebook.rulebook import Rulebook

_A_LINK = "A link does not mean that it is the reason. Change no prescribed medicine by yourself."


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
    everything = Topic("all", "All of it, with the sources", person_document(assessment, rulebook))
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
        return self.topic("until", "What to do until help is there, and why", parts)

    def until_seen(self) -> Topic:
        said = tuple(Paragraph(sentence) for sentence in telephone_script(self.assessment, self.rulebook))
        phone = DocumentPart("What to say on the phone", said)
        parts = [*self.besides(), phone, *self.steps(), *self.why(), self.sooner(), *self.unknown()]
        return self.topic("until", "What to say on the phone, what to do until then, and why", parts)

    def reasons(self) -> Topic:
        parts = [*self.why(), *self.steps(), self.sooner()]
        return self.topic("why", "Why, and when to get help sooner", parts)

    def parts(self) -> Topic:
        parts = [*self.patterns(), *self.factors(), *self.medicines(), *self.unknown()]
        title = "What may play a part, and what the result hangs on"
        return self.topic("part", title, parts)

    def things_to_try(self) -> Topic:
        return self.topic("try", "What to try, and what to leave alone", self.advice())

    def rest(self) -> Topic:
        first = DocumentPart("", (Paragraph("Get help for what stands on the first page. This can wait."),))
        parts = [first, *self.others(), *self.patterns(), *self.factors(), self.sooner()]
        return self.topic("rest", "What my other answers say. It can wait", parts)

    def topic(self, code: str, title: str, parts: list[DocumentPart]) -> Topic:
        said = tuple(part for part in parts if part.blocks)
        return Topic(code, title, Document(title, said, self.assessment.always))

    def medicines(self) -> list[DocumentPart]:
        """Each medicine as it was typed, and what is known of it here."""
        named = [(self.with_kind(note.name), (_known_of(note),)) for note in self.assessment.medicines]
        blocks: tuple[Block, ...] = (Paragraph(_A_LINK), Bullets(tuple(named))) if named else ()
        title = "Their medicines" if self.assessment.about_another else "Your medicines"
        return [DocumentPart(title, blocks)]

    def with_kind(self, name: str) -> str:
        """A medicine as it was typed, and what people call such a one."""
        kind = kind_of(name, self.assessment, self.rulebook)
        return f"{name} ({kind})" if kind else name


def _known_of(note: MedicineNote) -> str:
    if note.understood == "kind":
        return "We know only the kind of medicine. Its name stands on the box."
    if note.understood in ("use", "not at all"):
        return "Not in our list of medicines. Ask a pharmacist about it."
    if note.linked_with:
        return f"Linked with: {', '.join(note.linked_with)}."
    return "We know of no link with leg cramps."
