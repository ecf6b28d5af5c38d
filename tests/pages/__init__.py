"""What pages and drawings say, read back: their parts, their words, and what must be true of them."""
