"""The states in which fields that Salesforce does not have are named or missed: for the check of what is on screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from disf_desktop.core.edits import with_integration
from disf_desktop.core.optin_edits import changed_optin
from disf_desktop.core.project import OptinPair
from disf_desktop.gui.dialogs.new_fields import NewExternalIdDialog, NewOptInDialog
from disf_desktop.gui.models.facts import salesforce_key
from disf_desktop.gui.models.marks import Tab
from disf_desktop.gui.tabs.integrations import IntegrationsTab
from disf_desktop.gui.tabs.mapping import MappingTab
from disf_desktop.gui.tabs.optins import OptInsTab
from tests.gui.rehearsal import Rehearsal

CONTACT = salesforce_key("prod", "Contact")


def new_field_states(rehearsal: Rehearsal, settle: Callable[[], None]) -> Iterator[str]:
    """Show the dialogs that name new fields, and what is said of those that are not there; put everything back."""
    page, desk, store = rehearsal.window.pages[Tab.OPT_INS], rehearsal.desk, rehearsal.store
    mapping, integrations = rehearsal.window.pages[Tab.MAPPING], rehearsal.window.pages[Tab.INTEGRATIONS]
    assert isinstance(page, OptInsTab)
    assert isinstance(mapping, MappingTab)
    assert isinstance(integrations, IntegrationsTab)
    before, schema = desk.project, store.facts.schemas[CONTACT]
    contacts, born = before.integrations[0], before.integration("Web sign-ups")
    assert born is not None
    rehearsal.window.show_tab(Tab.OPT_INS)
    page.list.choose("newsletter")
    rehearsal.window.render_facts()
    page.choose("Casl")
    settle()
    page.create_button.click()
    settle()
    yield "new fields for an opt-in"
    asked = page.findChildren(NewOptInDialog)[-1]
    asked.kinds[1].click()
    for line, text in ((asked.words["unsubscribed"], "Yes"), (asked.names["target"], "Language__c")):
        line.setText(text)
        line.textEdited.emit(text)
    settle()
    yield "new fields with what is wrong"
    asked.reject()
    not_there = OptinPair(optin="Newsletter", target="DI_Optin_News__c", date_target="DI_Optin_News_Date__c")
    named = changed_optin(contacts, 0, not_there)
    desk.edit(lambda: "named", with_integration(before, named.model_copy(update={"enabled": False})))
    page.choose("Newsletter")
    settle()
    yield "an opt-in whose fields are not there yet"
    rehearsal.window.show_tab(Tab.INTEGRATIONS)
    integrations.grid.switched.emit("Contacts", True)
    settle()
    yield "an integration that stays off for fields"
    integrations.refused.close_button.click()
    desk.edit(lambda: "mended", before)
    left = {name: field for name, field in schema.fields.items() if name != "DI_Contact_Id__c"}
    store.put("schemas", CONTACT, replace(schema, fields=left))
    rehearsal.window.show_tab(Tab.MAPPING)
    mapping.look_at("Web sign-ups")
    mapping.head.check_button.click()
    settle()
    yield "a mapping whose external id is not there"
    mapping.problems.close_button.click()
    desk.edit(lambda: "named", with_integration(before, born.model_copy(update={"external_id": None})))
    settle()
    mapping.settings.external_links.create_button.click()
    settle()
    yield "a new external id"
    mapping.settings.findChildren(NewExternalIdDialog)[-1].reject()
    desk.edit(lambda: "mended", before)
    store.put("schemas", CONTACT, schema)
    mapping.look_at("Contacts")
    settle()
