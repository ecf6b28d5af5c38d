"""Readers of conditions. Each is one translation; none knows another.

A reader is a function over ``Node`` with one ``match`` and ``assert_never`` at its end
(``triage/conditions/nodes.py``), and is held to the others in ``tests/conformance``. The smallest is
``english.py``. ``formula.py``, ``circuit.py``, ``answer_bits.py`` and ``experta_matcher.py`` are parts of
other readers.
"""
