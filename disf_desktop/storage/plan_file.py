"""Saved plans: JSON lines for the owner alone, written as they are planned and read back in bounded memory.

The first line says for whom, then comes a line an operation in the order of planning, then the counts and the hash of
the plan, then a checksum of all that stands before it. Without that last line it is half a file, and refused.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import Any, BinaryIO, Final

import apsw
import orjson

from disf_desktop.core.errors import DiskFull, LedgerError
from disf_desktop.core.events import FieldChange, OperationPlanned, PreviewFinished
from disf_desktop.core.plan_file import VERSION, Admission, NotThisPlan, PlanFor, PlanIsDamaged
from disf_desktop.core.schema import Side
from disf_desktop.core.waiting import PlanPage, PlanWanted
from disf_desktop.storage.database import ledger_errors
from disf_desktop.storage.files import sync_folder
from disf_desktop.storage.room import MAKE_ROOM, OUT_OF_ROOM

_WRITES: Final = frozenset({"create", "update", "opt_out", "opt_in", "neutral"})
_MAKE_ANEW: Final = "Make a new plan: disf preview FILE --save PLAN"
_LONGEST_LINE: Final = 64 * 2**20
_INDEXED_AT_ONCE: Final = 1000
_LOOKED_AT_ONCE: Final = 100_000


class PlanWriter:
    """Write a plan while it is told; it is there under its name once `finish` was called, or not at all."""

    def __init__(self, path: Path, plan_for: PlanFor) -> None:
        self._path = path.resolve()
        self._digest = blake2b(digest_size=16)
        with _told_of_writing(path):
            descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=self._path.parent)
            self._part = Path(name)
            self._file = os.fdopen(descriptor, "wb")
        self._line(
            {
                "disf_plan": VERSION,
                "project": plan_for.project,
                "made": plan_for.made,
                "integrations": plan_for.integrations,
            }
        )

    def __enter__(self) -> PlanWriter:
        return self

    def __exit__(self, *_: object) -> None:
        """Leave nothing behind where the plan was not finished."""
        with contextlib.suppress(OSError):
            self._file.close()
        self._part.unlink(missing_ok=True)

    def add(self, operation: OperationPlanned) -> None:
        """Write down an operation; a record that is set aside is none."""
        if operation.kind not in _WRITES:
            return
        body = operation.as_json()
        del body["event"]
        self._line(body)

    def finish(self, finished: PreviewFinished) -> None:
        """Write the end of the plan, and let it appear under its name."""
        self._line({"plan_hash": finished.plan_hash, "counts": dict(finished.counts)})
        self._line({"blake2b": self._digest.hexdigest()})
        with _told_of_writing(self._path):
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._part.replace(self._path)
            sync_folder(self._path.parent)

    def _line(self, body: Mapping[str, Any]) -> None:
        line = orjson.dumps(body, option=orjson.OPT_APPEND_NEWLINE)
        self._digest.update(line)
        with _told_of_writing(self._path):
            self._file.write(line)


class PlannedOperations:
    """A saved plan, asked about each operation that is planned anew, in any order.

    An index of the plan lies in a temporary file of SQLite's, which has no name and is gone with the process: record
    ids and hashes only. Use it from the thread that opened it.
    """

    def __init__(self, file: BinaryIO, plan_for: PlanFor, plan_hash: str, counts: Mapping[str, int]) -> None:
        self.plan_for = plan_for
        self.plan_hash = plan_hash
        self.counts = counts
        self._file = file
        self._sections: dict[tuple[str, str, str], int] = {}
        self._index = apsw.Connection("")
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE", "cache_size = -8192"):
            self._index.execute(f"PRAGMA {pragma}")
        self._index.execute(
            "CREATE TABLE planned(section INTEGER, rid TEXT, fields BLOB, place INTEGER NOT NULL,"
            " asked INTEGER NOT NULL DEFAULT 0, PRIMARY KEY(section, rid, fields)) WITHOUT ROWID"
        )
        self._index.execute("BEGIN")

    @classmethod
    @contextmanager
    def open(cls, path: Path, project_id: str) -> Iterator[PlannedOperations]:
        """Open a plan that was made for that project file.

        Raises NotThisPlan where it is none or another's, PlanIsDamaged where it is not whole.
        """
        with _opened(path) as file:
            end = _checked(file, path)
            plan = cls(file, _plan_for(file, path, project_id), end["plan_hash"], end["counts"])
            try:
                with ledger_errors(plan._index):
                    plan._read_operations()
                    yield plan
            finally:
                plan._index.close()

    def admits(
        self,
        integration: str,
        side: Side,
        kind: str,
        rid: str,
        fields_before: Mapping[str, Any],
        fields_after: Mapping[str, Any],
    ) -> bool:
        """Say whether the plan holds this very operation; what `fields_before` leaves out was empty."""
        return self.judge(integration, side, kind, rid, fields_before, fields_after) is Admission.ADMITTED

    def judge(
        self,
        integration: str,
        side: Side,
        kind: str,
        rid: str,
        fields_before: Mapping[str, Any],
        fields_after: Mapping[str, Any],
    ) -> Admission:
        """Say whether the plan holds this very operation, another one for the record, or none."""
        section = self._sections.get((integration, side.value, kind))
        if section is None:
            return Admission.NEW
        wanted = _digest_of({name: (fields_before.get(name), after) for name, after in fields_after.items()})
        planned = self._index.execute(
            "UPDATE planned SET asked = 1 WHERE section = ? AND rid = ? RETURNING fields", (section, rid)
        ).fetchall()
        if not planned:
            return Admission.NEW
        return Admission.ADMITTED if (wanted,) in planned else Admission.MOVED

    def leftovers(self) -> Iterator[OperationPlanned]:
        """Give the operations nobody asked about, in the order of the plan: nothing calls for them any more."""
        for (place,) in self._index.execute("SELECT place FROM planned WHERE NOT asked ORDER BY place"):
            self._file.seek(place)
            yield _planned(orjson.loads(self._file.readline(_LONGEST_LINE)), Admission.MOVED.value)

    def _read_operations(self) -> None:
        rows = []
        for place, body in _operations(self._file):
            section = self._sections.setdefault((body["integration"], body["side"], body["kind"]), len(self._sections))
            changes = {name: (c["before"], c["after"]) for name, c in body["fields"].items()}
            rows.append((section, body["key"], _digest_of(changes), place))
            if len(rows) == _INDEXED_AT_ONCE:
                self._keep(rows)
                rows = []
        self._keep(rows)

    def _keep(self, rows: list[tuple[int, str, bytes, int]]) -> None:
        self._index.executemany("INSERT OR IGNORE INTO planned(section, rid, fields, place) VALUES(?, ?, ?, ?)", rows)


def operations_of(path: Path, project_id: str) -> Iterator[OperationPlanned]:
    """Give every operation of a plan that was made for that project file, in its order.

    Raises NotThisPlan where it is none or another's, PlanIsDamaged where it is not whole, both before the first one.
    """
    with _opened(path) as file:
        _checked(file, path)
        _plan_for(file, path, project_id)
        for _, body in _operations(file):
            yield _planned(body)


def page_of(
    path: Path, project_id: str, wanted: PlanWanted, place: int | None, skip: int = 0, limit: int = 500
) -> PlanPage:
    """Give some of a plan's operations that are asked for, from a place in it; with None, from its `skip`th operation.

    A page of a long plan ends where enough of it was looked at, and may then hold few of them, or none. The whole is
    checked with the first page only. Raises as `operations_of`.
    """
    found: list[OperationPlanned] = []
    with _opened(path) as file:
        if place is None:
            _checked(file, path)
        _plan_for(file, path, project_id)
        looked = 0
        for at, body in _operations(file, place or 0):
            if place is None and skip > 0:
                skip -= 1
                continue
            if len(found) == limit or looked == _LOOKED_AT_ONCE:
                return PlanPage(tuple(found), at)
            looked += 1
            operation = _planned(body)
            if wanted.takes(operation):
                found.append(operation)
    return PlanPage(tuple(found), None)


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    try:
        file = path.open("rb")
    except OSError as error:
        raise NotThisPlan(f"The plan cannot be read: {error.strerror}.", _MAKE_ANEW, str(path)) from None
    with file:
        yield file


def _planned(body: Mapping[str, Any], not_applied: str = "") -> OperationPlanned:
    fields = {n: FieldChange(c["before"], c["after"], c["rule"]) for n, c in body["fields"].items()}
    return OperationPlanned(body["integration"], Side(body["side"]), body["kind"], body["key"], fields, not_applied)


def _digest_of(changes: Mapping[str, Any]) -> bytes:
    return blake2b(orjson.dumps(changes, option=orjson.OPT_SORT_KEYS), digest_size=16).digest()


def _checked(file: BinaryIO, path: Path) -> dict[str, Any]:
    """Read the whole file once, hold it against its checksum, and give the line before that."""
    digest = blake2b(digest_size=16)
    before, last = b"", b""
    for line in _lines(file):
        digest.update(before)
        before, last = last, line
    end, seal = _body(before), _body(last)
    digest.update(before)
    if seal.get("blake2b") != digest.hexdigest() or "plan_hash" not in end:
        file.seek(0)
        if "disf_plan" not in _body(next(_lines(file), b"")):
            raise NotThisPlan(
                "This file is no plan.", "Name a file that disf preview FILE --save PLAN made.", str(path)
            )
        raise PlanIsDamaged("The plan is not whole, or it was changed.", _MAKE_ANEW, str(path))
    return end


def _plan_for(file: BinaryIO, path: Path, project_id: str) -> PlanFor:
    file.seek(0)
    head = _body(next(_lines(file)))
    if head.get("disf_plan") != VERSION:
        raise PlanIsDamaged("The plan was made by another version of this program.", _MAKE_ANEW, str(path))
    if head["project"] != project_id:
        raise NotThisPlan("The plan was made for another project file.", "Name the plan of this one.", str(path))
    return PlanFor(head["project"], tuple(head["integrations"]), head["made"])


def _operations(file: BinaryIO, place: int = 0) -> Iterator[tuple[int, dict[str, Any]]]:
    """Give the operations of a checked file from a place on, each with its place in it."""
    file.seek(place)
    for line in _lines(file):
        body = orjson.loads(line)
        if "key" in body:
            yield place, body
        place += len(line)


def _lines(file: BinaryIO) -> Iterator[bytes]:
    while line := file.readline(_LONGEST_LINE):
        yield line


def _body(line: bytes) -> dict[str, Any]:
    """Read a line that may be anything; what is no JSON object has no members."""
    try:
        body = orjson.loads(line)
    except orjson.JSONDecodeError:
        return {}
    return body if isinstance(body, dict) else {}


@contextmanager
def _told_of_writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in OUT_OF_ROOM:
            raise DiskFull("The disk is too full for the plan.", MAKE_ROOM, str(path)) from None
        raise LedgerError(
            f"The plan cannot be written: {error.strerror}.", "Choose another place for it.", str(path)
        ) from None
