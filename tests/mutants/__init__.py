"""Rules with one thing wrong, and who notices."""
