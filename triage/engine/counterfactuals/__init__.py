"""What other answers would lead to: tried one by one, and found by the solver."""
