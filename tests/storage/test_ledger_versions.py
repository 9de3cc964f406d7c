"""A ledger that an earlier program wrote goes on with all that it held; one of a later program is left alone."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

import apsw
import pytest

from disf_desktop.core.errors import LedgerIsNewer
from disf_desktop.core.operations import ABSENT, Base
from disf_desktop.storage.database import close_database, open_database
from disf_desktop.storage.ledger import Ledger
from disf_desktop.storage.ledger_schema import MIGRATIONS
from tests.storage.ledger_contents import (
    AT,
    KEY,
    LATER,
    PAIRS,
    SOURCES,
    TARGETS,
    bring,
    done,
    everything,
    fill,
    make,
    rid,
    values,
)

FIXTURES = Path(__file__).parent / "fixtures"


def opened(fixture: str, tmp_path: Path) -> Ledger:
    path = tmp_path / "old" / "ledger.sqlite"
    path.parent.mkdir()
    shutil.copy(FIXTURES / fixture, path)
    return Ledger.open(path, KEY)


@pytest.mark.parametrize("version", [3, 4, 5])
def test_a_ledger_of_version_3_or_later_opens_with_all_it_held(tmp_path: Path, version: int) -> None:
    ledger = Ledger.open(tmp_path / "new" / "ledger.sqlite", KEY)
    fill(ledger)
    bring(ledger)
    with closing(ledger), closing(opened(f"ledger-v{version}.sqlite", tmp_path)) as old:
        expected, found = everything(ledger), everything(old)
        assert dict(found.pop("meta"))["epoch"] == dict(expected.pop("meta"))["epoch"]
        assert found == expected
        assert old.arrivals(1, [{"Key": rid(7)}])[rid(7).lower()].values["Name"] == "Guy"


def test_a_ledger_of_version_2_opens_with_all_it_held(tmp_path: Path) -> None:
    ledger = Ledger.open(tmp_path / "new" / "ledger.sqlite", KEY)
    fill(ledger)
    with closing(ledger), closing(opened("ledger-v2.sqlite", tmp_path)) as old:
        expected, found = everything(ledger), everything(old)
        assert dict(found.pop("meta"))["epoch"] == dict(expected.pop("meta"))["epoch"]
        assert found == expected
        assert found["arrival"] == []


def test_an_import_goes_on_with_a_ledger_of_version_2(tmp_path: Path) -> None:
    with closing(opened("ledger-v2.sqlite", tmp_path)) as old:
        bring(old)
        [arrived] = old.arrivals(1, [{"Key": rid(1)}, {"Key": rid(7)}]).values()
        assert (arrived.rid, arrived.values["Tags"], "Deleted" in arrived.values) == ("1007", ("blue", "red"), False)
        assert old.pending_found(1, 1, 1, "", 10)[0].found == (rid(1), "Anouk", ("blue", "red"), None)


def test_a_ledger_of_version_1_opens_with_all_it_held(tmp_path: Path) -> None:
    def packed(number: int, name: str) -> str:
        return f'["{rid(number)}","{name}",["blue","red"]]'

    with closing(opened("ledger-v1.sqlite", tmp_path)) as old:
        found = {name: each for name, each in everything(old).items() if each}
        assert dict(found.pop("meta"))["epoch"] == "2"
        asides = [
            (n, 1, "dialog_insight", rid(r), "Name", code, "Dialog Insight refused it.", "Correct it.", '{"length":3}',
             "r9", AT, AT, 1, 1, "waiting", None)
            for n, r, code in ((1, 2, "31"), (2, 5, "unreadable"))
        ]  # fmt: skip
        unreadable = f'["{rid(5)}",{{"\\u0000bad":"unreadable"}},null]'
        assert found == {
            "layout": [(1, '{"source":["Id","Name","Tags__c"],"target":["Key","Name","Tags"]}')],
            "target": [(1, "example/1/Contact")],
            "integration": [(1, "Contacts", 1, b"settings")],
            "stream": [(1, "SF", AT, LATER, LATER, rid(6), 1, b"fingerprint", AT)],
            "seen": [
                (1, "SF", rid(1), LATER, 1, packed(1, "Anna"), 0, 2, 0, None),
                *((1, "SF", rid(n), AT, 1, packed(n, "Ann"), 0, 1, 0, None) for n in (2, 3, 4)),
                (1, "SF", rid(5), AT, 1, unreadable, 0, 1, 0, None),
                (1, "SF", rid(6), LATER, 1, packed(6, "Ann"), 1, 2, 0, None),
            ],
            "link": [
                (1, 1, 1, rid(1), rid(1).lower(), "1001", 0, None, None, None, 0, None),
                (2, 1, 1, rid(3), rid(3).lower(), "1003", 0, None, None, None, 0, None),
                (3, 1, 1, rid(6), rid(6).lower(), None, 0, None, None, None, 0, None),
            ],
            "base": [
                (1, 1, packed(1, "Anna"), packed(1, "Anna"), 2),
                (2, 1, packed(3, "Ann"), packed(3, "Anne"), None),
            ],
            "run": [(1, AT, AT, "partial", '{"status":"partial","set_aside":2}'), (2, LATER, None, None, None)],
            "batch": [
                (1, 1, 1, "create", 1, 2, "DONE", "r1", AT, "DI"),
                (2, 2, 1, "update", 2, 1, "DONE", "r2", LATER, "DI"),
                (3, 2, 1, "create", 2, 1, "INTENT", None, LATER, "DI"),
            ],
            "op": [
                (1, 2, 1, "DI", rid(1), None, '{"Name":"Anna"}', '{"Name":"Ann"}', *[None] * 4, 1, 0, None, None,
                 "APPLIED"),
                (2, 3, 3, "DI", rid(6), f'{{"Key":"{rid(6)}"}}', '{"Name":"Ann","Tags":["blue","red"]}', None,
                 packed(6, "Ann"), None, None, None, 1, 0, None, None, "INTENT"),
            ],
            "conflict": [
                (1, 1, 2, 1, "Name", '"Ann"', '"Anne"', "dialog_insight_wins", "dialog_insight", "resolved", AT)
            ],
            "set_aside": asides,
        }  # fmt: skip


def test_a_run_goes_on_with_a_ledger_of_version_1(tmp_path: Path) -> None:
    with closing(opened("ledger-v1.sqlite", tmp_path)) as old:
        run = old.begin_run(LATER)
        [batch] = old.open_batches(1)
        [operation] = batch.operations
        assert (operation.rid, operation.source, operation.base) == (rid(6), values(6)[:3], None)
        assert old.pair_places(batch.layout) == (0, 1, 2)
        ours = values(6)[:3]
        old.settle(batch, 1, run, LATER, "r1", applied=[done(operation, "1006", Base(ours, ours))])
        layout = old.layout(SOURCES, TARGETS, PAIRS)
        old.store_page(1, layout, run, [(rid(n), LATER, values(n)) for n in (3, 6)], None)
        third, sixth = old.pending(1, 1, layout, "", 10)
        assert third.base == Base((rid(3), "Ann", ("blue", "red")), (rid(3), "Anne", ("blue", "red"), ABSENT))
        assert sixth.base == Base(ours, (*ours, ABSENT))


@pytest.mark.parametrize("version", range(1, len(MIGRATIONS) + 1))
def test_the_file_of_a_version_has_the_tables_that_its_steps_make(tmp_path: Path, version: int) -> None:
    def schema_of(path: Path) -> list[tuple[Any, ...]]:
        connection = open_database(path, KEY, MIGRATIONS[:version])
        found = list(connection.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY name"))
        close_database(connection)
        return found

    shutil.copy(FIXTURES / f"ledger-v{version}.sqlite", tmp_path / "kept.sqlite")
    assert schema_of(tmp_path / "kept.sqlite") == schema_of(tmp_path / "new.sqlite")


@pytest.mark.parametrize("version", range(1, len(MIGRATIONS)))
def test_a_ledger_that_was_brought_up_to_date_is_whole_and_has_the_tables_of_a_new_one(
    tmp_path: Path, version: int
) -> None:
    def shape(path: Path) -> list[tuple[Any, ...]]:
        connection = open_database(path, KEY, MIGRATIONS)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        found = list(connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name"))
        close_database(connection)
        return found

    shutil.copy(FIXTURES / f"ledger-v{version}.sqlite", tmp_path / "kept.sqlite")
    assert shape(tmp_path / "kept.sqlite") == shape(tmp_path / "new.sqlite")


@pytest.mark.parametrize(
    ("version", "cut"), [(v, step) for v in range(1, len(MIGRATIONS)) for step in range(v, len(MIGRATIONS))]
)
def test_a_ledger_whose_way_to_the_newest_version_was_cut_short_goes_the_rest_of_it(
    tmp_path: Path, version: int, cut: int
) -> None:
    """`cut` is the step (from 0) in which the power goes, when all that it makes is made and not yet durable."""

    def cut_short(connection: apsw.Connection) -> None:
        MIGRATIONS[cut](connection)
        raise KeyboardInterrupt

    path = tmp_path / "old" / "ledger.sqlite"
    path.parent.mkdir()
    shutil.copy(FIXTURES / f"ledger-v{version}.sqlite", path)
    with pytest.raises(KeyboardInterrupt):
        open_database(path, KEY, [*MIGRATIONS[:cut], cut_short, *MIGRATIONS[cut + 1 :]])
    shutil.copy(FIXTURES / f"ledger-v{version}.sqlite", tmp_path / "whole.sqlite")
    with closing(Ledger.open(tmp_path / "whole.sqlite", KEY)) as whole, closing(Ledger.open(path, KEY)) as again:
        assert again._connection.pragma("user_version") == len(MIGRATIONS)
        assert everything(again) == everything(whole)
    assert (path.parent / "backups" / f"ledger-before-v{version + 1}.sqlite").exists()


def test_a_ledger_of_a_newer_program_is_left_alone(ledger_path: Path) -> None:
    make(ledger_path)
    connection = open_database(ledger_path, KEY, MIGRATIONS)
    connection.pragma("user_version", len(MIGRATIONS) + 1)
    close_database(connection)
    with pytest.raises(LedgerIsNewer):
        Ledger.open(ledger_path, KEY)
