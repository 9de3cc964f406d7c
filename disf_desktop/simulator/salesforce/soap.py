"""The Metadata API over SOAP: deployments, retrievals, and components one by one."""

from __future__ import annotations

import base64
import binascii
from typing import Any
from xml.etree import ElementTree as ET

from disf_desktop.simulator.salesforce import soap_components
from disf_desktop.simulator.salesforce.deploys import OPTIONS, Deploys
from disf_desktop.simulator.salesforce.errors import ApiError
from disf_desktop.simulator.salesforce.oauth import OAuth
from disf_desktop.simulator.salesforce.retrieves import Retrieves
from disf_desktop.simulator.salesforce.soap_envelope import answer, fault, local, members, opened, session_of, text_of
from disf_desktop.simulator.salesforce.store import Org
from disf_desktop.simulator.salesforce.wire import Exchange, Reply

METADATA = "http://soap.sforce.com/2006/04/metadata"
DEPLOYS = ("deploy", "checkStatus", "checkDeployStatus", "cancelDeploy")
RETRIEVES = ("retrieve", "checkRetrieveStatus")
# The states of AsyncResult, which older clients ask for, by the status of a deployment.
STATES = {"Pending": "Queued", "InProgress": "InProgress", "Canceling": "InProgress", "Failed": "Error"}


class Soap:
    """The endpoint of an org; who may come in is told by the session id in the header of the envelope."""

    def __init__(self, org: Org, deploys: Deploys, oauth: OAuth) -> None:
        self._org = org
        self._deploys = deploys
        self._retrieves = Retrieves(org)
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
        if call is not None and name in soap_components.CALLS:
            return answer(METADATA, name, soap_components.answer(self._org, name, call))
        if call is not None and name in RETRIEVES:
            return answer(METADATA, name, f"<result>{members(self._retrieval(name, call))}</result>")
        if call is None or name not in DEPLOYS:
            raise ApiError(400, "UNKNOWN_EXCEPTION", f"Operation {name} is not supported")
        return answer(METADATA, name, f"<result>{members(self._deployment(name, call))}</result>")

    def _retrieval(self, name: str, call: ET.Element) -> dict[str, Any]:
        if name == "checkRetrieveStatus":
            with_zip = text_of(call, "includeZip").lower() != "false"
            return self._retrieves.status(text_of(call, "asyncProcessId", "id"), with_zip)
        wanted: dict[str, list[str]] = {}
        version = ""
        for package in call.iter():
            if local(package.tag) == "unpackaged":
                version = text_of(package, "version")
                for types in package:
                    if local(types.tag) == "types":
                        found = [(each.text or "").strip() for each in types if local(each.tag) == "members"]
                        wanted.setdefault(text_of(types, "name"), []).extend(found)
        return {"done": False, "id": self._retrieves.start(wanted, version), "state": "Queued"}

    def _deployment(self, name: str, call: ET.Element) -> dict[str, Any]:
        if name == "deploy":
            result = self._deploys.start(_options(call), _content(call))
            told: dict[str, Any] = {"done": result["done"], "id": result["id"], "state": "Queued"}
        elif name == "checkStatus" and self._retrieves.knows(text_of(call, "asyncProcessId")):
            told = {"done": True, "id": text_of(call, "asyncProcessId"), "state": "Completed"}
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
        return told


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
