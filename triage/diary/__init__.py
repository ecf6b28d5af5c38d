"""The diary of nights: what was told, counted, and what follows from the counts."""
