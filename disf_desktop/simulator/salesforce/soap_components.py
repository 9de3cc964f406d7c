"""The calls of the Metadata API that take components one by one: describe, list, read, create, update, delete."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as ET

from disf_desktop.simulator.salesforce import components
from disf_desktop.simulator.salesforce.deployment import deploy_one
from disf_desktop.simulator.salesforce.errors import ApiError
from disf_desktop.simulator.salesforce.metadata import Component
from disf_desktop.simulator.salesforce.permissions import refused_use
from disf_desktop.simulator.salesforce.soap_envelope import INSTANCE, local, members, text_of
from disf_desktop.simulator.salesforce.store import Org

MOST_AT_ONCE = 10
WRITES = ("createMetadata", "updateMetadata", "upsertMetadata")
CALLS = ("describeMetadata", "listMetadata", "readMetadata", "deleteMetadata", *WRITES)


def answer(org: Org, name: str, call: ET.Element) -> str:
    """Return the result elements of one of the calls."""
    refusal = refused_use(org)
    if refusal:
        raise refusal
    if name == "describeMetadata":
        told = {"organizationNamespace": "", "partialSaveAllowed": True, "testRequired": False}
        return _result({"metadataObjects": components.described(), **told})
    if name == "listMetadata":
        return "".join(map(_result, _listed(org, call)))
    if name == "readMetadata":
        return f"<result>{_read(org, call)}</result>"
    if name == "deleteMetadata":
        kind = text_of(call, "type")
        gone = (Component(kind, full_name, "") for full_name in _names(call))
        return "".join(_result(_saved(org, each, name)) for each in _checked(gone))
    given = [each for each in call if local(each.tag) == "metadata"]
    put = (_component(each) for each in given)
    return "".join(_result(_saved(org, each, name)) for each in _checked(put))


def _result(told: dict[str, Any]) -> str:
    return f"<result>{members(told)}</result>"


def _listed(org: Org, call: ET.Element) -> list[dict[str, Any]]:
    kinds = [text_of(each, "type") for each in call if local(each.tag) == "queries"]
    if len(kinds) > 3:
        raise ApiError(400, "INVALID_OPERATION", "At most three queries can be made at once")
    unknown = [kind for kind in kinds if kind not in components.KINDS]
    if unknown:
        raise ApiError(400, "INVALID_TYPE", f"Unknown type:{unknown[0]}")
    return [told for kind in kinds for told in components.listed(org, kind)]


def _names(call: ET.Element) -> list[str]:
    return [(each.text or "").strip() for each in call if local(each.tag) == "fullNames"]


def _read(org: Org, call: ET.Element) -> str:
    kind = text_of(call, "type")
    _known(kind)
    parts = []
    for name in _names(call):
        found = components.body(org, kind, name)
        # What is not there is answered with an empty component.
        parts.append(f'<records xsi:type="{kind}">{members(found or {})}</records>')
    return "".join(parts)


def _known(kind: str) -> None:
    if kind not in components.KINDS:
        raise ApiError(400, "INVALID_TYPE", f"Unknown type:{kind}")


def _checked(given: Any) -> list[Component]:
    found = [*given]
    for each in found:
        _known(each.type)
        if each.type not in components.DEPLOYED:
            raise ApiError(400, "INVALID_TYPE", f"A component of type {each.type} cannot be written by this call")
    if len({each.type for each in found}) > 1:
        raise ApiError(400, "INVALID_OPERATION", "All components of a call must be of the same type")
    if len(found) > MOST_AT_ONCE:
        raise ApiError(400, "LIMIT_EXCEEDED", f"record limit reached. cannot submit more than {MOST_AT_ONCE} records")
    return found


def _component(given: ET.Element) -> Component:
    kind = (given.get(f"{{{INSTANCE}}}type") or "").rpartition(":")[2]
    body = _body(given)
    return Component(kind, str(body.pop("fullName", "")), "", body)


def _body(element: ET.Element) -> dict[str, Any]:
    body: dict[str, Any] = {}
    for child in element:
        if child.get(f"{{{INSTANCE}}}nil") == "true":
            continue
        name, value = local(child.tag), _body(child) if len(child) else (child.text or "").strip()
        if name in body:
            body[name] = [*(body[name] if isinstance(body[name], list) else [body[name]]), value]
        else:
            body[name] = value
    return body


def _saved(org: Org, component: Component, call: str) -> dict[str, Any]:
    """Save or delete one component; return its SaveResult, UpsertResult or DeleteResult."""
    there = component.full_name in components.names(org, component.type)
    if call == "createMetadata" and there:
        message = f"There is already a {component.type} named {component.full_name}"
        return _refused(component, "DUPLICATE_DEVELOPER_NAME", message)
    if call in ("updateMetadata", "deleteMetadata") and not there:
        message = f"In field: fullName - no {component.type} named {component.full_name} found"
        return _refused(component, "INVALID_CROSS_REFERENCE_KEY", message)
    told = deploy_one(org, component, gone=call == "deleteMetadata")
    if not told["success"]:
        return _refused(component, "FIELD_INTEGRITY_EXCEPTION", str(told["problem"]))
    created = {"created": not there} if call == "upsertMetadata" else {}
    return {"fullName": component.full_name, "success": True, **created}


def _refused(component: Component, code: str, message: str) -> dict[str, Any]:
    errors = {"message": message, "statusCode": code}
    return {"fullName": component.full_name, "success": False, "errors": errors}
