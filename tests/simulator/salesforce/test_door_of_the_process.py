"""The part of the side door that acts on Salesforce, in the simulator as it is started."""

from __future__ import annotations

from tests.simulator.conftest import Simulator


def test_the_person_at_work_is_mathilde_and_a_reset_undoes_her_day(simulator: Simulator) -> None:
    [mathilde] = [each for each in simulator.lines("salesforce/User") if each["FirstName"] == "Mathilde"]
    contacts, leads = simulator.lines("salesforce/Contact"), simulator.lines("salesforce/Lead")
    first, second, third = (each["Id"] for each in contacts[:3])
    simulator.control("salesforce/normalise", {"Contact": {"Title": "upper"}})
    simulator.control("salesforce/limits", {"max": 0})
    assert simulator.control("salesforce/Contact", {"Id": first, "set": {"Title": "chef"}}) == {"Id": first}
    simulator.control("salesforce/merge", {"object": "Contact", "master": first, "loser": second})
    simulator.control("salesforce/Contact", {"Id": third, "delete": True})
    lead = simulator.control("salesforce/Lead", {"set": {"LastName": "Roy", "Company": "Exemple"}})["Id"]
    simulator.control("salesforce/convert-lead", {"lead": lead})
    after = {each["Id"]: each for each in simulator.lines("salesforce/Contact")}
    assert (after[first]["Title"], after[first]["LastModifiedById"]) == ("CHEF", mathilde["Id"])
    assert (after[second]["IsDeleted"], after[second]["MasterRecordId"]) == (True, first)
    assert (after[third]["IsDeleted"], after[third]["MasterRecordId"]) == (True, None)
    assert len(after) == len(contacts) + 1
    simulator.control("reset", {})
    assert (simulator.lines("salesforce/Contact"), simulator.lines("salesforce/Lead")) == (contacts, leads)
    simulator.control("salesforce/Contact", {"Id": first, "set": {"Title": "chef"}})
    assert simulator.lines("salesforce/Contact")[0]["Title"] == "chef"
    asked = {"Authorization": f"Bearer {simulator.ready['access_token']}"}
    reply = simulator.http.get(
        f"{simulator.ready['salesforce_url']}/services/data/v68.0/limits", headers=asked, timeout=10
    )
    assert reply.headers["Sforce-Limit-Info"] == "api-usage=1/100000"
