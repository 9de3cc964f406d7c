"""Sentences about what earlier runs did besides a sync, and about what comparing everything has found. QtCore alone."""

from __future__ import annotations

from disf_desktop.core.events import RunStatus
from disf_desktop.core.history import AuditRecord, RunRecord
from disf_desktop.core.project import Trigger
from disf_desktop.gui.words import choices, story
from disf_desktop.gui.words.figures import moment, number
from disf_desktop.gui.words.translation import translate

_TO_THE_END = (RunStatus.SUCCESS, RunStatus.PARTIAL, RunStatus.NEEDS_YOU)


def from_now_said(record: RunRecord) -> str:
    """Say what a run that started a trigger from now has agreed on."""
    kind, which = str(record.summary["from_now"]), ", ".join(p["name"] for p in record.summary["integrations"])
    name = choices.trigger(Trigger(kind)).replace("\n", " ") if kind in list(Trigger) else kind
    parts = [translate("PastWords", "The trigger “{0}” of “{1}” was started from now.").format(name, which)]
    if record.status in _TO_THE_END:
        parts.append(_agreed_on(kind))
    else:
        parts.append(
            translate("PastWords", "It did not come to its end: what it had not reached goes with the next run.")
        )
    parts.append(translate("PastWords", "Nothing was written to either service, and no list of these records is kept."))
    return " ".join(part for part in parts if part)


def _agreed_on(trigger: str) -> str:
    return {
        Trigger.SALESFORCE_CREATED.value: translate(
            "PastWords",
            "Records that Salesforce had by then and Dialog Insight did not are left out, each until it is edited in "
            "Salesforce again.",
        ),
        Trigger.SALESFORCE_UPDATED.value: translate(
            "PastWords",
            "Where the two sides differed by then, each keeps its own value, until the field is edited again in "
            "Salesforce.",
        ),
        Trigger.SALESFORCE_DELETED.value: translate(
            "PastWords", "Who was deleted in Salesforce by then is not marked in Dialog Insight."
        ),
        Trigger.DIALOG_INSIGHT_UPDATED.value: translate(
            "PastWords",
            "Where the two sides differed by then, each keeps its own value, until the field is edited again in "
            "Dialog Insight.",
        ),
    }.get(trigger, "")


def undo_said(record: RunRecord, undone: RunRecord | None) -> str:
    """Say which run was taken back; an old one may not be known any more."""
    if undone is None:
        return translate("PastWords", "Taken back: run {0}, where its values still stood.").format(
            number(int(record.summary["undo"]))
        )
    text = translate("PastWords", "Taken back: “{0}”, where its values still stood.")
    return text.format(story.run_heading(undone))


def audit_said(audit: AuditRecord) -> str:
    """Say what comparing everything has found, a figure for each kind of it; empty where that is nothing."""
    told = (
        (audit.changed, translate("PastWords", "changed without a new date: {0}")),
        (audit.deleted, translate("PastWords", "deleted: {0}")),
        (audit.vanished, translate("PastWords", "not shown by Salesforce any more: {0}")),
    )
    return " · ".join(text.format(number(n)) for n, text in told if n)


def doubtful_said(integration: str, audit: AuditRecord) -> tuple[str, str]:
    """Say of a comparison from which nothing could be concluded what a person should know, and what to do."""
    title = translate("PastWords", "Many records of “{0}” were neither in Salesforce nor in its recycle bin")
    body = translate(
        "PastWords",
        "Found on {0}: they are left as they are in Dialog Insight. See whether the user of the connection may still "
        "see them all, then compare everything again.",
    )
    return title.format(integration), body.format(moment(audit.at))
