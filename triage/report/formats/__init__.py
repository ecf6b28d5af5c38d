"""Documents in a format: each file here renders the same blocks (``triage.report.document``).

A new one gets its name in ``FORMATS`` (``questionnaire/commands/options.py``), and is called by
``questionnaire/rendering.py``.
"""
