"""Files with people who were erased from Dialog Insight: nothing makes them again unasked (promise I19)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from disf_desktop.core.errors import ServiceUnavailable
from disf_desktop.core.importing.recipe import ImportMode
from disf_desktop.core.importing.rows import RowReason, RowState
from disf_desktop.core.refusals import Reason
from disf_desktop.core.suppression import identities
from disf_desktop.storage.ledger import Ledger
from tests.engine.checking import CONTACTS, PEOPLE, Checking
from tests.engine.fakes import Fault
from tests.engine.import_world import ImportWorld, Rows
from tests.engine.world import KEY

AT = "2026-01-05T10:00:00Z"
NAMES = ("Code", "EMail", "FirstName")
LIST = "example/1/Contact"
HERE = ("Ext__c", "LastName", "Email")
CREATED, UPDATED, REFUSED = RowState.CREATED, RowState.UPDATED, RowState.REFUSED

Made = Callable[..., Checking]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with closing(Ledger.open(tmp_path / "ledger.sqlite", KEY)) as ledger:
        yield ledger


@pytest.fixture
def file(tmp_path: Path, ledger: Ledger) -> Made:
    def make(*rows: Sequence[str], schema: Any = CONTACTS, names: Sequence[str] = NAMES, **more: Any) -> Checking:
        return Checking(tmp_path / "imports" / "one-1.sqlite", schema, names, rows, ledger=ledger, **more)

    return make


def mail(n: int) -> str:
    return f"person{n}@example.org"


def forget(ledger: Ledger, key: str, address: str = "") -> None:
    ledger.suppress(identities(key, {"EMail": address} if address else {}), "erased", AT)


def lately_erased(ledger: Ledger, target: str, key: str, address: str) -> None:
    """Leave a link of somebody who was found to be gone, of whom the ledger still holds what it knew."""
    number = ledger.target_for(target)
    ledger.register("Contacts", target, b"settings")
    layout = ledger.layout((), ("EMail",), ())
    c = ledger._connection
    c.execute(
        "INSERT INTO link(id, target, integration, sf_id, di_key, di_rid, state) VALUES(7, ?, 1, '003A', ?, '1', 2)",
        (number, key),
    )
    c.execute("INSERT INTO base(link, layout, sf, di) VALUES(7, ?, '[]', ?)", (layout, f'["{address}"]'))


# The check


def test_a_row_of_an_erased_person_is_refused_known_by_the_key_or_by_the_address(file: Made, ledger: Ledger) -> None:
    forget(ledger, "a1", "ann@example.org")
    told = file(
        ("A1 ", "new@example.org", "Ann"),
        ("B2", " ANN@example.org", "Ann"),
        ("C3", "bob@example.org", "Bob"),
        ("D4", "dan@example.org", "Ann"),
    ).run()
    assert told.codes == {2: Reason.ERASED, 3: Reason.ERASED}
    assert [(p.column, p.field) for p in told.refused[2]] == [("EMail", "EMail")]
    assert told.cells[3] == ("B2", " ANN@example.org", "Ann")
    assert (told.counts.refused, told.counts.decided, told.counts.to_send) == (2, 2, 2)
    assert told.counts.problems == {Reason.ERASED: 2}
    assert [event.problem.row for event in told.told] == [2, 3]


def test_who_was_erased_lately_is_known_before_the_hashes_are_made(file: Made, ledger: Ledger) -> None:
    lately_erased(ledger, LIST, "a1", "Ann@example.org")
    told = file(("A1", mail(1), "Ann"), ("B2", "ann@example.org", "Ann"), ("C3", mail(3), "Bob")).run()
    assert told.codes == {2: Reason.ERASED, 3: Reason.ERASED}


def test_a_row_of_a_custom_table_that_is_gone_is_no_erased_person(file: Made, ledger: Ledger) -> None:
    lately_erased(ledger, "example/1/ORDERS", "a1", "ann@example.org")
    assert file(("A1", "ann@example.org", "Ann")).run().refused == {}


def test_rows_of_a_custom_table_are_about_no_people(file: Made, ledger: Ledger) -> None:
    forget(ledger, "a1", "ann@example.org")
    assert file(("A1", "ann@example.org", "Ann"), of_people=False).run().refused == {}


def test_who_is_known_to_be_there_again_is_no_erased_person_any_more(file: Made, ledger: Ledger) -> None:
    forget(ledger, "a1", "ann@example.org")
    ledger.register("Contacts", LIST, b"settings")
    ledger._connection.execute(
        "INSERT INTO link(target, integration, sf_id, di_key, di_rid) VALUES(?, 1, '003A', 'a1', '2')",
        (ledger.target_number(LIST),),
    )
    told = file(("A1", "ann@example.org", "Ann"), ("B2", "ann@example.org", "Ann")).run()
    assert told.codes == {3: Reason.ERASED}, "the other one would be made anew under her address"


def test_rows_that_are_refused_for_it_are_no_doubles_of_one_another(file: Made, ledger: Ledger) -> None:
    forget(ledger, "a1")
    told = file(("A1", mail(1), "Ann"), ("a1", mail(2), "Ann"), ("B2", mail(3), "x"), ("B2", mail(4), "y")).run()
    assert told.codes == {
        2: Reason.ERASED,
        3: Reason.ERASED,
        4: RowReason.DUPLICATE_KEY,
        5: RowReason.DUPLICATE_KEY,
    }
    assert (told.counts.refused, told.counts.decided) == (4, 0)


def test_somebody_who_asks_for_them_gets_them_and_is_told_how_many(file: Made, ledger: Ledger) -> None:
    forget(ledger, "a1", "ann@example.org")
    told = file(("A1", mail(1), "Ann"), ("B2", "ann@example.org", "Ann"), ("C3", mail(3), "x"), brings_back=True).run()
    assert told.refused == {}
    assert (told.counts.back, told.counts.decided) == (2, 3)
    assert told.checked.as_json()["brought_back"] == 2


def test_toward_salesforce_only_a_new_record_of_an_erased_person_is_held_back(file: Made, ledger: Ledger) -> None:
    forget(ledger, "somebody", "ann@example.org")
    checking = file(
        ("X1", "Ann", "ANN@example.org"),
        ("X2", "Ann", "ann@example.org"),
        ("X3", "Bob", "bob@example.org"),
        schema=PEOPLE,
        names=HERE,
        key=("Ext__c",),
    )
    checking.org.insert("Contact", Ext__c="X2", LastName="Roy", Email="ann@example.org")
    told = checking.run()
    assert told.codes == {2: Reason.ERASED}
    assert (told.counts.new, told.counts.changed, told.counts.refused) == (1, 1, 1)


def test_toward_salesforce_rows_without_a_key_are_held_back_too_and_updates_never(file: Made, ledger: Ledger) -> None:
    forget(ledger, "somebody", "ann@example.org")
    row = ("X1", "Ann", "ann@example.org")
    made = file(row, schema=PEOPLE, names=HERE, mode=ImportMode.CREATE).run()
    assert made.codes == {2: Reason.ERASED}
    updated = file(row, schema=PEOPLE, names=HERE, key=("Ext__c",), mode=ImportMode.UPDATE).run()
    assert updated.codes == {2: RowReason.NOT_THERE}


# The sending


@pytest.fixture
def world(tmp_path: Path) -> ImportWorld:
    return ImportWorld(tmp_path)


def people(*numbers: int) -> Rows:
    return [{"SalesforceID": f"K{n}", "EMail": f"p{n}@example.org", "LastName": f"Person {n}"} for n in numbers]


def erase(world: ImportWorld, n: int) -> None:
    with closing(Ledger.open(world.ledger_path, KEY)) as ledger:
        forget(ledger, f"k{n}", f"p{n}@example.org")


def there(world: ImportWorld) -> set[object]:
    return {row["SalesforceID"] for row in world.table.rows.values()}


def test_who_was_erased_before_the_check_is_never_sent(world: ImportWorld) -> None:
    erase(world, 2)
    file = world.there(people(1, 2, 3))
    told = file.run()
    assert there(world) == {"K1", "K3"}
    assert "K2" not in str(world.table.sent)
    assert file.states() == {2: CREATED, 3: REFUSED, 4: CREATED}
    assert (told.finished.refused, told.status) == (1, "partial")


def test_who_is_erased_between_the_check_and_the_sending_is_not_sent(world: ImportWorld) -> None:
    file = world.there(people(1, 2, 3))
    erase(world, 2)
    told = file.run()
    assert there(world) == {"K1", "K3"}
    assert [event.problem.code for event in told.refused] == [Reason.ERASED]
    assert file.outcomes()[3].code == Reason.ERASED


def test_who_is_erased_after_a_lost_reply_is_not_made_by_sending_it_again(world: ImportWorld) -> None:
    file = world.there(people(1, 2))
    world.table.faults.extend([Fault.UNKNOWN_AFTER] * 9)
    assert isinstance(file.run().error, ServiceUnavailable)
    assert (file.open_batches(), there(world)) == (1, {"K1", "K2"})
    world.table.faults.clear()
    for rid in list(world.table.rows):
        world.table.remove(rid)
    erase(world, 2)
    file.run()
    assert there(world) == {"K1"}
    assert file.states() == {2: CREATED, 3: REFUSED}
    assert file.open_batches() == 0


def test_who_is_brought_back_on_purpose_is_erased_no_more(world: ImportWorld) -> None:
    erase(world, 2)
    world.there(people(1, 2), brings_back=True).run()
    assert there(world) == {"K1", "K2"}
    with closing(Ledger.open(world.ledger_path, KEY)) as ledger:
        assert not ledger.erased_people(), "the next sync has nothing to ask about"


def test_who_is_not_stored_stays_erased_though_somebody_asked(world: ImportWorld) -> None:
    erase(world, 2)
    erase(world, 9)
    world.there(people(1), brings_back=True).run()
    with closing(Ledger.open(world.ledger_path, KEY)) as ledger:
        assert ledger.erased_people().among({1: ["key k2"], 2: ["address p9@example.org"], 3: ["key k1"]}) == [1, 2]


@pytest.mark.parametrize("above", [1, 2000])
def test_no_record_of_an_erased_person_is_made_in_salesforce(world: ImportWorld, above: int) -> None:
    world.bulk_above, world.threads = above, True
    file = world.here(
        [{"DI_Contact_Id__c": f"x{n}", "LastName": "Roy", "Email": f"p{n}@example.org"} for n in (1, 2, 3)]
    )
    erase(world, 2)
    told = file.run()
    assert set(world.people()) == {"x1", "x3"}
    assert file.states() == {2: CREATED, 3: REFUSED, 4: CREATED}
    assert [event.problem.code for event in told.refused] == [Reason.ERASED]


def test_a_record_that_is_in_salesforce_is_updated_though_its_person_was_erased(world: ImportWorld) -> None:
    world.contact(DI_Contact_Id__c="x2", LastName="Roy")
    file = world.here([{"DI_Contact_Id__c": "x2", "LastName": "Côté", "Email": "p2@example.org"}])
    erase(world, 2)
    file.run()
    assert file.states() == {2: UPDATED}
