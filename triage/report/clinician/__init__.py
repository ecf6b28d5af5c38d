"""The clinician's page, and what is told of a result in a clinician's words."""
