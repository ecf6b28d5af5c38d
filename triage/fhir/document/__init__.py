"""The parts of a document with a result: a Bundle, and the resources in it."""
