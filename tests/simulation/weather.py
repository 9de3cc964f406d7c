"""What is wrong with a service, or with a clock, for longer than one call."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from tests.simulation.scene import Scene

BETWEEN_RUNS: Final = (
    "validation_rule_on", "field_lost_in_salesforce", "field_lost_in_dialog_insight", "permission_lost_in_salesforce",
    "permission_lost_in_dialog_insight", "quota_reached", "grant_revoked", "local_clock_a_day_wrong",
    "local_clock_an_hour_wrong", "validation_in_dialog_insight", "picklist_changed",
)  # fmt: skip
IN_A_RUN: Final = (
    "validation_rule_on", "permission_lost_in_salesforce", "permission_lost_in_dialog_insight", "quota_reached",
    "local_clock_steps_back", "field_lost_in_salesforce", "field_lost_in_dialog_insight",
    "picklist_changed",
)  # fmt: skip


class Weather:
    """Bad weather comes from the seed, and is over before it is quiet."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.is_bad = False
        self.slept_too_long = False
        self.rate = scene.rng.choice((0.0, 0.0, 0.15, 0.4))

    def changes(self) -> None:
        """Let something be wrong for the next run, or not."""
        if self.scene.rng.random() < self.rate:
            self._comes(self.scene.rng.choice(BETWEEN_RUNS))

    def changes_in_a_run(self) -> None:
        if self.rate:
            self._comes(self.scene.rng.choice(IN_A_RUN))

    def _comes(self, name: str) -> None:
        scene, rng = self.scene, self.scene.rng
        org, account = scene.org, scene.account
        scene.trace.fault(name)
        if name == "validation_rule_on":
            limit = rng.choice((1, 2))
            org.validation = lambda values: len(str(values.get("City__c"))) % 2 == limit % 2
        elif name == "validation_in_dialog_insight":
            account.validation = lambda values: len(str(values.get("City"))) % 2 == 1
        elif name == "picklist_changed":
            org.lost_choice = rng.choice(("Yes", "No"))
        elif name == "field_lost_in_salesforce":
            org.lost_fields = {rng.choice(("Phone", "Title", "City__c"))}
        elif name == "field_lost_in_dialog_insight":
            account.lost_fields = {rng.choice(("Phone", "Title", "City"))}
            account.ever_lost |= account.lost_fields
        elif name == "permission_lost_in_salesforce":
            org.closed_to_us = True
        elif name == "permission_lost_in_dialog_insight":
            account.closed_to_us = True
        elif name == "quota_reached":
            org.used = org.allowed - rng.randrange(12)
        elif name == "grant_revoked":
            org.revoked = True
            org.access.clear()
        else:
            hours = {"local_clock_a_day_wrong": 24, "local_clock_an_hour_wrong": 1, "local_clock_steps_back": -1}[name]
            scene.clock.skew = timedelta(hours=hours * rng.choice((1, -1)) if hours > 0 else hours)
            return
        self.is_bad = True

    def clears(self) -> None:
        """Let most of it pass after a run."""
        if self.is_bad and self.scene.rng.random() < 0.6:
            self.is_over()

    def is_over(self) -> None:
        org, account = self.scene.org, self.scene.account
        self.is_bad = False
        org.validation = account.validation = lambda values: False
        org.lost_fields, account.lost_fields, org.lost_choice = set(), set(), ""
        org.closed_to_us = account.closed_to_us = False
        org.used = 100
        if org.revoked:
            self.scene.sign_in()
