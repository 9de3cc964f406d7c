"""What is wrong in pairs and opt-ins, in the words of the window (`gui.words.problem_words` says how they are used)."""

from __future__ import annotations

from disf_desktop.gui.words.translation import QT_TRANSLATE_NOOP

Words = tuple[str, str, str]
"""What happened, what to do, and the core's own sentence where the window says otherwise; what stands in the places of
the core's sentence goes into both."""

PAIRS: tuple[Words, ...] = (
    (
        QT_TRANSLATE_NOOP("Problems", "There is no field “{0}” in {1}."),
        QT_TRANSLATE_NOOP(
            "Problems", "Choose another field; this one was renamed, removed, or is hidden from the connected user."
        ),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "There is no field “{0}” in the object {1}."),
        QT_TRANSLATE_NOOP(
            "Problems", "Choose another field; this one was renamed, removed, or is hidden from the connected user."
        ),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "There is no field “{0}” in the table {1}."),
        QT_TRANSLATE_NOOP("Problems", "Choose another field; this one was renamed or removed in Dialog Insight."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "A link to a contact takes no default."),
        QT_TRANSLATE_NOOP("Problems", "Remove the default of this pair."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "{0} is not a text field."),
        QT_TRANSLATE_NOOP(
            "Problems", "Choose a text field of 40 characters, marked External ID and Unique, made for this."
        ),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "{0} has room for {1} characters; {2} are needed."),
        QT_TRANSLATE_NOOP(
            "Problems", "Choose a text field of 40 characters, marked External ID and Unique, made for this."
        ),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "{0} is not an external id with unique values: a person could be created twice."),
        QT_TRANSLATE_NOOP(
            "Problems", "Choose a text field of 40 characters, marked External ID and Unique, made for this."
        ),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "Salesforce does not let {0} be filled in a new record."),
        QT_TRANSLATE_NOOP(
            "Problems", "Pair a field that may be written in a new record, or do not create people in Salesforce."
        ),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "{0} cannot say that a record is deleted."),
        QT_TRANSLATE_NOOP(
            "Problems", "Choose a text, a date or a true/false field made for this, or none: deletes are then reported."
        ),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "{0} is a consent. No consent is ever written to Dialog Insight."),
        QT_TRANSLATE_NOOP(
            "Problems", "Choose a text, a date or a true/false field made for this, or none: deletes are then reported."
        ),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "{0} is paired with a Salesforce field already."),
        QT_TRANSLATE_NOOP(
            "Problems", "Choose a text, a date or a true/false field made for this, or none: deletes are then reported."
        ),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "Dialog Insight does not let {0} be written."),
        QT_TRANSLATE_NOOP("Problems", "Choose a field that may be written."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "The text has {0} characters with its date; {1} holds {2}."),
        QT_TRANSLATE_NOOP("Problems", "Write a shorter text, or choose a longer field."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "{0} and {2} cannot be paired this way."),
        QT_TRANSLATE_NOOP("Problems", "Choose the pair to see why, then choose another field or direction."),
        "{0} {1} {2}: {3}",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "Only a text can be cut, to a text field with a length."),
        QT_TRANSLATE_NOOP("Problems", "Take this transform away, or pair other fields."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "Only a number can be rounded, to a number field that says its decimals."),
        QT_TRANSLATE_NOOP("Problems", "Take this transform away, or pair other fields."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "Only a text can be put in lower case."),
        QT_TRANSLATE_NOOP("Problems", "Take this transform away, or pair other fields."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "Only a text can be reduced to its digits."),
        QT_TRANSLATE_NOOP("Problems", "Take this transform away, or pair other fields."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "The default of {0} cannot be sent."),
        QT_TRANSLATE_NOOP("Problems", "Write a default that the Dialog Insight field holds."),
        "The default of {0} {1}",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "Dialog Insight requires {0}, and nothing is paired with it."),
        QT_TRANSLATE_NOOP("Problems", "Pair a field with it; without it every new record is refused."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "Salesforce requires {0}, and nothing is paired with it."),
        QT_TRANSLATE_NOOP(
            "Problems", "Pair a Dialog Insight field with it; without it nobody can be created in Salesforce."
        ),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "There is no opt-in “{0}” in {1}."),
        QT_TRANSLATE_NOOP("Problems", "Choose another opt-in; this one was renamed or removed in Dialog Insight."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "{0} is no date."),
        QT_TRANSLATE_NOOP("Problems", "Choose a date, or a date with time."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "{0} cannot hold where a consent comes from."),
        QT_TRANSLATE_NOOP("Problems", "Choose a longer text field."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "“{0}” is used twice."),
        QT_TRANSLATE_NOOP("Problems", "Give each one its own."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "{0} cannot hold a consent."),
        QT_TRANSLATE_NOOP("Problems", "Choose a checkbox, a picklist with one value, or a text field."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "“{0}” is given two meanings."),
        QT_TRANSLATE_NOOP("Problems", "Write a different word for each answer."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "{0} does not accept “{1}”."),
        QT_TRANSLATE_NOOP("Problems", "Choose a word of the list, or add it to the list in Salesforce."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "{0} holds {1} characters; “{2}” is longer."),
        QT_TRANSLATE_NOOP("Problems", "Write a shorter word, or lengthen the field in Salesforce."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "{0} is written by another opt-in, or twice by this one."),
        QT_TRANSLATE_NOOP("Problems", "Give each consent, its date and its source a field of their own."),
        "{0} is written by another opt-in pair, or twice by this one.",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "{0} is a checkbox: it is ticked or not, and holds no word."),
        QT_TRANSLATE_NOOP("Problems", "Choose what yes and no become again."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "{0} is no checkbox, so it cannot be inverted."),
        QT_TRANSLATE_NOOP("Problems", "Write the words that yes and no become."),
        "{0} is no checkbox.",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "The word is empty."),
        QT_TRANSLATE_NOOP("Problems", "Write a word, or leave the field as it is."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "{0} cannot be written in Salesforce."),
        QT_TRANSLATE_NOOP(
            "Problems", "Choose a field of the object itself that the connected user may edit, and no formula."
        ),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "{0} needs a word for yes and a word for no."),
        QT_TRANSLATE_NOOP("Problems", "Write the words that it receives."),
        "{0} needs a word for {1}.",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "{0} is a consent. Consents travel from Dialog Insight to Salesforce only."),
        QT_TRANSLATE_NOOP("Problems", "Remove this pair; opt-ins have their own tab."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP(
            "Problems", "{0} is a consent. Consents travel from Dialog Insight to Salesforce only, as opt-ins."
        ),
        QT_TRANSLATE_NOOP("Problems", "Remove this pair; opt-ins have their own tab."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "A custom table is filled from Salesforce only."),
        QT_TRANSLATE_NOOP("Problems", "Let this pair travel to Dialog Insight only."),
        "A custom table is filled from Salesforce only; from a custom table to Salesforce comes later.",
    ),
    (
        QT_TRANSLATE_NOOP(
            "Problems",
            "The key of a type A project is the Salesforce record Id; an e-mail or a name may repeat or change.",
        ),
        QT_TRANSLATE_NOOP("Problems", "Pair the key with the Salesforce Id."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "A key is sent exactly as it is: it takes no default and no transform."),
        QT_TRANSLATE_NOOP("Problems", "Remove the default and the transform of this pair."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP(
            "Problems",
            "The newest of two values is chosen only where both sides may change them; this pair travels one way.",
        ),
        QT_TRANSLATE_NOOP("Problems", "Choose another rule, or let this pair travel both ways."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP(
            "Problems", "{0} holds what tells people born in Dialog Insight apart; only the program writes it."
        ),
        QT_TRANSLATE_NOOP("Problems", "Pair another Salesforce field."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "{0} is written to {1} already; two fields would fight over it."),
        QT_TRANSLATE_NOOP("Problems", "Let one of the two pairs travel to Dialog Insight only, or remove it."),
        "",
    ),
)
