"""The states of the panel that prepares Salesforce, and of its dialogs, for the checks of what is on screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from disf_desktop.core.errors import AccessRefused, Stopped
from disf_desktop.core.events import Progress, Stage
from disf_desktop.core.preparation_begun import Begun, Pending
from disf_desktop.core.preparation_errors import DeployFailed, PackageRefused
from disf_desktop.core.preparation_events import AccessGiven, ComponentFailed, PrepareWish
from disf_desktop.core.schema import Field, FieldType, Side
from disf_desktop.gui.dialogs.preparing_install import InstallDialog
from disf_desktop.gui.dialogs.preparing_package import PackageDialog
from disf_desktop.gui.dialogs.preparing_remove import RemoveDialog
from disf_desktop.gui.models.marks import Tab
from disf_desktop.gui.models.preparing import Preparation
from disf_desktop.gui.tabs.connections import ConnectionsTab
from tests.gui.fake_preparing import DI_PACKAGE, LINK, FakeOrg
from tests.gui.rehearsal import Rehearsal

FIELDS = ("DI_Optin_Newsletter_Date__c", "DI_Optin_Newsletter_Source__c", "DI_Contact_Id__c")


def preparing_states(rehearsal: Rehearsal, settle: Callable[[], None]) -> Iterator[str]:
    """Bring the panel and its dialogs into each state, one after the other, and put everything back."""
    window, store, desk, workspace = rehearsal.window, rehearsal.store, rehearsal.desk, rehearsal.workspace
    page = window.pages[Tab.CONNECTIONS]
    assert isinstance(page, ConnectionsTab)
    window.show_tab(Tab.CONNECTIONS)
    page.list.choose("prod")
    window.render_facts()
    card = page.prepare

    def look() -> None:
        desk.look_at_org("prod")
        settle()
        window.render_facts()
        settle()

    org = workspace.orgs["prod"]
    org.without |= set(FIELDS)
    org.other["DI_Optin_Promotions__c"] = Field(
        "DI_Optin_Promotions__c", "Promotions consent", FieldType.BOOLEAN, native_type="boolean"
    )
    look()
    card.table.selectRow(3)
    settle()
    yield "an org that lacks something"
    card.review_button.click()
    settle()
    yield "the review of an installation"
    review = card.dialog
    assert isinstance(review, InstallDialog)
    review.who.choices[2].click()
    settle()
    yield "who may see the fields"
    seen = store.facts.prepared["prod"]
    wish = PrepareWish(install=tuple(each.id for each in seen.components if each.state.value == "missing"))
    under_way = Preparation(
        "prod", wish, seen.components, Progress("prod", Stage.APPLY, Side.SALESFORCE, 2, 4, calls=14)
    )
    store.update(preparation=under_way)
    settle()
    yield "an installation under way"
    refused = ComponentFailed(
        "Contact.DI_Contact_Id__c", "limit_external_ids", "No.", "Ask.", "External ID: you have reached the maximum"
    )
    failed = DeployFailed("Refused.", "See why.", reason="limit_external_ids")
    store.update(preparation=replace(under_way, failed=(refused,), error=failed))
    settle()
    yield "an installation that was refused"
    installed = frozenset(wish.install or ())
    done = replace(under_way, installed=installed, given=AccessGiven(3, 1, 1), finished=seen.finished)
    store.update(preparation=done)
    settle()
    yield "an installation that succeeded"
    review.reject()
    settle()
    store.update(preparation=under_way)
    settle()
    yield "the panel while something is under way"
    store.update(preparation=replace(under_way, error=failed, failed=(refused,)))
    settle()
    yield "the panel after it was refused"
    store.update(preparation=replace(under_way, error=Stopped("Stopped.", "Again.", "prod")))
    begun = Pending(Begun.TRIAL, "00D", "2026-11-23T00:00:00Z", "0Af", asked=wish.install)
    store.put("prepared", "prod", replace(seen, begun=begun))
    settle()
    yield "the panel where something was begun"
    store.update(preparation=None)
    store.put("prepared", "prod", seen)
    lacking = AccessRefused("No.", "Ask.", detail="INSUFFICIENT_ACCESS", reason="right_look")
    store.put("prepare_errors", "prod", lacking)
    settle()
    yield "an org whose set-up may not be looked at"
    store.put("prepare_errors", "prod", None)
    yield from _package_states(rehearsal, settle, page, org)
    org.without, org.other, org.packages = set(), {}, (DI_PACKAGE,)
    org.ours, org.access = {*FIELDS, "DI_Optin_Newsletter__c"}, True
    org.records = {"DI_Contact_Id__c": 1204}
    look()
    yield "an org that has everything, and the package"
    card.review_button.click()
    settle()
    yield "who is given access where everything is there"
    giving = page.prepare.dialog
    assert giving is not None
    giving.reject()
    card.remove_button.click()
    settle()
    removal = page.prepare.dialog
    assert isinstance(removal, RemoveDialog)
    removal.line.setText("Acme (production)")
    settle()
    yield "a removal with what the fields hold"
    removal.reject()
    workspace.orgs["prod"] = FakeOrg()
    page.list.choose("sandbox")
    window.render_facts()
    settle()
    yield "an org that no integration uses"
    page.list.choose("prod")
    look()


def _package_states(
    rehearsal: Rehearsal, settle: Callable[[], None], page: ConnectionsTab, org: FakeOrg
) -> Iterator[str]:
    page.prepare.package_button.click()
    settle()
    dialog = page.prepare.dialog
    assert isinstance(dialog, PackageDialog)
    yield "the package, before its link is given"
    dialog.line.setText(LINK)
    org.version = replace(org.version, password=True)
    dialog.look_button.click()
    settle()
    yield "the package of a link"
    org.packages = (DI_PACKAGE,)
    dialog.look_button.click()
    settle()
    yield "a package that must be uninstalled first"
    refused = PackageRefused("No.", "Ask.", "--package", "The name Promo is taken", "name_conflict")
    failed = Preparation("prod", PrepareWish(), error=refused)
    rehearsal.store.update(preparation=failed)
    settle()
    yield "a package that could not be installed"
    dialog.reject()
    settle()
