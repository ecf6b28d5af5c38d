"""The commands of those who maintain the rules."""
