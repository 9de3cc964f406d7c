"""Packages of a publisher: requests to install them, worked off in the background, and what is installed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from typing import Any

import orjson

from disf_desktop.simulator.salesforce.deploys import LOCKED, LOCKED_CODE, TICK_S
from disf_desktop.simulator.salesforce.errors import ApiError
from disf_desktop.simulator.salesforce.ids import long_id
from disf_desktop.simulator.salesforce.offers import install, installed_packages, numbers_of
from disf_desktop.simulator.salesforce.store import Org

CHOICES = {
    "NameConflictResolution": ("Block", "RenameMetadata"),
    "SecurityType": ("None", "Full", "Custom"),
    "UpgradeType": ("mixed-mode", "deprecate-only", "delete-only"),
    "ApexCompileType": ("all", "package"),
}
DEFAULTS = {"NameConflictResolution": "Block", "SecurityType": "None", "UpgradeType": "mixed-mode"}
MEMBERS = {"SubscriberPackageVersionKey", "EnableRss", "Password", "SkipHandlers", *CHOICES}


class PackageInstalls:
    """The installations of an org, one at a time; a request that a former process has left is gone on with."""

    def __init__(self, org: Org) -> None:
        self._org = org
        self._tasks: dict[str, asyncio.Task[None]] = {}
        # A password is never written down: a request for it that a restart interrupts has none.
        self._passwords: dict[str, str] = {}

    def request(self, given: Mapping[str, Any]) -> str:
        """Take a request in; return its id."""
        if "InstallPackaging" not in self._org.customization.rights:
            message = "You must have the Download AppExchange Packages permission to install packages"
            raise ApiError(403, "INSUFFICIENT_ACCESS", message)
        unknown = set(given) - MEMBERS
        if unknown:
            message = f"No such column '{min(unknown)}' on sobject of type PackageInstallRequest"
            raise ApiError(400, "INVALID_FIELD", message)
        chosen = {**DEFAULTS, **given}
        for name, allowed in CHOICES.items():
            if chosen.get(name, allowed[0]) not in allowed:
                message = f"{name}: bad value for restricted picklist field: {chosen[name]}"
                raise ApiError(400, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", message, [name])
        key = long_id(chosen.get("SubscriberPackageVersionKey"))
        if key is None or not key.startswith("04t"):
            message = (
                f"SubscriberPackageVersionKey: invalid package version: {chosen.get('SubscriberPackageVersionKey')}"
            )
            raise ApiError(400, "INVALID_ID_FIELD", message, ["SubscriberPackageVersionKey"])
        self.wake()
        if self._org.customization.setting("deploy")["locked"] or self._tasks:
            raise ApiError(400, LOCKED_CODE, LOCKED)
        values = {
            "SubscriberPackageVersionKey": key,
            "EnableRss": int(chosen.get("EnableRss") is True),
            "Status": "IN_PROGRESS",
            **{name: chosen[name] for name in DEFAULTS},
        }
        made = self._org.customization.add("PackageInstallRequest", values)
        self._passwords[made] = str(chosen.get("Password") or "")
        self.wake()
        return made

    def wake(self) -> None:
        """Go on with what is under way."""
        for (record_id,) in self._org.db.execute(
            "SELECT Id FROM \"PackageInstallRequest\" WHERE Status = 'IN_PROGRESS' ORDER BY Id"
        ).fetchall():
            if record_id not in self._tasks:
                task = asyncio.get_running_loop().create_task(self._run(record_id))
                self._tasks[record_id] = task
                task.add_done_callback(lambda _, of=record_id: self._tasks.pop(of, None))  # type: ignore[misc]

    async def _run(self, record_id: str) -> None:
        born = self._org.generation
        settings = self._org.customization.setting("deploy")
        until = time.monotonic() + settings["seconds"]
        while time.monotonic() < until or self._org.customization.setting("deploy")["stall"]:
            await asyncio.sleep(TICK_S)
            if self._org.generation != born:
                return
        await asyncio.sleep(0)
        if self._org.generation != born:
            return
        key, conflicts, security, sites = self._org.db.execute(
            "SELECT SubscriberPackageVersionKey, NameConflictResolution, SecurityType, EnableRss"
            ' FROM "PackageInstallRequest" WHERE Id = ?',
            (record_id,),
        ).fetchone()
        errors = self._install(key, conflicts, security, bool(sites), self._passwords.pop(record_id, ""))
        told = orjson.dumps({"errors": [{"message": each} for each in errors]}).decode() if errors else None
        outcome = {"Status": "ERROR" if errors else "SUCCESS", "Errors": told}
        self._org.customization.change("PackageInstallRequest", record_id, outcome)

    def _install(self, key: str, conflicts: str, security: str, sites: bool, password: str) -> list[str]:
        """Install a version, whole or not at all; return what stands against it."""
        offer = self._org.customization.setting("catalogue").get(key[:15])
        if offer is None:
            reason = "it does not exist, it is not released, or you may not have access to it"
            return [f"The package version {key[:15]} is not available: {reason}"]
        if offer.get("password") and offer["password"] != password:
            return ["The package requires a valid password"]
        if offer.get("error"):
            return [str(offer["error"])]
        installed = installed_packages(self._org)
        before = next((each for each in installed if each["name"] == offer["name"]), None)
        if before and before["key"] == key[:15]:
            return []
        if before and not offer.get("namespace"):
            older = f"An older version ({before['version']}) of the unmanaged package {offer['name']} is installed"
            return [f"{older} and cannot be upgraded. Uninstall it first."]
        if before and numbers_of(before["version"]) > numbers_of(offer["version"]):
            return [f"A newer version ({before['version']}) of the package {offer['name']} is installed"]
        taken = self._taken(before) & set(offer.get("components", ()))
        if taken and conflicts == "Block":
            return [
                f'Duplicate Name: The name "{each.partition(" ")[2]}" is already used on component type: '
                f"{each.partition(' ')[0]}. Please rename existing component."
                for each in sorted(taken)
            ]
        with self._org.transaction():
            install(self._org, key[:15], offer, renamed=taken, security=security, sites=sites)
        return []

    def _taken(self, before: Mapping[str, Any] | None) -> set[str]:
        """Return the components that are in the org, other than those of the version that is to be replaced."""
        org = self._org
        taken = {f"CustomObject {each.name}" for each in org.schema if each.attributes["custom"]}
        taken |= {f"CustomField {row[0]}" for row in org.db.execute('SELECT FullName FROM "CustomField"')}
        taken |= {f"PermissionSet {row[0]}" for row in org.db.execute('SELECT Name FROM "PermissionSet"')}
        for each in installed_packages(org):
            if not before or each["key"] != before["key"]:
                taken |= set(each["components"])
        return taken
