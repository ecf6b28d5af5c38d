"""How a person is asked: the interview, its two interfaces, and the command line."""
