"""A schedule at which each seeded defect is noticed: the first one that a hunt came to."""

from __future__ import annotations

from typing import Final

SEEDS: Final = {
    "a consent goes back to Dialog Insight": 0,
    "an opt-in is written by whoever was last": 1,
    "any opt-out in Salesforce is taken for ours": 1,
    "an opt-in need not be later than our own opt-out": 1,
    "an opt-out is not written": 206,
    "an edit in Dialog Insight does not travel": 14,
    "a record that a reply does not account for is forgotten": 2,
    "a create may update": 3,
    "the watermark is of the local clock": 14,
    "the watermark passes an open transaction": 3,
    "the watermark is the newest record": 84,
    "the watermark moves before the pages are stored": 15,
    "records that share a stamp with the last one of a page are passed over": 57,
    "no conflict is kept of two edits": 50,
    "no conflict is kept of a first contact": 0,
    "what was sent to Dialog Insight is taken for what it holds": 39,
    "what was sent to Salesforce is taken for what it holds": 57,
    "a reply that does not show what was stored is believed to be as sent": 124,
    "nobody looks before a write to Salesforce": 334,
    "a person is born without an external id": 30,
    "what was left open is not looked at": 1,
    "one look-up that finds nothing erases a contact": 91,
    "a run that was overtaken may go on": 87,
    "what waits for a person is not said": 1,
    "a new refresh token is not stored": 1,
    "nothing is held that may still arrive": 591,
    "a lost reply of Dialog Insight is taken for a request that was not sent": 139,
    "a lost reply of Salesforce is taken for a request that was not sent": 3124,
    "a lost write is sent again blindly": 20,
    "deletes are not taken in": 0,
    "results are told apart by their place": 192,
    "a refused batch is not halved": 65,
    "a row is sent before the person it points to": 686,
    "the flag of who was brought back stays": 619,
    "who was brought back stays deleted": 212,
    "who left the filter is kept in step": 6,
    "who comes back into the filter stays outside": 6,
    "what was tried is not remembered": 591,
    "a record that changed since the page is passed over": 50,
    "a refused opt-out is not tried again": 963,
    "nobody looks before a write to Dialog Insight": 3,
    "an error of the server is taken for a refusal": 505,
    "an older look replaces a newer one": 117,
    "the calls of the day are not counted": 28,
    "authorship is kept over a write of unknown outcome": 697,
    "an answer that contradicts itself is believed": 5232,
}

RARE: Final = {
    "an opt-in is written whatever was saved meanwhile": 867,
}
"""Those that hundreds of schedules pass by: too far to look for them again at each merge, see `--hunt`."""
