"""Readers of conditions. Each is one translation; none knows another."""
