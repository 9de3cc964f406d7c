"""The rows of people who were erased from Dialog Insight: they are not sent unless somebody asks for it (promise I19).

Toward Dialog Insight a person is known again by the key and by the address, toward Salesforce by any e-mail address of
the row; there only a row that would make a record is held back, since one that is there was not erased. Somebody whom
the ledger knows to be in the table is back, however that came about.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from disf_desktop.core.importing.recipe import ImportMode
from disf_desktop.core.importing.rows import RowProblem
from disf_desktop.core.importing.rules import CompiledImport
from disf_desktop.core.refusals import Reason
from disf_desktop.core.schema import FieldType, Side
from disf_desktop.core.suppression import EMAIL, by_addresses, by_key
from disf_desktop.core.values import Value
from disf_desktop.engine.importing.job import ImportJob
from disf_desktop.engine.ledger_port import ErasedPeople


class KnowsErased(Protocol):
    """What is asked of a ledger, open for writing or for reading."""

    def erased_people(self) -> ErasedPeople: ...
    def target_number(self, name: str) -> int | None: ...
    def known_of(self, target: int, folded_keys: Sequence[str]) -> dict[str, Mapping[str, Value]]: ...


class Erased:
    """Tells of rows whether their people were erased. It is false where that is so of nobody."""

    def __init__(self, compiled: CompiledImport, ledger: KnowsErased | None, target_name: str) -> None:
        """`ledger` is None where the rows are about no people, or nothing ever ran."""
        self._compiled, self._ledger = compiled, ledger
        there = compiled.side is Side.DIALOG_INSIGHT
        self._addresses = [
            n
            for n, field in enumerate(compiled.fields)
            if (field.name.casefold() == EMAIL.casefold() if there else field.type is FieldType.EMAIL)
        ]
        self._by_key = there and bool(compiled.key)
        makes_none = not there and compiled.recipe.mode is ImportMode.UPDATE
        self._people = None
        if ledger is not None and not makes_none and (self._by_key or self._addresses):
            self._people = ledger.erased_people()
        self._target = ledger.target_number(target_name) if ledger is not None and there else None

    @classmethod
    def of(cls, job: ImportJob) -> Erased:
        """Give those of an import."""
        return cls(job.compiled, job.ledger if job.of_people else None, job.target_name)

    def __bool__(self) -> bool:
        return bool(self._people)

    def among(self, rows: Sequence[int], columns: Sequence[Sequence[Value]]) -> dict[int, list[RowProblem]]:
        """Give what is wrong with those of some rows whose people were erased, by their values as columns."""
        if not self._people or not rows:
            return {}
        keys = self._compiled.folded_keys(columns) if self._by_key else [""] * len(rows)
        addresses = zip(*[columns[n] for n in self._addresses], strict=True) if self._addresses else [()] * len(rows)
        people = {
            row: [*([by_key(key)] if self._by_key else ()), *by_addresses(*written)]
            for row, key, written in zip(rows, keys, addresses, strict=True)
        }
        found = self._people.among(people)
        if found and self._target is not None and self._ledger is not None:
            key_of = dict(zip(rows, keys, strict=True))
            there = self._ledger.known_of(self._target, [key_of[row] for row in found])
            found = [row for row in found if key_of[row] not in there]
        return {row: [self._problem(row)] for row in found}

    def _problem(self, row: int) -> RowProblem:
        place = self._addresses[0] if self._addresses else self._compiled.names.index(self._compiled.key[0])
        return RowProblem(
            row, self._compiled.recipe.columns[place].column, self._compiled.names[place], Reason.ERASED.value
        )
