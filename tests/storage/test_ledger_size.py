"""How much room the ledger takes for the people that it knows."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, cast

from disf_desktop.core.journal import Applied
from disf_desktop.core.operations import Base, Create
from disf_desktop.core.records import Position
from disf_desktop.core.values import Value
from disf_desktop.storage.ledger import Ledger

KEY = bytes(range(32))
LINKS = 20_000
MOST_BYTES = 2560
AT = "2026-03-02T10:00:00Z"
SOURCES = (
    "Id", "FirstName", "LastName", "Salutation", "Email", "Phone", "MobilePhone", "Title", "Department", "Birthdate",
    "MailingStreet", "MailingCity", "MailingState", "MailingPostalCode", "MailingCountry", "LeadSource", "Language__c",
    "Loyalty_Points__c", "Last_Purchase__c", "Interests__c",
)  # fmt: skip
TARGETS = ("SalesforceID", *SOURCES[1:])


def person(n: int) -> tuple[Any, ...]:
    return (
        f"003{n:012d}AAA", f"Prénom{n % 400}", f"Lacroix-Tremblay{n % 3000}", "Mme", f"prenom{n}.lacroix@example.org",
        f"+1 514 555-{n % 10000:04d}", f"+1 438 555-{n % 10000:04d}", "Directrice adjointe", "Relations aux membres",
        "1980-02-29", f"{n % 9000} boulevard Saint-Joseph Ouest, app. {n % 40}", "Trois-Rivières", "Québec", "G9A 5C5",
        "Canada", "Formulaire du site", "fr-CA", n, "2026-02-11T15:20:00Z", ("Musique", "Théâtre", "Voyages"),
    )  # fmt: skip


def test_a_link_takes_at_most_two_and_a_half_kilobytes(
    tmp_path: Path, record_testsuite_property: Callable[[str, object], None]
) -> None:
    path = tmp_path / "ledger.sqlite"
    with closing(Ledger.open(path, KEY)) as ledger:
        run = ledger.begin_run(AT)
        numbers = ledger.register("Contacts", "example/1/Contact", b"")
        layout = ledger.layout(SOURCES, TARGETS, SOURCES)
        ledger.start_reading(numbers.integration, AT, layout, b"", anew=True)
        for start in range(0, LINKS, 2000):
            page = [person(n) for n in range(start, start + 2000)]
            ledger.store_page(
                numbers.integration, layout, run, [(p[0], AT, p) for p in page], Position(AT, page[-1][0])
            )
        ledger.finish_reading(numbers.integration, AT)
        after = ""
        while found := ledger.pending(numbers.integration, numbers.target, layout, after, 500):
            after = found[-1].rid
            creates = [
                Create(p.rid, {"SalesforceID": p.rid}, dict(zip(TARGETS[1:], seen[1:], strict=True)), seen)
                for p in found
                if (seen := cast("tuple[Value, ...]", p.values))
            ]
            batch = ledger.intend(run, numbers.integration, numbers.target, layout, creates, AT)
            applied = [
                Applied(o, str(1_000_000 + n), Base(c.source, c.source))
                for n, (o, c) in enumerate(zip(batch.operations, creates, strict=True), batch.id * 500)
            ]
            ledger.settle(batch, numbers.integration, run, AT, f"r{batch.id}", applied=applied)
        ledger.finish_run(run, AT, "success", {})
    size = sum(file.stat().st_size for file in tmp_path.iterdir())
    record_testsuite_property("bytes of the ledger for each link", round(size / LINKS))
    assert size / LINKS <= MOST_BYTES
