"""The person's words for what is chosen in a project file: directions, rules, triggers, schedules. QtCore alone."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QTime

from disf_desktop.core.project import (
    ConflictPolicy,
    Deletes,
    Direction,
    FieldPair,
    OnDelete,
    OptinPair,
    Schedule,
    TransformName,
    Trigger,
    WhenEmpty,
)
from disf_desktop.gui.words.figures import counts
from disf_desktop.gui.words.translation import QT_TRANSLATE_NOOP, translate

ARROWS: dict[Direction, str] = {
    Direction.TO_DIALOG_INSIGHT: "→",
    Direction.TO_SALESFORCE: "←",
    Direction.BOTH: "↔",
}
"""Which way a pair may travel, where Salesforce stands at the left and Dialog Insight at the right."""

_DIRECTIONS: dict[Direction, str] = {
    Direction.TO_DIALOG_INSIGHT: QT_TRANSLATE_NOOP("Choices", "→ to Dialog Insight"),
    Direction.TO_SALESFORCE: QT_TRANSLATE_NOOP("Choices", "← to Salesforce"),
    Direction.BOTH: QT_TRANSLATE_NOOP("Choices", "↔ both ways"),
}
_DIRECTIONS_SAID: dict[Direction, str] = {
    Direction.TO_DIALOG_INSIGHT: QT_TRANSLATE_NOOP("Choices", "to Dialog Insight"),
    Direction.TO_SALESFORCE: QT_TRANSLATE_NOOP("Choices", "to Salesforce"),
    Direction.BOTH: QT_TRANSLATE_NOOP("Choices", "both ways"),
}
_TRANSFORMS: dict[TransformName, str] = {
    TransformName.CUT: QT_TRANSLATE_NOOP("Choices", "Cut to the length of the target"),
    TransformName.ROUND: QT_TRANSLATE_NOOP("Choices", "Round half up"),
    TransformName.LOWER: QT_TRANSLATE_NOOP("Choices", "Lower case"),
    TransformName.DIGITS: QT_TRANSLATE_NOOP("Choices", "Digits only"),
}
_EMPTY: dict[WhenEmpty, str] = {
    WhenEmpty.CLEAR: QT_TRANSLATE_NOOP("Choices", "Clear the target"),
    WhenEmpty.KEEP: QT_TRANSLATE_NOOP("Choices", "Keep what is there"),
}
_CONFLICTS: dict[ConflictPolicy, tuple[str, str]] = {
    ConflictPolicy.SALESFORCE_WINS: (QT_TRANSLATE_NOOP("Choices", "Salesforce wins"), ""),
    ConflictPolicy.DIALOG_INSIGHT_WINS: (QT_TRANSLATE_NOOP("Choices", "Dialog Insight wins"), ""),
    ConflictPolicy.NEWEST: (
        QT_TRANSLATE_NOOP("Choices", "The newest wins (approximate)"),
        QT_TRANSLATE_NOOP(
            "Choices",
            "Both services date whole records, by two clocks. Where that does not settle it, Salesforce wins.",
        ),
    ),
    ConflictPolicy.ASK: (
        QT_TRANSLATE_NOOP("Choices", "Ask"),
        QT_TRANSLATE_NOOP(
            "Choices", "This field waits for a person, with the latest values of both sides; the others go on."
        ),
    ),
    ConflictPolicy.FIRST_NON_EMPTY: (
        QT_TRANSLATE_NOOP("Choices", "The one that is not empty"),
        QT_TRANSLATE_NOOP("Choices", "Salesforce wins where both are filled."),
    ),
}
_TRIGGERS: dict[Trigger, str] = {
    Trigger.SALESFORCE_CREATED: QT_TRANSLATE_NOOP("Choices", "Created in\nSalesforce"),
    Trigger.SALESFORCE_UPDATED: QT_TRANSLATE_NOOP("Choices", "Updated in\nSalesforce"),
    Trigger.SALESFORCE_DELETED: QT_TRANSLATE_NOOP("Choices", "Deleted in\nSalesforce"),
    Trigger.DIALOG_INSIGHT_CREATED: QT_TRANSLATE_NOOP("Choices", "Created in\nDialog Insight"),
    Trigger.DIALOG_INSIGHT_UPDATED: QT_TRANSLATE_NOOP("Choices", "Updated in\nDialog Insight"),
    Trigger.OPTIN_CHANGED: QT_TRANSLATE_NOOP("Choices", "Opt-in\nchanged"),
}


def direction(choice: Direction) -> str:
    """Name a direction with its arrow."""
    return translate("Choices", _DIRECTIONS[choice])


def direction_short(choice: Direction) -> str:
    """Name a direction in words alone, for a screen reader."""
    return translate("Choices", _DIRECTIONS_SAID[choice])


def transform(pair: FieldPair) -> str:
    """Write what a pair does to a value on the way to Dialog Insight."""
    if not pair.transform:
        return translate("Choices", "None: exactly as it is")
    return ", ".join(map(transform_name, pair.transform))


def transform_name(name: TransformName) -> str:
    """Name one change on the way."""
    return translate("Choices", _TRANSFORMS[name])


def when_empty(choice: WhenEmpty) -> str:
    return translate("Choices", _EMPTY[choice])


def conflict_rule(choice: ConflictPolicy) -> str:
    """Name who stands when both sides changed."""
    return translate("Choices", _CONFLICTS[choice][0])


def conflict_meaning(choice: ConflictPolicy) -> str:
    """Say what a rule means, where its name does not say it."""
    meaning = _CONFLICTS[choice][1]
    return translate("Choices", meaning) if meaning else ""


def trigger(choice: Trigger) -> str:
    """Name a trigger, on two lines as the head of a column."""
    return translate("Choices", _TRIGGERS[choice])


def schedule(choice: Schedule | None) -> str:
    """Say when an integration runs by itself."""
    if choice is None:
        return translate("Choices", "By hand")
    if choice.every_minutes is not None:
        return counts.every_minutes(choice.every_minutes)
    hours = (QLocale().toString(QTime.fromString(at, "HH:mm"), QLocale.FormatType.ShortFormat) for at in choice.at)
    return translate("Choices", "Every day at {0}").format(", ".join(hours))


def deletes(choice: Deletes) -> str:
    """Say what a delete in Salesforce does in Dialog Insight."""
    if choice.on_delete is OnDelete.IGNORE:
        return translate("Choices", "Ignored")
    if choice.field is None:
        return translate("Choices", "Set aside for you; Dialog Insight keeps the contact as it is")
    return translate("Choices", "Written in the field {0}; nothing is deleted in Dialog Insight").format(choice.field)


def optin_values(pair: OptinPair, checkbox: bool | None) -> str:
    """Write what yes, no and no answer become in Salesforce; `checkbox` is None while the field was not read."""
    if checkbox is None:
        checkbox = pair.subscribed is pair.unsubscribed is None
    if checkbox:
        ticked, clear = translate("Choices", "ticked"), translate("Choices", "not ticked")
        yes, no = (clear, ticked) if pair.inverted else (ticked, clear)
    else:
        yes, no = (_quoted(word) if word else "—" for word in (pair.subscribed, pair.unsubscribed))
    neutral = _quoted(pair.neutral) if pair.neutral else translate("Choices", "left as it is")
    return " / ".join((yes, no, neutral))


def _quoted(word: str) -> str:
    return translate("Choices", "“{0}”").format(word)
