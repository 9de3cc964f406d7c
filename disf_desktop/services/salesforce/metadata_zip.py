"""The zip of a deploy, in the form of the Metadata API: `package.xml`, objects with fields alone, the permission set.

Nothing is read from such a file here, so that the library's own writer of XML is enough.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from typing import Final
from xml.etree import ElementTree

from disf_desktop.core.preparation import PERMISSION_SET, PERMISSION_SET_LABEL, Component, Grant
from disf_desktop.core.preparation_deploy import Deployment, Removal
from disf_desktop.core.preparation_spec import FieldKind, FieldSpec, label_of

_NAMESPACE: Final = "http://soap.sforce.com/2006/04/metadata"
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The same deploy is the same bytes, whenever it is made."""
_LINES_SHOWN: Final = 4


def installing(deployment: Deployment, version: str) -> bytes:
    """Give the zip that makes the fields and the permission set of a deployment; `version` is the API's, `68.0`."""
    members = {"CustomField": [_full_name(each) for each in deployment.fields]}
    files: dict[str, bytes] = {}
    by_object: dict[str, list[Component]] = {}
    for each in deployment.fields:
        by_object.setdefault(each.sobject, []).append(each)
    for sobject, fields in by_object.items():
        files[f"objects/{sobject}.object"] = _object(fields, deployment.description)
    if deployment.grants is not None:
        members["PermissionSet"] = [PERMISSION_SET]
        files[f"permissionsets/{PERMISSION_SET}.permissionset"] = _permission_set(
            deployment.grants, deployment.access_description
        )
    return _zipped({"package.xml": _package(members, version), **files})


def removing(removal: Removal, version: str) -> bytes:
    """Give the zip that takes fields, and the permission set, away."""
    members = {"CustomField": [_full_name(each) for each in removal.fields]}
    if removal.permission_set:
        members["PermissionSet"] = [PERMISSION_SET]
    return _zipped(
        {"package.xml": _package({}, version), "destructiveChanges.xml": _package(members, None)},
    )


def _full_name(component: Component) -> str:
    return f"{component.sobject}.{component.name}"


def _package(members: Mapping[str, Iterable[str]], version: str | None) -> bytes:
    root = _root("Package")
    for kind, names in members.items():
        listed = sorted(names)
        if listed:
            types = ElementTree.SubElement(root, "types")
            for name in listed:
                _put(types, "members", name)
            _put(types, "name", kind)
    if version is not None:
        _put(root, "version", version)
    return _written(root)


def _object(fields: Iterable[Component], description: str) -> bytes:
    root = _root("CustomObject")
    for each in fields:
        assert each.wanted is not None, "a component that is missing says how it is made"
        _field(ElementTree.SubElement(root, "fields"), each.name, each.wanted, description)
    return _written(root)


def _field(parent: ElementTree.Element, name: str, spec: FieldSpec, description: str) -> None:
    _put(parent, "fullName", name)
    if spec.kind is FieldKind.CHECKBOX:
        _put(parent, "defaultValue", "false")
    _put(parent, "description", description)
    if spec.kind in (FieldKind.TEXT, FieldKind.NUMBER, FieldKind.EMAIL):
        _put(parent, "externalId", _said(spec.external_id))
    _put(parent, "label", label_of(name))
    if spec.kind in (FieldKind.TEXT, FieldKind.LONG_TEXT):
        _put(parent, "length", str(spec.length))
    if spec.kind is FieldKind.NUMBER:
        _put(parent, "precision", str(spec.precision))
    if spec.kind not in (FieldKind.CHECKBOX, FieldKind.LONG_TEXT):
        _put(parent, "required", "false")
    if spec.kind is FieldKind.NUMBER:
        _put(parent, "scale", str(spec.scale))
    _put(parent, "type", spec.kind.value)
    if spec.unique:
        _put(parent, "unique", "true")
        _put(parent, "caseSensitive", "false")
    if spec.kind in (FieldKind.PICKLIST, FieldKind.MULTIPICKLIST):
        _value_set(parent, spec)
    if spec.kind in (FieldKind.LONG_TEXT, FieldKind.MULTIPICKLIST):
        _put(parent, "visibleLines", str(_LINES_SHOWN))


def _value_set(parent: ElementTree.Element, spec: FieldSpec) -> None:
    values = ElementTree.SubElement(parent, "valueSet")
    _put(values, "restricted", "true")
    definition = ElementTree.SubElement(values, "valueSetDefinition")
    _put(definition, "sorted", "false")
    for word in spec.words:
        value = ElementTree.SubElement(definition, "value")
        _put(value, "fullName", word)
        _put(value, "default", "false")
        _put(value, "label", word)


def _permission_set(grants: Iterable[Grant], description: str) -> bytes:
    root = _root("PermissionSet")
    _put(root, "description", description)
    for each in grants:
        access = ElementTree.SubElement(root, "fieldPermissions")
        _put(access, "editable", _said(each.editable))
        _put(access, "field", f"{each.sobject}.{each.name}")
        _put(access, "readable", "true")
    _put(root, "hasActivationRequired", "false")
    _put(root, "label", PERMISSION_SET_LABEL)
    return _written(root)


def _root(name: str) -> ElementTree.Element:
    return ElementTree.Element(name, {"xmlns": _NAMESPACE})


def _put(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, name).text = text


def _said(whether: bool) -> str:
    return "true" if whether else "false"


def _written(root: ElementTree.Element) -> bytes:
    ElementTree.indent(root, "    ")
    document: bytes = ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return document


def _zipped(files: Mapping[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return held.getvalue()
