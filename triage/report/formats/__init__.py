"""Documents in a format: each renders the same blocks."""
