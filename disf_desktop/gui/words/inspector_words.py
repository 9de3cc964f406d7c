"""What the inspector says: what a transform does, what follows from a rule, what real records lose. QtCore alone."""

from __future__ import annotations

from itertools import combinations

from disf_desktop.core.project import ConflictPolicy, Direction, FieldPair, TransformName, WhenEmpty
from disf_desktop.core.refusals import Reason, Refusal
from disf_desktop.core.sampling import Flow, Flows, Loss, Remedy
from disf_desktop.core.schema import Field, FieldType, Side
from disf_desktop.core.values import SEPARATOR
from disf_desktop.gui.words.choices import conflict_meaning, transform
from disf_desktop.gui.words.figures import counts, number
from disf_desktop.gui.words.refusal_words import REFUSALS
from disf_desktop.gui.words.translation import QT_TRANSLATE_NOOP, translate

NOTHING = "–"
"""What is shown where there is no value."""

# Transforms


def transforms(possible: tuple[TransformName, ...], now: tuple[TransformName, ...]) -> list[tuple[TransformName, ...]]:
    """Give the transforms to choose from: none, each one that makes sense, and two that go together."""
    cuts = [two for two in combinations(possible, 2) if TransformName.CUT in two and TransformName.ROUND not in two]
    choices: list[tuple[TransformName, ...]] = [(), *((one,) for one in possible), *map(_in_order, cuts)]
    return choices if now in choices else [*choices, now]


def _in_order(names: tuple[TransformName, ...]) -> tuple[TransformName, ...]:
    """Put the cut last, as it is done last."""
    return tuple(sorted(names, key=lambda name: name is TransformName.CUT))


def transform_name(names: tuple[TransformName, ...]) -> str:
    """Name a transform."""
    return transform(FieldPair(source="x", target="x", transform=names))


_TRANSFORMS: dict[TransformName, str] = {
    TransformName.CUT: QT_TRANSLATE_NOOP("Inspector", "Texts are shortened to {0} characters."),
    TransformName.LOWER: QT_TRANSLATE_NOOP("Inspector", "Capital letters become small ones."),
    TransformName.DIGITS: QT_TRANSLATE_NOOP("Inspector", "Only digits, +, - and parentheses stay."),
}


def transform_help(names: tuple[TransformName, ...], target: Field | None) -> str:
    """Say what a transform does, with its figures."""
    said = []
    for name in names:
        if name is TransformName.ROUND:
            decimals = target.scale if target is not None and target.type is FieldType.DECIMAL else 0
            said.append(counts.rounded_to(decimals))
        else:
            limit = number(target.length) if target is not None else ""
            said.append(translate("Inspector", _TRANSFORMS[name]).format(limit))
    return " ".join(said) or translate("Inspector", "A value that does not fit is set aside, never changed.")


# Rules

_CONFLICTS: dict[ConflictPolicy, str] = {
    ConflictPolicy.SALESFORCE_WINS: QT_TRANSLATE_NOOP(
        "Inspector", "The value of Salesforce stands; the other one is kept in Activity, and can be restored."
    ),
    ConflictPolicy.DIALOG_INSIGHT_WINS: QT_TRANSLATE_NOOP(
        "Inspector", "The value of Dialog Insight stands; the other one is kept in Activity, and can be restored."
    ),
}


def rules(way: Direction) -> list[ConflictPolicy]:
    """Give the rules that a pair of this direction may have; the newest is known only where both sides may change."""
    return [rule for rule in ConflictPolicy if rule is not ConflictPolicy.NEWEST or way is Direction.BOTH]


def rule_help(rule: ConflictPolicy) -> str:
    """Say what follows from a rule."""
    return conflict_meaning(rule) or translate("Inspector", _CONFLICTS[rule])


_EMPTY: dict[tuple[WhenEmpty, bool], str] = {
    (WhenEmpty.CLEAR, True): QT_TRANSLATE_NOOP(
        "Inspector", "Where Salesforce is emptied, Dialog Insight is emptied too."
    ),
    (WhenEmpty.KEEP, True): QT_TRANSLATE_NOOP(
        "Inspector", "Where Salesforce is emptied, Dialog Insight keeps its value."
    ),
    (WhenEmpty.CLEAR, False): QT_TRANSLATE_NOOP(
        "Inspector", "Where Dialog Insight is emptied, Salesforce is emptied too."
    ),
    (WhenEmpty.KEEP, False): QT_TRANSLATE_NOOP(
        "Inspector", "Where Dialog Insight is emptied, Salesforce keeps its value."
    ),
}


def empty_help(choice: WhenEmpty, way: Direction) -> str:
    """Say what an empty value does."""
    return translate("Inspector", _EMPTY[choice, way.reaches_dialog_insight])


# Loss


def loss_said(loss: Loss, looked: int) -> str:
    """Count what real records lose for one reason."""
    n, of = loss.count, looked
    limit = loss.figure("limit")
    match loss.code:
        case Reason.HAS_DECIMALS if not limit:
            return counts.have_decimals(n, of)
        case Reason.HAS_DECIMALS:
            return counts.have_more_decimals(n, of, limit or 0)
        case Reason.TOO_LONG:
            return counts.are_longer(n, of, limit or 0, loss.figure("length") or 0)
        case Reason.OUT_OF_RANGE:
            return counts.are_too_large(n, of)
        case Reason.NOT_A_CHOICE:
            return counts.are_not_listed(n, of)
        case Reason.EMAIL:
            return counts.are_no_email(n, of)
        case Reason.SEVERAL_CHOICES:
            return counts.hold_several(n, of)
        case Reason.KEY_MISSING | Reason.REQUIRED_MISSING:
            return counts.are_empty(n, of)
    return counts.cannot_be_read(n, of)


def mended_said(loss: Loss, looked: int) -> str:
    """Count what a transform changes so that it fits."""
    if loss.code == Reason.HAS_DECIMALS:
        return counts.are_rounded(loss.count, looked)
    if loss.code == Reason.TOO_LONG:
        return counts.are_shortened(loss.count, looked)
    return counts.are_mended(loss.count, looked)


def sample_said(flows: Flows) -> str:
    """Say how many records were looked at."""
    return counts.looked_at(flows.looked, flows.filled)


_REMEDIES: dict[Remedy, str] = {
    Remedy.ROUND: QT_TRANSLATE_NOOP("Inspector", "Round half up"),
    Remedy.DIGITS: QT_TRANSLATE_NOOP("Inspector", "Keep the digits only"),
    Remedy.DEFAULT: QT_TRANSLATE_NOOP("Inspector", "Give a default…"),
    Remedy.OTHER_FIELD: QT_TRANSLATE_NOOP("Inspector", "Choose another field…"),
    Remedy.KEEP: QT_TRANSLATE_NOOP("Inspector", "Keep what is there"),
}


def remedy_said(remedy: Remedy, target: Field | None) -> str:
    """Name a remedy on its button."""
    if remedy is Remedy.CUT:
        return translate("Inspector", "Cut at {0}").format(number(target.length if target is not None else 0))
    return translate("Inspector", _REMEDIES[remedy])


def left_said(left: int | None) -> str:
    """Say how many records a remedy would leave set aside; nothing where that is none, or not known."""
    return counts.left_set_aside(left) if left else ""


# Values


def raw_said(flow: Flow, source: Field) -> str:
    """Write a raw value of Salesforce in a cell."""
    raw = flow.raw
    if raw is None or raw == "":
        return NOTHING
    if isinstance(raw, bool):
        return "true" if raw else "false"
    text = str(raw)
    if source.type is FieldType.CHOICES:
        text = text.replace(SEPARATOR[Side.SALESFORCE], f"{SEPARATOR[Side.SALESFORCE]} ")
    return " ⏎ ".join(text.splitlines())


def stored_said(flow: Flow) -> str:
    """Write in a cell what Dialog Insight will hold, or that it is set aside."""
    if flow.refusal is not None:
        return translate("Inspector", "set aside")
    return " ⏎ ".join(flow.stored.splitlines()) or NOTHING


def refusal_said(refusal: Refusal, label: str) -> str:
    """Say why a value cannot go."""
    words = REFUSALS.get((str(refusal.code), Side.DIALOG_INSIGHT))
    if words is None:
        return ""
    figures = {name: number(value) for name, value in refusal.figures}
    return translate("Refusals", words[0]).format(field=label, **figures)


def default_choices(target: Field) -> tuple[str, ...]:
    """Give the values that a default may have, where they are known."""
    if target.type is FieldType.BOOLEAN:
        return ("true", "false")
    return target.choices if target.type is FieldType.CHOICE and target.restricted else ()
