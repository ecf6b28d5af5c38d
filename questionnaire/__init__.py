"""How a person is asked: the interview, its two faces, and the command line."""
