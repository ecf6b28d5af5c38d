"""The two interfaces of the interview, and the terminal below them."""
