"""The door to questionary: prompts with arrow keys and number keys, on a real terminal."""
