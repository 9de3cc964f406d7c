"""What needs a person, settled at the real window: a record that was refused, and two values for one field."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.window.demo import opened
from tests.window.person import at_a_screen, eventually

ADDRESS = "philippe.viau@exemple.example"


@pytest.mark.x11
@at_a_screen
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_record_that_was_refused_is_corrected_and_sent(tmp_path: Path, language: str) -> None:
    with opened(tmp_path, language) as demo:
        person = demo.person
        demo.sync_first()
        assert "3" in person.see("Set aside", kind="cell")["said"]
        person.click("Show what is set aside", kind="button")
        person.click("Philippe Viau", own=True, kind="cell")
        person.click("Correct in Salesforce…", kind="button")
        # The dialog takes the hand to its line once it stands.
        eventually(lambda: person.rests(person.see("Write to Salesforce and retry")), "the dialog stands")
        person.key("ctrl+a")
        person.type(ADDRESS)
        person.click("Write to Salesforce and retry", kind="button")
        person.gone("Write to Salesforce and retry", kind="button")
        assert [each["Email"] for each in demo.people().values() if each["Name"] == "Philippe Viau"] == [ADDRESS]
        person.click("Sync now", kind="button")
        eventually(lambda: ADDRESS in [each["f_EMail"] for each in demo.contacts()], "the record in Dialog Insight")
        demo.is_idle()
        person.click("Activity", kind="tab")
        eventually(lambda: "2" in person.see("Set aside", kind="cell")["said"], "one record fewer that waits")
        person.click("Set aside", kind="cell")
        person.gone("Philippe Viau", own=True, kind="cell")


@pytest.mark.x11
@at_a_screen
@pytest.mark.parametrize("language", ["en", "fr"])
def test_two_values_of_one_field_are_settled_by_choice(tmp_path: Path, language: str) -> None:
    here, there = "514 555-0101", "438 555-0199"
    with opened(tmp_path, language, asking_about="Mobile") as demo:
        person = demo.person
        demo.sync_first()
        rid = next(each["f_SalesforceID"] for each in demo.contacts() if each["f_Mobile"])

        def mobiles() -> tuple[str, str]:
            return demo.people()[rid]["MobilePhone"], demo.contact_of(rid)["f_Mobile"]

        demo.later()
        demo.in_salesforce(rid, MobilePhone=here)
        demo.in_dialog_insight(rid, f_Mobile=there)
        demo.later()
        person.click("Sync now", kind="button")
        person.click("Activity", kind="tab")
        person.click("Changed on both sides", kind="cell")
        assert mobiles() == (here, there)
        person.click_thing(person.part(there, kind="cell"))
        person.click("Keep the value of Dialog Insight", kind="button")
        person.click_thing(person.part("1 val", kind="button", enabled=True))  # the button says how many
        person.click("Sync now", kind="button")
        eventually(lambda: mobiles() == (there, there), "one value on both sides")
        person.gone("Changed on both sides", kind="cell")
