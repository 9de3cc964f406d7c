"""The columns of a file and the fields that they fill, for the views of pairs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from disf_desktop.core.importing.file_form import RESULT_COLUMNS, CellKind, ColumnSeen, Recognised
from disf_desktop.core.importing.recipe import ImportColumn, ImportMode
from disf_desktop.core.project import Direction, Project
from disf_desktop.core.schema import Field, FieldType, Schema, Side
from disf_desktop.core.suggest import Suggestion
from disf_desktop.gui.deeds.imports import DraftDeeds
from disf_desktop.gui.mapping_canvas.pairing import Bond, EndWords, Offered, Pairing, TableWords
from disf_desktop.gui.models import imports as models
from disf_desktop.gui.models.fields import COLUMN
from disf_desktop.gui.models.imports import ImportFacts
from disf_desktop.gui.models.pairing import Coverage
from disf_desktop.gui.models.pairs import Judgement, Level
from disf_desktop.gui.words.choices import transform_name, when_empty
from disf_desktop.gui.words.figures import counts
from disf_desktop.gui.words.translation import translate

SAMPLES = 2
"""How many values of a column stand beside its name."""

_TYPES: dict[CellKind, FieldType] = {
    CellKind.EMPTY: FieldType.TEXT,
    CellKind.TEXT: FieldType.TEXT,
    CellKind.EMAIL: FieldType.EMAIL,
    CellKind.NUMBER: FieldType.DECIMAL,
    CellKind.DATE: FieldType.DATE,
    CellKind.TRUTH: FieldType.BOOLEAN,
    CellKind.RECORD_ID: FieldType.ID,
}

_NEEDS: dict[FieldType, frozenset[CellKind]] = {
    FieldType.EMAIL: frozenset({CellKind.EMAIL}),
    FieldType.DATE: frozenset({CellKind.DATE, CellKind.NUMBER}),
    FieldType.DATETIME: frozenset({CellKind.DATE, CellKind.NUMBER}),
    FieldType.INTEGER: frozenset({CellKind.NUMBER, CellKind.TRUTH}),
    FieldType.DECIMAL: frozenset({CellKind.NUMBER, CellKind.TRUTH}),
    FieldType.BOOLEAN: frozenset({CellKind.TRUTH, CellKind.NUMBER}),
    FieldType.ID: frozenset({CellKind.RECORD_ID}),
    FieldType.REFERENCE: frozenset({CellKind.RECORD_ID}),
}
"""What the cells look like that these fields hold."""


class WhyNot(StrEnum):
    """Why no column can fill a field."""

    GONE = "gone"
    CONSENT = "consent"
    PARTS = "parts"
    RELATED = "related"
    READ_ONLY = "read_only"
    NOT_UPDATABLE = "not_updatable"
    NOT_CREATABLE = "not_creatable"
    NOT_BOTH = "not_both"


def why_not(project: Project, facts: ImportFacts, field: Field | None) -> WhyNot | None:
    """Say why a field cannot be filled by this import; None where it can."""
    schema, mode = models.schema_now(facts), facts.draft.mode
    if field is None or schema is None:
        return WhyNot.GONE
    if models.is_consent(project, schema.side, field):
        return WhyNot.CONSENT
    key = {name.casefold() for name in models.key_now(project, facts)}
    is_key = field.name.casefold() in key
    if is_key and schema.side is Side.SALESFORCE and mode is ImportMode.UPDATE:
        return None  # it finds the record, and is not written
    if field.type is FieldType.UNSUPPORTED:
        return WhyNot.PARTS
    if "." in field.name:
        return WhyNot.RELATED
    if field.calculated or not (field.creatable or field.updatable):
        return WhyNot.READ_ONLY
    if mode is ImportMode.UPDATE:
        return None if field.updatable or is_key else WhyNot.NOT_UPDATABLE
    if mode is ImportMode.CREATE:
        return None if field.creatable else WhyNot.NOT_CREATABLE
    return None if field.creatable and (field.updatable or is_key) else WhyNot.NOT_BOTH


def why_not_said(why: WhyNot) -> str:
    """Say why no column can fill a field."""
    return {
        WhyNot.GONE: translate("ColumnPairing", "The service does not show this field."),
        WhyNot.CONSENT: translate("ColumnPairing", "This is a consent. It has its own question: see Consents above."),
        WhyNot.PARTS: translate("ColumnPairing", "A field of this kind is made of several parts; fill its parts."),
        WhyNot.RELATED: translate("ColumnPairing", "This field belongs to a related record."),
        WhyNot.READ_ONLY: translate("ColumnPairing", "The service does not let this field be written."),
        WhyNot.NOT_UPDATABLE: translate("ColumnPairing", "It cannot be changed once a record is there."),
        WhyNot.NOT_CREATABLE: translate("ColumnPairing", "It cannot be filled in a new record."),
        WhyNot.NOT_BOTH: translate(
            "ColumnPairing", "It cannot be written both in new records and in those that are there."
        ),
    }[why]


def fits(column: ColumnSeen | None, field: Field) -> bool:
    """Say whether the cells that were looked at are such as the field holds."""
    needed = _NEEDS.get(field.type)
    if column is None or column.kind is CellKind.EMPTY:
        return True
    if needed is not None and column.kind not in needed:
        return False
    too_long = field.length and any(len(sample) > field.length for sample in column.samples)
    return not (too_long and needed is None)


class ColumnPairing(Pairing):
    """The columns of the file that is imported, and the fields of its destination."""

    one_way = True

    def __init__(self, desk: DraftDeeds, side: Side) -> None:
        self._desk = desk
        self.name = f"import {desk.drafted.draft.to} {desk.drafted.file}"
        self.ends = (side.other, side)
        self._known: tuple[Recognised | None, Mapping[str, Field]] = (None, {})

    @property
    def _facts(self) -> ImportFacts:
        return self._desk.drafted

    @property
    def _schema(self) -> Schema | None:
        return models.schema_now(self._facts)

    @property
    def _columns(self) -> tuple[ImportColumn, ...]:
        return self._facts.draft.columns

    @property
    def made_of(self) -> tuple[object, ...]:
        facts, draft = self._facts, self._facts.draft
        return (draft.columns, draft.consents, draft.key, draft.mode, facts.recognised, self._schema, facts.suggestions)

    @property
    def pairs(self) -> tuple[Bond, ...]:
        key = {name.casefold() for name in models.key_now(self._desk.project, self._facts)}
        way = Direction.TO_SALESFORCE if self.target is Side.SALESFORCE else Direction.TO_DIALOG_INSIGHT
        return tuple(
            Bond(each.column, each.field, way, each.field.casefold() in key, bool(each.transform))
            for each in self._columns
        )

    @property
    def suggestions(self) -> tuple[Suggestion, ...]:
        return models.open_suggestions(self._facts)

    @property
    def coverage(self) -> Coverage:
        project, facts = self._desk.project, self._facts
        key, needed = models.key_now(project, facts), models.needed_fields(project, facts)
        missing = models.missing_fields(project, facts)
        rest = [name for name in needed if name not in key]
        paired = {each.column for each in self._columns} | {each.column for each in facts.draft.consents}
        free = len([name for name in self.fields(self.source) if name not in paired])
        return Coverage(
            (sum(name not in missing for name in key), len(key)),
            (sum(name not in missing for name in rest), len(rest)),
            len(self._columns),
            len(self.suggestions),
            free,
        )

    @property
    def missing_key(self) -> tuple[str, ...]:
        missing = set(models.missing_fields(self._desk.project, self._facts))
        return tuple(name for name in models.key_now(self._desk.project, self._facts) if name in missing)

    @property
    def key_offer(self) -> Offered | None:
        missing = self.missing_key
        found = next((each for each in self.suggestions if missing and each.target == missing[0]), None)
        return self.offer(found.source, found.target) if found is not None else None

    def fields(self, side: Side) -> Mapping[str, Field]:
        if side is self.source:
            return self._of_file()
        schema = self._schema
        return schema.fields if schema is not None else {}

    def _of_file(self) -> Mapping[str, Field]:
        found = self._facts.recognised
        if found is not self._known[0]:
            columns = found.columns if found is not None else ()
            kept = (each for each in columns if each.name.casefold() not in RESULT_COLUMNS)
            fields = {c.name: Field(c.name, c.name, _TYPES[c.kind], native_type=COLUMN) for c in kept}
            self._known = (found, fields)
        return self._known[1]

    def seen(self, column: str) -> ColumnSeen | None:
        """Give what was seen of a column."""
        found = self._facts.recognised
        return next((c for c in found.columns if c.name == column), None) if found is not None else None

    def sample(self, side: Side, name: str) -> str:
        if side is not self.source:
            return ""
        seen = self.seen(name)
        return ", ".join(seen.samples[:SAMPLES]) if seen is not None and seen.samples else "—"

    def required(self, side: Side) -> frozenset[str]:
        if side is self.source:
            return frozenset()
        return frozenset(name.casefold() for name in models.needed_fields(self._desk.project, self._facts))

    def offer(self, source: str, target: str) -> Offered:
        field, column = self.find(self.target, target), self.find(self.source, source)
        taken = tuple(each.column for each in self._columns if each.field.casefold() == target.casefold())
        if source in taken:
            said = translate("ColumnPairing", "This column fills this field already.")
            return Offered(source, target, Level.NO, said, taken)
        why = why_not(self._desk.project, self._facts, field)
        if why is not None or column is None:
            return Offered(source, target, Level.NO, why_not_said(why or WhyNot.GONE), taken)
        if any(each.column == source for each in self._facts.draft.consents):
            said = translate("ColumnPairing", "This column says who consents; it fills no field besides.")
            return Offered(source, target, Level.NO, said, taken)
        assert field is not None, "a field that is gone has a reason"
        if not fits(self.seen(source), field):
            return Offered(source, target, Level.LOSS, self._loss(), taken)
        return Offered(source, target, Level.YES, translate("ColumnPairing", "The cells look as they should."), taken)

    @property
    def judged(self) -> tuple[Judgement, ...]:
        return tuple(self._judge(each) for each in self._columns)

    def _judge(self, pair: ImportColumn) -> Judgement:
        if self._schema is None:
            return Judgement(Level.UNREAD)
        field = self.find(self.target, pair.field)
        if why_not(self._desk.project, self._facts, field) is not None:
            return Judgement(Level.NO, missing=pair.field if field is None else "")
        assert field is not None, "a field that is gone has a reason"
        return Judgement(Level.YES if fits(self.seen(pair.column), field) else Level.LOSS)

    # deeds

    def pair(self, source: str, target: str) -> int:
        if not self.offer(source, target).possible:
            return -1
        return self._desk.pair_column(source, target)

    def remove(self, number: int) -> None:
        self._desk.unpair_column(number)

    def accept(self, chosen: Sequence[Suggestion]) -> None:
        self._desk.accept_columns([each for each in chosen if self.offer(each.source, each.target).possible])

    def dismiss(self, unwanted: Suggestion) -> None:
        self._desk.dismiss_column(unwanted)

    # words

    def words(self, side: Side) -> EndWords:
        if side is self.source:
            facts = self._facts
            name = facts.file.name if facts.file is not None and not facts.pasted else ""
            return EndWords(
                translate("ColumnPairing", "File"),
                "neutral",
                name or translate("ColumnPairing", "Pasted rows"),
                counts.columns(len(self._of_file())),
                translate("ColumnPairing", "Search name, value or type"),
                translate("ColumnPairing", "Name, value or type"),
                translate("ColumnPairing", "Columns of the file"),
                translate("ColumnPairing", "Column"),
                translate("ColumnPairing", "Fill {0} from a column"),
                translate("ColumnPairing", "Column…"),
                translate("ColumnPairing", "Choose the column (M)"),
                translate("ColumnPairing", "By column"),
            )
        schema = self._schema
        service = "Salesforce" if side is Side.SALESFORCE else "Dialog Insight"
        return EndWords(
            service,
            "sf" if side is Side.SALESFORCE else "di",
            schema.label or schema.name if schema is not None else "",
            counts.fields(len(schema.fields)) if schema is not None else "",
            translate("ColumnPairing", "Search label, name or type"),
            translate("ColumnPairing", "Label, name or type"),
            translate("ColumnPairing", "Fields of {0}").format(service),
            translate("ColumnPairing", "Field"),
            translate("ColumnPairing", "Which field does {0} fill?"),
            "",
            "",
            translate("ColumnPairing", "By field"),
        )

    @property
    def add_words(self) -> tuple[str, str, str]:
        return (
            translate("ColumnPairing", "Which field is to be filled?"),
            translate("ColumnPairing", "Then choose the column that fills it."),
            translate("ColumnPairing", "Fields that no column fills"),
        )

    @property
    def rule_head(self) -> str:
        return translate("ColumnPairing", "When the\ncell is empty")

    @property
    def table_words(self) -> tuple[TableWords, ...]:
        return tuple(
            TableWords(", ".join(transform_name(name) for name in each.transform), when_empty(each.when_empty))
            for each in self._columns
        )

    def why(self, number: int) -> str:
        pair = self._columns[number]
        field = self.find(self.target, pair.field)
        found = why_not(self._desk.project, self._facts, field)
        if found is not None or field is None:
            return why_not_said(found or WhyNot.GONE)
        if not fits(self.seen(pair.column), field):
            return self._loss()
        return translate("ColumnPairing", "The cells look as they should.")

    @staticmethod
    def _loss() -> str:
        return translate("ColumnPairing", "Some cells do not look like what this field holds; the check says which.")
