"""Answers put into words, for the person and for the clinician."""
