"""Who is shown a part of the form: as ``enableWhen`` where that can say it, else as an expression.

``enableWhen`` is one list of comparisons of which one, or all, must hold. So it can say "one of these
answers, or not sure of it", but not what tick lists with a line in doubt need, nor a mixture of "and" and
"or". It never says ``!=``: that would hold for a question without an answer. What is denied is written as
all the other answers instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from triage.conditions.fhirpath import as_text, none
from triage.conditions.link_ids import ABSENT_SYSTEM, DECLINED, UNSURE, doubt, system
from triage.conditions.nodes import AllOf, Answered, AnyOf, Comparator, Compare, Includes, Is, Node, Not
from triage.conditions.walk import push_negation
from triage.fhir.resource import Json
from triage.readers.fhir import OPERATORS, End, Forms
from triage.rulebook.model import Item

_SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition"
EXPRESSION = f"{_SDC}/sdc-questionnaire-enableWhenExpression"
TOGGLE = f"{_SDC}/sdc-questionnaire-answerOptionsToggleExpression"
VARIABLE = "http://hl7.org/fhir/StructureDefinition/variable"

_OPPOSITE = {
    Comparator.AT_LEAST: "<",
    Comparator.AT_MOST: ">",
    Comparator.ABOVE: "<=",
    Comparator.BELOW: ">=",
}


class Gates:
    """What opens the parts of a form. ``items`` are the questions by their ids."""

    def __init__(self, forms: Forms, items: Mapping[str, Item]) -> None:
        self._forms = forms
        self._items = items

    def shown(self, item: Item) -> Json:
        """What a question needs so that it is shown to those who are asked it.

        In an interview whatever a question hangs on was asked before it. What comes at the very end
        cannot wait for an answer, so it is shown unless it is known not to be for this person.
        """
        if item.ask_when is None:
            return {}
        return self.when(item.ask_when, End.MOST_UNKNOWN if item.stage == "page" else End.LEAST_UNKNOWN)

    def when(self, node: Node, end: End) -> Json:
        """The keys that show a part where ``end`` is so of the condition."""
        written = push_negation(node)
        alone = self._one_of(written, end)
        if alone is not None:
            return _enable(alone, "any")
        if isinstance(written, AllOf):
            singles = [self._one_of(part, end) for part in written.of]
            if all(single is not None and len(single) == 1 for single in singles):
                return _enable([one for single in singles for one in single or ()], "all")
        return expressed(as_text(self._forms.expression(node, end)))

    def without_number(self, item: Item) -> Json:
        """What opens the "not sure" beside a number: it is shown, and there is no number."""
        unanswered = {"question": item.id, "operator": "exists", "answerBoolean": False}
        if item.ask_when is None:
            return _enable([unanswered], "any")
        gate = as_text(self._forms.expression(item.ask_when, End.LEAST_UNKNOWN))
        return expressed(f"({gate} and {none(self._forms.values(item.id))})")

    def typed_medicine(self) -> Json:
        """What asks what a medicine is for: one was typed, in this place of the list or in another."""
        return expressed(self._forms.typed_medicine())

    def toggles(self, item: Item, listed: Iterable[Json]) -> list[Json]:
        """What hides the lines that are not for this person; ``listed`` are the options as codings.

        Only some renderers can do that (Smart Forms can, LHC-Forms cannot). Elsewhere such a line is
        shown to all, as in a list on paper. That does no harm: a tick in a line that is not for this
        person counts as little here as anywhere else.
        """
        codings = {coding["code"]: coding for coding in listed}
        together: dict[Node, list[str]] = {}
        for option in item.options:
            if option.ask_when is not None:
                together.setdefault(option.ask_when, []).append(option.code)
        return [
            {
                "extension": [
                    *({"url": "option", "valueCoding": codings[code]} for code in codes),
                    {
                        "url": "expression",
                        "valueExpression": fhirpath(
                            as_text(self._forms.expression(gate, End.MOST_UNKNOWN))
                        ),
                    },
                ],
                "url": TOGGLE,
            }
            for gate, codes in together.items()
        ]

    def _one_of(self, node: Node, end: End) -> list[Json] | None:
        """Comparisons of which one must hold; None where these cannot say it."""
        match node:
            case AnyOf():
                parts = [self._one_of(part, end) for part in node.of]
                return None if None in parts else [one for part in parts for one in part or ()]
            case Is():
                return self._coded(node.item, node.codes, end)
            case Includes() if end is End.LEAST_PRESENT and not self._with_gates(node):
                return [_is(node.item, code) for code in node.codes]
            case Compare() if end in _LEAST:
                return self._compared(node.item, OPERATORS[node.how], node.threshold, end)
            case Not(part=Is(item=item, codes=codes)) if self._items[item].ask_when is None:
                others = [code for code in self._items[item].codes if code not in codes]
                return self._coded(item, others, end)
            case Not(part=Compare() as part) if self._items[part.item].ask_when is None and end in _LEAST:
                return self._compared(part.item, _OPPOSITE[part.how], part.threshold, end)
            case Answered(item=item, line=None) if end in _LEAST and self._items[item].type == "choice":
                return [_is(item, code) for code in self._items[item].codes]
        return None

    def _with_gates(self, node: Includes) -> bool:
        options = (self._items[node.item].option(code) for code in node.codes)
        return any(option is None or option.ask_when is not None for option in options)

    def _coded(self, item: str, codes: Iterable[str], end: End) -> list[Json] | None:
        if end not in _LEAST or any(option.ask_when for option in self._items[item].options):
            return None
        return [*(_is(item, code) for code in codes), *self._silent(item, item, end)]

    def _compared(self, item: str, operator: str, threshold: float, end: End) -> list[Json]:
        whole = self._items[item].type == "integer"
        key, number = ("answerInteger", int(threshold)) if whole else ("answerDecimal", threshold)
        said = {"question": item, "operator": operator, key: number}
        return [said, *self._silent(item, doubt(item), end)]

    def _silent(self, item: str, link_id: str, end: End) -> list[Json]:
        if end is End.LEAST_PRESENT:
            return []
        codes = (UNSURE, DECLINED) if self._items[item].optional else (UNSURE,)
        return [_comparison(link_id, ABSENT_SYSTEM, code) for code in codes]


_LEAST = (End.LEAST_UNKNOWN, End.LEAST_PRESENT)


def expressed(expression: str) -> Json:
    """The key that shows a part where the expression is true."""
    return {"extension": [{"url": EXPRESSION, "valueExpression": fhirpath(expression)}]}


def fhirpath(expression: str, name: str | None = None) -> Json:
    """An expression as FHIR has it."""
    named = {} if name is None else {"name": name}
    return {**named, "language": "text/fhirpath", "expression": expression}


def _enable(comparisons: list[Json], behaviour: str) -> Json:
    several = {"enableBehavior": behaviour} if len(comparisons) > 1 else {}
    return {"enableWhen": comparisons, **several}


def _is(item: str, code: str) -> Json:
    return _comparison(item, system(item), code)


def _comparison(link_id: str, code_system: str, code: str) -> Json:
    return {"question": link_id, "operator": "=", "answerCoding": {"system": code_system, "code": code}}
