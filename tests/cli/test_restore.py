"""A ledger that is damaged, and everything compared anew, as a script meets them."""

from __future__ import annotations

from tests.cli.conftest import Desk


def damage(disf: Desk) -> None:
    content = bytearray(disf.ledger.read_bytes())
    content[4096 * 3 + 100] ^= 1
    disf.ledger.write_bytes(content)


def test_everything_is_compared_anew_where_a_person_asks_for_it(disf: Desk) -> None:
    disf.only("Contacts")
    first = disf("sync").the("run_finished")
    writes = disf.writes()
    again = disf("sync", "--audit")
    assert again.the("run_finished")["salesforce"]["read"] == first["salesforce"]["read"]
    assert [each["code"] for each in again.of("notice")] == ["audited"]
    assert disf.writes() == writes
    assert disf("sync", "--audit", "--plan", "any.plan", json=False).code == 2


def test_a_damaged_ledger_is_told_with_the_way_out_and_restored_and_kept(disf: Desk) -> None:
    disf.only("Contacts")
    first = disf("sync").the("run_finished")
    disf("sync")
    contacts, writes = disf.contacts(), disf.writes()
    damage(disf)
    told = disf("sync")
    assert (told.code, told.the("error")["code"]) == (1, "ledger_damaged")
    assert "disf restore" in told.the("error")["what_to_do"]
    [backup] = disf("restore", "--list").of("backup")
    done = disf("restore")
    finished = done.the("restore_finished")
    assert (done.code, finished["restored"], finished["backup"]) == (0, True, backup["name"])
    [aside] = [each for each in disf.ledger.parent.glob("ledger.sqlite.aside-*") if not each.name.endswith("-wal")]
    assert finished["aside"] == str(aside)
    after = disf("sync").the("run_finished")
    assert after["salesforce"]["read"] == first["salesforce"]["read"]
    assert (disf.contacts(), disf.writes()) == (contacts, writes)
    in_words = disf("restore", "--backup", backup["name"], json=False)
    assert "compares everything anew" in in_words.out
    assert "is kept" in in_words.out
