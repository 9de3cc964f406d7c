"""What is said of the consents that wait, and what a person can do about one, wherever they are shown. QtCore alone."""

from __future__ import annotations

from disf_desktop.core.consent import Rule
from disf_desktop.core.history import ConsentWaiting
from disf_desktop.gui.words.reasons import rule_said
from disf_desktop.gui.words.translation import QT_TRANSLATE_NOOP, translate

DRIFT = "drift"
"""The kind of a consent that Salesforce has as an opt-out and Dialog Insight has not."""

_ASK = QT_TRANSLATE_NOOP(
    "Reviews",
    "Ask the person. If the answer is yes, take the opt-out away in Salesforce; if it is no, record that in Dialog "
    "Insight.",
)
_NEWER = QT_TRANSLATE_NOOP(
    "Reviews", "Ask the person, then record the answer in Dialog Insight with its date; a later one is carried over."
)
_TO_DO: dict[str, str] = {
    Rule.FOREIGN.value: _ASK,
    Rule.UNPROVEN.value: _ASK,
    Rule.NO_DATE.value: QT_TRANSLATE_NOOP(
        "Reviews", "Record the consent in Dialog Insight with its date. Until then the opt-out stands."
    ),
    Rule.TIE.value: _NEWER,
    Rule.OLDER.value: _NEWER,
    Rule.TOO_CLOSE.value: _NEWER,
    Rule.UNREADABLE.value: QT_TRANSLATE_NOOP(
        "Reviews", "Correct the word in the Salesforce field, or say on this tab what the answers become."
    ),
    Rule.REFUSED.value: QT_TRANSLATE_NOOP(
        "Reviews", "Read what Salesforce says, correct the record or the field there; an opt-out is tried again."
    ),
    Rule.NOT_KEPT.value: QT_TRANSLATE_NOOP(
        "Reviews", "A flow or a rule in Salesforce changes the field back. Ask its administrator to let it stand."
    ),
}


def reviews_title() -> str:
    """Name the list of consents that wait."""
    return translate("Reviews", "Consents to review")


def export_title() -> str:
    """Name the writing of that list into a file."""
    return translate("Reviews", "Export the consents to review")


def what_stands() -> str:
    """Say what holds while nobody has decided."""
    return translate(
        "Reviews",
        "Until you decide, Salesforce keeps its opt-out. This program never sends an opt-out to Dialog Insight.",
    )


def answer_said(waiting: ConsentWaiting) -> str:
    """Say what Dialog Insight shows."""
    known = {True: translate("Reviews", "yes"), False: translate("Reviews", "no")}
    return translate("Reviews", "no answer") if waiting.dialog_insight is None else known[waiting.dialog_insight]


def why_it_waits(waiting: ConsentWaiting) -> str:
    """Say why a consent waits for a person."""
    if waiting.kind == DRIFT:
        return translate("Reviews", "Opted out in Salesforce only")
    return rule_said(waiting.rule)


def what_to_do(waiting: ConsentWaiting) -> str:
    """Say what a person can do about it."""
    if waiting.kind == DRIFT:
        return translate(
            "Reviews", "Enter this opt-out in Dialog Insight: consent is never sent there by this program."
        )
    known = _TO_DO.get(waiting.rule, _ASK)
    return translate("Reviews", known)
