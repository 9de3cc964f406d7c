"""CSV exports of a project, dropped in a folder, as a source of observations (sync-semantics 4.2b).

An export is a photograph: true when it was taken, silent about who is not in it. It is believed whole or not at all, so
it is read once to be judged and once more for its records, never held in memory. Nothing in the folder is changed, and
nothing outside of it is opened.
"""

from __future__ import annotations

import os
import re
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, tzinfo
from hashlib import blake2b, sha256
from io import BufferedReader
from pathlib import Path
from typing import TYPE_CHECKING, cast

from disf_desktop.core.errors import Problem, ServiceUnavailable, SettingsError, UnexpectedAnswer
from disf_desktop.core.moments import written
from disf_desktop.core.records import FoundRecord
from disf_desktop.core.schema import Schema
from disf_desktop.services.dialog_insight.export_text import (
    BLOCK,
    Defect,
    Dialect,
    columns_of,
    encoding_of,
    judge,
    rows_of,
    sniff,
)
from disf_desktop.services.dialog_insight.wire import CONTACT_NUMBER, Layout

if TYPE_CHECKING:
    from collections.abc import Mapping

    from disf_desktop.core.values import Value

SETTLED_S = 2
"""A file that was written to less long ago may still be written to."""

_CLOCKS_DIFFER_S = 60  # a file that is further in the future has a stamp of its own, and is nobody's work of now
_NAMED = re.compile(r"contacts-([0-9]+)-([0-9]{8})-([0-9]{6})\.csv", re.IGNORECASE)
_FLAGS = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"))


class ExportRefused(UnexpectedAnswer):
    """The file is not a whole export of this project: nothing is concluded from it."""


class ExportChanging(ServiceUnavailable):
    """The file is still being written: it is left for later."""


@dataclass(frozen=True, slots=True)
class ExportFile:
    """A file that may be an export. `as_of` is the moment for which it is true, as UTC text: the earliest that its name
    or its time of modification tells. `sha256` is "" where the file cannot be opened; reading it says why.
    """

    path: Path
    as_of: str
    sha256: str
    size: int
    modified_ns: int

    @property
    def keys(self) -> tuple[str, ...]:
        """Names of the facts by which a ledger remembers that it was dealt with: as this file, and by its content."""
        quick = _quick_key(self.path, self.size, self.modified_ns)
        return (quick, f"export {self.sha256}") if self.sha256 else (quick,)


def exports_in(
    folder: Path,
    id_project: int,
    was_read: Callable[[str], bool] = lambda _: False,
    *,
    now: Callable[[], float] = time.time,
) -> list[ExportFile]:
    """List the CSV files of a folder that may be exports of a project, the oldest photograph first.

    Left out are links, folders, hidden files, files named as exports of another project, those still being written,
    those of which `was_read` knows one of the `ExportFile.keys`, and the later one of two with the same content. Raises
    SettingsError where the folder cannot be read.
    """
    try:
        with os.scandir(folder) as entries:
            paths = [Path(each.path) for each in entries if each.is_file(follow_symlinks=False)]
    except OSError as failure:
        raise SettingsError(
            (
                Problem(
                    "finding.export_folder",
                    f"The folder of the exports cannot be read: {failure.strerror}.",
                    "Choose a folder that exists and that this program may read.",
                ),
            )
        ) from None
    found: dict[str, ExportFile] = {}
    for path in paths:
        export = _export(path, id_project, was_read, now())
        if export is None:
            continue
        known = found.get(content := export.keys[-1])
        if known is None or (export.as_of, export.path.name) < (known.as_of, known.path.name):
            found[content] = export
    return sorted(found.values(), key=lambda each: (each.as_of, each.path.name))


@dataclass(frozen=True, slots=True)
class Export:
    """A whole export: iterate for its records, each read when it is asked for.

    `ignored` are the columns that are no field of the project. A record that gives no idContact has the id "" and is
    known by its key. A value that cannot be read is a `Refusal` in its place.
    """

    file: ExportFile
    rows: int
    ignored: tuple[str, ...]
    _layout: Layout = field(repr=False)
    _dialect: Dialect = field(repr=False)
    _columns: tuple[tuple[int, str], ...] = field(repr=False)

    def __iter__(self) -> Iterator[FoundRecord]:
        """Give the records in the order of the file. Raises ExportChanging where it is not the one that was judged."""
        with _opened(self.file) as raw, closing(rows_of(raw, self._dialect, self.rows)) as rows:
            try:
                for _, row in rows:
                    yield self._record(row)
            except Defect:
                raise _changing(self.file) from None
            _check_unchanged(self.file, raw)

    def _record(self, row: list[str]) -> FoundRecord:
        given = {name: row[place] for place, name in self._columns}
        # The border's type has no place for a refusal; an export has, as a page of Salesforce has.
        values = cast("Mapping[str, Value]", self._layout.values_and_refusals(given))
        return FoundRecord(given.get(CONTACT_NUMBER, "").strip(), values, self._layout.optins(given), self.file.as_of)


def read_export(file: ExportFile, schema: Schema, zone: tzinfo) -> Export:
    """Judge a file whole, and give its records to be read. `zone` is the one of the project's dates.

    Each field of `schema` needs a column; those that nobody maps may be left out of it.

    Raises ExportRefused, with what is wrong, for a file that is not a whole export; ExportChanging for one that is not
    the file that was listed.
    """
    layout = Layout(schema, zone, contacts=True)
    with _opened(file) as raw:
        try:
            encoding, digest = encoding_of(raw)
            if digest != file.sha256:
                raise _changing(file)
            dialect, header = sniff(raw, encoding, schema)
            columns, ignored = columns_of(header, schema)
            rows = judge(raw, dialect, columns, [f"f_{code}" for code in schema.key])
        except Defect as defect:
            _check_unchanged(file, raw)
            raise ExportRefused(
                f"{file.path.name} is not a whole export of this project: {defect}.",
                "Nothing of it was used. Export the project again, as CSV, with idContact and the codes of the fields.",
                where=str(file.path),
            ) from None
        _check_unchanged(file, raw)
    return Export(file, rows, ignored, layout, dialect, columns)


def _export(path: Path, id_project: int, was_read: Callable[[str], bool], now: float) -> ExportFile | None:
    named = _NAMED.fullmatch(path.name)
    if path.name.startswith(".") or path.suffix.lower() != ".csv" or (named and int(named[1]) != id_project):
        return None
    try:
        facts = path.lstat()
    except OSError:
        return None
    if not stat.S_ISREG(facts.st_mode) or -_CLOCKS_DIFFER_S < now - facts.st_mtime < SETTLED_S:
        return None
    if was_read(_quick_key(path, facts.st_size, facts.st_mtime_ns)):
        return None
    moments = [written(datetime.fromtimestamp(facts.st_mtime, UTC))]
    if named:
        with suppress(ValueError):  # digits that are no date
            moments.append(written(datetime.strptime(f"{named[2]} {named[3]} +0000", "%Y%m%d %H%M%S %z")))
    file = ExportFile(path, min(moments), "", facts.st_size, facts.st_mtime_ns)
    try:
        with _opened(file) as raw:
            digest = sha256()
            while block := raw.read(BLOCK):
                digest.update(block)
            _check_unchanged(file, raw)
    except ExportChanging:
        return None
    except ExportRefused:
        return file
    file = replace(file, sha256=digest.hexdigest())
    return None if was_read(file.keys[-1]) else file


def _quick_key(path: Path, size: int, modified_ns: int) -> str:
    return (
        "export file "
        + blake2b(f"{path.name}\0{size}\0{modified_ns}".encode(errors="replace"), digest_size=16).hexdigest()
    )


def _opened(file: ExportFile) -> BufferedReader:
    """Open the very file that was listed, never what a link leads to."""
    try:
        raw = os.fdopen(os.open(file.path, _FLAGS), "rb")
    except FileNotFoundError:
        raise _changing(file) from None
    except OSError as failure:
        raise ExportRefused(
            f"{file.path.name} cannot be opened: {failure.strerror}.",
            "Let this program read the file, or take it out of the folder.",
            where=str(file.path),
        ) from None
    try:
        _check_unchanged(file, raw)
    except BaseException:
        raw.close()
        raise
    return raw


def _check_unchanged(file: ExportFile, raw: BufferedReader) -> None:
    facts = os.fstat(raw.fileno())
    if not stat.S_ISREG(facts.st_mode) or (facts.st_size, facts.st_mtime_ns) != (file.size, file.modified_ns):
        raise _changing(file)


def _changing(file: ExportFile) -> ExportChanging:
    return ExportChanging(
        f"{file.path.name} changed while it was read.",
        "It is read in the next run, when it is complete.",
        where=str(file.path),
    )
