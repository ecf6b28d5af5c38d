"""The rules as a graph, drawn."""
