"""Documents in a format: most files here render the same blocks (``triage.report.document``).

``json.py`` and ``fhir_document.py`` render the assessment itself; ``drawing.py``, ``figure.py`` and
``nights.py`` draw for others.

A new one gets its name in ``FORMATS`` (``questionnaire/commands/options.py``), and is called by
``questionnaire/rendering.py``.
"""
