"""The safety invariants as they are written in Python, and the many responses that they are tried on."""
