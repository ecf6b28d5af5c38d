"""The form as one page that works without a network: the Questionnaire with a renderer of our own in it.

Why a renderer of our own, and not LHC-Forms, which is well kept: whoever has this program by ``pip``
should have a form that works, without npm and without 3 MB of scripts that nobody here can read, on a
page that people with fever or pain fill in on a telephone. LHC-Forms 40 also shows every line to
everybody, lets "none of these" stand beside a tick, and axe-core finds fields without a label and faint
text in it. The questions need only what a browser has by itself: buttons, boxes, fields.

What would be dangerous is a gate that is misread, as it hides a question. So the page reads the gates
of the Questionnaire as it is (``fhirpath.js``, ``gates.js``). It knows only that part of FHIRPath in
which we write them, and shows no question at all where it finds anything else. The tests hold it to the
engine and to the FHIRPath engine of others, with the same people (tests/triage/fhir/form/test_gates.py,
test_form_gates.py).

The page may ask nothing of any network: its Content-Security-Policy allows its own script and style, by
their fingerprints, and nothing else. Answers are nowhere but on the page, until somebody saves them as
a file.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
from pathlib import Path

from triage.fhir.form.questionnaire import Whom, in_words_for, questionnaire
from triage.rulebook.rulebook import Rulebook

PARTS = Path(__file__).parent / "form_parts"
_SCRIPTS = ("fhirpath.js", "gates.js", "questions.js", "fields.js", "lists.js", "form.js")


def form_page(rulebook: Rulebook, whom: Whom | None = None, number: str | None = None) -> str:
    """The whole file, the same for the same rulebook. ``whom``: as for ``questionnaire``.

    ``number`` is the emergency number, if it is set. It then stands in the rulebook's own words too.
    """
    made = questionnaire(rulebook, whom)
    words = in_words_for(rulebook, whom)
    emergency = words.dispositions["emergency"]
    ring = f" Your emergency number is {number}." if number else ""
    script = "".join(['\n"use strict";\n', *(_part(name) for name in _SCRIPTS)])
    style = _part("form.css")
    net = [*words.frame.safety_net_for_all, *([words.frame.crisis] if words.frame.crisis else [])]
    filled = {
        "POLICY": _policy(script, style),
        "TITLE": html.escape(made["title"]),
        "PLACE": html.escape(emergency.place),
        "ALARM": html.escape(f"{emergency.label}.{ring}"),
        "SAFETY_NET": "\n".join(f"<p>{html.escape(line)}</p>" for line in net),
        "STYLE": style,
        "SCRIPT": script,
        # "<" could end the element that holds it.
        "QUESTIONNAIRE": json.dumps(made, ensure_ascii=False, separators=(",", ":")).replace(
            "<", "\\u003c"
        ),
    }
    pieces = _part("page.html").split("@@")  # every second piece is a name
    return "".join(filled[piece] if place % 2 else piece for place, piece in enumerate(pieces))


def _policy(script: str, style: str) -> str:
    """This script, this style, and nothing from anywhere."""
    allowed = {
        "default-src": "'none'",
        "script-src": f"'{_fingerprint(script)}'",
        "style-src": f"'{_fingerprint(style)}'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{what} {whence}" for what, whence in allowed.items())


def _part(name: str) -> str:
    return (PARTS / name).read_text(encoding="utf-8")


def _fingerprint(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
