"""The person's words for what a project asks of an org: components, what each is for, its state. QtCore alone."""

from __future__ import annotations

from disf_desktop.core.preparation import PERMISSION_SET_LABEL, Component, ComponentKind, ComponentState
from disf_desktop.core.preparation_fit import Conflict
from disf_desktop.core.preparation_spec import FieldKind, FieldSpec, label_of
from disf_desktop.core.preparation_wanted import Purpose
from disf_desktop.gui.models.preparing import PrepareStep
from disf_desktop.gui.models.tables import Look
from disf_desktop.gui.words.figures import number
from disf_desktop.gui.words.translation import QT_TRANSLATE_NOOP, translate
from disf_desktop.gui.words.wording import in_english


def _said(text: str) -> str:
    return translate("Preparation", text)


# components

KINDS: dict[FieldKind, str] = {
    FieldKind.TEXT: QT_TRANSLATE_NOOP("Preparation", "text {0}"),
    FieldKind.LONG_TEXT: QT_TRANSLATE_NOOP("Preparation", "long text {0}"),
    FieldKind.EMAIL: QT_TRANSLATE_NOOP("Preparation", "e-mail"),
    FieldKind.PHONE: QT_TRANSLATE_NOOP("Preparation", "phone"),
    FieldKind.URL: QT_TRANSLATE_NOOP("Preparation", "web address"),
    FieldKind.PICKLIST: QT_TRANSLATE_NOOP("Preparation", "picklist"),
    FieldKind.MULTIPICKLIST: QT_TRANSLATE_NOOP("Preparation", "picklist of several values"),
    FieldKind.CHECKBOX: QT_TRANSLATE_NOOP("Preparation", "checkbox"),
    FieldKind.NUMBER: QT_TRANSLATE_NOOP("Preparation", "number, {0} digits, {1} decimals"),
    FieldKind.DATE: QT_TRANSLATE_NOOP("Preparation", "date"),
    FieldKind.DATETIME: QT_TRANSLATE_NOOP("Preparation", "date and time"),
    FieldKind.TIME: QT_TRANSLATE_NOOP("Preparation", "time"),
}

PURPOSES: dict[Purpose, str] = {
    Purpose.EXTERNAL_ID: QT_TRANSLATE_NOOP("Preparation", "Ties a record to its Dialog Insight contact"),
    Purpose.OPTIN: QT_TRANSLATE_NOOP("Preparation", "Receives the “{0}” opt-in"),
    Purpose.OPTIN_DATE: QT_TRANSLATE_NOOP("Preparation", "Receives the date of the “{0}” opt-in"),
    Purpose.OPTIN_SOURCE: QT_TRANSLATE_NOOP("Preparation", "Receives the source of the “{0}” opt-in"),
    Purpose.PAIR: QT_TRANSLATE_NOOP("Preparation", "Is paired with {0} of Dialog Insight"),
    Purpose.ACCESS: QT_TRANSLATE_NOOP("Preparation", "Field access for the users that you choose"),
    Purpose.UNUSED: QT_TRANSLATE_NOOP("Preparation", "Was made for this project, which no longer asks for it"),
}
_OF_A_CONTACT = QT_TRANSLATE_NOOP("Preparation", "Ties a contact to its Dialog Insight record")
_OF_A_LEAD = QT_TRANSLATE_NOOP("Preparation", "Ties a lead to its Dialog Insight record")

STATES: dict[ComponentState, tuple[str, Look]] = {
    ComponentState.INSTALLED: (QT_TRANSLATE_NOOP("Preparation", "installed"), Look.PILL_OK),
    ComponentState.HIDDEN: (QT_TRANSLATE_NOOP("Preparation", "hidden"), Look.PILL_WARN),
    ComponentState.MISSING: (QT_TRANSLATE_NOOP("Preparation", "missing"), Look.PILL),
    ComponentState.CONFLICT: (QT_TRANSLATE_NOOP("Preparation", "conflict: {0}"), Look.PILL_WARN),
}

CONFLICTS: dict[Conflict, tuple[str, str, str]] = {
    Conflict.OTHER_TYPE: (
        QT_TRANSLATE_NOOP("Preparation", "another type"),
        QT_TRANSLATE_NOOP("Preparation", "A field of this name is there already, with a type that does not serve."),
        QT_TRANSLATE_NOOP("Preparation", "Choose another field, or another name, in the project file."),
    ),
    Conflict.TOO_SHORT: (
        QT_TRANSLATE_NOOP("Preparation", "too short"),
        QT_TRANSLATE_NOOP("Preparation", "The field that is there does not have room for what it would receive."),
        QT_TRANSLATE_NOOP("Preparation", "An administrator makes it longer in Salesforce, or you choose another one."),
    ),
    Conflict.NOT_EXTERNAL_ID: (
        QT_TRANSLATE_NOOP("Preparation", "no external ID"),
        QT_TRANSLATE_NOOP("Preparation", "The field that is there is not marked as an external ID."),
        QT_TRANSLATE_NOOP(
            "Preparation", "An administrator marks it External ID and Unique in Salesforce, or you choose another name."
        ),
    ),
    Conflict.NOT_UNIQUE: (
        QT_TRANSLATE_NOOP("Preparation", "not unique"),
        QT_TRANSLATE_NOOP(
            "Preparation", "The field that is there allows the same value twice: a person could be created twice."
        ),
        QT_TRANSLATE_NOOP("Preparation", "An administrator marks it Unique in Salesforce, or you choose another name."),
    ),
    Conflict.FORMULA: (
        QT_TRANSLATE_NOOP("Preparation", "cannot be written"),
        QT_TRANSLATE_NOOP("Preparation", "A formula or an automatic number is there: nothing can be written to it."),
        QT_TRANSLATE_NOOP("Preparation", "Choose another field, or another name, in the project file."),
    ),
    Conflict.OTHER_WORDS: (
        QT_TRANSLATE_NOOP("Preparation", "other values"),
        QT_TRANSLATE_NOOP("Preparation", "The picklist that is there does not offer the words that would be written."),
        QT_TRANSLATE_NOOP(
            "Preparation", "An administrator adds them to the picklist, or you choose its words on the Opt-ins tab."
        ),
    ),
    Conflict.MANAGED: (
        QT_TRANSLATE_NOOP("Preparation", "part of a package"),
        QT_TRANSLATE_NOOP(
            "Preparation", "The field belongs to an installed package, which alone may make or change it."
        ),
        QT_TRANSLATE_NOOP("Preparation", "Choose another field, or install that package first."),
    ),
    Conflict.NOT_OURS: (
        QT_TRANSLATE_NOOP("Preparation", "not made here"),
        QT_TRANSLATE_NOOP("Preparation", "A permission set of this name is there that this program did not make."),
        QT_TRANSLATE_NOOP(
            "Preparation", "An administrator renames it in Salesforce, or gives people access to the fields by hand."
        ),
    ),
    Conflict.TWO_USES: (
        QT_TRANSLATE_NOOP("Preparation", "two uses"),
        QT_TRANSLATE_NOOP("Preparation", "The project file gives this field two uses that no single field can serve."),
        QT_TRANSLATE_NOOP("Preparation", "Choose another field for one of the two."),
    ),
    Conflict.BAD_NAME: (
        QT_TRANSLATE_NOOP("Preparation", "impossible name"),
        QT_TRANSLATE_NOOP("Preparation", "Salesforce does not allow a custom field of this name."),
        QT_TRANSLATE_NOOP(
            "Preparation", "Letters, digits and single underscores, at most 40 of them, then __c: choose such a name."
        ),
    ),
    Conflict.NO_OBJECT: (
        QT_TRANSLATE_NOOP("Preparation", "no such object"),
        QT_TRANSLATE_NOOP("Preparation", "The org does not show this object to the user of the connection."),
        QT_TRANSLATE_NOOP("Preparation", "Choose another object, or ask an administrator for access to this one."),
    ),
    Conflict.UNKNOWN_TYPE: (
        QT_TRANSLATE_NOOP("Preparation", "type not known"),
        QT_TRANSLATE_NOOP(
            "Preparation", "Dialog Insight does not tell what its field holds, so it is not known how to make this one."
        ),
        QT_TRANSLATE_NOOP("Preparation", "Test the Dialog Insight connection, then look again."),
    ),
}
"""For each conflict: two or three words, what is there, and what a person can do."""

EXACT = frozenset({Conflict.TOO_SHORT, Conflict.OTHER_WORDS, Conflict.MANAGED, Conflict.NO_OBJECT, Conflict.BAD_NAME})
"""Conflicts of which the core's own words, used in English, name figures and words."""


def component_said(component: Component) -> str:
    """Name a component: `DI_Contact_Id__c on Contact`."""
    if component.kind is ComponentKind.PERMISSION_SET:
        return PERMISSION_SET_LABEL
    return _said(QT_TRANSLATE_NOOP("Preparation", "{0} on {1}")).format(component.name, component.sobject)


def kind_said(component: Component) -> str:
    """Say what kind of thing a component is."""
    if component.kind is ComponentKind.PERMISSION_SET:
        return _said(QT_TRANSLATE_NOOP("Preparation", "Permission set"))
    field = _said(QT_TRANSLATE_NOOP("Preparation", "Custom field"))
    return f"{field} · {spec_said(component.wanted)}" if component.wanted is not None else field


def spec_said(spec: FieldSpec) -> str:
    """Say how a field is made: `external ID, text 64, unique`."""
    figures = (spec.length, 0) if spec.length else (spec.precision - spec.scale, spec.scale)
    parts = [_said(KINDS[spec.kind]).format(*map(number, figures))]
    if spec.external_id:
        parts.insert(0, _said(QT_TRANSLATE_NOOP("Preparation", "external ID")))
    if spec.unique:
        parts.append(_said(QT_TRANSLATE_NOOP("Preparation", "unique")))
    said = ", ".join(parts)
    return f"{said} ({', '.join(spec.words)})" if spec.words else said


def definition_said(component: Component) -> str:
    """Say all of what would be made."""
    if component.kind is ComponentKind.PERMISSION_SET:
        return _said(QT_TRANSLATE_NOOP("Preparation", "A permission set that lets people see and edit these fields"))
    if component.state is ComponentState.HIDDEN:
        return _said(QT_TRANSLATE_NOOP("Preparation", "It is there; the user of the connection is given access to it"))
    label = _said(QT_TRANSLATE_NOOP("Preparation", "label “{0}”")).format(label_of(component.name))
    return f"{kind_said(component)} · {label}"


def purpose_said(component: Component) -> str:
    """Say what a component is for."""
    if component.purpose is Purpose.EXTERNAL_ID and component.sobject in ("Contact", "Lead"):
        return _said(_OF_A_CONTACT if component.sobject == "Contact" else _OF_A_LEAD)
    return _said(PURPOSES[component.purpose]).format(component.about)


def state_said(component: Component) -> tuple[str, Look]:
    """Say the state of a component in a word or two, and how that is painted."""
    if component.unsure:
        return _said(QT_TRANSLATE_NOOP("Preparation", "not seen")), Look.PILL_WARN
    text, look = STATES[component.state]
    said = _said(text)
    if component.conflict is not None:
        return said.format(_said(CONFLICTS[component.conflict][0])), look
    return said, look


def reason_said(component: Component) -> str:
    """Say why a component is not simply there, and what to do; "" where it is."""
    if component.conflict is not None:
        _, happened, what_to_do = CONFLICTS[component.conflict]
        there = component.detail if in_english() and component.conflict in EXACT else _said(happened)
        return f"{there} {_said(what_to_do)}"
    if component.unsure:
        return _said(
            QT_TRANSLATE_NOOP(
                "Preparation", "It may be there, hidden: only a user who may look at the set-up of the org can tell."
            )
        )
    if component.state is ComponentState.HIDDEN:
        return _said(QT_TRANSLATE_NOOP("Preparation", "It is there, but the user of the connection cannot use it yet."))
    if component.kind is ComponentKind.PERMISSION_SET and component.state is ComponentState.MISSING:
        return _said(QT_TRANSLATE_NOOP("Preparation", "Without it, nobody sees a field that was just made."))
    return ""


STEPS: dict[PrepareStep, str] = {
    PrepareStep.CHECKED: QT_TRANSLATE_NOOP("Preparation", "Checked by Salesforce"),
    PrepareStep.CARRIED_OUT: QT_TRANSLATE_NOOP("Preparation", "Carried out"),
    PrepareStep.GIVEN: QT_TRANSLATE_NOOP("Preparation", "Access given"),
    PrepareStep.SEEN: QT_TRANSLATE_NOOP("Preparation", "Fields visible"),
}
DOING: dict[PrepareStep, str] = {
    PrepareStep.CHECKED: QT_TRANSLATE_NOOP("Preparation", "Salesforce checks whether all of it can be done…"),
    PrepareStep.CARRIED_OUT: QT_TRANSLATE_NOOP("Preparation", "Salesforce carries it out…"),
    PrepareStep.GIVEN: QT_TRANSLATE_NOOP("Preparation", "Access to the fields is given…"),
    PrepareStep.SEEN: QT_TRANSLATE_NOOP("Preparation", "Waiting until Salesforce shows the fields…"),
}


def step_said(step: PrepareStep) -> str:
    """Name a step of a preparation that is done, or is to come."""
    return _said(STEPS[step])


def doing_said(step: PrepareStep) -> str:
    """Say what is being done at a step."""
    return _said(DOING[step])
