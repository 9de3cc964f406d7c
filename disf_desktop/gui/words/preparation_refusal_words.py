"""The person's words for what is in the way of a preparation: what happened, what to do, who can do it, and the one
button that does it. QtCore alone."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

from disf_desktop.core.errors import DisfError
from disf_desktop.core.events import Notice
from disf_desktop.core.preparation_events import ComponentFailed
from disf_desktop.gui.words.translation import QT_TRANSLATE_NOOP, translate
from disf_desktop.gui.words.wording import error_details, error_said, in_english


def _said(text: str) -> str:
    return translate("Preparation", text)


class Deed(StrEnum):
    """What the one button beside an error does."""

    LOOK = "look"  # look at the org again
    COPY = "copy"  # copy the message for an administrator
    AUTHORIZE = "authorize"  # sign in again, perhaps as somebody else
    GO_ON = "go_on"  # follow what goes on in Salesforce


class Explained(NamedTuple):
    """What a person is told, and what the button does."""

    happened: str
    what_to_do: str
    deed: Deed = Deed.LOOK


_ASK_FOR_IT = QT_TRANSLATE_NOOP(
    "Preparation",
    "A Salesforce administrator gives the right “{0}” in a permission set (Setup › Permission Sets › System "
    "Permissions). Or authorize the connection as an administrator.",
)
RIGHTS: dict[str, tuple[str, str]] = {
    "right_look": (
        QT_TRANSLATE_NOOP("Preparation", "The user of this connection may not look at the set-up of the org."),
        "View Setup and Configuration",
    ),
    "right_deploy": (
        QT_TRANSLATE_NOOP("Preparation", "The user of this connection may not change the set-up of the org."),
        "Customize Application",
    ),
    "right_assign": (
        QT_TRANSLATE_NOOP("Preparation", "The user of this connection may not give a permission set to people."),
        "Assign Permission Sets",
    ),
    "right_package": (
        QT_TRANSLATE_NOOP("Preparation", "The user of this connection may not install a package."),
        "Download AppExchange Packages",
    ),
}
"""For each reason: what happened, and the right by the name that Setup gives it."""

REASONS: dict[str, Explained] = {
    "deploy_locked": Explained(
        QT_TRANSLATE_NOOP("Preparation", "Something else is being deployed or installed in this org."),
        QT_TRANSLATE_NOOP("Preparation", "Wait until it has ended (Setup › Deployment Status), then look again."),
    ),
    "deploy_failed": Explained(
        QT_TRANSLATE_NOOP("Preparation", "Salesforce did not carry this out, and changed nothing."),
        QT_TRANSLATE_NOOP("Preparation", "Try again; if it lasts, show the details to an administrator of the org."),
    ),
    "other_type": Explained(
        QT_TRANSLATE_NOOP("Preparation", "It is there already with another type, and was left as it is."),
        QT_TRANSLATE_NOOP("Preparation", "Choose another field, or another name, in the project file."),
    ),
    "limit_external_ids": Explained(
        QT_TRANSLATE_NOOP("Preparation", "The object has as many external IDs as Salesforce allows."),
        QT_TRANSLATE_NOOP(
            "Preparation", "An administrator takes the mark External ID from a field that needs it no more."
        ),
        Deed.COPY,
    ),
    "limit_fields": Explained(
        QT_TRANSLATE_NOOP("Preparation", "The object has as many custom fields as the edition of the org allows."),
        QT_TRANSLATE_NOOP("Preparation", "An administrator deletes, and erases, custom fields that nobody needs."),
        Deed.COPY,
    ),
    "in_use": Explained(
        QT_TRANSLATE_NOOP("Preparation", "Something else in the org uses it."),
        QT_TRANSLATE_NOOP(
            "Preparation",
            "An administrator takes it out of there; “Where is this used?” on the page of the field in Setup lists it.",
        ),
        Deed.COPY,
    ),
    "exists": Explained(
        QT_TRANSLATE_NOOP("Preparation", "Something of this name is there already."),
        QT_TRANSLATE_NOOP("Preparation", "Look again: it is then shown with its state."),
    ),
    "refused": Explained(
        QT_TRANSLATE_NOOP("Preparation", "Salesforce refuses it."),
        QT_TRANSLATE_NOOP(
            "Preparation", "Show Salesforce's own words, in the details, to the administrator of the org."
        ),
        Deed.COPY,
    ),
    "uninstall_first": Explained(
        QT_TRANSLATE_NOOP("Preparation", "An older version of the package has to be uninstalled first."),
        QT_TRANSLATE_NOOP(
            "Preparation",
            "Note its settings, then an administrator uninstalls it (Setup › Installed Packages). Then install again.",
        ),
        Deed.COPY,
    ),
    "newer_is_there": Explained(
        QT_TRANSLATE_NOOP("Preparation", "A newer version of the package is installed already."),
        QT_TRANSLATE_NOOP("Preparation", "Use the newest link that Dialog Insight shows."),
    ),
    "password": Explained(
        QT_TRANSLATE_NOOP("Preparation", "The package is protected by a password, and this is not it."),
        QT_TRANSLATE_NOOP("Preparation", "Ask Dialog Insight for the password of the package. Nothing was installed."),
    ),
    "no_such_package": Explained(
        QT_TRANSLATE_NOOP("Preparation", "There is no such package for this org."),
        QT_TRANSLATE_NOOP(
            "Preparation",
            "Copy the link from Dialog Insight again, for a production org or a sandbox as the case may be.",
        ),
    ),
    "name_conflict": Explained(
        QT_TRANSLATE_NOOP("Preparation", "A name that the package needs is taken in this org; nothing was installed."),
        QT_TRANSLATE_NOOP(
            "Preparation", "An administrator renames or removes what has that name; the details name it."
        ),
        Deed.COPY,
    ),
    "limit": Explained(
        QT_TRANSLATE_NOOP("Preparation", "The org has no room for the package, or its edition lacks something."),
        QT_TRANSLATE_NOOP("Preparation", "Show the details to the administrator of the org. Nothing was installed."),
        Deed.COPY,
    ),
    "package_failed": Explained(
        QT_TRANSLATE_NOOP("Preparation", "Salesforce could not install the package; nothing was installed."),
        QT_TRANSLATE_NOOP("Preparation", "Show the details to the administrator of the org."),
        Deed.COPY,
    ),
    "no_link": Explained(
        QT_TRANSLATE_NOOP("Preparation", "This is no installation link of a Salesforce package."),
        QT_TRANSLATE_NOOP("Preparation", "Copy the whole link from Dialog Insight, or the id that begins with 04t."),
    ),
}

CODES: dict[str, Explained] = {
    "usage": Explained(
        QT_TRANSLATE_NOOP("Preparation", "What was asked for is no longer there to be done."),
        QT_TRANSLATE_NOOP("Preparation", "Look again, then choose anew."),
    ),
    "deploy": Explained(
        QT_TRANSLATE_NOOP("Preparation", "Salesforce refused some components, so nothing was changed."),
        QT_TRANSLATE_NOOP("Preparation", "See why beside each of them; the others can be installed without them."),
    ),
    "under_way": Explained(
        QT_TRANSLATE_NOOP("Preparation", "Salesforce has not finished after half an hour; it goes on by itself."),
        QT_TRANSLATE_NOOP("Preparation", "Come back later: the program goes on from there."),
        Deed.GO_ON,
    ),
    "stopped": Explained(
        QT_TRANSLATE_NOOP(
            "Preparation", "The program does not wait any more. What Salesforce has begun goes on there."
        ),
        QT_TRANSLATE_NOOP("Preparation", "Go on when you want; nothing is begun twice."),
        Deed.GO_ON,
    ),
    "package": Explained(
        QT_TRANSLATE_NOOP("Preparation", "The package is not installed."),
        QT_TRANSLATE_NOOP("Preparation", "The details say why."),
        Deed.COPY,
    ),
    "busy": Explained(
        QT_TRANSLATE_NOOP("Preparation", "Another preparation of this project file is under way."),
        QT_TRANSLATE_NOOP("Preparation", "Another window or a command is at it. Wait until it has ended."),
    ),
}
"""For each code of an error that a preparation gives a meaning of its own."""

NOTICES: dict[str, tuple[str, str]] = {
    "under_way": (
        QT_TRANSLATE_NOOP("Preparation", "An earlier preparation began something in this org that has not ended."),
        QT_TRANSLATE_NOOP("Preparation", "Go on with it: nothing is begun twice."),
    ),
    "no_types": (
        QT_TRANSLATE_NOOP("Preparation", "Dialog Insight could not be asked what the fields are that pairs name."),
        QT_TRANSLATE_NOOP("Preparation", "Test the Dialog Insight connection, then look again."),
    ),
    "not_given": (
        QT_TRANSLATE_NOOP("Preparation", "A user cannot be given access: a licence does not allow it."),
        QT_TRANSLATE_NOOP("Preparation", "Give that user another licence, or leave that one out."),
    ),
    "approve_domains": (
        QT_TRANSLATE_NOOP("Preparation", "The package asks to contact addresses of Dialog Insight."),
        QT_TRANSLATE_NOOP("Preparation", "Approve them, then install the package."),
    ),
    "two_integrations": (
        QT_TRANSLATE_NOOP(
            "Preparation",
            "Dialog Insight's own package is installed in this org, and may serve a project that this file serves too.",
        ),
        QT_TRANSLATE_NOOP(
            "Preparation",
            "Dialog Insight advises against two integrations in one project. See in Salesforce, under DI Destination "
            "Projects, that none of these is active there.",
        ),
    ),
}


def _ask_for(right: str, message: str) -> str:
    """Say who gives a right: those that the message names, as Setup does, else the one that is usual."""
    return _said(_ASK_FOR_IT).format("”, “".join(re.findall("“([^”]+)”", message)) or right)


def notice_said(notice: Notice) -> tuple[str, str]:
    """Give what a person should know, and what to do."""
    right = RIGHTS.get(notice.code)
    if right is not None:
        return _said(right[0]), _ask_for(right[1], notice.message)
    known = NOTICES.get(notice.code)
    if known is None or (in_english() and notice.code in ("no_types", "not_given")):
        return notice.message, notice.what_to_do
    return _said(known[0]), _said(known[1])


def explained(error: DisfError) -> Explained:
    """Say an error of a preparation in the language of the window."""
    right = RIGHTS.get(error.reason)
    if right is not None:
        return Explained(_said(right[0]), _ask_for(right[1], error.message), Deed.COPY)
    known = CODES.get(error.code) if error.code == "deploy" else REASONS.get(error.reason) or CODES.get(error.code)
    if known is not None:
        return Explained(_said(known.happened), _said(known.what_to_do), known.deed)
    happened, what_to_do = error_said(error)
    deed = {"authorization": Deed.AUTHORIZE, "access": Deed.COPY}.get(error.code, Deed.LOOK)
    return Explained(happened, what_to_do, deed)


def failure_said(failed: ComponentFailed) -> tuple[str, str]:
    """Say why Salesforce refuses a component, and what to do."""
    told = explained(DisfError(failed.message, failed.what_to_do, reason=failed.reason))
    return told.happened, told.what_to_do


def for_the_administrator(error: DisfError, org: str) -> str:
    """Write what an administrator of an org must know, to be sent; it holds no secret."""
    told = explained(error)
    about = _said(
        QT_TRANSLATE_NOOP("Preparation", "Our sync with Dialog Insight cannot prepare Salesforce ({0}).")
    ).format(org)
    return "\n\n".join((about, f"{told.happened} {told.what_to_do}", error_details(error)))


DEEDS: dict[Deed, str] = {
    Deed.LOOK: QT_TRANSLATE_NOOP("Preparation", "Look again"),
    Deed.COPY: QT_TRANSLATE_NOOP("Preparation", "Copy for the administrator"),
    Deed.AUTHORIZE: QT_TRANSLATE_NOOP("Preparation", "Authorize again"),
    Deed.GO_ON: QT_TRANSLATE_NOOP("Preparation", "Go on"),
}


def deed_said(deed: Deed) -> str:
    """Name the button that mends an error."""
    return _said(DEEDS[deed])
