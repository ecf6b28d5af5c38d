"""From an assessment to something that can be read: documents without formatting, then formats."""
