"""Words for a line that holds several things: what the closer list was answered stands in place of it."""

from __future__ import annotations

from collections.abc import Mapping

from triage.conditions.leaf import EffectiveAnswer, NoAnswer, Ticks
from triage.rulebook.model import Item, Option

_SILENT = {NoAnswer.UNSURE: "not sure", NoAnswer.DECLINED: "not answered"}


def in_exact_words(
    items: Mapping[str, Item], option: Option, effective_answers: Mapping[str, EffectiveAnswer]
) -> Option:
    """A ticked line with the words for what was ticked in its closer list; itself, if it has none.

    Where the closer list names nothing, the line keeps its words for the person, and those for the
    clinician say that it is not known which. Codes stay, so cards read the line as before.
    """
    closer = items.get(option.closer) if option.closer else None
    if closer is None:
        return option
    answer = effective_answers.get(closer.id, NoAnswer.NOT_ASKED)
    clinical = option.clinical_yes or option.text
    if not isinstance(answer, Ticks):
        which = _SILENT.get(answer, "not asked") if isinstance(answer, NoAnswer) else "not asked"
        return option.model_copy(update={"clinical_yes": f"{clinical} (which: {which})"})
    ticked = [one for one in closer.options if one.code in answer.ticked]
    unsure = [one for one in closer.options if one.code in answer.unsure]
    if not ticked:
        maybe = " or ".join(one.clinical_yes or one.text for one in unsure)
        which = f"not sure, perhaps {maybe}" if maybe else "none of those asked"
        return option.model_copy(update={"clinical_yes": f"{clinical} (which: {which})"})
    words = [one.clinical_yes or one.text for one in ticked]
    words += [f"{one.clinical_yes or one.text} (not sure)" for one in unsure]
    text = ", ".join(
        one.text if n == 0 else one.text[0].lower() + one.text[1:] for n, one in enumerate(ticked)
    )
    return option.model_copy(update={"text": text, "clinical_yes": ", ".join(words)})
