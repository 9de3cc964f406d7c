"""Records created together: trees, graphs, and composites with references."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulator.salesforce.conftest import VERSION, Service

ROOT = f"/services/data/v{VERSION}"


def leaf(reference: str, kind: str = "Contact", **values: Any) -> dict[str, Any]:
    return {"attributes": {"type": kind, "referenceId": reference}, **values}


def account(reference: str, *contacts: dict[str, Any], **more: Any) -> dict[str, Any]:
    return leaf(reference, "Account", Name=f"Compte {reference}", Contacts={"records": list(contacts)}, **more)


def test_a_tree_is_created_with_its_children_level_by_level(salesforce: Service) -> None:
    records = [account("a", leaf("a1", LastName="Un"), leaf("a2", LastName="Deux")), account("b")]
    reply = salesforce.call("POST", "composite/tree/Account/", {"records": records})
    assert reply.status_code == 201, reply.text
    body = reply.json()
    assert (body["hasErrors"], [each["referenceId"] for each in body["results"]]) == (False, ["a", "b", "a1", "a2"])
    made = salesforce.records("SELECT LastName, Account.Name FROM Contact WHERE LastName IN ('Un', 'Deux')")
    assert {each["LastName"]: each["Account"]["Name"] for each in made} == {"Un": "Compte a", "Deux": "Compte a"}


def test_a_tree_with_one_bad_record_leaves_nothing(salesforce: Service) -> None:
    records = [account("a", leaf("a1", LastName="Un"), leaf("a2", FirstName="sans nom"))]
    reply = salesforce.call("POST", "composite/tree/Account", {"records": records})
    [error] = reply.json()["results"]
    assert (reply.status_code, error["referenceId"]) == (400, "a2")
    assert error["errors"][0]["statusCode"] == "REQUIRED_FIELD_MISSING"
    assert salesforce.query("SELECT Id FROM Account WHERE Name = 'Compte a'")["totalSize"] == 0


@pytest.mark.parametrize(
    ("records", "code"),
    [
        ([{"attributes": {"type": "Account"}, "Name": "x"}], "INVALID_INPUT"),
        ([leaf("x", "Contact", LastName="x")], "INVALID_INPUT"),
        ([account("a", Nope={"records": []})], "INVALID_FIELD"),
        ([account(f"a{number}") for number in range(201)], "LIMIT_EXCEEDED"),
        ("nonsense", "JSON_PARSER_ERROR"),
    ],
)
def test_what_is_no_tree_is_refused(salesforce: Service, records: Any, code: str) -> None:
    reply = salesforce.call("POST", "composite/tree/Account", {"records": records})
    assert (reply.status_code, reply.json()[0]["errorCode"]) == (400, code)


def test_two_records_of_a_tree_with_one_name_are_refused(salesforce: Service) -> None:
    reply = salesforce.call("POST", "composite/tree/Account", {"records": [account("a"), account("a")]})
    [error] = reply.json()["results"]
    assert (reply.status_code, error["errors"][0]["statusCode"]) == (400, "INVALID_INPUT")


def node(reference: str, method: str, path: str, body: Any = None) -> dict[str, Any]:
    return {"referenceId": reference, "method": method, "url": f"{ROOT}/{path}", "body": body}


def test_each_graph_stands_or_falls_as_a_whole(salesforce: Service) -> None:
    def graph(graph_id: str, **contact: Any) -> dict[str, Any]:
        nodes = [
            node("a", "POST", "sobjects/Account", {"Name": f"Graphe {graph_id}"}),
            node("c", "POST", "sobjects/Contact", {"AccountId": "@{a.id}", **contact}),
        ]
        return {"graphId": graph_id, "compositeRequest": nodes}

    reply = salesforce.call(
        "POST", "composite/graph", {"graphs": [graph("1", LastName="x"), graph("2", FirstName="y")]}
    )
    assert reply.status_code == 200, reply.text
    good, bad = reply.json()["graphs"]
    assert (good["graphId"], good["isSuccessful"]) == ("1", True)
    assert [each["httpStatusCode"] for each in good["graphResponse"]["compositeResponse"]] == [201, 201]
    told = [each["body"][0]["errorCode"] for each in bad["graphResponse"]["compositeResponse"]]
    assert (bad["isSuccessful"], told) == (False, ["PROCESSING_HALTED", "REQUIRED_FIELD_MISSING"])
    names = {each["Name"] for each in salesforce.records("SELECT Name FROM Account WHERE Name LIKE 'Graphe%'")}
    assert names == {"Graphe 1"}


def test_graphs_after_the_fourteenth_failure_are_not_run(salesforce: Service) -> None:
    graphs = [
        {"graphId": str(number), "compositeRequest": [node("c", "POST", "sobjects/Contact", {"FirstName": "y"})]}
        for number in range(16)
    ]
    told = salesforce.call("POST", "composite/graph", {"graphs": graphs}).json()["graphs"]
    codes = [each["graphResponse"]["compositeResponse"][0]["body"][0]["errorCode"] for each in told]
    assert codes == ["REQUIRED_FIELD_MISSING"] * 14 + ["PROCESSING_HALTED"] * 2


def test_names_of_requests_are_checked_before_any_is_run(salesforce: Service) -> None:
    for names in (("a", "a"), ("a", "b c"), ("a", "")):
        nodes = [node(name, "POST", "sobjects/Account", {"Name": "Jamais"}) for name in names]
        reply = salesforce.call("POST", "composite", {"compositeRequest": nodes})
        assert (reply.status_code, reply.json()[0]["errorCode"]) == (400, "INVALID_INPUT")
    assert salesforce.query("SELECT Id FROM Account WHERE Name = 'Jamais'")["totalSize"] == 0


def test_a_composite_holds_five_queries_at_most(salesforce: Service) -> None:
    nodes = [node(f"q{number}", "GET", "query?q=SELECT+Id+FROM+Account") for number in range(6)]
    reply = salesforce.call("POST", "composite", {"compositeRequest": nodes})
    assert (reply.status_code, reply.json()[0]["errorCode"]) == (400, "LIMIT_EXCEEDED")
    reply = salesforce.call("POST", "composite", {"compositeRequest": nodes[:5]})
    assert [each["httpStatusCode"] for each in reply.json()["compositeResponse"]] == [200] * 5
