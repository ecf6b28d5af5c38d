"""Interviews: who answers, with which answers; and the written cases, interviewed once in a run."""
