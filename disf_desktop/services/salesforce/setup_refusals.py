"""What Salesforce refuses of its own set-up, in our errors: which right is missing, who gives it, what is in the way.

The texts of failed components are Salesforce's own and documented nowhere; they are told apart by their words, and what
is not known is said as it came.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import Final, NamedTuple

from disf_desktop.core.errors import AccessRefused, DisfError, LimitReached, ServiceUnavailable
from disf_desktop.services.salesforce.errors import Refusal, error_of, read_refusal, without_addresses
from disf_desktop.services.transport import Reply


class Doing(Enum):
    """What needs a right."""

    LOOKING = "look"
    DEPLOYING = "deploy"
    ASSIGNING = "assign"
    PACKAGES = "package"


class _Right(NamedTuple):
    """`reason` for programs, what the right lets do, the rights by the names that Setup gives them."""

    reason: str
    to: str
    names: tuple[str, ...]


RIGHTS: Final = {
    "ViewSetup": "View Setup and Configuration",
    "CustomizeApplication": "Customize Application",
    "ModifyMetadata": "Modify Metadata Through Metadata API Functions",
    "AssignPermissionSets": "Assign Permission Sets",
    "InstallPackaging": "Download AppExchange Packages",
}
"""By the names that the API gives them, those that Setup does."""
_NEEDED: Final = {
    Doing.LOOKING: _Right("right_look", "look at its set-up", (RIGHTS["ViewSetup"],)),
    Doing.DEPLOYING: _Right(
        "right_deploy", "change its set-up", (RIGHTS["CustomizeApplication"], RIGHTS["ModifyMetadata"])
    ),
    Doing.ASSIGNING: _Right("right_assign", "give users a permission set", (RIGHTS["AssignPermissionSets"],)),
    Doing.PACKAGES: _Right("right_package", "install a package", (RIGHTS["InstallPackaging"],)),
}
_LOCKED: Final = ("ALREADY_IN_PROCESS", "ALREADYINPROCESS")
_RIGHTS: Final = re.compile(
    r"INSUFFICIENT_ACCESS|insufficient access|no(?:t have)? (?:the )?(?:access|permission)|requires? .*permission", re.I
)


def lacking(doing: Doing, detail: str = "", names: tuple[str, ...] = ()) -> AccessRefused:
    """Give the error of a right that our user lacks; `names` are those that are known to be missing."""
    needed = _NEEDED[doing]
    named = " and ".join(f"“{right}”" for right in names) or " or ".join(f"“{right}”" for right in needed.names)
    return AccessRefused(
        f"Salesforce does not let our user {needed.to}: the right {named} is missing.",
        "Ask a Salesforce administrator for it (Setup › Permission Sets › System Permissions), or sign in as one.",
        detail=detail,
        reason=needed.reason,
    )


def locked(detail: str = "") -> ServiceUnavailable:
    """Give the error of an org in which another deploy or installation is under way."""
    error = ServiceUnavailable(
        "Something else is being deployed or installed in this org.",
        "Wait until it has ended (Setup › Deployment Status), then prepare again.",
    )
    error.detail, error.reason = detail, "deploy_locked"
    return error


def setup_error(refusal: Refusal, doing: Doing, where: str = "") -> DisfError:
    """Give the error that a refusal means, where something of the set-up was asked for."""
    error = error_of(refusal, where)
    if refusal.code.upper() in _LOCKED:
        return locked(error.detail)
    # To who may not look at it, the set-up is as if it were not there.
    unseen = doing is Doing.LOOKING and refusal.code.upper() == "INVALID_TYPE"
    if unseen or (isinstance(error, AccessRefused) and error.reason == "no_right"):
        return lacking(doing, error.detail)
    return error


def raise_unless_set_up(reply: Reply, doing: Doing, where: str = "") -> Reply:
    """Give back an answer of 2xx; raise the error that any other means."""
    if reply.ok:
        return reply
    raise setup_error(read_refusal(reply.status, reply.body), doing, where)


def failed(code: str, message: str, doing: Doing) -> DisfError:
    """Give the error of a deploy or an installation that failed as a whole."""
    said = without_addresses(message)[:300]
    detail = " · ".join(word for word in (code, said) if word)
    if code.upper() in _LOCKED:
        return locked(detail)
    if _RIGHTS.search(code) or _RIGHTS.search(message):
        return lacking(doing, detail)
    if "LIMIT" in code.upper():
        error: DisfError = LimitReached("The org has used up an allowance of Salesforce.", "Ask its administrator.")
    else:
        error = ServiceUnavailable(
            "Salesforce did not carry this out, and changed nothing.", "Try again; if it lasts, show the detail."
        )
    error.detail, error.reason = detail, "deploy_failed"
    return error


class Why(NamedTuple):
    """Why a component was refused, for programs and in words."""

    reason: str
    message: str
    what_to_do: str


_OTHER: Final = Why(
    "refused", "Salesforce refuses it.", "Show Salesforce's own words to the administrator of the org; they say why."
)
_KNOWN: Final[tuple[tuple[str, Why], ...]] = (
    (
        r"(?:change|convert) (?:the )?(?:field )?type|type .*cannot be changed|different type",
        Why(
            "other_type",
            "It is there already with another type, and was left as it is.",
            "Name another field in the project file, or have an administrator rename the one that is there.",
        ),
    ),
    (
        r"external[ _]?ids?.*(?:limit|maximum|exceed|reached)|(?:limit|maximum|exceed|too many).*external[ _]?id",
        Why(
            "limit_external_ids",
            "The object has as many external ids as Salesforce allows.",
            "Have an administrator take the mark External ID from a field that needs it no more.",
        ),
    ),
    (
        r"(?:limit|maximum|exceed|too many).*(?:field|column)|(?:field|column).*(?:limit|maximum|exceed|too many)",
        Why(
            "limit_fields",
            "The object has as many custom fields as the edition of the org allows.",
            "Have an administrator delete, and erase, custom fields that nobody needs.",
        ),
    ),
    (
        r"INSUFFICIENT_ACCESS|insufficient access|permission|not authorized|no access",
        Why(
            "right_deploy",
            "Our user may not make or change it.",
            "Ask a Salesforce administrator for the right “Customize Application”, or sign in as one.",
        ),
    ),
    (
        r"referenced|is in use|depend|used (?:in|by)",
        Why(
            "in_use",
            "Something else in the org uses it.",
            "Have an administrator take it out of there; in Setup, “Where is this used?” on the field's page lists it.",
        ),
    ),
    (
        r"already (?:exists|in use)|there is already|duplicate",
        Why("exists", "Something of this name is there already.", "Look again: it is then shown with its state."),
    ),
)


def why_refused(problem: str) -> Why:
    """Say what the text of a failed component means."""
    return next((why for pattern, why in _KNOWN if re.search(pattern, problem, re.IGNORECASE)), _OTHER)
