"""Every problem code of rules and answers, explained: what it means, and why it is a problem.

README.md of the rules shows each with a broken and a mended snippet; ``rules explain CODE`` shows that.
"""

from __future__ import annotations

CODES: dict[str, str] = {
    # the file
    "alias": "YAML can name a value with & and repeat it with *. Here it may not: a change in one place would "
    "change another one that nobody looked at.",
    "duplicate-key": "A key stands twice. YAML would keep the last one without a word, and half a rule would be gone.",
    "empty": "A key has nothing after it, or a list has no entry, where something is needed.",
    "file-name": "A file whose name does not end in .yaml, or does not fit its folder or its id, would not be read. "
    "A card must never vanish silently.",
    "file-shape": "The file does not begin with what is expected there, such as “items:” with a list below it.",
    "key": "What stands before a “:” must be one word.",
    "no-file": "Every folder of rules needs this file.",
    "no-folder": "The folder that was named does not exist.",
    "no-rulebook": "rulebook.yaml holds the rules together; without it a folder is no rulebook.",
    "not-text": "The file is not plain text in UTF-8, or holds a character that cannot be seen. Save it again as plain text.",
    "second-document": "A line “---” starts a second document. Each file holds one.",
    "syntax": "The text is not valid YAML: the brackets, quotes, colons or the indentation do not fit.",
    "swallowed": "A # with text right behind it begins a remark: what follows is not read, and nobody would know.",
    "tab": "A tab stands where YAML wants spaces. It looks the same and means something else.",
    "tag": "YAML can force a type with “!”. Here it may not: rules are plain data.",
    "too-deep": "More than 40 steps of nesting: nobody can review that.",
    "too-large": "The file is above 1 MB, or the folder has more than 2,000 files.",
    "unreadable": "The file is there, but may not be read.",
    # keys and values
    "bad-value": "The value is none of those allowed, or does not have the form that is needed.",
    "missing-key": "A key that every such card or entry needs is not there.",
    "unknown-key": "Nothing reads this key. Mostly a misspelt one; what it says would be lost.",
    "wrong-type": "The value is of another kind than the key needs: text for a number, one word for a list.",
    # conditions
    "always-holds": "All answers make the condition (or this part of it) so: it rules out nobody. This is proved, not guessed.",
    "condition-count": "“at_least” needs a whole number, not above the number of conditions in “of”.",
    "condition-key": "This word is no part of the condition language.",
    "condition-number": "A number is needed, without words or units.",
    "condition-shape": "The condition is not complete, or mixes two forms.",
    "condition-size": "The condition has more than 500 parts: nobody can review that. Make several cards of it.",
    "condition-unsure": "“Not sure” is never a match: it makes a condition unknown. if_unsure says what follows from it.",
    "condition-word": "One word is needed, such as an id or an option code. true and false are not the words yes and no.",
    "never-holds": "No answers make the condition (or this part of it) so: the card is silent for everyone. This is proved, "
    "with the questions that open other questions taken into account.",
    "out-of-range": "The number lies outside the range of its question, so nobody can answer it.",
    "page-item": "What is asked only for the clinician's page must never change a result.",
    "theory-found": "Nothing may follow from a theory: it is what people say without good grounds.",
    "wrong-test": "The test does not fit the type of the question: “is” for one choice, “includes” for a tick list, "
    "at_least and the like for numbers.",
    "edge-example": "A red flag asks for a number, and no example stands on it and just beside it: a slip in the number would pass unseen.",
    "other-number": "The words of a card name another number than its condition.",
    # names
    "duplicate-id": "Two things have the same id, so conditions would not know which is meant.",
    "duplicate-name": "A name that people type would mean two medicines.",
    "inactive-card": "A condition builds on a card that is a draft or retired: it would never hold.",
    "unknown-card": "There is no such card, or it is an advice, which finds nothing.",
    "unknown-claim": "claims.yaml has no such claim.",
    "unknown-class": "medicines.yaml has no such class or group.",
    "unknown-medicine": "medicine_words.yaml names a medicine that medicines.yaml does not have.",
    "unknown-item": "There is no such question.",
    "unknown-option": "The question has no such option or line.",
    "unknown-section": "rulebook.yaml lists no such section.",
    "unknown-source": "sources.yaml has no such source. Enter it there first.",
    # cards
    "claim-unused": "A claim of the source documents is used by no card, and nobody says why. Nothing that was read may get lost.",
    "claim-used": "The claim is said to be not used, but a card uses it.",
    "example": "An example does not come out as it says. Either the condition or the example is wrong.",
    "future-date": "The day of the review is still to come.",
    "guard": "A guard holds back (block_when) or cautions (caution_when): one of the two.",
    "history": "The history must be in the order of its days, and end with the present status.",
    "if-unsure": "“Not sure” must not lead to more than “yes” does.",
    "own-page": "A card with a page of its own hides everything else. That is for what must be read alone and at once.",
    "ring": "These cards need each other's findings, so none can come first.",
    "same-condition": "Two cards of one kind look for the same, so people would read the same twice.",
    "same-words": "Two cards of one kind have the same title or text: people could not tell them apart.",
    "todo": "A vignette that was known to go wrong (todo) goes as expected now. Good: take “todo” out.",
    "vignette": "A written case is not complete, or comes out otherwise than it expects.",
    # questions
    "always-asked": "The condition for asking cannot fail, so it says nothing.",
    "clinical-words": "A line of a red-flag question needs the clinician's words for yes and for no.",
    "forward-reference": "A question can depend only on questions asked before it.",
    "gate-found": "Whether a question is asked depends on answers, not on findings.",
    "medicines-item": "One question lists the medicines, and its id is medicines.",
    "never-asked": "No answers open this question. This is proved, not guessed.",
    "number-item": "A number needs a unit and a range, the smaller number first.",
    "options": "Questions of type choice and choices have options; the other types have none.",
    "reserved-code": "“Not sure” and “rather not say” are offered with every question; they cannot be options.",
    "section-file": "A question stands in the file that has its section's name.",
    "usual": "With the usual answers, those of a healthy person with ordinary cramps, a red flag fires: then nobody is reassured.",
    "unread-item": "Nothing reads the answer: people would be asked for nothing.",
    "unread-red-flag": "A line of a red-flag question is read by no red flag: a yes to it would lead to nothing.",
    # rulebook.yaml and the other lists
    "denial": "A line that the clinician's page denies in few words must exist, have clinical_no, and stand in one denial only.",
    "dispositions": "The five levels must all be there, the most urgent first.",
    "hazard-control": "What should stand against a hazard is not there (any more), or a control names several things at once.",
    "invariant": "An invariant says whom it is about and what must follow, or names one general rule; this one does not.",
    "invariant-broken": "There are answers for which the invariant does not hold: the person is described. This is proved, not guessed.",
    "invariant-line": "An invariant in one line reads IF … THEN …, with conditions between; this one does not.",
    "invariant-of-nobody": "No answers fit what the invariant is about, so it says nothing. Mostly a slip in a condition.",
    "unknown-invariant": "invariants.yaml has no such invariant.",
    "unused-phrase": "Words of their own for a text that does not exist (any more).",
    # overlays
    "built-in-invariant": "What must hold for all answers in the built-in rules holds for a clinic's rules too: it adds its own, and changes none.",
    "not-allowed-here": "A clinic's folder may add to the built-in rules, reword some texts, and be more careful. This is something else.",
    # words
    "blame": "The words sound as if the person had done something wrong. Then people stop answering truthfully.",
    "comfort": "The words promise that all is well. An answer on a screen cannot know that.",
    "diagnosis": "The words tell people what they have. Answers on a screen cannot know that.",
    "jargon": "People at home do not use this word.",
    "long-sentence": "More than 30 words in one sentence: too much for a tired reader at night.",
    "placeholder": "A word such as TODO was left where people or clinicians read.",
    # answers files and examples
    "bad-answer": "The question has no such answer.",
    "format": "An answers file says in “format” which version it is.",
    "not-answers": "The file is no answers file: it has no “answers” with keys below.",
    # files of many people
    "duplicate-column": "A table of answers has two columns of one name.",
    "long-line": "A line of a file of answers is so long that it cannot be one person's.",
    "missing-column": "A table of answers needs a column for every question, and one for each line of a tick list: see legcramp batch --template.",
    "not-parquet": "The file ends in .parquet and is something else, or damaged.",
    "separator": "The columns of a CSV file are parted by commas. Some programs write semicolons or tabs.",
    "unknown-column": "A table of answers has a column that is no question and no line of one.",
}
