"""Answers to the form, as QuestionnaireResponses: read from one, and written as one."""
