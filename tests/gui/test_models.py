"""The models under the views, tried without a display."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from disf_desktop.core.events import FieldChange, OperationPlanned
from disf_desktop.core.project import Direction, Trigger
from disf_desktop.core.schema import Side
from disf_desktop.gui.models.directions import way_of
from disf_desktop.gui.models.entries import KEY, Entry, EntryModel
from disf_desktop.gui.models.fields import FieldFilter, FieldModel, FieldRow, States, ordered
from disf_desktop.gui.models.flows import TRIGGERS_OF, flows_of
from disf_desktop.gui.models.marks import Mark
from disf_desktop.gui.models.operations import change_rows
from disf_desktop.gui.models.opt_ins import opt_in_rows
from disf_desktop.gui.models.tables import Cell, Column, TableModel
from disf_desktop.gui.words import story
from tests.gui.fakes import known
from tests.gui.made_up import contact_fields, project


def watched(model: QAbstractItemModel) -> QAbstractItemModelTester:
    """Let Qt's own tester fail the test at the first broken promise of a model."""
    return QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)


def numbers() -> TableModel[object]:
    return TableModel[object](
        (Column(lambda: "Number", lambda r: Cell(str(r))), Column(lambda: "Twice", lambda r: Cell(f"{r}{r}")))
    )


def test_the_models_know_no_widget_and_no_picture() -> None:
    names = (
        "directions",
        "entries",
        "facts",
        "fields",
        "flows",
        "integrations",
        "marks",
        "operations",
        "opt_ins",
        "pairs",
        "project_key",
        "tables",
        "wire",
    )
    imports = "; ".join(f"import disf_desktop.gui.models.{name}" for name in names)
    told = "print([m for m in sys.modules if m in ('PySide6.QtGui', 'PySide6.QtWidgets')])"
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; {imports}; {told}"], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_a_list_keeps_its_rows_where_only_a_text_has_changed(qtbot: QtBot) -> None:
    model = EntryModel()
    tester = watched(model)
    model.show([Entry("Salesforce"), Entry("Org", "a", "not checked", Mark.NOT_STARTED)])
    resets: list[int] = []
    model.modelReset.connect(lambda: resets.append(1))
    with qtbot.waitSignal(model.dataChanged, timeout=500):
        model.show([Entry("Salesforce"), Entry("Org", "a", "connected", Mark.DONE)])
    assert not resets
    model.show([Entry("Salesforce"), Entry("Other", "b")])
    assert resets
    assert model.index(1).data(KEY) == "b"
    assert tester.model() is model


def test_a_heading_cannot_be_chosen(qtbot: QtBot) -> None:
    model = EntryModel()
    model.show([Entry("Salesforce"), Entry("Org", "a")])
    assert model.flags(model.index(0)) == Qt.ItemFlag.NoItemFlags
    assert model.first() == 1


def test_a_table_that_grows_at_its_end_is_not_drawn_anew(qtbot: QtBot) -> None:
    model = numbers()
    tester = watched(model)
    first, second, third = object(), object(), object()
    model.show([first, second])
    resets: list[int] = []
    model.modelReset.connect(lambda: resets.append(1))
    with qtbot.waitSignal(model.rowsInserted, timeout=500):
        model.show([first, second, third])
    assert (model.rowCount(), resets) == (3, [])
    model.show([second])
    assert (model.rowCount(), resets) == (1, [1])
    assert tester.model() is model


def test_the_next_page_is_asked_for_once(qtbot: QtBot) -> None:
    model = numbers()
    asked: list[int] = []
    model.more_wanted.connect(lambda: asked.append(1))
    model.show([1, 2])
    root = model.index(-1, -1)
    assert not model.canFetchMore(root)
    model.more_to_come = True
    model.fetchMore(root)
    model.fetchMore(root)
    assert asked == [1]


@pytest.mark.parametrize(
    ("searched", "found"),
    [
        ("mail", {"Email", "MailingCity", "MailingAddress", "HasOptedOutOfEmail"}),
        ("CITY", {"MailingCity"}),
        ("loyalty__c", set()),
        ("loyalty number", {"Loyalty_Points__c"}),
        ("picklist lead", {"LeadSource"}),
        ("", set(contact_fields())),
    ],
)
def test_a_search_finds_by_label_name_and_type_in_any_case(qtbot: QtBot, searched: str, found: set[str]) -> None:
    model, kept = FieldModel(Side.SALESFORCE), FieldFilter()
    kept.setSourceModel(model)
    testers = (watched(model), watched(kept))
    model.show([FieldRow(field) for field in contact_fields().values()], States())
    kept.search(searched)
    names = {model.fields[kept.mapToSource(kept.index(n, 0)).row()].name for n in range(kept.rowCount())}
    assert names == found
    assert all(t.model() for t in testers)


def test_a_field_is_said_whole_to_a_screen_reader(qtbot: QtBot) -> None:
    model = FieldModel(Side.SALESFORCE)
    model.show(
        [FieldRow(field) for field in contact_fields().values()],
        States(partners={"lastname": [("LastName", Direction.BOTH)]}),
    )
    said = [model.index(n).data(Qt.ItemDataRole.AccessibleTextRole) for n in range(model.rowCount())]
    assert "Last Name, LastName, text (80), required, paired with LastName (both ways)" in said
    assert "Mailing City, MailingCity, text (40), not paired" in said


def test_mapped_fields_come_first_and_one_that_is_gone_is_still_seen() -> None:
    fields = ordered(contact_fields(), ["LastName", "Gone__c", "email"])
    assert [f.name for f in fields][:3] == ["LastName", "Gone__c", "Email"]
    assert len(fields) == len(contact_fields()) + 1


def test_a_new_record_is_one_row_and_a_changed_one_a_row_for_each_field() -> None:
    created = OperationPlanned(
        "C",
        Side.DIALOG_INSIGHT,
        "create",
        "1",
        {"EMail": FieldChange(None, "a@example.org", "r"), "City": FieldChange(None, None, "r")},
    )
    updated = OperationPlanned(
        "C",
        Side.DIALOG_INSIGHT,
        "update",
        "2",
        {"A": FieldChange(1, None, "r"), "B": FieldChange(True, ["x", "y"], "r")},
    )
    rows = list(change_rows([created, updated]))
    assert [(r.kind, r.field, r.before, r.after) for r in rows] == [
        ("create", "", "", "a@example.org"),
        ("update", "A", "1", ""),
        ("update", "B", "true", "x; y"),
    ]
    assert rows[0].created == ("EMail: a@example.org",)


def test_the_diagram_follows_the_project_file() -> None:
    flows = flows_of(project())
    assert [org.title for org in flows.orgs] == ["Acme (production)"]
    there, back = flows.between("prod", "newsletter")
    assert (there.source, there.target, there.enabled) == ("prod", "newsletter", True)
    assert there.triggers == set(TRIGGERS_OF[Side.SALESFORCE])
    assert (back.source, back.target, back.enabled) == ("newsletter", "prod", True)
    assert back.triggers == {Trigger.DIALOG_INSIGHT_UPDATED, Trigger.OPTIN_CHANGED}
    (births,) = flows.between("prod", "webforms")
    assert (births.source, births.target, births.enabled) == ("webforms", "prod", False)


def test_what_only_a_switched_off_integration_would_send_is_not_drawn_as_flowing() -> None:
    given = project()
    contacts = given.integrations[0].model_copy(update={"enabled": False})
    flows = flows_of(given.model_copy(update={"integrations": (contacts, *given.integrations[1:])}))
    (there, back) = flows.between("prod", "newsletter")
    assert there.triggers == {Trigger.SALESFORCE_CREATED}
    assert there.enabled
    assert not back.enabled


def test_an_integration_is_named_by_the_way_its_fields_travel() -> None:
    given = project()
    ways = [way_of(given, integration) for integration in given.integrations]
    assert ways == [Direction.BOTH, Direction.TO_DIALOG_INSIGHT, Direction.TO_DIALOG_INSIGHT, Direction.TO_SALESFORCE]
    assert story.integration_title(given, given.integrations[3]) == "Contact ← Contact"


def test_each_opt_in_is_a_row_with_where_it_goes() -> None:
    facts = known()
    assert facts.project is not None
    rows = opt_in_rows(facts, facts.project.projects[0])
    assert [(r.code, r.pair.target if r.pair else "", r.checkbox, r.travels) for r in rows] == [
        ("Newsletter", "DI_Optin_Newsletter__c", True, True),
        ("Promotions", "DI_Optin_Promotions__c", False, True),
        ("Casl", "", None, False),
    ]
    (off, *_) = opt_in_rows(facts, facts.project.projects[1])
    assert (off.pair is not None, off.travels) == (True, False)
    unread = opt_in_rows(replace(facts, schemas={}), facts.project.projects[0])
    assert [(r.code, r.opt_in) for r in unread] == [("Newsletter", None), ("Promotions", None)]
