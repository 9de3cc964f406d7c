"""SOAP login and what hangs on it, as programs that know nothing newer come in."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

import pytest
import requests

from tests.simulator.salesforce.conftest import CREDENTIALS, Service

ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/"
FAULT = "{urn:fault.partner.soap.sforce.com}"


def call(salesforce: Service, inner: str, session: str = "", path: str = "u/59.0") -> requests.Response:
    space = "urn:partner.soap.sforce.com" if path.startswith("u") else "urn:enterprise.soap.sforce.com"
    header = f"<p:SessionHeader><p:sessionId>{session}</p:sessionId></p:SessionHeader>" if session else ""
    body = (
        f'<e:Envelope xmlns:e="{ENVELOPE}" xmlns:p="{space}"><e:Header>{header}</e:Header>'
        f"<e:Body>{inner}</e:Body></e:Envelope>"
    )
    headers = {"Content-Type": "text/xml; charset=UTF-8", "SOAPAction": '""'}

    def in_pieces() -> Iterator[bytes]:
        # Clients send it chunked.
        yield body[:100].encode()
        yield body[100:].encode()

    return requests.post(f"{salesforce.url}/services/Soap/{path}", data=in_pieces(), headers=headers, timeout=10)


def login(salesforce: Service, password: str = CREDENTIALS.password, path: str = "u/59.0") -> requests.Response:
    who = f"<p:username>{CREDENTIALS.username.upper()}</p:username><p:password>{escape(password)}</p:password>"
    return call(salesforce, f"<p:login>{who}</p:login>", path=path)


def told(reply: requests.Response, name: str, space: str = "{urn:partner.soap.sforce.com}") -> str:
    found = ET.fromstring(reply.content).find(f".//{space}{name}")
    assert found is not None, reply.text
    return found.text or ""


def exception(reply: requests.Response) -> str:
    assert reply.status_code == 500
    return told(reply, "exceptionCode", FAULT)


@pytest.mark.parametrize("path", ["u/59.0", "u/31.0/", "c/50.0", "u/64.0/00DQy0000000001"])
def test_a_login_opens_the_api_where_the_program_came_from(salesforce: Service, path: str) -> None:
    reply = login(salesforce, path=path)
    assert reply.status_code == 200, reply.text
    space = "{urn:partner.soap.sforce.com}" if path.startswith("u") else "{urn:enterprise.soap.sforce.com}"
    assert told(reply, "serverUrl", space).startswith(f"{salesforce.url}/services/Soap/{path[:6]}")
    assert told(reply, "userId", space) == CREDENTIALS.user_id
    assert told(reply, "organizationId", space) == CREDENTIALS.org_id
    headers = {"Authorization": f"Bearer {told(reply, 'sessionId', space)}"}
    found = requests.get(f"{salesforce.url}/services/data/v59.0/limits", headers=headers, timeout=10)
    assert found.status_code == 200


def test_a_wrong_password_is_a_login_fault(salesforce: Service) -> None:
    reply = login(salesforce, "wrong & <worse>")
    assert exception(reply) == "INVALID_LOGIN"
    assert "LoginFault" in reply.text
    faultstring = ET.fromstring(reply.content).findtext(".//faultstring") or ""
    assert faultstring.startswith("INVALID_LOGIN: Invalid username, password, security token; or user locked out.")


def test_newer_versions_have_no_login(salesforce: Service) -> None:
    assert exception(login(salesforce, path="u/65.0")) == "UNSUPPORTED_API_VERSION"


def test_a_session_tells_who_it_is_until_it_logs_out(salesforce: Service) -> None:
    session = told(login(salesforce), "sessionId")
    assert told(call(salesforce, "<p:getUserInfo/>", session), "userName") == CREDENTIALS.username
    assert told(call(salesforce, "<p:getServerTimestamp/>", session), "timestamp").startswith("20")
    assert call(salesforce, "<p:logout/>", session).status_code == 200
    assert exception(call(salesforce, "<p:getUserInfo/>", session)) == "INVALID_SESSION_ID"


def test_what_is_no_call_is_a_fault(salesforce: Service) -> None:
    assert exception(call(salesforce, "<p:makeCoffee/>", CREDENTIALS.access_token)) == "INVALID_OPERATION"
    address = f"{salesforce.url}/services/Soap/u/59.0"
    for rubbish in (b"", b"<x", b"<!DOCTYPE x><x/>", b"<x/>"):
        reply = requests.post(address, data=rubbish, headers={"Content-Type": "text/xml"}, timeout=10)
        assert reply.status_code == 500
        assert b"soapenv:Fault" in reply.content
