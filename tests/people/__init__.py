"""People who are made up: with answers at random, laid over ordinary ones, or filled in."""
