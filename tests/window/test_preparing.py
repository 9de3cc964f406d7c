"""Salesforce prepared at the real window: from an org that has nothing of ours to people who arrive in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.window.person import at_a_screen, eventually
from tests.window.preparing import (
    KEY,
    LINK,
    MADE,
    OFFER,
    OPT_IN,
    ORG,
    PACKAGE,
    PERMISSION_SET,
    SINCE,
    WEB_FORMS,
    WHERE,
    Preparing,
    at_the_org,
    bare,
    empty,
    naming,
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


@pytest.mark.x11
@at_a_screen
def test_a_field_in_conflict_is_left_as_it_is_and_the_sync_that_needs_it_is_refused_with_the_reason(
    tmp_path: Path,
) -> None:
    with services(tmp_path, naming) as ready, at_the_org(tmp_path / "window", ready) as org:
        person = org.person
        org.arrange(fields=[{"object": "Contact", "name": KEY, "type": "Number", "precision": "9", "scale": "0"}])
        before = org.field(KEY)
        assert before is not None
        org.come_to("Look again")
        why = "A field of this name is there already, with a type that does not serve."
        assert why in person.see("conflict: another type", kind="cell")["said"]
        org.back_to_the_top()
        person.click("Review and install…", kind="button")
        assert org.ticks() == dict.fromkeys((OPT_IN, SINCE, WHERE, PERMISSION_SET), True)
        org.press("4 ")
        org.put_away("Rehearsal org is prepared")
        person.see("1 conflict", kind="label")
        assert [org.field(name) is not None for name in MADE] == [True] * 4
        assert org.field(KEY) == before

        person.click("Sync now", kind="button")
        person.see("DI Contact Id is not a text field.")
        person.part("A field of this name is there and is left alone", kind="label")
        org.is_idle()
        assert (org.born(), org.field(KEY)) == ({}, before)


@pytest.mark.x11
@at_a_screen
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_user_without_rights_is_told_which_and_who_gives_them(tmp_path: Path, language: str) -> None:
    with services(tmp_path, naming) as ready, at_the_org(tmp_path / "window", ready, language) as org:
        person = org.person
        person.see("Review and install…")
        who = (
            "A Salesforce administrator gives the right “{0}” in a permission set (Setup › Permission Sets › System "
            "Permissions). Or authorize the connection as an administrator."
        )
        for lacking, happened, right in (
            ("AssignPermissionSets", "give a permission set to people", "Assign Permission Sets"),
            ("ModifyMetadata", "change the set-up of the org", "Modify Metadata Through Metadata API Functions"),
            ("ViewSetup", "look at the set-up of the org", "View Setup and Configuration"),
        ):
            org.arrange(rights={"ManageUsers": False, "ModifyAllData": False, lacking: False})
            org.come_to("Look again")
            person.see(f"The user of this connection may not {happened}.", kind="label")
            person.see(org.said(who, right), own=True, kind="label")
            person.see("Copy for the administrator", kind="button", enabled=True)
            org.arrange(rights={"ManageUsers": True, "ModifyAllData": True, lacking: True})

        org.arrange(rights={"InstallPackaging": False}, packages=[OFFER])
        org.come_to("Dialog Insight's package…")
        paste(org)
        org.agree("Let the package contact these addresses")
        org.press(org.said("Install the package"))
        person.see("The user of this connection may not install a package.", kind="label")
        person.see(org.said(who, "Download AppExchange Packages"), own=True, kind="label")
        assert not org.deploys()


@pytest.mark.x11
@at_a_screen
@pytest.mark.parametrize(("trial", "language"), [(False, "en"), (True, "fr")])
def test_a_power_cut_in_the_middle_of_an_install_ends_in_the_same_state(
    tmp_path: Path, trial: bool, language: str
) -> None:
    with services(tmp_path, naming) as ready:
        with at_the_org(tmp_path / "window", ready, language) as org:
            org.arrange(deploy={"seconds": 3})
            org.person.click("Review and install…", kind="button")
            org.ticks()
            org.person.click("All active users", kind="button")
            org.press("5 ")
            eventually(lambda: org.deploys()[-1:] == [trial] and org.noted(), "the deploy, and a note of it")
            org.person.cuts_the_power()
            assert all(org.field(name) is None for name in MADE), "it was in the middle"
        with at_the_org(tmp_path / "again", ready, language) as org:
            if trial:
                org.person.click("Go on", kind="button")
            org.person.see("all installed")
            assert org.deploys().count(False) == 1, "no second deploy beside the first"
            assert not org.noted()
            after = org.made()
            org.person.key("ctrl+q")
            org.person.has_left()
        org.tell("reset", {})
        empty(ready)
        org.installed(users=("all",))
        assert after == org.made()


@pytest.mark.x11
@at_a_screen
def test_a_package_is_installed_from_its_link_and_not_where_a_name_is_taken(tmp_path: Path) -> None:
    with services(tmp_path, naming) as ready, at_the_org(tmp_path / "window", ready) as org:
        person = org.person
        org.arrange(packages=[OFFER | {"components": ["CustomField Contact.VIP__c"]}])
        before = org.setup()
        org.come_to("Dialog Insight's package…")
        for ends, installed in (
            ("The package is not installed", []),
            (f"The package is installed in {ORG}", [PACKAGE]),
        ):
            paste(org)
            person.see("The package asks to contact: app.example.com", own=True)
            assert person.sees("Install the package", kind="button", enabled=False), "nobody has agreed to that yet"
            org.agree("Let the package contact these addresses")
            org.press("Install the package")
            person.see(ends, own=True, kind="label")
            assert [each["key"] for each in org.setup()["packages"]["installed"]] == installed
            if not installed:
                person.see("A name that the package needs is taken in this org; nothing was installed.")
                assert org.setup() == before
                org.arrange(packages=[OFFER | {"components": []}])
                org.put_away(ends)
                org.come_to("Dialog Insight's package…")
        org.put_away(ends)
        person.part("may serve a project that this file serves too", kind="label")
        person.part("Dialog Insight advises against two integrations in one project.", kind="label")


@pytest.mark.x11
@at_a_screen
def test_what_was_made_is_removed_once_its_counts_were_seen_and_the_name_was_typed(tmp_path: Path) -> None:
    with services(tmp_path, naming) as ready, at_the_org(tmp_path / "window", ready) as org:
        person = org.person
        person.see("Review and install…")
        org.installed()
        for n, rid in enumerate(list(org.people())[:3]):
            org.in_salesforce(rid, **{KEY: f"1:{n}"})
        org.come_to("Look again")
        org.come_to("Remove what was made…")
        person.part("3 records hold a value", kind="label")
        person.part("no record holds a value", kind="label")
        person.see("What these fields hold goes with them: 3 records hold a value.", own=True, kind="label")
        verb = f"Remove {len(MADE) + 1} components"
        assert person.see(verb, own=True, kind="button")["enabled"] is False
        person.click("Name of the connection, to confirm", kind="line")
        person.type(ORG[:-1])
        assert person.see(verb, own=True, kind="button")["enabled"] is False
        person.type(ORG[-1])
        org.press(verb)
        org.put_away(f"Removed from {ORG}")
        assert org.made() == {"fields": {}, "access": []}
        person.part("0 of 5 installed", kind="label")


def paste(org: Preparing) -> None:
    """Put the link of the package into its line, and look at what it leads to."""
    org.person.click("Installation link", kind="line")
    org.person.type(LINK)
    org.person.key("Return")
