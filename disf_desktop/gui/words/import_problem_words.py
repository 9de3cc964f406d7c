"""What is wrong in how a file is imported, in the words of the window and in both languages. QtCore alone."""

from __future__ import annotations

from disf_desktop.gui.words.pair_problem_words import Words
from disf_desktop.gui.words.translation import QT_TRANSLATE_NOOP

IMPORTS: tuple[Words, ...] = (
    (
        QT_TRANSLATE_NOOP("Problems", "The dates of {0} can be read day first or month first; nothing tells which."),
        QT_TRANSLATE_NOOP("Problems", "Say how they are written, at the step of the file."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "No consent is ever sent to Dialog Insight, nor the date or the origin of one."),
        QT_TRANSLATE_NOOP(
            "Problems", "Leave this field out; what the file says becomes a file for Dialog Insight’s own dated import."
        ),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "{0} is not known to hold a consent."),
        QT_TRANSLATE_NOOP(
            "Problems", "Tie it to an opt-in on the Opt-ins tab first, or import the column as any other."
        ),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "{0} is not {1}."),
        QT_TRANSLATE_NOOP("Problems", "Choose another field."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "Nothing says what {0} holds for yes and for no."),
        QT_TRANSLATE_NOOP("Problems", "Say the words for subscribed and unsubscribed on the Opt-ins tab."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "There is no destination “{0}”."),
        QT_TRANSLATE_NOOP("Problems", "Choose one of the list."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "“{0}” is the id of a destination project and of a Salesforce connection."),
        QT_TRANSLATE_NOOP("Problems", "Give one of the two another id in the project file."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "Nothing says by which field a row finds its record."),
        QT_TRANSLATE_NOOP("Problems", "Choose an external id or the Id, or let every row create a record."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "Salesforce finds a record by one field, not by several."),
        QT_TRANSLATE_NOOP("Problems", "Keep one of them."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "A record that is named by its Id is there already."),
        QT_TRANSLATE_NOOP("Problems", "Let the rows update only."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "{0} is a consent, and no consent is ever sent to Dialog Insight."),
        QT_TRANSLATE_NOOP(
            "Problems",
            "Put the column under consents: what it says becomes a file for Dialog Insight’s own dated import.",
        ),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "The key {0} is filled by no column."),
        QT_TRANSLATE_NOOP("Problems", "Pair a column with {0}: rows find their record by it."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "{0} finds rows by {1}, and by no other field."),
        QT_TRANSLATE_NOOP("Problems", "Pair a column with {1}."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "The file has no column “{0}”."),
        QT_TRANSLATE_NOOP("Problems", "Choose one of its columns."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "{0} is made of several parts, or of bytes."),
        QT_TRANSLATE_NOOP("Problems", "Fill its parts, such as a city."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "A field is named twice in the key."),
        QT_TRANSLATE_NOOP("Problems", "Name each one once."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "Nothing says by which fields rows are told apart."),
        QT_TRANSLATE_NOOP("Problems", "Choose the primary key of the table."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "{0} belongs to a related record."),
        QT_TRANSLATE_NOOP("Problems", "Fill a field of the object itself."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "Two keys may become one when they are shortened or rounded."),
        QT_TRANSLATE_NOOP("Problems", "Leave the key exactly as it is."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "{0} requires {1}, and no column fills it."),
        QT_TRANSLATE_NOOP("Problems", "Pair a column with {1}, or let the rows update only."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "{0} was added by an earlier import, to say what became of each row."),
        QT_TRANSLATE_NOOP("Problems", "Leave this column out."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "{0} holds a consent."),
        QT_TRANSLATE_NOOP(
            "Problems", "Put the column under consents: a no is written, and a yes where Salesforce shows no no."
        ),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "{0} does not let {1} be written."),
        QT_TRANSLATE_NOOP("Problems", "Leave the column out, or fill another field."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "{0} does not let {1} be changed once a record is there."),
        QT_TRANSLATE_NOOP("Problems", "Leave the column out."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "{0} is no external id; Salesforce creates or updates by external ids only."),
        QT_TRANSLATE_NOOP("Problems", "Choose an external id, or let the rows update only, or create only."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "{0} does not let {1} be filled in a new record."),
        QT_TRANSLATE_NOOP("Problems", "Leave the column out."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "{0} does not let {1} be written both in a new record and in one that is there."),
        QT_TRANSLATE_NOOP("Problems", "Leave the column out, or let the rows create only, or update only."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "There is no recipe “{0}”; there is {1}."),
        QT_TRANSLATE_NOOP("Problems", "Choose one of the list."),
        "",
    ),
)
