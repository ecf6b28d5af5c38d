"""A response becomes a QuestionnaireResponse and comes back as it was."""

import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from people.generators import answers_to, random_response

from triage.conditions.leaf import NoAnswer, Ticks
from triage.engine.response import MedicineAnswer, Response
from triage.fhir.responses.reading import Read, read_any
from triage.fhir.responses.writing import questionnaire_response
from triage.workbench.examples import read_examples


def there_and_back(rulebook, response: Response) -> Read:
    written = json.dumps(questionnaire_response(rulebook, response), ensure_ascii=False)
    return read_any(written.encode(), "answers.json", rulebook)


def test_every_kind_of_answer_comes_back(rulebook) -> None:
    for item in rulebook.items.values():
        for answer in [
            *answers_to(item, rulebook),
            *(["", "unsure", "a\nb"] if item.type == "text" else []),
        ]:
            response = Response({item.id: answer})
            assert there_and_back(rulebook, response) == Read(response), (item.id, answer)


@settings(max_examples=150)
@given(seed=st.integers(0, 10**9))
def test_every_response_comes_back(rulebook, seed: int) -> None:
    response = random_response(rulebook, random.Random(seed))
    assert there_and_back(rulebook, response) == Read(response)


@given(
    name=st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=30),
    started=st.sampled_from([None, "recent", "long_ago", "unsure", "2026", "2026-10", "2026-10-05"]),
    use=st.sampled_from([None, "unsure", "heart", "pain"]),
)
def test_every_medicine_comes_back(rulebook, name: str, started: str | None, use: str | None) -> None:
    response = Response(
        {"medicines": (MedicineAnswer(name, started, use), MedicineAnswer("amlodipine", started))}
    )
    assert there_and_back(rulebook, response) == Read(response)


@pytest.mark.parametrize("words", ["unsure", "declined", " ", "<b>&“”</b>", "שלום 🦵"])
def test_free_text_is_text(rulebook, words: str) -> None:
    response = Response({"own_words": words})
    assert there_and_back(rulebook, response) == Read(response)


def test_the_examples_beside_the_cards_come_back(rulebook) -> None:
    for example in read_examples(rulebook):
        assert there_and_back(rulebook, example.response) == Read(example.response)


def test_the_same_answers_make_the_same_bytes(rulebook) -> None:
    one = Response({"age": 40, "emergency_head": Ticks(frozenset({"chest_pain"}), frozenset({"blackout"}))})
    other = Response(dict(reversed(one.answers.items())))
    assert json.dumps(questionnaire_response(rulebook, one)) == json.dumps(
        questionnaire_response(rulebook, other)
    )


def test_a_small_rulebook_too(small) -> None:
    response = Response(
        {"sex": NoAnswer.DECLINED, "signs": Ticks(frozenset(), frozenset({"weak"})), "nights": 3}
    )
    assert there_and_back(small, response) == Read(response)
