"""Safety invariants, proved for all answers."""
