"""What is wrong in a project file, in the words of the window and in both languages. QtCore alone.

The core says it in the words of the file, for whoever reads and writes that; each of its sentences is known here by its
form, and said as a person at the screen would. A sentence that is not known here is said as it came.
"""

from __future__ import annotations

import re

from disf_desktop.core.errors import InOrg, Problem
from disf_desktop.gui.words.import_problem_words import IMPORTS
from disf_desktop.gui.words.pair_problem_words import PAIRS, Words
from disf_desktop.gui.words.translation import QT_TRANSLATE_NOOP, translate

PROBLEMS: tuple[Words, ...] = (
    *PAIRS,
    *IMPORTS,
    (
        QT_TRANSLATE_NOOP("Problems", "A custom table has no opt-ins; contacts have them."),
        QT_TRANSLATE_NOOP("Problems", "Take the opt-ins away."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "Salesforce alone gives a record its Id."),
        QT_TRANSLATE_NOOP("Problems", "Let this pair travel to Dialog Insight only."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP(
            "Problems", "Nobody born in Dialog Insight has a Salesforce Id; it cannot be the key of a type B project."
        ),
        QT_TRANSLATE_NOOP("Problems", "Pair the key with the field that holds it in Salesforce, such as Email."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "In a type B project nothing but the Salesforce Id travels to Dialog Insight."),
        QT_TRANSLATE_NOOP(
            "Problems", "Let this pair travel to Salesforce only, or serve these people by a project of type A too."
        ),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "Inverting is for a checkbox, words are for a list or a text."),
        QT_TRANSLATE_NOOP("Problems", "Keep one of the two."),
        "inverted is for a checkbox, the words are for a list or a text.",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "{0} belongs to a related record; it can be read, and not written."),
        QT_TRANSLATE_NOOP(
            "Problems", "Let this pair travel to Dialog Insight only, in a project of type A, or remove it."
        ),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "The Salesforce Id is written to another field already."),
        QT_TRANSLATE_NOOP("Problems", "Keep one pair from Id: its field tells who has a Salesforce record."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "{0} cannot receive an opt-in."),
        QT_TRANSLATE_NOOP("Problems", "Choose a field of the object itself, made for this."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP(
            "Problems",
            "A default or a transform is for what Dialog Insight receives; this pair travels to Salesforce only.",
        ),
        QT_TRANSLATE_NOOP("Problems", "Remove the default and the transform of this pair."),
        "A {0} is for what Dialog Insight receives; this pair travels to Salesforce only.",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "{0} is written by the opt-in {1} already."),
        QT_TRANSLATE_NOOP("Problems", "Give each consent, its date and its source a field of their own."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "The project {0} has no custom table “{1}”."),
        QT_TRANSLATE_NOOP("Problems", "Add the table on the Destination projects tab, or choose the contact list."),
        "The project {0} has no custom table “{1}” in this file.",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "The primary key is not paired: {1}."),
        QT_TRANSLATE_NOOP("Problems", "Pair a field with it; without it no record can be found again."),
        "The primary key of {0} is not mapped: {1}.",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "There is no Dialog Insight connection “{0}”."),
        QT_TRANSLATE_NOOP("Problems", "Choose a connection on the Destination projects tab."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "There is no Salesforce connection “{0}”."),
        QT_TRANSLATE_NOOP("Problems", "Add the connection, or make the mapping anew with another one."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "There is no destination project “{0}”."),
        QT_TRANSLATE_NOOP("Problems", "Add the project, or make the mapping anew with another one."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "“{0}” already ties {1} to this table."),
        QT_TRANSLATE_NOOP("Problems", "Keep one mapping for each object and table; it can carry every field."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "{0} is marked as key, but it is not the primary key of the table."),
        QT_TRANSLATE_NOOP("Problems", "Remove the pair and make it again."),
        "{0} is marked as key, but it is not the primary key of {1}.",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "“{0}” is the contact list itself."),
        QT_TRANSLATE_NOOP("Problems", "Give the custom table its own code, as Dialog Insight shows it."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "The key “{0}” is not among the fields of the table {1}."),
        QT_TRANSLATE_NOOP("Problems", "Add the field to the table, or choose another key."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP(
            "Problems",
            "“{0}” already creates the people of this project in Salesforce; which of the two a "
            "person would become cannot be known.",
        ),
        QT_TRANSLATE_NOOP("Problems", "Untick “Created in Dialog Insight” for one of the two."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "No trigger is ticked, so nothing would move."),
        QT_TRANSLATE_NOOP("Problems", "Tick what shall move, on the Integrations tab."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "“Opt-in changed” is ticked, and no opt-in is tied to a Salesforce field."),
        QT_TRANSLATE_NOOP("Problems", "Add the opt-ins on the Opt-ins tab, or untick it."),
        "optin_changed is ticked, and no opt-in is tied to a Salesforce field.",
    ),
    (
        QT_TRANSLATE_NOOP(
            "Problems",
            "An external id is for people born in Dialog Insight; this integration creates nobody in Salesforce.",
        ),
        QT_TRANSLATE_NOOP("Problems", "Take the external id away."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "“Updated in Dialog Insight” is ticked, and no pair travels to Salesforce."),
        QT_TRANSLATE_NOOP("Problems", "Let a pair travel both ways or to Salesforce, or untick it."),
        "dialog_insight_updated is ticked, and no pair travels to Salesforce.",
    ),
    (
        QT_TRANSLATE_NOOP(
            "Problems", "People born in {0} are created in Salesforce, and nothing there tells them apart."
        ),
        QT_TRANSLATE_NOOP(
            "Problems",
            "Choose the external id: a text field of the object, of 40 characters or more, marked "
            "External ID and Unique.",
        ),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "Nothing in {0} tells who has a Salesforce record already."),
        QT_TRANSLATE_NOOP(
            "Problems", "Pair Id with a text field of the contacts, made for this; it is filled by the program."
        ),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "A filter is the condition alone."),
        QT_TRANSLATE_NOOP("Problems", "Write what comes after WHERE, such as Status__c = 'Active'."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "A text in the filter does not end, or stands between double quotes."),
        QT_TRANSLATE_NOOP("Problems", "Write each text between single quotes, and \\' for a quote inside it."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "The parentheses of the filter do not match."),
        QT_TRANSLATE_NOOP("Problems", "Close each parenthesis that is opened."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "A filter is the condition alone: it does not say {0}."),
        QT_TRANSLATE_NOOP("Problems", "Leave the condition only; every record that satisfies it is served."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP(
            "Problems", "A filter chooses Salesforce records; the people of {0} come from Dialog Insight."
        ),
        QT_TRANSLATE_NOOP("Problems", "Take the filter away."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP(
            "Problems",
            "The key of a type A project is the Salesforce Id, which somebody born in Dialog Insight "
            "does not have yet.",
        ),
        QT_TRANSLATE_NOOP("Problems", "Untick it; people who enter in Dialog Insight enter by a project of type B."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP(
            "Problems", "People of a type B project are born in Dialog Insight; nothing is received from Salesforce."
        ),
        QT_TRANSLATE_NOOP("Problems", "Untick it, or choose a project of type A."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "The fields of both services were not read yet."),
        QT_TRANSLATE_NOOP("Problems", "Connect both services, then try again."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "The certificate authority file cannot be used: {0}."),
        QT_TRANSLATE_NOOP("Problems", "Choose a readable file of PEM certificates."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "The filter of {0} cannot be used: Salesforce says “{1}”."),
        QT_TRANSLATE_NOOP("Problems", "Correct the filter on the Object mapping tab."),
        "The filter of {0} cannot be used: {1}.",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "An address is not a whole web address."),
        QT_TRANSLATE_NOOP("Problems", "Begin it with https://."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "{0} would be contacted without TLS."),
        QT_TRANSLATE_NOOP("Problems", "Use https://."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "{1} is not connected yet."),
        QT_TRANSLATE_NOOP("Problems", "Connect it on the Connections tab."),
        "There is no {0} for {1} yet.",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "There is no certificate file {0}."),
        QT_TRANSLATE_NOOP("Problems", "Choose a readable file of PEM certificates, or none."),
        "",
    ),
    (
        QT_TRANSLATE_NOOP("Problems", "There is no integration “{0}”."),
        QT_TRANSLATE_NOOP("Problems", "Choose one of the list."),
        "",
    ),
)


def form_of(words: Words) -> str:
    """Give the core's sentence that these words are for."""
    return words[2] or words[0]


def _pattern(sentence: str) -> re.Pattern[str]:
    """Make what matches a sentence of the core whatever stands in its places."""
    parts = re.split(r"\{\d\}", sentence)
    return re.compile("(.+?)".join(map(re.escape, parts)), re.DOTALL)


def _own_words(words: Words) -> int:
    return len(re.sub(r"\{\d\}", "", form_of(words)))


# The sentence with the most words of its own is tried first, so that a general form does not take a special one.
_KNOWN = tuple((_pattern(form_of(words)), words) for words in sorted(PROBLEMS, key=_own_words, reverse=True))


def known(message: str) -> tuple[Words, tuple[str, ...]] | None:
    """Give the words for a sentence of the core, and what stands in its places."""
    for pattern, words in _KNOWN:
        if found := pattern.fullmatch(message):
            return words, found.groups()
    return None


def problem_said(problem: Problem) -> tuple[str, str]:
    """Give what is wrong and what to do, as a person at the screen says it, in the language of the window."""
    found = known(problem.message)
    if found is None:
        return problem.message, problem.what_to_do
    (happened, what_to_do, _), places = found
    way_out = translate("Problems", what_to_do).format(*places)
    return translate("Problems", happened).format(*places), _with_preparation(problem.in_org, way_out)


def _with_preparation(in_org: InOrg | None, what_to_do: str) -> str:
    """Say what the preparation of the org does about it."""
    if in_org is None:
        return what_to_do
    if in_org.left_alone:
        said = translate(
            "Problems", "A field of this name is there and is left alone: name another one to have it made."
        )
        return f"{what_to_do} {said}"
    return translate(
        "Problems", "Prepare Salesforce to have it made, or shown to the connected user, or choose another field."
    )


def prepare_verb() -> str:
    """Name the button that opens the review of what Salesforce lacks."""
    return translate("Problems", "Prepare Salesforce…")


def problems_said(problems: tuple[Problem, ...]) -> str:
    """Give several problems as a text to read and to copy, a line each; what is said alike is said once."""
    return "\n".join(dict.fromkeys(" ".join(problem_said(problem)) for problem in problems))
