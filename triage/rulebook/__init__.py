"""The rulebook: YAML with places, the frozen model, loading, and cross-file checks."""
