"""What must fit together in a rulebook: each module is about one kind of thing.

A new check that an ordinary start needs is called by ``check`` in ``all_checks.py``; one of wording, of
dates or of drawings, which only a maintainer needs, by ``inspect`` in ``triage/workbench/lint.py``.
"""
