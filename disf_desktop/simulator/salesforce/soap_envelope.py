"""Envelopes of SOAP: what comes in is opened within bounds, what goes out is written with its members in order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

from disf_desktop.simulator.salesforce.errors import ApiError
from disf_desktop.simulator.salesforce.metadata import BadPackage, parse
from disf_desktop.simulator.salesforce.wire import Reply

ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/"
INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
XML = "text/xml;charset=UTF-8"


def opened(body: bytes) -> tuple[ET.Element | None, ET.Element | None]:
    """Return the header of an envelope and the call in its body; raise ApiError for what is no envelope."""
    try:
        root = parse(body, "envelope")
    except BadPackage as bad:
        raise ApiError(500, "Client", bad.problem) from None
    envelope = root.find(f"{{{ENVELOPE}}}Body")
    return root.find(f"{{{ENVELOPE}}}Header"), envelope[0] if envelope is not None and len(envelope) else None


def session_of(header: ET.Element | None, namespace: str) -> str:
    """Return the session id that the header carries, or nothing."""
    if header is None:
        return ""
    return (header.findtext(f"{{{namespace}}}SessionHeader/{{{namespace}}}sessionId") or "").strip()


def local(tag: str) -> str:
    """Return the name of an element without its namespace."""
    return tag.rpartition("}")[2]


def text_of(call: ET.Element, *names: str) -> str:
    """Return the text of a member under one of its names; clients do not agree on the case of the first letter."""
    wanted = {name.lower() for name in names}
    for each in call:
        if local(each.tag).lower() in wanted:
            return (each.text or "").strip()
    return ""


def members(told: Mapping[str, Any]) -> str:
    """Write members in the order of the alphabet, as the real service does; what is nothing is left out."""
    parts = []
    for name in sorted(told):
        for each in told[name] if isinstance(told[name], list) else [told[name]]:
            if isinstance(each, dict):
                parts.append(f"<{name}>{members(each)}</{name}>")
            elif each is not None:
                text = str(each).lower() if isinstance(each, bool) else escape(str(each))
                parts.append(f"<{name}>{text}</{name}>")
    return "".join(parts)


def answer(namespace: str, name: str, result: str) -> Reply:
    """Answer a call; `result` is what stands in the response element, written already."""
    return _envelope(200, f'<{name}Response xmlns="{namespace}">{result}</{name}Response>', {})


def fault(code: str, message: str, namespace: str, kind: str = "") -> Reply:
    """Refuse a call; `kind` names the fault whose code and message the detail repeats, as the partner API does."""
    prefix = "soapenv" if code in ("Client", "Server") else "sf"
    told = f"{code}: {message}" if prefix == "sf" else message
    inner = f"<faultcode>{prefix}:{escape(code)}</faultcode><faultstring>{escape(told)}</faultstring>"
    if kind:
        exception = f"<sf:exceptionCode>{escape(code)}</sf:exceptionCode>"
        exception += f"<sf:exceptionMessage>{escape(message)}</sf:exceptionMessage>"
        inner += f'<detail><sf:{kind} xsi:type="sf:{kind}">{exception}</sf:{kind}></detail>'
    return _envelope(500, f"<soapenv:Fault>{inner}</soapenv:Fault>", {"sf": namespace})


def _envelope(status: int, inner: str, spaces: dict[str, str]) -> Reply:
    named = {"soapenv": ENVELOPE, "xsi": INSTANCE, **spaces}
    declared = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in named.items())
    around = f"<soapenv:Envelope {declared}><soapenv:Body>{inner}</soapenv:Body></soapenv:Envelope>"
    return Reply(status, '<?xml version="1.0" encoding="UTF-8"?>' + around, {"Content-Type": XML})
