"""The Metadata API over SOAP, as older clients use it: to deploy, to ask how that goes, to cancel it."""

from __future__ import annotations

import base64
import binascii
from typing import Any
from xml.etree import ElementTree as ET

from disf_desktop.simulator.salesforce.deploys import OPTIONS, Deploys
from disf_desktop.simulator.salesforce.errors import ApiError
from disf_desktop.simulator.salesforce.oauth import OAuth
from disf_desktop.simulator.salesforce.soap_envelope import answer, fault, local, members, opened, session_of, text_of
from disf_desktop.simulator.salesforce.wire import Exchange, Reply

METADATA = "http://soap.sforce.com/2006/04/metadata"
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
        except ApiError as error:
            return fault(error.code, error.message, METADATA)

    def _answer(self, body: bytes) -> Reply:
        header, call = opened(body)
        if not self._oauth.valid(session_of(header, METADATA)):
            raise ApiError(401, "INVALID_SESSION_ID", "Invalid Session ID found in SessionHeader")
        name = "" if call is None else local(call.tag)
        if call is None or name not in OPERATIONS:
            raise ApiError(400, "UNKNOWN_EXCEPTION", f"Operation {name} is not supported")
        if name == "deploy":
            result = self._deploys.start(_options(call), _content(call))
            told: dict[str, Any] = {"done": result["done"], "id": result["id"], "state": "Queued"}
        elif name == "checkStatus":
            result = self._deploys.result(text_of(call, "asyncProcessId"))
            told = {"done": result["done"], "id": result["id"], "state": STATES.get(result["status"], "Completed")}
        elif name == "checkDeployStatus":
            told = self._deploys.result(text_of(call, "asyncProcessId"))
            if text_of(call, "includeDetails").lower() != "true":
                told = {**told, "details": None}
        else:
            result = self._deploys.cancel(text_of(call, "asyncProcessId", "String", "id"))
            told = {"done": result["done"], "id": result["id"]}
        return answer(METADATA, name, f"<result>{members(told)}</result>")


def _content(call: ET.Element) -> bytes:
    try:
        return base64.b64decode("".join(text_of(call, "ZipFile").split()), validate=True)
    except binascii.Error:
        raise ApiError(400, "INVALID_INPUT", "ZipFile is not base64") from None


def _options(call: ET.Element) -> dict[str, Any]:
    options: dict[str, Any] = {}
    for outer in call:
        if local(outer.tag).lower() == "deployoptions":
            for each in outer:
                name, text = local(each.tag), (each.text or "").strip()
                if name in OPTIONS:
                    options[name] = text.lower() == "true" if isinstance(OPTIONS[name], bool) else text
    return options
