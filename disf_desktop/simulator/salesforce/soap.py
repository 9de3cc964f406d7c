"""The Metadata API over SOAP, as older clients use it: to deploy, to ask how that goes, to cancel it."""

from __future__ import annotations

import base64
import binascii
from typing import Any
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

from disf_desktop.simulator.salesforce.deploys import OPTIONS, Deploys
from disf_desktop.simulator.salesforce.errors import ApiError
from disf_desktop.simulator.salesforce.metadata import BadPackage, parse
from disf_desktop.simulator.salesforce.oauth import OAuth
from disf_desktop.simulator.salesforce.wire import Exchange, Reply

ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/"
METADATA = "http://soap.sforce.com/2006/04/metadata"
XML = "text/xml;charset=UTF-8"
OPERATIONS = ("deploy", "checkStatus", "checkDeployStatus", "cancelDeploy")
# The states of AsyncResult, which older clients ask for, by the status of a deployment.
STATES = {"Pending": "Queued", "InProgress": "InProgress", "Canceling": "InProgress", "Failed": "Error"}


class Soap:
    """The endpoint of an org; who may come in is told by the session id in the header of the envelope."""

    def __init__(self, deploys: Deploys, oauth: OAuth) -> None:
        self._deploys = deploys
        self._oauth = oauth

    async def serve(self, exchange: Exchange) -> Reply:
        """Answer one envelope."""
        try:
            return self._answer(exchange.body)
        except BadPackage as bad:
            return _fault("soapenv:Client", bad.problem)
        except ApiError as error:
            return _fault(f"sf:{error.code}", f"{error.code}: {error.message}")

    def _answer(self, body: bytes) -> Reply:
        root = parse(body, "envelope")
        session = root.findtext(f"{{{ENVELOPE}}}Header/{{{METADATA}}}SessionHeader/{{{METADATA}}}sessionId") or ""
        if not self._oauth.valid(session.strip()):
            raise ApiError(401, "INVALID_SESSION_ID", "Invalid Session ID found in SessionHeader")
        envelope = root.find(f"{{{ENVELOPE}}}Body")
        call = envelope[0] if envelope is not None and len(envelope) else None
        name = "" if call is None else call.tag.removeprefix(f"{{{METADATA}}}")
        if call is None or name not in OPERATIONS:
            raise ApiError(400, "UNKNOWN_EXCEPTION", f"Operation {name} is not supported")
        if name == "deploy":
            result = self._deploys.start(_options(call), _content(call))
            told: dict[str, Any] = {"done": result["done"], "id": result["id"], "state": "Queued"}
        elif name == "checkStatus":
            result = self._deploys.result(_text(call, "asyncProcessId"))
            told = {"done": result["done"], "id": result["id"], "state": STATES.get(result["status"], "Completed")}
        elif name == "checkDeployStatus":
            told = self._deploys.result(_text(call, "asyncProcessId"))
            if _text(call, "includeDetails").lower() != "true":
                told = {**told, "details": None}
        else:
            result = self._deploys.cancel(_text(call, "asyncProcessId", "String", "id"))
            told = {"done": result["done"], "id": result["id"]}
        inner = f'<{name}Response xmlns="{METADATA}"><result>{_members(told)}</result></{name}Response>'
        return _envelope(200, inner)


def _text(call: ET.Element, *names: str) -> str:
    # Clients do not agree on the case of the first letter.
    wanted = {name.lower() for name in names}
    for each in call:
        if each.tag.removeprefix(f"{{{METADATA}}}").lower() in wanted:
            return (each.text or "").strip()
    return ""


def _content(call: ET.Element) -> bytes:
    try:
        return base64.b64decode("".join(_text(call, "ZipFile").split()), validate=True)
    except binascii.Error:
        raise ApiError(400, "INVALID_INPUT", "ZipFile is not base64") from None


def _options(call: ET.Element) -> dict[str, Any]:
    options: dict[str, Any] = {}
    for outer in call:
        if outer.tag.removeprefix(f"{{{METADATA}}}").lower() == "deployoptions":
            for each in outer:
                name, text = each.tag.removeprefix(f"{{{METADATA}}}"), (each.text or "").strip()
                if name in OPTIONS:
                    options[name] = text.lower() == "true" if isinstance(OPTIONS[name], bool) else text
    return options


def _members(told: dict[str, Any]) -> str:
    """Write members in the order of the alphabet, as the real service does; what is nothing is left out."""
    parts = []
    for name in sorted(told):
        for each in told[name] if isinstance(told[name], list) else [told[name]]:
            if isinstance(each, dict):
                parts.append(f"<{name}>{_members(each)}</{name}>")
            elif each is not None:
                text = str(each).lower() if isinstance(each, bool) else escape(str(each))
                parts.append(f"<{name}>{text}</{name}>")
    return "".join(parts)


def _fault(code: str, message: str) -> Reply:
    told = f"<faultcode>{escape(code)}</faultcode><faultstring>{escape(message)}</faultstring>"
    inner = f"<soapenv:Fault>{told}</soapenv:Fault>"
    return _envelope(500, inner)


def _envelope(status: int, inner: str) -> Reply:
    spaces = f'xmlns:soapenv="{ENVELOPE}" xmlns:sf="http://soap.sforce.com/2006/04/fault"'
    around = f"<soapenv:Envelope {spaces}><soapenv:Body>{inner}</soapenv:Body></soapenv:Envelope>"
    body = '<?xml version="1.0" encoding="UTF-8"?>' + around
    return Reply(status, body, {"Content-Type": XML})
