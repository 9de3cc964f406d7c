"""Salesforce prepared at the real window: from an org that has nothing of ours to people who arrive in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.window.person import at_a_screen, eventually
from tests.window.preparing import (
    KEY,
    MADE,
    OPT_IN,
    ORG,
    PERMISSION_SET,
    SINCE,
    WEB_FORMS,
    WHERE,
    at_the_org,
    bare,
    services,
)


@pytest.mark.x11
@at_a_screen
@pytest.mark.parametrize("language", ["en", "fr"])
def test_from_an_org_without_any_of_our_fields_to_a_first_good_sync(tmp_path: Path, language: str) -> None:
    with services(tmp_path, bare) as ready, at_the_org(tmp_path / "window", ready, language) as org:
        person = org.person
        person.click("Object mapping", kind="tab")
        person.click("Create field…", kind="button")
        assert person.see(KEY, own=True, kind="line")["text"] == KEY, "a name is proposed"
        org.press("1 ")
        assert org.ticks() == {KEY: True, PERMISSION_SET: True}
        org.put_away(org.said("Install in {0}", ORG))

        person.click("Opt-ins", kind="tab")
        person.click("Create field…", kind="button")
        for name in (OPT_IN, SINCE, WHERE):
            person.see(name, own=True, kind="line")
        org.press("3 ")
        assert org.ticks() == dict.fromkeys((OPT_IN, SINCE, WHERE, PERMISSION_SET), True) | {KEY: False}
        assert not org.setup()["deploys"], "Salesforce is changed only once somebody has looked at it"
        org.tick(KEY)
        person.click("All active users", kind="button")
        org.arrange(deploy={"seconds": 1})
        org.press("5 ")
        person.see("Salesforce carries it out…")
        person.see(org.said("{0} is prepared", ORG), own=True, kind="label")
        for name in MADE:
            person.part(name, kind="label")
        org.put_away(org.said("{0} is prepared", ORG))
        person.see("all installed")
        assert len(org.assigned()) > 1, "all users"

        person.click("Object mapping", kind="tab")
        person.click("Activate", kind="button")
        person.see("Active")
        person.click("Sync now", kind="button")
        signed_up = org.signed_up()
        person.click_thing(person.part(f"{len(signed_up)} ", kind="button", enabled=True))
        eventually(lambda: len(org.born()) == len(signed_up), "everybody in Salesforce")
        org.is_idle()
        org.later()  # an opt-in waits until Salesforce's last save is two seconds old
        person.click("Sync now", kind="button")
        project = ready["projects"][WEB_FORMS]
        answers = {f"{project}:{each['idContact']}": each["optin_Newsletter"] == 1 for each in signed_up}
        assert {True, False} == set(answers.values())
        eventually(
            lambda: {key: row[OPT_IN] for key, row in org.born().items()} == answers, "the opt-ins in Salesforce"
        )
        assert all(bool(row[SINCE]) is bool(row[WHERE]) is row[OPT_IN] for row in org.born().values())
        org.is_idle()

        before = org.setup()
        person.click("Connections", kind="tab")
        looks = org.looks()
        org.come_to("Look again")
        eventually(lambda: org.looks() > looks, "another look at the org")
        person.see("all installed")
        assert not person.sees("Review and install…"), "nothing is left to be offered"
        assert org.setup() == before
        person.key("ctrl+q")
        person.has_left()
