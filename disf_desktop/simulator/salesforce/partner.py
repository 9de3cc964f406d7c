"""The SOAP API of partners and of one org, as far as programs come in by it: log in, look at who one is, log out."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as ET

from disf_desktop.simulator.salesforce.errors import ApiError
from disf_desktop.simulator.salesforce.oauth import SESSION_SECONDS, OAuth
from disf_desktop.simulator.salesforce.soap_envelope import answer, fault, local, members, opened, session_of, text_of
from disf_desktop.simulator.salesforce.stamps import stamp
from disf_desktop.simulator.salesforce.store import Org
from disf_desktop.simulator.salesforce.wire import Exchange, Reply

# The first version whose SOAP API has no login.
WITHOUT_LOGIN = 65.0
DIALECTS = {"u": "partner", "c": "enterprise"}


class Partner:
    """The endpoint `services/Soap/u` (partner) and `services/Soap/c` (enterprise) of an org."""

    def __init__(self, org: Org, oauth: OAuth) -> None:
        self._org = org
        self._oauth = oauth
        self._calls = {
            "getServerTimestamp": self._timestamp,
            "getUserInfo": self._user_info,
            "logout": self._logout,
        }

    async def serve(self, exchange: Exchange, dialect: str) -> Reply:
        """Answer one envelope."""
        kind = DIALECTS[dialect]
        space, faults = f"urn:{kind}.soap.sforce.com", f"urn:fault.{kind}.soap.sforce.com"
        try:
            header, call = opened(exchange.body)
            name = "" if call is None else local(call.tag)
            if call is not None and name == "login":
                return answer(space, name, self._login(exchange, call, dialect))
            if call is None or name not in self._calls:
                raise ApiError(500, "INVALID_OPERATION", f"Operation {name} is not supported")
            session = session_of(header, space)
            if not self._oauth.valid(session):
                message = "Invalid Session ID found in SessionHeader: Illegal Session. Session not found, missing"
                raise ApiError(500, "INVALID_SESSION_ID", f"{message} session hash")
            return answer(space, name, self._calls[name](session))
        except ApiError as error:
            kinds = {"INVALID_LOGIN": "LoginFault", "Client": ""}
            return fault(error.code, error.message, faults, kinds.get(error.code, "UnexpectedErrorFault"))

    def _login(self, exchange: Exchange, call: ET.Element, dialect: str) -> str:
        if exchange.number >= WITHOUT_LOGIN:
            raise ApiError(500, "UNSUPPORTED_API_VERSION", f"login() is not available in version {exchange.version}")
        if not self._oauth.knows(text_of(call, "username"), text_of(call, "password")):
            message = "Invalid username, password, security token; or user locked out."
            raise ApiError(500, "INVALID_LOGIN", message)
        known = self._org.credentials
        at = f"{exchange.base}/services/Soap/"
        told = {
            "metadataServerUrl": f"{at}m/{exchange.version}/{known.org_id}",
            "passwordExpired": False,
            "sandbox": self._organization()["IsSandbox"],
            "serverUrl": f"{at}{dialect}/{exchange.version}/{known.org_id}",
            "sessionId": self._oauth.session("SOAP"),
            "userId": known.user_id,
            "userInfo": self._who(),
        }
        return f"<result>{members(told)}</result>"

    def _timestamp(self, _: str) -> str:
        return f"<result>{members({'timestamp': stamp(self._org.now()).replace('+0000', 'Z')})}</result>"

    def _user_info(self, _: str) -> str:
        return f"<result>{members(self._who())}</result>"

    def _logout(self, session: str) -> str:
        self._oauth.forget(session)
        return ""

    def _who(self) -> dict[str, Any]:
        known, user, organization = self._org.credentials, self._user(), self._organization()
        return {
            "accessibilityMode": False,
            "currencySymbol": "$",
            "orgAttachmentFileSizeLimit": 26_214_400,
            "orgDefaultCurrencyIsoCode": "CAD",
            "orgDefaultCurrencyLocale": "fr_CA",
            "orgDisallowHtmlAttachments": False,
            "orgHasPersonAccounts": False,
            "organizationId": known.org_id,
            "organizationMultiCurrency": False,
            "organizationName": organization["Name"],
            "profileId": user["ProfileId"],
            "roleId": user["UserRoleId"] or "",
            "sessionSecondsValid": SESSION_SECONDS,
            "userDefaultCurrencyIsoCode": "",
            "userEmail": user["Email"],
            "userFullName": user["Name"],
            "userId": known.user_id,
            "userLanguage": user["LanguageLocaleKey"],
            "userLocale": user["LocaleSidKey"],
            "userName": known.username,
            "userTimeZone": user["TimeZoneSidKey"],
            "userType": "Standard",
            "userUiSkin": "Theme3",
        }

    def _user(self) -> dict[str, Any]:
        return next(each for each in self._org.rows("User") if each["Id"] == self._org.credentials.user_id)

    def _organization(self) -> dict[str, Any]:
        return next(self._org.rows("Organization"))
