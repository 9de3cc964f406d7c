"""Project files (`NAME.disf.yaml`) to `core.project` and back: all problems at once, each with its place.

A file is readable and diffable, and holds no secret. It is replaced as a whole, so the comments in it are not kept.
"""

from __future__ import annotations

import difflib
import json
import re
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from disf_desktop.core.errors import Problem, SettingsError
from disf_desktop.core.project import CURRENT_VERSION, Project
from disf_desktop.core.project_rules import blocking, problems_of
from disf_desktop.storage.files import write_whole
from disf_desktop.storage.strict_yaml import OneLine, YamlProblem, parse, render

LARGEST_FILE = 5 * 2**20
SCHEMA_NAME = "disf-project.schema.json"

Members = dict[str, Any]
Upgrade = Callable[[Members], Members]

UPGRADES: tuple[Upgrade, ...] = ()
"""Step n brings the members of a file of version n (from 1) to version n + 1, without changing what it was given."""

assert len(UPGRADES) == CURRENT_VERSION - 1, "every version of the project file but the newest has its upgrade"

_HEAD = f"""\
# yaml-language-server: $schema={SCHEMA_NAME}
# The program writes this file anew when it saves: comments are not kept. It holds no secret.
"""
_NEW_FILE_MODE = 0o600
_SECRET_NAME = re.compile(r"pass(word|phrase|wd)?|secret|token|credential|private|(^|_)(api_?)?key$", re.IGNORECASE)


def load(path: Path) -> Project:
    """Read a project file. Raises SettingsError with every problem, also those that only the whole shows.

    What is unfinished in an integration that is switched off does not count: it is a draft.
    """
    project, problems = read(path)
    if found := blocking(project, problems):
        raise SettingsError(found)
    return project


def read(path: Path) -> tuple[Project, tuple[Problem, ...]]:
    """Read a project file that may be unfinished, and say what is still wrong in it.

    Raises SettingsError where it has not even the form of one.
    """
    return project_of(upgrade(_members(path)))


def project_of(members: Members) -> tuple[Project, tuple[Problem, ...]]:
    """Give the project that these members describe, and what is wrong in it. Raises SettingsError for their form."""
    try:
        project = Project.model_validate(members)
    except ValidationError as error:
        problems = tuple(_problem(details) for details in error.errors(include_url=False, include_input=False))
        raise SettingsError(problems) from None
    return project, problems_of(project)


def upgrade(members: Members, upgrades: Sequence[Upgrade] = UPGRADES) -> Members:
    """Bring the members of a file to the newest version. Raises SettingsError for a version that we do not know."""
    newest = len(upgrades) + 1
    version = members.get("version")
    if type(version) is not int or version < 1:
        raise _unusable("version", "The version of the file is missing.", f"Begin it with: version: {newest}")
    if version > newest:
        raise _unusable(
            "version",
            f"A newer version of this program wrote the file (version {version}; this one knows {newest}).",
            "Install the newer program on this computer too. The file was not changed.",
        )
    for number, step in enumerate(upgrades[version - 1 :], start=version):
        members = {**step(members), "version": number + 1}
    return members


def save(path: Path, project: Project) -> None:
    """Replace the file by this project, and put the schema for editors beside it. Comments are not kept.

    A crash or a full disk leaves the old file. Raises SettingsError where it cannot be written.
    """
    try:
        real = path.resolve()
        mode = stat.S_IMODE(real.stat().st_mode) if real.exists() else _NEW_FILE_MODE
        write_whole(real, f"{_HEAD}\n{render(_readable(project))}".encode(), mode)
        write_json_schema(real.parent)
    except OSError as error:
        raise _unusable(
            "", f"The project file cannot be written: {error.strerror}.", f"Look at the folder of {path.name}."
        ) from error


def content_mark(path: Path) -> bytes | None:
    """Give what tells one content of a file from another; None where it cannot be read."""
    try:
        with path.open("rb") as file:
            return blake2b(file.read(LARGEST_FILE + 1), digest_size=16).digest()
    except OSError:
        return None


def write_json_schema(folder: Path) -> Path:
    """Put the JSON Schema of project files into a folder, for editors, unless it is there already; give its path."""
    path = folder / SCHEMA_NAME
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **Project.model_json_schema()}
    text = (json.dumps(schema, indent=2, ensure_ascii=False) + "\n").encode()
    if not path.is_file() or path.read_bytes() != text:
        write_whole(path, text, 0o644)
    return path


def _members(path: Path) -> Members:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise _unusable("", f"{path.name} cannot be read: {error.strerror}.", "Name a project file.") from error
    if len(content) > LARGEST_FILE:
        raise _unusable(
            "", f"{path.name} is larger than any project file.", f"Name a file of at most {LARGEST_FILE // 2**20} MB."
        )
    try:
        members = parse(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise _unusable("", f"{path.name} is not UTF-8 text.", "Save it as UTF-8 in your editor.") from error
    except YamlProblem as problem:
        place = f"line {problem.line}, column {problem.column}" if problem.line else ""
        raise _unusable(
            place, f"{path.name} is not readable as YAML: {problem.message}.", "Repair it at that place."
        ) from None
    if not isinstance(members, dict):
        raise _unusable("", f"{path.name} is not a project file.", "Name a file that begins with: version: 1")
    return {str(name): value for name, value in members.items()}


def _readable(project: Project) -> Members:
    """Give the members to write, the useful ones first, without those that say what is understood anyway."""
    members: Members = {
        "version": CURRENT_VERSION,
        **project.model_dump(mode="json", exclude_defaults=True, exclude={"version"}),
    }
    for written, connection in zip(members.get("connections", ()), project.connections, strict=True):
        rest = dict(written)
        written.clear()
        written.update({"kind": connection.kind, **rest})
    for destination in members.get("projects", ()):
        for table in destination.get("tables", ()):
            table["fields"] = [OneLine(field) for field in table["fields"]]
    for integration in members.get("integrations", ()):
        if "mapping" in integration:
            integration["mapping"]["pairs"] = [OneLine(pair) for pair in integration["mapping"]["pairs"]]
    return members


def _unusable(place: str, message: str, what_to_do: str) -> SettingsError:
    return SettingsError((Problem(place, message, what_to_do),))


# ------------------------------------------------------------------ pydantic's errors in plain words


def _problem(details: ErrorDetails) -> Problem:
    kind, location, known = details["type"], tuple(details["loc"]), dict(details.get("ctx", {}))
    path = _path(location)
    member = path.rpartition(".")[2]
    if kind == "extra_forbidden":
        return _unknown_member(path, member, location)
    if kind == "missing":
        return Problem(path, f"“{member}” is missing.", "Add it.")
    if kind in ("value_error", "assertion_error"):
        return Problem(path, f"“{member}” cannot be used as it is.", f"{_sentence(str(known.get('error', '')))}.")
    if kind == "union_tag_not_found":
        return Problem(f"{path}.kind", "“kind” is missing.", "Add kind: salesforce or kind: dialog_insight.")
    if kind == "union_tag_invalid":
        return Problem(
            f"{path}.kind", f"There is no kind “{known.get('tag')}”.", f"Use one of: {known.get('expected_tags')}."
        )
    words = _WORDS.get(kind)
    if words is None:
        return Problem(path, f"“{member}” has a value that is not accepted.", f"{_sentence(details['msg'])}.")
    message, what_to_do = words
    return Problem(path, message.format(member=member, **known), what_to_do.format(member=member, **known))


_WORDS = {
    "string_type": ("“{member}” must be text.", "Put it between quotes."),
    "string_too_short": ("“{member}” is empty.", "Write at least {min_length} character."),
    "string_too_long": ("“{member}” is too long.", "Keep it to {max_length} characters."),
    "string_pattern_mismatch": (
        "“{member}” has a form that is not accepted.",
        "Use letters without accents, digits and hyphens only, so that it matches {pattern}.",
    ),
    "int_type": ("“{member}” must be a whole number.", "Write digits only, without quotes."),
    "int_parsing": ("“{member}” must be a whole number.", "Write digits only, without quotes."),
    "int_from_float": ("“{member}” must be a whole number.", "Write digits only, without quotes."),
    "bool_type": ("“{member}” must be true or false.", "Write true or false."),
    "bool_parsing": ("“{member}” must be true or false.", "Write true or false."),
    "greater_than": ("“{member}” is too small.", "Use a number greater than {gt}."),
    "greater_than_equal": ("“{member}” is too small.", "Use a number of at least {ge}."),
    "less_than_equal": ("“{member}” is too large.", "Use a number of at most {le}."),
    "too_short": ("“{member}” is empty.", "Give it at least {min_length} item."),
    "tuple_type": ("“{member}” must be a list.", "Write its items on lines of their own, each after a hyphen."),
    "enum": ("“{member}” has a value that is not known.", "Use one of: {expected}."),
    "literal_error": ("“{member}” has a value that is not known.", "Use {expected}."),
    "model_type": ("“{member}” must hold members of its own.", "Write them below it, indented."),
    "model_attributes_type": ("“{member}” must hold members of its own.", "Write them below it, indented."),
}


def _unknown_member(path: str, member: str, location: tuple[int | str, ...]) -> Problem:
    if _SECRET_NAME.search(member):
        return Problem(
            path,
            f"“{member}” looks like a secret, and a project file holds none.",
            "Take it out of the file (and replace it, if others may have read it). Secrets live in the system's "
            "keyring: use “disf connect”; or in the file that --secrets names.",
        )
    names = sorted({name for model in _models_at(location[:-1]) for name in model.model_fields})
    near = difflib.get_close_matches(member, names, n=1)
    if near:
        return Problem(path, f"“{member}” is not known here.", f"Did you mean “{near[0]}”?")
    return Problem(path, f"“{member}” is not known here.", f"Take it away. Known are: {', '.join(names)}.")


def _models_at(location: Iterable[int | str]) -> list[type[BaseModel]]:
    """Give the models that may stand at a place of the file."""
    models: list[type[BaseModel]] = [Project]
    for part in location:
        if isinstance(part, int):
            continue
        fields = [model.model_fields[part] for model in models if part in model.model_fields]
        if fields:
            models = [model for field in fields for model in _models_in(field.annotation)]
        else:
            # What is no member is the kind that chose among several models.
            models = [m for m in models if part in get_args(m.model_fields["kind"].annotation)]
    return models


def _models_in(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models_in(inner)


def _path(location: tuple[int | str, ...]) -> str:
    path = ""
    for n, part in enumerate(location):
        if isinstance(part, int):
            path += f"[{part}]"
        elif not (n and isinstance(location[n - 1], int) and part in _KINDS and n < len(location) - 1):
            path += f".{part}" if path else part
    return path


_KINDS = frozenset(
    kind
    for model in _models_in(Project.model_fields["connections"].annotation)
    for kind in get_args(model.model_fields["kind"].annotation)
)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".")
