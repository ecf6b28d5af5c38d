"""What stays off the clinician's page (others may read it), taken out of the data as well."""

from __future__ import annotations

from typing import Any

from triage.conditions.leaf import NoAnswer, Ticks
from triage.conditions.nodes import Includes, Is
from triage.conditions.walk import leaves
from triage.engine.response import Answer, Response
from triage.rulebook.goals import conditions_of
from triage.rulebook.rulebook import Rulebook

_LISTS = ("red_flags", "patterns", "factors", "theories")
_REMARKS = ("for", "against", "unknown")
_SILENT = ("unsure", "declined")


def without_private(data: dict[str, Any], rulebook: Rulebook) -> dict[str, Any]:
    """An assessment's data without private answers, what rests on them, and what they would change."""
    private = private_codes(rulebook)

    def hidden(entry: dict[str, Any]) -> bool:
        codes = private.get(entry["item"], set())
        told = {entry.get("option"), entry.get("answer"), entry.get("from"), entry.get("to")}
        return bool(codes) and (
            bool(told & codes) or (entry.get("option") is None and bool(told & {*_SILENT}))
        )

    made = dict(data)
    gone: set[str] = set()
    for name in _LISTS:
        kept = []
        for finding in made[name]:
            rests = any(hidden(remark) for key in ("for", "unknown") for remark in finding.get(key, ()))
            if rests:
                gone.add(finding["id"])
                continue
            remarks = {
                key: [r for r in finding[key] if not hidden(r)] for key in _REMARKS if key in finding
            }
            kept.append({**finding, **remarks})
        made[name] = kept
    made["disposition"] = _of_the_level(made["disposition"], gone, rulebook)
    shown = [entry["id"] for name in (*_LISTS, "advice") for entry in made[name]]
    cited = {claim for card in shown for claim in rulebook.cards[card].claims}
    made["claims"] = [claim for claim in made["claims"] if claim["id"] in cited]
    named = {card for entry in made["unresolved"] for card in entry["cards"]}
    telling = _telling(rulebook, private, named)
    made["unresolved"] = [
        {**entry, "cards": cards}
        for entry in made["unresolved"]
        if (cards := [card for card in entry["cards"] if card not in telling])
    ]
    for name in ("unresolved", "would_change", "pertinent_negatives"):
        made[name] = [entry for entry in made[name] if not hidden(entry)]
    made["would_change_together"] = [
        entry for entry in made["would_change_together"] if not any(map(hidden, entry["changes"]))
    ]
    if any(map(hidden, made["smallest_reason"])):
        made["smallest_reason"] = []
    made["answers"] = {
        item: _open(answer, private.get(item, set()))
        for item, answer in made["answers"].items()
        if not (item in private and answer in (*private[item], *_SILENT))
    }
    return made


def private_codes(rulebook: Rulebook) -> dict[str, set[str]]:
    """The private options of every question that has some."""
    lines = {item.id: {o.code for o in item.options if o.private} for item in rulebook.items.values()}
    return {item: codes for item, codes in lines.items() if codes}


def response_without_private(response: Response, rulebook: Rulebook) -> Response:
    """The same answers that ``without_private`` leaves in the data, as a response."""
    private = private_codes(rulebook)
    return Response(
        {
            item: _without(answer, private[item]) if item in private else answer
            for item, answer in response.answers.items()
            if not (item in private and _tells(answer, private[item]))
        }
    )


def _tells(answer: Answer, codes: set[str]) -> bool:
    """Whether the answer as a whole is private: one of these options, or that nothing was said."""
    silent = isinstance(answer, NoAnswer) and answer.value in _SILENT
    return silent or (isinstance(answer, str) and answer in codes)


def _without(answer: Answer, codes: set[str]) -> Answer:
    return Ticks(answer.ticked - codes, answer.unsure - codes) if isinstance(answer, Ticks) else answer


def _of_the_level(said: dict[str, Any], gone: set[str], rulebook: Rulebook) -> dict[str, Any]:
    """The disposition in the words of its level. What the person was told to do and to say stays
    theirs: it depends on what they answered."""
    level = next((level for level in rulebook.frame.dispositions if level.code == said["code"]), None)
    words = {key: getattr(level, key) for key in ("label", "within", "place")} if level else {}
    because = [card for card in said["because"] if card not in gone]
    return {**said, **words, "say": None, "do": [], "because": because}


def _telling(rulebook: Rulebook, private: dict[str, set[str]], named: set[str]) -> set[str]:
    """Those of the named cards that look for a private answer: that one is open still tells of it."""
    return {
        card
        for card in named
        for node, _ in conditions_of(rulebook.cards[card]).values()
        for leaf in leaves(node)
        if isinstance(leaf, Is | Includes) and set(leaf.codes) & private.get(leaf.item, set())
    }


def _open(answer: Any, codes: set[str]) -> Any:
    if codes and isinstance(answer, list):
        return [code for code in answer if str(code).rstrip("?") not in codes]
    return answer
