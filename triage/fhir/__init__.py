"""HL7 FHIR R4: the questions as a form, answers to it, and the parts of a document with a result."""
