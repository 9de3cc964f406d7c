"""A package of metadata: the zip that a deployment sends, opened within bounds, and what its manifest names."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree as ET

NAMESPACE = "{http://soap.sforce.com/2006/04/metadata}"
LARGEST_ZIP = 39 * 1024 * 1024
MOST_FILES = 10_000
LARGEST_FILE = 4 * 1024 * 1024
LARGEST_WHOLE = 40 * 1024 * 1024
MANIFEST = "package.xml"
REMOVALS = {"destructiveChangesPre.xml": True, "destructiveChanges.xml": True, "destructiveChangesPost.xml": False}
FOLDERS = {"CustomObject": "objects", "PermissionSet": "permissionsets", "Profile": "profiles"}
SUFFIXES = {"CustomObject": ".object", "PermissionSet": ".permissionset", "Profile": ".profile"}
TYPES = frozenset({"CustomField", *FOLDERS})
_NO_XML = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)


class BadPackage(Exception):
    """A package that is refused as a whole; `file` is where the problem lies."""

    def __init__(self, problem: str, file: str = MANIFEST) -> None:
        super().__init__(problem)
        self.problem = problem
        self.file = file


@dataclass(frozen=True)
class Component:
    """One component to put in (`body`: its members), or to take away (no body)."""

    type: str
    full_name: str
    file: str
    body: dict[str, Any] = field(default_factory=dict)
    problem: str | None = None


@dataclass
class Package:
    """What a deployment does, in the order in which it is done."""

    removed_before: list[Component] = field(default_factory=list)
    put: list[Component] = field(default_factory=list)
    removed_after: list[Component] = field(default_factory=list)

    def __iter__(self) -> Iterator[tuple[Component, bool]]:
        """Yield each component and whether it is to be taken away."""
        yield from ((each, True) for each in self.removed_before)
        yield from ((each, False) for each in self.put)
        yield from ((each, True) for each in self.removed_after)


def read_package(content: bytes) -> Package:
    """Open a package; raise BadPackage for one that cannot be deployed at all."""
    files = _files(content)
    manifest = files.get(MANIFEST)
    if manifest is None:
        raise BadPackage("No package.xml found")
    named = _named(manifest, MANIFEST)
    package = Package(put=[*_wanted(files, named)])
    for name, before in REMOVALS.items():
        if name in files:
            gone = [
                Component(kind, member, name)
                for kind, members in _named(files[name], name).items()
                for member in members
            ]
            (package.removed_before if before else package.removed_after).extend(gone)
    return package


def _files(content: bytes) -> dict[str, bytes]:
    """Return the files of a zip by path, without the one folder that may be around all of them."""
    if len(content) > LARGEST_ZIP:
        raise BadPackage("Maximum size of request reached. Maximum size of request is 39 MB", "")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            listed = [each for each in archive.infolist() if not each.is_dir()]
            if len(listed) > MOST_FILES:
                raise BadPackage(f"The zip holds more than {MOST_FILES} files", "")
            files, left = {}, LARGEST_WHOLE
            for each in listed:
                with archive.open(each) as opened:
                    # What the directory of a zip says of a size is not to be trusted.
                    read = opened.read(LARGEST_FILE + 1)
                left -= len(read)
                if len(read) > LARGEST_FILE or left < 0:
                    raise BadPackage("The uncompressed files of the zip are too large", each.filename)
                files[each.filename] = read
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as bad:
        raise BadPackage(f"Invalid zip file: {bad}", "") from None
    heads = {name.partition("/")[0] for name in files if "/" in name}
    if MANIFEST not in files and len(heads) == 1:
        head = f"{heads.pop()}/"
        files = {name.removeprefix(head): read for name, read in files.items()}
    return files


def parse(content: bytes, name: str) -> ET.Element:
    """Parse an XML file; a document type is refused, for what could be hidden in it."""
    if _NO_XML.search(content):
        raise BadPackage("Error parsing file: DOCTYPE is not allowed", name)
    try:
        return ET.fromstring(content)  # noqa: S314 - without a document type there is nothing to expand
    except ET.ParseError as error:
        raise BadPackage(f"Error parsing file: {error}", name) from None


def _named(content: bytes, name: str) -> dict[str, list[str]]:
    """Return the members that a manifest names, by type."""
    root = parse(content, name)
    if root.tag != f"{NAMESPACE}Package":
        raise BadPackage("Error parsing file: the root element must be Package of the metadata namespace", name)
    named: dict[str, list[str]] = {}
    for each in root.findall(f"{NAMESPACE}types"):
        kind = (each.findtext(f"{NAMESPACE}name") or "").strip()
        if kind not in TYPES:
            raise BadPackage(f"Unknown type name '{kind}' specified in {name}", name)
        members = ((member.text or "").strip() for member in each.findall(f"{NAMESPACE}members"))
        named.setdefault(kind, []).extend(member for member in members if member)
    return named


def _wanted(files: dict[str, bytes], named: dict[str, list[str]]) -> Iterator[Component]:
    """Yield what the manifest names, fields first; what the zip holds besides is not deployed."""
    # Fields lie in the file of their object: each such file is read once.
    wholes = _members(files, named, "CustomObject")
    wanted = {member: False for member in named.get("CustomField", []) if member != "*"}
    everything = "*" in named.get("CustomField", [])
    objects = dict.fromkeys([*wholes, *(member.partition(".")[0] for member in wanted)])
    if everything:
        objects |= dict.fromkeys(_all(files, "CustomObject"))
    for name in objects:
        file = _file_of("CustomObject", name)
        if file not in files:
            if name in wholes:
                yield _absent("CustomObject", name, file)
            continue
        for each in _fields(files[file], name, file):
            if name in wholes or everything or each.full_name in wanted:
                wanted.pop(each.full_name, None)
                yield each
    for member in wanted:
        yield _absent("CustomField", member, _file_of("CustomObject", member.partition(".")[0]))
    for kind in ("PermissionSet", "Profile"):
        for name in _members(files, named, kind):
            file = _file_of(kind, name)
            yield (
                Component(kind, name, file, _body(parse(files[file], file)))
                if file in files
                else _absent(kind, name, file)
            )


def _members(files: dict[str, bytes], named: dict[str, list[str]], kind: str) -> dict[str, None]:
    members = named.get(kind, [])
    every = _all(files, kind) if "*" in members else []
    return dict.fromkeys([each for each in members if each != "*"] + every)


def _all(files: dict[str, bytes], kind: str) -> list[str]:
    start, end = FOLDERS[kind] + "/", SUFFIXES[kind]
    return [name[len(start) : -len(end)] for name in files if name.startswith(start) and name.endswith(end)]


def _file_of(kind: str, name: str) -> str:
    return f"{FOLDERS[kind]}/{name}{SUFFIXES[kind]}"


def _absent(kind: str, name: str, file: str) -> Component:
    problem = f"An object '{name}' of type {kind} was named in package.xml, but was not found in zipped directory"
    return Component(kind, name, MANIFEST, problem=problem)


def _fields(content: bytes, sobject: str, file: str) -> Iterator[Component]:
    for each in parse(content, file):
        if each.tag != f"{NAMESPACE}fields":
            bare = each.tag.removeprefix(NAMESPACE)
            problem = f"This simulation deploys the fields of an object only, not its {bare}"
            yield Component("CustomObject", sobject, file, problem=problem)
            continue
        body = _body(each)
        yield Component("CustomField", f"{sobject}.{body.pop('fullName', '')}", file, body)


def _body(element: ET.Element) -> dict[str, Any]:
    """Return the members of an element: texts, objects, and lists where a member comes more than once."""
    body: dict[str, Any] = {}
    for child in element:
        name = child.tag.removeprefix(NAMESPACE)
        value = _body(child) if len(child) else (child.text or "").strip()
        if name in body:
            body[name] = [*(body[name] if isinstance(body[name], list) else [body[name]]), value]
        else:
            body[name] = value
    return body
