"""The part of the side door that shows the set-up of the org, and arranges it for a rehearsal."""

# ruff: noqa: S608 -- the names in the SQL are those of the schema, the values are always parameters
from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import orjson

from disf_desktop.simulator.salesforce import custom_fields
from disf_desktop.simulator.salesforce.customization import SETTINGS
from disf_desktop.simulator.salesforce.ids import long_id
from disf_desktop.simulator.salesforce.offers import install, installed_packages, offer_version, uninstall
from disf_desktop.simulator.salesforce.setup_objects import RIGHTS
from disf_desktop.simulator.salesforce.store import Org

ARRANGED = {"rights", "fields", "packages", "deploy", "limits"}
OFFER = {"key", "name", "version", "namespace", "components", "sites", "password", "error", "installed"}


def arrange(org: Org, given: Mapping[str, Any]) -> dict[str, Any]:
    """Do all of what `given` says, or nothing; return the set-up. Raises ValueError with what is wrong."""
    _refuse_unknown(given, ARRANGED)
    with org.transaction():
        _settings(org, given)
        if "rights" in given:
            _rights(org, given["rights"])
        for each in given.get("fields", ()):
            _field(org, dict(each))
        for each in given.get("packages", ()):
            _package(org, dict(each))
    return shown(org)


def _settings(org: Org, given: Mapping[str, Any]) -> None:
    for name in ("deploy", "limits"):
        told = given.get(name, {})
        _refuse_unknown(told, SETTINGS[name])
        for each, value in told.items():
            known = SETTINGS[name][each]
            fits = type(value) is bool if isinstance(known, bool) else type(value) in (int, float) and value >= 0
            if not fits:
                raise ValueError(f"`{each}` is {'true or false' if isinstance(known, bool) else 'a number from 0'}.")
        org.customization.keep(name, {**org.customization.setting(name), **told})


def _rights(org: Org, told: Mapping[str, Any]) -> None:
    """Give rights to the profile of the user of the connection, or take them; those not named stay."""
    wanted = {name.removeprefix("Permissions"): value for name, value in told.items()}
    _refuse_unknown(wanted, RIGHTS)
    if not all(isinstance(each, bool) for each in wanted.values()):
        raise ValueError("A right is true or false.")
    owned = _set_of_user(org)
    org.customization.change("PermissionSet", owned, {f"Permissions{name}": int(has) for name, has in wanted.items()})
    org.customization.look()


def _set_of_user(org: Org) -> str:
    profile = org.customization.profile_of(org.credentials.user_id)
    found = org.db.execute('SELECT Id FROM "PermissionSet" WHERE ProfileId = ?', (profile,)).fetchone()
    return str(found[0])


def _field(org: Org, told: dict[str, Any]) -> None:
    """Make a field, in the place of one that has its name: `object`, `name`, `visible`, and its metadata."""
    sobject = org.schema.get(str(told.pop("object", "")))
    name, visible, gone = str(told.pop("name", "")), told.pop("visible", True), told.pop("remove", False)
    if sobject is None:
        raise ValueError("`object` is no object of the org.")
    known = next((each for each in org.customization.fields(sobject.name) if each.lower() == name.lower()), None)
    if known:
        org.customization.remove_field(sobject.name, known)
    if gone:
        return
    if "values" in told:
        values = [{"fullName": each} for each in told.pop("values")]
        told["valueSet"] = {"restricted": True, "valueSetDefinition": {"sorted": False, "value": values}}
    told.setdefault("label", name.removesuffix("__c").replace("_", " "))
    try:
        metadata = custom_fields.read(told)
    except custom_fields.Unreadable as bad:
        raise ValueError(str(bad)) from None
    refused = custom_fields.problem(name, metadata)
    if refused:
        raise ValueError(f"{sobject.name}.{name}: {refused}")
    org.customization.add_field(sobject.name, name, metadata)
    if visible:
        org.customization.grant(_set_of_user(org), sobject.name, name)
        org.customization.look()


def _package(org: Org, told: dict[str, Any]) -> None:
    """Offer a package to install; with `installed` true install it, with false uninstall it."""
    _refuse_unknown(told, OFFER)
    key, installed = long_id(told.pop("key", None)), told.pop("installed", None)
    catalogue = org.customization.setting("catalogue")
    if key is None or not key.startswith("04t"):
        raise ValueError("`key` is the id of a package version: 04t…")
    offer = {**catalogue.get(key[:15], {}), **told}
    if not offer.get("name") or not re.fullmatch(r"\d+(\.\d+){1,3}", str(offer.get("version", ""))):
        raise ValueError("A package has a name and a version such as 1.4.0.")
    org.customization.keep("catalogue", {**catalogue, key[:15]: offer})
    offer_version(org, key[:15], offer)
    if installed is True:
        install(org, key[:15], offer, renamed=set(), security="Full", sites=True)
    elif installed is False:
        uninstall(org, key[:15])


def _refuse_unknown(told: Any, known: Any) -> None:
    if not isinstance(told, Mapping):
        raise ValueError("A JSON object is expected.")
    unknown = set(told) - set(known)
    if unknown:
        raise ValueError(f"Not known here: {', '.join(sorted(unknown))}. Known: {', '.join(sorted(known))}.")


def shown(org: Org) -> dict[str, Any]:
    """Return the whole set-up, as a rehearsal compares it before and after."""
    setup = org.customization
    return {
        "rights": {name: name in setup.rights for name in RIGHTS},
        "fields": [
            _shown_field(org, sobject.name, name, record_id, metadata)
            for sobject in org.schema
            for name, (record_id, metadata) in setup.fields(sobject.name).items()
        ],
        "permission_sets": [
            {
                "id": record_id,
                "name": name,
                "label": label,
                "description": description,
                "fields": _granted(org, record_id),
                "assigned": [
                    row[0]
                    for row in org.db.execute(
                        'SELECT AssigneeId FROM "PermissionSetAssignment" WHERE PermissionSetId = ? ORDER BY 1',
                        (record_id,),
                    )
                ],
            }
            for record_id, name, label, description in org.db.execute(
                'SELECT Id, Name, Label, Description FROM "PermissionSet" WHERE IsOwnedByProfile = 0 ORDER BY Id'
            ).fetchall()
        ],
        "profiles": [{"name": name, "fields": _granted(org, set_id)} for name, set_id in setup.profile_sets().items()],
        "deploys": [
            {name: value for name, value in orjson.loads(row[0]).items() if name != "details"}
            for row in org.db.execute('SELECT result FROM "_deploy" ORDER BY id')
        ],
        "packages": {
            "offered": [{"key": key, **offer} for key, offer in setup.setting("catalogue").items()],
            "installed": installed_packages(org),
        },
        "deploy": setup.setting("deploy"),
        "limits": setup.setting("limits"),
    }


def _shown_field(org: Org, sobject: str, name: str, record_id: str, metadata: dict[str, Any]) -> dict[str, Any]:
    row = org.db.execute(
        'SELECT CreatedDate, LastModifiedDate FROM "CustomField" WHERE Id = ?', (record_id,)
    ).fetchone()
    of_view = org.view[sobject].field(name)
    filled = "= 1" if metadata["type"] == "Checkbox" else "IS NOT NULL"
    values = org.db.execute(f'SELECT count(*) FROM "{sobject}" WHERE "{name}" {filled}').fetchone()[0]
    return {
        "id": record_id,
        "object": sobject,
        "name": name,
        "visible": of_view is not None,
        "editable": of_view is not None and bool(of_view["updateable"]),
        "metadata": metadata,
        "created": row[0],
        "modified": row[1],
        "values": values,
    }


def _granted(org: Org, set_id: str) -> list[dict[str, Any]]:
    found = org.db.execute(
        'SELECT Field, PermissionsRead, PermissionsEdit FROM "FieldPermissions" WHERE ParentId = ? ORDER BY Field',
        (set_id,),
    )
    return [{"field": name, "readable": bool(read), "editable": bool(edit)} for name, read, edit in found]
