"""What follows from the rulebook: conditions, readers, and the one verb, ``assess``."""
