"""One interview, from the first question to the review, without any input or output."""
