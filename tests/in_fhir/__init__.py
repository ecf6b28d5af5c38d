"""What is exchanged in FHIR: documents, forms and responses, and what other software says of them."""
