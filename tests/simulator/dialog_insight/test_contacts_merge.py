"""Contacts.Merge: the key, the seven options, results record by record."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulator.dialog_insight.conftest import OPTIONS, Service, contact


def outcome(reply: Any) -> list[tuple[str, str]]:
    return [(each["Status"], each["ValidationResult"]) for each in reply["Records"]]


def test_a_contact_is_created_then_updated_under_one_number(service: Service) -> None:
    first = service.merge(contact("003A", FirstName="Zoé"))
    assert (first["CreatedRecords"], first["UpdatedRecords"]) == (1, 0)
    assert first["Records"] == [
        {
            "IdRecord": 1,
            "Status": "Created",
            "ValidationResult": "OK",
            "Message": None,
            "ID": {"key_f_SalesforceID": "003A"},
            "Data": None,
            "Record": None,
        }
    ]
    second = service.merge(contact("003A", FirstName="Zoë"))
    assert (second["CreatedRecords"], second["UpdatedRecords"]) == (0, 1)
    assert second["Records"][0]["IdRecord"] == 1
    assert second["Records"][0]["Status"] == "Updated"
    assert [each["f_FirstName"] for each in service.get("f_SalesforceID", "003A")] == ["Zoë"]


def test_the_key_is_compared_without_case_and_trailing_blanks(service: Service) -> None:
    service.merge(contact("003a"))
    assert outcome(service.merge(contact("003A  "))) == [("Updated", "OK")]


def test_accents_tell_keys_apart(service: Service) -> None:
    service.merge(contact("cote"))
    assert outcome(service.merge(contact("coté"))) == [("Created", "OK")]


def test_a_contact_may_be_named_by_its_number(service: Service) -> None:
    service.merge(contact("003A"))
    reply = service.merge({"ID": {"idContact": 1}, "Data": {"f_City": "Laval"}})
    assert outcome(reply) == [("Updated", "OK")]
    assert service.get("idContact", 1)[0]["f_City"] == "Laval"


def test_a_number_that_does_not_exist_is_unmatched_and_never_created(service: Service) -> None:
    assert outcome(service.merge({"ID": {"idContact": 7}, "Data": {"f_City": "Laval"}})) == [("Error", "Unmatched")]


@pytest.mark.parametrize(
    "identity", [{}, {"key_f_SalesforceID": ""}, {"key_f_SalesforceID": None}, {"key_f_EMail": "a@b.example"}]
)
def test_a_record_without_its_whole_key_is_refused(service: Service, identity: dict[str, Any]) -> None:
    reply = service.merge({"ID": identity, "Data": {"f_EMail": "a@b.example"}})
    assert outcome(reply) == [("Error", "InvalidData")]


@pytest.mark.parametrize(
    "record", ["text", None, 3, {}, {"ID": "003A", "Data": {}}, {"ID": {"key_f_SalesforceID": "003A"}, "Data": 3}]
)
def test_what_is_not_a_record_is_an_error_of_that_record_only(service: Service, record: Any) -> None:
    reply = service.merge(record, contact("003B"))
    assert outcome(reply) == [("Error", "InvalidData"), ("Created", "OK")]


def test_a_required_field_is_asked_for_at_creation_and_cannot_be_emptied(service: Service) -> None:
    missing = service.merge({"ID": {"key_f_SalesforceID": "003A"}, "Data": {"f_FirstName": "Zoé"}})
    assert outcome(missing) == [("Error", "InvalidData")]
    assert "f_EMail" in missing["Records"][0]["Message"]
    service.merge(contact("003A"))
    assert outcome(service.merge(contact("003A", ""))) == [("Error", "InvalidData")]
    assert service.get("f_SalesforceID", "003A")[0]["f_EMail"] == "claire@courriel.example"


def test_good_records_are_stored_beside_bad_ones_and_success_stays_true(service: Service) -> None:
    reply = service.merge(contact("003A"), contact("003B", "nobody"), contact("003C"))
    assert reply["Success"] is True
    assert (reply["CreatedRecords"], reply["UpdatedRecords"]) == (2, 0)
    assert [each["IdRecord"] for each in reply["Records"]] == [1, 0, 2]
    assert outcome(reply)[1] == ("Error", "InvalidData")


def test_all_or_nothing_stores_nothing_and_says_so_for_every_record(service: Service) -> None:
    service.account.set({"all_or_nothing": True})
    reply = service.merge(contact("003A"), contact("003B", "nobody"))
    assert reply["Success"] is False
    assert (reply["CreatedRecords"], reply["UpdatedRecords"]) == (0, 0)
    assert [(each["IdRecord"], each["Status"]) for each in reply["Records"]] == [(0, "Cancelled"), (0, "Error")]
    assert service.get("f_SalesforceID", "003A") == []
    assert service.merge(contact("003A"), contact("003B"))["CreatedRecords"] == 2


def test_the_first_of_two_in_one_call_wins(service: Service) -> None:
    reply = service.merge(contact("003A", City="Laval"), contact("003a", City="Lévis"))
    assert outcome(reply) == [("Created", "OK"), ("Error", "Duplicate")]
    skipped = service.merge(contact("003A", City="Laval"), contact("003A", City="Lévis"), SkipDuplicateRecords=True)
    assert outcome(skipped) == [("Updated", "OK"), ("Skipped", "OK")]
    assert service.get("f_SalesforceID", "003A")[0]["f_City"] == "Laval"


def test_a_refused_record_does_not_stand_in_the_way_of_a_later_one(service: Service) -> None:
    assert outcome(service.merge(contact("003A", "nobody"), contact("003A")))[1] == ("Created", "OK")


def test_one_person_named_by_key_and_by_number_is_twice_in_the_call(service: Service) -> None:
    service.merge(contact("003A"))
    reply = service.merge(contact("003A"), {"ID": {"idContact": 1}, "Data": {}})
    assert outcome(reply) == [("Updated", "OK"), ("Error", "Duplicate")]


def test_without_insert_an_unknown_record_is_an_error_or_skipped(service: Service) -> None:
    assert outcome(service.merge(contact("003A"), AllowInsert=False)) == [("Error", "Unmatched")]
    reply = service.merge(contact("003A"), AllowInsert=False, SkipUnmatchedRecords=True)
    assert outcome(reply) == [("Skipped", "OK")]
    assert reply["Records"][0]["IdRecord"] == 0
    assert service.get("f_SalesforceID", "003A") == []


def test_without_update_a_known_record_is_an_error_or_skipped(service: Service) -> None:
    service.merge(contact("003A", City="Laval"))
    assert outcome(service.merge(contact("003A", City="Lévis"), AllowUpdate=False)) == [("Error", "Duplicate")]
    reply = service.merge(contact("003A", City="Lévis"), AllowUpdate=False, SkipDuplicateRecords=True)
    assert outcome(reply) == [("Skipped", "OK")]
    assert service.get("f_SalesforceID", "003A")[0]["f_City"] == "Laval"


def test_the_whole_record_comes_back_when_asked(service: Service) -> None:
    service.merge(contact("003A", FirstName="Zoé", Points=2.5))
    [result] = service.merge(contact("003A", City="Laval"), ReturnRecordsOnSuccess=True)["Records"]
    [stored] = service.get("f_SalesforceID", "003A")
    assert result["Record"] == stored
    assert (stored["f_FirstName"], stored["f_City"], stored["f_Points"], stored["f_Notes"]) == (
        "Zoé",
        "Laval",
        2.5,
        None,
    )
    assert result["Data"] == {"f_EMail": "claire@courriel.example", "f_City": "Laval"}


def test_a_refused_record_comes_back_only_when_asked(service: Service) -> None:
    assert service.merge(contact("003A", "nobody"), ReturnRecordsOnSuccess=True)["Records"][0]["Data"] is None
    [result] = service.merge(contact("003A", "nobody"), ReturnRecordsOnError=True)["Records"]
    assert result["Data"] == {"f_EMail": "nobody"}


def test_a_key_changes_in_place(service: Service) -> None:
    service.merge(contact("003A", City="Laval"))
    record = {"ID": {"key_f_SalesforceID": "003A"}, "Data": {"f_SalesforceID": "003Z"}}
    assert outcome(service.merge(record)) == [("Updated", "OK")]
    assert service.get("f_SalesforceID", "003A") == []
    assert service.get("f_SalesforceID", "003Z")[0]["idContact"] == 1


def test_a_key_cannot_become_that_of_another(service: Service) -> None:
    service.merge(contact("003A"), contact("003B"))
    record = {"ID": {"key_f_SalesforceID": "003A"}, "Data": {"f_SalesforceID": "003B"}}
    assert outcome(service.merge(record)) == [("Error", "Duplicate")]


def test_two_contacts_exchange_keys_through_a_third(service: Service) -> None:
    service.merge(contact("003A", City="a"), contact("003B", City="b"))
    reply = service.merge(
        {"ID": {"idContact": 1}, "Data": {"f_SalesforceID": "003C"}},
        {"ID": {"idContact": 2}, "Data": {"f_SalesforceID": "003A"}},
        contact("003B", City="new"),
    )
    assert outcome(reply) == [("Updated", "OK"), ("Updated", "OK"), ("Created", "OK")]
    assert [service.get("f_SalesforceID", key)[0]["f_City"] for key in ("003A", "003B", "003C")] == ["b", "new", "a"]


def test_an_unknown_field_is_refused_and_ignored_in_the_lenient_mode(service: Service) -> None:
    assert "no such field" in service.refused(FirstNam="Zoé")
    service.account.set({"strict": False})
    assert service.refused(FirstNam="Zoé", FirstName="Zoé") == ""
    assert service.get("f_SalesforceID", "003A")[0]["f_FirstName"] == "Zoé"


def test_a_code_in_another_case_is_the_same_code(service: Service) -> None:
    service.merge({"ID": {"KEY_f_salesforceid": "003A"}, "Data": {"F_email": "a@b.example", "F_CITY": "Laval"}})
    assert service.get("f_SalesforceID", "003A")[0]["f_City"] == "Laval"


def test_omitted_options_mean_no(service: Service) -> None:
    reply = service.call("Contacts.Merge", idProject=123456, Records=[contact("003A")], MergeOptions={})
    assert outcome(reply) == [("Error", "Unmatched")]


def test_the_modification_stamp_moves_only_when_something_changed(service: Service) -> None:
    def modified() -> str:
        [stored] = service.account.contact_records(123456)
        return str(stored["modified"])

    service.merge(contact("003A", City="Laval"))
    before = modified()
    service.world.clock.advance(3600)
    service.merge(contact("003A", City="Laval "))
    assert modified() == before
    service.merge(contact("003A", City="Lévis"))
    assert modified() > before


def test_the_numbers_of_deleted_contacts_are_not_used_again(service: Service) -> None:
    service.merge(contact("003A"), contact("003B"))
    service.account.delete_contact(123456, 2)
    assert service.merge(contact("003C"))["Records"][0]["IdRecord"] == 3


def test_every_option_is_known() -> None:
    from disf_desktop.simulator.dialog_insight.merge import OPTIONS as KNOWN

    assert tuple(OPTIONS) == KNOWN
