"""What must fit together in a rulebook. Each check is one function."""
