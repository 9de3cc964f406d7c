"""The people on both sides: what they do, drawn from the seed. Every value that they write is new, so that each can be
followed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from tests.simulation.account import Shelf
from tests.simulation.ground import DIALOG_INSIGHT, SALESFORCE
from tests.simulation.histories import EXTERNAL_ID
from tests.simulation.scene import PAIRS, Scene

TARGETS: Final = {pair.source: pair.target for pair in PAIRS if not pair.key}
MOST_CONTACTS, MOST_BORN, MOST_ORDERS = 4, 3, 3

FORMS: Final = {
    "LastName": ("{n} Roy", "{n} Lacroix-Tremblay", " {n} Zoé "),
    "Email": ("p{n}@example.org", "P{n}@Example.ORG", "p{n}@example.org", "bad {n}"),
    "Phone": ("514 {n:04}", "514 {n:04}", None),
    "Title": ("Title {n}", "Title {n}", None),
    "City__c": ("City {n}", "City {n}", None),
    "Birthdate": ("{day}", None),
}
"""What people write, by Salesforce field; {n} is new each time."""
DEEDS: Final = (
    ("saves", 30), ("edits", 30), ("comes", 6), ("deletes", 3), ("undeletes", 2), ("merges", 2), ("removes", 2),
    ("answers", 8), ("says_it_in_salesforce", 6), ("begins_a_transaction", 5), ("commits", 6), ("orders", 4),
    ("is_born", 5), ("edits_who_was_born", 4), ("exports", 8), ("moves_in_or_out", 20),
)  # fmt: skip

MOODS: Final[tuple[dict[str, float], ...]] = (
    {},
    {"answers": 6, "says_it_in_salesforce": 4, "begins_a_transaction": 0.2, "saves": 0.4, "edits": 0.3},
    {"deletes": 5, "undeletes": 6, "merges": 3, "removes": 3, "comes": 2},
)
"""What people do more often, or less, in a schedule."""
EXPORT_FAULTS: Final = ("", "", "", "export_stale", "exports_swapped", "export_halved", "export_repeated")


@dataclass(frozen=True)
class Decided:
    """A person decided a conflict of a field, at this place in the order of everything that happens."""

    sf_id: str | None
    di_rid: str | None
    field: str
    number: int


@dataclass
class People:
    """Everybody who works in the two services of a scene."""

    scene: Scene
    tokens: int = 0
    erased: dict[str, int] = field(default_factory=dict)
    known_when_gone: set[str] = field(default_factory=set)
    chosen: list[Decided] = field(default_factory=list)
    acted: int = 0
    faultless: bool = False

    def __post_init__(self) -> None:
        scene = self.scene
        self.rng, self.org, self.account = scene.rng, scene.org, scene.account
        self.contacts: Shelf = self.account.lists[123456]
        self.forms: Shelf = self.account.lists[123502]
        kinds = {each.name for each in scene.integrations}
        self.without = {"orders"} - ({"orders"} if "Orders" in kinds else set())
        if self.scene.exports is None:
            self.without |= {"exports"}
        if not self.scene.filters:
            self.without |= {"moves_in_or_out"}
        if self.faultless:
            self.without |= {"begins_a_transaction", "commits"}
        if "Web forms" not in kinds:
            self.without |= {"is_born", "edits_who_was_born"}
        [number] = self.rng.choices(range(len(MOODS)), (5, 4, 1))
        mood = MOODS[number]
        self.of_consents = number == 1
        self.names = [name for name, _ in DEEDS if name not in self.without]
        self.fields: Sequence[str] = sorted(FORMS)
        """What they write into, by Salesforce field."""
        self.exported: Sequence[str] = EXPORT_FAULTS
        """What may be wrong with an export of theirs."""
        self.weights = [weight * mood.get(name, 1) for name, weight in DEEDS if name not in self.without]

    def prefer(self, often: Mapping[str, float]) -> None:
        """Let people do some things so many times as often."""
        self.weights = [weight * often.get(name, 1) for name, weight in zip(self.names, self.weights, strict=True)]

    def act(self) -> None:
        """Let somebody do something."""
        [name] = self.rng.choices(self.names, self.weights)
        deed: Callable[[], object] = getattr(self, name)
        if deed() is not None:
            self.acted += 1

    def touches(self, side: str, rids: list[str]) -> None:
        """Let somebody do something to one of these records, or whatever comes next where nobody can."""
        live = self._free() if side == SALESFORCE else [str(number) for number in sorted(self.contacts.rows)]
        there = [rid for rid in rids if rid in live]
        if not there:
            self.act()
            return
        rid, consents = self.rng.choice(there), self.rng.random() < (0.6 if self.of_consents else 0.2)
        if side == SALESFORCE:
            values = {"Newsletter__c": self.rng.choice(("Yes", "No", "No"))} if consents else self.values(SALESFORCE)
            self.org.save("Contact", rid, values)
            self._told("saves", rid, values)
        elif consents:
            state = self.rng.choice((True, False, False, None))
            self.account.say(self.contacts, int(rid), state)
            self._told("answers", rid, state)
        else:
            values = self.there(self.values(DIALOG_INSIGHT))
            values.pop("Birth", None)
            self.account.edit(self.contacts, int(rid), values)
            self._told("edits", rid, values)
        self.acted += 1

    # -- what they write -----------------------------------------------------------------------------------------------

    def values(self, side: str, *names: str) -> dict[str, Any]:
        """Give new values by Salesforce field; those named, or some."""
        rng = self.rng
        number = rng.choice((1, 1, 1, 2)) if not names else 0
        chosen = names or rng.sample(self.fields, min(number, len(self.fields)))
        return {name: self._value(name, side, plain=bool(names)) for name in chosen}

    def _value(self, name: str, side: str, *, plain: bool) -> Any:
        self.tokens += 1
        form = FORMS[name][0] if plain else self.rng.choice(FORMS[name])
        if form is None:
            return None
        mark = "-" if side == SALESFORCE else "."
        day = f"{1950 + self.tokens // 300}{mark}{1 + self.tokens // 28 % 12:02}{mark}{1 + self.tokens % 28:02}"
        return form.format(n=self.tokens, day=day)

    def there(self, values: dict[str, Any]) -> dict[str, Any]:
        return {TARGETS[name]: value for name, value in values.items()}

    def _told(self, name: str, *words: object) -> bool:
        self.scene.trace.note("deed", name, *words)
        return True

    def _free(self) -> list[str]:
        return self.org.free()

    # -- in Salesforce -------------------------------------------------------------------------------------------------

    def comes(self) -> bool | None:
        """Somebody is entered in Salesforce; maybe Dialog Insight has them under their Id already, and nobody knows."""
        if len(self.org.rows["Contact"]) >= MOST_CONTACTS:
            return None
        some = self.values(SALESFORCE) | self.values(SALESFORCE, "LastName", "Email")
        rid = self.org.insert("Contact", **some)
        if self.rng.random() < (0.6 if self.of_consents else 0.25):
            values = self.values(DIALOG_INSIGHT) | self.values(DIALOG_INSIGHT, "LastName", "Email")
            there = {name: value for name, value in self.there(values).items() if name != "Birth"}
            self.account.add(self.contacts, {**there, "SalesforceID": rid})
        return self._told("comes", rid, some)

    def saves(self) -> bool | None:
        if not (free := self._free()):
            return None
        rid, values = self.rng.choice(free), self.values(SALESFORCE)
        self.org.save("Contact", rid, values)
        return self._told("saves", rid, values)

    def begins_a_transaction(self) -> bool | None:
        free = self._free()
        if not free or not self.org.covers:
            return None
        rid, values = self.rng.choice(free), self.values(SALESFORCE)
        self.org.begin_late(rid, values)
        self.scene.trace.fault("late_commit_under_an_old_stamp")
        return self._told("begins_a_transaction", rid, values)

    def commits(self) -> bool | None:
        if not self.org.hidden:
            return None
        self.org.commit_late()
        return self._told("commits")

    def deletes(self) -> bool | None:
        if not (free := self._free()):
            return None
        rid = self.rng.choice(free)
        self._goes(rid)
        self.org.delete("Contact", rid)
        return self._told("deletes", rid)

    def _goes(self, rid: str) -> None:
        """Note who was tied when its Salesforce record went: their contact is to be flagged."""
        if self.scene.rows("SELECT 1 FROM seen WHERE side = 'SF' AND rid = ?", rid):
            linked = self.scene.rows("SELECT di_rid FROM link WHERE sf_id = ? AND di_rid IS NOT NULL", rid)
            self.known_when_gone |= {number for (number,) in linked}

    def undeletes(self) -> bool | None:
        # Salesforce refuses to bring back what has a unique value of a record that is there (DUPLICATE_VALUE).
        taken = {row.values[EXTERNAL_ID] for row in self.org.rows["Contact"].values()} - {None}
        gone = [
            rid for rid, row in self.org.bin["Contact"].items()
            if rid not in self.org.masters and rid not in self._there() and row.values[EXTERNAL_ID] not in taken
        ]  # fmt: skip
        if not gone:
            return None
        # Salesforce stamps whole seconds: what was deleted and brought back within one cannot be told apart.
        self.scene.time.advance(1)
        rid = self.rng.choice(gone)
        self.org.undelete("Contact", rid)
        return self._told("undeletes", rid)

    def _there(self) -> set[str]:
        return set(self.org.rows["Contact"])

    def merges(self) -> bool | None:
        free = self._free()
        if len(free) < 2:
            return None
        loser, master = self.rng.sample(free, 2)
        self._goes(loser)
        self.org.merge(master, loser, self.values(SALESFORCE))
        return self._told("merges", master, loser)

    def says_it_in_salesforce(self) -> bool | None:
        if not (free := self._free()):
            return None
        rid, said = self.rng.choice(free), self.rng.choice(("Yes", "No", "No"))
        self.org.save("Contact", rid, {"Newsletter__c": said})
        return self._told("says", rid, said)

    def orders(self) -> bool | None:
        free = self._free()
        number = len(self.org.rows["Order__c"])
        if not free or number >= MOST_ORDERS:
            return None
        contact = self.rng.choice(free)
        self.tokens += 1
        self.org.insert("Order__c", Number__c=f"A-{number}", Contact__c=contact, City__c=f"City {self.tokens}")
        return self._told("orders", contact)

    # -- in Dialog Insight ---------------------------------------------------------------------------------------------

    def moves_in_or_out(self) -> bool | None:
        """Give a contact a title, or take it away: where only those with one are kept in step."""
        if not (live := self._free()):
            return None
        rid = self.rng.choice(live)
        self.tokens += 1
        had = self.org.rows["Contact"][rid].values["Title"] is not None
        values = {"Title": None if had else f"Title {self.tokens}"}
        self.org.save("Contact", rid, values)
        return self._told("moves", rid, values)

    def edits(self) -> bool | None:
        if not self.contacts.rows:
            return None
        number = self.rng.choice(sorted(self.contacts.rows))
        values = self.there(self.values(DIALOG_INSIGHT))
        values.pop("Birth", None)
        self.account.edit(self.contacts, number, values)
        return self._told("edits", number, values)

    def removes(self) -> bool | None:
        """Somebody erases a contact whom the program knows."""
        known = [n for n in sorted(self.contacts.rows) if self.scene.rows(
            "SELECT 1 FROM link l JOIN target t ON t.id = l.target AND t.name LIKE '%/Contact' WHERE l.di_rid = ?",
            str(n))]  # fmt: skip
        if not known:
            return None
        number = self.rng.choice(known)
        self.erased[str(self.contacts.rows[number]["SalesforceID"])] = self.scene.time.tick()
        self.account.remove(self.contacts, number)
        return self._told("removes", number)

    def answers(self) -> bool | None:
        if not self.contacts.rows:
            return None
        number, state = self.rng.choice(sorted(self.contacts.rows)), self.rng.choice((True, False, False, None))
        self.account.say(self.contacts, number, state)
        return self._told("answers", number, state)

    def exports(self) -> bool | None:
        """Somebody exports the contacts; what comes into the folder may not be what it seems."""
        assert self.scene.exports is not None
        fault = self.rng.choice(self.exported)
        self.scene.exports.export("" if self.faultless else fault)
        return self._told("exports")

    def is_born(self) -> bool | None:
        """Somebody enters a form; maybe under the e-mail of a contact that Salesforce has."""
        if len(self.forms.rows) >= MOST_BORN:
            return None
        values = self.there(self.values(DIALOG_INSIGHT, "LastName", "Email", "Phone"))
        free = self._free()
        if free and self.rng.random() < 0.4:
            email = self.org.rows["Contact"][self.rng.choice(free)].values["Email"]
            if email and self.forms.by_key(email) is None:
                values["EMail"] = email
        number = self.account.add(self.forms, values)
        return self._told("is_born", number, values)

    def edits_who_was_born(self) -> bool | None:
        if not self.forms.rows:
            return None
        number = self.rng.choice(sorted(self.forms.rows))
        values = self.there(self.values(DIALOG_INSIGHT, self.rng.choice(("LastName", "Phone", "City__c"))))
        self.account.edit(self.forms, number, values)
        return self._told("edits_who_was_born", number, values)
