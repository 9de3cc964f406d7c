"""Retrieval of metadata: asked for, made, and fetched as a zip."""

from __future__ import annotations

import base64
import io
import zipfile
from typing import Any

from disf_desktop.simulator.salesforce import components
from disf_desktop.simulator.salesforce.components import Body
from disf_desktop.simulator.salesforce.errors import ApiError
from disf_desktop.simulator.salesforce.ids import from_number, long_id
from disf_desktop.simulator.salesforce.permissions import refused_use
from disf_desktop.simulator.salesforce.store import Org

ROOT = "unpackaged/"
MOST_KEPT = 20
NEVER_ALL = frozenset({"CustomField"})
Result = dict[str, Any]


class Retrieves:
    """The retrievals of an org; the newest are kept until somebody has fetched them."""

    def __init__(self, org: Org) -> None:
        self._org = org
        self._done: dict[str, Result] = {}
        self._count = int(org.now().timestamp() * 1000)

    def start(self, wanted: dict[str, list[str]], version: str) -> str:
        """Retrieve the members named by kind; return the id of the retrieval."""
        refusal = refused_use(self._org)
        if refusal:
            raise refusal
        self._count += 1
        made = long_id("09S" + from_number(self._count, 12))
        assert made is not None
        self._done[made] = self._retrieve(wanted, version) | {"id": made}
        if len(self._done) > MOST_KEPT:
            del self._done[next(iter(self._done))]
        return made

    def knows(self, given: str) -> bool:
        """Whether this is the id of a retrieval."""
        return (long_id(given) or "") in self._done

    def status(self, given: str, with_zip: bool) -> Result:
        """Return what became of a retrieval, with its zip in base64 if wanted."""
        found = self._done.get(long_id(given) or "")
        if found is None:
            raise ApiError(404, "INVALID_CROSS_REFERENCE_KEY", f"invalid cross reference id: {given}")
        return found if with_zip else {**found, "zipFile": None}

    def _retrieve(self, wanted: dict[str, list[str]], version: str) -> Result:
        found: dict[str, list[str]] = {}
        messages: list[dict[str, str]] = []
        for kind, members in wanted.items():
            if kind not in components.KINDS:
                messages.append({"fileName": ROOT + "package.xml", "problem": f"Entity type '{kind}' is unknown"})
                continue
            known = components.names(self._org, kind)
            found[kind] = known if "*" in members and kind not in NEVER_ALL else []
            for name in members:
                if name in known:
                    found[kind].append(name)
                elif name != "*":
                    problem = f"Entity of type '{kind}' named '{name}' cannot be found"
                    messages.append({"fileName": ROOT + "package.xml", "problem": problem})
        files = self._files(found) | {"package.xml": components.manifest(found, version)}
        told = [components.properties(self._org, kind, name) for kind, names in found.items() for name in names]
        return {
            "done": True,
            "fileProperties": [{**each, "fileName": ROOT + each["fileName"]} for each in told],
            "messages": messages,
            "status": "Succeeded",
            "success": True,
            "zipFile": base64.b64encode(_zip(files)).decode(),
        }

    def _files(self, found: dict[str, list[str]]) -> dict[str, str]:
        """Write the files; fields that are wanted without their object make a file of the object with them alone."""
        files: dict[str, tuple[str, Body]] = {}
        for kind in ("CustomObject", "InstalledPackage", "PermissionSet", "Profile"):
            for name in found.get(kind, []):
                members = components.body(self._org, kind, name)
                assert members is not None
                files[components.file_of(kind, name)] = (kind, members)
        for name in found.get("CustomField", []):
            file, sobject = components.file_of("CustomField", name), name.partition(".")[0]
            if sobject in found.get("CustomObject", []):
                continue
            members = components.body(self._org, "CustomField", name)
            assert members is not None
            fields = files.setdefault(file, ("CustomObject", {"fields": []}))[1]["fields"]
            fields.append({**members, "fullName": name.partition(".")[2]})
        return {file: components.written(kind, members) for file, (kind, members) in files.items()}


def _zip(files: dict[str, str]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(ROOT + name, text)
    return content.getvalue()
