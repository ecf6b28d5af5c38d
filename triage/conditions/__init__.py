"""The condition language: nodes, the parser, walkers, and what one leaf says of one answer."""
