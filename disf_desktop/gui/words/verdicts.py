"""Why a pair may be made or not, by the ground of the verdict and by the side that receives. QtCore alone."""

from __future__ import annotations

from disf_desktop.core.schema import Side
from disf_desktop.core.suggest import Evidence, Reason, Suggestion
from disf_desktop.core.verdict import Answer, Ground, Verdict
from disf_desktop.gui.models.pairing import Offer
from disf_desktop.gui.words.figures import number
from disf_desktop.gui.words.problem_words import problem_said
from disf_desktop.gui.words.translation import QT_TRANSLATE_NOOP, translate

_GROUNDS: dict[Ground, str] = {
    Ground.SAME: QT_TRANSLATE_NOOP("Verdicts", "Both hold the same kind of value."),
    Ground.AS_TEXT: QT_TRANSLATE_NOOP("Verdicts", "Every value is written as text."),
    Ground.CONVERTED: QT_TRANSLATE_NOOP("Verdicts", "Every value can be converted."),
    Ground.LINKED: QT_TRANSLATE_NOOP(
        "Verdicts", "The record becomes the contact that stands for it in Dialog Insight."
    ),
    Ground.MAY_BE_TOO_LONG: QT_TRANSLATE_NOOP(
        "Verdicts",
        "Values may be longer than the {limit} characters of the Dialog Insight field; those are set aside, or cut.",
    ),
    Ground.MAY_NOT_READ: QT_TRANSLATE_NOOP(
        "Verdicts", "Only values that read as the kind of the Dialog Insight field can go."
    ),
    Ground.MAY_HAVE_DECIMALS: QT_TRANSLATE_NOOP(
        "Verdicts", "Numbers with more decimals than fit are set aside, or rounded."
    ),
    Ground.MAY_BE_OUT_OF_RANGE: QT_TRANSLATE_NOOP(
        "Verdicts", "Numbers larger than the Dialog Insight field holds are set aside."
    ),
    Ground.MAY_NOT_BE_LISTED: QT_TRANSLATE_NOOP(
        "Verdicts", "Values that are not in the list of Dialog Insight are set aside."
    ),
    Ground.MAY_HOLD_SEVERAL: QT_TRANSLATE_NOOP(
        "Verdicts", "Records with several values are set aside: the target holds one."
    ),
    Ground.MAY_NOT_BE_AN_EMAIL: QT_TRANSLATE_NOOP("Verdicts", "Values that are not e-mail addresses are set aside."),
    Ground.IS_SPLIT: QT_TRANSLATE_NOOP("Verdicts", "The text is split into values at each semicolon."),
    Ground.TIME_FALLS_AWAY: QT_TRANSLATE_NOOP(
        "Verdicts", "The day is kept, in the project's time zone; the time of day is not."
    ),
    Ground.UNSUPPORTED: QT_TRANSLATE_NOOP(
        "Verdicts", "A field of this kind is made of several parts, or of bytes; pair its parts."
    ),
    Ground.NO_WAY: QT_TRANSLATE_NOOP("Verdicts", "No value of the one kind can become a value of the other."),
    Ground.CONSENT: QT_TRANSLATE_NOOP(
        "Verdicts", "This is a consent. Consents travel from Dialog Insight to Salesforce only."
    ),
    Ground.READ_ONLY: QT_TRANSLATE_NOOP("Verdicts", "Dialog Insight does not let this field be written."),
    Ground.ID_TOO_LONG: QT_TRANSLATE_NOOP("Verdicts", "A Salesforce Id has 18 characters; this field holds {limit}."),
    Ground.RECORD_ID: QT_TRANSLATE_NOOP("Verdicts", "Salesforce alone gives a record its Id."),
    Ground.LOOKUP: QT_TRANSLATE_NOOP(
        "Verdicts", "A lookup points to another record; it is not changed from Dialog Insight."
    ),
    Ground.RELATED: QT_TRANSLATE_NOOP(
        "Verdicts", "This field belongs to a related record; it can be read, and not written."
    ),
}

_TOWARD_SALESFORCE: dict[Ground, str] = {
    Ground.MAY_BE_TOO_LONG: QT_TRANSLATE_NOOP(
        "Verdicts",
        "Values may be longer than the {limit} characters of the Salesforce field; those are set aside.",
    ),
    Ground.MAY_NOT_READ: QT_TRANSLATE_NOOP(
        "Verdicts", "Only values that read as the kind of the Salesforce field can go."
    ),
    Ground.MAY_HAVE_DECIMALS: QT_TRANSLATE_NOOP("Verdicts", "Numbers with more decimals than fit are set aside."),
    Ground.MAY_BE_OUT_OF_RANGE: QT_TRANSLATE_NOOP(
        "Verdicts", "Numbers larger than the Salesforce field holds are set aside."
    ),
    Ground.MAY_NOT_BE_LISTED: QT_TRANSLATE_NOOP(
        "Verdicts", "Values that are not in the list of Salesforce are set aside."
    ),
    Ground.READ_ONLY: QT_TRANSLATE_NOOP("Verdicts", "Salesforce does not let this field be written."),
}

VERDICTS: dict[tuple[Ground, Side], str] = {
    (ground, side): _TOWARD_SALESFORCE.get(ground, text) if side is Side.SALESFORCE else text
    for ground, text in _GROUNDS.items()
    for side in Side
}
"""For each ground and each side that receives: why the pair may be made, or not."""

_TOWARD: dict[Side, str] = {
    Side.SALESFORCE: QT_TRANSLATE_NOOP("Verdicts", "Toward Salesforce: {0}"),
    Side.DIALOG_INSIGHT: QT_TRANSLATE_NOOP("Verdicts", "Toward Dialog Insight: {0}"),
}


def offer_said(given: Offer) -> str:
    """Say why two fields may be paired, or not."""
    if given.same:
        return translate("Verdicts", "These two fields are paired already.")
    if given.problem is not None:
        return problem_said(given.problem)[0]
    if given.verdict is None:
        return translate("Verdicts", "The fields of both services are not read yet.")
    return verdict(given.verdict)


def verdict(given: Verdict) -> str:
    """Say why a pair may be made or not; of a pair that travels both ways, on which way it stands."""
    figures = {name: number(n) for name, n in given.figures}
    said = translate("Verdicts", VERDICTS[given.ground, given.to]).format(**figures)
    if not given.of_two or given.answer is Answer.YES:
        return said
    return translate("Verdicts", _TOWARD[given.to]).format(said)


_EVIDENCE: dict[Evidence, str] = {
    Evidence.RECORD_ID: QT_TRANSLATE_NOOP("Verdicts", "the field for the Salesforce Id"),
    Evidence.LINK: QT_TRANSLATE_NOOP("Verdicts", "the contact that the row belongs to"),
    Evidence.SAME_NAME: QT_TRANSLATE_NOOP("Verdicts", "the same name"),
    Evidence.SAME_LABEL: QT_TRANSLATE_NOOP("Verdicts", "the same label"),
    Evidence.SAME_MEANING: QT_TRANSLATE_NOOP("Verdicts", "the same meaning"),
    Evidence.ADDRESSES: QT_TRANSLATE_NOOP("Verdicts", "its cells are e-mail addresses"),
    Evidence.SIMILAR: QT_TRANSLATE_NOOP("Verdicts", "{0} % of the letters alike"),
}


def reason_said(given: Reason) -> str:
    """Say why a pair is proposed, with what the values that were read say."""
    said = translate("Verdicts", _EVIDENCE[given.code]).format(number(given.figure("percent") or 0))
    looked, travel = given.figure("looked"), given.figure("travel")
    if not looked or travel is None:
        return said
    values = translate("Verdicts", "{0} of {1} values fit").format(number(travel), number(looked))
    return f"{said}, {values}"


def suggestion_said(given: Suggestion, other: str) -> str:
    """Say what is proposed for a field: the other field, and why."""
    text = (
        translate("Verdicts", "suggested: {0} ({1}), certain")
        if given.certain
        else translate("Verdicts", "suggested: {0} ({1})")
    )
    return text.format(other, reason_said(given.reason))
