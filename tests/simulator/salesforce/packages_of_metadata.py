"""Zips of metadata, as a client makes them, and their way through a deployment."""

from __future__ import annotations

import io
import json
import time
import zipfile
from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import escape

import requests

from tests.simulator.salesforce.conftest import VERSION, Service

NAMESPACE = "http://soap.sforce.com/2006/04/metadata"
PATIENCE_S = 10
TEXT: dict[str, Any] = {"type": "Text", "length": 64, "label": "Ours"}


def xml(root: str, members: Mapping[str, Any]) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><{root} xmlns="{NAMESPACE}">{_inside(members)}</{root}>'


def _inside(members: Mapping[str, Any]) -> str:
    parts = []
    for name, value in members.items():
        for each in value if isinstance(value, list) else [value]:
            text = str(each).lower() if isinstance(each, bool) else escape(str(each))
            parts.append(f"<{name}>{_inside(each) if isinstance(each, Mapping) else text}</{name}>")
    return "".join(parts)


def manifest(**types: list[str]) -> str:
    listed = [{"members": members, "name": name} for name, members in types.items()]
    return xml("Package", {"types": listed, "version": VERSION})


def picklist(*names: str) -> dict[str, Any]:
    values = [{"fullName": each, "default": False, "label": each} for each in names]
    return {"valueSet": {"restricted": True, "valueSetDefinition": {"sorted": False, "value": values}}}


def readable(*names: str, edit: bool = True) -> dict[str, Any]:
    granted = [{"editable": edit, "field": each, "readable": True} for each in names]
    return {"label": "DI", "fieldPermissions": granted}


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def package(
    fields: Mapping[str, Mapping[str, Any]] | None = None, sets: Mapping[str, Mapping[str, Any]] | None = None
) -> dict[str, str]:
    """Make the files of a package: fields by `Contact.Name__c`, permission sets by name."""
    by_object: dict[str, list[dict[str, Any]]] = {}
    for full_name, members in (fields or {}).items():
        sobject, _, name = full_name.partition(".")
        by_object.setdefault(sobject, []).append({"fullName": name, **members})
    files = {f"objects/{name}.object": xml("CustomObject", {"fields": given}) for name, given in by_object.items()}
    files |= {f"permissionsets/{name}.permissionset": xml("PermissionSet", of) for name, of in (sets or {}).items()}
    return {"package.xml": manifest(CustomField=[*(fields or {})], PermissionSet=[*(sets or {})])} | files


def removal(**types: list[str]) -> dict[str, str]:
    return {"package.xml": manifest(), "destructiveChanges.xml": manifest(**types)}


def send(service: Service, content: bytes, part: str = "json", **options: Any) -> requests.Response:
    told = {"deployOptions": {"rollbackOnError": True, "singlePackage": True, **options}}
    parts: Any = {
        part: (None, json.dumps(told), "application/json"),
        "file": ("deploy.zip", content, "application/zip"),
    }
    return service.session.post(
        f"{service.url}/services/data/v{VERSION}/metadata/deployRequest", files=parts, timeout=10
    )


def begin(service: Service, files: Mapping[str, str | bytes], **options: Any) -> str:
    reply = send(service, zipped(files), **options)
    assert reply.status_code == 201, reply.text
    return str(reply.json()["id"])


def state(service: Service, deploy_id: str, details: str = "true") -> dict[str, Any]:
    reply = service.get(f"metadata/deployRequest/{deploy_id}", params={"includeDetails": details})
    assert reply.status_code == 200, reply.text
    return dict(reply.json()["deployResult"])


def ended(service: Service, deploy_id: str) -> dict[str, Any]:
    """Return a deployment that is over."""
    until = time.monotonic() + PATIENCE_S
    while not (result := state(service, deploy_id))["done"]:
        assert time.monotonic() < until, result
        time.sleep(0.01)
    return result


def deploy(service: Service, files: Mapping[str, str | bytes], **options: Any) -> dict[str, Any]:
    """Deploy files to the end; return the result."""
    return ended(service, begin(service, files, **options))


def deployed(service: Service, files: Mapping[str, str | bytes]) -> dict[str, Any]:
    """Deploy files that must be taken."""
    result = deploy(service, files)
    assert result["status"] == "Succeeded", result["details"]["componentFailures"]
    return result


def problems(result: Mapping[str, Any]) -> dict[str, str]:
    """Return what was refused, by name, and why."""
    return {each["fullName"]: each["problem"] for each in result["details"]["componentFailures"]}
