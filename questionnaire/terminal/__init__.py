"""The two faces of the interview, and the terminal below them."""
