"""The path of a person: from answers to an assessment. Knows nothing of whoever edits the rules."""
