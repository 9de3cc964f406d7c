"""The versions of packages that publishers offer, and what of them is installed in the org."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import orjson

from disf_desktop.simulator.salesforce.ids import long_id

if TYPE_CHECKING:
    from disf_desktop.simulator.salesforce.store import Org

Offer = Mapping[str, Any]
NUMBERS = ("MajorVersion", "MinorVersion", "PatchVersion", "BuildNumber")


def offer_version(org: Org, key: str, offer: Offer) -> None:
    """Have the org tell what there is to know of a version before it is installed."""
    add, name = org.customization.add, str(offer["name"])
    known = org.db.execute('SELECT Id FROM "SubscriberPackage" WHERE Name = ?', (name,)).fetchone()
    package = known[0] if known else add("SubscriberPackage", {"Name": name, "NamespacePrefix": offer.get("namespace")})
    sites = [{"active": True, "name": f"Site{n}", "url": url} for n, url in enumerate(offer.get("sites", ()), 1)]
    numbers = zip(NUMBERS, numbers_of(str(offer["version"])), strict=False)
    row = {
        "Id": long_id(key),
        "SubscriberPackageId": package,
        "Name": name,
        "PatchVersion": 0,
        "BuildNumber": 1,
        **dict(numbers),
        "IsManaged": int(bool(offer.get("namespace"))),
        "IsPasswordProtected": int(bool(offer.get("password"))),
        "ReleaseState": "Released",
        "RemoteSiteSettings": orjson.dumps({"settings": sites}).decode(),
        "CspTrustedSites": orjson.dumps({"settings": []}).decode(),
    }
    org.db.execute('DELETE FROM "SubscriberPackageVersion" WHERE Id = ?', (row["Id"],))
    add("SubscriberPackageVersion", row)


def install(org: Org, key: str, offer: Offer, renamed: set[str], security: str = "None", sites: bool = False) -> None:
    """Write an offered version down as installed, in the place of another one of the same package."""
    for old in [each for each in installed_packages(org) if each["name"] == offer["name"]]:
        uninstall(org, old["key"])
    (package,) = org.db.execute(
        'SELECT SubscriberPackageId FROM "SubscriberPackageVersion" WHERE Id = ?', (long_id(key),)
    ).fetchone()
    links = {"SubscriberPackageId": package, "SubscriberPackageVersionId": long_id(key)}
    made = org.customization.add("InstalledSubscriberPackage", links)
    components = [f"{each}1" if each in renamed else each for each in offer.get("components", ())]
    kept = {each: offer.get(each) for each in ("name", "version", "namespace")}
    kept |= {"components": components, "security": security, "sites": list(offer.get("sites", ())) if sites else []}
    org.customization.keep(f"installed {made}", {"id": made, "key": key, **kept})


def uninstall(org: Org, key: str) -> None:
    """Take an installed version away."""
    for each in installed_packages(org):
        if each["key"] == key:
            org.db.execute('DELETE FROM "InstalledSubscriberPackage" WHERE Id = ?', (each["id"],))
            org.db.execute('DELETE FROM "_setting" WHERE name = ?', (f"installed {each['id']}",))


def installed_packages(org: Org) -> list[dict[str, Any]]:
    """Return what is installed: key, name, version, namespace, components, who has access, approved sites."""
    rows = org.db.execute("SELECT value FROM \"_setting\" WHERE name LIKE 'installed %' ORDER BY name")
    return [orjson.loads(row[0]) for row in rows]


def numbers_of(version: str) -> tuple[int, ...]:
    """Return the numbers of a version such as 1.4.0, in the order in which versions compare."""
    return tuple(int(each) for each in version.split(".") if each.isdigit())
