"""The faults of the design paper (sync semantics, 7.3), row by row: which counters of a schedule make a row up, and who
proves what a simulation in one thread cannot play.

A row counts as fired as often as all its counters together. Every name that a schedule counts stands in one row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True)
class FaultRow:
    """A row of 7.3: its counters here, and the test where the rest of it is proved."""

    name: str
    counters: tuple[str, ...]
    elsewhere: Mapping[str, str] = field(default_factory=dict)

    def fired(self, counted: Counter[str]) -> int:
        return sum(counted[name] for name in self.counters)

    def rarest(self, counted: Counter[str]) -> str:
        return min(self.counters, key=lambda name: counted[name])


FAULT_ROWS: Final = (
    FaultRow(
        "refused as busy, before or after it was done",
        ("http_429_before", "http_429_retry_after", "http_503_before", "http_503_retry_after", "http_503_after",
         "http_500_before", "http_500_after"),
    ),
    FaultRow(
        "no answer: not done, done, done later",
        ("timeout_before_apply", "timeout_after_apply", "applied_later"),
        {"stalls of real sockets": "tests/faults/test_network.py"},
    ),
    FaultRow(
        "connection reset",
        ("connection_refused", "reset_before_body", "reset_in_request_body", "reset_before_reply",
         "reset_in_reply_body"),
        {"real sockets": "tests/faults/test_network.py"},
    ),
    FaultRow(
        "delivered twice",
        ("doubled_delivery",),
        {"real sockets": "tests/faults/test_network.py"},
    ),
    FaultRow(
        "a reply that is none",
        ("truncated_json", "html_with_200", "wrong_charset", "empty_list_with_200"),
        {"any answer, spoilt in any way": "tests/security/test_hostile_answers.py"},
    ),
    FaultRow(
        "part of a batch, all or nothing, results missing, in another order, doubled",
        ("partial_success", "all_or_nothing", "refused_envelope", "refused_after_half", "missing_result_row",
         "doubled_result_row", "reordered_results", "empty_results"),
    ),
    FaultRow(
        "exports stale, halved, repeated, swapped; a slow rotation; no record for a key",
        ("export_stale", "export_halved", "export_repeated", "exports_swapped", "rotation_slower_than_edits",
         "answers_no_record"),
    ),
    FaultRow(
        "pages in another order, that drift, of one stamp",
        ("reordered_page", "page_drift", "more_equal_stamps_than_a_page", "short_page", "contradicting_count"),
        {"locators: records are paged by stamp and Id, without one": "tests/services/salesforce/test_paging.py"},
    ),
    FaultRow(
        "committed late under an old stamp; look-ups behind a save",
        ("late_commit_under_an_old_stamp", "look_up_behind_a_save"),
    ),
    FaultRow(
        "access expired, a renewal lost, a grant revoked",
        ("access_token_expired", "refresh_reply_lost", "grant_revoked"),
        {"renewed by several processes; other refusals": "tests/services/oauth/test_tokens.py"},
    ),
    FaultRow(
        "schema, list of values, permission, validation rule",
        ("field_lost_in_salesforce", "field_lost_in_dialog_insight", "picklist_changed",
         "permission_lost_in_salesforce", "permission_lost_in_dialog_insight", "validation_rule_on",
         "validation_in_dialog_insight"),
    ),
    FaultRow(
        "a save that stores something else",
        ("rewritten_by_salesforce", "rewritten_by_dialog_insight"),
    ),
    FaultRow(
        "killed",
        ("before a call", "after a call", "before a commit", "after a commit"),
        {
            "real processes: every commit, migration step and rename": "tests/faults/test_every_commit.py",
            "real processes, at random": "tests/faults/test_kills.py",
        },
    ),
    FaultRow(
        "the disk is full or fails at a commit",
        ("disk_full_at_a_commit", "io_error_at_a_commit"),
        {
            "a torn log, lost last commits": "tests/faults/test_torn_log.py",
            "real disks that are full": "tests/faults/test_full_disk.py",
        },
    ),
    FaultRow(
        "clocks wrong, set back, changed for summer and winter",
        ("local_clock_a_day_wrong", "local_clock_an_hour_wrong", "local_clock_steps_back", "server_skew_salesforce",
         "server_skew_dialog_insight", "clocks_go_forward", "clocks_go_back"),
    ),
    FaultRow(
        "asleep for longer than deletes are told",
        ("sleep_beyond_tombstone_retention",),
    ),
    FaultRow(
        "a second instance; one that sleeps and wakes",
        ("second_instance", "suspended_instance_wakes", "sleeps_in_a_run"),
        {"a copied profile, two real processes": "tests/faults/test_two_at_once.py"},
    ),
    FaultRow(
        "stopped",
        ("stopped_at_an_event", "stopped_in_a_pause"),
        {"at every event and every call": "tests/engine/test_stops.py"},
    ),
    FaultRow(
        "an allowance of calls is used up",
        ("quota_reached", "own_allowance"),
    ),
)  # fmt: skip
BESIDE: Final = ("scope_changed",)
"""What is counted and is no fault: contacts that come into a filter and leave it."""
COUNTERS: Final = frozenset((*BESIDE, *(name for row in FAULT_ROWS for name in row.counters)))


def rare(counted: Counter[str], each: int) -> list[FaultRow]:
    """Give the rows that fired less often than `each`."""
    return [row for row in FAULT_ROWS if row.fired(counted) < each]
