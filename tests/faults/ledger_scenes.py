"""A ledger that is begun anew, or comes from a backup, in a town where nobody acts."""

from __future__ import annotations

from typing import Final

from disf_desktop.storage.ledger_schema import MIGRATIONS
from tests.faults.scenes import Scene, Words, answered, newcomer
from tests.faults.town import Town


def everything_begins_anew(town: Town) -> Words:
    """The ledger is put aside; the next run meets everybody for the first time."""
    command = town.start("restore", "--anew")
    assert command.wait() == 0, command.err
    return ("sync",)


def a_backup_is_put_back(town: Town) -> Words:
    town.run()
    for each in (town.ledger.parent / "backups").glob("ledger-2*.sqlite"):
        each.unlink()  # which may be of a ledger that had only begun
    town.run()
    [*_, newest] = sorted((town.ledger.parent / "backups").glob("ledger-2*.sqlite"))
    return ("restore", "--backup", newest.name)


def a_ledger_is_put_aside(town: Town) -> Words:
    town.run()
    return ("restore", "--anew")


def a_restored_ledger_is_read_again(town: Town) -> Words:
    words = a_backup_is_put_back(town)
    command = town.start(*words)
    assert command.wait() == 0, command.err
    return ("sync",)


def so_many_that_they_come_in_bulk(town: Town) -> Words:
    """An org that counts more people than it has, so that they are read by a bulk query, filter and all."""
    everything_begins_anew(town)
    answered(town, {"sObjects": [{"name": "Contact", "count": 60_000}]}, "limits")
    return ("sync",)


def somebody_may_satisfy_the_filter(town: Town) -> Words:
    newcomer(town)
    town.at.later()
    return ("sync",)


_STEPS: Final = tuple(f"Ledger.open step {number}" for number in range(1, len(MIGRATIONS) + 1))

STARTING_OVER: Final = (
    Scene(
        everything_begins_anew,
        (
            "ConsentsSeen.register_optins",
            "Doubt.settle_down",
            "Ledger.open",
            *_STEPS,
            "Observations.register",
            "Tables.layout",
        ),
        silent=("database._set_writer_pragmas",),
        sends=("ContactList.probe", "SalesforceOrg.count", "_Table.find"),
    ),
    Scene(a_backup_is_put_back, ("Doubt.distrust",), ("backups.put_aside", "backups.restore")),
    Scene(a_ledger_is_put_aside, (), ("backups.put_aside",)),
    Scene(a_restored_ledger_is_read_again, ("ConsentsSeen.register_optins", "Scan.start_scan", "read._store")),
)
"""Where nobody acts, so that both sides agree whatever becomes of the ledger."""

IN_BULK: Final = (
    Scene(so_many_that_they_come_in_bulk, ("Observations.bring_into_scope",), sends=("SalesforceOrg.read_all",)),
    Scene(somebody_may_satisfy_the_filter, sends=("SalesforceOrg.in_scope",)),
)
"""Where an integration has a filter, too."""
