"""HL7 FHIR R4: the questions as a Questionnaire, its QuestionnaireResponses, parts of a document."""
