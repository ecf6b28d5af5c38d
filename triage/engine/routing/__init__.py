"""Which questions are asked: those that can still change a conclusion, or that the page needs."""
