"""A recipe made ready for the rows of its file: canonical values of every cell, or what is wrong with it.

Everything that depends on a column is compiled once into a function of its cells; a good row costs one call a cell and
nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from itertools import compress
from operator import itemgetter
from typing import Any, Final

from disf_desktop.core.errors import SettingsError
from disf_desktop.core.fitting import Step
from disf_desktop.core.importing.cell_steps import ColumnFigures, DateReaders, Steps, steps_of
from disf_desktop.core.importing.consent_problems import consent_problems
from disf_desktop.core.importing.consents import CompiledConsents, compile_consents
from disf_desktop.core.importing.file_form import KnownForm, Swallowed
from disf_desktop.core.importing.page_steps import Column, filled, or_false
from disf_desktop.core.importing.recipe import ImportColumn, ImportMode, ImportRecipe
from disf_desktop.core.importing.rows import RowProblem, RowReason
from disf_desktop.core.importing.schema_problems import key_names, problems_with_schema, required_fields
from disf_desktop.core.project import OptinPair, WhenEmpty
from disf_desktop.core.refusals import Reason, Refusal
from disf_desktop.core.schema import Field, FieldType, Schema, Side
from disf_desktop.core.values import Value

_BETWEEN: Final = "\u001f"


def compile_import(
    recipe: ImportRecipe,
    form: KnownForm,
    schema: Schema,
    *,
    side: Side,
    zone: tzinfo,
    optins: Collection[OptinPair] = (),
) -> CompiledImport:
    """Make a recipe ready for a file of this form and a table with these fields.

    `zone` is the one of times without offset. `optins` are the opt-in pairs of the project file that write to this
    object of Salesforce: they say what its consent fields hold. Raises SettingsError with every problem, whose paths
    are members of the recipe (`columns[3].field`).
    """
    assert schema.side is side, "the schema is the receiving side's"
    found = problems_with_schema(recipe, form, schema, optins) + tuple(consent_problems(recipe, form, schema, optins))
    if found:
        raise SettingsError(found)
    return CompiledImport(recipe, form, schema, zone, optins)


@dataclass(frozen=True, slots=True)
class PageRead:
    """What was read of some rows: the numbers of those that are fine, their values by column of the recipe, and what is
    wrong with the others."""

    rows: list[int]
    columns: Sequence[Sequence[Value]]
    refused: list[tuple[int, list[RowProblem]]]

    def values(self) -> Iterator[tuple[Value, ...]]:
        """Give the values of each row that is fine."""
        return zip(*self.columns, strict=True)

    def without(self, refused: Mapping[int, list[RowProblem]]) -> PageRead:
        """Give the same, but for rows that are refused besides, by their numbers."""
        stays = [row not in refused for row in self.rows]
        columns = [list(compress(column, stays)) for column in self.columns]
        return PageRead(list(compress(self.rows, stays)), columns, sorted([*self.refused, *refused.items()]))


def _unsound(columns: Sequence[Column]) -> list[int]:
    """Give the places of the rows in which a value is refused."""
    places = {
        n for column in columns if not column.sound for n, value in enumerate(column.values) if type(value) is Refusal
    }
    return sorted(places)


class CompiledImport:
    """A recipe ready for rows. Values are those of the recipe's columns, in its order.

    `names` are the fields that the columns fill, as the schema spells them, `fields` these themselves, `key` the names
    of the key (empty where every row makes a record). `figures` counts what was read so far.
    """

    def __init__(
        self,
        recipe: ImportRecipe,
        form: KnownForm,
        schema: Schema,
        zone: tzinfo,
        optins: Collection[OptinPair],
    ) -> None:
        self.recipe, self.form, self.schema = recipe, form, schema
        self.side = schema.side
        self.fields = tuple(_found(schema, column.field) for column in recipe.columns)
        self.names = tuple(field.name for field in self.fields)
        self.key = tuple(_found(schema, name).name for name in key_names(recipe, schema))
        self.consents: CompiledConsents = compile_consents(recipe, form, schema, optins, zone)
        self.figures = ColumnFigures.of([column.column for column in recipe.columns])
        self._key_places = [(name, self.names.index(name)) for name in self.key]
        readers = DateReaders(self.side, zone)
        steps = [
            self._steps_of(n, column, field, zone, readers)
            for n, (column, field) in enumerate(zip(recipe.columns, self.fields, strict=True))
        ]
        self._steps, self._page_steps = [each.cell for each in steps], [each.page for each in steps]
        self._places = [form.names.index(column.column) for column in recipe.columns]
        self._width = form.width
        self._pick = _picker(self._places)
        self.folded_key = _folder([(self.fields[place], place) for _, place in sorted(self._key_places)], self.side)
        self._written = self._compile_written()
        filled = set(self.names)
        self._missing_always = [f for f in required_fields(schema) if f.name not in filled]
        self._missing_where_empty = [
            (n, column.column, field)
            for n, (column, field) in enumerate(zip(recipe.columns, self.fields, strict=True))
            if field in required_fields(schema)
        ]

    # -- reading a row ---------------------------------------------------------------------------------------------

    def read(self, cells: Sequence[str], row: int = 0) -> tuple[list[Value], list[RowProblem] | None]:
        """Give the canonical values of a row, and everything that is wrong with it: None where nothing is.

        `row` is its number in the file, for the problems. Where there are some, the values are worth nothing.
        """
        if len(cells) != self._width or type(cells) is Swallowed:
            evened = self._evened(cells)
            if evened is None or type(cells) is Swallowed:
                return [], [self._uneven(cells, row)]
            cells = evened
        values = [step(cell) for step, cell in zip(self._steps, self._pick(cells), strict=True)]
        if Refusal not in map(type, values) and not self.consents:
            return values, None
        return values, self._problems(values, cells, row) or None

    def _problems(self, values: Sequence[Any], cells: Sequence[str], row: int) -> list[RowProblem]:
        problems = [
            RowProblem(row, column.column, name, value.code, value.figures)
            for column, name, value in zip(self.recipe.columns, self.names, values, strict=True)
            if type(value) is Refusal
        ]
        return problems + self.consents.problems(cells, row) if self.consents else problems

    def read_page(self, rows: Sequence[tuple[int, Sequence[str]]]) -> PageRead:
        """Give of several rows what `read` gives of each, several times sooner."""
        refused: list[tuple[int, list[RowProblem]]] = []
        width = self._width
        if any(len(cells) != width or type(cells) is Swallowed for _, cells in rows):
            rows, uneven = self._even(rows)
            refused += uneven
        if not rows:
            return PageRead([], [], refused)
        by_column = list(zip(*[cells for _, cells in rows], strict=True))
        read = [step(by_column[place]) for step, place in zip(self._page_steps, self._places, strict=True)]
        columns = [column.values for column in read]
        numbers = [row for row, _ in rows]
        if self.consents or not all(column.sound for column in read):
            wrong: dict[int, list[RowProblem]] = {}
            suspects = range(len(rows)) if self.consents else _unsound(read)
            for n in suspects:
                problems = self._problems([column[n] for column in columns], rows[n][1], numbers[n])
                if problems:
                    wrong[n] = problems
            refused = sorted(refused + [(numbers[n], problems) for n, problems in wrong.items()])
            fine = [n not in wrong for n in range(len(rows))]
            numbers = list(compress(numbers, fine))
            columns = [list(compress(column, fine)) for column in columns]
        return PageRead(numbers, columns, refused)

    def _even(
        self, rows: Sequence[tuple[int, Sequence[str]]]
    ) -> tuple[list[tuple[int, Sequence[str]]], list[tuple[int, list[RowProblem]]]]:
        """Part the rows that have as many cells as the header, or can be given them, from those that cannot."""
        even: list[tuple[int, Sequence[str]]] = []
        refused = []
        for row, cells in rows:
            evened = None if type(cells) is Swallowed else self._evened(cells)
            if evened is None:
                refused.append((row, [self._uneven(cells, row)]))
            else:
                even.append((row, evened))
        return even, refused

    def evened(self, cells: Sequence[str]) -> Sequence[str]:
        """Give as many cells as the header has, of a row that `read` took."""
        return cells if len(cells) == self._width else self._evened(cells) or cells

    def _evened(self, cells: Sequence[str]) -> Sequence[str] | None:
        """Give as many cells as the header has, None where that would be a guess."""
        missing = self._width - len(cells)
        if missing > 0:
            return [*cells, *[""] * missing] if self.form.fill_short_rows else None
        return None if any(cell.strip() for cell in cells[self._width :]) else cells[: self._width]

    def _uneven(self, cells: Sequence[str], row: int) -> RowProblem:
        if type(cells) is Swallowed:
            return RowProblem(row, "", "", RowReason.UNCLOSED_QUOTE, (("lines", cells.lines),))
        reason = RowReason.SHORT_ROW if len(cells) < self._width else RowReason.LONG_ROW
        return RowProblem(row, "", "", reason, (("cells", len(cells)), ("width", self._width)))

    def _steps_of(self, place: int, column: ImportColumn, field: Field, zone: tzinfo, readers: DateReaders) -> Steps:
        is_key = field.name in self.key
        dates, decimal = column.dates or self.form.dates, column.decimal or self.form.decimal
        clears = column.when_empty is WhenEmpty.CLEAR
        cell, page = steps_of(
            field,
            self.side,
            column.transform,
            self.figures,
            place,
            readers,
            dates=dates,
            decimal=decimal,
            zone=zone,
            key=is_key,
        )
        refused = None
        if is_key:
            refused = Refusal(Reason.KEY_MISSING)
        elif field in required_fields(self.schema) and (clears or self._creates_unseen):
            refused = Refusal(Reason.REQUIRED_MISSING)
        if refused is not None:
            return Steps(_instead_of_none(cell, refused), filled(page, refused))
        if clears and field.type is FieldType.BOOLEAN and self.side is Side.SALESFORCE:
            return Steps(_instead_of_none(cell, False), or_false(page))  # Salesforce has no empty checkbox
        return Steps(cell, page)

    @property
    def _creates_unseen(self) -> bool:
        """Say whether any row may make a record without anybody knowing before."""
        mode = self.recipe.mode
        return mode is ImportMode.CREATE or (mode is ImportMode.UPSERT and self.side is Side.DIALOG_INSIGHT)

    # -- the key, and what is written ------------------------------------------------------------------------------

    folded_key: Callable[[Sequence[Value]], str]
    """Gives the key of a row's values as the service compares it: Dialog Insight without case and trailing blanks
    (`core.plan.folded_key`), Salesforce without case, unless the field minds it."""

    def folded_keys(self, columns: Sequence[Sequence[Value]]) -> list[str]:
        """Give the folded key of each row of a page, by its columns."""
        if len(self.key) != 1:
            return [self.folded_key(values) for values in zip(*columns, strict=True)]
        place = self._key_places[0][1]
        if _minds_case(self.fields[place], self.side):
            return [str(value) for value in columns[place]]
        return [str(value).rstrip().casefold() for value in columns[place]]

    def key_of(self, values: Sequence[Value]) -> dict[str, Value]:
        """Give the key of a row's values, by field."""
        return {name: values[place] for name, place in self._key_places}

    def record(self, values: Sequence[Value]) -> tuple[dict[str, Value], dict[str, Value]]:
        """Give the key, and the other fields that are written: an empty cell leaves its field out, or clears it (None).

        Consents are not among them.
        """
        fields = {
            name: value for place, name, clears, _ in self._written if (value := values[place]) is not None or clears
        }
        return self.key_of(values), fields

    def same(self, values: Sequence[Value], there: Sequence[Value]) -> bool:
        """Say whether a record that holds `there`, in the order of the columns, is as the row says in every field that
        would be written.

        E-mail addresses are the same in any case of letters, as both services take them.
        """
        for place, _, clears, folded in self._written:
            value = values[place]
            if value != there[place] and (value is not None or clears) and not (folded and _fold(value, there[place])):
                return False
        return True

    def differs(self, values: Sequence[Value], held: Mapping[str, Value]) -> bool | None:
        """Say whether a record is otherwise than the row says, of which some fields are known: None where that is too
        little to tell."""
        unsure = False
        for place, name, clears, folded in self._written:
            value = values[place]
            if value is None and not clears:
                continue
            if name not in held:
                unsure = True
            elif value != held[name] and not (folded and _fold(value, held[name])):
                return True
        return None if unsure else False

    def missing_in_new(self, values: Sequence[Value], row: int) -> list[RowProblem]:
        """Give what a row lacks to make a new record."""
        code = Reason.REQUIRED_MISSING
        return [
            *(RowProblem(row, "", field.label or field.name, code) for field in self._missing_always),
            *(RowProblem(row, c, f.name, code) for n, c, f in self._missing_where_empty if values[n] is None),
        ]

    def _compile_written(self) -> list[tuple[int, str, bool, bool]]:
        return [
            (place, field.name, column.when_empty is WhenEmpty.CLEAR, field.type is FieldType.EMAIL)
            for place, (column, field) in enumerate(zip(self.recipe.columns, self.fields, strict=True))
            if field.name not in self.key
        ]


def _found(schema: Schema, name: str) -> Field:
    field = schema.find(name)
    assert field is not None, "every field is known"
    return field


def _fold(value: Value, held: Value) -> bool:
    return isinstance(value, str) and isinstance(held, str) and value.casefold() == held.casefold()


def _picker(places: Sequence[int]) -> Callable[[Sequence[str]], Sequence[str]]:
    """Compile the function that picks the cells at these places."""
    if len(places) > 1:
        return itemgetter(*places)
    return lambda cells: [cells[place] for place in places]


def _instead_of_none(step: Step, instead: Refusal | bool) -> Step:
    def never_none(cell: str) -> Any:
        value = step(cell)
        return instead if value is None else value

    return never_none


def _minds_case(field: Field, side: Side) -> bool:
    """Say whether two keys that differ by their capitals alone are two."""
    return side is Side.SALESFORCE and (field.type is FieldType.ID or field.case_sensitive)


def _folder(parts: Sequence[tuple[Field, int]], side: Side) -> Callable[[Sequence[Value]], str]:
    """Compile the function that folds a key, whose fields are in the order of their names."""
    if len(parts) == 1 and _minds_case(parts[0][0], side):
        ((_, at),) = parts
        return lambda values: str(values[at])
    if len(parts) == 1:
        ((_, place),) = parts
        return lambda values: str(values[place]).rstrip().casefold()
    places = [place for _, place in parts]
    return lambda values: _BETWEEN.join([str(values[place]).rstrip().casefold() for place in places])
