"""A QuestionnaireResponse as a response: what renderers make of the form, and what we write ourselves.

Read is the JSON of R4. R5 writes the same for such a form, so that is read too. Answers to another version
of the questions are read as far as they are understood; what is not, is named. Nobody gets calmer by that:
where a line was ticked that is not known here, every line that is not ticked is in doubt.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from triage.engine.answers import parse_answers, read_answers
from triage.engine.response import Answer, Response
from triage.fhir.form.questionnaire import WHOM, questionnaire_url
from triage.fhir.responses.answered import FormAnswers, Given
from triage.fhir.responses.link_items import located_name, read_items
from triage.problems import Invalid, Place, Problem
from triage.rulebook.reading.json_or_yaml import read_json_or_yaml, with_places
from triage.rulebook.reading.source import Path, YamlDocument
from triage.rulebook.rulebook import Rulebook
from triage.text import printable

RESOURCE = "QuestionnaireResponse"


class Read(NamedTuple):
    """A response, and in sentences what of it was not understood, or not as it was written."""

    response: Response
    remarks: tuple[str, ...] = ()


def read_any(raw: bytes, file: str, rulebook: Rulebook) -> Read:
    """The response in an answers file, or in a QuestionnaireResponse.

    Raises ``Invalid`` with every problem found; never another exception.
    """
    if raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        fix = "Save the QuestionnaireResponse as JSON, and name that file."
        raise Invalid(
            [Problem("not-fhir", "this looks like XML, which is not read here", Place(file, 1, 1), fix)]
        )
    document = read_json_or_yaml(raw, file)
    if not isinstance(document.data, dict) or "resourceType" not in document.data:
        return Read(read_answers(raw, file, rulebook))
    try:
        return read_resource(document, rulebook)
    except Invalid:
        return read_resource(with_places(document, raw), rulebook)


def read_resource(document: YamlDocument, rulebook: Rulebook) -> Read:
    """The response in a QuestionnaireResponse. Raises ``Invalid`` with every problem found."""
    data = document.data
    version = _checked(document, rulebook)
    remarks: list[str] = []
    problems: list[Problem] = []
    other = version not in (None, rulebook.frame.version)
    if other:
        remarks.append(
            f"These are answers to version {version} of the questions, and this is version "
            f"{rulebook.frame.version}. What is new since then was not asked."
        )
    found = read_items(data.get("item"), document, rulebook, problems, remarks if other else None)
    answers: dict[str, Answer] = {}
    reading = FormAnswers(found, rulebook, document, problems, remarks, other_version=other)
    for item, given in reading.read():
        answers.update(_parsed(item, given, document, rulebook, problems, remarks if other else None))
    if problems:
        raise Invalid(problems)
    return Read(Response(answers), tuple(remarks))


def _checked(document: YamlDocument, rulebook: Rulebook) -> str | None:
    """The version of the form that was answered; None if that is not said."""
    data: dict[str, Any] = document.data
    if data["resourceType"] != RESOURCE:
        kind = printable(str(data["resourceType"]))[:60]
        fix = f"Name a file that holds one {RESOURCE}."
        raise _refused(
            "not-answers", f"this is FHIR, but “{kind}”, not a {RESOURCE}", document, "resourceType", fix
        )
    if data.get("status") == "entered-in-error":
        fix = "Use the answers that replace these."
        raise _refused("withdrawn", "these answers are marked as entered in error", document, "status", fix)
    named = data.get("questionnaire")
    if named is None:
        return None
    url, _, version = named.partition("|") if isinstance(named, str) else ("", "", "")
    ours = questionnaire_url(rulebook)
    if url not in (ours, *(f"{ours}:{whom}" for whom in WHOM)):
        said = f"these are answers to another questionnaire (“{printable(str(named))[:80]}”)"
        fix = f"Only answers to {ours} are understood here."
        raise _refused("other-questionnaire", said, document, "questionnaire", fix)
    return version or None


def _refused(code: str, message: str, document: YamlDocument, key: str, fix: str) -> Invalid:
    return Invalid([Problem(code, f"{RESOURCE}.{key}: {message}", document.place((key,)), fix)])


def _parsed(
    item: str,
    given: Given,
    document: YamlDocument,
    rulebook: Rulebook,
    problems: list[Problem],
    remarks: list[str] | None,
) -> dict[str, Answer]:
    """The answer, checked like one in an answers file; what does not fit is a problem or a remark."""
    if given.settled is not None:
        return {item: given.settled}
    moved: dict[Path, tuple[YamlDocument, Path]] = {(item,): (document, given.path)}
    found: list[Problem] = []
    response = parse_answers(
        {item: given.plain}, rulebook, YamlDocument(document.file, None, moved=moved), (), found
    )
    if remarks is not None:
        remarks += [f"{problem.message}. It is left out." for problem in found]
    else:
        problems += [
            Problem(one.code, f"{located_name(given.path)}: {one.message}", one.place, one.fix)
            for one in found
        ]
    return dict(response.answers)
