"""``legcramp rules prove``: a question to the rulebook, answered for all answers; and answers files of
those for whom an invariant does not hold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from questionnaire.commands.options import force_option
from questionnaire.commands.rules.problems import counted
from questionnaire.commands.rules.which_rules import (
    folder_option,
    loaded_to_look_at,
    rules_to_read,
    say_which,
)
from questionnaire.input_output import read_input, write_out
from questionnaire.program import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from triage.engine.response import Response
    from triage.rulebook.invariants import Invariant
    from triage.rulebook.rulebook import Rulebook
    from triage.workbench.proving.prove import Proof

answers_dir_option = click.option(
    "--answers-dir",
    "answers_dir",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Write the answers of everybody for whom an invariant does not hold to this folder.",
)


@click.command()
@click.argument("what", nargs=-1, required=True, metavar="“IF … THEN …”|ID|FILE")
@answers_dir_option
@force_option
@folder_option
def prove(what: tuple[str, ...], answers_dir: Path | None, force: bool, folder: Path | None) -> None:
    """Ask whether something holds for all answers, or for whom it does not.

    \b
    legcramp rules prove "IF today includes leg_swollen AND age >= 60 THEN at_least same_day"
    legcramp rules prove "IF POSSIBLE kidneys is weak THEN withholds magnesium_note"
    legcramp rules prove "IF {item: sex, is: male} THEN {never_asks: [pregnancy]}"

    ID is an invariant of the rules; FILE has a list like invariants.yaml.
    """
    from triage.workbench.proving.prove import prove as proved

    with rules_to_read(folder) as place:
        rulebook = loaded_to_look_at(place)
        asked = _asked(rulebook, " ".join(what))
    say_which(place, rulebook)
    proofs = [proved(rulebook, invariant) for invariant in asked]
    for proof in proofs:
        click.echo(_told(rulebook, proof))
    if answers_dir is not None:
        write_answers(proofs, answers_dir, force)


def _asked(rulebook: Rulebook, what: str) -> list[Invariant]:
    from triage.names import did_you_mean
    from triage.workbench.proving.asked import ask_in_a_file, ask_in_a_line

    if what in rulebook.invariants:
        return [rulebook.invariants[what]]
    file = Path(what or "?")
    if " " in what.strip() and not file.exists():
        return [ask_in_a_line(rulebook, what)]
    if file.suffix in (".yaml", ".yml") or file.exists():
        return ask_in_a_file(rulebook, *read_input(file))
    hint = did_you_mean(what, rulebook.invariants) or "See: legcramp rules list invariants"
    raise Refusal(f"There is no invariant and no file “{what}”. {hint}")


def _told(rulebook: Rulebook, proof: Proof) -> str:
    from triage.workbench.proving.unproved import in_words

    invariant = proof.invariant
    asked = f"{invariant.id}: {invariant.sentence}" if invariant.id != "asked" else invariant.sentence
    if proof.empty:
        return f"{asked}\n  No answers fit the premise: it says nothing."
    if proof.holds:
        return f"{asked}\n  Holds for all answers."
    return f"{asked}\n  Does not hold. {in_words(rulebook, proof)}"


def what_was_proved(rulebook: Rulebook) -> str:
    """The last lines of ``rules check``: how many invariants hold, and the longest interview."""
    from triage.engine.solving.person_in_words import describe_person
    from triage.workbench.proving.longest import longest_interview
    from triage.workbench.proving.unproved import unusual_answers

    longest = longest_interview(rulebook)
    person = describe_person(rulebook, unusual_answers(rulebook, longest.person))
    questions = counted(longest.asked, "question")
    return (
        f"Proved for all answers: {counted(len(rulebook.invariants), 'safety invariant')}.\n"
        f"The longest interview: {questions} (no answers open more than {longest.at_most}), for {person}."
    )


def write_who_breaks_any(rulebook: Rulebook, folder: Path, force: bool) -> None:
    """The answers of everybody for whom an invariant of the rulebook does not hold."""
    from triage.workbench.proving.prove import prove_all

    write_answers(prove_all(rulebook), folder, force)


def write_answers(proofs: Iterable[Proof], folder: Path, force: bool) -> None:
    """One answers file for everybody for whom an invariant does not hold. Raises ``Refusal``."""
    people = [(proof.invariant.id, proof.person) for proof in proofs if proof.person is not None]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refusal(f"{folder} cannot be made: {(error.strerror or 'unknown').lower()}.") from None
    for name, person in people:
        write_out(_as_json(person), folder / f"{name}.json", force)
    said = f"{counted(len(people), 'file')} with answers in {folder}. Try: legcramp assess FILE"
    click.echo(said, err=True)  # what is on standard output may be for a program


def _as_json(person: Response) -> str:
    from triage.engine.answers import FORMAT
    from triage.engine.response import plain

    told = {"format": FORMAT, "answers": plain(person)}
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"
