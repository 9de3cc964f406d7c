"""The short words of a preview: why a value changes, and why a record would be set aside. QtCore alone."""

from __future__ import annotations

from disf_desktop.core.consent import Rule
from disf_desktop.core.project import ConflictPolicy
from disf_desktop.core.schema import Side
from disf_desktop.gui.words.translation import QT_TRANSLATE_NOOP, translate

_RULES: dict[str, str] = {
    "created_in_salesforce": QT_TRANSLATE_NOOP("Rules", "New in Salesforce"),
    "created_in_dialog_insight": QT_TRANSLATE_NOOP("Rules", "New in Dialog Insight"),
    "follows_contact": QT_TRANSLATE_NOOP("Rules", "Follows its person, who is created first"),
    "first_contact": QT_TRANSLATE_NOOP("Rules", "First meeting of both sides"),
    "changed_in_salesforce": QT_TRANSLATE_NOOP("Rules", "Changed in Salesforce"),
    "changed_in_dialog_insight": QT_TRANSLATE_NOOP("Rules", "Changed in Dialog Insight"),
    "deleted_in_salesforce": QT_TRANSLATE_NOOP("Rules", "Deleted in Salesforce"),
    "undeleted": QT_TRANSLATE_NOOP("Rules", "Restored in Salesforce"),
    "chosen": QT_TRANSLATE_NOOP("Rules", "Chosen by a person"),
    "our_late_write": QT_TRANSLATE_NOOP("Rules", "Undoes a write that arrived late"),
    "undo": QT_TRANSLATE_NOOP("Rules", "Takes a run back"),
    ConflictPolicy.SALESFORCE_WINS.value: QT_TRANSLATE_NOOP("Rules", "Two values: Salesforce wins"),
    ConflictPolicy.DIALOG_INSIGHT_WINS.value: QT_TRANSLATE_NOOP("Rules", "Two values: Dialog Insight wins"),
    ConflictPolicy.NEWEST.value: QT_TRANSLATE_NOOP("Rules", "Two values: the newest wins"),
    ConflictPolicy.ASK.value: QT_TRANSLATE_NOOP("Rules", "Two values: waits for a person"),
    ConflictPolicy.FIRST_NON_EMPTY.value: QT_TRANSLATE_NOOP("Rules", "The one that is not empty"),
}

_CONSENT_RULES: dict[str, str] = {
    Rule.TRIGGER.value: QT_TRANSLATE_NOOP("Rules", "Opt-in changes are not carried over"),
    Rule.INHERITED.value: QT_TRANSLATE_NOOP("Rules", "Opted out before a merge"),
    Rule.NOT_READ.value: QT_TRANSLATE_NOOP("Rules", "Dialog Insight was not read yet"),
    Rule.OPT_OUT.value: QT_TRANSLATE_NOOP("Rules", "Opted out in Dialog Insight"),
    Rule.OTHER_OPT_OUT.value: QT_TRANSLATE_NOOP("Rules", "Opted out in another project"),
    Rule.NEUTRAL.value: QT_TRANSLATE_NOOP("Rules", "No answer"),
    Rule.AGREED.value: QT_TRANSLATE_NOOP("Rules", "Both sides agree"),
    Rule.OTHER_NOT_READ.value: QT_TRANSLATE_NOOP("Rules", "Another project was not read yet"),
    Rule.UNREADABLE.value: QT_TRANSLATE_NOOP("Rules", "A word in Salesforce without a meaning"),
    Rule.FOREIGN.value: QT_TRANSLATE_NOOP("Rules", "Opted out in Salesforce by somebody else"),
    Rule.UNPROVEN.value: QT_TRANSLATE_NOOP("Rules", "Opted out in Salesforce, by whom is not known"),
    Rule.FIRST_OPT_IN.value: QT_TRANSLATE_NOOP("Rules", "Opted in; no opt-out is known"),
    Rule.OPT_IN.value: QT_TRANSLATE_NOOP("Rules", "Opted in after the last opt-out"),
    Rule.NO_DATE.value: QT_TRANSLATE_NOOP("Rules", "Opt-in without a date"),
    Rule.TIE.value: QT_TRANSLATE_NOOP("Rules", "Opted in and out at the same time"),
    Rule.OLDER.value: QT_TRANSLATE_NOOP("Rules", "Opt-in older than an opt-out"),
    Rule.TOO_CLOSE.value: QT_TRANSLATE_NOOP("Rules", "Opt-in too close to our own opt-out"),
    Rule.REFUSED.value: QT_TRANSLATE_NOOP("Rules", "Salesforce refuses the value"),
    Rule.NOT_KEPT.value: QT_TRANSLATE_NOOP("Rules", "Salesforce does not keep the value"),
}


def rule_said(rule: str) -> str:
    """Say the rule that decided a change; one that we do not know is shown as it came."""
    known = _RULES.get(rule) or _CONSENT_RULES.get(rule)
    return translate("Rules", known) if known else rule.replace("_", " ")


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
    "deleted_in_salesforce": QT_TRANSLATE_NOOP("Reasons", "Deleted in Salesforce"),
    "vanished": QT_TRANSLATE_NOOP("Reasons", "Not shown by Salesforce any more"),
    "lead_converted": QT_TRANSLATE_NOOP("Reasons", "Lead was converted"),
    "ambiguous_match": QT_TRANSLATE_NOOP("Reasons", "Several records match"),
    "flapping": QT_TRANSLATE_NOOP("Reasons", "Keeps changing"),
    "erased": QT_TRANSLATE_NOOP("Reasons", "Erased from Dialog Insight"),
}
_TOWARD_SALESFORCE: dict[str, str] = {
    "parent_missing": QT_TRANSLATE_NOOP("Reasons", "Its record is not there yet"),
    "key_taken": QT_TRANSLATE_NOOP("Reasons", "Must be unique, and is taken"),
    "target_gone": QT_TRANSLATE_NOOP("Reasons", "Gone from Salesforce"),
}


def reason_short(code: str, side: Side) -> str:
    """Say in a few words why a record cannot enter a side; a code that we do not know is shown as it came."""
    known = _SHORT_REASONS.get(code)
    if side is Side.SALESFORCE:
        known = _TOWARD_SALESFORCE.get(code, known)
    return translate("Reasons", known) if known else code.replace("_", " ")
