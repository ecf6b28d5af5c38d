"""The answers of many people at once, in columns: what follows for each of them."""
