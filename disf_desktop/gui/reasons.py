"""The short words of a preview: why a value changes, and why a record would be set aside. QtCore alone."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from disf_desktop.core.project import ConflictPolicy
from disf_desktop.gui.wording import QT_TRANSLATE_NOOP

translate = QCoreApplication.translate

_RULES: dict[str, str] = {
    "created_in_salesforce": QT_TRANSLATE_NOOP("Rules", "New in Salesforce"),
    "first_contact": QT_TRANSLATE_NOOP("Rules", "First meeting of both sides"),
    "changed_in_salesforce": QT_TRANSLATE_NOOP("Rules", "Changed in Salesforce"),
    ConflictPolicy.SALESFORCE_WINS.value: QT_TRANSLATE_NOOP("Rules", "Salesforce wins"),
    ConflictPolicy.DIALOG_INSIGHT_WINS.value: QT_TRANSLATE_NOOP("Rules", "Dialog Insight wins"),
    ConflictPolicy.FIRST_NON_EMPTY.value: QT_TRANSLATE_NOOP("Rules", "The one that is not empty"),
}


def rule_said(rule: str) -> str:
    """Say the rule that decided a change; one that we do not know is shown as it came."""
    return translate("Rules", _RULES[rule]) if rule in _RULES else rule.replace("_", " ")


_SHORT_REASONS: dict[str, str] = {
    "email": QT_TRANSLATE_NOOP("Reasons", "Not an e-mail address"),
    "too_long": QT_TRANSLATE_NOOP("Reasons", "Too long"),
    "key_missing": QT_TRANSLATE_NOOP("Reasons", "Key is empty"),
    "required_missing": QT_TRANSLATE_NOOP("Reasons", "Required, and empty"),
    "not_a_number": QT_TRANSLATE_NOOP("Reasons", "Not a number"),
    "not_a_date": QT_TRANSLATE_NOOP("Reasons", "Not a date"),
    "not_a_time": QT_TRANSLATE_NOOP("Reasons", "Not a time of day"),
    "not_a_boolean": QT_TRANSLATE_NOOP("Reasons", "Neither true nor false"),
    "out_of_range": QT_TRANSLATE_NOOP("Reasons", "Number out of range"),
    "has_decimals": QT_TRANSLATE_NOOP("Reasons", "Has too many decimals"),
    "not_a_choice": QT_TRANSLATE_NOOP("Reasons", "Not in the list"),
    "several_choices": QT_TRANSLATE_NOOP("Reasons", "Several values"),
    "not_an_id": QT_TRANSLATE_NOOP("Reasons", "Not a record Id"),
    "unreadable": QT_TRANSLATE_NOOP("Reasons", "Unreadable"),
    "parent_missing": QT_TRANSLATE_NOOP("Reasons", "Its person is not there yet"),
    "key_changed": QT_TRANSLATE_NOOP("Reasons", "Key has changed"),
    "key_taken": QT_TRANSLATE_NOOP("Reasons", "Key is taken"),
    "target_gone": QT_TRANSLATE_NOOP("Reasons", "Gone from Dialog Insight"),
}


def reason_short(code: str) -> str:
    """Say in a few words why a record would be set aside; a code that we do not know is shown as it came."""
    return translate("Reasons", _SHORT_REASONS[code]) if code in _SHORT_REASONS else code.replace("_", " ")
