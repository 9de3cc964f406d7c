"""The client against replies of every shape, from a server that answers what a test scripts."""

from __future__ import annotations

import json
from typing import Any

import pytest

from disf_desktop.core.errors import (
    AccessRefused,
    AuthorizationNeeded,
    DisfError,
    LimitReached,
    ServiceUnavailable,
    UnexpectedAnswer,
)
from disf_desktop.core.records import (
    Capabilities,
    NotSent,
    RecordRefused,
    RecordUnknown,
    Refused,
    Unknown,
    WriteRecord,
    WriteReply,
    Written,
)
from disf_desktop.services.dialog_insight.tables import ContactList
from tests.services.dialog_insight.conftest import KEY, NEWSLETTER, MakeAccount
from tests.services.transport_server import Act, Server, answer, closed_port, hang_up, serving

PROJECT = {
    "Success": True,
    "ErrorCode": None,
    "ErrorMessage": None,
    "ProjectInfo": {
        "ProjectFields": [
            {"Code": "SalesforceID", "DataType": "NVarChar(18)", "Labels": [{"Value": "Id"}]},
            {"Code": "EMail", "DataType": "EMail", "isRequired": True, "Labels": [{"Value": "Courriel"}]},
            {"Code": "Points", "DataType": "Decimal"},
            {"Code": "Seen", "DataType": "DateTime"},
        ],
        "OptinFields": [],
    },
    "idRequest": 1,
}
ONE = WriteRecord(11, {"SalesforceID": "003A"}, {"EMail": "claire@example.org"})
TWO = WriteRecord(12, {"SalesforceID": "003B"}, {"EMail": "luc@example.org", "Points": "12.5"})


def row(key: str, number: int, **changed: Any) -> dict[str, Any]:
    record = {"idContact": number, "f_SalesforceID": key, "f_EMail": "stored@example.org"}
    given = {
        "IdRecord": number,
        "Status": "Created",
        "ValidationResult": "OK",
        "Message": None,
        "ID": {"key_f_SalesforceID": key},
    }
    return {**given, "Data": None, "Record": record, **changed}


def reply(*rows: dict[str, Any], **changed: Any) -> bytes:
    return json.dumps(
        {"Success": True, "ErrorCode": None, "Records": rows, "idRequest": 18945355, "Trace": "", **changed}
    ).encode()


def sent(server: Server, number: int = -1) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(server.seen[number].partition(b"\r\n\r\n")[2])
    return body


def contacts_at(make_account: MakeAccount, server: Server) -> ContactList:
    contacts = make_account(f"{server.url}/webservices/ofc4/").contact_list(NEWSLETTER)
    contacts.describe()
    return contacts


def write(make_account: MakeAccount, act: Act, *records: WriteRecord, kind: str = "create") -> Any:
    with serving(answer(body=json.dumps(PROJECT).encode()), act) as server:
        return contacts_at(make_account, server).write(kind, records or (ONE, TWO))


def outcomes(make_account: MakeAccount, *rows: dict[str, Any], **changed: Any) -> list[Any]:
    result = write(make_account, answer(body=reply(*rows, **changed)))
    assert isinstance(result, WriteReply)
    assert result.request_id == "18945355"
    return list(result.outcomes)


def test_a_request_has_the_form_that_public_clients_send(make_account: MakeAccount) -> None:
    with serving(answer(body=json.dumps(PROJECT).encode()), *[answer(body=reply())] * 3) as server:
        contacts = contacts_at(make_account, server)
        contacts.write("create", [TWO])
        contacts.write("create", [TWO])
        contacts.write(
            "update", [WriteRecord(13, {"SalesforceID": "003C"}, {"EMail": None, "Points": "0.10"}, rid="42")]
        )
    head = server.seen[1].split(b"\r\n")[0]
    assert head == b"POST /webservices/ofc4/contacts.ashx?method=Merge HTTP/1.1"
    body = server.seen[1].partition(b"\r\n\r\n")[2]
    assert body == server.seen[2].partition(b"\r\n\r\n")[2], "the same records give the same bytes"
    assert list(sent(server, 1)) == ["AuthKey", "idProject", "Records", "MergeOptions"]
    assert sent(server, 1) == {
        "AuthKey": {"idKey": 5335, "Key": KEY},
        "idProject": 123456,
        "Records": [{"ID": {"key_f_SalesforceID": "003B"}, "Data": {"f_EMail": "luc@example.org", "f_Points": 12.5}}],
        "MergeOptions": {
            "AllowInsert": True,
            "AllowUpdate": False,
            "SkipDuplicateRecords": False,
            "SkipUnmatchedRecords": False,
            "ReturnRecordsOnSuccess": True,
            "ReturnRecordsOnError": False,
            "FieldOptions": None,
        },
    }
    update = sent(server, 3)
    assert update["Records"] == [{"ID": {"idContact": 42}, "Data": {"f_EMail": "", "f_Points": 0.1}}]
    assert (update["MergeOptions"]["AllowInsert"], update["MergeOptions"]["AllowUpdate"]) == (False, True)


def test_a_look_up_puts_the_type_of_the_clause_first(make_account: MakeAccount) -> None:
    with serving(answer(body=json.dumps(PROJECT).encode()), answer(body=reply())) as server:
        assert contacts_at(make_account, server).find({"SalesforceID": "003A"}) is None
    clause = sent(server)["Clause"]
    assert next(iter(clause)) == "$type"
    assert clause == {
        "$type": "FieldClause",
        "Field": {"Name": "f_SalesforceID"},
        "TypeOperator": "Equal",
        "ComparisonValue": "003A",
    }


def test_stored_records_are_matched_by_what_they_echo_and_not_by_their_place(make_account: MakeAccount) -> None:
    second, first = row("003b ", 7), row("003a", 6)
    assert [(o.op, o.rid) for o in outcomes(make_account, second, first)] == [(11, "6"), (12, "7")]


def test_a_missing_row_is_unknown(make_account: MakeAccount) -> None:
    written, unknown = outcomes(make_account, row("003A", 6))
    assert isinstance(written, Written)
    assert unknown == RecordUnknown(12)


def test_a_doubled_row_is_unknown(make_account: MakeAccount) -> None:
    unknown, written = outcomes(make_account, row("003A", 6), row("003B", 7), row("003A", 8))
    assert unknown == RecordUnknown(11)
    assert isinstance(written, Written)


@pytest.mark.parametrize("strange", [{"ID": None}, {"ID": {"key_f_SalesforceID": "003Z"}}, {"ID": "003A"}, {"ID": {}}])
def test_a_row_that_echoes_nothing_of_ours_accounts_for_nobody(
    make_account: MakeAccount, strange: dict[str, Any]
) -> None:
    unknown, written = outcomes(make_account, {**row("003A", 6), **strange}, row("003B", 7))
    assert unknown == RecordUnknown(11)
    assert isinstance(written, Written)


def test_an_update_by_number_that_echoes_another_number_is_unknown(make_account: MakeAccount) -> None:
    by_number = WriteRecord(13, {"SalesforceID": "003C"}, {"EMail": None}, rid="42")
    other = row("003C", 43, ID={"idContact": 42}, Status="Updated")
    result = write(make_account, answer(body=reply(other)), by_number, kind="update")
    assert list(result.outcomes) == [RecordUnknown(13)]


@pytest.mark.parametrize(
    ("changed", "code", "message"),
    [
        (
            {"IdRecord": 0, "Status": "Error", "ValidationResult": "InvalidData", "Message": "f_EMail: bad"},
            "InvalidData",
            "f_EMail: bad",
        ),
        ({"IdRecord": 0}, "Created", ""),
        ({"IdRecord": None}, "Created", ""),
        ({"IdRecord": "6"}, "Created", ""),
        ({"IdRecord": True}, "Created", ""),
        ({"Message": "something"}, "Created", "something"),
        ({"ValidationResult": None}, "Created", ""),
        ({"ValidationResult": "Warning"}, "Warning", ""),
        ({"IdRecord": 0, "Status": None, "ValidationResult": None}, "", ""),
    ],
)
def test_a_record_is_stored_only_with_a_number_ok_and_no_message(
    make_account: MakeAccount, changed: dict[str, Any], code: str, message: str
) -> None:
    refused, written = outcomes(make_account, row("003A", 6, **changed), row("003B", 7))
    assert refused == RecordRefused(11, code, message)
    assert isinstance(written, Written)


def test_a_status_that_nobody_knows_does_not_unsay_a_stored_record(make_account: MakeAccount) -> None:
    one, two = outcomes(make_account, row("003A", 6, Status="Inserted"), row("003B", 7, Status="Updated"))
    assert (one.created, two.created) == (True, False)


def test_what_the_reply_leaves_out_or_nobody_can_read_is_what_was_sent(make_account: MakeAccount) -> None:
    record = {"f_EMail": "LUC@example.org", "f_Points": "many", "f_Seen": "2026.11.02 14:10:00"}
    _, written = outcomes(make_account, row("003A", 6), row("003B", 7, Record=record))
    assert written.stored == {
        "SalesforceID": "003B",
        "EMail": "LUC@example.org",
        "Points": "12.5",
        "Seen": "2026-11-02T19:10:00Z",
    }
    _, written = outcomes(make_account, row("003A", 6), row("003B", 7, Record=None))
    assert written.stored is None


def test_a_number_of_many_digits_is_read_exactly(make_account: MakeAccount) -> None:
    text = reply(row("003A", 6), row("003B", 7, Record={"f_Points": "DIGITS"}))
    result = write(make_account, answer(body=text.replace(b'"DIGITS"', b"12345678901234567890.123456789")))
    assert result.outcomes[1].stored["Points"] == "12345678901234567890.123456789"


@pytest.mark.parametrize("status", [200, 400, 403, 500])
def test_a_refused_call_is_shown_as_it_came(make_account: MakeAccount, status: int) -> None:
    body = reply(Success=False, ErrorCode="X-17", ErrorMessage="Clé refusée")
    assert write(make_account, answer(status, body)) == Refused("X-17", "Clé refusée", "18945355")


def test_a_refusal_that_repeats_the_key_is_shown_without_it(make_account: MakeAccount) -> None:
    body = reply(Success=False, ErrorCode="Bad", ErrorMessage=f"The key {KEY} is not known")
    assert write(make_account, answer(body=body)) == Refused("Bad", "The key … is not known", "18945355")


@pytest.mark.parametrize(
    ("act", "error"),
    [
        (answer(200, b"<html>Maintenance</html>"), UnexpectedAnswer),
        (answer(200, reply(row("003A", 6))[:-20]), UnexpectedAnswer),
        (answer(200, b""), UnexpectedAnswer),
        (answer(200, b"[]"), UnexpectedAnswer),
        (answer(200, b"{}"), UnexpectedAnswer),
        (answer(200, b'{"Success": "true", "Records": []}'), UnexpectedAnswer),
        (answer(200, b'{"Success": true, "idRequest": 5}'), UnexpectedAnswer),
        (answer(200, b'{"Success": true, "Records": {}}'), UnexpectedAnswer),
        (answer(200, '{"Success": true, "Records": ["é"]}'.encode("latin-1")), UnexpectedAnswer),
        (answer(200, b"[" * 100_000), UnexpectedAnswer),
        (answer(404, b"<html>Not found</html>"), UnexpectedAnswer),
        (answer(302, b"", "Location: https://elsewhere.example"), UnexpectedAnswer),
        (answer(503, b"<html>Maintenance</html>"), ServiceUnavailable),
        (answer(500, reply(row("003A", 6))), ServiceUnavailable),
        (hang_up, ServiceUnavailable),
    ],
)
def test_an_answer_that_tells_nothing_leaves_the_outcome_unknown(
    make_account: MakeAccount, act: Act, error: type[DisfError]
) -> None:
    result = write(make_account, act)
    assert isinstance(result, Unknown), result
    assert isinstance(result.error, error)
    assert KEY not in f"{result.error.args}{result.error!r}"


def test_an_empty_list_with_success_accounts_for_nobody(make_account: MakeAccount) -> None:
    assert outcomes(make_account) == [RecordUnknown(11), RecordUnknown(12)]


def test_a_service_that_is_not_there_was_sent_nothing(make_account: MakeAccount) -> None:
    with serving(answer(body=json.dumps(PROJECT).encode())) as server:
        contacts = contacts_at(make_account, server)
    result = contacts.write("create", [ONE])
    assert isinstance(result, NotSent)
    assert isinstance(result.error, ServiceUnavailable)


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (200, reply(Success=False, ErrorCode="E1", ErrorMessage="No"), AccessRefused),
        (403, b"<html>Forbidden</html>", AccessRefused),
        (401, b"", AuthorizationNeeded),
        (404, b"<html></html>", UnexpectedAnswer),
        (500, b"", ServiceUnavailable),
    ],
)
def test_a_refused_read_ends_with_what_to_do_next(
    make_account: MakeAccount, status: int, body: bytes, error: type[DisfError]
) -> None:
    with serving(answer(status, body)) as server, pytest.raises(error) as told:
        make_account(f"{server.url}/webservices/ofc4/").projects()
    assert told.value.what_to_do
    assert KEY not in f"{told.value.args}{told.value.detail}"
    if body.startswith(b'{"Success"'):
        assert "E1: No" in told.value.message
        assert "18945355" in told.value.detail


def test_a_service_that_asks_to_wait_too_long_ends_the_read(make_account: MakeAccount) -> None:
    with (
        serving(answer(429, b"", "Retry-After: 100000")) as server,
        pytest.raises(LimitReached),
    ):
        make_account(f"{server.url}/webservices/ofc4/").projects()


def test_a_connection_to_nowhere_says_so(make_account: MakeAccount) -> None:
    with pytest.raises(ServiceUnavailable):
        make_account(f"http://127.0.0.1:{closed_port()}/webservices/ofc4/").projects()


@pytest.mark.parametrize(
    "records",
    [
        [{"idContact": 1, "f_SalesforceID": "003A"}, {"idContact": 2, "f_SalesforceID": "003a "}],
        [{"idContact": 1, "f_SalesforceID": "003X"}],
        [{"idContact": 1}],
        [{"f_SalesforceID": "003A"}],
        [{"idContact": "one", "f_SalesforceID": "003A"}],
    ],
)
def test_a_look_up_that_is_answered_with_another_record_or_several_is_not_believed(
    make_account: MakeAccount, records: list[dict[str, Any]]
) -> None:
    with serving(answer(body=json.dumps(PROJECT).encode()), answer(body=reply(*records))) as server:
        contacts = contacts_at(make_account, server)
        with pytest.raises(UnexpectedAnswer, match="look-up by key"):
            contacts.find({"SalesforceID": "003A"})


def test_a_key_of_several_fields_is_asked_by_the_first_and_compared_by_all(make_account: MakeAccount) -> None:
    records = [
        {"idContact": 1, "f_SalesforceID": "003A", "f_EMail": "one@example.org"},
        {"idContact": 2, "f_SalesforceID": "003A", "f_EMail": "Two@example.org"},
    ]
    found_two, found_none = {"SalesforceID": "003A", "EMail": "two@example.org"}, {"SalesforceID": "003A", "EMail": "x"}
    with serving(answer(body=json.dumps(PROJECT).encode()), *[answer(body=reply(*records))] * 2) as server:
        contacts = contacts_at(make_account, server)
        found = contacts.find(found_two)
        assert found is not None
        assert found.rid == "2"
        assert contacts.find(found_none) is None
    assert sent(server)["Clause"]["Field"]["Name"] == "f_SalesforceID"


def test_a_late_reply_is_as_of_when_it_was_asked_for(make_account: MakeAccount) -> None:
    described = answer(200, json.dumps(PROJECT).encode(), "Date: Mon, 02 Nov 2026 15:00:00 GMT")
    late = answer(200, reply({"idContact": 7, "f_SalesforceID": "003A"}), "Date: Mon, 02 Nov 2026 15:00:40 GMT")
    with serving(described, late, late, late) as server:
        contacts = contacts_at(make_account, server)
        first, second = contacts.find({"SalesforceID": "003A"}), contacts.find_by_id("7")
    assert first is not None
    assert second is not None
    # What a person did in between is not in the reply, and must be newer than it.
    assert (first.as_of, second.as_of) == ("2026-11-02T15:00:00Z", "2026-11-02T15:00:40Z")


@pytest.mark.parametrize(
    "records",
    [
        [{"idContact": 8, "f_SalesforceID": "003A"}],
        [{"idContact": 7}, {"idContact": 7}],
        [{"idContact": "7"}],
        [{"f_SalesforceID": "003A"}],
    ],
)
def test_a_look_up_by_number_that_is_answered_with_somebody_else_is_not_believed(
    make_account: MakeAccount, records: list[dict[str, Any]]
) -> None:
    with serving(answer(body=json.dumps(PROJECT).encode()), answer(body=reply(*records))) as server:
        contacts = contacts_at(make_account, server)
        with pytest.raises(UnexpectedAnswer, match="look-up by number"):
            contacts.find_by_id("7")
    assert sent(server)["Clause"] == {
        "$type": "FieldClause",
        "Field": {"Name": "idContact"},
        "TypeOperator": "Equal",
        "ComparisonValue": 7,
    }


@pytest.mark.parametrize(
    "records",
    [
        [{"idContact": 1, "f_Points": None}, {"idContact": 2, "f_Points": 3}],
        [{"idContact": 1, "f_Points": "many"}],
        [{"f_Points": None}],
    ],
)
def test_contacts_whose_field_is_not_empty_are_not_taken_for_those_who_were_asked_for(
    make_account: MakeAccount, records: list[dict[str, Any]]
) -> None:
    with serving(answer(body=json.dumps(PROJECT).encode()), answer(body=reply(*records))) as server:
        contacts = contacts_at(make_account, server)
        with pytest.raises(UnexpectedAnswer, match="empty field"):
            contacts.find_empty("Points")
    assert sent(server)["Clause"]["ComparisonValue"] == ""


@pytest.mark.parametrize("status", [200, 400, 403, 500])
def test_a_refusal_in_an_envelope_means_that_a_clause_is_not_accepted(make_account: MakeAccount, status: int) -> None:
    refused = answer(status, reply(Success=False, ErrorCode="E1", ErrorMessage="No"))
    described = answer(200, json.dumps(PROJECT).encode(), "Date: Mon, 02 Nov 2026 15:00:00 GMT")
    with serving(described, refused, refused, answer(body=reply())) as server:
        assert contacts_at(make_account, server).probe() == Capabilities()


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (401, reply(Success=False), AuthorizationNeeded),
        (500, b"<html></html>", ServiceUnavailable),
        (403, b"<html></html>", AccessRefused),
        (404, b"<html></html>", UnexpectedAnswer),
    ],
)
def test_any_other_failure_says_nothing_of_what_is_accepted(
    make_account: MakeAccount, status: int, body: bytes, error: type[DisfError]
) -> None:
    described = answer(200, json.dumps(PROJECT).encode(), "Date: Mon, 02 Nov 2026 15:00:00 GMT")
    with serving(described, answer(status, body)) as server:
        contacts = contacts_at(make_account, server)
        with pytest.raises(error):
            contacts.probe()
