"""The client against the simulator's Dialog Insight, over HTTP."""

from __future__ import annotations

import pytest

from disf_desktop.core.errors import AccessRefused, LimitReached, SchemaChanged, ServiceUnavailable, UnexpectedAnswer
from disf_desktop.core.project import CustomTable as TableSettings
from disf_desktop.core.project import TableField
from disf_desktop.core.records import (
    NotSent,
    RecordRefused,
    RecordUnknown,
    Refused,
    Unknown,
    WriteRecord,
    WriteReply,
    WriteResult,
    Written,
)
from disf_desktop.core.schema import CONTACT_LIST, FieldType
from disf_desktop.services.dialog_insight.client import DialogInsightAccount, recognise
from disf_desktop.services.dialog_insight.tables import ContactList
from disf_desktop.services.transport import Transport
from tests.services.dialog_insight.conftest import NEWSLETTER, MakeAccount, NoWaiting, Simulator

IDS = [f"003Qy00000000{n:02d}AAA"[:18] for n in range(10, 60)]

ORDERS = TableSettings(
    id_table=987,
    code="ORDERS",
    key=("OrderNumber",),
    fields=(
        TableField(code="OrderNumber", length=50, required=True),
        TableField(code="idContact", type=FieldType.CONTACT, required=True),
        TableField(code="Amount", type=FieldType.DECIMAL),
        TableField(code="OrderDate", type=FieldType.DATE),
        TableField(code="Paid", type=FieldType.BOOLEAN),
        TableField(code="ShippedAt", type=FieldType.DATETIME),
        TableField(code="Quantity", type=FieldType.INTEGER),
    ),
)


@pytest.fixture
def contacts(account: DialogInsightAccount) -> ContactList:
    return account.contact_list(NEWSLETTER)


def _person(op: int, **fields: object) -> WriteRecord:
    return WriteRecord(op, {"SalesforceID": IDS[op]}, {"EMail": f"person{op}@example.org", **fields})  # type: ignore[dict-item]


def _written(result: WriteResult) -> list[Written]:
    assert isinstance(result, WriteReply), result
    assert all(isinstance(each, Written) for each in result.outcomes), result.outcomes
    return [each for each in result.outcomes if isinstance(each, Written)]


def test_the_projects_of_the_account_are_listed(account: DialogInsightAccount) -> None:
    assert [(each.id_project, each.name) for each in account.projects()] == [
        (123456, "Newsletter"),
        (123502, "Web forms"),
    ]
    assert account.calls == 1


def test_a_project_is_described_with_its_key_from_the_project_file_and_its_optins(contacts: ContactList) -> None:
    schema = contacts.describe()
    assert schema.name == CONTACT_LIST
    assert schema.key == ("SalesforceID",)
    email, birth = schema.fields["EMail"], schema.fields["BirthDate"]
    assert (email.type, email.length, email.required, email.label) == (FieldType.EMAIL, 100, True, "E-mail")
    assert (birth.type, birth.label) == (FieldType.DATE, "Birth date")
    several = next(field for field in schema.fields.values() if field.type is FieldType.CHOICES)
    assert "Voyages" in several.choices
    assert several.restricted
    assert "Newsletter" in [optin.name for optin in schema.optins]
    assert not any(optin.updatable for optin in schema.optins)


def test_labels_come_in_the_language_asked_for(simulator: Simulator, make_account: MakeAccount) -> None:
    ready = simulator.ready
    french = make_account(simulator.root_url, ready["id_key"], ready["key"], language="fr").project(123456)
    assert french.fields["BirthDate"].label == "Date de naissance"


def test_a_key_that_the_service_contradicts_is_said(simulator: Simulator, account: DialogInsightAccount) -> None:
    with pytest.raises(SchemaChanged, match="no field Nowhere"):
        account.project(123456, ("Nowhere",))
    simulator.control("dialog-insight/account", {"tells_primary_key": True})
    assert account.project(123456, ("salesforceid",)).key == ("SalesforceID",)
    with pytest.raises(SchemaChanged, match="is SalesforceID, not EMail"):
        account.project(123456, ("EMail",))
    simulator.control("dialog-insight/account", {"tells_primary_key": False})


def test_contacts_are_created_and_every_type_comes_back_in_canonical_form(
    simulator: Simulator, contacts: ContactList
) -> None:
    schema = contacts.describe()
    several = next(field.name for field in schema.fields.values() if field.type is FieldType.CHOICES)
    fields: dict[str, object] = {
        "FirstName": "Zoé",
        "BirthDate": "1980-02-29",
        several: ("Cuisine", "Voyages"),
        "City": None,
    }
    (written,) = _written(contacts.write("create", [_person(0, **fields)]))
    assert written.created
    assert written.op == 0
    assert written.stored is not None
    assert written.stored["SalesforceID"] == IDS[0]
    assert written.stored["FirstName"] == "Zoé"
    assert written.stored["BirthDate"] == "1980-02-29"
    assert written.stored[several] == ("Cuisine", "Voyages")
    assert written.stored["City"] is None
    stored = simulator.control("dialog-insight/projects/123456/contacts.ndjson")
    mine = next(each for each in stored if each["idContact"] == int(written.rid))
    assert mine["f_BirthDate"] == "1980.02.29"
    assert mine[f"f_{several}"] == "Cuisine|Voyages"


def test_a_create_never_updates_and_an_update_never_creates(contacts: ContactList) -> None:
    _written(contacts.write("create", [_person(1, FirstName="First")]))
    again = contacts.write("create", [_person(1, FirstName="Second"), _person(2)])
    assert isinstance(again, WriteReply)
    refused, created = again.outcomes
    assert isinstance(refused, RecordRefused)
    assert refused.op == 1
    assert isinstance(created, Written)
    missing = contacts.write("update", [_person(3)])
    assert isinstance(missing, WriteReply)
    assert isinstance(missing.outcomes[0], RecordRefused)
    found = contacts.find({"SalesforceID": IDS[1]})
    assert found is not None
    assert found.values["FirstName"] == "First"
    assert contacts.find({"SalesforceID": IDS[3]}) is None


def test_an_update_by_number_changes_only_what_is_given(contacts: ContactList) -> None:
    (created,) = _written(contacts.write("create", [_person(4, FirstName="Ann", City="Laval")]))
    update = WriteRecord(7, {"SalesforceID": IDS[4]}, {"FirstName": "Anna", "City": None}, rid=created.rid)
    (updated,) = _written(contacts.write("update", [update]))
    assert not updated.created
    assert (updated.op, updated.rid) == (7, created.rid)
    assert updated.stored is not None
    assert (updated.stored["FirstName"], updated.stored["City"]) == ("Anna", None)
    assert updated.stored["EMail"] == "person4@example.org"


def test_bad_records_are_told_from_good_ones_with_the_words_of_the_service(contacts: ContactList) -> None:
    result = contacts.write("create", [_person(5), _person(6, EMail="not an address"), _person(7)])
    assert isinstance(result, WriteReply)
    good, bad, other = result.outcomes
    assert isinstance(good, Written)
    assert isinstance(other, Written)
    assert isinstance(bad, RecordRefused)
    assert bad.op == 6
    assert bad.message
    assert result.request_id.isdigit()


def test_rows_in_any_order_are_matched_and_a_missing_one_is_unknown(
    simulator: Simulator, contacts: ContactList
) -> None:
    simulator.control("faults", [{"fault": "rows_reversed", "call": "Contacts.Merge"}])
    written = _written(contacts.write("create", [_person(n) for n in range(10, 15)]))
    assert [each.op for each in written] == list(range(10, 15))
    for each in written:
        assert each.stored is not None
        assert each.stored["SalesforceID"] == IDS[each.op]
    simulator.control("faults", [{"fault": "rows_missing", "call": "Contacts.Merge"}])
    result = contacts.write("create", [_person(n) for n in range(15, 18)])
    assert isinstance(result, WriteReply)
    assert [type(each) for each in result.outcomes] == [Written, Written, RecordUnknown]


def test_all_or_nothing_is_a_refused_call(simulator: Simulator, contacts: ContactList) -> None:
    simulator.control("faults", [{"fault": "all_or_nothing", "call": "Contacts.Merge"}])
    result = contacts.write("create", [_person(20), _person(21, EMail="bad")])
    assert isinstance(result, Refused)
    assert result.code
    assert result.message
    assert result.request_id.isdigit()
    assert contacts.find({"SalesforceID": IDS[20]}) is None


def test_a_refusal_with_an_http_status_is_the_same_refusal(simulator: Simulator, contacts: ContactList) -> None:
    contacts.describe()
    simulator.control("faults", [{"fault": "forbidden", "call": "Contacts.Merge", "status": 403}])
    refused = contacts.write("create", [_person(22)])
    assert isinstance(refused, Refused)
    assert refused.code
    simulator.control("faults", [{"fault": "forbidden", "call": "Contacts.Get", "status": 403}])
    with pytest.raises(AccessRefused, match="refused the call") as told:
        contacts.find({"SalesforceID": IDS[22]})
    assert "Users, Web Services" in told.value.what_to_do


@pytest.mark.parametrize(
    "fault", ["error_after_apply", "reset_after_apply", "reset_in_reply", "truncated", "html", "unavailable"]
)
def test_an_answer_that_tells_nothing_leaves_the_outcome_unknown(
    simulator: Simulator, contacts: ContactList, fault: str
) -> None:
    contacts.describe()
    simulator.control("faults", [{"fault": fault, "call": "Contacts.Merge"}])
    before = contacts.calls
    result = contacts.write("create", [_person(25)])
    assert isinstance(result, Unknown), result
    assert contacts.calls == before + 1, "a write is never repeated by itself"
    applied = fault not in ("html", "unavailable")
    assert (contacts.find({"SalesforceID": IDS[25]}) is not None) is applied


def test_sending_the_same_create_again_after_a_lost_reply_makes_no_duplicate(
    simulator: Simulator, contacts: ContactList
) -> None:
    contacts.describe()
    simulator.control("faults", [{"fault": "reset_after_apply", "call": "Contacts.Merge"}])
    assert isinstance(contacts.write("create", [_person(26)]), Unknown)
    again = contacts.write("create", [_person(26)])
    assert isinstance(again, WriteReply)
    assert isinstance(again.outcomes[0], RecordRefused)
    stored = simulator.control("dialog-insight/projects/123456/contacts.ndjson")
    assert [each["f_SalesforceID"] for each in stored].count(IDS[26]) == 1


def test_too_many_calls_for_now_means_not_sent(simulator: Simulator, contacts: ContactList) -> None:
    contacts.describe()
    simulator.control("faults", [{"fault": "too_many", "call": "Contacts.Merge"}])
    result = contacts.write("create", [_person(27)])
    assert isinstance(result, NotSent)
    assert isinstance(result.error, LimitReached)


def test_a_look_up_is_repeated_over_passing_trouble(simulator: Simulator, contacts: ContactList) -> None:
    _written(contacts.write("create", [_person(28)]))
    for fault in ("reset_before", "truncated", "html", "unavailable", "too_many"):
        simulator.control("faults", [{"fault": fault, "call": "Contacts.Get"}])
        assert contacts.find({"SalesforceID": IDS[28]}) is not None, fault
    simulator.control("faults", [{"fault": "unavailable", "call": "Contacts.Get", "times": None}])
    with pytest.raises(ServiceUnavailable):
        contacts.find({"SalesforceID": IDS[28]})
    simulator.control("faults", [])
    simulator.control("faults", [{"fault": "html", "call": "Contacts.Get", "times": None}])
    with pytest.raises(UnexpectedAnswer):
        contacts.find({"SalesforceID": IDS[28]})


def test_a_key_is_found_without_regard_to_case(contacts: ContactList) -> None:
    _written(contacts.write("create", [_person(29)]))
    found = contacts.find({"SalesforceID": IDS[29].lower()})
    assert found is not None
    assert found.values["SalesforceID"] == IDS[29]


def test_rows_of_a_custom_table_are_written_and_found(account: DialogInsightAccount, contacts: ContactList) -> None:
    (person,) = _written(contacts.write("create", [_person(30)]))
    table = account.custom_table(NEWSLETTER, ORDERS)
    assert table.describe().key == ("OrderNumber",)
    row = WriteRecord(
        1,
        {"OrderNumber": "Cmd-0007"},
        {
            "idContact": person.rid,
            "Amount": "1234567890123.45",
            "OrderDate": "2026-11-02",
            "Paid": False,
            "ShippedAt": "2026-11-02T19:10:00Z",
            "Quantity": 3,
        },
    )
    (created,) = _written(table.write("create", [row]))
    assert created.created
    assert created.stored == {"OrderNumber": "Cmd-0007", **row.fields}
    found = table.find({"OrderNumber": "cmd-0007"})
    assert found is not None
    assert found.values == created.stored
    assert found.rid == created.rid
    change = WriteRecord(2, {"OrderNumber": "Cmd-0007"}, {"Paid": True}, rid=created.rid)
    (updated,) = _written(table.write("update", [change]))
    assert updated.stored is not None
    assert updated.stored["Paid"] is True
    assert updated.stored["Quantity"] == 3


def test_a_whole_batch_is_written_in_one_call(simulator: Simulator, contacts: ContactList) -> None:
    contacts.describe()
    simulator.control("requests")
    before = contacts.calls
    written = _written(contacts.write("create", [_person(n) for n in range(31, 50)]))
    assert len({each.rid for each in written}) == 19
    assert contacts.calls == before + 1


def test_a_wrong_key_is_refused_with_what_to_look_at(simulator: Simulator, make_account: MakeAccount) -> None:
    wrong = make_account(simulator.root_url, simulator.ready["id_key"], "wrong-key-text")
    with pytest.raises(AccessRefused) as told:
        wrong.projects()
    assert "the key" in told.value.what_to_do
    assert "request" in told.value.detail
    assert "wrong-key-text" not in f"{told.value.args}{told.value.detail}"


def test_a_key_of_the_other_platform_is_recognised_by_trying(simulator: Simulator, make_account: MakeAccount) -> None:
    # Both names lead to the same simulator; on one of them every call is refused, as for a key of the other platform.
    ours, other = simulator.root_url, simulator.root_url.replace("ofc4", "OFC4")
    connection = make_account(ours, simulator.ready["id_key"]).connection
    key = simulator.ready["key"]

    def open_transport(root: str) -> Transport:
        return Transport([root], timeout_s=5, clock=NoWaiting())

    found = recognise(connection, key, open_transport, {"Canada": ours, "France": other})
    assert (found.platform, found.root_url) == ("Canada", ours)
    simulator.control("faults", [{"fault": "forbidden", "call": "Projects.List", "times": 1}])
    found = recognise(connection, key, open_transport, {"Canada": ours, "France": other})
    assert (found.platform, found.root_url) == ("France", other)
    assert [each.name for each in found.projects] == ["Newsletter", "Web forms"]
    simulator.control("faults", [{"fault": "forbidden", "call": "Projects.List", "times": None}])
    with pytest.raises(AccessRefused):
        recognise(connection, key, open_transport, {"Canada": ours, "France": other})


def test_a_key_is_never_shown_to_a_platform_that_the_connection_does_not_name(
    simulator: Simulator, make_account: MakeAccount
) -> None:
    connection = make_account(simulator.root_url, simulator.ready["id_key"]).connection
    tried: list[str] = []

    def open_transport(root: str) -> Transport:
        tried.append(root)
        return Transport([root], timeout_s=5, clock=NoWaiting())

    with pytest.raises(AccessRefused):
        recognise(connection, "wrong", open_transport)
    assert tried == [simulator.root_url]
