"""A clinic's own rules, and the ways in which they could be less careful."""
