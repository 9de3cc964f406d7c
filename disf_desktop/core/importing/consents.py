"""What the rows of a file say of consents: toward Dialog Insight it is counted and never sent (promise I8); toward
Salesforce the rules C4 and C5 say what may be written (sync-semantics, section 5).

A file proves nothing about when somebody said yes, whatever date stands in it: a yes is written only where Salesforce
shows no no at that moment. An unticked checkbox of a record that is there may be somebody's no, for nothing tells it
from “never asked” (`core.optins`), so a file does not tick it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from enum import StrEnum
from typing import Final, NamedTuple
from unicodedata import normalize

from disf_desktop.core.fitting import fit
from disf_desktop.core.importing.cells import CellReader, cell_reader
from disf_desktop.core.importing.file_form import KnownForm
from disf_desktop.core.importing.recipe import ImportConsent, ImportRecipe
from disf_desktop.core.importing.rows import RowProblem
from disf_desktop.core.moments import from_local
from disf_desktop.core.optins import CompiledOptin, Reading
from disf_desktop.core.project import OptinPair
from disf_desktop.core.refusals import Bad, Refusal
from disf_desktop.core.schema import Field, FieldType, Schema, Side
from disf_desktop.core.values import Value
from disf_desktop.core.verdict import is_consent_field

_TRUTH: Final = Field("", "", FieldType.BOOLEAN)
_DAY: Final = Field("", "", FieldType.DATE)
_TEXT: Final = Field("", "", FieldType.TEXT)


class Said(NamedTuple):
    """What a row says of one consent: yes, no, or nothing (None); since when and where it was given, if it tells.

    `since` is a canonical date, or a canonical datetime where the Salesforce field that receives it holds one.
    """

    state: bool | None
    since: str | None
    source: str | None


class ConsentStep(StrEnum):
    """What becomes of a row's consent in Salesforce."""

    NOTHING = "nothing"
    """The row says nothing, or Salesforce says the same."""
    WRITE = "write"
    """Written with the rest of the row, or before it: a no, or the first word of a new record."""
    ALONE = "alone"
    """A yes: written by itself, unless the record was modified meanwhile (C7)."""
    UNPROVEN = "unproven"
    """Salesforce says no, or may: the no stands, and the row is told so."""


@dataclass(frozen=True, slots=True)
class CompiledConsent:
    """A consent column made ready. `name` is the opt-in's code, or the Salesforce field, as its schema spells it.

    `word` says what the Salesforce field holds; None toward Dialog Insight.
    """

    name: str
    consent: ImportConsent
    place: int
    since_place: int | None
    source_place: int | None
    read_state: CellReader
    read_since: CellReader
    read_source: CellReader
    since: str | None = None
    word: CompiledOptin | None = None
    since_field: str | None = None
    source_field: str | None = None

    def read(self, cells: Sequence[str]) -> tuple[Said, Sequence[tuple[str, Refusal]]]:
        """Give what a row says, and why cells of it cannot be read, by column."""
        wrong: list[tuple[str, Refusal]] = []
        state = self.read_state(cells[self.place])
        if type(state) is Refusal:
            wrong.append((self.consent.column, state))
            state = None
        if state is not None and self.consent.inverted:
            state = not state
        since: Value | Refusal = self.since
        if self.since_place is not None:
            since = self.read_since(cells[self.since_place])
            if type(since) is Refusal:
                wrong.append((self.consent.since_column or "", since))
            since = since if type(since) is str else self.since
        source: Value | Refusal = self.consent.source
        if self.source_place is not None:
            source = self.read_source(cells[self.source_place])
            if type(source) is Refusal:
                wrong.append((self.consent.source_column or "", source))
            source = source if type(source) is str else self.consent.source
        return Said(state, since, source), wrong  # type: ignore[arg-type]

    def step(self, said: Said, now: Value | Bad, *, new: bool = False) -> ConsentStep:
        """Say what may be written, given what the Salesforce field holds `now` (C4, C5); `new`: there is no record yet.

        Writing what was allowed and asking again gives nothing to write.
        """
        assert self.word is not None, "a consent toward Dialog Insight is never written"
        if said.state is None:
            return ConsentStep.NOTHING
        if new:
            return ConsentStep.WRITE
        shows = self.word.read(now)
        if said.state is False:
            is_out = shows is Reading.OPTED_OUT or (not self.word.says_out and shows is Reading.NONE)
            return ConsentStep.NOTHING if is_out else ConsentStep.WRITE
        if shows is Reading.OPTED_IN or (not self.word.says_in and shows is Reading.NONE):
            return ConsentStep.NOTHING
        return ConsentStep.ALONE if shows is Reading.NONE and self.word.says_out else ConsentStep.UNPROVEN

    def fields(self, said: Said) -> dict[str, Value]:
        """Give the Salesforce fields for what a row says. A date or an origin that it does not tell empties its field:
        the one there belongs to another answer."""
        assert self.word is not None, "a consent toward Dialog Insight is never written"
        assert said.state is not None, "nothing is not written"
        written = {self.word.target: self.word.subscribed if said.state else self.word.out}
        if self.since_field is not None:
            written[self.since_field] = said.since
        if self.source_field is not None:
            written[self.source_field] = said.source
        return written


@dataclass(frozen=True, slots=True)
class CompiledConsents:
    """The consent columns of a recipe, in its order."""

    each: tuple[CompiledConsent, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.each)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(one.name for one in self.each)

    @property
    def without_date(self) -> tuple[str, ...]:
        """Name the consents of which neither the file nor the recipe tells since when."""
        return tuple(c.name for c in self.each if c.since is None and c.since_place is None)

    @property
    def without_source(self) -> tuple[str, ...]:
        """Name the consents of which neither the file nor the recipe tells where they were given."""
        return tuple(c.name for c in self.each if not c.consent.source and c.source_place is None)

    def read(self, cells: Sequence[str]) -> tuple[Said, ...]:
        """Give what a row that `CompiledImport.read` took says of each consent; it has as many cells as the header."""
        return tuple([one.read(cells)[0] for one in self.each])

    def problems(self, cells: Sequence[str], row: int) -> list[RowProblem]:
        """Give what cannot be read in the consents of a row."""
        return [
            RowProblem(row, column, one.name, refusal.code, refusal.figures)
            for one in self.each
            for column, refusal in one.read(cells)[1]
        ]


ANSWERS: Final[Mapping[bool | None, str]] = {True: "yes", False: "no", None: "nothing"}
"""How an answer is called in the counts of a check."""


# Made ready


def compile_consents(
    recipe: ImportRecipe, form: KnownForm, schema: Schema, optins: Collection[OptinPair], zone: tzinfo
) -> CompiledConsents:
    """Make the consent columns of a recipe ready; `core.importing.consent_problems` has found nothing wrong in them."""
    return CompiledConsents(tuple(_compiled(each, form, schema, optins, zone) for each in recipe.consents))


def _compiled(
    consent: ImportConsent, form: KnownForm, schema: Schema, optins: Collection[OptinPair], zone: tzinfo
) -> CompiledConsent:
    def place(name: str | None) -> int | None:
        return None if name is None else form.names.index(name)

    def reader(field: Field) -> CellReader:
        return cell_reader(field, schema.side, dates=form.dates, decimal=form.decimal, zone=zone)

    at = place(consent.column)
    assert at is not None, "the file has the column"
    word, name, since_field, source_field = None, consent.consent, None, None
    if schema.side is Side.SALESFORCE:
        word = word_of(consent.consent, schema, optins)
        assert word is not None, "it is known what the field holds"
        name = word.target
        since_field = schema.find(consent.since_field) if consent.since_field else None
        source_field = schema.find(consent.source_field) if consent.source_field else None
    else:
        name = next(each.name for each in schema.optins if each.name.casefold() == name.casefold())
    since = consent.since
    if since is not None and since_field is not None and since_field.type is FieldType.DATETIME:
        moment = from_local(f"{since} 00:00:00", zone)
        since = moment if type(moment) is str else since
    return CompiledConsent(
        name=name,
        consent=consent,
        place=at,
        since_place=place(consent.since_column),
        source_place=place(consent.source_column),
        read_state=reader(_TRUTH),
        read_since=reader(since_field or _DAY),
        read_source=_fitted(reader(_TEXT), source_field),
        since=since,
        word=word,
        since_field=since_field.name if since_field else None,
        source_field=source_field.name if source_field else None,
    )


def _fitted(read: CellReader, field: Field | None) -> CellReader:
    fits = fit(field, Side.SALESFORCE) if field is not None else None
    if fits is None:
        return read

    def fitted(cell: str) -> Value | Refusal:
        value = read(cell)
        return value if value is None or type(value) is Refusal else fits(value)

    return fitted


def word_of(name: str, schema: Schema, optins: Collection[OptinPair]) -> CompiledOptin | None:
    """Say what a Salesforce consent field holds for yes and no: as the opt-in pair that writes it says, or as the
    standard fields mean it (ticked is no). None where nobody says it."""
    field = schema.find(name)
    if field is None:
        return None
    pair = next((p for p in optins if p.target.casefold() == field.name.casefold()), None)
    if field.type is FieldType.BOOLEAN:
        if pair is None and not is_consent_field(field.name):
            return None
        inverted = pair is None or pair.inverted
        return CompiledOptin(field.name, field.name, inverted, not inverted, None, inverted, not inverted)
    if pair is None or not (_word(pair.unsubscribed) and _word(pair.subscribed)):
        return None
    neutral = _word(pair.neutral) or None
    return CompiledOptin(field.name, field.name, _word(pair.unsubscribed), _word(pair.subscribed), neutral, True, True)


def _word(text: str | None) -> str:
    return normalize("NFC", text or "").strip()
