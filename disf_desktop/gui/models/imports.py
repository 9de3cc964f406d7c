"""What the import wizard knows, as one frozen value, and what follows from it. No Qt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from disf_desktop.core.edits import fresh_name, recipe_for
from disf_desktop.core.errors import DisfError
from disf_desktop.core.importing.destination import ImportDestination, find_destination
from disf_desktop.core.importing.events import ImportChecked, ImportFinished, RowRefused
from disf_desktop.core.importing.file_form import Aspect, ColumnSeen, Recognised
from disf_desktop.core.importing.recipe import FileForm, ImportColumn, ImportConsent, ImportMode, ImportRecipe
from disf_desktop.core.importing.rows import RefusedRow
from disf_desktop.core.importing.schema_problems import key_names, required_fields
from disf_desktop.core.importing.unfinished import UnfinishedImport
from disf_desktop.core.project import Project
from disf_desktop.core.project_rules import consent_fields
from disf_desktop.core.schema import Field, FieldType, Schema, Side
from disf_desktop.core.synonyms import speaks_of_consent
from disf_desktop.core.verdict import is_consent_field

if TYPE_CHECKING:
    from disf_desktop.core.suggest import Suggestion

PAGE = 200
"""How many refused rows are read at first; whoever goes on to the last ones gets more at a time."""

LARGEST_PAGE = 2000

LONGEST_NAME = 120


class Step(StrEnum):
    """The steps of the wizard, in their order."""

    DESTINATION = "destination"
    FILE = "file"
    COLUMNS = "columns"
    CHECK = "check"
    IMPORT = "import"
    RESULT = "result"

    @property
    def number(self) -> int:
        """Give its place, from 0."""
        return list(Step).index(self)


@dataclass(frozen=True, slots=True)
class Draft:
    """What a person has chosen so far; it becomes a recipe when the rows are checked."""

    to: str = ""
    mode: ImportMode = ImportMode.UPSERT
    key: tuple[str, ...] = ()
    form: FileForm = field(default_factory=FileForm)
    columns: tuple[ImportColumn, ...] = ()
    consents: tuple[ImportConsent, ...] = ()

    def recipe(self, name: str, header: tuple[str, ...]) -> ImportRecipe:
        """Give the recipe that the project file keeps."""
        return ImportRecipe(
            name=name,
            to=self.to,
            mode=self.mode,
            key=self.key,
            form=self.form,
            header=header,
            columns=self.columns,
            consents=self.consents,
        )


def draft_of(recipe: ImportRecipe) -> Draft:
    """Take up what was chosen for an earlier file."""
    return Draft(recipe.to, recipe.mode, recipe.key, recipe.form, recipe.columns, recipe.consents)


@dataclass(frozen=True, slots=True)
class RefusedPage:
    """The refused rows that were read, those with the reason `code` alone, or all. `troubled` are the columns in which
    the first of them have a problem: they stand before the others, and stay there while cells are corrected. `busy` are
    the rows that a correction is under way for, `error` why the last one could not be kept."""

    code: str | None = None
    rows: tuple[RefusedRow, ...] = ()
    more: bool = False
    busy: frozenset[int] = frozenset()
    corrected: int = 0
    troubled: frozenset[str] = frozenset()
    error: DisfError | None = None


def troubled_columns(rows: Iterable[RefusedRow]) -> frozenset[str]:
    """Name the columns in which something is wrong."""
    return frozenset(each.column for row in rows for each in row.problems if each.column)


@dataclass(frozen=True, slots=True)
class ImportFacts:
    """`schema` is the one of `schema_of`, the destination that it was read for. `pasted`: the file is a text that was
    pasted; `folder` is where the last file was that was not. `said_form` is what the file was last recognised by;
    `taken_from` names the recipe whose columns were taken because the file has the same header; `recipe` the one that
    this import is saved as. `shown_rows` are counted by the file itself, once it is checked."""

    begun: bool = False
    step: Step = Step.DESTINATION
    draft: Draft = field(default_factory=Draft)
    schema: Schema | None = None
    schema_of: str = ""
    schema_error: DisfError | None = None
    file: Path | None = None
    folder: Path | None = None
    pasted: bool = False
    recognised: Recognised | None = field(default=None, repr=False)
    file_error: DisfError | None = None
    suggestions: tuple[Suggestion, ...] = ()
    taken_from: str = ""
    recipe: str = ""
    checked: ImportChecked | None = None
    of: Draft | None = None
    """What was checked; when the person changes it, what was found counts no more."""
    bring_back: bool = False
    """Whether the person has asked that people who were erased come back, by what was checked."""
    refused: RefusedPage = field(default_factory=RefusedPage, repr=False)
    error: DisfError | None = None
    saved_refused: Path | None = None
    finished: ImportFinished | None = None
    failed: tuple[RowRefused, ...] = field(default=(), repr=False)
    results: Mapping[str, Path] = field(default_factory=dict)
    saving_error: DisfError | None = None
    unfinished: tuple[UnfinishedImport, ...] = ()
    """Imports of earlier that have rows left, as a new one begins."""


# The destination


def destination(project: Project, draft: Draft) -> ImportDestination | None:
    """Give where the rows go, None while that is not chosen or not there any more."""
    found = find_destination(project, draft.to) if draft.to else None
    return found if isinstance(found, ImportDestination) else None


def side_of(project: Project | None, draft: Draft) -> Side | None:
    """Give the service that receives."""
    found = destination(project, draft) if project is not None else None
    return found.side if found is not None else None


def schema_now(facts: ImportFacts) -> Schema | None:
    """Give the fields of the destination, None while they are not read."""
    return facts.schema if facts.schema_of == facts.draft.to else None


def keys_possible(schema: Schema, mode: ImportMode) -> tuple[str, ...]:
    """Name the fields of a Salesforce object by which a row may find its record, the most usual first."""
    fields = schema.fields.values()
    ids = [f.name for f in fields if f.type is FieldType.ID] if mode is ImportMode.UPDATE else []
    external = [f.name for f in fields if f.external_id]
    unique = [f.name for f in fields if f.unique and not f.external_id and f.type is not FieldType.ID]
    return (*external, *ids, *(unique if mode is not ImportMode.UPSERT else ()))


def key_now(project: Project, facts: ImportFacts) -> tuple[str, ...]:
    """Name the fields by which a row finds its record."""
    found, schema = destination(project, facts.draft), schema_now(facts)
    if facts.draft.key or found is None:
        return facts.draft.key
    if found.side is Side.DIALOG_INSIGHT:
        return found.key or (key_names(facts.draft.recipe("-", ()), schema) if schema is not None else ())
    return ()


def needs_key(project: Project, facts: ImportFacts) -> bool:
    """Say whether nothing tells yet by which field a row finds its record, and something must."""
    creates = facts.draft.mode is ImportMode.CREATE and side_of(project, facts.draft) is Side.SALESFORCE
    return not creates and not key_now(project, facts)


# The columns


def is_consent(project: Project, side: Side, field: Field) -> bool:
    """Say whether a field of the destination holds a consent, which has its own question."""
    if side is Side.SALESFORCE:
        return is_consent_field(field.name, consent_fields(project))
    return False


def consent_targets(project: Project, facts: ImportFacts) -> tuple[Field, ...]:
    """Give what a consent column may be about: opt-ins of Dialog Insight, or Salesforce fields that hold consents."""
    schema = schema_now(facts)
    if schema is None:
        return ()
    if schema.side is Side.DIALOG_INSIGHT:
        return schema.optins
    found = destination(project, facts.draft)
    here = (
        i for i in project.integrations if found is not None and (i.salesforce, i.object) == (found.place, found.table)
    )
    targets = [pair.target for integration in here for pair in integration.optins]
    own = (f for f in schema.fields.values() if "." not in f.name and f.updatable and not f.calculated)
    return tuple(f for f in own if is_consent_field(f.name, targets))


def consent_columns(facts: ImportFacts) -> tuple[ColumnSeen, ...]:
    """Give the columns that seem to say who consents, and that are not asked about yet."""
    known = {each.column for each in facts.draft.consents} | {each.column for each in facts.draft.columns}
    known |= {name for each in facts.draft.consents for name in (each.since_column, each.source_column) if name}
    columns = facts.recognised.columns if facts.recognised is not None else ()
    return tuple(c for c in columns if c.name not in known and speaks_of_consent((c.name,)))


def needed_fields(project: Project, facts: ImportFacts) -> tuple[str, ...]:
    """Name the fields that a column must fill: the key, and what no new record can be without."""
    schema = schema_now(facts)
    if schema is None:
        return ()
    key = key_now(project, facts)
    creates = facts.draft.mode is ImportMode.CREATE or (
        facts.draft.mode is ImportMode.UPSERT and schema.side is Side.DIALOG_INSIGHT
    )
    needed = [f.name for f in required_fields(schema)] if creates else []
    return tuple(dict.fromkeys((*key, *needed)))


def missing_fields(project: Project, facts: ImportFacts) -> tuple[str, ...]:
    """Name those of them that no column fills yet."""
    filled = {each.field.casefold() for each in facts.draft.columns}
    return tuple(name for name in needed_fields(project, facts) if name.casefold() not in filled)


def open_suggestions(facts: ImportFacts) -> tuple[Suggestion, ...]:
    """Give what is proposed for columns and fields that are still free."""
    columns = {each.column.casefold() for each in facts.draft.columns}
    fields = {each.field.casefold() for each in facts.draft.columns}
    return tuple(
        s for s in facts.suggestions if s.source.casefold() not in columns and s.target.casefold() not in fields
    )


# The file


_OPEN_DATES = ("dates_ambiguous", "dates_contradict")


def asks_dates(facts: ImportFacts) -> bool:
    """Say whether the days of the file can be read two ways, so that a person has to say which."""
    found = facts.recognised
    if found is None or found.form.dates is not None or facts.draft.form.dates is not None:
        return False
    return any(each.aspect is Aspect.DATES and each.code in _OPEN_DATES for each in found.findings)


def same_shape(project: Project, facts: ImportFacts) -> ImportRecipe | None:
    """Give the recipe of an earlier file with the same header, that went to the same table."""
    if facts.recognised is None or not facts.draft.to:
        return None
    return recipe_for(project, facts.draft.to, facts.recognised.form.names)


def with_earlier_columns(project: Project, facts: ImportFacts) -> ImportFacts:
    """Take the columns of an earlier file of the same shape, unless the person has paired some already; columns that
    the file does not have are let go."""
    draft = facts.draft
    if facts.recognised is None:
        return facts
    names = set(facts.recognised.form.names)
    kept = tuple(each for each in draft.columns if each.column in names)
    consents = tuple(each for each in draft.consents if each.column in names)
    if kept or consents:
        return replace(facts, draft=replace(draft, columns=kept, consents=consents))
    found = same_shape(project, facts)
    if found is None:
        return replace(facts, draft=replace(draft, columns=(), consents=()), taken_from="")
    taken = replace(draft, mode=found.mode, key=found.key, columns=found.columns, consents=found.consents)
    return replace(facts, draft=taken, taken_from=found.name)


def recipe_name(project: Project, facts: ImportFacts, file_said: str) -> str:
    """Name the recipe: the one that it was taken from or saved as, else the file and where it goes."""
    for name in (facts.recipe, facts.taken_from):
        known = project.recipe(name) if name else None
        if known is not None and known.to == facts.draft.to:
            return name
    wanted = f"{file_said} → {facts.draft.to.partition('/')[2]}"[: LONGEST_NAME - 5].strip()
    return fresh_name(wanted, (each.name for each in project.imports))


# How far it is


def is_done(project: Project, facts: ImportFacts, step: Step) -> bool:
    """Say whether a step asks nothing more, so that the next one can be looked at."""
    match step:
        case Step.DESTINATION:
            found = destination(project, facts.draft)
            return found is not None and not needs_key(project, facts) and schema_now(facts) is not None
        case Step.FILE:
            return facts.recognised is not None and not asks_dates(facts)
        case Step.COLUMNS:
            return bool(facts.draft.columns) and not missing_fields(project, facts)
        case Step.CHECK:
            return facts.checked is not None and facts.of == facts.draft
        case Step.IMPORT | Step.RESULT:
            return facts.finished is not None


def reachable(project: Project, facts: ImportFacts, step: Step) -> bool:
    """Say whether a step can be looked at now: those before it ask nothing more."""
    if facts.finished is not None:
        corrects = step is Step.CHECK and facts.finished.refused > 0 and is_done(project, facts, step)
        return step is Step.RESULT or corrects
    if step in (Step.IMPORT, Step.RESULT):
        return facts.step is step
    if step is Step.CHECK:
        return facts.step is step or (is_done(project, facts, Step.CHECK) and _before_are_done(project, facts, step))
    return _before_are_done(project, facts, step)


def _before_are_done(project: Project, facts: ImportFacts, step: Step) -> bool:
    return all(is_done(project, facts, each) for each in list(Step)[: step.number])


def finding_aspects(facts: ImportFacts) -> tuple[Aspect, ...]:
    """Give what can be said otherwise of the file that is shown: a sheet only where there is one."""
    found = facts.recognised
    if found is None:
        return ()
    has_sheet = bool(found.form.sheet)
    text = (Aspect.ENCODING, Aspect.DELIMITER) if not has_sheet else (Aspect.SHEET,)
    return (*text, Aspect.HEADER, Aspect.DATES, Aspect.DECIMAL)
