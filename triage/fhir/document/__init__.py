"""The parts of a document with a result: a Bundle, and the resources in it.

Which of them stand in the document is chosen in ``triage/report/formats/fhir_document.py``.
"""
