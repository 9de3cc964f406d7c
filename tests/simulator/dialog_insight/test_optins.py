"""Opt-ins: three states, their dates, their history."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulator.dialog_insight.conftest import NEWSLETTER, Service, contact


def state(service: Service, code: str = "Newsletter") -> tuple[Any, Any]:
    [stored] = service.get("f_SalesforceID", "003A")
    return stored[f"optin_{code}"], stored[f"dtOptin_{code}"]


def test_a_new_contact_is_neutral(service: Service) -> None:
    service.merge(contact("003A"))
    assert state(service) == (None, None)


@pytest.mark.parametrize(
    ("given", "kept"),
    [("1", True), ("0", False), (1, True), (0, False), (True, True), ("True", True), ("false", False)],
)
def test_an_opt_in_takes_several_forms(service: Service, given: object, kept: bool) -> None:
    service.merge(contact("003A", optin_Newsletter=given))
    assert state(service)[0] is kept


def test_the_date_is_the_one_given_or_the_time_of_the_call_in_the_projects_zone(service: Service) -> None:
    service.merge(contact("003A", optin_Newsletter=1, dtOptin_Newsletter="2026-01-02", optin_Promotions=1))
    assert state(service) == (True, "2026.01.02 00:00:00")
    toronto = service.world.clock.now().astimezone(service.account.projects[NEWSLETTER].zone)
    assert state(service, "Promotions")[1][:13] == f"{toronto:%Y.%m.%d %H}"


def test_neutral_does_not_come_back(service: Service) -> None:
    service.merge(contact("003A", optin_Newsletter=0, dtOptin_Newsletter="2026.01.02 10:00:00"))
    for nothing in ("", None):
        service.merge(contact("003A", optin_Newsletter=nothing, dtOptin_Newsletter="2026.05.05"))
        assert state(service) == (False, "2026.01.02 10:00:00")


def test_the_same_value_again_changes_neither_date_nor_history(service: Service) -> None:
    service.merge(contact("003A", optin_Newsletter=1, dtOptin_Newsletter="2026.01.02 10:00:00"))
    service.merge(contact("003A", optin_Newsletter="1", dtOptin_Newsletter="2026.03.03 10:00:00"))
    assert state(service) == (True, "2026.01.02 10:00:00")
    service.merge(contact("003A", optin_Newsletter="0", dtOptin_Newsletter="2026.04.04 10:00:00"))
    told = [(each["value"], each["effective"]) for each in service.account.history(NEWSLETTER, 1)]
    assert told == [(1, "2026.01.02 10:00:00"), (0, "2026.04.04 10:00:00")]


def test_an_opt_in_that_does_not_exist_is_refused(service: Service) -> None:
    assert "no such field" in service.refused(optin_Infolettre=1)
    assert "neither true nor false" in service.refused(optin_Newsletter="peut-être")


def test_a_code_in_another_case_is_the_same_opt_in(service: Service) -> None:
    service.merge(contact("003A", optin_newsletter="1", dtOptin_NEWSLETTER="2026.01.02"))
    assert state(service) == (True, "2026.01.02 00:00:00")


def test_tracking_consent_has_no_prefix(service: Service) -> None:
    stored = service.kept(hasTrackingConsent="1", dtTrackingConsent="2026.10.24")
    assert (stored["hasTrackingConsent"], stored["dtTrackingConsent"]) == (True, "2026.10.24")


def test_a_person_changes_an_opt_in_at_a_time(service: Service) -> None:
    service.merge(contact("003A"))
    service.account.act(NEWSLETTER, {"f_City": "Laval", "optin_Newsletter": 0}, 1, "2026.11.02 14:10:00")
    assert state(service) == (False, "2026.11.02 14:10:00")
    [told] = service.account.history(NEWSLETTER, 1)
    assert told["source"] == "profile"
    [stored] = service.account.contact_records(NEWSLETTER)
    assert stored["modified"] == "2026.10.20 10:30:00", "the stamp is the service's own"
    assert stored["optin_Newsletter"] == 0, "the side door gives 1 and 0"


def test_a_person_creates_a_contact_only_with_its_key(service: Service) -> None:
    with pytest.raises(ValueError, match="f_SalesforceID"):
        service.account.act(NEWSLETTER, {"f_EMail": "a@b.example"})
    assert service.account.act(NEWSLETTER, {"f_SalesforceID": "003A", "f_EMail": "a@b.example"}) == 1
    with pytest.raises(ValueError, match="already"):
        service.account.act(NEWSLETTER, {"f_SalesforceID": "003a", "f_EMail": "a@b.example"})


def test_a_person_makes_a_contact_inactive(service: Service) -> None:
    service.merge(contact("003A"))
    service.account.act(NEWSLETTER, {"active": False, "quarantined": True}, 1)
    [stored] = service.account.contact_records(NEWSLETTER)
    assert (stored["active"], stored["quarantined"]) == (False, True)
    assert service.refused(active=True), "no web service is known to say so"
