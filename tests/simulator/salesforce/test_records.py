"""Saving records: what is stored, what is refused and how, and what a careless client loses."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any

import pytest
import requests

from tests.simulator.salesforce.conftest import Service, collection


def _error(reply: requests.Response, status: int = 400) -> dict[str, Any]:
    assert reply.status_code == status, reply.text
    [error] = reply.json()
    assert isinstance(error, dict)
    return error


def _stored(salesforce: Service, field: str, value: Any) -> Any:
    made = salesforce.call("POST", "sobjects/Contact", {"LastName": "Essai", field: value})
    assert made.status_code == 201, made.text
    return salesforce.get(f"sobjects/Contact/{made.json()['id']}?fields={field}").json()[field]


@pytest.mark.parametrize(
    ("field", "given", "stored"),
    [
        ("FirstName", "  Zoé \n", "Zoé"),
        ("FirstName", "   ", None),
        ("FirstName", "", None),
        ("Email", "A.B@Example.ORG", "a.b@example.org"),
        ("Loyalty_Points__c", 12.345, 12.35),
        ("Loyalty_Points__c", "7", 7.0),
        ("VIP__c", "true", True),
        ("VIP__c", None, False),
        ("Birthdate", "1980-02-29", "1980-02-29"),
        ("Last_Visit__c", "2026-11-02T09:10:00.750-05:00", "2026-11-02T14:10:00.000+0000"),
        ("Interests__c", "jardin;Voyages;Sport", "Voyages;Sport;Jardin"),
        ("Language__c", "FR", "fr"),
        ("LeadSource", "A source of our own", "A source of our own"),
    ],
)
def test_a_value_is_stored_as_salesforce_stores_it(salesforce: Service, field: str, given: Any, stored: Any) -> None:
    assert _stored(salesforce, field, given) == stored


@pytest.mark.parametrize(
    ("record", "code", "message", "fields"),
    [
        ({"FirstName": "Zoé"}, "REQUIRED_FIELD_MISSING", "Required fields are missing: [LastName]", ["LastName"]),
        (
            {"FirstName": "x" * 41},
            "STRING_TOO_LONG",
            f"First Name: data value too large: {'x' * 41} (max length=40)",
            ["FirstName"],
        ),
        ({"Email": "zoé@example"}, "INVALID_EMAIL_ADDRESS", "Email: invalid email address: zoé@example", ["Email"]),
        (
            {"Language__c": "de"},
            "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
            "Language: bad value for restricted picklist field: de",
            ["Language__c"],
        ),
        (
            {"Interests__c": "Sport;Échecs"},
            "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
            "Interests: bad value for restricted picklist field: Échecs",
            ["Interests__c"],
        ),
        (
            {"Loyalty_Points__c": 10_000_000},
            "NUMBER_OUTSIDE_VALID_RANGE",
            "Loyalty Points: value outside of valid range on numeric field: 10000000",
            ["Loyalty_Points__c"],
        ),
        ({"Shoe__c": 1}, "INVALID_FIELD", "No such column 'Shoe__c' on sobject of type Contact", ["Shoe__c"]),
        ({"AccountId": "bob"}, "MALFORMED_ID", "Account ID: id value of incorrect type: bob", ["AccountId"]),
        (
            {"AccountId": "001Qy00000000ZZAAA"},
            "MALFORMED_ID",
            "Account ID: id value of incorrect type: 001Qy00000000ZZAAA",
            ["AccountId"],
        ),
        ({"AccountId": "001Qy00000000ZZ"}, "INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", ["AccountId"]),
        (
            {"Account": {"Name": "x"}},
            "INVALID_FIELD",
            "Field name provided, Name is not an External ID or indexed field for Account",
            [],
        ),
    ],
)
def test_a_bad_record_is_refused_alone_and_among_others(
    salesforce: Service, record: dict[str, Any], code: str, message: str, fields: list[str]
) -> None:
    if code != "REQUIRED_FIELD_MISSING":
        record = {"LastName": "Essai", **record}
    alone = _error(salesforce.call("POST", "sobjects/Contact", record))
    assert alone == {"message": message, "errorCode": code, "fields": fields}
    good, bad = salesforce.call("POST", "composite/sobjects", collection([{"LastName": "Bon"}, record])).json()
    assert good["success"] is True
    assert bad == {"success": False, "errors": [{"statusCode": code, "message": message, "fields": fields}]}


def test_what_is_not_writable_is_refused_by_name(salesforce: Service) -> None:
    record = {"LastName": "Essai", "CreatedDate": "2020-01-01T00:00:00Z", "Name": "x"}
    error = _error(salesforce.call("POST", "sobjects/Contact", record))
    assert error["errorCode"] == "INVALID_FIELD_FOR_INSERT_UPDATE"
    assert error["fields"] == ["CreatedDate", "Name"]
    assert error["message"].startswith("Unable to create/update fields: CreatedDate, Name. Please check")


def test_a_duplicate_names_the_other_record(salesforce: Service) -> None:
    error = _error(salesforce.call("POST", "sobjects/Contact", {"LastName": "Double", "Legacy_Id__c": "l-3"}))
    assert error["errorCode"] == "DUPLICATE_VALUE"
    assert error["message"].endswith(f"record with id: {salesforce.contact(3)}")


def test_a_value_of_the_wrong_type_breaks_the_whole_request(salesforce: Service) -> None:
    bad = {"LastName": "Mal", "Birthdate": "hier"}
    reply = salesforce.call("POST", "composite/sobjects", collection([{"LastName": "Bon"}, bad]))
    error = _error(reply)
    assert error["errorCode"] == "JSON_PARSER_ERROR"
    assert error["message"].startswith("Cannot deserialize instance of date from VALUE_STRING value hier")
    assert salesforce.query("SELECT COUNT() FROM Contact WHERE LastName = 'Bon'")["totalSize"] == 0


def test_what_is_no_json_is_said(salesforce: Service) -> None:
    headers = {"Content-Type": "application/json"}
    reply = salesforce.session.post(salesforce.url + "/services/data/v68.0/sobjects/Contact", b"{", headers=headers)
    assert _error(reply)["errorCode"] == "JSON_PARSER_ERROR"
    reply = salesforce.session.post(salesforce.url + "/services/data/v68.0/sobjects/Contact", data={"LastName": "x"})
    assert _error(reply, 415)["errorCode"] == "UNSUPPORTED_MEDIA_TYPE"


def test_a_save_moves_the_stamps(salesforce: Service) -> None:
    known = salesforce.contact(5)
    before = salesforce.get(f"sobjects/Contact/{known}").json()
    assert salesforce.call("PATCH", f"sobjects/Contact/{known}", {"Title": "x"}).status_code == 204
    after = salesforce.get(f"sobjects/Contact/{known}").json()
    assert after["CreatedDate"] == before["CreatedDate"]
    assert after["SystemModstamp"] == after["LastModifiedDate"] > before["SystemModstamp"]
    assert after["SystemModstamp"].endswith(".000+0000")


def test_a_conditional_update_is_refused_when_somebody_else_was_faster(salesforce: Service) -> None:
    known = salesforce.contact(5)
    stale = {"If-Unmodified-Since": format_datetime(datetime(2026, 3, 2, 9, 59, 59, tzinfo=UTC), usegmt=True)}
    fresh = {"If-Unmodified-Since": format_datetime(datetime(2026, 3, 2, 10, 0, 0, tzinfo=UTC), usegmt=True)}
    refused = salesforce.call("PATCH", f"sobjects/Contact/{known}", {"Title": "x"}, headers=stale)
    assert _error(refused, 412)["errorCode"] == "PRECONDITION_FAILED"
    assert salesforce.call("PATCH", f"sobjects/Contact/{known}", {"Title": "x"}, headers=fresh).status_code == 204


def test_a_converted_lead_is_read_only(salesforce: Service) -> None:
    [lead] = salesforce.records("SELECT Id FROM Lead WHERE IsConverted = true")
    error = _error(salesforce.call("PATCH", f"sobjects/Lead/{lead['Id']}", {"Title": "x"}))
    assert error["errorCode"] == "CANNOT_UPDATE_CONVERTED_LEAD"


def test_a_required_field_cannot_be_emptied(salesforce: Service) -> None:
    error = _error(salesforce.call("PATCH", f"sobjects/Contact/{salesforce.contact(1)}", {"LastName": " "}))
    assert error["errorCode"] == "REQUIRED_FIELD_MISSING"


def test_a_deleted_record_and_one_that_never_was(salesforce: Service) -> None:
    known = salesforce.contact(1)
    assert salesforce.call("DELETE", f"sobjects/Contact/{known[:15]}").status_code == 204
    assert _error(salesforce.get(f"sobjects/Contact/{known}"), 404)["errorCode"] == "ENTITY_IS_DELETED"
    assert _error(salesforce.call("DELETE", f"sobjects/Contact/{known}"), 404)["errorCode"] == "ENTITY_IS_DELETED"
    assert _error(salesforce.get("sobjects/Contact/003Qy0000000ZZZ"), 404)["errorCode"] == "NOT_FOUND"
    assert _error(salesforce.get("sobjects/Contact/bob"), 404)["errorCode"] == "NOT_FOUND"
    assert _error(salesforce.get("sobjects/Person/bob"), 404)["errorCode"] == "NOT_FOUND"


def test_upsert_creates_updates_and_with_update_only_does_not_create(salesforce: Service) -> None:
    path = "sobjects/Contact/Legacy_Id__c/"
    created = salesforce.call("PATCH", path + "U-1", {"LastName": "Un"})
    assert (created.status_code, created.json()["created"]) == (201, True)
    updated = salesforce.call("PATCH", path + "u-1", {"LastName": "Deux"})
    assert (updated.status_code, updated.json()["created"]) == (200, False)
    assert (
        _error(salesforce.call("PATCH", path + "U-2?updateOnly=true", {"LastName": "x"}), 404)["errorCode"]
        == "NOT_FOUND"
    )
    old = salesforce.call("PATCH", f"/services/data/v45.0/{path}U-1", {"LastName": "Trois"})
    assert (old.status_code, old.content) == (204, b"")
    assert _error(salesforce.call("PATCH", path + "U-1", {"Legacy_Id__c": "U-1"}))["errorCode"] == "INVALID_FIELD"


def test_an_external_id_with_a_slash_stays_one_id(salesforce: Service) -> None:
    encoded = salesforce.call("PATCH", "sobjects/Contact/Legacy_Id__c/a%2Fb", {"LastName": "Un"})
    plain = salesforce.call("PATCH", "sobjects/Contact/Legacy_Id__c/a/b", {"LastName": "Deux"})
    assert encoded.json()["id"] == plain.json()["id"]
    assert plain.json()["created"] is False


def test_two_matches_are_answered_with_their_addresses(salesforce: Service) -> None:
    ids = {salesforce.contact(number) for number in (1, 2)}
    for known in ids:
        salesforce.call("PATCH", f"sobjects/Contact/{known}", {"Email": "shared@example.org"})
    reply = salesforce.call("PATCH", "sobjects/Contact/Email/shared@example.org", {"Title": "x"})
    assert reply.status_code == 300
    assert {each.rpartition("/")[2] for each in reply.json()} == ids
    body = collection([{"Email": "shared@example.org", "Title": "x"}])
    [result] = salesforce.call("PATCH", "composite/sobjects/Contact/Email", body).json()
    assert result["errors"][0]["statusCode"] == "DUPLICATE_EXTERNAL_ID"


def test_a_lookup_may_be_written_by_external_id(salesforce: Service) -> None:
    order = {"External_Number__c": "1001", "Contact__r": {"Legacy_Id__c": "L-2"}, "Amount__c": 12.5}
    made = salesforce.call("POST", "sobjects/Order__c", order).json()["id"]
    read = salesforce.get(f"sobjects/Order__c/{made}").json()
    assert read["Contact__c"] == salesforce.contact(2)
    assert (read["Name"], read["Status__c"], read["Paid__c"]) == ("O-00000001", "New", False)
    error = _error(salesforce.call("POST", "sobjects/Order__c", {"Contact__r": {"Legacy_Id__c": "nobody"}}))
    assert error["message"] == "Foreign key external ID: nobody not found for field Legacy_Id__c in entity Contact"


def test_collections_answer_in_order_and_who_looks_at_the_status_alone_misses_the_failures(salesforce: Service) -> None:
    records = [{"LastName": "Un"}, {"Email": "x"}, {"LastName": "Trois"}, {"LastName": "Quatre", "Email": "x"}]
    reply = salesforce.call("POST", "composite/sobjects", collection(records))
    sent_by_a_naive_client = len(records) if reply.ok else 0
    assert sent_by_a_naive_client == 4
    assert [each["success"] for each in reply.json()] == [True, False, True, False]
    assert salesforce.query("SELECT COUNT() FROM Contact")["totalSize"] == 9 + 2


def test_all_or_none_rolls_the_innocent_back(salesforce: Service) -> None:
    body = collection([{"LastName": "Un"}, {"FirstName": "sans nom"}], allOrNone=True)
    innocent, guilty = salesforce.call("POST", "composite/sobjects", body).json()
    assert innocent["errors"][0]["statusCode"] == "ALL_OR_NONE_OPERATION_ROLLED_BACK"
    assert guilty["errors"][0]["statusCode"] == "REQUIRED_FIELD_MISSING"
    assert salesforce.query("SELECT COUNT() FROM Contact")["totalSize"] == 9


def test_collections_refuse_what_is_too_much(salesforce: Service) -> None:
    many = salesforce.call("POST", "composite/sobjects", collection([{"LastName": "x"}] * 201))
    assert _error(many)["errorCode"] == "EXCEEDED_ID_LIMIT"
    mixed = [{"attributes": {"type": kind}, "LastName": "x"} for _ in range(6) for kind in ("Contact", "Lead")]
    assert _error(salesforce.call("POST", "composite/sobjects", {"records": mixed}))["errorCode"] == "LIMIT_EXCEEDED"


def test_the_same_key_twice_in_one_call_fails_both(salesforce: Service) -> None:
    body = collection([{"Legacy_Id__c": "T-1", "LastName": "a"}, {"Legacy_Id__c": "t-1", "LastName": "b"}])
    results = salesforce.call("PATCH", "composite/sobjects/Contact/Legacy_Id__c", body).json()
    assert [each["errors"][0]["statusCode"] for each in results] == ["DUPLICATE_VALUE"] * 2
    assert "Duplicate external id specified" in results[0]["errors"][0]["message"]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "composite/sobjects", {"records": [{"attributes": {"type": 5}}, {"attributes": "x"}, {}]}),
        ("PATCH", "composite/sobjects", {"records": [{"attributes": {"type": "Contact"}, "id": [1]}]}),
        ("PATCH", "composite/sobjects/Contact/Legacy_Id__c", collection([{"Legacy_Id__c": []}, {"Legacy_Id__c": {}}])),
        ("POST", "composite/sobjects/Contact", {"ids": [1, None, {}], "fields": ["Email", 3]}),
        ("POST", "composite/sobjects", {"records": "x"}),
        ("POST", "composite", {"compositeRequest": [{"url": 5}, {}]}),
        ("POST", "sobjects/Contact", {"LastName": {"a": 1}}),
        ("POST", "sobjects/Contact", {"LastName": "x", "Account": 5}),
        ("POST", "sobjects/Contact", [1]),
        ("POST", "jobs/ingest", {"object": 5, "operation": ["x"]}),
        ("POST", "jobs/query", {"query": 5, "operation": "query"}),
    ],
)
def test_rubbish_is_refused_not_stumbled_over(salesforce: Service, method: str, path: str, body: Any) -> None:
    assert salesforce.call(method, path, body).status_code in (200, 400)
    assert salesforce.query("SELECT COUNT() FROM Contact")["totalSize"] == 9


def test_missing_records_are_retrieved_as_null(salesforce: Service) -> None:
    ids = [salesforce.contact(2), "003Qy0000000ZZZ", salesforce.contact(1)[:15]]
    found = salesforce.call("POST", "composite/sobjects/Contact", {"ids": ids, "fields": ["Legacy_Id__c"]}).json()
    assert [each and each["Legacy_Id__c"] for each in found] == ["L-2", None, "L-1"]


def test_updates_and_deletes_refuse_record_by_record(salesforce: Service) -> None:
    known = salesforce.contact(1)
    body = collection([{"id": "003Qy0000000ZZZ", "Title": "x"}, {"Title": "x"}, {"id": known, "Title": "x"}])
    results = salesforce.call("PATCH", "composite/sobjects", body).json()
    codes = [each["errors"][0]["statusCode"] if each["errors"] else None for each in results]
    assert codes == ["INVALID_CROSS_REFERENCE_KEY", "MISSING_ARGUMENT", None]
    deleted = [salesforce.call("DELETE", f"composite/sobjects?ids={known},{known}&allOrNone=false").json()]
    assert [each["success"] for each in deleted[0]] == [True, False]
    assert deleted[0][1]["errors"][0]["statusCode"] == "ENTITY_IS_DELETED"


def test_locked_rows_come_free_on_the_second_try(salesforce: Service) -> None:
    salesforce.script("row_lock", "collections_update", every=2)
    body = collection([{"id": salesforce.contact(number), "Title": "Verrou"} for number in range(4)])
    first = salesforce.call("PATCH", "composite/sobjects", body).json()
    assert [each["success"] for each in first] == [True, False, True, False]
    assert first[1]["errors"][0]["statusCode"] == "UNABLE_TO_LOCK_ROW"
    assert salesforce.query("SELECT COUNT() FROM Contact WHERE Title = 'Verrou'")["totalSize"] == 2
    assert all(each["success"] for each in salesforce.call("PATCH", "composite/sobjects", body).json())


def test_a_lost_reply_to_a_create_makes_a_careless_client_create_twice(salesforce: Service) -> None:
    salesforce.script("reset_after_apply", "collections_create")
    body = collection([{"LastName": "Encore"}])
    with pytest.raises(requests.ConnectionError):
        salesforce.call("POST", "composite/sobjects", body)
    salesforce.call("POST", "composite/sobjects", body)
    assert salesforce.query("SELECT COUNT() FROM Contact WHERE LastName = 'Encore'")["totalSize"] == 2


def test_get_updated_and_get_deleted_cover_their_window(salesforce: Service) -> None:
    known, gone = salesforce.contact(1), salesforce.contact(2)
    now = salesforce.org.now()
    salesforce.call("PATCH", f"sobjects/Contact/{known}", {"Title": "x"})
    salesforce.call("DELETE", f"sobjects/Contact/{gone}")
    window = {"start": _iso(now - timedelta(minutes=2)), "end": _iso(now + timedelta(hours=1))}
    updated = salesforce.get("sobjects/Contact/updated", params=window).json()
    assert updated["ids"] == [known]
    deleted = salesforce.get("sobjects/Contact/deleted/", params=window).json()
    assert [each["id"] for each in deleted["deletedRecords"]] == [gone]
    assert set(deleted) == {"deletedRecords", "earliestDateAvailable", "latestDateCovered"}
    # A client that took the end it asked for as its next start would miss the hour between.
    assert datetime.fromisoformat(updated["latestDateCovered"]) < now + timedelta(minutes=1)


@pytest.mark.parametrize(
    ("call", "back", "length"),
    [
        ("updated", timedelta(days=31), timedelta(days=1)),
        ("deleted", timedelta(days=16), timedelta(days=1)),
        ("updated", timedelta(hours=1), timedelta(seconds=59)),
        ("updated", timedelta(hours=1), timedelta(hours=-1)),
    ],
)
def test_a_window_out_of_reach_is_refused(salesforce: Service, call: str, back: timedelta, length: timedelta) -> None:
    start = salesforce.org.now() - back
    window = {"start": _iso(start), "end": _iso(start + length)}
    error = _error(salesforce.get(f"sobjects/Contact/{call}", params=window))
    assert error["errorCode"] == "INVALID_REPLICATION_DATE"


def _iso(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S+00:00")


def test_composite_uses_earlier_replies_and_rolls_back(salesforce: Service) -> None:
    root = "/services/data/v68.0"
    requests_: list[dict[str, Any]] = [
        {"method": "POST", "url": f"{root}/sobjects/Account", "referenceId": "account", "body": {"Name": "Neuve"}},
        {
            "method": "POST",
            "url": f"{root}/sobjects/Contact",
            "referenceId": "contact",
            "body": {"LastName": "Liée", "AccountId": "@{account.id}"},
        },
        {"method": "GET", "url": f"{root}/sobjects/Contact/@{{contact.id}}?fields=AccountId", "referenceId": "read"},
    ]
    replies = salesforce.call("POST", "composite", {"compositeRequest": requests_}).json()["compositeResponse"]
    assert [each["httpStatusCode"] for each in replies] == [201, 201, 200]
    assert replies[2]["body"]["AccountId"] == replies[0]["body"]["id"]
    requests_[1]["body"] = {"FirstName": "sans nom"}
    body = {"allOrNone": True, "compositeRequest": requests_}
    replies = salesforce.call("POST", "composite", body).json()["compositeResponse"]
    codes = [each["body"][0]["errorCode"] for each in replies]
    assert codes == ["PROCESSING_HALTED", "REQUIRED_FIELD_MISSING", "PROCESSING_HALTED"]
    assert salesforce.query("SELECT COUNT() FROM Account WHERE Name = 'Neuve'")["totalSize"] == 1


def test_a_batch_describes_several_objects_at_once(salesforce: Service) -> None:
    names = ("Contact", "Nope", "Lead")
    requests_ = [{"method": "GET", "url": f"v68.0/sobjects/{name}/describe"} for name in names]
    reply = salesforce.call("POST", "composite/batch", {"batchRequests": requests_}).json()
    assert reply["hasErrors"] is True
    assert [each["statusCode"] for each in reply["results"]] == [200, 404, 200]
    halted = salesforce.call("POST", "composite/batch", {"batchRequests": requests_, "haltOnError": True}).json()
    assert [each["statusCode"] for each in halted["results"]] == [200, 404, 412]


def test_names_are_found_without_case_and_with_a_last_slash(salesforce: Service) -> None:
    known = salesforce.contact(1)
    assert salesforce.get(f"SOBJECTS/contact/{known}/").json()["attributes"]["type"] == "Contact"
    made = salesforce.call("POST", "sobjects/contact/", {"lastname": "Casse"})
    assert made.status_code == 201
    assert salesforce.get("/services/data").json() == salesforce.get("/services/data/").json()


def test_any_version_from_31_on_is_answered(salesforce: Service) -> None:
    for version, status in (("31.0", 200), ("50.0", 200), ("68.0", 200), ("69.0", 404), ("30.0", 410), ("x", 404)):
        assert salesforce.get(f"/services/data/v{version}/sobjects").status_code == status
    assert salesforce.get("/services/data").json()[-1]["version"] == "68.0"


def test_replies_tell_the_usage_and_the_time_of_the_server(salesforce: Service) -> None:
    salesforce.world.clock.advance(3_600)
    reply = salesforce.get("limits")
    assert reply.headers["Content-Type"] == "application/json;charset=UTF-8"
    assert reply.headers["Sforce-Limit-Info"] == f"api-usage={salesforce.org.api_calls}/100000"
    told = parsedate_to_datetime(reply.headers["Date"])
    assert abs(told - salesforce.org.now()) < timedelta(seconds=5)
    again = salesforce.get("limits")
    assert again.headers["Sforce-Limit-Info"] != reply.headers["Sforce-Limit-Info"]


def test_a_describe_that_has_not_changed_is_not_sent_again(salesforce: Service) -> None:
    first = salesforce.get("sobjects/Contact/describe")
    again = salesforce.get("sobjects/Contact/describe", headers={"If-Modified-Since": first.headers["Last-Modified"]})
    assert (again.status_code, again.content) == (304, b"")
    earlier = {"If-Modified-Since": "Sat, 01 Jan 2022 00:00:00 GMT"}
    assert salesforce.get("sobjects/Contact/describe", headers=earlier).status_code == 200


def test_a_locator_lives_two_days(salesforce: Service) -> None:
    salesforce.org.load("Contact", [{"LastName": f"Page {number}"} for number in range(300)])
    options = {"Sforce-Query-Options": "batchSize=200"}
    page = salesforce.query("SELECT Id FROM Contact", headers=options)
    assert (len(page["records"]), page["totalSize"], page["done"]) == (200, 309, False)
    assert len(salesforce.get(page["nextRecordsUrl"]).json()["records"]) == 109
    salesforce.world.clock.advance(2 * 86_400 + 1)
    assert _error(salesforce.get(page["nextRecordsUrl"]))["errorCode"] == "INVALID_QUERY_LOCATOR"
    assert _error(salesforce.get("query/01gnothing-2000"))["errorCode"] == "INVALID_QUERY_LOCATOR"


def test_the_log_names_calls_and_counts_records(salesforce: Service) -> None:
    salesforce.world.requests.clear()
    salesforce.query("SELECT Id FROM Contact")
    salesforce.call("POST", "composite/sobjects", collection([{"LastName": "a"}, {"LastName": "b"}]))
    salesforce.refusal("SELECT Nope FROM Contact")
    counted = {
        each["call"]: (each["count"], each["records"], each["errors"]) for each in salesforce.world.requests.summary()
    }
    assert counted == {"query": (2, 9, 1), "collections_create": (1, 2, 0)}
