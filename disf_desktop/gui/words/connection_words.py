"""The person's words for what goes wrong at a connection: what happened, what to do, who can do it, and the one button
that does it. QtCore alone."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from disf_desktop.core.errors import DisfError, SettingsError
from disf_desktop.core.project import SalesforceConnection
from disf_desktop.gui.models.connections import AnyConnection
from disf_desktop.gui.words.translation import QT_TRANSLATE_NOOP, translate
from disf_desktop.gui.words.wording import error_details, error_said


class Mend(StrEnum):
    """What the one button does."""

    AUTHORIZE = "authorize"
    TEST = "test"
    RECIPE = "recipe"  # show how the External Client App must be
    CLIENT = "client"  # put the hand on the client id
    KEY = "key"  # put the hand on the key
    PLATFORM = "platform"  # go to the platform where the key is known
    ADVANCED = "advanced"  # open the advanced settings
    CEILING = "ceiling"  # put the hand on the ceiling of calls
    VERSION = "version"  # use the newest version of the API


class Explained(NamedTuple):
    """What a person is told. `short` stands in the list, `administrator`: only one can mend it."""

    short: str
    happened: str
    what_to_do: str
    mend: Mend
    administrator: bool = False


REASONS: dict[str, Explained] = {
    "access_ended": Explained(
        QT_TRANSLATE_NOOP("ConnectionErrors", "access ended · authorize again"),
        QT_TRANSLATE_NOOP("ConnectionErrors", "Salesforce no longer accepts this sign-in."),
        QT_TRANSLATE_NOOP(
            "ConnectionErrors", "It has expired, or somebody has withdrawn it. Authorize again; nothing else changes."
        ),
        Mend.AUTHORIZE,
    ),
    "not_signed_in": Explained(
        QT_TRANSLATE_NOOP("ConnectionErrors", "not authorized yet"),
        QT_TRANSLATE_NOOP("ConnectionErrors", "Nobody has signed in for this connection yet."),
        QT_TRANSLATE_NOOP("ConnectionErrors", "Authorize it: your browser opens, and you sign in to Salesforce there."),
        Mend.AUTHORIZE,
    ),
    "code_spent": Explained(
        QT_TRANSLATE_NOOP("ConnectionErrors", "sign-in not finished"),
        QT_TRANSLATE_NOOP("ConnectionErrors", "The sign-in took too long, or its page was used twice."),
        QT_TRANSLATE_NOOP("ConnectionErrors", "Authorize again, and sign in on the page that opens then."),
        Mend.AUTHORIZE,
    ),
    "denied": Explained(
        QT_TRANSLATE_NOOP("ConnectionErrors", "access not allowed"),
        QT_TRANSLATE_NOOP("ConnectionErrors", "The access was not allowed in the browser."),
        QT_TRANSLATE_NOOP(
            "ConnectionErrors",
            "Authorize again and choose Allow. Where Salesforce does not let you, an administrator allows the "
            "app first.",
        ),
        Mend.AUTHORIZE,
        True,
    ),
    "app_blocked": Explained(
        QT_TRANSLATE_NOOP("ConnectionErrors", "app blocked · ask an administrator"),
        QT_TRANSLATE_NOOP("ConnectionErrors", "Salesforce does not let this user use the app."),
        QT_TRANSLATE_NOOP(
            "ConnectionErrors",
            "An administrator opens Setup, External Client App Manager, takes the app and allows the user under "
            "Policies. An app of another org is installed first, under Connected Apps OAuth Usage.",
        ),
        Mend.AUTHORIZE,
        True,
    ),
    "user_inactive": Explained(
        QT_TRANSLATE_NOOP("ConnectionErrors", "user not active"),
        QT_TRANSLATE_NOOP("ConnectionErrors", "The Salesforce user of this connection, or the org, is not active."),
        QT_TRANSLATE_NOOP(
            "ConnectionErrors", "An administrator activates the user again; or authorize as another user."
        ),
        Mend.AUTHORIZE,
        True,
    ),
    "address_refused": Explained(
        QT_TRANSLATE_NOOP("ConnectionErrors", "network address refused"),
        QT_TRANSLATE_NOOP("ConnectionErrors", "Salesforce does not let this user in from this network address."),
        QT_TRANSLATE_NOOP(
            "ConnectionErrors",
            "An administrator adds this address to the IP ranges of the user's profile, or relaxes the IP "
            "restrictions in the policies of the app. Or connect through your company's network.",
        ),
        Mend.AUTHORIZE,
        True,
    ),
    "client_unknown": Explained(
        QT_TRANSLATE_NOOP("ConnectionErrors", "client ID unknown"),
        QT_TRANSLATE_NOOP("ConnectionErrors", "Salesforce does not know this client ID."),
        QT_TRANSLATE_NOOP(
            "ConnectionErrors",
            "Compare it with the consumer key of the External Client App. A new app takes up to ten minutes until "
            "it is known.",
        ),
        Mend.CLIENT,
    ),
    "callback_missing": Explained(
        QT_TRANSLATE_NOOP("ConnectionErrors", "callback address missing"),
        QT_TRANSLATE_NOOP("ConnectionErrors", "The app does not list the address to which the browser comes back."),
        QT_TRANSLATE_NOOP(
            "ConnectionErrors",
            "An administrator adds the three callback addresses to the External Client App, exactly as they are.",
        ),
        Mend.RECIPE,
        True,
    ),
    "flow_disabled": Explained(
        QT_TRANSLATE_NOOP("ConnectionErrors", "app not set up for this"),
        QT_TRANSLATE_NOOP("ConnectionErrors", "The app does not allow this way of signing in."),
        QT_TRANSLATE_NOOP(
            "ConnectionErrors",
            "In the External Client App, PKCE is required and both “Require secret” boxes are off.",
        ),
        Mend.RECIPE,
        True,
    ),
    "scope_missing": Explained(
        QT_TRANSLATE_NOOP("ConnectionErrors", "scope missing in the app"),
        QT_TRANSLATE_NOOP("ConnectionErrors", "Salesforce gave no permission that lasts."),
        QT_TRANSLATE_NOOP(
            "ConnectionErrors",
            "An administrator adds the scope “Perform requests at any time (refresh_token, offline_access)” to "
            "the app; then authorize again.",
        ),
        Mend.RECIPE,
        True,
    ),
    "ports_busy": Explained(
        QT_TRANSLATE_NOOP("ConnectionErrors", "sign-in not possible now"),
        QT_TRANSLATE_NOOP("ConnectionErrors", "The browser could not come back: other programs hold its three ports."),
        QT_TRANSLATE_NOOP(
            "ConnectionErrors",
            "Ports 17177, 17178 and 17179 of this computer are taken, often by another window of this program. "
            "Close it, then authorize again.",
        ),
        Mend.AUTHORIZE,
    ),
    "strange_address": Explained(
        QT_TRANSLATE_NOOP("ConnectionErrors", "strange address"),
        QT_TRANSLATE_NOOP("ConnectionErrors", "The answer named an address that is not one of Salesforce."),
        QT_TRANSLATE_NOOP(
            "ConnectionErrors", "Nothing was sent there. Check where to sign in, and what stands in between."
        ),
        Mend.TEST,
    ),
    "api_disabled": Explained(
        QT_TRANSLATE_NOOP("ConnectionErrors", "API not open to this user"),
        QT_TRANSLATE_NOOP(
            "ConnectionErrors", "The API of Salesforce is not open to this user, or not in this edition."
        ),
        QT_TRANSLATE_NOOP(
            "ConnectionErrors", "An administrator gives the user the permission “API Enabled”, then test again."
        ),
        Mend.TEST,
        True,
    ),
    "no_right": Explained(
        QT_TRANSLATE_NOOP("ConnectionErrors", "a permission is missing"),
        QT_TRANSLATE_NOOP("ConnectionErrors", "Salesforce refuses this to the user of this connection."),
        QT_TRANSLATE_NOOP(
            "ConnectionErrors",
            "An administrator gives the user the missing permission; the details say which call was refused.",
        ),
        Mend.TEST,
        True,
    ),
    "version_retired": Explained(
        QT_TRANSLATE_NOOP("ConnectionErrors", "API version retired"),
        QT_TRANSLATE_NOOP("ConnectionErrors", "The version of the API that the project file names is retired."),
        QT_TRANSLATE_NOOP("ConnectionErrors", "Use the newest one that the org offers."),
        Mend.VERSION,
    ),
    "own_ceiling": Explained(
        QT_TRANSLATE_NOOP("ConnectionErrors", "own ceiling of calls reached"),
        QT_TRANSLATE_NOOP("ConnectionErrors", "The org has used as many calls today as this program may let it use."),
        QT_TRANSLATE_NOOP("ConnectionErrors", "Wait until calls are given back, or raise the ceiling."),
        Mend.CEILING,
    ),
    "key_refused": Explained(
        QT_TRANSLATE_NOOP("ConnectionErrors", "key refused"),
        QT_TRANSLATE_NOOP("ConnectionErrors", "Dialog Insight refuses this key."),
        QT_TRANSLATE_NOOP(
            "ConnectionErrors",
            "Look at the key in Dialog Insight (Users, Web Services): its number and text, whether it is active "
            "and not expired, and whether it is allowed from this network address, for these projects and calls.",
        ),
        Mend.KEY,
        True,
    ),
    "no_key": Explained(
        QT_TRANSLATE_NOOP("ConnectionErrors", "no key yet"),
        QT_TRANSLATE_NOOP("ConnectionErrors", "There is no key for this connection yet."),
        QT_TRANSLATE_NOOP("ConnectionErrors", "Copy the key from Dialog Insight (Users, Web Services)."),
        Mend.KEY,
    ),
    "ca_file": Explained(
        QT_TRANSLATE_NOOP("ConnectionErrors", "certificate file not usable"),
        QT_TRANSLATE_NOOP("ConnectionErrors", "The file of certificates of this connection cannot be used."),
        QT_TRANSLATE_NOOP("ConnectionErrors", "Choose a readable file of PEM certificates, or none."),
        Mend.ADVANCED,
    ),
    "unreachable": Explained(
        QT_TRANSLATE_NOOP("ConnectionErrors", "not reached"),
        QT_TRANSLATE_NOOP("ConnectionErrors", "The address could not be reached."),
        QT_TRANSLATE_NOOP("ConnectionErrors", "Check the network and the address, then test again."),
        Mend.TEST,
    ),
    "proxy": Explained(
        QT_TRANSLATE_NOOP("ConnectionErrors", "stopped by the proxy"),
        QT_TRANSLATE_NOOP("ConnectionErrors", "The proxy of your network did not let the call through."),
        QT_TRANSLATE_NOOP(
            "ConnectionErrors", "Who looks after your network lets this address through, or corrects the proxy setting."
        ),
        Mend.TEST,
        True,
    ),
    "untrusted": Explained(
        QT_TRANSLATE_NOOP("ConnectionErrors", "certificate not trusted"),
        QT_TRANSLATE_NOOP("ConnectionErrors", "The certificate of the address is not trusted by this computer."),
        QT_TRANSLATE_NOOP(
            "ConnectionErrors",
            "Mostly a company network that inspects https: who looks after it gives you its file of "
            "certificates, which you choose in the advanced settings.",
        ),
        Mend.ADVANCED,
        True,
    ),
    "clock": Explained(
        QT_TRANSLATE_NOOP("ConnectionErrors", "clock of this computer"),
        QT_TRANSLATE_NOOP("ConnectionErrors", "The certificate of the address is not valid at this computer's time."),
        QT_TRANSLATE_NOOP(
            "ConnectionErrors",
            "Let the system set date and time by itself, then test again. Else the service renews it.",
        ),
        Mend.TEST,
    ),
    "late": Explained(
        QT_TRANSLATE_NOOP("ConnectionErrors", "no answer in time"),
        QT_TRANSLATE_NOOP("ConnectionErrors", "No answer came in time."),
        QT_TRANSLATE_NOOP("ConnectionErrors", "Test again in a few minutes; the time-out is in the advanced settings."),
        Mend.TEST,
    ),
    "cut_off": Explained(
        QT_TRANSLATE_NOOP("ConnectionErrors", "answer broken off"),
        QT_TRANSLATE_NOOP("ConnectionErrors", "The answer broke off before its end."),
        QT_TRANSLATE_NOOP("ConnectionErrors", "Check the network, then test again."),
        Mend.TEST,
    ),
    "busy": Explained(
        QT_TRANSLATE_NOOP("ConnectionErrors", "not answering now"),
        QT_TRANSLATE_NOOP("ConnectionErrors", "The service cannot answer now."),
        QT_TRANSLATE_NOOP("ConnectionErrors", "Wait a few minutes, then test again."),
        Mend.TEST,
    ),
    "unreadable": Explained(
        QT_TRANSLATE_NOOP("ConnectionErrors", "answer not understood"),
        QT_TRANSLATE_NOOP("ConnectionErrors", "Something else than the service has answered."),
        QT_TRANSLATE_NOOP(
            "ConnectionErrors",
            "Check the address; a proxy or the sign-in page of a network may stand in between. Then test again.",
        ),
        Mend.TEST,
    ),
}
"""By the reason of an error."""

_ELSEWHERE: dict[str, tuple[str, str, str]] = {
    "Canada": (
        QT_TRANSLATE_NOOP("ConnectionErrors", "key of the Canadian platform"),
        QT_TRANSLATE_NOOP("ConnectionErrors", "The key is valid, but on the Canadian platform."),
        QT_TRANSLATE_NOOP("ConnectionErrors", "Use the Canadian platform"),
    ),
    "France": (
        QT_TRANSLATE_NOOP("ConnectionErrors", "key of the French platform"),
        QT_TRANSLATE_NOOP("ConnectionErrors", "The key is valid, but on the French platform."),
        QT_TRANSLATE_NOOP("ConnectionErrors", "Use the French platform"),
    ),
}
_MENDS = {
    Mend.AUTHORIZE: QT_TRANSLATE_NOOP("ConnectionErrors", "Authorize again"),
    Mend.TEST: QT_TRANSLATE_NOOP("ConnectionErrors", "Test again"),
    Mend.RECIPE: QT_TRANSLATE_NOOP("ConnectionErrors", "Show how the app must be"),
    Mend.CLIENT: QT_TRANSLATE_NOOP("ConnectionErrors", "Correct the client ID"),
    Mend.KEY: QT_TRANSLATE_NOOP("ConnectionErrors", "Give the key"),
    Mend.ADVANCED: QT_TRANSLATE_NOOP("ConnectionErrors", "Open the advanced settings"),
    Mend.CEILING: QT_TRANSLATE_NOOP("ConnectionErrors", "Raise the ceiling"),
    Mend.VERSION: QT_TRANSLATE_NOOP("ConnectionErrors", "Use the newest version"),
}


def _said(text: str) -> str:
    return translate("ConnectionErrors", text)


def explained(error: DisfError, connection: AnyConnection) -> Explained:
    """Say an error of a connection in the language of the window."""
    platform = getattr(error, "platform", "")
    if error.reason == "key_elsewhere" and platform in _ELSEWHERE:
        short, happened, _ = (_said(text) for text in _ELSEWHERE[platform])
        what = _said(QT_TRANSLATE_NOOP("ConnectionErrors", "Each platform has its own accounts and keys."))
        return Explained(short, happened, what, Mend.PLATFORM)
    reason = "ca_file" if isinstance(error, SettingsError) and error.where == "ca_file" else error.reason
    known = REASONS.get(reason)
    if known is not None:
        return Explained(_said(known.short), _said(known.happened), _said(known.what_to_do), *known[3:])
    happened, what_to_do = error_said(error)
    mend = Mend.TEST
    if error.code == "authorization":
        mend = Mend.AUTHORIZE if isinstance(connection, SalesforceConnection) else Mend.KEY
    return Explained(happened, happened, what_to_do, mend, error.code == "access")


def mend_said(mend: Mend, error: DisfError) -> str:
    """Name the button that mends an error."""
    if mend is Mend.PLATFORM:
        return _said(_ELSEWHERE[getattr(error, "platform", "")][2])
    return _said(_MENDS[mend])


def for_the_administrator(error: DisfError, connection: AnyConnection, recipe: str = "") -> str:
    """Write what an administrator must know, to be sent; it holds no secret. `recipe` says how the app must be."""
    told = explained(error, connection)
    if isinstance(connection, SalesforceConnection):
        about = _said(
            QT_TRANSLATE_NOOP(
                "ConnectionErrors", "Our sync with Dialog Insight cannot reach Salesforce ({0}, client ID {1})."
            )
        ).format(connection.login_url, connection.client_id or "—")
    else:
        about = _said(
            QT_TRANSLATE_NOOP(
                "ConnectionErrors", "Our sync with Salesforce cannot reach Dialog Insight ({0}, key number {1})."
            )
        ).format(connection.root_url, connection.id_key)
    details = _said(QT_TRANSLATE_NOOP("ConnectionErrors", "Details:")) + "\n" + error_details(error)
    return "\n\n".join(part for part in (about, f"{told.happened} {told.what_to_do}", recipe, details) if part)
