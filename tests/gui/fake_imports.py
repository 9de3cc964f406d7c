"""What the workspace in memory does with a file that is imported. The rows are made up; reading them is real."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from disf_desktop.core.errors import DisfError
from disf_desktop.core.events import RunStatus
from disf_desktop.core.importing.events import ImportChecked, ImportFinished, RowRefused
from disf_desktop.core.importing.file_form import Recognised
from disf_desktop.core.importing.recipe import FileForm
from disf_desktop.core.importing.rows import CheckCounts, RefusedRow, RowProblem
from disf_desktop.core.importing.unfinished import UnfinishedImport
from disf_desktop.core.project import DestinationProject, Project
from disf_desktop.core.schema import Schema, Side
from disf_desktop.storage.importing.table_file import recognise
from disf_desktop.workspace import Places
from disf_desktop.workspace.import_books import Explain, in_english

HEADER = "Courriel;Prénom;Nom;Naissance;Solde;Infolettre;Ville"
PEOPLE = (
    ("Marie", "Côté", "1984-03-02"),
    ("Luc", "Tremblay", "1990-02-21"),
    ("Ana", "Silva", "1979-11-20"),
    ("Zoé", "Gagnon", "2001-01-15"),
)
CALLS = {Side.SALESFORCE: 0, Side.DIALOG_INSIGHT: 12}
COUNTS = CheckCounts(
    rows=248_310,
    new=0,
    changed=45_870,
    unchanged=410,
    decided=201_944,
    refused=86,
    problems={"email": 52, "duplicate_key": 20, "not_a_date": 14},
    cut={"Ville": 1120},
    changed_known=False,
)


def contacts_file(folder: Path, name: str = "contacts-2026.csv", encoding: str = "cp1252", rows: int = 60) -> Path:
    """Write a file as a French Excel writes it: semicolons, accents of Windows, decimal commas."""
    lines = [HEADER]
    for n in range(rows):
        first, last, born = PEOPLE[n % len(PEOPLE)]
        lines.append(f"{first.lower()}{n}@exemple.ca;{first};{last};{born};{n},50;{'oui' if n % 3 else 'non'};Montréal")
    path = folder / name
    path.write_text("\r\n".join(lines) + "\r\n", encoding=encoding, errors="replace", newline="")
    return path


def dated_file(folder: Path) -> Path:
    """Write a file whose days can be read two ways."""
    path = folder / "dates.csv"
    rows = [f"p{n}@example.org;{n % 12 + 1:02}/{n % 9 + 1:02}/1990" for n in range(20)]
    path.write_text("\n".join(["EMail;BirthDate", *rows]), encoding="utf-8")
    return path


def refused_rows() -> tuple[RefusedRow, ...]:
    """Give four rows that are wrong, each otherwise."""
    told: list[tuple[int, tuple[str, ...], str, str, tuple[tuple[str, int], ...]]] = [
        (117, ("marie.cote@acme", "Marie", "Côté", "1984-03-02"), "Courriel", "email", ()),
        (2045, ("luc@exemple.ca", "Luc", "Tremblay", "31/02/1990"), "Naissance", "not_a_date", ()),
        (
            3310,
            ("ana@exemple.ca", "Ana", "Silva", "1979-11-20"),
            "Courriel",
            "duplicate_key",
            (("row", 88), ("count", 2)),
        ),
        (8002, ("", "Jo", "Ng", "1991-01-05"), "Courriel", "key_missing", ()),
    ]
    names = HEADER.split(";")
    return tuple(
        RefusedRow(
            row,
            dict(zip(names, (*cells, "12,50", "oui", "Laval"), strict=True)),
            (RowProblem(row, column, "EMail" if column == "Courriel" else "Birthdate", code, figures),),
        )
        for row, cells, column, code, figures in told
    )


def checked(counts: CheckCounts = COUNTS) -> ImportChecked:
    """Give the end of a check."""
    return ImportChecked("a1-1", counts, ("Solde",), CALLS)


def finished(status: RunStatus = RunStatus.PARTIAL, **figures: int) -> ImportFinished:
    """Give the end of an import."""
    told: dict[str, Any] = {"rows": 248_310, "created": 201_932, "updated": 45_880, "unchanged": 410}
    told |= {"refused": 86, "failed": 2, "left": 0} | figures
    return ImportFinished("a1-1", 41, status, 312.4, calls=CALLS, **told)


def failed_rows() -> tuple[RowRefused, ...]:
    """Give rows that the service refused, with its words."""
    return (
        RowRefused(RowProblem(1201, "", "", "service"), "The contact was erased at the person's request."),
        RowRefused(RowProblem(4410, "Ville", "City", "service"), "Value too long for the field City."),
    )


class FakeImports:
    """The verbs that import a file."""

    deeds: list[tuple[Any, ...]]
    errors: dict[str, DisfError]
    project: Project
    places: Places
    told_refused: tuple[RefusedRow, ...]
    told_counts: CheckCounts
    told_unfinished: tuple[UnfinishedImport, ...] = ()

    def salesforce_schema(self, connection: str, sobject: str) -> Schema:
        raise AssertionError("the whole workspace has it")

    def fields_of(self, destination: DestinationProject, table: str) -> Schema:
        raise AssertionError("the whole workspace has it")

    def recognise_file(self, path: Path, said: FileForm, to: str | None = None) -> Recognised:
        self.deeds.append(("recognise_file", path, said))
        if "recognise" in self.errors:
            raise self.errors["recognise"]
        return recognise(path, said, time_zone="America/Toronto")

    def import_schema(self, to: str) -> Schema:
        self.deeds.append(("import_schema", to))
        if "import_schema" in self.errors:
            raise self.errors["import_schema"]
        place, _, table = to.partition("/")
        destination = self.project.destination(place)
        if destination is None:
            return self.salesforce_schema(place, table)
        told = self.fields_of(destination, table)
        return replace(told, fields={n: replace(f, required=f.key) for n, f in told.fields.items()})

    def unfinished_imports(self) -> tuple[UnfinishedImport, ...]:
        return self.told_unfinished

    def keep_pasted(self, text: str) -> Path:
        path = self.places.profile / "pasted.csv"
        path.write_text(text, encoding="utf-8")
        return path

    def refused_rows(
        self, id: str, code: str | None = None, after: int = 0, limit: int = 200
    ) -> tuple[RefusedRow, ...]:
        self.deeds.append(("refused_rows", id, code, after))
        kept = (r for r in self.told_refused if r.row > after and (code is None or r.problems[0].code == code))
        return tuple(kept)[:limit]

    def correct_row(self, id: str, row: int, cells: Mapping[str, str]) -> RefusedRow | None:
        """Take a text that says "wrong" for wrong."""
        self.deeds.append(("correct_row", id, row, dict(cells)))
        if "correct_row" in self.errors:
            raise self.errors["correct_row"]
        found = next(each for each in self.told_refused if each.row == row)
        fresh = replace(found, cells={**found.cells, **cells}, corrected=found.corrected | set(cells))
        right = any(p.column in cells and "wrong" not in cells[p.column] for p in found.problems)
        rest = [each for each in self.told_refused if each.row != row]
        self.told_refused = tuple(rest if right else sorted((*rest, fresh), key=lambda each: each.row))
        if right:
            counts, code = self.told_counts, found.problems[0].code
            problems = {**counts.problems, code: counts.problems[code] - 1}
            self.told_counts = replace(
                counts, refused=counts.refused - 1, decided=counts.decided + 1, problems=problems
            )
        return None if right else fresh

    def bring_back(self, id: str) -> int:
        self.deeds.append(("bring_back", id))
        if "bring_back" in self.errors:
            raise self.errors["bring_back"]
        counts = self.told_counts
        n = counts.problems.get("erased", 0)
        rest = {code: count for code, count in counts.problems.items() if code != "erased"}
        self.told_counts = replace(
            counts, refused=counts.refused - n, decided=counts.decided + n, back=counts.back + n, problems=rest
        )
        self.told_refused = tuple(each for each in self.told_refused if each.problems[0].code != "erased")
        return n

    def import_counts(self, id: str) -> CheckCounts:
        return self.told_counts

    def save_refused(self, id: str, path: Path, explain: Explain = in_english) -> int:
        self.deeds.append(("save_refused", id, path))
        if "save_refused" in self.errors:
            raise self.errors["save_refused"]
        return len(self.told_refused)

    def save_results(self, id: str, folder: Path, explain: Explain = in_english) -> Mapping[str, Path]:
        self.deeds.append(("save_results", id, folder))
        return {what: folder / f"{what}.csv" for what in ("results", "success", "error", "consents")}
