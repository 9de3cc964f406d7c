"""Whether a Salesforce field may be paired with a Dialog Insight field: yes, with loss, or no; always with a reason.

Asked alike by the drag cursor, the button, the key and the loader of the project file. "With loss" says that some
values may be refused or changed on the way; "yes", that none will be. A pair that travels both ways must be possible
both ways.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from disf_desktop.core.conversion import WAYS
from disf_desktop.core.fitting import MOST_OF_AN_EMAIL, decimal_room, whole_range
from disf_desktop.core.project import Direction, is_consent_name
from disf_desktop.core.schema import Field, FieldType, Side
from disf_desktop.core.values import SEPARATOR

ID_LENGTH = 18


class Answer(StrEnum):
    YES = "yes"
    WITH_LOSS = "with_loss"
    NO = "no"


class Ground(StrEnum):
    """Why a pair may be made, or not; stable, for translations."""

    SAME = "same"
    AS_TEXT = "as_text"
    CONVERTED = "converted"
    LINKED = "linked"
    MAY_BE_TOO_LONG = "may_be_too_long"  # length, limit: characters; length 0 where it is not known
    MAY_NOT_READ = "may_not_read"
    MAY_HAVE_DECIMALS = "may_have_decimals"
    MAY_BE_OUT_OF_RANGE = "may_be_out_of_range"
    MAY_NOT_BE_LISTED = "may_not_be_listed"
    MAY_HOLD_SEVERAL = "may_hold_several"
    MAY_NOT_BE_AN_EMAIL = "may_not_be_an_email"
    IS_SPLIT = "is_split"
    TIME_FALLS_AWAY = "time_falls_away"
    UNSUPPORTED = "unsupported"
    NO_WAY = "no_way"
    CONSENT = "consent"
    READ_ONLY = "read_only"
    ID_TOO_LONG = "id_too_long"  # limit
    RECORD_ID = "record_id"
    LOOKUP = "lookup"
    RELATED = "related"


_WORDS: dict[Ground, tuple[Answer, str]] = {
    Ground.SAME: (Answer.YES, "Both hold the same kind of value."),
    Ground.AS_TEXT: (Answer.YES, "Every value is written as text."),
    Ground.CONVERTED: (Answer.YES, "Every value can be converted."),
    Ground.LINKED: (Answer.YES, "The record becomes the contact that stands for it in Dialog Insight."),
    Ground.MAY_BE_TOO_LONG: (
        Answer.WITH_LOSS,
        "Values may be longer than the {limit} characters of the Dialog Insight field; those are set aside, or cut.",
    ),
    Ground.MAY_NOT_READ: (Answer.WITH_LOSS, "Only values that read as the kind of the Dialog Insight field can go."),
    Ground.MAY_HAVE_DECIMALS: (Answer.WITH_LOSS, "Numbers with more decimals than fit are set aside, or rounded."),
    Ground.MAY_BE_OUT_OF_RANGE: (Answer.WITH_LOSS, "Numbers larger than the Dialog Insight field holds are set aside."),
    Ground.MAY_NOT_BE_LISTED: (Answer.WITH_LOSS, "Values that are not in the list of Dialog Insight are set aside."),
    Ground.MAY_HOLD_SEVERAL: (Answer.WITH_LOSS, "Records with several values are set aside: the target holds one."),
    Ground.MAY_NOT_BE_AN_EMAIL: (Answer.WITH_LOSS, "Values that are not e-mail addresses are set aside."),
    Ground.IS_SPLIT: (Answer.WITH_LOSS, "The text is split into values at each semicolon."),
    Ground.TIME_FALLS_AWAY: (Answer.WITH_LOSS, "The day is kept, in the project's time zone; the time of day is not."),
    Ground.UNSUPPORTED: (Answer.NO, "A field of this kind is made of several parts, or of bytes; pair its parts."),
    Ground.NO_WAY: (Answer.NO, "No value of the one kind can become a value of the other."),
    Ground.CONSENT: (Answer.NO, "This is a consent. Consents travel from Dialog Insight to Salesforce only."),
    Ground.READ_ONLY: (Answer.NO, "Dialog Insight does not let this field be written."),
    Ground.ID_TOO_LONG: (Answer.NO, "A Salesforce Id has 18 characters; this field holds {limit}."),
    Ground.RECORD_ID: (Answer.NO, "Salesforce alone gives a record its Id."),
    Ground.LOOKUP: (Answer.NO, "A lookup points to another record; it is not changed from Dialog Insight."),
    Ground.RELATED: (Answer.NO, "This field belongs to a related record; it can be read, and not written."),
}

_TOWARD_SALESFORCE: dict[Ground, str] = {
    Ground.MAY_BE_TOO_LONG: (
        "Values may be longer than the {limit} characters of the Salesforce field; those are set aside."
    ),
    Ground.MAY_NOT_READ: "Only values that read as the kind of the Salesforce field can go.",
    Ground.MAY_HAVE_DECIMALS: "Numbers with more decimals than fit are set aside.",
    Ground.MAY_BE_OUT_OF_RANGE: "Numbers larger than the Salesforce field holds are set aside.",
    Ground.MAY_NOT_BE_LISTED: "Values that are not in the list of Salesforce are set aside.",
    Ground.READ_ONLY: "Salesforce does not let this field be written.",
}
"""What is said otherwise where Salesforce receives."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """May this pair be made? `figures` are the parameters named beside each `Ground`.

    `to` is the side whose receiving is judged; `of_two` says that the pair travels to the other one too.
    """

    ground: Ground
    figures: tuple[tuple[str, int], ...] = ()
    to: Side = Side.DIALOG_INSIGHT
    of_two: bool = False

    @property
    def answer(self) -> Answer:
        return _WORDS[self.ground][0]

    @property
    def message(self) -> str:
        """Say the reason in English; of a pair that travels both ways, on which way it stands."""
        words = _WORDS[self.ground][1]
        if self.to is Side.SALESFORCE:
            words = _TOWARD_SALESFORCE.get(self.ground, words)
        said = words.format(**dict(self.figures))
        if not self.of_two or self.answer is Answer.YES:
            return said
        return f"Toward {'Salesforce' if self.to is Side.SALESFORCE else 'Dialog Insight'}: {said}"


def may_pair(
    source: Field,
    target: Field,
    direction: Direction = Direction.TO_DIALOG_INSIGHT,
    consents: Collection[str] = (),
) -> Verdict:
    """Say whether a Salesforce field (`source`) may be paired with a Dialog Insight field (`target`), and why.

    `consents` names the Salesforce fields that opt-ins are written to.
    """
    if is_consent_name(target.name) or is_consent_field(source.name, consents):
        return Verdict(Ground.CONSENT)
    if direction is Direction.TO_DIALOG_INSIGHT:
        return _to_dialog_insight(source, target)
    back = _to_salesforce(target, source)
    if direction is Direction.TO_SALESFORCE:
        return back
    there = _to_dialog_insight(source, target)
    worse = back if _ORDER[back.answer] > _ORDER[there.answer] else there
    return replace(worse, of_two=True)


_ORDER = {Answer.YES: 0, Answer.WITH_LOSS: 1, Answer.NO: 2}

_STANDARD_CONSENTS = frozenset({"hasoptedoutofemail", "hasoptedoutoffax", "donotcall"})


def is_consent_field(name: str, consents: Collection[str] = ()) -> bool:
    """Say whether a Salesforce field holds a consent (promise I8): a standard one, or one that an opt-in is written to.

    The fields of person accounts are named `PersonDoNotCall`, those of related records `Contact.DoNotCall`.
    """
    own = name.casefold().rpartition(".")[2]
    return own.removeprefix("person") in _STANDARD_CONSENTS or own in {each.casefold() for each in consents}


def _to_dialog_insight(source: Field, target: Field) -> Verdict:
    if FieldType.UNSUPPORTED in (source.type, target.type):
        return Verdict(Ground.UNSUPPORTED)
    if target.calculated or not (target.creatable or target.updatable):
        return Verdict(Ground.READ_ONLY)
    return _judged(source, target, Side.DIALOG_INSIGHT)


def _to_salesforce(found: Field, receiving: Field) -> Verdict:
    def no(ground: Ground) -> Verdict:
        return Verdict(ground, to=Side.SALESFORCE)

    if FieldType.UNSUPPORTED in (found.type, receiving.type):
        return no(Ground.UNSUPPORTED)
    if "." in receiving.name:
        return no(Ground.RELATED)
    if receiving.type is FieldType.ID:
        return no(Ground.RECORD_ID)
    if receiving.type is FieldType.REFERENCE:
        return no(Ground.LOOKUP)
    if receiving.calculated or not receiving.updatable:
        return no(Ground.READ_ONLY)
    return _judged(found, receiving, Side.SALESFORCE)


def _judged(source: Field, target: Field, to: Side) -> Verdict:
    """Judge the way from one type to the other, and what the target holds of it."""
    way = WAYS.get((source.type, target.type))
    if way is None:
        return Verdict(Ground.NO_WAY, to=to)
    loss = _loss(way, source, target, to)
    if loss is not None:
        return replace(loss, to=to)
    if way == "link":
        ground = Ground.LINKED
    elif source.type is target.type:
        ground = Ground.SAME
    else:
        ground = Ground.AS_TEXT if way in ("text", "join") else Ground.CONVERTED
    return Verdict(ground, to=to)


def _loss(way: str, source: Field, target: Field, to: Side) -> Verdict | None:
    """Give what may go wrong on the way, None if nothing may."""
    match target.type:
        case FieldType.INTEGER | FieldType.DECIMAL if source.type in _NUMBERS:
            return _number_loss(source, target)
        case FieldType.EMAIL if source.type is not FieldType.EMAIL:
            return Verdict(Ground.MAY_NOT_BE_AN_EMAIL)
        case FieldType.CHOICE | FieldType.CHOICES:
            return _list_loss(way, source, target, to)
    if way == "read":
        return Verdict(Ground.MAY_NOT_READ)
    if way == "day":
        return Verdict(Ground.TIME_FALLS_AWAY)
    return _length_loss(source, target) if way in ("text", "join") else None


def _length_loss(source: Field, target: Field) -> Verdict | None:
    limit = target.length or (MOST_OF_AN_EMAIL if target.type is FieldType.EMAIL else 0)
    if not limit:
        return None
    width = _width(source)
    if width is not None and width <= limit:
        return None
    if source.type in (FieldType.ID, FieldType.REFERENCE):
        return Verdict(Ground.ID_TOO_LONG, (("limit", limit),))
    return Verdict(Ground.MAY_BE_TOO_LONG, (("length", width or 0), ("limit", limit)))


_FIXED_WIDTHS = {
    FieldType.BOOLEAN: len("false"),
    FieldType.DATE: len("2026-11-02"),
    FieldType.DATETIME: len("2026-11-02T14:10:00Z"),
    FieldType.TIME: len("14:10:00"),
    FieldType.ID: ID_LENGTH,
    FieldType.REFERENCE: ID_LENGTH,
}


def _width(source: Field) -> int | None:
    """Give the most characters that a value of the field has as text, None if that is not known."""
    if source.type in _FIXED_WIDTHS:
        return _FIXED_WIDTHS[source.type]
    if source.type is FieldType.INTEGER:
        return len(str(whole_range(source)[0]))
    if source.type is FieldType.DECIMAL:
        whole, decimals = decimal_room(source)
        return len("-") + max(whole, 1) + (decimals and len(".") + decimals) if source.precision else None
    if source.type is FieldType.CHOICES:
        return sum(len(c) + len("; ") for c in source.choices) if source.restricted and source.choices else None
    if source.type is FieldType.CHOICE and source.restricted and source.choices:
        return max(map(len, source.choices))
    return source.length or (MOST_OF_AN_EMAIL if source.type is FieldType.EMAIL else None)


_NUMBERS = (FieldType.BOOLEAN, FieldType.INTEGER, FieldType.DECIMAL)


def _number_loss(source: Field, target: Field) -> Verdict | None:
    """Compare what two number fields hold; a decimal field that does not say holds anything."""
    if target.type is FieldType.DECIMAL and not (target.precision or target.scale):
        return None
    unknown = source.type is FieldType.DECIMAL and not source.precision
    decimals = source.scale if source.type is FieldType.DECIMAL else 0
    if unknown or decimals > (target.scale if target.type is FieldType.DECIMAL else 0):
        return Verdict(Ground.MAY_HAVE_DECIMALS)
    least, most = _range(source)
    target_least, target_most = _range(target)
    return None if target_least <= least and most <= target_most else Verdict(Ground.MAY_BE_OUT_OF_RANGE)


def _range(field: Field) -> tuple[int, int]:
    if field.type is FieldType.INTEGER:
        return whole_range(field)
    most = 1 if field.type is FieldType.BOOLEAN else 10 ** decimal_room(field)[0] - 1
    return -most, most


def _list_loss(way: str, source: Field, target: Field, to: Side) -> Verdict | None:
    if way == "one":
        return Verdict(Ground.MAY_HOLD_SEVERAL)
    if way == "split":
        return Verdict(Ground.IS_SPLIT)
    values: Sequence[str] | None = source.choices if source.restricted and source.choices else None
    if source.type is FieldType.BOOLEAN:
        values = ("true", "false")
    if target.restricted and target.choices:
        listed = {choice.casefold() for choice in target.choices}
        if values is None or any(value.casefold() not in listed for value in values):
            return Verdict(Ground.MAY_NOT_BE_LISTED)
    if target.type is FieldType.CHOICES and any(SEPARATOR[to] in value for value in values or ()):
        return Verdict(Ground.MAY_NOT_BE_LISTED)
    return _length_loss(source, target)
