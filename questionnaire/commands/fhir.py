"""``legcramp fhir``: the questions for programs that speak HL7 FHIR."""

from __future__ import annotations

import json
from pathlib import Path

import click

from questionnaire.commands.options import force_option, out_option, rules_option, whom_option
from questionnaire.input_output import write_out
from questionnaire.rulebooks import load_rulebook


@click.group()
def fhir() -> None:
    """The questions as an HL7 FHIR form. Answers to it can be assessed like any others."""


@fhir.command()
@whom_option
@out_option
@force_option
@rules_option
def questionnaire(whom: str | None, out: Path | None, force: bool, folder: Path | None) -> None:
    """Write the questions as an R4 Questionnaire (SDC), as JSON.

    It opens in form renderers such as LHC-Forms and Smart Forms. What they export, a
    QuestionnaireResponse, can be assessed: legcramp assess FILE.
    """
    from triage.fhir.form.questionnaire import WHOM
    from triage.fhir.form.questionnaire import questionnaire as form

    made = form(load_rulebook(folder), next((one for one in WHOM if one == whom), None))
    write_out(json.dumps(made, ensure_ascii=False, indent=1) + "\n", out, force)
