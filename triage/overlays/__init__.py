"""A clinic's folder on the built-in rules: what it may change, and what to read again."""
