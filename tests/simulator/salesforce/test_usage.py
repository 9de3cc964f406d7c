"""What a call costs: many requests in a batch are one, and the day has an end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import quote

from tests.simulator.salesforce.conftest import Service


def _batch(salesforce: Service, *urls: str, **more: Any) -> Any:
    requests_ = [{"method": "GET", "url": f"v68.0/{url}"} for url in urls]
    return salesforce.call("POST", "composite/batch", {"batchRequests": requests_, **more})


def _window(salesforce: Service, days: int = 0) -> str:
    now = salesforce.org.now() - timedelta(days=days)
    start, end = (quote((now + timedelta(minutes=m)).strftime("%Y-%m-%dT%H:%M:%S+00:00")) for m in (-5, 5))
    return f"start={start}&end={end}"


def test_each_request_of_a_batch_has_a_status_and_a_body_of_its_own(salesforce: Service) -> None:
    changed, gone = salesforce.contact(1), salesforce.contact(2)
    salesforce.act("Contact", {"Id": changed, "set": {"Title": "x"}})
    salesforce.act("Contact", {"Id": gone, "delete": True})
    query = quote("SELECT Id FROM Contact WHERE Legacy_Id__c = 'L-1'")
    reply = _batch(
        salesforce,
        "sobjects/Contact/describe",
        "sobjects/Nope/describe",
        f"sobjects/Contact/updated/?{_window(salesforce)}",
        f"sobjects/Contact/deleted/?{_window(salesforce)}",
        f"sobjects/Contact/deleted/?{_window(salesforce, days=20)}",
        f"query?q={query}",
        "query?q=SELECT+Shoe__c+FROM+Contact",
        "sobjects/Order__c/describe",
    )
    assert reply.status_code == 200
    body = reply.json()
    assert body["hasErrors"] is True
    assert [each["statusCode"] for each in body["results"]] == [200, 404, 200, 200, 400, 200, 400, 200]
    contact, nope, updated, deleted, late, found, wrong, order = (each["result"] for each in body["results"])
    assert (contact["name"], order["name"]) == ("Contact", "Order__c")
    codes = [each[0]["errorCode"] for each in (nope, late, wrong)]
    assert codes == ["NOT_FOUND", "INVALID_REPLICATION_DATE", "INVALID_FIELD"]
    assert updated["ids"] == [changed]
    assert [each["id"] for each in deleted["deletedRecords"]] == [gone]
    assert {"earliestDateAvailable", "latestDateCovered"} <= set(deleted)
    assert [each["Id"] for each in found["records"]] == [changed]


def test_a_batch_without_a_failure_has_no_errors(salesforce: Service) -> None:
    body = _batch(salesforce, "sobjects/Contact/describe", "limits").json()
    assert (body["hasErrors"], [each["statusCode"] for each in body["results"]]) == (False, [200, 200])


def test_a_batch_stops_at_its_first_failure_when_it_is_told_to(salesforce: Service) -> None:
    urls = ("limits", "sobjects/Nope/describe", "limits", "sobjects/Contact/describe")
    halted = _batch(salesforce, *urls, haltOnError=True).json()
    assert [each["statusCode"] for each in halted["results"]] == [200, 404, 412, 412]
    assert halted["results"][3]["result"][0]["errorCode"] == "BATCH_PROCESSING_HALTED"
    going_on = _batch(salesforce, *urls, haltOnError=False).json()
    assert [each["statusCode"] for each in going_on["results"]] == [200, 404, 200, 200]


def test_a_batch_takes_twenty_five_requests_and_not_one_more(salesforce: Service) -> None:
    assert len(_batch(salesforce, *["limits"] * 25).json()["results"]) == 25
    assert _batch(salesforce, *["limits"] * 26).status_code == 400


def test_a_version_that_is_none_refuses_its_own_request_only(salesforce: Service) -> None:
    urls = ("v5x.0/limits", "v30.0/limits", "v68.0/limits")
    body = {"batchRequests": [{"method": "GET", "url": url} for url in urls]}
    results = salesforce.call("POST", "composite/batch", body).json()["results"]
    assert [each["statusCode"] for each in results] == [404, 410, 200]


def test_a_batch_is_one_call_in_the_usage_and_in_the_log(salesforce: Service) -> None:
    before = salesforce.get("limits").headers["Sforce-Limit-Info"]
    salesforce.world.requests.clear()
    after = _batch(salesforce, *["sobjects/Contact/describe"] * 10).headers["Sforce-Limit-Info"]
    used = [int(each.removeprefix("api-usage=").partition("/")[0]) for each in (before, after)]
    assert used[1] == used[0] + 1
    logged = salesforce.world.requests.summary()
    assert [(each["call"], each["count"], each["errors"]) for each in logged] == [("batch", 1, 0)]


def test_the_calls_of_the_day_can_be_set_and_are_counted_from_there(salesforce: Service) -> None:
    assert salesforce.act("limits", {"max": 5_000, "used": 4_000}) == {"max": 5_000, "used": 4_000}
    reply = salesforce.get("limits")
    assert reply.headers["Sforce-Limit-Info"] == "api-usage=4001/5000"
    assert reply.json()["DailyApiRequests"] == {"Max": 5_000, "Remaining": 999}
    assert salesforce.act("limits", {"max": 6_000}) == {"max": 6_000, "used": 4_001}


def test_the_call_above_the_last_of_the_day_is_refused_and_does_nothing(salesforce: Service) -> None:
    known = salesforce.contact(1)
    salesforce.act("limits", {"max": 100, "used": 99})
    assert salesforce.call("PATCH", f"sobjects/Contact/{known}", {"Title": "x"}).status_code == 204
    refused = salesforce.call("PATCH", f"sobjects/Contact/{known}", {"Title": "y"})
    assert (refused.status_code, refused.json()[0]["errorCode"]) == (403, "REQUEST_LIMIT_EXCEEDED")
    assert refused.json()[0]["message"] == "TotalRequests Limit exceeded."
    assert refused.headers["Sforce-Limit-Info"] == "api-usage=100/100"
    salesforce.act("limits", {"max": 101})
    assert salesforce.read("Contact", known)["Title"] == "x"


def test_a_call_with_a_dead_token_costs_nothing(salesforce: Service) -> None:
    salesforce.act("limits", {"used": 7})
    assert salesforce.get("limits", headers={"Authorization": "Bearer dead"}).status_code == 401
    assert salesforce.get("limits").headers["Sforce-Limit-Info"] == "api-usage=8/100000"


def test_limits_that_are_no_numbers_are_refused(salesforce: Service) -> None:
    for body in ({"max": "x"}, {"used": -1}, {"used": True}, {"maximum": 5}):
        assert salesforce.refused("limits", body)[0] == 400


def test_a_reset_gives_the_whole_day_back(salesforce: Service) -> None:
    salesforce.act("limits", {"max": 1, "used": 1})
    salesforce.org.reset()
    assert salesforce.get("limits").headers["Sforce-Limit-Info"] == "api-usage=1/100000"
