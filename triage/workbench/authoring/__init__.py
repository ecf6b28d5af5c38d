"""Help for those who write rules: blanks to fill in, schemas for editors, and the reference."""
