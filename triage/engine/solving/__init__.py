"""All possible answers at once, as the solver sees them: what can be concluded, and from whom."""
