"""What stands on the pages beside the words of cards, questions and levels."""
