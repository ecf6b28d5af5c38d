"""Medicines as people write them, read."""
