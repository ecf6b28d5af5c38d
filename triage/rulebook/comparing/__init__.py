"""Two rulebooks side by side: their parts, and what an edit can reach."""
