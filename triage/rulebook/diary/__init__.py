"""The diary of nights, as the rules have it."""
