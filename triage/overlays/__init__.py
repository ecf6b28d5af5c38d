"""A clinic's rulebook on the built-in one: where it is less careful, what to read again."""
