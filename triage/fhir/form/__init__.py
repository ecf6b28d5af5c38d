"""The questions as a Questionnaire: for programs that show forms, and as a page that shows itself."""
