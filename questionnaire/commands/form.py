"""``legcramp form``: the questions as a page for a tablet without a network."""

from __future__ import annotations

from pathlib import Path

import click

from questionnaire.commands.options import (
    force_option,
    numbers_options,
    out_option,
    rules_option,
    whom_option,
)
from questionnaire.input_output import write_out
from questionnaire.rulebooks import Numbers, load_rulebook


@click.command()
@whom_option
@out_option
@force_option
@numbers_options
@rules_option
def form(whom: str | None, out: Path | None, force: bool, numbers: Numbers, folder: Path | None) -> None:
    """Write the questions as one page that works without a network.

    It opens in any browser of today, asks nothing of any network, and keeps nothing. It tells what to do at
    once in an emergency, but no result. Its button saves the answers as a file: legcramp assess FILE.
    """
    from triage.fhir.form.form_page import form_page
    from triage.fhir.form.questionnaire import WHOM

    wording = next((one for one in WHOM if one == whom), None)
    write_out(form_page(load_rulebook(folder, numbers), wording, numbers.emergency), out, force)
