"""The questions as an HL7 FHIR R4 Questionnaire, and answers as its QuestionnaireResponse."""
